"""One table of pure functions: what each kind of element does when a token comes and goes.

A decision reads through the view and returns records; it changes nothing. `arrive` is asked for
every token that comes, `route` says where tokens leave. An activity's job is the driver's affair:
it is open from `Activated` until `Completed`, `TokenDropped` or `Cancelled`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from bpmn_xml.compiler.program import NONE, Kind, Node, Trigger, is_about
from bpmn_xml.compiler.program.scoping import TOLD
from bpmn_xml.core import (
    adhoc,
    calls,
    compensation,
    data,
    faults,
    incidents,
    joins,
    routes,
    throws,
    waits,
)
from bpmn_xml.core import records as r
from bpmn_xml.core.state import Scope, child_path
from bpmn_xml.core.values import Values
from bpmn_xml.core.view import Begin, Records, View
from bpmn_xml.core.words import APART, INSIDE
from bpmn_xml.errors import ExpressionError


def pass_on(node: Node, view: View) -> Records:
    """Take no time: enter and leave."""
    if view.bound[node.index].straight:
        return (r.Passed(view.scope.path, node.index), *routes.take_all(node, view))
    taken, fault = _routed(node, view)
    if fault:
        return incidents.cannot_leave(view, node.index, 0, fault)
    return (r.Passed(view.scope.path, node.index), *taken)


def pass_along(node: Node, view: View) -> Records:
    """Take no time, and leave along the only flow, which nothing decides."""
    scope = view.scope.path
    return (r.Passed(scope, node.index), r.FlowTaken(scope, node.outgoing[0], view.payload))


def join_all(node: Node, view: View) -> Records:
    """Wait for one token on each flow, then leave (13.4.1)."""
    at = joins.all_there(node, view)
    return join_with(node, view, at) if at else ()


def join_reaching(node: Node, view: View) -> Records:
    """Wait until no other token can come, then leave (13.4.3)."""
    at = joins.none_to_come(node, view)
    return join_with(node, view, at) if at else ()


def join_with(node: Node, view: View, at: joins.Holders) -> Records:
    """Use up arrivals, and leave; where there is none on a flow it is done without."""
    used = joins.use(node, view, at)
    if node.frame is not None:
        return (*used, *enter(node, view))
    view.payload = joins.merged(node, view, at)
    if view.bound[node.index].straight:
        return (*used, *routes.take_all(node, view))
    taken, fault = _routed(node, view)
    return (*used, *(incidents.cannot_leave(view, node.index, 0, fault) if fault else taken))


def park(_node: Node, _view: View) -> Records:
    """Wait with what has come: an inclusive gateway joins once nothing can move (13.4.3)."""
    return ()


def activate(node: Node, view: View) -> Records:
    """Become active: the outside has work to do (13.3.3)."""
    n = 1 if node.once else view.next_activation(node)
    return (r.Activated(view.scope.path, node.index, n, view.payload),)


def enter(node: Node, view: View) -> Records:
    """Become active and begin (13.3.2)."""
    n = 1 if node.once else view.next_activation(node)
    active = r.Activated(view.scope.path, node.index, n, view.payload)
    begin = view.bound[node.index].begin
    return (active, *begin(node, view, n)) if begin else (active,)


def enter_unless_there(node: Node, view: View) -> Records:
    """Let a token on to an activity whose data is there, else wait for that (10.4.2, 13.3.2)."""
    needs = node.events[0].condition
    if needs is not None and not needs.evaluate(view.names()):
        return enter(node, view)
    return (r.FlowTaken(view.scope.path, node.outgoing[0], view.payload),)


def begin_waiting(node: Node, view: View, n: int) -> Records:
    """Wait for what the node catches, itself or at its boundary (13.5)."""
    scope = view.scope.path
    try:
        return waits.arm(view, node, scope, n)
    except ExpressionError as error:
        return incidents.cannot_begin(view, node.index, n, error)


def begin_asking(node: Node, view: View, n: int) -> Records:
    """Wait at the boundary, and tell whom it may concern what the work is (13.3.3)."""
    work, scope = node.work, view.scope.path
    assert work is not None
    try:
        armed, names = waits.arm(view, node, scope, n), view.names()
        values = {name: value.evaluate(names) for name, value in work.user_task_settings}
    except ExpressionError as error:
        return incidents.cannot_begin(view, node.index, n, error)
    if work.listened:
        values |= names[TOLD]
    return (*armed, r.PersonAsked(scope, node.index, n, values)) if values else armed


def begin_inside(node: Node, view: View, n: int) -> Records:
    """Begin with the sub-process's own elements (13.3.4)."""
    scope = view.scope.path
    inside = child_path(scope, node.index, n)
    try:
        container = calls.called(node, view)
        if container == NONE:
            return view.bound[node.index].leave(node, view, n)
        armed = waits.arm(view, node, scope, n)
        passed = calls.own_data(node, view, container) | calls.passed_in(node, view)
        role = APART if calls.is_apart(node) else INSIDE
        about = Scope(inside, container, scope, node.index, n, role=role)
        about.variables = passed
        handlers = waits.arm_handlers(view, about)
        activities = adhoc.first_activities(node, view, container)
    except ExpressionError as error:
        return incidents.cannot_begin(view, node.index, n, error)
    starts = adhoc.starts(node, view, inside, activities)
    passed |= adhoc.nothing_yet(node)
    written = (r.VariablesWritten(inside, passed),) if passed else ()
    chosen = NONE if container == node.body else container
    opened = r.ScopeOpened(scope, node.index, n, container=chosen)
    return (*armed, opened, *written, *handlers, *starts)


def begin_call(node: Node, view: View, n: int) -> Records:
    """Begin the called process, unless calls are nested too deeply (13.3.4)."""
    if calls.is_too_deep(view):
        message = f"calls are nested more than {calls.MAX_DEPTH} deep"
        return incidents.cannot_begin(view, node.index, n, message)
    return begin_inside(node, view, n)


def end(node: Node, view: View) -> Records:
    """Consume the token, with the effect of the end event (13.5.6)."""
    ended = ending(node, view, 0)
    if ended is not None:
        return ended
    return _thrown(node, view, r.TokenConsumed(view.scope.path, node.index))


def ending(node: Node, view: View, n: int) -> Records | None:
    """The effect of an event that ends what is around it; None if it does not (13.5.6).

    What else it throws leaves before that.
    """
    for definition in node.events:
        if definition.trigger in ENDINGS:
            try:
                thrown, over = throws.throw_events(node, view, n)
            except ExpressionError as error:
                return incidents.cannot_begin(view, node.index, n, error)
            if not over:
                return (*thrown, *ENDINGS[definition.trigger](view, node, n))
            return thrown if n else (r.Passed(view.scope.path, node.index), *thrown)
    return None


def consume(node: Node, view: View) -> Records:
    """Consume the token, with no effect (10.5.3)."""
    scope = view.scope.path
    return (r.Passed(scope, node.index), r.TokenConsumed(scope, node.index))


def throw(node: Node, view: View) -> Records:
    """Throw, then go on at once: what is thrown has its effect later (13.5.2)."""
    return _thrown(node, view, *pass_on(node, view)) if node.events else pass_on(node, view)


def _thrown(node: Node, view: View, *then: r.Record) -> Records:
    """Throw and go on; an incident if what is thrown has no value."""
    try:
        thrown, over = throws.throw_events(node, view)
    except ExpressionError as error:
        return incidents.cannot_begin(view, node.index, 0, error)
    passed = r.Passed(view.scope.path, node.index)
    then = () if over else tuple([record for record in then if record != passed])
    return (passed, *thrown, *then)


def throwing(leave: Begin, cannot: Callable[[View, int, int, object], Records]) -> Begin:
    """Throw, and leave unless it is to be waited for what is thrown to have its effect.

    Args:
        leave: how the event is left.
        cannot: the incident where what is thrown has no value.
    """

    def throw_and_leave(node: Node, view: View, n: int) -> Records:
        undoes = is_about(node.events, Trigger.COMPENSATION)
        ended = None if undoes else ending(node, view, n)
        if ended is not None:
            return ended
        try:
            thrown, over = throws.throw_events(node, view, n)
        except ExpressionError as error:
            return cannot(view, node.index, n, error)
        if over:
            return thrown
        if undoes:
            return (*thrown, *compensation.begin(node, view))
        return (*thrown, *leave(node, view, n))

    return throw_and_leave


def leave_at_once(node: Node, view: View, n: int) -> Records:
    """Complete an element that has nothing to do."""
    return view.bound[node.index].leave(node, view, n)


def leave_ending(node: Node, view: View, n: int) -> Records:
    """End what is around an event, once all is undone that it compensates (13.5.6)."""
    ends = next(ENDINGS[event.trigger] for event in node.events if event.trigger in ENDINGS)
    return ends(view, node, n)


begin_throwing: Final = throwing(leave_at_once, incidents.cannot_begin)
"""Throw when it begins: what has no value keeps the event from beginning."""


def leave_straight(node: Node, view: View, n: int, values: Values | None = None) -> Records:
    """Complete an active element and go on along its only way, which no condition decides.

    So what it wrote is part of the completion, where it was written here.
    """
    scope = view.scope
    if values and scope.parent is not None and not data.is_wall(scope):
        return (*data.results(view, node, values), *leave_straight(node, view, n))
    done = r.Completed(scope.path, node.index, n, values)
    if len(node.outgoing) == 1:
        return (done, r.FlowTaken(scope.path, node.outgoing[0], view.payload))
    return (done, *routes.take_all(node, view))


def leave_by_choice(node: Node, view: View, n: int) -> Records:
    """Complete an active element and go on, or hold it where no flow can be taken."""
    taken, fault = _routed(node, view)
    if fault:
        return incidents.cannot_leave(view, node.index, n, fault)
    return (r.Completed(view.scope.path, node.index, n), *taken)


def _routed(node: Node, view: View) -> tuple[Records, object]:
    """The records of leaving, or what is wrong."""
    try:
        taken = view.bound[node.index].route(node, view)
    except ExpressionError as error:
        return (), error
    return taken, "" if taken else routes.no_flow(node, view, view.names())


ENDINGS: Final[Mapping[Trigger, Callable[[View, Node, int], Records]]] = {
    Trigger.TERMINATE: faults.terminate,
    Trigger.ERROR: throws.throw_error,
    Trigger.CANCEL: compensation.cancel,
}


class Behaviour(NamedTuple):
    """What an element does at each step of its life."""

    arrive: Callable[[Node, View], Records]
    begin: Begin | None = None
    route: Callable[[Node, View], Records] = routes.take_each


BEHAVIOUR: Final[Mapping[Kind, Behaviour]] = {
    Kind.START_EVENT: Behaviour(pass_on),
    Kind.END_EVENT: Behaviour(end, begin_throwing),
    Kind.THROW_EVENT: Behaviour(throw, begin_throwing),
    Kind.CATCH_EVENT: Behaviour(enter, begin_waiting),
    Kind.BOUNDARY_EVENT: Behaviour(pass_on),
    Kind.TASK: Behaviour(pass_on),
    Kind.MANUAL_TASK: Behaviour(pass_on),
    Kind.SERVICE_TASK: Behaviour(enter),
    Kind.SEND_TASK: Behaviour(enter),
    Kind.SCRIPT_TASK: Behaviour(enter),
    Kind.BUSINESS_RULE_TASK: Behaviour(enter),
    Kind.USER_TASK: Behaviour(enter),
    Kind.RECEIVE_TASK: Behaviour(enter, begin_waiting),
    Kind.EXCLUSIVE_GATEWAY: Behaviour(pass_on, route=routes.take_first),
    Kind.PARALLEL_GATEWAY: Behaviour(pass_on, route=routes.take_all),
    Kind.INCLUSIVE_GATEWAY: Behaviour(pass_on),
    Kind.EVENT_GATEWAY: Behaviour(enter, begin_waiting),
    Kind.SUB_PROCESS: Behaviour(enter, begin_inside),
    Kind.EVENT_SUB_PROCESS: Behaviour(enter, begin_inside),
    Kind.CALL_ACTIVITY: Behaviour(enter, begin_call),
    Kind.LISTENER: Behaviour(enter),
    Kind.INPUT: Behaviour(enter_unless_there, begin_waiting),
    Kind.TRANSACTION: Behaviour(enter, begin_inside),
    Kind.COMPLEX_GATEWAY: Behaviour(pass_on),
    Kind.AD_HOC: Behaviour(enter, begin_inside),
}
