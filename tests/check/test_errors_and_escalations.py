"""Errors, escalations and cancels are told where nothing catches them, or nothing throws them."""

from __future__ import annotations

import pytest

from bpmn_xml.check.errors_and_escalations import UNTHROWN, uncaught, unthrown
from bpmn_xml.check.shorthand import xml
from bpmn_xml.formats import inspect, read

INNER = (
    "error X errorCode=x\nerror Y errorCode=y\ns > z > e\nsubProcess z\n  s2 > e2\n  endEvent e2\n"
)
THROWS = f"{INNER}    errorEventDefinition errorRef=X\n"
BORDER = "boundaryEvent b attachedToRef=z\n  errorEventDefinition"
HANDLER = "subProcess h triggeredByEvent=true\n  startEvent s3\n    errorEventDefinition\n"

UNCAUGHT = {
    "by nothing": (THROWS, ["e2"]),
    "at the border": (f"{THROWS}{BORDER} errorRef=X\n", []),
    "by any error": (f"{THROWS}{BORDER}\n", []),
    "by another error": (f"{THROWS}{BORDER} errorRef=Y\n", ["e2"]),
    "by a timer": (f"{THROWS}{BORDER}\n".replace(BORDER, BORDER.replace("error", "timer")), ["e2"]),
    "by a handler beside it": (THROWS + HANDLER, []),
    "by a handler within": (THROWS + HANDLER.replace("\n", "\n  ").strip().join(["  ", "\n"]), []),
    "no inner one": ("error X\ns > e\nendEvent e\n  errorEventDefinition errorRef=X\n", []),
    "an unknown error": (THROWS.replace("Ref=X", "Ref=Z"), ["e2"]),
    "any error": (THROWS.replace(" errorRef=X", ""), []),
    "no error": (INNER, []),
}


@pytest.mark.parametrize(("shorthand", "wanted"), UNCAUGHT.values(), ids=UNCAUGHT)
def test_an_error_that_nothing_catches_is_told(shorthand: str, wanted: list[str]) -> None:
    assert [one.id for one in uncaught(read(xml(shorthand)))] == wanted


CANCELLED = "transaction t\n  s2 > e2\n  endEvent e2\n    cancelEventDefinition\ns > t > e\n"


@pytest.mark.parametrize(
    ("shorthand", "wanted"),
    [
        (CANCELLED, ["e2"]),
        (f"{CANCELLED}boundaryEvent b attachedToRef=t\n  cancelEventDefinition\nb > e\n", []),
        (f"{CANCELLED}boundaryEvent b attachedToRef=t\n  errorEventDefinition\nb > e\n", ["e2"]),
        (CANCELLED.replace("transaction", "subProcess"), []),
    ],
)
def test_a_cancel_that_nothing_goes_on_from_is_told(shorthand: str, wanted: list[str]) -> None:
    assert [one.id for one in uncaught(read(xml(shorthand)))] == wanted


THROWN = "executable\nescalation E escalationCode=up\nescalation F escalationCode=down\n"
THROWN += "subProcess u\n  s2 > {0} > e2\n  {1}\nboundaryEvent c attachedToRef=u\n"
THROWN += "  escalationEventDefinition {2}\ns > u > e\nc > e\n"
THROW = "intermediateThrowEvent t\n    escalationEventDefinition escalationRef={}"
ESCALATIONS = {
    "that is thrown": (THROWN.format("t", THROW.format("E"), "escalationRef=E"), []),
    "that is not thrown": (THROWN.format("t", THROW.format("F"), "escalationRef=E"), ["c"]),
    "that is thrown by nothing": (THROWN.format("t", "task t", "escalationRef=E"), ["c"]),
    "that a person throws": (THROWN.format("t", "userTask t", "escalationRef=E"), []),
    "that leaves beside another one that a person may throw": (
        THROWN.format("t > w", f"{THROW.format('F')}\n  userTask w", "escalationRef=E"),
        ["c"],
    ),
    "of any kind": (THROWN.format("t", "task t", "x"), []),
}


@pytest.mark.parametrize(("shorthand", "wanted"), ESCALATIONS.values(), ids=ESCALATIONS)
def test_an_escalation_that_is_waited_for(shorthand: str, wanted: list[str]) -> None:
    model = inspect(xml(shorthand)).definitions
    assert model is not None
    assert [one.id for one in unthrown(model) if one.code == UNTHROWN] == wanted


WAITS = "executable\nerror X errorCode=x\n{}boundaryEvent b attachedToRef=w\n"
WAITS += "  errorEventDefinition errorRef=X\ns > w > e\nb > e\n"
INSIDE = "subProcess w\n  s2 > w2 > e2\n  {} w2\n"
ERRORS = {
    "at a manual task": ("manualTask w\n", ["b"]),
    "at a plain task, to which Python may be bound": ("task w\n", []),
    "at a service task": ("serviceTask w\n", []),
    "in a sub-process without work": (INSIDE.format("manualTask"), ["b"]),
    "in a sub-process with work": (INSIDE.format("userTask"), []),
    "in a sub-process that throws it": (
        INSIDE.format("manualTask") + "  endEvent e2\n    errorEventDefinition errorRef=X\n",
        [],
    ),
}


@pytest.mark.parametrize(("shorthand", "wanted"), ERRORS.values(), ids=ERRORS)
def test_an_error_that_is_waited_for(shorthand: str, wanted: list[str]) -> None:
    assert [one.id for one in unthrown(read(xml(WAITS.format(shorthand))))] == wanted


COMPUTED = b'<extensionElements><z:%s xmlns:z="http://camunda.org/schema/zeebe/1.0"/>'


@pytest.mark.parametrize(
    ("word", "wanted"), [(b"script", ["b"]), (b"calledDecision", ["b"]), (b"taskDefinition", [])]
)
def test_what_is_computed_throws_no_error(word: bytes, wanted: list[str]) -> None:
    text = xml(WAITS.format("scriptTask w\n  documentation : x\n"))
    text = text.replace(b"</documentation>", b"</documentation>" + COMPUTED % word)
    text = text.replace(b'/1.0"/>', b'/1.0"/></extensionElements>')
    assert [one.id for one in unthrown(read(text))] == wanted
