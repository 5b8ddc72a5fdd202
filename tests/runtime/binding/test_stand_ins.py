"""Python in the place of a process that is called: it gets and gives what that would.

As `mockChildProcess` of Camunda's tests; what goes in and out is said by the call activity.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bpmn_xml.compiler.options import Options
from bpmn_xml.errors import BindingError, BpmnError
from bpmn_xml.runtime import Engine
from bpmn_xml.testing import Rehearsal, assert_path, assert_waiting
from tests.documents import DEFINITIONS

CAMUNDA8 = "xmlns:z='http://camunda.org/schema/zeebe/1.0'"
CAMUNDA7 = "xmlns:c='http://camunda.org/schema/1.0/bpmn'"
ALL = '<z:calledElement processId="ship"/>'
PARTS = (
    '<z:calledElement processId="ship" propagateAllParentVariables="{}"'
    ' propagateAllChildVariables="{}"/>'
)
MAPPED = (
    '<z:ioMapping><z:input source="=item" target="what"/>'
    '<z:output source="=parcel" target="sent"/></z:ioMapping>'
)
IN_OUT = '<c:in source="item" target="what"/><c:out source="parcel" target="sent"/>'
EACH = (
    "<multiInstanceLoopCharacteristics><extensionElements><z:loopCharacteristics inputCollection="
    '"=items" inputElement="item" outputCollection="parcels" outputElement="=parcel"/>'
    "</extensionElements></multiInstanceLoopCharacteristics>"
)


def drawn(words: str = "", inside: str = "", called: str = "", more: str = "") -> bytes:
    """A process that calls another between a start and two ends."""
    extensions = f"<extensionElements {CAMUNDA7} {CAMUNDA8}>{words}</extensionElements>"
    inside = inside.replace("<extensionElements>", f"<extensionElements {CAMUNDA8}>")
    text = f"""{DEFINITIONS}<error id="E" errorCode="LOST"/>
      <process id="order" isExecutable="true"><startEvent id="start"/>
      <callActivity id="call" name="Ship it" {called}>{words and extensions}{inside}</callActivity>
      <boundaryEvent id="lost" attachedToRef="call"><errorEventDefinition errorRef="E"/>
      </boundaryEvent><endEvent id="done"/><endEvent id="sorry"/>
      <sequenceFlow id="f1" sourceRef="start" targetRef="call"/>
      <sequenceFlow id="f2" sourceRef="call" targetRef="done"/>
      <sequenceFlow id="f3" sourceRef="lost" targetRef="sorry"/></process>{more}</definitions>"""
    return text.encode()


SHIP = 'calledElement="ship"'
GIVEN = {"item": "lamp"}
OWN = {"businessKey"}

CASES: dict[str, tuple[dict[str, str], set[str], dict[str, Any]]] = {
    "the standard lets it see and write the caller's": (
        {"called": SHIP},
        {"item"},
        {"item": "lamp", "parcel": "P1", "extra": 1},
    ),
    "Camunda 8 passes all both ways": (
        {"words": ALL},
        {"item"},
        {"item": "lamp", "parcel": "P1", "extra": 1},
    ),
    "Camunda 8 gives back what is mapped": (
        {"words": PARTS.format("true", "false") + MAPPED},
        {"item", "what"},
        {"item": "lamp", "sent": "P1"},
    ),
    "Camunda 8 lets it see what is mapped": (
        {"words": PARTS.format("false", "true") + MAPPED},
        {"what"},
        {"item": "lamp", "sent": "P1"},
    ),
    "Camunda 7 passes and takes what is said": (
        {"called": SHIP, "words": IN_OUT},
        {"what"},
        {"item": "lamp", "sent": "P1"},
    ),
    "Camunda 7 passes nothing unless said": (
        {"called": SHIP, "words": '<c:in businessKey="#{execution.processBusinessKey}"/>'},
        set(),
        {"item": "lamp"},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("drawing", "seen", "left"), CASES.values(), ids=CASES)
def test_data_goes_in_and_out_as_the_call_says(
    drawing: dict[str, str], seen: set[str], left: dict[str, Any]
) -> None:
    saw: list[set[str]] = []

    def ship(context: Any) -> dict[str, Any]:
        saw.append({*context.variables} - OWN)
        return {"parcel": "P1", "extra": 1}

    with Rehearsal(drawn(**drawing), {"ship": ship}) as stage:
        run = stage.start("order", GIVEN)
        assert (run.outcome, saw) == ("completed", [seen])
        assert {name: run.variables[name] for name in {*run.variables} - OWN} == left
        assert_path(run, "start", "Ship it", "done")
        assert run.way == ["start", "call", "done"]


def test_each_instance_of_a_repeated_call_asks() -> None:
    with Rehearsal(drawn(words=ALL, inside=EACH), {"ship": lambda item: {"parcel": item * 2}}) as s:
        assert s.start("order", {"items": [1, 2]}).variables["parcels"] == [2, 4]


def test_its_bpmn_error_is_thrown_by_the_call() -> None:
    def ship() -> None:
        raise BpmnError("LOST")

    with Rehearsal(drawn(called=SHIP), {"ship": ship}) as stage:
        assert_path(stage.start("order"), "call", "lost", "sorry")


def test_a_value_that_is_no_mapping_goes_to_a_variable_called_like_the_call() -> None:
    with Rehearsal(drawn(called=SHIP), {"ship": lambda: "DHL"}) as stage:
        assert stage.start("order").variables == {"call": "DHL"}


PLAIN = """<process id="ship"><startEvent id="s"/><serviceTask id="pack" implementation="packing"/>
  <sequenceFlow id="g" sourceRef="s" targetRef="pack"/></process>"""
SAME = PLAIN.replace("packing", "ship")
WAITS = '<process id="ship"><startEvent id="s"/><startEvent id="s2"/></process>'


def here() -> dict[str, str]:
    """Stand in."""
    return {"by": "here"}


def pack() -> dict[str, str]:
    """Do the work of the process itself."""
    return {"by": "the process"}


BOUND: dict[str, tuple[bytes, object, str]] = {
    "the id of the process": (drawn(called=SHIP), {"ship": here}, "here"),
    "the id of what calls it": (drawn(called=SHIP), {"call": here}, "here"),
    "the name of what calls it": (drawn(called=SHIP), {"Ship it": here}, "here"),
    "the name of what calls it, where the process is there": (
        drawn(called=SHIP, more=PLAIN), {"Ship it": here, "pack": pack}, "here",
    ),
    "what calls nothing": (drawn(), {"call": here}, "here"),
    "what is called is computed": (drawn(called='calledElement="${kind}"'), {"call": here}, "here"),
    "a process that cannot be called": (drawn(called=SHIP, more=WAITS), {"ship": here}, "here"),
    "a process that is there": (drawn(called=SHIP, more=PLAIN), {"ship": here}, "here"),
    "a process that is there, by its call": (
        drawn(called=SHIP, more=PLAIN), {"call": here, "pack": pack}, "here",
    ),
    "a process that is there without it": (
        drawn(called=SHIP, more=PLAIN), {"pack": pack}, "the process",
    ),
    "a task of the same name comes first": (
        drawn(called=SHIP, more=SAME), {"ship": pack}, "the process",
    ),
    "nothing": (drawn(called=SHIP), None, "refused"),
    "nothing in a stub run": (drawn(called=SHIP), Options(stub=True), "passed"),
}  # fmt: skip


@pytest.mark.parametrize(("drawing", "given", "by"), BOUND.values(), ids=BOUND)
def test_it_is_bound_by_what_is_called_or_by_what_calls(
    drawing: bytes, given: object, by: str
) -> None:
    stub = isinstance(given, Options)
    try:
        engine = Engine(
            drawing, None if stub else given, workers=0, options=given if stub else Options()
        )
    except BindingError as error:
        (found,) = error.findings
        assert (found.code, found.id, by) == ("BX133", "call", "refused")
        assert found.place.line
        assert found.remedy.endswith("or a handler of its id in its place")
        return
    with engine:
        run = engine.start("order", {"kind": "x"})
        run.wait()
        assert (run.outcome, run.variables.get("by", "passed")) == ("completed", by)
        assert bool(engine.stubbed) is (by == "passed")


MARKED = PLAIN.replace('id="ship"', 'id="ship" isExecutable="true"')
GROOVY = (
    '<process id="ship" isExecutable="true"><startEvent id="s"/>'
    '<scriptTask id="pack" scriptFormat="groovy"><script>x = 1</script></scriptTask>'
    '<sequenceFlow id="g" sourceRef="s" targetRef="pack"/></process>'
)
BROKEN = GROOVY.replace("<script>x = 1</script>", "").replace('targetRef="pack"', 'targetRef="no"')
FILES = [drawn(called=SHIP), f"{DEFINITIONS}{MARKED}</definitions>".encode()]

SPARED: dict[str, tuple[bytes | list[bytes], str]] = {
    "one that begins by itself": (drawn(called=SHIP, more=MARKED), ""),
    "one whose work nobody does": (drawn(called=SHIP, more=PLAIN), "order"),
    "one whose script cannot be run": (drawn(called=SHIP, more=GROOVY), ""),
    "one that cannot be compiled": (drawn(called=SHIP, more=BROKEN), ""),
    "one of another file": (FILES, ""),
}  # fmt: skip


@pytest.mark.parametrize("name", ["ship", "call", "Ship it"])
@pytest.mark.parametrize(("drawings", "process"), SPARED.values(), ids=SPARED)
def test_the_process_is_let_alone(drawings: Any, process: str, name: str) -> None:
    with Rehearsal(drawings, {name: here}) as stage:
        run = stage.start(process)
        assert (run.process, run.variables) == ("order", {"by": "here"})


def test_a_process_that_is_called_elsewhere_too_is_run_there() -> None:
    twice = (
        MARKED
        + """<process id="Two" isExecutable="true"><startEvent id="b"/>
      <callActivity id="other" calledElement="ship"/>
      <sequenceFlow id="h" sourceRef="b" targetRef="other"/></process>"""
    )
    with Rehearsal(drawn(called=SHIP, more=twice), {"call": here, "pack": pack}) as stage:
        assert stage.start("order").variables == {"by": "here"}
        assert stage.start("Two").variables == {"by": "the process"}


def test_a_process_that_is_named_to_run_is_run() -> None:
    options = Options(process="ship")
    drawing = drawn(called=SHIP, more=PLAIN)
    with Rehearsal(drawing, {"ship": here, "pack": pack}, options=options) as stage:
        assert stage.start("ship").variables == {"by": "the process"}


def test_a_process_that_calls_itself_is_run_to_where_it_does() -> None:
    drawing = drawn(called='calledElement="order"')
    with Rehearsal(drawing, {"order": here}) as stage:
        assert stage.start("order").variables == {"by": "here"}


STATED = """<ioSpecification><dataInput id="i" name="item"/><dataOutput id="o" name="parcel"/>
  <inputSet><dataInputRefs>i</dataInputRefs></inputSet>
  <outputSet><dataOutputRefs>o</dataOutputRefs></outputSet></ioSpecification>"""
MOVED = """<dataInputAssociation><sourceRef>total</sourceRef><targetRef>i</targetRef>
  </dataInputAssociation><dataOutputAssociation><sourceRef>o</sourceRef><targetRef>sent</targetRef>
  </dataOutputAssociation>"""
THERE = STATED.replace('"i"', '"i2"').replace(">i<", ">i2<").replace('"o"', '"o2"')
THERE = PLAIN.replace("<startEvent", THERE.replace(">o<", ">o2<") + "<startEvent")
RENAMED = THERE.replace('name="item"', 'name="what"').replace('name="parcel"', 'name="box"')


@pytest.mark.parametrize(
    ("more", "takes", "gives"),
    [("", "item", "parcel"), (THERE, "item", "parcel"), (RENAMED, "what", "box")],
)
@pytest.mark.parametrize("name", ["ship", "call", "Ship it"])
def test_it_is_passed_what_the_call_states(name: str, more: str, takes: str, gives: str) -> None:
    properties = '<property id="total" name="total"/><property id="sent" name="sent"/>'
    text = drawn(called=SHIP, inside=STATED + MOVED, more=more).decode()
    text = text.replace('<startEvent id="start"', f'{properties}<startEvent id="start"')
    saw: list[dict[str, Any]] = []

    def ship(**given: Any) -> dict[str, Any]:
        saw.append(given)
        return {gives: "P1", "secret": 2}

    with Rehearsal(text.encode(), {name: ship}) as stage:
        run = stage.start("order", {"total": 7, "hidden": 1})
        assert saw == [{takes: 7}]
        assert run.variables == {"total": 7, "hidden": 1, "sent": "P1"}


def test_it_is_told_of_as_its_call() -> None:
    def ship(context: Any) -> None:
        raise ValueError(context.node)

    with Rehearsal(drawn(called='calledElement="Ship it"'), {"call": ship}) as stage:
        run = stage.start("order")
        with pytest.raises(AssertionError, match="order-1 stands at call: ValueError: call"):
            assert_waiting(run, "Ship it", only=False)
        (incident,) = run.incidents
        assert (incident.node, incident.name) == ("call", "Ship it")
        assert incident.message == "ValueError: call"
        assert (run.way, run.passed("Ship it")) == (["start", "call"], 1)
        with pytest.raises(AssertionError, match="stands at call"):
            assert_path(run, "start", "Ship it")
        incident.skip()
        assert_path(run, "start", "Ship it", "done")


def test_a_table_beside_the_drawing_names_it(tmp_path: Path) -> None:
    (tmp_path / "order.bpmn").write_bytes(drawn(called=SHIP))
    (tmp_path / "tests.py").write_text("def parcel():\n    return {'by': 'the table'}\n")
    (tmp_path / "bindings.toml").write_text('ship = "python:tests:parcel"\n')
    with Rehearsal(tmp_path / "order.bpmn") as stage:
        assert stage.start("order").variables == {"by": "the table"}


def test_a_name_that_is_given_and_misspelt_is_named() -> None:
    with pytest.raises(BindingError) as raised:
        Engine(drawn(called=SHIP), {"shipp": dict})
    (found,) = raised.value.findings
    assert found.code == "BX133"
    assert found.remedy.startswith("is it meant by 'shipp', which is given? Else give the file")
    with pytest.raises(BindingError, match="'ship' that it calls; give the file"):
        Engine(drawn(called=SHIP), {"pay": dict})
