"""What would begin a process: the events of its start events, as they are drawn."""

from __future__ import annotations

from bpmn_xml import formats
from bpmn_xml.check.shorthand import xml
from bpmn_xml.compiler import compile_models
from bpmn_xml.compiler.program import Program
from bpmn_xml.trace.standstill import Awaited, Cause, Standstill
from bpmn_xml.trace.why import unbegun


def drawn(lines: str) -> Program:
    return compile_models([formats.read(xml(f"executable\n{lines}"))])


def test_what_begins_by_itself_waits_for_nothing() -> None:
    assert unbegun(drawn("s > e"), 0) == ()


def test_a_start_event_waits_for_its_message() -> None:
    program = drawn(
        "message m name=paid\nstartEvent s\n  messageEventDefinition d messageRef=m\ns > e"
    )
    awaits = Awaited(at="s", trigger="message", name="paid")
    still = Standstill(instance="", node="s", cause=Cause.EVENT, awaits=(awaits,))
    assert unbegun(program, 0) == (still,)
