"""Handlers that change what they are given, instead of returning it."""

from __future__ import annotations

from typing import Any

import pytest

from bpmn_xml.runtime.binding.strict import parts
from tests.runtime.harness import DRIVERS, bench


def append(order: list[int]) -> None:
    order.append(1)


def deep(order: list[Any], other: Any = None) -> None:
    order[0]["at"]["x"] = other


def through_rest(**rest: Any) -> None:
    rest["order"].reverse()


def through_context(context: Any) -> None:
    context.variables["order"].clear()


def members(known: set[int]) -> None:
    known.add(9)


async def later(order: list[int]) -> None:
    order.pop()


def good(order: list[Any], known: set[int]) -> Any:
    return {"order": [*order, 1], "known": known | {9}}


def rebinds(order: list[int]) -> Any:
    order = [*order, 1]
    return {"order": order}


def adds_a_name(context: Any) -> None:
    context.variables["new"] = 1


def yields(order: list[int]) -> Any:
    order.append(1)
    yield {"n": 1}


def each(order: list[Any]) -> Any:
    yield from ({"one": item} for item in order)


async def each_later(order: list[Any]) -> Any:
    for item in order:
        yield {"one": item}


async def yields_later(order: list[int]) -> Any:
    yield {"n": 1}
    order.append(1)


def puts(resultQ: Any, order: list[int]) -> None:
    resultQ.put({"n": 1})
    order.append(1)


FAULTS = [(append, "order"), (deep, "order"), (through_rest, "order"), (through_context, "order"),
          (members, "known"), (later, "order"), (adds_a_name, "new"),
          (yields, "order"), (yields_later, "order"), (puts, "order")]  # fmt: skip


def given() -> dict[str, Any]:
    loop: dict[str, Any] = {}
    loop["self"] = loop
    return {"order": [{"at": {"x": 5}}, 2], "known": {1}, "loop": loop, "bytes": bytearray(b"a")}


@pytest.mark.parametrize(("handler", "name"), FAULTS)
@pytest.mark.parametrize("driver", DRIVERS)
def test_what_is_changed_in_place_fails(handler: Any, name: str, driver: str) -> None:
    with bench("s > t1 > e", {"t1": handler}, DRIVERS[driver], strict_data=True) as it:
        run = it.run(given())
        (incident,) = run.incidents
        remedy = "copy the value, change the copy and return it"
        assert incident.message == f"it changed {name} in place: {remedy}"


@pytest.mark.parametrize("handler", [good, rebinds])
def test_what_is_returned_is_right(handler: Any) -> None:
    with bench("s > t1 > e", {"t1": handler}, strict_data=True) as it:
        assert it.run(given()).outcome == "completed"


def test_nothing_is_checked_unless_asked_for() -> None:
    with bench("s > t1 > e", {"t1": append}) as it:
        assert it.run(given()).outcome == "completed"


@pytest.mark.parametrize("handler", [each, each_later])
@pytest.mark.parametrize("driver", DRIVERS)
def test_producers_that_change_nothing_are_right(handler: Any, driver: str) -> None:
    with bench("s > t1 > e", {"t1": handler}, DRIVERS[driver], strict_data=True) as it:
        assert it.run(given()).outcome == "completed"


def test_parts_end_where_a_value_holds_itself() -> None:
    loop: list[Any] = []
    loop.append(loop)
    assert len(parts(loop)) == 2
