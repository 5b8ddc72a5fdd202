"""Waiting for the outside: what an activation is armed with, and what follows when it fires.

Catch events and receive tasks wait for themselves, boundary events for the activity they are
attached to, the events behind an event-based gateway for the gateway, event sub-processes for
their scope (13.4.4, 13.5.2, 13.5.3, 13.5.4). The outside sees the waits as `WaitOpened` records
and answers with `TriggerWait`; only conditions and keys are looked at here, when data changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final

import msgspec

from bpmn_xml.compiler.program import NONE, WAITING, Condition, EventSpec, Kind, Node, follows
from bpmn_xml.compiler.program.correlation import key_text
from bpmn_xml.core import conversations, data, faults, incidents
from bpmn_xml.core import records as r
from bpmn_xml.core.state import Scope, Wait, belongs_to, key_of
from bpmn_xml.core.values import Values
from bpmn_xml.core.view import Records, View
from bpmn_xml.core.words import FRAME
from bpmn_xml.errors import ExpressionError
from bpmn_xml.wording import quoted


def arm(view: View, node: Node, scope: str, n: int) -> Records:
    """Open the waits of an activation that begins.

    Of an activity that is done several times, or in a scope of its own, the boundary events wait
    for the whole, and what the activity itself waits for, each instance waits for.

    Raises:
        ExpressionError: a due time, a name or a correlation key has no value.
    """
    waiters, own = node.waiters, belongs_to(view.scope, node.index)
    if node.frame is not None:
        inner, inside = view.scope.role == FRAME, (node.index, *node.frame.inner)
        waiters = tuple([i for i in waiters if (inner if i in inside else not own)])
    elif node.loop is not None:
        waiters = tuple([i for i in waiters if (i == node.index) is own])
    return _arm(view, waiters, scope, n, node.index)


def arm_handlers(view: View, scope: Scope) -> Records:
    """Open the waits of the event sub-processes of a scope; they see what it begins with.

    Raises:
        ExpressionError: a due time, a name or a correlation key has no value.
    """
    handlers = view.program.containers[scope.container].handlers
    return _arm(view.at(scope, view.payload), handlers, scope.path, 0)


def arm_starts(view: View, starts: Sequence[int]) -> Records:
    """Open the waits of start events in a process that has begun already (13.2).

    Raises:
        ExpressionError: a name or a correlation key has no value.
    """
    return _arm(view, starts, "", 0)


def _arm(view: View, waiters: Sequence[int], scope: str, n: int, own: int = NONE) -> Records:
    """Open the waits of some events; an error names the event that is not the element's `own`."""
    records = list[r.Record]()
    for index in waiters:
        try:
            records += _opened(view, view.program.nodes[index], scope, n)
        except ExpressionError as error:
            if index == own:
                raise
            raise _at(view.program.nodes[index], error) from error
    return tuple(records)


def _opened(view: View, node: Node, scope: str, n: int) -> list[r.Record]:
    """The waits of one event, or of what waits by itself."""
    records = list[r.Record]()
    for event, definition in enumerate(node.events):
        if definition.trigger in WAITING:
            opened = r.WaitOpened(scope, node.index, n, event)
            records += _timed(view, opened, definition, view.time)
    return records


def _at(node: Node, error: ExpressionError) -> ExpressionError:
    """The error of an event that another element waits for."""
    named = f"{quoted(node.name)} ({node.shown})" if node.name else repr(node.shown)
    return ExpressionError(f"{named} cannot be waited for: {error}", text=error.text)


def _timed(
    view: View, wait: r.WaitOpened, definition: EventSpec, after: int
) -> tuple[r.WaitOpened, ...]:
    """The wait with its due time, name and key; none for a timer that is never due (again)."""
    names, due = view.names(), 0
    if definition.due is not None:
        next_due = definition.due.next_due(names, after, wait.count)
        if next_due is None:
            return ()
        due = next_due
    name = str(definition.name.evaluate(names)) if definition.name else ""
    key = _awaited_key(view, definition, names)
    return (msgspec.structs.replace(wait, due=due, name=name, key=key),)


def _awaited_key(view: View, definition: EventSpec, names: Values) -> str:
    """The key by which a message is recognized; with null it would be waited for in vain (8.4)."""
    if definition.key is None:
        return ""
    if definition.parts:
        return conversations.expected(view, definition)
    key = definition.key.evaluate(names)
    if key is None:
        raise conversations.no_key(definition.key.text)
    return key_text(key)


def check(node: Node, view: View, n: int) -> Records:
    """Look at what of a node follows data: a key, or a condition that has become true (10.5.5).

    By the rules of Camunda conditions fire whenever they are looked at and true. Each that has
    turned is told, up to the first that ends a wait; what is left of a node that waits for all is
    looked at again after that.
    """
    records = list[r.Record]()
    fires_again = view.rules.fires_again and stays(node) and not node.needs_all
    for event, wait in _waits(node, view, n).items():
        condition = node.events[event].condition
        if condition is None:
            records += _keyed_anew(view, node, n, event)
            continue
        holds = _holds(condition, view)
        if holds == wait.holds and not (holds and fires_again):
            continue
        if holds and node.needs_all:
            return (*records, *chain.from_iterable(happen(view, node, n, event, None)))
        if holds and not stays(node):
            return (*records, *fire(node, view, n, event))
        records.append(r.ConditionTurned(view.scope.path, node.index, n, event, holds))
        records += FOLLOWS[node.kind](node, view, n) if holds else ()
    return tuple(records)


def _keyed_anew(view: View, node: Node, n: int, event: int) -> Records:
    """A key to which the process has subscribed is updated whenever the data change (8.4.2).

    Where it has no value any more it stays as it was.
    """
    wait, definition = _waits(node, view, n)[event], node.events[event]
    if not follows(definition):
        return ()
    try:
        key = conversations.expected(view, definition)
    except ExpressionError:
        return ()
    where = view.scope.path, node.index, n, event, wait.count
    return () if key == wait.key else (r.WaitOpened(*where, name=wait.name, key=key),)


def _waits(node: Node, view: View, n: int) -> Mapping[int, Wait]:
    return (view.scope.waits or {}).get(key_of(view.state, node.index, n), {})


def _holds(condition: Condition, view: View) -> bool:
    """Whether a condition holds; one about what is not there yet does not hold yet."""
    try:
        return condition.evaluate(view.names())
    except ExpressionError:
        return False


def stays(node: Node) -> bool:
    """Whether a node can catch more than once: it interrupts nothing."""
    beside = not node.interrupting and node.kind in (Kind.BOUNDARY_EVENT, Kind.EVENT_SUB_PROCESS)
    return beside or node.kind is Kind.START_EVENT


def fire(node: Node, view: View, n: int, event: int) -> Records:
    """End a wait of the view's scope, and return what follows."""
    told = r.Triggered(view.scope.path, node.index, n, event)
    return (told, *_over(node, view, n, event), *FOLLOWS[node.kind](node, view, n))


def _lacks(node: Node, view: View, n: int) -> bool:
    """Whether a node waits for all of several events, and this is not the last (10.5.1)."""
    return node.needs_all and len(_waits(node, view, n)) > 1


def _over(node: Node, view: View, n: int, event: int) -> Records:
    """A node that stays waits again; any other ends what it interrupts."""
    return _repeat(node, view, n, event) if stays(node) else OVER[node.kind](node, view, n)


def happen(view: View, node: Node, n: int, event: int, values: Values | None) -> Iterator[Records]:
    """What a node waits for has happened: write what it brings, and go on (10.5.1).

    Where that cannot be written it has happened all the same, and an incident keeps what came. Of
    several events that are waited for together all that they bring is written when all have come.
    Where results travel along the flows it joins what came to the node, and nothing is written.
    """
    scope = view.scope
    if _lacks(node, view, n):
        yield (r.Triggered(scope.path, node.index, n, event, values or None),)
        return
    values = {**(_waits(node, view, n)[event].kept or {}), **(values or {})}
    try:
        written, payload = _bring(node, view, n, values)
    except ExpressionError as error:
        over = _over(node, view, n, event)
        told = r.Triggered(scope.path, node.index, n, event)
        yield (told, *over, *_cannot_write(view, node, n, error, values))
        return
    if written:
        yield written
    yield fire(node, view.at(scope, payload), n, event)


def _cannot_write(
    view: View, node: Node, n: int, error: ExpressionError, values: Values
) -> Records:
    if _waits_itself(node, view, n):
        return incidents.cannot_write(view, node.index, n, error, values)
    return faults.cannot_catch(view, node, n, error, values)


def _bring(node: Node, view: View, n: int, values: Values) -> tuple[Records, Values | None]:
    """Write what has come, or where results travel along the flows let it go on with the token.

    Raises:
        ExpressionError: a value cannot be computed.
    """
    if not view.bound[node.index].flow_payload:
        carried = data.carried(view, node, values)
        return data.received(view, node, values), carried
    came = _came(node, view, n)
    return (), {**(came or {}), **data.brought(view.at(view.scope, came), node, values)}


def _came(node: Node, view: View, n: int) -> Values | None:
    """What came along the flow to a node that waits, or to what it waits for."""
    waiting = node.index
    if node.host >= 0:
        waiting = node.host
    elif not _waits_itself(node, view, n) and node.incoming:
        waiting = view.program.flows[node.incoming[0]].source
    activation = view.scope.active.get(key_of(view.state, waiting, n))
    return activation.payload if activation else None


def _repeat(node: Node, view: View, n: int, event: int) -> Records:
    """What a node that stays waits for next."""
    try:
        again = _all_again if node.needs_all else _again
        return again(node, view, n, event)
    except ExpressionError as error:
        return incidents.stuck(view, node.index, f"it does not come again: {error}")


def _all_again(node: Node, view: View, n: int, event: int) -> Records:
    """All that has happened is waited for once more, unless a timer is never due again (10.5.3).

    A condition that still holds has to become false first.
    """
    count, scope = _waits(node, view, n)[event].count + 1, view.scope.path
    records = list[r.Record]()
    for position, definition in enumerate(node.events):
        opened = r.WaitOpened(scope, node.index, n, position, count)
        found = _timed(view, opened, definition, view.time)
        if not found:
            return ()
        records += found
        if definition.condition is not None and _holds(definition.condition, view):
            records.append(r.ConditionTurned(scope, node.index, n, position, holds=True))
    return tuple(records)


def _again(node: Node, view: View, n: int, event: int) -> Records:
    """The next time of a node that stays: a later time of a cycle, another message.

    Repetitions that were missed come late, each once and in order; where too many have in a row,
    what is due by now is left out.
    """
    wait, definition = _waits(node, view, n)[event], node.events[event]
    scope, after, count = view.scope.path, wait.due or view.time, wait.count + 1
    opened = r.WaitOpened(scope, node.index, n, event, count)
    found = _timed(view, opened, definition, after)
    if definition.due is None or not found or found[0].due > view.time:
        return found
    if wait.late < definition.due.catch_up or definition.due.passed is None:
        return (msgspec.structs.replace(found[0], late=wait.late + 1),)
    after, count = definition.due.passed(view.names(), after, count, view.time)
    opened = msgspec.structs.replace(opened, count=count)
    return _timed(view, opened, definition, after)


def _waits_itself(node: Node, view: View, n: int) -> bool:
    """Whether it is the node itself that waits, neither its host nor a gateway before it."""
    waiter = node.kind in (Kind.CATCH_EVENT, Kind.RECEIVE_TASK, Kind.INPUT)
    return waiter and key_of(view.state, node.index, n) in view.scope.active


def _gateway_done(node: Node, view: View, n: int) -> Records:
    """The gateway before a catch event or receive task has its answer."""
    if _waits_itself(node, view, n):
        return ()
    return (r.Completed(view.scope.path, view.program.flows[node.incoming[0]].source, n),)


def _host_cut(node: Node, view: View, n: int) -> Records:
    """What an interrupting boundary event is attached to is cut off."""
    return faults.cancel_activity(view, view.scope, node.host, n)


def _scope_cut(_node: Node, view: View, _n: int) -> Records:
    """An interrupting event sub-process takes its scope over (13.5.4)."""
    return faults.interrupt(view, view.scope)


OVER: Final[Mapping[Kind, Callable[[Node, View, int], Records]]] = {
    Kind.CATCH_EVENT: _gateway_done,
    Kind.RECEIVE_TASK: _gateway_done,
    Kind.INPUT: _gateway_done,
    Kind.BOUNDARY_EVENT: _host_cut,
    Kind.EVENT_SUB_PROCESS: _scope_cut,
}
"""What is over once a node that does not stay has what it waited for."""


def _go_on(node: Node, view: View, n: int) -> Records:
    """A catch event or receive task is done; behind a gateway, it is the flow that is taken."""
    if _waits_itself(node, view, n):
        return view.bound[node.index].leave(node, view, n)
    return (r.FlowTaken(view.scope.path, node.incoming[0], view.payload),)


def _begin(node: Node, view: View, n: int) -> Records:
    """A token begins at a boundary event, an event sub-process or a start event."""
    return (faults.begin_at(view, node, n, view.payload),)


FOLLOWS: Final[Mapping[Kind, Callable[[Node, View, int], Records]]] = {
    Kind.CATCH_EVENT: _go_on,
    Kind.RECEIVE_TASK: _go_on,
    Kind.INPUT: _go_on,
    Kind.BOUNDARY_EVENT: _begin,
    Kind.EVENT_SUB_PROCESS: _begin,
    Kind.START_EVENT: _begin,
}
"""How a token goes on once a node has what it waited for."""
