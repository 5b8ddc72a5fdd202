"""Turn commands into their first records; what follows from them is the machine's.

Each function yields records in parts: a part is applied before the next is decided, so that a
condition sees what was just written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from bpmn_xml.compiler.program import Container, Kind
from bpmn_xml.compiler.program.scoping import ASSIGNEE, CHANGES
from bpmn_xml.core import (
    closing,
    conversations,
    data,
    faults,
    frames,
    halt,
    incidents,
    mending,
    opening,
    retries,
    throws,
    waits,
)
from bpmn_xml.core import commands as c
from bpmn_xml.core import records as r
from bpmn_xml.core.behaviour import leave_straight, pass_on
from bpmn_xml.core.commands import ANY_ATTEMPT
from bpmn_xml.core.state import (
    FRESH,
    NOT_HALTED,
    Activation,
    child_path,
    find_activation,
    is_open,
    key_of,
)
from bpmn_xml.core.values import Values
from bpmn_xml.core.view import Bound, Records, View
from bpmn_xml.core.words import ITEM
from bpmn_xml.errors import CommandRejected, ExpressionError

Parts = Iterable[Records]
Job = c.CompleteJob | c.DropJob | c.EmitResult | c.FailJob | c.ThrowError | c.TellPerson


def _start(view: View, command: c.StartInstance) -> Iterator[Records]:
    state, program = view.state, view.program
    if state.scopes or state.outcome:
        raise CommandRejected(f"instance {state.instance!r} has already begun")
    container = program.containers[command.container]
    starts = (command.start,) if command.start >= 0 else _begins(view, container)
    payload = command.variables if container.flow_payload else None
    yield (r.InstanceStarted(program.hash, r.CORE_VERSION, command.container),)
    view.scope, view.payload = state.scopes[""], payload
    if command.correlated:
        yield conversations.filled(view, view.scope, command.correlated)
    if payload is None:
        yield _first_variables(view, command, starts)
    caught = not view.scope.incidents
    if command.held:
        yield (halt.hold(starts[0], command.held),)
    yield from opening.open_process(view, starts, payload, caught=caught)


def _first_variables(view: View, command: c.StartInstance, starts: Sequence[int]) -> Records:
    """The variables that an instance begins with, by the mapping of the event that began it.

    Where these cannot be written the event holds them. Who begins it is told before all others.
    """
    given: Records = (r.VariablesWritten("", command.variables),) if command.variables else ()
    for start in starts:
        event = view.program.nodes[start]
        if event.receives and command.start >= 0:
            try:
                given = data.received(view, event, command.variables)
            except ExpressionError as error:
                given = incidents.cannot_open(view, event.index, error, command.variables or {})
        if event.starter:
            given = (r.VariablesWritten("", {event.starter: command.initiator}), *given)
    return given


def _begins(view: View, container: Container) -> tuple[int, ...]:
    """Where a process begins when nobody says where, if that is clear (10.5.2)."""
    nodes, starts = view.program.nodes, container.starts
    several = len(starts) > 1 and nodes[starts[0]].kind is Kind.START_EVENT
    if several or not starts:
        known = ", ".join(nodes[start].id for start in starts or container.triggered)
        what = "has several start events" if several else "begins when something happens"
        remedy = f"name the start event to begin at: {known}"
        raise CommandRejected(f"process {container.id!r} {what}", remedy=remedy)
    return starts


def _complete(view: View, command: c.CompleteJob) -> Parts:
    activation = _open(view, command)
    if activation is None:
        return _late(command, "completed too late")
    if activation.emitted:
        return (closing.end_token(command.scope, command.node, command.n),)
    bound, values = view.bound[command.node], command.values
    if bound.flow_payload:
        view.payload, values = values or {}, None
    if bound.straight:
        return (leave_straight(bound.node, view, command.n, values),)
    if not values:
        return (bound.leave(bound.node, view, command.n),)
    return _write_then_leave(bound, view, command.n, values)


def _drop(view: View, command: c.DropJob) -> Parts:
    if _open(view, command) is None:
        return _late(command, "completed too late")
    return ((r.TokenDropped(command.scope, command.node, command.n),),)


def _write_then_leave(bound: Bound, view: View, n: int, values: Values) -> Iterator[Records]:
    changes: Any = values.get(CHANGES, ())
    for change in changes:
        yield data.changed(view, bound.node, change)
    rest = {name: value for name, value in values.items() if name != CHANGES} if changes else values
    yield data.results(view, bound.node, rest)
    yield bound.leave(bound.node, view, n)


def _emit(view: View, command: c.EmitResult) -> Iterator[Records]:
    activation = _open(view, command)
    if activation is None:
        yield from _late(command, "emitted too late")
        return
    if command.index < activation.emitted:
        yield from _late(command, f"result {command.index} was emitted before")
        return
    yield (r.ScopeOpened(command.scope, command.node, command.n, command.index, ITEM),)
    item = view.state.scopes[child_path(command.scope, command.node, command.n, command.index)]
    bound = view.bound[command.node]
    there = view.at(item, command.values if bound.flow_payload else None)
    if not bound.flow_payload:
        yield data.write(there, command.values)
    yield pass_on(bound.node, there)


def _fail(view: View, command: c.FailJob) -> Parts:
    activation = _open(view, command)
    if activation is None:
        return _late(command, "failed too late")
    return (retries.fail(view, command, activation),)


def _throw(view: View, command: c.ThrowError) -> Parts:
    if _open(view, command) is None:
        return _late(command, "threw too late")
    thrown = faults.Thrown(command.code, command.message, command.variables)
    return (faults.throw(view, command.node, command.n, thrown),)


def _retry(view: View, command: c.RetryJob) -> Parts:
    activation = find_activation(view.state, command.scope, command.node, command.n)
    if activation is None or not activation.due:
        return ()
    return ((r.JobRetried(command.scope, command.node, command.n),),)


def _trigger(view: View, command: c.TriggerWait) -> Iterator[Records]:
    scope = view.state.scopes.get(command.scope)
    waits_there = (scope.waits or {}) if scope else {}
    waiting = waits_there.get(key_of(view.state, command.node, command.n), {})
    if scope is None or command.event not in waiting:
        where = command.scope, command.node, command.n
        yield (r.ResultDiscarded(*where, "it is no longer waited for"),)
        return
    node = view.program.nodes[command.node]
    view.scope, view.payload = scope, None
    if command.correlated:
        yield conversations.filled(view, scope, command.correlated)
    yield from waits.happen(view, node, command.n, command.event, command.values)


def _broadcast(view: View, command: c.BroadcastSignal) -> Iterator[Records]:
    return throws.deliver_signal(view, command.name, command.values)


def _set(view: View, command: c.SetVariables) -> Parts:
    scope = view.state.scopes.get(command.scope)
    if scope is None or view.state.outcome:
        raise CommandRejected(f"instance {view.state.instance!r} has ended")
    return (data.write(view.at(scope), command.variables),)


def _tell(view: View, command: c.TellPerson) -> Parts:
    activation = _open(view, command)
    if activation is None:
        return _late(command, "changed too late")
    node, told = view.program.nodes[command.node], activation.task_settings or {}
    holder = told.get(ASSIGNEE)
    if command.claims and holder and holder != command.values.get(ASSIGNEE):
        raise CommandRejected(f"user task {node.id!r} is {holder}'s already")
    values = {**told, **command.values}
    asked = r.PersonAsked(command.scope, command.node, command.n, values)
    if node.work is None or not node.work.listened:
        return ((asked,),)
    changed = {name for name, value in command.values.items() if told.get(name) != value}
    return ((asked, *frames.call_changed(node, view, values, changed)),)


def _cancel(view: View, command: c.CancelInstance) -> Parts:
    root = view.state.scopes.get("")
    if root is None or view.state.outcome:
        raise CommandRejected(f"instance {view.state.instance!r} is not running")
    ended = r.InstanceEnded("cancelled", message=command.reason)
    return ((*faults.cancel_inside(view, root), ended),)


def _hold(view: View, command: c.HoldInstance) -> Parts:
    root = view.state.scopes.get("")
    if root is None or view.state.outcome or view.state.agenda.halted != NOT_HALTED:
        return ()
    return ((halt.hold(command.node, command.reason),),)


def _continue(_view: View, _command: c.Continue) -> Parts:
    return ()


def _open(view: View, command: Job) -> Activation | None:
    """The activation whose job is open, with the view moved there; None if it is no longer."""
    scope = view.state.scopes.get(command.scope)
    if scope is None:
        return None
    key = command.n * view.state.size + command.node
    activation = scope.active.get(key)
    fresh = activation is FRESH and scope.incidents is None
    if activation is None or not (fresh or is_open(scope, key, activation)):
        return None
    if ANY_ATTEMPT != command.attempt != activation.attempts:
        return None
    view.scope, view.payload = scope, activation.payload
    return activation


def _late(command: Job, reason: str) -> Parts:
    return ((r.ResultDiscarded(command.scope, command.node, command.n, reason),),)


Intake = Callable[[View, Any], Parts]

INTAKE: Final[Mapping[type, Intake]] = {
    c.StartInstance: _start,
    c.CompleteJob: _complete,
    c.DropJob: _drop,
    c.EmitResult: _emit,
    c.FailJob: _fail,
    c.ThrowError: _throw,
    c.RetryJob: _retry,
    c.TriggerWait: _trigger,
    c.BroadcastSignal: _broadcast,
    c.ResolveIncident: mending.resolve,
    c.SkipIncident: mending.skip,
    c.SetVariables: _set,
    c.TellPerson: _tell,
    c.CancelInstance: _cancel,
    c.HoldInstance: _hold,
    c.Continue: _continue,
}
