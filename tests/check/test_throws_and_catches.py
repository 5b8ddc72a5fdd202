"""Messages and signals of which only one side is there."""

from __future__ import annotations

import pytest

from bpmn_xml.check.shorthand import xml
from bpmn_xml.check.throws_and_catches import (
    doubled,
    nameless,
    one_sided,
    unmarked_processes,
    unsaid,
)
from bpmn_xml.formats import read

HEAD = "executable\nmessage M name=order\nsignal S name=closed\n"
CATCH = "intermediateCatchEvent c\n  {}\ns > c > e\n"
THROW = "intermediateThrowEvent t\n  {}\ns > t > e\n"
MESSAGE, SIGNAL = "messageEventDefinition messageRef=M", "signalEventDefinition signalRef=S"
BOTH = "s > t > c > e\nintermediateThrowEvent t\n  {0}\nintermediateCatchEvent c\n  {0}\n"
INTERFACE = "interface I name=i\n  operation O name=o\n    inMessageRef : M\n"

CASES = {
    "a message that is awaited": (CATCH.format(MESSAGE), [("BX711", "c")]),
    "a message that is sent": (THROW.format(MESSAGE), [("BX712", "t")]),
    "a signal that is awaited": (CATCH.format(SIGNAL), [("BX711", "c")]),
    "a signal that is sent": (THROW.format(SIGNAL), [("BX712", "t")]),
    "both sides of a message": (BOTH.format(MESSAGE), []),
    "both sides of a signal": (BOTH.format(SIGNAL), []),
    "tasks": (
        "s > t > u > e\nsendTask t messageRef=M\nreceiveTask u messageRef=M\n",
        [],
    ),
    "an operation": (
        INTERFACE + "s > t > u > e\nsendTask t operationRef=O\nreceiveTask u messageRef=M\n",
        [],
    ),
    "a task that sends": ("s > t > e\nsendTask t messageRef=M\n", [("BX712", "t")]),
    "a shared definition": (
        "signalEventDefinition D signalRef=S\n" + CATCH.format("eventDefinitionRef : D"),
        [("BX711", "c")],
    ),
    "no name": (CATCH.format("messageEventDefinition"), []),
    "no message": ("s > t > e\nreceiveTask t\n", []),
    "a timer": (CATCH.format("timerEventDefinition"), []),
}


@pytest.mark.parametrize(("shorthand", "wanted"), CASES.values(), ids=CASES)
def test_what_has_one_side_only_is_noted(shorthand: str, wanted: list[tuple[str, str]]) -> None:
    model = read(xml(HEAD + shorthand))
    assert [(one.code, one.id) for one in one_sided(model)] == wanted


def test_a_name_that_is_computed_may_be_any() -> None:
    text = xml(HEAD + CATCH.format(MESSAGE)).replace(b'"order"', b'"order-${n}"')
    assert list(one_sided(read(text))) == []


def test_other_files_are_the_other_side() -> None:
    catch, throw = (read(xml(HEAD + part.format(MESSAGE))) for part in (CATCH, THROW))
    assert list(one_sided(catch, [throw])) == []


def test_a_message_flow_is_the_other_side() -> None:
    pools = "collaboration C\n  participant q\n  messageFlow f sourceRef=q targetRef=c\n"
    assert list(one_sided(read(xml(HEAD + pools + CATCH.format(MESSAGE))))) == []


def test_what_is_not_executable_is_not_asked() -> None:
    text = xml(HEAD + CATCH.format(MESSAGE)).replace(b'"true"', b'"false"')
    assert list(one_sided(read(text))) == []


NAMELESS = {
    "a message": ("message X\n" + CATCH.format("messageEventDefinition messageRef=X"), ["X"]),
    "a signal": ("signal X\n" + CATCH.format("signalEventDefinition signalRef=X"), ["X"]),
    "an error": (
        "error X name=late\ns > e\nendEvent e\n  errorEventDefinition errorRef=X\n",
        ["X"],
    ),
    "an escalation": (THROW.format("escalationEventDefinition escalationRef=E"), ["E"]),
    "all have one": (BOTH.format(MESSAGE), []),
    "nobody uses it": ("message X\ns > e\n", []),
}


@pytest.mark.parametrize(("shorthand", "wanted"), NAMELESS.values(), ids=NAMELESS)
def test_what_cannot_be_told_apart_is_told(shorthand: str, wanted: list[str]) -> None:
    model = read(xml(f"{HEAD}escalation E\n{shorthand}"))
    assert [(one.code, one.id) for one in nameless(model)] == [("BX713", id_) for id_ in wanted]


@pytest.mark.parametrize(
    ("shorthand", "wanted"),
    [
        ("executable\ns > e\nendEvent e\n  errorEventDefinition\n", [("BX713", "e")]),
        ("executable\ns > e\nendEvent e\n  errorEventDefinition errorRef=E\n", []),
        ("executable\ns > e\nendEvent e\n  terminateEventDefinition\n", []),
        ("s > e\nendEvent e\n  errorEventDefinition\n", []),
    ],
)
def test_who_throws_an_error_says_which(shorthand: str, wanted: list[tuple[str, str]]) -> None:
    assert [(one.code, one.id) for one in unsaid(read(xml(shorthand)))] == wanted


def test_the_only_process_of_a_drawing_for_an_engine_says_that_it_runs() -> None:
    drawn = read(xml("s > e"))
    (found,) = unmarked_processes(drawn, "Camunda 8")
    assert (found.code, found.id) == ("BX715", "P")
    assert "Camunda 8" in found.message
    assert list(unmarked_processes(drawn)) == []
    assert list(unmarked_processes(read(xml("executable\ns > e")), "Camunda 8")) == []


CALLED = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
targetNamespace="urn:x"><collaboration id="C">
<participant id="p" processRef="P"/><participant id="q" processRef="Q"/>
<messageFlow id="m" sourceRef="{source}" targetRef="{target}"/></collaboration>
<process id="P" isExecutable="true"><startEvent id="s"/><callActivity id="c" {call}</process>
<process id="Q"{marked}><task id="t"/></process>
<process id="R"><callActivity id="d" calledElement="Q"/></process>
</definitions>"""
WORDS = """><extensionElements><zeebe:calledElement processId="Q"
xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"/></extensionElements></callActivity>"""
NEEDED = {
    "it is called": ('calledElement="Q"/>', "", "p", "p", [("warning", "but 'c' calls it")]),
    "it is called in Camunda's words": (WORDS, "", "p", "p", [("warning", "but 'c' calls it")]),
    "it sends": ("/>", "", "t", "s", [("note", "so nothing comes along the message flow 'm'")]),
    "it receives": ("/>", ' isExecutable="false"', "p", "q", [("note", "the message flow 'm'")]),
    "it is marked": ('calledElement="Q"/>', ' isExecutable="true"', "p", "q", []),
    "nothing needs it": ("/>", "", "q", "q", []),
}


@pytest.mark.parametrize(
    ("call", "marked", "source", "target", "wanted"), NEEDED.values(), ids=NEEDED
)
def test_what_is_needed_is_executable(
    call: str, marked: str, source: str, target: str, wanted: list[tuple[str, str]]
) -> None:
    text = CALLED.format(call=call, marked=marked, source=source, target=target)
    found = list(unmarked_processes(read(text.encode())))
    assert [(one.id, str(one.severity)) for one in found] == [("Q", level) for level, _ in wanted]
    assert all(why in one.message for one, (_, why) in zip(found, wanted, strict=True))


BORDERS = (
    "error E errorCode=E\nescalation F escalationCode=F\nsignal S name=closed\n"
    "s > t > e\ntransaction t\n{0}\n{1}\n"
)
BORDER = "boundaryEvent {} attachedToRef=t\n  {}EventDefinition {}"
INSIDE = "subProcess {0} triggeredByEvent=true\n  startEvent of-{0}\n    {1}EventDefinition {2}"
TWICE = {
    "an error at a border": (BORDER, "error", "errorRef=E", ["d"]),
    "an escalation at a border": (BORDER, "escalation", "escalationRef=F", ["d"]),
    "a cancel at a border": (BORDER, "cancel", "", ["d"]),
    "a signal at a border, which all hear": (BORDER, "signal", "signalRef=S", []),
    "an error inside": (INSIDE, "error", "errorRef=E", ["d"]),
}


@pytest.mark.parametrize(("one", "kind", "about", "wanted"), TWICE.values(), ids=TWICE)
def test_what_only_the_first_gets_is_awaited_once(
    one: str, kind: str, about: str, wanted: list[str]
) -> None:
    drawn = BORDERS.format(one.format("c", kind, about), one.format("d", kind, about))
    assert [finding.id for finding in doubled(read(xml(drawn)))] == wanted
