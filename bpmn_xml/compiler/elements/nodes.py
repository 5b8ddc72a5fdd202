"""From an element of the model to the draft of a node: what it is to the core.

`KINDS`, at the end, is the table: an element type that has no row cannot be run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

import msgspec

from bpmn_xml import model as m
from bpmn_xml.compiler import codes
from bpmn_xml.compiler.dialects.read import read_settings
from bpmn_xml.compiler.drafts import NodeDraft
from bpmn_xml.compiler.elements.adhoc import compile_ad_hoc
from bpmn_xml.compiler.elements.compensation import check_cancel
from bpmn_xml.compiler.elements.data.associations import add_data, bring_in
from bpmn_xml.compiler.elements.data.mappings import assigns, bring, call_data, surround
from bpmn_xml.compiler.elements.events import (
    AT_EVENT_SUB_PROCESS,
    check_ending,
    compile_events,
    definitions_of,
    runnable_definitions,
    specs_of,
)
from bpmn_xml.compiler.elements.listeners import listen
from bpmn_xml.compiler.elements.messages import message_of, message_specs
from bpmn_xml.compiler.elements.people.entries import entered
from bpmn_xml.compiler.elements.people.user_tasks import compile_user_task, work_for_setting
from bpmn_xml.compiler.elements.repeats import ask_when_done, compile_loop
from bpmn_xml.compiler.elements.values import (
    SourceText,
    computed,
    constant,
    evaluated,
    fault,
    is_evaluated,
    test_of,
    text_of,
)
from bpmn_xml.compiler.elements.work import compile_work
from bpmn_xml.compiler.file import CallMet, DiagramFile, Level
from bpmn_xml.compiler.program import EventSpec, Kind, Trigger
from bpmn_xml.compiler.program.fields import FormField
from bpmn_xml.compiler.starts import is_plain
from bpmn_xml.compiler.wiring import is_event_sub_process, is_link
from bpmn_xml.errors import ExpressionError
from bpmn_xml.model.links import LinkEvent
from bpmn_xml.model.vendors import called_by
from bpmn_xml.wording import quoted


def lower_node(file: DiagramFile, node: m.FlowNode, level: Level) -> NodeDraft:
    """Make the draft of a node whose type has a row in `KINDS`."""
    kind, read_details = KINDS[type(node)]
    draft = NodeDraft(
        id=node.id,
        name=node.name or "",
        kind=kind,
        is_end=isinstance(node, m.EndEvent),
        container=level.id,
        incoming=node.incoming,
        default=getattr(node, "default", None) or "",
        place=node.place,
    )
    if isinstance(node, m.Activity):
        draft.loop = compile_loop(file, node)
        draft.takes, draft.gives = node.start_quantity, node.completion_quantity
    read_details(file, node, draft, level)
    handles = isinstance(level, m.SubProcess) and level.triggered_by_event
    begins = handles and isinstance(node, m.StartEvent)
    surround(file, node, draft, begins=begins)
    if not begins:
        add_data(file, node, draft)
    listen(file, node, draft)
    if draft.loop is not None and isinstance(node, m.Activity):
        ask_when_done(file, node, draft)
    return draft


def _plain(file: DiagramFile, node: m.FlowNode, _draft: NodeDraft, _: Level) -> None:
    """The draft as it is; only what vendors say about the element is looked at."""
    file.settings(node)


def _start(file: DiagramFile, event: m.StartEvent, draft: NodeDraft, level: Level) -> None:
    """The start event of a process may wait; that of an event sub-process is read with it."""
    if isinstance(level, m.Process):
        settings = read_settings(event)
        draft.starter = settings.starter
        draft.prefilled = tuple(_prefilled(file, event, settings.form))
        specs = compile_events(file, event)
        draft.events = tuple([_named_before(file, event, spec) for spec in specs])
        draft.needs_all = event.parallel_multiple
    elif not level.triggered_by_event:
        compile_events(file, event, possible=frozenset())


def _prefilled(
    file: DiagramFile, event: m.StartEvent, form: Iterable[FormField]
) -> Iterator[FormField]:
    """The fields with what a process begins with: constants of their kinds, or what computes it."""
    for field in form:
        what = f"default of its field {field.name!r}"
        text = SourceText(event, what, str(field.default), code=codes.NO_FORM)
        if is_evaluated(text):
            value = evaluated(file, text)
            if value is not None:
                yield msgspec.structs.replace(field, default=None, computes=(("default", value),))
            continue
        try:
            entered(field, field.default)
        except ValueError as error:
            fault(file, text, codes.VALUE, f"the {what}: {error}", "correct it")
        yield field


def _named_before(file: DiagramFile, event: m.StartEvent, spec: EventSpec) -> EventSpec:
    """What a process waits for to begin, by the name that it has before there are variables."""
    if spec.name is None or not spec.name.language:
        return spec
    text = spec.name.text
    try:
        name = spec.name.evaluate({})
    except ExpressionError:
        name = None
    if not isinstance(name, str) or not name:
        what = f"the name it waits for, {quoted(text)}, needs variables, before there are any"
        file.lack(codes.EVENT, event, what, "give the message or signal a constant name")
        name = text
    return msgspec.structs.replace(spec, name=constant(name))


def _link_or_throw(
    file: DiagramFile, event: m.IntermediateThrowEvent, draft: NodeDraft, level: Level
) -> None:
    """Link events only pass the token on; their flows are made beside them."""
    if is_link(event):
        _link(file, event, draft)
    else:
        _throw(file, event, draft, level)


def _link_or_catch(
    file: DiagramFile, event: m.IntermediateCatchEvent, draft: NodeDraft, _: Level
) -> None:
    if is_link(event):
        _link(file, event, draft)
    else:
        draft.needs_all = event.parallel_multiple
        draft.events = compile_events(file, event)


def _link(file: DiagramFile, event: LinkEvent, draft: NodeDraft) -> None:
    draft.kind = Kind.THROW_EVENT
    file.settings(event)
    if len(definitions_of(file, event)) > 1:
        what = "a link event with several definitions"
        file.refuse(codes.EVENT, event, what, "keep one of them")


def _throw(file: DiagramFile, event: m.ThrowEvent, draft: NodeDraft, level: Level) -> None:
    """A throw or end event: one whose message has an implementation is work."""
    found = runnable_definitions(file, event)
    check_ending(file, event, found)
    settings = file.settings(event, *found)
    sends = any(isinstance(definition, m.MessageEventDefinition) for definition in found)
    if not (settings.works and sends):
        draft.events = specs_of(file, event, found, settings)
        draft.call = call_data(file, event, settings)
        if any(isinstance(definition, m.CancelEventDefinition) for definition in found):
            check_cancel(file, event, level)
        return
    draft.kind, draft.work = Kind.SEND_TASK, compile_work(file, event, settings)
    if len(found) > 1:
        what = "an event that is work and throws something else too"
        file.refuse(codes.EVENT, event, what, "draw two events")


def _boundary(file: DiagramFile, event: m.BoundaryEvent, draft: NodeDraft, _: Level) -> None:
    draft.host, draft.interrupting = event.attached_to_ref, event.cancel_activity
    draft.needs_all = event.parallel_multiple
    draft.events = compile_events(file, event)
    _check_caught(file, event, draft)


ALONE: Final = frozenset({Trigger.COMPENSATION, Trigger.CANCEL})
"""What an event catches only by itself: it does not happen while its activity is active."""


def _is_propagated(event: EventSpec) -> bool:
    """Whether an event goes to the nearest that catches it, and has its effect at once (10.5.1)."""
    return event.trigger in (Trigger.ERROR, Trigger.ESCALATION)


def _check_caught(file: DiagramFile, event: m.Event, draft: NodeDraft) -> None:
    """Nothing goes on after an error, so what catches one interrupts (10.5.1); some stand alone."""
    if not draft.interrupting and any(e.trigger is Trigger.ERROR for e in draft.events):
        what = "it catches an error and does not interrupt: BPMN has no such event (10.5.1)"
        file.report(codes.ATTRIBUTE, event, what, "let it interrupt, or catch an escalation")
    if draft.needs_all and len(draft.events) > 1 and any(map(_is_propagated, draft.events)):
        what = "an event that waits for an error or escalation and for something else together"
        file.refuse(codes.ATTRIBUTE, event, what, "let it wait for one of them, or draw two events")
    if len(draft.events) > 1 and any(e.trigger in ALONE for e in draft.events):
        what = "an event that catches compensation or cancelling, and something else too"
        file.refuse(codes.EVENT, event, what, "draw two events")


def _task(file: DiagramFile, task: m.Task, draft: NodeDraft, _: Level) -> None:
    settings = file.settings(task)
    draft.work, draft.properties = compile_work(file, task, settings), tuple(settings.properties)


def _user_task(file: DiagramFile, task: m.UserTask, draft: NodeDraft, _: Level) -> None:
    settings = file.settings(task)
    draft.work = compile_user_task(file, task, settings)
    for name, text in settings.user_task_settings.items():
        work = work_for_setting(file, task, name, text)
        if work is not None:
            bring(file, task, draft, work)


def _receive(file: DiagramFile, task: m.ReceiveTask, draft: NodeDraft, level: Level) -> None:
    """One that starts the process takes no time: its message has come (10.3.3)."""
    draft.events = message_specs(file, task, message_of(file, task), file.settings(task))
    if not task.instantiate:
        return
    draft.kind = Kind.START_EVENT
    if not isinstance(level, m.Process) or draft.loop is not None:
        what = "a receive task that starts a sub-process, or has a loop and starts the process"
        file.refuse(codes.ELEMENT, task, what, "draw a message start event before it")


def _send(file: DiagramFile, task: m.SendTask, draft: NodeDraft, _: Level) -> None:
    """A send task without Python throws its message."""
    settings = file.settings(task)
    draft.work = compile_work(file, task, settings)
    message = message_of(file, task)
    if (message or task.id in file.flows_from) and not settings.works:
        draft.kind, draft.work = Kind.THROW_EVENT, None
        draft.events = message_specs(file, task, message, settings)


def _event_gateway(
    file: DiagramFile, gateway: m.EventBasedGateway, draft: NodeDraft, level: Level
) -> None:
    """One that starts the process waits for one event, or for all of them (10.6.6)."""
    file.settings(gateway)
    draft.needs_all = gateway.event_gateway_type == "Parallel"
    if draft.needs_all and not gateway.instantiate:
        what = "an event-based gateway that waits for all and does not start the process"
        remedy = "let it start the process, or split with a parallel gateway"
        file.refuse(codes.ATTRIBUTE, gateway, what, remedy)
    if gateway.instantiate and not isinstance(level, m.Process):
        what = "an event-based gateway that starts a sub-process"
        file.refuse(codes.ELEMENT, gateway, what, "draw it behind a start event")


def _ad_hoc(file: DiagramFile, sub: m.AdHocSubProcess, draft: NodeDraft, _: Level) -> None:
    draft.ad_hoc = compile_ad_hoc(file, sub, file.settings(sub))
    if is_event_sub_process(sub):
        what = "an ad-hoc sub-process that begins by an event"
        file.refuse(codes.ATTRIBUTE, sub, what, "put it into an event sub-process")


def _complex_gateway(
    file: DiagramFile, gateway: m.ComplexGateway, draft: NodeDraft, _: Level
) -> None:
    """What it asks of the tokens that come (13.4.5)."""
    file.settings(gateway)
    expression = gateway.activation_condition
    if expression is not None and expression.body.strip():
        draft.activation = test_of(file, text_of(gateway, "activation condition", expression))


def _call(file: DiagramFile, call: m.CallActivity, draft: NodeDraft, _: Level) -> None:
    file.settings(call)
    called = called_by(call)
    text = SourceText(call, "called element", called)
    if is_evaluated(text):
        draft.which = computed(file, text)
        if draft.which is None:
            return
    draft.called = called
    file.calls.append(CallMet(call, draft))


def _sub_process(file: DiagramFile, sub: m.SubProcess, draft: NodeDraft, _: Level) -> None:
    """An event sub-process catches what its start event says."""
    file.settings(sub)
    if not is_event_sub_process(sub):
        return
    draft.kind = Kind.EVENT_SUB_PROCESS
    starts = [e for e in sub.flow_elements if isinstance(e, m.StartEvent)]
    if len(starts) != 1:
        what = f"it has {len(starts)} start events"
        file.report(codes.NO_BEGIN, sub, what, "draw one, with what it waits for")
        return
    draft.interrupting = starts[0].is_interrupting
    draft.needs_all = starts[0].parallel_multiple
    draft.receives = assigns(file, starts[0], read_settings(starts[0]).outputs)
    bring_in(file, sub, draft, starts[0])
    draft.events = compile_events(file, starts[0], AT_EVENT_SUB_PROCESS)
    _check_caught(file, starts[0], draft)
    if is_plain(starts[0]):
        file.report(codes.EVENT, starts[0], "it waits for nothing", "say what it waits for")


KINDS: Final[Mapping[type[m.FlowNode], tuple[Kind, Callable[..., None]]]] = {
    m.StartEvent: (Kind.START_EVENT, _start),
    m.EndEvent: (Kind.END_EVENT, _throw),
    m.IntermediateThrowEvent: (Kind.THROW_EVENT, _link_or_throw),
    m.IntermediateCatchEvent: (Kind.CATCH_EVENT, _link_or_catch),
    m.BoundaryEvent: (Kind.BOUNDARY_EVENT, _boundary),
    m.Task: (Kind.TASK, _plain),
    m.ManualTask: (Kind.MANUAL_TASK, _plain),
    m.ServiceTask: (Kind.SERVICE_TASK, _task),
    m.SendTask: (Kind.SEND_TASK, _send),
    m.ScriptTask: (Kind.SCRIPT_TASK, _task),
    m.BusinessRuleTask: (Kind.BUSINESS_RULE_TASK, _task),
    m.UserTask: (Kind.USER_TASK, _user_task),
    m.ReceiveTask: (Kind.RECEIVE_TASK, _receive),
    m.ExclusiveGateway: (Kind.EXCLUSIVE_GATEWAY, _plain),
    m.ParallelGateway: (Kind.PARALLEL_GATEWAY, _plain),
    m.InclusiveGateway: (Kind.INCLUSIVE_GATEWAY, _plain),
    m.EventBasedGateway: (Kind.EVENT_GATEWAY, _event_gateway),
    m.SubProcess: (Kind.SUB_PROCESS, _sub_process),
    m.CallActivity: (Kind.CALL_ACTIVITY, _call),
    m.Transaction: (Kind.TRANSACTION, _sub_process),
    m.ComplexGateway: (Kind.COMPLEX_GATEWAY, _complex_gateway),
    m.AdHocSubProcess: (Kind.AD_HOC, _ad_hoc),
}
"""What an element is to the core, and what reads of it what else that needs."""
