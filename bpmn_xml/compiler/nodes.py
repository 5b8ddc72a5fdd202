"""From an element of the model to the draft of a node: what it is to the core.

`KINDS` is the table: an element type that has no row cannot be run. What a kind needs beside its
name is added by a row of `DETAILS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from bpmn_xml import model as m
from bpmn_xml.compiler import codes
from bpmn_xml.compiler.assemble import NodeDraft
from bpmn_xml.compiler.begin import is_link
from bpmn_xml.compiler.dialects.settings import Settings, is_expression
from bpmn_xml.compiler.events import (
    AT_EVENT_SUB_PROCESS,
    compile_events,
    definitions_of,
    message_spec,
)
from bpmn_xml.compiler.file import DiagramFile
from bpmn_xml.compiler.program import Kind
from bpmn_xml.compiler.repeats import compile_loop
from bpmn_xml.compiler.words import quoted
from bpmn_xml.compiler.work import compile_work

KINDS: Final[Mapping[type[m.FlowNode], Kind]] = {
    m.StartEvent: Kind.START_EVENT,
    m.EndEvent: Kind.END_EVENT,
    m.IntermediateThrowEvent: Kind.THROW_EVENT,
    m.IntermediateCatchEvent: Kind.CATCH_EVENT,
    m.BoundaryEvent: Kind.BOUNDARY_EVENT,
    m.Task: Kind.TASK,
    m.ManualTask: Kind.MANUAL_TASK,
    m.ServiceTask: Kind.SERVICE_TASK,
    m.SendTask: Kind.SEND_TASK,
    m.ScriptTask: Kind.SCRIPT_TASK,
    m.BusinessRuleTask: Kind.BUSINESS_RULE_TASK,
    m.UserTask: Kind.USER_TASK,
    m.ReceiveTask: Kind.RECEIVE_TASK,
    m.ExclusiveGateway: Kind.EXCLUSIVE_GATEWAY,
    m.ParallelGateway: Kind.PARALLEL_GATEWAY,
    m.InclusiveGateway: Kind.INCLUSIVE_GATEWAY,
    m.EventBasedGateway: Kind.EVENT_GATEWAY,
    m.SubProcess: Kind.SUB_PROCESS,
    m.CallActivity: Kind.CALL_ACTIVITY,
}


def lower_node(file: DiagramFile, node: m.FlowNode, container: str) -> NodeDraft:
    """Make the draft of a node whose type has a row in `KINDS`."""
    draft = NodeDraft(
        id=node.id,
        name=node.name or "",
        kind=KINDS[type(node)],
        container=container,
        incoming=node.incoming,
        default=getattr(node, "default", None) or "",
        place=node.place,
    )
    if isinstance(node, m.Activity):
        draft.loop = compile_loop(file, node)
    settings = Settings() if isinstance(node, m.Event) else file.settings(node)
    if isinstance(node, m.IntermediateCatchEvent | m.IntermediateThrowEvent) and is_link(node):
        draft.kind = Kind.THROW_EVENT
        return draft
    for kind, detail in DETAILS.items():
        if isinstance(node, kind):
            detail(file, node, draft, settings)
            break
    return draft


def _throw(file: DiagramFile, event: m.ThrowEvent, draft: NodeDraft, _: Settings) -> None:
    """A throw or end event: one whose message has an implementation is work."""
    stated = [d for d in definitions_of(file, event) if isinstance(d, m.MessageEventDefinition)]
    settings = file.settings(event, *stated)
    if stated and (settings.names or settings.implementation):
        draft.kind = Kind.SEND_TASK
        draft.work = compile_work(file, event, settings)
    else:
        draft.events = compile_events(file, event)


def _boundary(file: DiagramFile, event: m.BoundaryEvent, draft: NodeDraft, _: Settings) -> None:
    draft.host, draft.interrupting = event.attached_to_ref, event.cancel_activity
    draft.needs_all = event.parallel_multiple
    draft.events = compile_events(file, event)


def _catch(file: DiagramFile, event: m.CatchEvent, draft: NodeDraft, _: Settings) -> None:
    draft.needs_all = event.parallel_multiple
    if not isinstance(event, m.StartEvent):
        draft.events = compile_events(file, event)


def _receive(file: DiagramFile, task: m.ReceiveTask, draft: NodeDraft, settings: Settings) -> None:
    if task.instantiate:
        what = "a receive task that starts the process"
        file.refuse(codes.ELEMENT, task, what, "draw a message start event before it")
    spec = message_spec(file, task, task.message_ref, settings)
    draft.events = (spec,) if spec else ()


def _send(file: DiagramFile, task: m.SendTask, draft: NodeDraft, settings: Settings) -> None:
    """A send task without Python throws its message."""
    draft.work = work = compile_work(file, task, settings)
    if task.message_ref and work and not (work.names or work.implementation):
        spec = message_spec(file, task, task.message_ref, settings)
        draft.kind, draft.work = Kind.THROW_EVENT, None
        draft.events = (spec,) if spec else ()


def _task(file: DiagramFile, task: m.Task, draft: NodeDraft, settings: Settings) -> None:
    draft.work = compile_work(file, task, settings)


def _event_gateway(
    file: DiagramFile, gateway: m.EventBasedGateway, _draft: NodeDraft, _settings: Settings
) -> None:
    if gateway.instantiate:
        what = "an event-based gateway that starts the process"
        file.refuse(codes.ELEMENT, gateway, what, "draw start events instead")


def _call(file: DiagramFile, call: m.CallActivity, draft: NodeDraft, settings: Settings) -> None:
    draft.called = settings.called or call.called_element or ""
    if not draft.called:
        file.report(codes.CALLED, call, "it does not say what it calls", "name a process")
    elif is_expression(draft.called):
        what = f"what it calls, {quoted(draft.called)}, is an expression"
        file.report(codes.LANGUAGE, call, what, "name the process")
    else:
        file.calls.append((call, draft.called))


def _sub_process(file: DiagramFile, sub: m.SubProcess, draft: NodeDraft, _: Settings) -> None:
    """An event sub-process catches what its start event says."""
    if not sub.triggered_by_event:
        return
    draft.kind = Kind.EVENT_SUB_PROCESS
    starts = [e for e in sub.flow_elements if isinstance(e, m.StartEvent)]
    if len(starts) != 1:
        what = f"it has {len(starts)} start events"
        file.report(codes.NO_BEGIN, sub, what, "draw one, with what it waits for")
        return
    draft.interrupting = starts[0].is_interrupting
    draft.needs_all = starts[0].parallel_multiple
    draft.events = compile_events(file, starts[0], AT_EVENT_SUB_PROCESS)
    if not definitions_of(file, starts[0]):
        file.report(codes.EVENT, starts[0], "it waits for nothing", "say what it waits for")


DETAILS: Final[Mapping[type[m.FlowNode], Callable[..., Any]]] = {
    m.ThrowEvent: _throw,
    m.BoundaryEvent: _boundary,
    m.CatchEvent: _catch,
    m.ReceiveTask: _receive,
    m.SendTask: _send,
    m.Task: _task,
    m.EventBasedGateway: _event_gateway,
    m.CallActivity: _call,
    m.SubProcess: _sub_process,
}
"""What else is read of an element; the first row that fits."""
