"""Lines, calls, timers and escalations that do not come to what is meant."""

from __future__ import annotations

import pytest

from bpmn_xml.check.misdirected import CALLS_NOTHING, ONCE, TURNED, misdirected
from bpmn_xml.check.shorthand import xml
from bpmn_xml.formats import inspect

TIMER = "intermediateCatchEvent c\n  timerEventDefinition\n    timeCycle : {}\ns > c > e\n"
WATCHED = "task t\nboundaryEvent c attachedToRef=t cancelActivity={}\n  timerEventDefinition\n"
WATCHED += "    timeCycle : R/PT1H\ns > t > e\nc > e\n"
DATA = "task t\n  ioSpecification\n    dataInput i\n    dataOutput o\n    inputSet\n"
DATA += "      dataInputRefs : i\n    outputSet\n      dataOutputRefs : o\n"
DATA += "  {0}\n    sourceRef : {1}\n    targetRef : {2}\ndataObjectReference d dataObjectRef=D\n"
DATA += "dataObject D\ns > t > e\n"
CASES = {
    "a note of itself": (
        "textAnnotation n\nassociation a sourceRef=n targetRef=n\n",
        [(TURNED, "a")],
    ),
    "a note": ("task t\ntextAnnotation n\nassociation a sourceRef=t targetRef=n\n", []),
    "data from an output": (DATA.format("dataOutputAssociation", "o", "d"), []),
    "data into an output": (DATA.format("dataOutputAssociation", "d", "o"), [(TURNED, "t")]),
    "data into an input": (DATA.format("dataInputAssociation", "d", "i"), []),
    "data from an input": (DATA.format("dataInputAssociation", "i", "d"), [(TURNED, "t")]),
    "a call of nothing": ("callActivity c calledElement=X\ns > c > e\n", [(CALLS_NOTHING, "c")]),
    "a call of another file": ("callActivity c calledElement=x:X\ns > c > e\n", []),
    "a call that is run": ("executable\ncallActivity c calledElement=X\ns > c > e\n", []),
    "a call of what may be imported": (
        "import location=a namespace=u importType=b\ncallActivity c calledElement=X\ns > c > e",
        [],
    ),
    "a call of nothing named": ("callActivity c\ns > c > e\n", []),
    "a cycle in the flow": (TIMER.format("R/PT1H"), []),
}


@pytest.mark.parametrize(("shorthand", "wanted"), CASES.values(), ids=CASES)
def test_what_does_not_come_to_what_is_meant(shorthand: str, wanted: list[tuple[str, str]]) -> None:
    model = inspect(xml(shorthand)).definitions
    assert model is not None
    assert [(one.code, one.id) for one in misdirected(model)] == wanted


PLATFORM = b'<definitions xmlns:m="http://camunda.org/schema/modeler/1.0" m:executionPlatform="'
CYCLES = {
    "of ISO": (TIMER.format("R/PT1H"), b"Camunda Platform", ["c"]),
    "of days": (TIMER.format("0 0 8 * * ?"), b"Camunda Platform", []),
    "of days, in Camunda 8": (TIMER.format("0 0 8 * * ?"), b"Camunda Cloud", ["c"]),
    "that ends what it watches": (WATCHED.format("true"), b"Camunda Platform", ["c"]),
    "that goes on": (WATCHED.format("false"), b"Camunda Platform", []),
}


@pytest.mark.parametrize(("shorthand", "platform", "wanted"), CYCLES.values(), ids=CYCLES)
def test_a_timer_repeats_where_it_happens_once(
    shorthand: str, platform: bytes, wanted: list[str]
) -> None:
    text = xml(shorthand).replace(b"<definitions", PLATFORM + platform + b'"')
    model = inspect(text).definitions
    assert model is not None
    assert [one.id for one in misdirected(model) if one.code == ONCE] == wanted
