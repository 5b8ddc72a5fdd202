"""How instances ended that did not complete."""

from __future__ import annotations

import pytest

from bpmn_xml.compiler.program import NONE
from bpmn_xml.core.commands import CancelInstance
from bpmn_xml.trace.endings import UntimelyEnd, end_reached, ending_of
from tests.core.drawn import around
from tests.core.harness import Driver, index, program
from tests.core.test_faults import throw

# text, what ended it, by node, code and message
TEXTS = [
    ("s > e", None),
    ("s > t1 > e", ("failed", "t1", "X", "told")),
    ("s > p; p > q1; p > u1", ("terminated", "q1", "", "")),
    ("s > u1", ("cancelled", "", "", "not wanted")),
]


@pytest.mark.parametrize(("text", "told"), TEXTS)
def test_what_has_ended_it(text: str, told: tuple[str, ...] | None) -> None:
    drawn = program(text)
    driver = Driver(drawn, {"t1": throw("X")}).run()
    if not driver.outcome:
        driver.send(CancelInstance("not wanted"))
    found = [ending_of(drawn, "i", batch.records) for batch in driver.batches]
    assert found[:-1] == [None] * len(found[:-1])
    outcome, node, code, message = told or ("", "", "", "")
    named = UntimelyEnd(instance="i", outcome=outcome, node=node, code=code, message=message)
    assert found[-1] == (told and named)


# text, the end event at which it ended
ENDS = [
    ("s > e1", "e1"),
    ("s > t1 > e1", "e1"),
    ("s > p; p > t1 > e1; p > t2 > e2", "e2"),
    ("s > z1 > e1; z1: s2 > t1 > e2", "e1"),
    ("s > z1; z1: s2 > t1 > e2", ""),
    ("s > t1", ""),
    ("s > t1 > q1", "q1"),
    ("s > p; p > e1; p > t1 > t2", "e1"),
    ("s > p; p > e1; p > t9", ""),
    ("s > p; p > e1; p > f1", "f1"),
    ("s > p; p > e1; p > u1", ""),
    ("s > z1; z1: s2 > f1", ""),
]


@pytest.mark.parametrize(("text", "end"), ENDS)
@pytest.mark.parametrize("short", [True, False])
def test_the_last_end_event_of_the_process(text: str, end: str, *, short: bool) -> None:
    drawn = program(text)
    driver = Driver(drawn, {"t9": throw("X")}, short=short).run()
    if not driver.outcome:
        assert end_reached(driver.state) == NONE
        driver.send(CancelInstance())
    assert end_reached(driver.state) == (index(drawn, end) if end else NONE)


@pytest.mark.parametrize("end", ["e1", "q1", "f1"])
@pytest.mark.parametrize("place", ["before", "after"])
def test_an_end_event_with_a_listener_is_as_good(end: str, place: str) -> None:
    drawn = program(f"s > {end}; l1", frames={end: around(**{place: "l1"})})
    driver = Driver(drawn).run()
    assert end_reached(driver.state) == index(drawn, end)


def test_nothing_is_told_of_a_batch_without_records() -> None:
    assert ending_of(program("s > e"), "i", []) is None
