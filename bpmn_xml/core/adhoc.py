"""Ad-hoc sub-processes: activities that no flow leads to begin all at once or in turn (13.3.5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bpmn_xml.compiler.program import AdHoc, Node
from bpmn_xml.compiler.program.scoping import Computed, added
from bpmn_xml.core import closing, faults, incidents
from bpmn_xml.core import records as r
from bpmn_xml.core.lacking import asked
from bpmn_xml.core.state import child_path
from bpmn_xml.core.view import Begin, Records, View
from bpmn_xml.core.words import INSIDE
from bpmn_xml.errors import ExpressionError


def first_activities(node: Node, view: View, inside: int) -> Sequence[int]:
    """What a container begins with: the activities that are named, else all that nothing leads to.

    Raises:
        ExpressionError: what names them has no value, or names what is not there.
    """
    container, ad_hoc = view.program.containers[inside], node.ad_hoc
    if ad_hoc is None or ad_hoc.elements is None:
        return container.starts
    names = ad_hoc.elements.evaluate(view.names())
    if not isinstance(names, Sequence) or isinstance(names, str):
        raise ExpressionError(f"what it begins with is given by {names!r}, not by a list of ids")
    missing = [repr(name) for name in names if name not in container.named]
    if missing:
        raise ExpressionError(f"there is no {' and no '.join(missing)} in it to begin with")
    return [container.named[name] for name in dict.fromkeys(names)]


def starts(node: Node, view: View, inside: str, activities: Sequence[int]) -> Records:
    """Begin with all of them, or with the first and keep the others for later."""
    now = activities[:1] if node.ad_hoc is not None and node.ad_hoc.sequential else activities
    later = tuple(activities[len(now) :])
    queued = (r.ActivitiesQueued(inside, later),) if later else ()
    return (*queued, *[r.TokenPlaced(inside, start, view.payload) for start in now])


def again(node: Node, view: View, n: int) -> Records:
    """An activity inside is done: evaluate whether the sub-process is complete (10.3.5)."""
    inside = view.state.scopes.get(child_path(view.scope.path, node.index, n))
    if inside is None:
        return ()
    ad_hoc = node.ad_hoc or AdHoc()
    try:
        enough = ad_hoc.until is not None and ad_hoc.until.evaluate(view.at(inside).names())
    except ExpressionError as error:
        why = f"its completion condition: {error}"
        return incidents.stuck(view.at(inside), node.index, why)
    if not enough:
        return ()
    if ad_hoc.cancels:
        return (*faults.cancel_inside(view, inside), *closing.close(view, inside))
    return (r.ActivitiesQueued(inside.path, ()),)


def not_enough(view: View) -> Records:
    """All in a scope is done; an incident where that is not enough (13.3.5).

    As long as the completion condition does not hold, others of the activities may be chosen; here
    all have begun, and nobody chooses.
    """
    scope = view.scope
    ad_hoc = view.program.nodes[scope.node].ad_hoc if scope.role == INSIDE else None
    if ad_hoc is None or ad_hoc.until is None or ad_hoc.ends:
        return ()
    if scope.queued is not None or scope.dropped:
        return ()
    names = view.names()
    try:
        if ad_hoc.until.evaluate(names):
            return ()
        what = f"does not hold{asked([ad_hoc.until], names)}"
    except ExpressionError as error:
        what = f"has no value: {error}"
    why = f"all in it is done, and its completion condition {what}"
    return incidents.stuck(view, scope.node, why)


def nothing_yet(node: Node) -> dict[str, Any]:
    """What an ad-hoc sub-process that collects begins with."""
    return {node.ad_hoc.output: []} if node.ad_hoc is not None and node.ad_hoc.collect else {}


def collecting(leave: Begin, collect: Computed, output: str) -> Begin:
    """Leave an activity at the end of a path inside, and note what is collected of it.

    That is so where its path began with the sub-process: not of an item, nor of what is undone.
    """

    def collect_and_leave(node: Node, view: View, n: int) -> Records:
        scope = view.scope
        if scope.index >= 0:
            return leave(node, view, n)
        try:
            value = collect.evaluate(view.names())
            collected = added(scope.variables.get(output), value, output)
        except ExpressionError as error:
            return incidents.cannot_leave(view, node.index, n, f"it cannot be collected: {error}")
        written = r.VariablesWritten(scope.path, {output: collected})
        return (written, *leave(node, view, n))

    return collect_and_leave


def next_in_turn(view: View) -> Records:
    """Begin with the next activity of those that are done in turn."""
    scope = view.scope
    first, *rest = scope.queued or ()
    queued = r.ActivitiesQueued(scope.path, tuple(rest))
    return (queued, r.TokenPlaced(scope.path, first))
