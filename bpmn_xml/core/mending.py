"""A person mends an incident: what it stopped is tried again, or passed over."""

from __future__ import annotations

from collections.abc import Iterator

from bpmn_xml.compiler.program import Kind
from bpmn_xml.core import adhoc, closing, data, frames, incidents, joins, loops, opening
from bpmn_xml.core import commands as c
from bpmn_xml.core import records as r
from bpmn_xml.core.behaviour import join_with
from bpmn_xml.core.state import Activation, holds_all, key_of, may_work_again, place_of
from bpmn_xml.core.view import Bound, Records, View
from bpmn_xml.core.words import APART, BEGINNING, CATCHING, FRAME, LEAVING, OPENING, WORKING
from bpmn_xml.errors import CommandRejected, ExpressionError


def resolve(view: View, command: c.ResolveIncident) -> Iterator[Records]:
    """Try again: the job is open once more, or what failed at its begin or end is done again."""
    activation, node = _stopped(view, command), view.program.nodes[command.node]
    if activation is not None and not may_work_again(node, activation):
        what = f"{node.id!r} would give again what it has given"
        remedy = "skip the incident, so that it is done with that, or draw it as bx:resumable"
        raise CommandRejected(what, remedy=remedy)
    yield from _mended(view, command)
    again, bound = activation.stage if activation else WORKING, view.bound[command.node]
    if again == WORKING and _is_repeated(view, command):
        yield loops.again(bound.node, view.at(view.scope), command.n)
    if activation is None and _asks_whether_enough(view, bound):
        inside = view.scope
        yield adhoc.again(bound.node, view.at(view.state.scopes[inside.parent or ""]), inside.n)
    if again == LEAVING:
        yield bound.leave(bound.node, view, command.n)
    if again == BEGINNING and bound.begin:
        yield bound.begin(bound.node, view, command.n)
    if again == OPENING:
        yield from opening.again(view, command.node, command.n)
    if again == CATCHING:
        yield from _catch(view, bound, command.n)


def _catch(view: View, bound: Bound, n: int) -> Iterator[Records]:
    """Write what has come and could not be written, and go on from there."""
    node, values = bound.node, view.payload
    try:
        carried = data.carried(view, node, values)
        yield data.received(view, node, values)
    except ExpressionError as error:
        yield incidents.cannot_write(view, node.index, n, error, values)
        return
    waited = node.kind in (Kind.CATCH_EVENT, Kind.RECEIVE_TASK)
    go_on = bound.leave if waited else bound.begin or bound.leave
    yield go_on(node, view.at(view.scope, carried), n)


def skip(view: View, command: c.SkipIncident) -> Iterator[Records]:
    """Go on as if it were done; a stuck join does without what has not come."""
    activation, bound = _stopped(view, command), view.bound[command.node]
    held = holds_all(view.state, command.scope, command.node, command.n)
    yield from _mended(view, command)
    if held:
        return
    scope = view.scope
    if scope.role == APART and scope.node == command.node and not (activation or scope.parked):
        yield (r.ScopeClosed(scope.path, completed=True),)  # without what it was to give back
    elif activation is None and _was_not_enough(view, bound):
        yield closing.close(view, scope)
    elif activation is None:
        at = joins.holders(bound.node, view)
        yield join_with(bound.node, view, at) if at else ()
    elif activation.stage == WORKING and _is_repeated(view, command):
        yield loops.end(bound.node, view, command.n)
    elif activation.stage == OPENING:
        yield from opening.again(view, command.node, command.n, skipped=True)
    elif activation.stage == LEAVING and scope.role == FRAME:
        yield frames.go_on(bound.node, view, command.n)
    elif activation.stage == LEAVING or activation.emitted:
        yield closing.end_token(command.scope, command.node, command.n)
    else:
        yield bound.leave(bound.node, view, command.n)


def _asks_whether_enough(view: View, bound: Bound) -> bool:
    """Whether the ad-hoc sub-process around could not tell if it is complete."""
    return bound.node.ad_hoc is not None and view.scope.node == bound.node.index


def _was_not_enough(view: View, bound: Bound) -> bool:
    """Whether all in the ad-hoc sub-process around is done."""
    return _asks_whether_enough(view, bound) and not (view.scope.active or view.scope.children)


def _is_repeated(view: View, command: c.ResolveIncident | c.SkipIncident) -> bool:
    """Whether it stands still between the instances of an activity."""
    return key_of(view.state, command.node, command.n) in (view.scope.loops or ())


def _stopped(view: View, command: c.ResolveIncident | c.SkipIncident) -> Activation | None:
    """The activation that an incident stopped, with the view moved there; None if there is none."""
    scope = view.state.scopes.get(command.scope)
    key = key_of(view.state, command.node, command.n)
    if scope is None or not scope.incidents or key not in scope.incidents:
        node = view.program.nodes[command.node].id
        where = f" in {place_of(command.scope, view.program.nodes)}" if command.scope else ""
        raise CommandRejected(f"no incident stands at {node!r}{where} (any more)")
    activation = scope.active.get(key)
    view.scope, view.payload = scope, activation.payload if activation else None
    return activation


def _mended(view: View, command: c.ResolveIncident | c.SkipIncident) -> Iterator[Records]:
    yield data.write(view, command.variables)
    yield (r.IncidentResolved(command.scope, command.node, command.n),)
