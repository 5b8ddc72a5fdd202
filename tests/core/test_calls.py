"""Call activities where an expression says what is called: known when the call begins."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import pytest

from bpmn_xml.compiler import Options, compile_models
from bpmn_xml.compiler.program import Kind
from bpmn_xml.core import commands as c
from bpmn_xml.core.records import Passed
from tests.compiler.drawing import read_text
from tests.core.harness import Driver

SEVEN = '<callActivity id="c" calledElement="${which}">{more}</callActivity>'
EIGHT = """<callActivity id="c"><extensionElements>
  <zeebe:calledElement processId='="go-" + which'/></extensionElements>{more}</callActivity>"""
EACH = """<multiInstanceLoopCharacteristics isSequential="true" camunda:collection="all"
  camunda:elementVariable="which"/>"""


def process(name: str, *nodes: str, ways: str = "") -> str:
    """A process; its nodes follow each other."""
    tags = [node.split('id="')[1].split('"')[0] for node in nodes]
    flows = "".join(
        f'<sequenceFlow id="{a}-{b}" sourceRef="{a}" targetRef="{b}"/>' for a, b in pairwise(tags)
    )
    return f'<process id="{name}" isExecutable="true">{"".join(nodes)}{flows}{ways}</process>'


CALLED = process("go-a", '<task id="a"/>') + process("go-b", '<task id="b"/>')


def driver(call: str, after: str = '<task id="z"/>', called: str = CALLED, **more: Any) -> Driver:
    drawn = read_text(process("P", '<startEvent id="s"/>', call, after) + called)
    return Driver(compile_models([drawn], Options(**more)), reload=True)


def passed(found: Driver) -> str:
    nodes = found.program.nodes
    return " ".join(nodes[r.node].id for r in found.records if isinstance(r, Passed))


@pytest.mark.parametrize(
    ("call", "variables", "path"),
    [
        (SEVEN, {"which": "go-a"}, "s a z"),
        (SEVEN, {"which": "go-b"}, "s b z"),
        (EIGHT, {"which": "b"}, "s b z"),
        (SEVEN.replace("{more}", EACH), {"all": ["go-b", "go-a"]}, "s b a z"),
    ],
)
def test_a_process_is_called_by_what_an_expression_gives(
    call: str, variables: Mapping[str, Any], path: str
) -> None:
    found = driver(call.replace("{more}", "")).start(variables)
    assert passed(found) == path
    assert found.outcome == "completed"


@pytest.mark.parametrize("which", ["go-x", 7, None])
def test_a_call_of_what_is_not_there_is_an_incident_that_can_be_mended(which: object) -> None:
    found = driver(SEVEN.replace("{more}", "")).start({"which": which})
    told = f"there is no process {which!r} to call: there are P, go-a, go-b"
    assert found.incidents() == [told]
    (scope,) = found.state.scopes.values()
    call = next(node.index for node in found.program.nodes if node.kind is Kind.CALL_ACTIVITY)
    found.send(c.ResolveIncident(scope.path, call, 1, {"which": "go-a"}))
    assert passed(found) == "s a z"


def test_a_call_of_what_does_not_begin_by_itself_is_an_incident() -> None:
    later = process(
        "later", '<startEvent id="x1"><signalEventDefinition signalRef="S"/></startEvent>'
    )
    twice = process("twice") + CALLED
    twice = twice.replace("</process>", '<startEvent id="x2"/><startEvent id="x3"/></process>', 1)
    for which, called in (("later", '<signal id="S"/>' + later), ("twice", twice)):
        found = driver(SEVEN.replace("{more}", ""), called=called).start({"which": which})
        told = f"process {which!r} has not one start event that waits for nothing"
        assert found.incidents() == [told]


@pytest.mark.parametrize(
    ("which", "path"), [({}, "s z"), ({"which": "go-x"}, "s z"), ({"which": "go-a"}, "s a z")]
)
def test_in_a_stub_run_a_call_of_what_is_not_known_passes(
    which: Mapping[str, str], path: str
) -> None:
    found = driver(SEVEN.replace("{more}", ""), stub=True).start(which)
    assert passed(found) == path
    assert found.outcome == "completed"


def test_what_was_done_in_the_process_that_was_called_is_undone() -> None:
    undoing = """<boundaryEvent id="e" attachedToRef="d"><compensateEventDefinition/>
      </boundaryEvent><task id="u" isForCompensation="true"/>
      <association id="n" sourceRef="e" targetRef="u" associationDirection="One"/>"""
    called = process("go-a", '<task id="a"/>')
    called += process("go-b", '<task id="b"/>', '<task id="d"/>', ways=undoing)
    throw = '<endEvent id="z"><compensateEventDefinition id="t"/></endEvent>'
    found = driver(SEVEN.replace("{more}", ""), throw, called).start({"which": "go-b"})
    assert passed(found) == "s b u"
    assert found.outcome == "completed"


OUT = '<zeebe:ioMapping><zeebe:output source="= found" target="got"/></zeebe:ioMapping>'
COLLECTED = """<multiInstanceLoopCharacteristics isSequential="true"><extensionElements>
  <zeebe:loopCharacteristics inputCollection="= all" inputElement="n" outputCollection="founds"
  outputElement="= found"/></extensionElements></multiInstanceLoopCharacteristics>"""
TWICE = {"f": lambda variables: {"found": variables["n"] * 2}}


@pytest.mark.parametrize(
    ("said", "inside", "expected"),
    [
        ('propagateAllChildVariables="false"', OUT, {"got": 2}),
        ("", OUT, {"got": 2}),
        ("", "", {"found": 2, "all": [1, 1], "n": 1}),
        ('propagateAllChildVariables="false"', "", {}),
    ],
)
def test_a_mapping_of_camunda_8_sees_all_that_a_called_process_gives(
    said: str, inside: str, expected: Mapping[str, Any]
) -> None:
    call = f"""<callActivity id="c"><extensionElements>
      <zeebe:calledElement processId="Q" {said}/>{inside}</extensionElements></callActivity>"""
    drawn = read_text(process("P", call) + process("Q", '<serviceTask id="f"/>'))
    found = Driver(compile_models([drawn]), TWICE, reload=True).run({"n": 1, "all": [1, 1]})
    assert found.state.scopes[""].variables == {"n": 1, "all": [1, 1], **expected}


@pytest.mark.parametrize("inside", ["", OUT])
def test_what_is_collected_of_an_instance_is_what_it_gave(inside: str) -> None:
    called = '<zeebe:calledElement processId="Q" propagateAllChildVariables="false"/>'
    call = f"""<callActivity id="c"><extensionElements>{called}{inside}</extensionElements>
      {COLLECTED}</callActivity>"""
    drawn = read_text(process("P", call) + process("Q", '<serviceTask id="f"/>'))
    found = Driver(compile_models([drawn]), TWICE, reload=True).run({"all": [1, 2]})
    told = found.state.scopes[""].variables
    assert told.get("founds") == ([2, 4] if inside else [None, None])
    assert told.get("got") == (4 if inside else None)


GIVES = """<callActivity id="c" calledElement="q"><extensionElements>
  <camunda:in source="a" target="b"/><camunda:out source="b" target="got"/></extensionElements>
  </callActivity>"""


@pytest.mark.parametrize("event", ["", "<terminateEventDefinition/>"])
def test_a_called_process_gives_back_what_it_has_when_it_terminates_too(event: str) -> None:
    called = process("q", '<startEvent id="s1"/>', f'<endEvent id="e1">{event}</endEvent>')
    found = driver(GIVES, called=called).start({"a": 1})
    assert (found.outcome, found.state.scopes[""].variables) == ("completed", {"a": 1, "got": 1})


LATE = """<subProcess id="v" triggeredByEvent="true"><startEvent id="s2">
  <timerEventDefinition><timeDuration>${b}</timeDuration></timerEventDefinition></startEvent>
  <sequenceFlow id="f2" sourceRef="s2" targetRef="e2"/><endEvent id="e2"/></subProcess>"""


def test_event_sub_processes_of_a_called_process_see_what_is_passed_in() -> None:
    nodes = '<startEvent id="s1"/>', '<userTask id="u"/>'
    found = driver(GIVES, called=process("q", *nodes, ways=LATE)).start({"a": "PT1H", "b": "no"})
    assert found.incidents() == []
    (due,) = [
        wait.due
        for scope in found.state.scopes.values()
        for events in (scope.waits or {}).values()
        for wait in events.values()
    ]
    assert due - found.state.time == 3_600_000_000


def test_a_call_that_cannot_give_back_is_passed_over_without() -> None:
    called = process("q", '<startEvent id="s1"/>', '<endEvent id="e1"/>')
    found = driver(GIVES.replace('source="b"', 'sourceExpression="${gone}"'), called=called)
    found.start({"a": 1})
    ((scope, key),) = [(s.path, k) for s in found.state.scopes.values() for k in s.incidents or ()]
    n, node = divmod(key, found.state.size)
    found.send(c.SkipIncident(scope, node, n, {}))
    assert (found.outcome, found.state.scopes[""].variables) == ("completed", {"a": 1})
