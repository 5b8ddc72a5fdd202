"""Where an instance came to its end."""

from __future__ import annotations

import pytest

from bpmn_xml.compiler.program import NONE
from bpmn_xml.trace.endings import end_reached
from tests.core.harness import Driver, index, program

TEXTS = [
    ("s > e1", "e1"),
    ("s > t1 > e1", "e1"),
    ("s > p; p > t1 > e1; p > t2 > e2", "e2"),
    ("s > z1 > e1; z1: s2 > t1 > e2", "e1"),
    ("s > z1; z1: s2 > t1 > e2", ""),
    ("s > t1", ""),
    ("s > t1 > q1", "q1"),
]


@pytest.mark.parametrize(("text", "end"), TEXTS)
@pytest.mark.parametrize("short", [True, False])
def test_the_last_end_event_of_the_process(text: str, end: str, *, short: bool) -> None:
    drawn = program(text)
    driver = Driver(drawn, short=short).run()
    found = end_reached(drawn, driver.batches[-1].records)
    assert found == (index(drawn, end) if end else NONE)
