"""What Python is given of data that a process declares and nobody has written (10.4.1)."""

from __future__ import annotations

from typing import Any

import pytest

from bpmn_xml.runtime import Engine
from tests.documents import CAMUNDA_DEFINITIONS, DEFINITIONS, flows
from tests.runtime.harness import DRIVERS, WAIT

INSIDE = """<dataObject id="order"/><dataObject id="rebate"/><property id="p" name="note"/>
  <startEvent id="s"/><serviceTask id="first"/><serviceTask id="work"/><endEvent id="e"/>"""


def drawing(head: str = DEFINITIONS, inside: str = INSIDE) -> bytes:
    process = f'<process id="P" isExecutable="true">{inside}{flows("s first work e")}</process>'
    return f"{head}{process}</definitions>".encode()


def first() -> dict[str, Any]:
    return {"rebate": 2}


def work(order: Any, rebate: Any, note: Any, other: Any = 5, **rest: Any) -> dict[str, Any]:
    return {"seen": [order, rebate, note, other, sorted(rest)]}


@pytest.mark.parametrize("workers", DRIVERS.values(), ids=DRIVERS)
def test_python_is_given_none_for_what_is_unset(workers: int) -> None:
    with Engine(drawing(), {"first": first, "work": work}, workers=workers) as engine:
        run = engine.start("P")
        assert run.wait(WAIT)
    assert run.variables == {"rebate": 2, "seen": [None, 2, None, 5, []]}


@pytest.mark.parametrize("workers", DRIVERS.values(), ids=DRIVERS)
def test_python_is_given_what_an_instance_begins_with(workers: int) -> None:
    with Engine(drawing(), {"first": first, "work": work}, workers=workers) as engine:
        run = engine.start("P", {"order": 1, "more": 0})
        assert run.wait(WAIT)
    assert run.variables["seen"] == [1, 2, None, 5, ["more"]]


@pytest.mark.parametrize(
    ("head", "inside"),
    [(DEFINITIONS, INSIDE.replace('"order"', '"odrer"')), (CAMUNDA_DEFINITIONS, INSIDE)],
    ids=["nobody declares it", "to Camunda it is no variable"],
)
def test_what_is_not_declared_is_missing(head: str, inside: str) -> None:
    with Engine(drawing(head, inside), {"first": first, "work": work}, workers=0) as engine:
        run = engine.start("P")
        assert run.wait(WAIT)
        (incident,) = run.incidents
    assert "'order'" in incident.message
