"""What would begin a process: the events of its start events, as they are drawn."""

from __future__ import annotations

from msgspec.structs import replace

from bpmn_xml.trace.standstill import Awaited, Cause, Standstill
from bpmn_xml.trace.unbegun import unbegun
from tests.core.drawn import message, program
from tests.core.harness import index


def test_what_begins_by_itself_waits_for_nothing() -> None:
    assert unbegun(program("s > e"), 0) == ()


def test_a_start_event_waits_for_its_message() -> None:
    awaits = Awaited(at="s", trigger="message", name="paid")
    still = Standstill(instance="", node="s", cause=Cause.EVENT, awaits=(awaits,))
    drawing = program("s > e", events={"s": message("paid")})
    (process,) = drawing.containers
    triggered = replace(process, triggered=(index(drawing, "s"),))
    assert unbegun(replace(drawing, containers=(triggered,)), 0) == (still,)
