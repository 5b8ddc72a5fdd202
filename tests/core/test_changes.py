"""What expressions of Camunda 7 do to variables beside writing them: take away, keep apart."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from bpmn_xml.compiler.program import BeanCalls, Work
from bpmn_xml.compiler.program.scoping import CAMUNDA7, CHANGES, VariableChange
from bpmn_xml.core import commands as c
from bpmn_xml.core import records as r
from tests.core.drawn import around
from tests.core.harness import Driver, program, when

CHANGING = Work(beans=BeanCalls("", (), {}, apart=True))


def gone(name: str, place: str = "") -> VariableChange:
    return VariableChange(name, place=place, removes=True)


# the drawing, frame of t1, what t1 does to variables, those of the process in the end
CASES: list[tuple[str, Any, tuple[VariableChange, ...], dict[str, Any]]] = [
    ("s > t1 > e", None, (gone("a"),), {}),
    ("s > t1 > e", None, (gone("b"),), {"a": 1}),
    ("s > t1 > e", None, (VariableChange("b", 2), gone("a")), {"b": 2}),
    ("s > t1 > e", None, (gone("a"), VariableChange("a", 2)), {"a": 2}),
    ("s > t1 > e", None, (VariableChange("b", 2, "execution"),), {"a": 1, "b": 2}),
    ("s > t1 > e", None, (VariableChange("a", 2, "task"),), {"a": 2}),
    ("s > t1 > e", around("a = 5"), (gone("a"),), {"a": 1}),
    ("s > t1 > e", around("a = 5"), (gone("a"), gone("a")), {}),
    ("s > t1 > e", around("a = 5"), (gone("a"), VariableChange("a", 3)), {"a": 3}),
    (
        "s > t1 > e",
        around("b = 5"),
        (VariableChange("a", 2, "execution"), VariableChange("a", 3)),
        {"a": 1},
    ),
    ("s > t1 > e", around("b = 5"), (gone("a", "execution"),), {"a": 1}),
    (
        "s > t1 > e",
        around("b = 5", "c = b"),
        (gone("b"), VariableChange("b", 7)),
        {"a": 1, "b": 7, "c": 7},
    ),
    ("s > z1 > e; z1: s1 > t1 > e1", None, (gone("a"),), {}),
    ("s > z1 > e; z1: s1 > t1 > e1", None, (gone("a", "execution"),), {"a": 1}),
    ("s > z1 > e; z1: s1 > t1 > e1", None, (VariableChange("a", 2, "execution"),), {"a": 1}),
]


@pytest.mark.parametrize(("text", "frame", "changes", "end"), CASES)
@pytest.mark.parametrize("limit", [1, 10_000])
def test_what_a_change_leaves(
    text: str, frame: Any, changes: tuple[VariableChange, ...], end: dict[str, Any], limit: int
) -> None:
    frames = {"t1": frame} if frame is not None else {}
    drawn = program(text, work={"t1": CHANGING}, frames=frames, rules=CAMUNDA7)
    driver = Driver(drawn, {"t1": lambda _names: {CHANGES: changes}}, reload=True, limit=limit)
    driver.run({"a": 1})
    assert (driver.outcome, driver.state.scopes[""].variables) == ("completed", end)


@pytest.mark.parametrize(
    ("changes", "fires"),
    [((gone("a"),), True), ((VariableChange("a", 2),), False), ((gone("b"),), False)],
)
def test_an_event_may_ask_where_a_variable_is_taken_away(
    changes: tuple[VariableChange, ...], fires: bool
) -> None:
    event = replace(when("n == 2"), variable_names=("a",), variable_events=("delete",))
    text = "s > p; p > t1 > t2 > e; p > u1 > e; u1 !b1; b1 > a1 > e"
    drawn = program(text, work={"t2": CHANGING}, events={"b1": event}, rules=CAMUNDA7)
    driver = Driver(drawn, reload=True).start({"a": 1, "b": 1, "n": 1})
    driver.send(c.CompleteJob(*driver.job("t1"), {"n": 2}))
    driver.send(c.CompleteJob(*driver.job("t2"), {CHANGES: changes}))
    assert any(isinstance(one, r.Cancelled) for one in driver.records) == fires


def test_what_is_gone_is_recorded_once() -> None:
    drawn = program("s > t1 > e", work={"t1": CHANGING}, rules=CAMUNDA7)
    driver = Driver(drawn, reload=True).start({"a": 1})
    driver.send(c.CompleteJob(*driver.job("t1"), {CHANGES: (gone("a"), gone("a"))}))
    assert [one for one in driver.records if isinstance(one, r.VariablesRemoved)] == [
        r.VariablesRemoved("", ("a",))
    ]
