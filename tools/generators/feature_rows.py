"""The rows of the table of elements: what there is in BPMN 2.0 that an engine runs.

Each says how it is recognised in a model, and where its semantics comes from: the specification's
text, what other engines do where the text leaves it open, or our own reading where neither settles
it. `features.py` says which of them run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

from bpmn_xml import model as m
from bpmn_xml.model.walk import walk

TEXT: Final = "the text"
ENGINES: Final = "other engines"
READING: Final = "our reading"

Sees = Callable[[Any, Any], bool]
"""Whether an element, in its container, is what a row is about."""


class Feature(NamedTuple):
    """A row.

    Attributes:
        name: the element, and after a colon what is special about it.
        cls: the type of element that is read.
        clause: of BPMN 2.0.2.
        basis: where its semantics comes from.
        sees: how it is recognised.
    """

    name: str
    cls: type[m.Element]
    clause: str
    basis: str
    sees: Sees


DEFINITIONS: Final[dict[str, type[m.EventDefinition]]] = {
    "message": m.MessageEventDefinition,
    "timer": m.TimerEventDefinition,
    "signal": m.SignalEventDefinition,
    "conditional": m.ConditionalEventDefinition,
    "error": m.ErrorEventDefinition,
    "escalation": m.EscalationEventDefinition,
    "compensation": m.CompensateEventDefinition,
    "link": m.LinkEventDefinition,
    "cancel": m.CancelEventDefinition,
    "terminate": m.TerminateEventDefinition,
}

WAITED_FOR: Final = "message timer signal conditional"
BOTH_WAYS: Final = f"{WAITED_FOR} escalation".split()

POSITIONS: Final[tuple[tuple[str, type[m.Event], str, str], ...]] = (
    ("start event", m.StartEvent, f"none {WAITED_FOR} multiple", "13.5.1"),
    (
        "event sub-process",
        m.StartEvent,
        f"{WAITED_FOR} error escalation compensation multiple",
        "13.5.4",
    ),
    (
        "intermediate catch event",
        m.IntermediateCatchEvent,
        f"{WAITED_FOR} link multiple parallel-multiple",
        "13.5.2",
    ),
    (
        "boundary event",
        m.BoundaryEvent,
        f"{WAITED_FOR} error escalation compensation cancel multiple",
        "13.5.3",
    ),
    (
        "intermediate throw event",
        m.IntermediateThrowEvent,
        "none message signal escalation compensation link multiple",
        "13.5.2",
    ),
    (
        "end event",
        m.EndEvent,
        "none message signal error escalation compensation cancel terminate multiple",
        "13.5.6",
    ),
)
"""Which event definitions may stand where (10.5)."""

OPEN: Final = {
    "conditional": READING,
    "multiple": READING,
    "parallel-multiple": READING,
    "signal": ENGINES,
}
"""Triggers of which the text does not say enough: how far they reach, and how often they fire."""


def event_rows() -> Iterator[Feature]:
    """One row per position, trigger, and way to treat what it is attached to."""
    for position, cls, triggers, clause in POSITIONS:
        inside = {"start event": False, "event sub-process": True}.get(position)
        for trigger in triggers.split():
            basis = OPEN.get(trigger, TEXT)
            both = position in ("event sub-process", "boundary event") and trigger in BOTH_WAYS
            for way in (True, False) if both else (None,):
                words = {True: ", interrupting", False: ", non-interrupting", None: ""}[way]
                name = f"{position}: {trigger.replace('-', ' ')}{words}"
                sees = _sees_event(cls, trigger, inside=inside, way=way)
                yield Feature(name, DEFINITIONS.get(trigger, cls), clause, basis, sees)


def _sees_event(cls: type[m.Event], trigger: str, *, inside: bool | None, way: bool | None) -> Sees:
    def sees(element: Any, container: Any) -> bool:
        if type(element) is not cls:
            return False
        in_event_sub_process = getattr(container, "triggered_by_event", False)
        if inside is not None and inside is not in_event_sub_process:
            return False
        if way is not None and way is not _interrupts(element):
            return False
        return _triggered(element, trigger)

    return sees


def _interrupts(event: Any) -> bool:
    attribute = "cancel_activity" if isinstance(event, m.BoundaryEvent) else "is_interrupting"
    return bool(getattr(event, attribute))


def _triggered(event: Any, trigger: str) -> bool:
    stated = event.event_definitions
    number = len(stated) + len(event.event_definition_refs)
    if trigger == "none":
        return number == 0
    if trigger.endswith("multiple"):
        all_of_them = bool(getattr(event, "parallel_multiple", False))
        return number > 1 and all_of_them is (trigger == "parallel-multiple")
    return number == 1 and any(isinstance(d, DEFINITIONS[trigger]) for d in stated)


def kind(cls: type[m.Element], **wanted: object) -> Sees:
    """Recognise an element by its type and attributes; `...` is any value that says something."""

    def sees(element: Any, _: Any) -> bool:
        return type(element) is cls and all(_fits(element, *each) for each in wanted.items())

    return sees


def _fits(element: Any, name: str, wanted: object) -> bool:
    value = getattr(element, name)
    return bool(value) if wanted is ... else value == wanted


def row(
    name: str, cls: type[m.Element], clause: str, basis: str = TEXT, **wanted: object
) -> Feature:
    """Make a row of elements of one type with these attributes."""
    return Feature(name, cls, clause, basis, kind(cls, **wanted))


def _activity(name: str, sees: Sees, clause: str = "13.3.2") -> Feature:
    """Make a row of activities of all types."""

    def fits(element: Any, container: Any) -> bool:
        return isinstance(element, m.Activity) and bool(sees(element, container))

    return Feature(name, m.Activity, clause, TEXT, fits)


def _is_global_task(element: Any, _: Any) -> bool:
    return isinstance(element, m.GlobalTask)


def _many(field: str) -> Sees:
    return lambda element, _: len(getattr(element, field)) > 1


def _has_condition(element: Any, container: Any) -> bool:
    flows = [e for e in container.flow_elements if isinstance(e, m.SequenceFlow)]
    return any(f.source_ref == element.id and f.condition_expression for f in flows)


def _is_first(element: Any, container: Any) -> bool:
    own = [type(e) for e in container.flow_elements]
    return not element.incoming and type(container) is m.Process and m.StartEvent not in own


MULTI: Final = m.MultiInstanceLoopCharacteristics
LOOP: Final = m.StandardLoopCharacteristics
GATEWAY: Final = m.EventBasedGateway

ROWS: Final[dict[str, tuple[Feature, ...]]] = {
    "events": tuple(event_rows()),
    "timers": (
        row("timer: date", m.TimerEventDefinition, "10.5.5", time_date=...),
        row("timer: duration", m.TimerEventDefinition, "10.5.5", time_duration=...),
        row("timer: cycle", m.TimerEventDefinition, "10.5.5", READING, time_cycle=...),
    ),
    "flows": (
        _activity("sequence flow: conditional, from an activity", _has_condition, "13.3.1"),
        _activity("sequence flow: default, from an activity", lambda e, _: e.default, "13.3.1"),
        _activity("sequence flow: several outgoing", _many("outgoing"), "13.3.1"),
        _activity("sequence flow: several incoming", _many("incoming"), "13.3.1"),
        _activity("process without start event", _is_first, "13.3.1"),
    ),
    "gateways": (
        row("exclusive gateway", m.ExclusiveGateway, "13.4.2"),
        row("exclusive gateway: default flow", m.ExclusiveGateway, "13.4.2", default=...),
        row("parallel gateway", m.ParallelGateway, "13.4.1"),
        row("inclusive gateway", m.InclusiveGateway, "13.4.3"),
        row("inclusive gateway: default flow", m.InclusiveGateway, "13.4.3", default=...),
        row("event-based gateway", GATEWAY, "13.4.4", instantiate=False),
        row(
            "event-based gateway: instantiate",
            *(GATEWAY, "10.6.6, 13.2, 13.5.1", TEXT),
            instantiate=True,
            event_gateway_type="Exclusive",
        ),
        row(
            "event-based gateway: instantiate, parallel",
            *(GATEWAY, "10.6.6, 13.2, 13.5.1", TEXT),
            instantiate=True,
            event_gateway_type="Parallel",
        ),
        row("complex gateway", m.ComplexGateway, "13.4.5", READING),
    ),
    "tasks": (
        row("task", m.Task, "13.3.3"),
        row("manual task", m.ManualTask, "13.3.3"),
        row("service task", m.ServiceTask, "13.3.3"),
        row("send task", m.SendTask, "13.3.3"),
        row("receive task", m.ReceiveTask, "13.3.3", instantiate=False),
        row("receive task: instantiate", m.ReceiveTask, "13.2, 13.3.3", instantiate=True),
        row("user task", m.UserTask, "13.3.3"),
        row("script task", m.ScriptTask, "13.3.3", ENGINES),
        row("business rule task", m.BusinessRuleTask, "13.3.3", ENGINES),
        _activity("startQuantity", lambda e, _: e.start_quantity > 1),
        _activity("completionQuantity", lambda e, _: e.completion_quantity > 1),
    ),
    "sub-processes": (
        row("sub-process", m.SubProcess, "13.3.4", triggered_by_event=False),
        row("call activity: process", m.CallActivity, "13.3.4"),
        Feature("call activity: global task", m.GlobalTask, "13.3.4", TEXT, _is_global_task),
        row("ad-hoc sub-process", m.AdHocSubProcess, "13.3.5", READING, ordering=None),
        row("ad-hoc sub-process: Parallel", m.AdHocSubProcess, "13.3.5", ordering="Parallel"),
        row("ad-hoc sub-process: Sequential", m.AdHocSubProcess, "13.3.5", ordering="Sequential"),
        row(
            "ad-hoc sub-process: completionCondition",
            m.AdHocSubProcess,
            "13.3.5",
            completion_condition=...,
        ),
        row(
            "ad-hoc sub-process: cancelRemainingInstances false",
            m.AdHocSubProcess,
            "13.3.5",
            cancel_remaining_instances=False,
        ),
        row("transaction", m.Transaction, "13.3.4"),
    ),
    "loops": (
        row("standard loop", LOOP, "13.3.6", test_before=False),
        row("standard loop: testBefore", LOOP, "13.3.6", test_before=True),
        row("standard loop: loopMaximum", LOOP, "13.3.6", loop_maximum=...),
        row("multi-instance: parallel", MULTI, "13.3.7", is_sequential=False),
        row("multi-instance: sequential", MULTI, "13.3.7", is_sequential=True),
        row("multi-instance: loopCardinality", MULTI, "13.3.7", loop_cardinality=...),
        row("multi-instance: collection", MULTI, "13.3.7", loop_data_input_ref=...),
        row("multi-instance: output collection", MULTI, "13.3.7", loop_data_output_ref=...),
        row("multi-instance: completionCondition", MULTI, "13.3.7", completion_condition=...),
        *[
            row(f"multi-instance: behavior {name}", MULTI, "13.3.7", READING, behavior=name)
            for name in ("None", "One", "Complex")
        ],
    ),
    "data": (
        row("property", m.Property, "10.4.1"),
        row("data object", m.DataObject, "10.4.1"),
        row("data object: collection", m.DataObject, "10.4.1", is_collection=True),
        row("data object reference", m.DataObjectReference, "10.4.1"),
        row("data store reference", m.DataStoreReference, "10.4.1", READING),
        row("input/output specification", m.InputOutputSpecification, "10.4.2"),
        row("input set", m.InputSet, "10.4.2"),
        row("output set", m.OutputSet, "10.4.2"),
        row("data input association", m.DataInputAssociation, "10.4.2"),
        row("data output association", m.DataOutputAssociation, "10.4.2"),
        row(
            "data association: transformation", m.DataInputAssociation, "10.4.2", transformation=...
        ),
        row("data association: assignment", m.DataInputAssociation, "10.4.2", assignments=...),
    ),
    "collaboration": (
        row("pool", m.Participant, "9.3", process_ref=...),
        row("pool: black box", m.Participant, "9.3", process_ref=None),
        row("message flow", m.MessageFlow, "9.4"),
        row("correlation: key", m.CorrelationKey, "8.4"),
        row("correlation: subscription", m.CorrelationSubscription, "8.4"),
        row("lane", m.Lane, "10.8"),
    ),
}
"""Every row, by group."""


def seen(definitions: m.Definitions) -> dict[str, set[str]]:
    """Per row the ids of the nodes, or of other elements, of a model that it is about."""
    found: dict[str, set[str]] = {}
    for element, container in walk(definitions):
        for feature in (feature for group in ROWS.values() for feature in group):
            if feature.sees(element, container):
                found.setdefault(feature.name, set()).add(getattr(element, "id", ""))
    return found
