"""Diagrams that wait, throw, repeat and call: from their XML to a run of the core."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from bpmn_xml.compiler import Options, analyse, compile_models
from bpmn_xml.compiler.program import Kind, Program
from bpmn_xml.core import commands as c
from bpmn_xml.core import records as r
from bpmn_xml.errors import CheckError
from bpmn_xml.formats import read
from tests.core.harness import Driver
from tests.documents import CAMUNDA_DEFINITIONS

HEAD = (
    CAMUNDA_DEFINITIONS
    + """
  <message id="M" name="paid"/><signal id="S" name="alarm"/>
  <escalation id="E" escalationCode="LATE"/><error id="X" errorCode="BAD"/>"""
)

TIMER = "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>"
MESSAGE = '<messageEventDefinition messageRef="M"/>'
SIGNAL = '<signalEventDefinition signalRef="S"/>'
WHEN = "<conditionalEventDefinition><condition>n &gt; 5</condition></conditionalEventDefinition>"
ESCALATION = '<escalationEventDefinition escalationRef="E"/>'
ERROR = '<errorEventDefinition errorRef="X"/>'


def xml(inside: str, more: str = "") -> bytes:
    return (
        f'{HEAD}<process id="P" isExecutable="true">{inside}</process>{more}</definitions>'.encode()
    )


def chain(*names: str) -> str:
    pairs = pairwise(names)
    return "".join(
        f'<sequenceFlow id="{a}-{b}" sourceRef="{a}" targetRef="{b}"/>' for a, b in pairs
    )


def compiled(inside: str, more: str = "") -> Program:
    return compile_models([read(xml(inside, more))])


CATCHES = [
    (TIMER, Kind.CATCH_EVENT),
    (MESSAGE, Kind.CATCH_EVENT),
    (SIGNAL, Kind.CATCH_EVENT),
    (WHEN, Kind.CATCH_EVENT),
]


@pytest.mark.parametrize(("definition", "kind"), CATCHES)
def test_catch_events(definition: str, kind: Kind) -> None:
    program = compiled(
        '<startEvent id="s"/>'
        f'<intermediateCatchEvent id="c">{definition}</intermediateCatchEvent>'
        f'<endEvent id="e"/>{chain("s", "c", "e")}'
    )
    assert program.nodes[1].kind is kind
    driver = Driver(program).start({"n": 1})
    assert driver.waits() == [("c", "")]
    if definition is WHEN:
        driver.send(c.CancelInstance())
    else:
        driver.happen("c")
    assert driver.waits() == []


BOUNDARY = [TIMER, MESSAGE, SIGNAL, ESCALATION, ERROR]


@pytest.mark.parametrize("definition", BOUNDARY)
@pytest.mark.parametrize("soft", ["", ' cancelActivity="false"'])
def test_boundary_events(definition: str, soft: str) -> None:
    soft = "" if definition is ERROR else soft
    program = compiled(
        '<startEvent id="s"/><userTask id="u"/><endEvent id="e"/>'
        f'<boundaryEvent id="b" attachedToRef="u"{soft}>{definition}</boundaryEvent>'
        f"{chain('s', 'u', 'e')}"
    )
    boundary = next(node for node in program.nodes if node.id == "b")
    assert boundary.interrupting is (not soft)
    assert len(boundary.events) == 1


def test_throw_events_and_their_names() -> None:
    inside = '<startEvent id="s"/>'
    for name, definition in (("a", MESSAGE), ("b", SIGNAL), ("d", ESCALATION)):
        inside += f'<intermediateThrowEvent id="{name}">{definition}</intermediateThrowEvent>'
    inside += f'<endEvent id="e">{MESSAGE}{SIGNAL}</endEvent>{chain("s", "a", "b", "d", "e")}'
    driver = Driver(compiled(inside)).start()
    assert driver.outcome == "completed"
    thrown = [x for x in driver.records if isinstance(x, r.MessageThrown | r.SignalThrown)]
    assert [x.name for x in thrown] == ["paid", "alarm", "paid", "alarm"]
    assert [x.code for x in driver.records if isinstance(x, r.EscalationThrown)] == ["LATE"]


def test_an_event_sub_process_and_an_event_gateway() -> None:
    program = compiled(
        '<startEvent id="s"/><eventBasedGateway id="g"/>'
        f'<intermediateCatchEvent id="c1">{MESSAGE}</intermediateCatchEvent>'
        f'<intermediateCatchEvent id="c2">{TIMER}</intermediateCatchEvent>'
        '<endEvent id="e1"/><endEvent id="e2"/>'
        f"{chain('s', 'g', 'c1', 'e1')}{chain('g', 'c2', 'e2')}"
        '<subProcess id="v" triggeredByEvent="true">'
        f'<startEvent id="vs" isInterrupting="false">{SIGNAL}</startEvent><endEvent id="ve"/>'
        f"{chain('vs', 've')}</subProcess>"
    )
    driver = Driver(program).start()
    assert {name for name, _ in driver.waits()} == {"c1", "c2", "v"}
    driver.happen("v").happen("v").happen("c2")
    assert driver.outcome == "completed"
    assert driver.count(r.Completed, "v") == 2


def test_links_lead_from_throw_to_catch() -> None:
    link = '<linkEventDefinition name="L"/>'
    driver = Driver(
        compiled(
            f'<startEvent id="s"/><intermediateThrowEvent id="a">{link}</intermediateThrowEvent>'
            f'<intermediateCatchEvent id="b">{link}</intermediateCatchEvent><endEvent id="e"/>'
            f"{chain('s', 'a')}{chain('b', 'e')}"
        )
    ).start()
    assert driver.path() == "a b"
    assert driver.outcome == "completed"


def multiple(attributes: str = "", inside: str = "") -> str:
    tag = "multiInstanceLoopCharacteristics"
    return f"<{tag} {attributes}>{inside}</{tag}>"


ZEEBE = '<zeebe:loopCharacteristics inputCollection="items" inputElement="i"/>'
UNTIL = "<completionCondition>nrOfCompletedInstances == 1</completionCondition>"
WHILE = "<loopCondition>loopCounter &lt; 2</loopCondition>"
COLLECT = 'bx:collection="items" bx:element="i" bx:output="outs" bx:outputElement="i"'

LOOPS: list[Any] = [
    (multiple(inside="<loopCardinality>3</loopCardinality>"), 3),
    (multiple('camunda:collection="${items}" camunda:elementVariable="i"'), 2),
    (multiple('camunda:collection="items" isSequential="true"'), 2),
    (multiple(COLLECT), 2),
    (multiple(inside=f"<extensionElements>{ZEEBE}</extensionElements>"), 2),
    (multiple('bx:collection="items"', UNTIL), 1),
    ('<standardLoopCharacteristics loopMaximum="4"/>', 4),
    (f'<standardLoopCharacteristics testBefore="true">{WHILE}</standardLoopCharacteristics>', 2),
]


@pytest.mark.parametrize(("loop", "turns"), LOOPS)
def test_loops(loop: str, turns: int) -> None:
    program = compiled(
        f'<startEvent id="s"/><serviceTask id="t">{loop}</serviceTask><endEvent id="e"/>'
        f"{chain('s', 't', 'e')}"
    )
    ran = Driver(program).run({"items": [7, 8]})
    assert ran.outcome == "completed", ran.incidents()
    assert sum(isinstance(x, r.LoopInstanceDone) for x in ran.records) == turns
    if "outs" in loop:
        assert ran.state.scopes[""].variables["outs"] == [7, 8]


CALLED = (
    '<process id="Q"><startEvent id="qs"/><serviceTask id="qt"/><endEvent id="qe"/>'
    f"{chain('qs', 'qt', 'qe')}</process>"
)


def test_a_call_activity_runs_another_process() -> None:
    program = compiled(
        '<startEvent id="s"/><callActivity id="w" calledElement="Q"/><endEvent id="e"/>'
        f"{chain('s', 'w', 'e')}",
        CALLED,
    )
    ran = Driver(program).run()
    assert ran.path() == "qt qs qe w" or ran.outcome == "completed"
    assert ran.count(r.Completed, "qt") == 1


def test_a_process_that_waits_to_be_started_begins_where_it_is_told() -> None:
    program = compiled(
        f'<startEvent id="s">{MESSAGE}</startEvent><endEvent id="e"/>{chain("s", "e")}'
    )
    assert program.containers[0].starts == ()
    assert program.containers[0].triggered == (0,)
    assert Driver(program).start(start=0).outcome == "completed"


def test_work_behind_a_message_event() -> None:
    program = compiled(
        '<startEvent id="s"/><endEvent id="e">'
        f'<messageEventDefinition messageRef="M" camunda:topic="send"/></endEvent>{chain("s", "e")}'
    )
    assert program.nodes[1].work is not None
    assert program.nodes[1].work.names == ("send",)
    assert Driver(program).run().outcome == "completed"


def catching(definition: str, name: str = "c") -> str:
    return f'<intermediateCatchEvent id="{name}">{definition}</intermediateCatchEvent>'


def conditional(condition: str) -> str:
    return f"<conditionalEventDefinition>{condition}</conditionalEventDefinition>"


def looped(loop: str) -> str:
    return f'<serviceTask id="c">{loop}</serviceTask>'


LINK = '<linkEventDefinition name="L"/>'
OTHER = '<linkEventDefinition name="K"/>'
SOON = "<timerEventDefinition><timeDuration>soon</timeDuration></timerEventDefinition>"
EVENT_SUB = '<subProcess id="c" triggeredByEvent="true">'

REFUSED = [
    (catching(""), "it catches nothing"),
    (catching("<messageEventDefinition/>"), "names no message"),
    (catching('<messageEventDefinition messageRef="Z"/>'), "'Z' is not in"),
    (catching("<signalEventDefinition/>"), "no signal"),
    (catching("<timerEventDefinition/>"), "none or several"),
    (catching(SOON), "'soon' is no ISO 8601"),
    (catching(conditional("<condition/>")), "no condition"),
    (catching(conditional("<condition>n &gt;</condition>")), "is no Python"),
    (
        f'{catching(LINK)}<intermediateThrowEvent id="d">{OTHER}</intermediateThrowEvent>',
        "catches 'K'",
    ),
    (catching(LINK) + catching(LINK, "d"), "catches 'L' too"),
    ('<callActivity id="c" calledElement="${x"/>', "called element"),
    (f"{EVENT_SUB}</subProcess>", "it has 0 start events"),
    (f'{EVENT_SUB}<startEvent id="d"/></subProcess>', "waits for nothing"),
    (looped(multiple()), "how many instances"),
    (looped("<standardLoopCharacteristics/>"), "never ends"),
    (looped('<standardLoopCharacteristics loopMaximum="-2"/>'), "less than 0"),
    (
        looped(
            multiple(
                'behavior="One" oneBehaviorEventRef="Z"', "<loopCardinality>1</loopCardinality>"
            )
        ),
        "its behavior is One",
    ),
    ('<receiveTask id="c" instantiate="true" messageRef="M"/>', "starts the process"),
    ('<eventBasedGateway id="c" instantiate="true"/>', "starts the process"),
]


@pytest.mark.parametrize(("element", "said"), REFUSED)
def test_what_cannot_be_run_is_refused_with_its_reason(element: str, said: str) -> None:
    inside = f'<startEvent id="s"/>{element}<endEvent id="e"/>{chain("s", "c", "e")}'
    if "triggeredByEvent" in element:
        inside = f'<startEvent id="s"/>{element}<endEvent id="e"/>{chain("s", "e")}'
    with pytest.raises(CheckError) as caught:
        compiled(inside)
    assert said in str(caught.value)
    assert all(f.place.line and f.remedy for f in caught.value.findings)


def test_what_an_event_gateway_leads_to_must_wait() -> None:
    inside = (
        '<startEvent id="s"/><eventBasedGateway id="g"/><task id="t"/>'
        f'<intermediateCatchEvent id="c">{MESSAGE}</intermediateCatchEvent><endEvent id="e"/>'
        f"{chain('s', 'g', 't', 'e')}{chain('g', 'c', 'e')}{chain('t', 'c')}"
    )
    _, findings = analyse([read(xml(inside))], Options())
    assert [f.id for f in findings if f.severity == "error"] == ["g", "g"]


def filtered(seven: str = "", eight: str = "", name: str = "n") -> str:
    """A user task with a condition at its boundary that is asked at some changes only."""
    inside = f"<extensionElements>{eight}</extensionElements>" if eight else ""
    return (
        '<startEvent id="s"/><userTask id="u"/><serviceTask id="t" camunda:class="T"/>'
        '<endEvent id="e"/><userTask id="v"/><parallelGateway id="g"/>'
        '<boundaryEvent id="b" attachedToRef="u">'
        f"<conditionalEventDefinition {seven}>{inside}<condition>{name} &gt; 5</condition>"
        "</conditionalEventDefinition></boundaryEvent>"
        + chain("s", "g", "u", "e")
        + chain("g", "t", "v")
        + chain("b", "e")
    )


FILTERS = [
    # what is asked, the variables at first, what is written then, whether it fires
    ("", "", {}, {"n": 6}, True),
    ('camunda:variableName="n"', "", {}, {"n": 6}, True),
    ('camunda:variableName="other"', "", {}, {"n": 6}, False),
    ('camunda:variableName="other"', "", {}, {"n": 6, "other": 1}, True),
    ('camunda:variableName="other"', "", {"n": 6}, {}, True),
    ('camunda:variableEvents="create"', "", {}, {"n": 6}, True),
    ('camunda:variableEvents="create"', "", {"n": 1}, {"n": 6}, False),
    ('camunda:variableEvents="update"', "", {"n": 1}, {"n": 6}, True),
    ('camunda:variableEvents="update, delete"', "", {}, {"n": 6}, False),
    ('camunda:variableName="n" camunda:variableEvents="delete"', "", {"n": 1}, {"n": 6}, False),
    ("", '<zeebe:conditionalFilter variableNames="m, n"/>', {}, {"n": 6}, True),
    ("", '<zeebe:conditionalFilter variableNames="m"/>', {}, {"n": 6}, False),
    (
        "",
        '<zeebe:conditionalFilter variableNames="n" variableEvents="update"/>',
        {},
        {"n": 6},
        False,
    ),
]


@pytest.mark.parametrize(("seven", "eight", "before", "written", "fires"), FILTERS)
def test_a_condition_that_is_asked_at_some_changes_only(
    seven: str, eight: str, before: dict[str, int], written: dict[str, int], fires: bool
) -> None:
    driver = Driver(compiled(filtered(seven, eight)), {"t": lambda _: written}, reload=True)
    driver.run(before)
    assert driver.count(r.Triggered, "b") == fires


def test_a_kind_of_change_that_nobody_knows() -> None:
    with pytest.raises(CheckError, match="'often' is not create, update or delete"):
        compiled(filtered('camunda:variableEvents="often"'))


def test_several_triggers_with_a_filter() -> None:
    text = filtered('camunda:variableName="n"').replace(
        "</boundaryEvent>", f"{TIMER}</boundaryEvent>"
    )
    with pytest.raises(CheckError, match="an event of several triggers with a condition"):
        compiled(text)
