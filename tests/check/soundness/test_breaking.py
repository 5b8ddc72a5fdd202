"""What breaks off always, so that nothing leaves it by its end; what is caught that never comes."""

from __future__ import annotations

import pytest

from bpmn_xml.check.shorthand import xml
from bpmn_xml.check.soundness.findings import soundness
from bpmn_xml.formats import read

HEAD = "{}error E errorCode=bad\nescalation U escalationCode=up\nescalation V escalationCode=down\n"
INNER = (
    "subProcess c\n  {0}\n    {1}\n  s2 > {2} > e2\nboundaryEvent b attachedToRef=c {3}\n  {4}\n"
    "s > c > t > e\nb > e3\n"
)
UP = "escalationEventDefinition escalationRef=U"
ANY = "boundaryEvent b2 attachedToRef=c\n  escalationEventDefinition\nb2 > e4\n"
CANCEL = "cancelEventDefinition"
WATCHED = f"boundaryEvent b attachedToRef=c\n  {CANCEL}\ns > c > t > e\nb > e3\n"
END, THROW = "endEvent e2", "intermediateThrowEvent x"
CASES = {
    "an error always": (
        INNER.format(END, "errorEventDefinition", "t2", "", "errorEventDefinition"),
        ["c_t"],
    ),
    "an escalation that ends it": (INNER.format(END, UP, "t2", "", UP), ["c_t"]),
    "any escalation that ends it": (
        INNER.format(END, UP, "t2", "", "escalationEventDefinition"),
        ["c_t"],
    ),
    "an escalation on the way": (INNER.format(THROW, UP, "x", "", UP), ["c_t"]),
    "an escalation that does not end it": (
        INNER.format(END, UP, "t2", "cancelActivity=false", UP),
        [],
    ),
    "an escalation that does not end it, beside others that do": (
        INNER.format(END, UP, "t2", "cancelActivity=false", UP) + ANY,
        [],
    ),
    "an escalation beside one that does not end it": (
        INNER.format(END, UP, "t2", "cancelActivity=false", UP[:-1] + "V") + ANY,
        ["c_t", "b"],
    ),
    "another escalation": (INNER.format(END, UP, "t2", "", UP[:-1] + "V"), ["b"]),
    "no escalation": (INNER.format("task y", "documentation : x", "y", "", UP), ["b"]),
    "a person who may escalate": (INNER.format("userTask y", "documentation : x", "y", "", UP), []),
    "a timer": (
        INNER.format(
            "task y", "documentation : x", "y", "", "timerEventDefinition\n    timeDuration : PT1H"
        ),
        [],
    ),
    "no cancel": (
        INNER.format("task y", "documentation : x", "y", "", "cancelEventDefinition").replace(
            "subProcess", "transaction"
        ),
        ["b"],
    ),
    "a cancel": (
        f"transaction c\n  endEvent e2\n    {CANCEL}\n  s2 > g > e2\n  g > e4\n{WATCHED}",
        [],
    ),
}


def dead(text: bytes) -> list[str]:
    """The ids of what is never reached."""
    return [one.id for one in soundness(read(text)) if one.code == "BX606"]


@pytest.mark.parametrize(("shorthand", "wanted"), CASES.values(), ids=CASES)
def test_what_is_never_reached(shorthand: str, wanted: list[str]) -> None:
    assert dead(xml(HEAD.format("executable\n") + shorthand)) == wanted


def test_a_mere_drawing_may_leave_out_what_throws() -> None:
    shorthand, _ = CASES["no escalation"]
    assert dead(xml(HEAD.format("") + shorthand)) == []


CALLED = b"""<process id="Q" isExecutable="true"><startEvent id="qs"/><task id="qt"/>
<endEvent id="qe"><errorEventDefinition errorRef="E"/></endEvent><endEvent id="qf"/>
<sequenceFlow id="q1" sourceRef="qs" targetRef="qt"/>
<sequenceFlow id="q2" sourceRef="qt" targetRef="%s"/></process></definitions>"""
CALL = "callActivity c calledElement=Q\nboundaryEvent b attachedToRef=c\n  errorEventDefinition\n"


@pytest.mark.parametrize(("end", "wanted"), [(b"qe", ["c_t", "qf"]), (b"qf", ["qe"])])
def test_a_call_of_what_always_ends_in_an_error(end: bytes, wanted: list[str]) -> None:
    text = xml(HEAD.format("executable\n") + CALL + "s > c > t > e\nb > e3\n")
    assert dead(text.replace(b"</definitions>", CALLED % end)) == wanted
