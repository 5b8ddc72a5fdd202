"""Which events can be run where, and what they carry into the program."""

from __future__ import annotations

import re
from typing import Any

import pytest

from bpmn_xml import model as m
from bpmn_xml.compiler import Options, compile_models
from bpmn_xml.compiler.program import EventSpec, Trigger
from tests.compiler.drawing import around, compiled, extended, file, flow, said, tells, told, word
from tests.core.harness import Driver

MESSAGE, SIGNAL = m.Message(id="M", name="paid"), m.Signal(id="S", name="alarm")
DEFINITIONS = {
    "cancel": m.CancelEventDefinition(id="d"),
    "compensation": m.CompensateEventDefinition(id="d"),
    "conditional": m.ConditionalEventDefinition(id="d", condition=m.Expression(body="n > 1")),
    "error": m.ErrorEventDefinition(id="d"),
    "escalation": m.EscalationEventDefinition(id="d"),
    "link": m.LinkEventDefinition(id="d", name="n"),
    "message": m.MessageEventDefinition(id="d", message_ref="M"),
    "signal": m.SignalEventDefinition(id="d", signal_ref="S"),
    "terminate": m.TerminateEventDefinition(id="d"),
    "timer": m.TimerEventDefinition(id="d", time_duration=m.Expression(body="PT1H")),
}
OUTSIDE = {"conditional", "message", "signal", "timer"}
PLACES: dict[str, tuple[type[m.Event], str, set[str]]] = {
    "start event": (m.StartEvent, "draw a start event without a trigger", OUTSIDE),
    "end event": (
        m.EndEvent,
        "draw an end event of another kind",
        {"cancel", "compensation", "error", "escalation", "message", "signal", "terminate"},
    ),
    "intermediate catch event": (
        m.IntermediateCatchEvent,
        "draw a catch event of another kind",
        OUTSIDE | {"link"},
    ),
    "intermediate throw event": (
        m.IntermediateThrowEvent,
        "draw a send task instead",
        {"compensation", "escalation", "link", "message", "signal"},
    ),
    "boundary event": (
        m.BoundaryEvent,
        "draw a boundary event of another kind, or remove it",
        OUTSIDE | {"cancel", "compensation", "error", "escalation"},
    ),
}
"""Per place: what it is, what to draw instead, and the triggers that can be run there."""

ABOUT_THE_REST = re.compile("BX122|BX123|BX128|BX134|BX135|is in no transaction")
"""What is said of links, compensation and transactions that are drawn in part only."""


def draw(kind: type[m.Event], **fields: Any) -> m.Definitions:
    """A process with the event `x` where it can stand."""
    task, roots = m.Task(id="t"), (MESSAGE, SIGNAL)
    if kind is m.StartEvent:
        return file(kind(id="x", **fields), task, flow("x t"), roots=roots)
    if kind is m.EndEvent:
        return file(task, kind(id="x", **fields), flow("t x"), roots=roots)
    if kind is m.BoundaryEvent:
        return file(task, kind(id="x", attached_to_ref="t", **fields), roots=roots)
    return around(kind(id="x", **fields), roots=roots)


@pytest.mark.parametrize("trigger", DEFINITIONS)
@pytest.mark.parametrize("place", PLACES)
def test_an_event_is_run_or_refused_by_its_name(place: str, trigger: str) -> None:
    kind, remedy, possible = PLACES[place]
    drawn = draw(kind, event_definitions=(DEFINITIONS[trigger],))
    lines = [line for line in told(drawn) if not ABOUT_THE_REST.search(line)]
    article = "an" if trigger in {"error", "escalation"} else "a"
    refused = (
        f"error BX102 x: it is {article} {trigger} {place}, and BPMN has none here (10.5); {remedy}"
    )
    assert lines == ([] if trigger in possible else [refused])
    assert told(drawn, stub=True) == told(drawn)


FAULTS: list[tuple[m.Definitions, list[str]]] = [
    (
        draw(m.BoundaryEvent),
        ["error BX102 x: it catches nothing; say what it waits for"],
    ),
    (
        draw(m.IntermediateCatchEvent),
        ["error BX102 x: it catches nothing; say what it waits for"],
    ),
    (
        draw(
            m.EndEvent,
            event_definitions=(
                m.CompensateEventDefinition(id="c", wait_for_completion=False),
                DEFINITIONS["error"],
            ),
        ),
        [
            (
                "error BX102 x: it ends what is around it, and so the compensation that it does "
                'not wait for; remove waitForCompletion="false"'
            )
        ],
    ),
    (
        draw(m.EndEvent, event_definitions=(DEFINITIONS["terminate"], DEFINITIONS["error"])),
        [
            (
                "error BX102 x: it ends what is around it in 2 ways (terminate and error), and "
                "only one can be; keep one of them"
            )
        ],
    ),
    (
        draw(
            m.EndEvent,
            event_definitions=(
                m.MessageEventDefinition(id="d", message_ref="M", **said(camunda_topic="mail")),
                DEFINITIONS["signal"],
            ),
        ),
        [
            (
                "error BX102 x: an event that is work and throws something else too cannot be "
                "run yet; draw two events"
            )
        ],
    ),
    (
        around(
            m.IntermediateThrowEvent(
                id="x", event_definitions=(DEFINITIONS["signal"], DEFINITIONS["link"])
            ),
            roots=(SIGNAL,),
        ),
        [
            (
                "error BX102 x: a link event with several definitions cannot be run yet; "
                "keep one of them"
            ),
            "error BX122 x-e: it leaves link event 'x'; connect it to another element",
            ("error BX134 x: no link event on its level catches 'n'; draw one with the same name"),
        ],
    ),
    (
        around(
            m.SubProcess(
                id="z",
                flow_elements=(m.StartEvent(id="x", event_definitions=(DEFINITIONS["timer"],)),),
            )
        ),
        [
            (
                "error BX102 x: it is a timer start event, and BPMN has none here (10.5); "
                "draw a start event without a trigger"
            )
        ],
    ),
    (
        draw(m.EndEvent, event_definition_refs=("gone",)),
        [
            (
                "error BX102 x: its event definition 'gone' is not in the file; "
                "add the definition, or remove the reference"
            )
        ],
    ),
    (
        draw(m.EndEvent, event_definition_refs=("P",)),
        [
            (
                "error BX102 x: its event definition 'P' is not in the file; "
                "add the definition, or remove the reference"
            )
        ],
    ),
    (
        draw(m.StartEvent, **extended(word("camunda:executionListener", event="take"))),
        [
            (
                "error BX105 x: a listener that is called at 'take' cannot be run yet; "
                "put its work into a task, or leave it out with --stub"
            )
        ],
    ),
]


test_odd_events_are_said = tells(FAULTS)


def events(*roots: m.RootElement, ref: str | None = "E", **fields: Any) -> tuple[EventSpec, ...]:
    """What a boundary event that catches an error is in the program."""
    definition = m.ErrorEventDefinition(id="d", error_ref=ref, **fields)
    event = m.BoundaryEvent(id="b", attached_to_ref="t", event_definitions=(definition,))
    program = compiled(file(m.Task(id="t"), event, roots=roots))
    return program.nodes[1].events


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (m.Error(id="E", error_code="4711", name="No stock"), "4711", "No stock"),
        (m.Error(id="E"), "E", ""),
        (m.Error(id="E", error_code="4711", **said(camunda_errorMessage="Gone")), "4711", "Gone"),
    ],
)
def test_the_code_of_an_error(error: m.RootElement, code: str, message: str) -> None:
    assert events(error) == (EventSpec(trigger=Trigger.ERROR, code=code, message=message),)


@pytest.mark.parametrize(("why", "message"), [("burns", "it burns"), (None, "it ")])
def test_the_message_of_an_error_that_is_thrown_may_be_an_expression(
    why: str | None, message: str
) -> None:
    error = m.Error(id="E", error_code="4711", **said(camunda_errorMessage="it ${why}"))
    thrown = m.ErrorEventDefinition(id="d", error_ref="E")
    caught = m.ErrorEventDefinition(id="c", **said(camunda_errorMessageVariable="told"))
    sub = m.SubProcess(
        id="t",
        flow_elements=(
            m.StartEvent(id="i"),
            m.EndEvent(id="j", event_definitions=(thrown,)),
            flow("i j"),
        ),
    )
    border = m.BoundaryEvent(id="b", attached_to_ref="t", event_definitions=(caught,))
    program = compiled(around(sub, border, m.EndEvent(id="f"), flow("b f"), roots=(error,)))
    driver = Driver(program, {}, reload=True).run({"why": why})
    assert driver.state.scopes[""].variables == {"why": why, "told": message}
    lost = Driver(program, {}).run({})
    assert lost.incidents() == ["there is no variable 'why'"]


def test_an_error_without_a_reference_catches_all() -> None:
    assert events(ref=None) == (EventSpec(trigger=Trigger.ERROR),)


@pytest.mark.parametrize(
    ("kind", "definition"),
    [
        ("error", m.ErrorEventDefinition(id="d", error_ref="Nix")),
        ("escalation", m.EscalationEventDefinition(id="d", escalation_ref="Nix")),
    ],
)
@pytest.mark.parametrize("place", [m.BoundaryEvent, m.EndEvent])
def test_a_reference_that_leads_nowhere_is_refused_or_assumed(
    kind: str, definition: m.EventDefinition, place: type[m.Event]
) -> None:
    drawn = draw(place, event_definitions=(definition,))
    said = f"x: its {kind} 'Nix' is not in the file; choose the {kind} that it is about"
    assert told(drawn) == [f"error BX102 {said}"]
    other = m.Definitions(id="D", root_elements=(*drawn.root_elements, m.Signal(id="Nix")))
    assert told(other) == [f"error BX102 {said}"]
    nodes = compile_models([drawn], Options(stub=True)).nodes
    assert [event.code for node in nodes if node.id == "x" for event in node.events] == ["Nix"]


def test_an_error_code_by_expression_is_refused_where_it_is_caught() -> None:
    definition = m.ErrorEventDefinition(id="d", error_ref="E")
    drawn = draw(m.BoundaryEvent, event_definitions=(definition,))
    error = m.Error(id="E", error_code="= code")
    model = m.Definitions(id="D", root_elements=(*drawn.root_elements, error))
    assert told(model, stub=True) == [
        "error BX111 x: its error code '= code' is an expression; give it a constant code"
    ]


def test_the_definition_says_where_code_and_message_go() -> None:
    words = said(camunda_errorCodeVariable="code", camunda_errorMessageVariable="text")
    (event,) = events(m.Error(id="E"), **words)
    assert (event.code_variable, event.message_variable) == ("code", "text")


@pytest.mark.parametrize("on_event", [True, False])
def test_exceptions_are_caught_where_the_event_or_its_definition_says_so(on_event: bool) -> None:
    words = said(bx_catch="exceptions")
    definition = m.ErrorEventDefinition(id="d", **({} if on_event else words))
    drawn = draw(m.BoundaryEvent, event_definitions=(definition,), **(words if on_event else {}))
    assert compiled(drawn).nodes[1].events[0].catches_exceptions


def test_a_definition_at_the_root_is_as_good_as_an_own_one() -> None:
    drawn = draw(m.EndEvent, event_definition_refs=("k",))
    root = m.TerminateEventDefinition(id="k")
    model = m.Definitions(id="D", root_elements=(*drawn.root_elements, root))
    assert compiled(model).nodes[1].events == (EventSpec(trigger=Trigger.TERMINATE),)


LACKS: list[tuple[m.EventDefinition, str]] = [
    (m.MessageEventDefinition(id="d"), "it names no message; choose the message that it is about"),
    (
        m.SignalEventDefinition(id="d"),
        "it names no signal that is in the file; choose the signal that it is about",
    ),
    (m.ConditionalEventDefinition(id="d"), "it has no condition; give it one"),
    (
        m.TimerEventDefinition(id="d"),
        "its timer has none or several of date, duration and cycle; give it one of them",
    ),
]


@pytest.mark.parametrize(("definition", "what"), LACKS)
def test_a_stub_run_waits_for_what_nobody_names(definition: m.EventDefinition, what: str) -> None:
    event = m.IntermediateCatchEvent(id="t", event_definitions=(definition,))
    assert told(around(event), stub=True) == [f"note BX115 t: {what}"]
    program = compile_models([around(event)], Options(stub=True))
    (spec,) = next(node.events for node in program.nodes if node.id == "t")
    assert spec.name is None or spec.name.evaluate({}) == "t"
    assert spec.due is None or spec.due.next_due({}, 7, 0) == 7
    assert spec.condition is None or not spec.condition.evaluate({})


@pytest.mark.parametrize(("kind", "due"), [(m.IntermediateCatchEvent, 7), (m.BoundaryEvent, None)])
def test_a_stub_run_lets_a_timer_in_prose_pass(kind: Any, due: int | None) -> None:
    timer = m.TimerEventDefinition(id="d", time_duration=m.FormalExpression(body="2 days"))
    drawn = draw(kind, event_definitions=(timer,))
    what = "its time duration: '2 days' is no ISO 8601 duration such as PT10S or P1DT2H"
    assert f"error BX160 x: {what}; correct it" in told(drawn)
    assert f"note BX115 x: {what}; correct it" in told(drawn, stub=True)
    program = compile_models([drawn], Options(stub=True))
    (spec,) = next(n.events for n in program.nodes if n.id == "x")
    assert spec.due is not None
    assert [spec.due.next_due({}, 7, count) for count in (0, 1)] == [due, None]


@pytest.mark.parametrize(("kind", "due"), [(m.IntermediateCatchEvent, 7), (m.BoundaryEvent, None)])
def test_a_stub_run_lets_a_timer_without_data_pass(kind: Any, due: int | None) -> None:
    timer = m.TimerEventDefinition(id="d", time_date=m.FormalExpression(body="${when}"))
    drawn = draw(kind, event_definitions=(timer,))
    (spec,) = next(n.events for n in compiled(drawn, stub=True).nodes if n.id == "x")
    assert spec.due is not None
    assert spec.due.next_due({}, 7, 0) == due
    assert spec.due.next_due({}, 7, 1) is None
    assert spec.due.next_due({"when": "1970-01-01T00:00:09Z"}, 7, 0) == 9_000_000
