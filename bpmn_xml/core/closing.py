"""A scope closes when all in it is done or cut off: what it gives back is written (13.3.4)."""

from __future__ import annotations

from bpmn_xml.core import calls, data
from bpmn_xml.core import records as r
from bpmn_xml.core.state import Scope
from bpmn_xml.core.view import Records, View
from bpmn_xml.core.words import APART, FRAME


def close(view: View, scope: Scope) -> Records:
    """Write what a scope gives to the one around it, and close it.

    What is around an element closes when the last of its chain is left; where its token has ended
    before that, it ends: for want of a result if that was so inside.
    """
    if scope.role == FRAME:
        cut, where = r.ScopeClosed(scope.path, completed=False), scope.parent or ""
        if scope.dropped:
            return (cut, r.TokenDropped(where, scope.node, scope.n))
        return (cut, *end_token(where, scope.node, scope.n))
    if scope.role == APART:
        return calls.end(view.at(scope), scope)
    return (*_collected(view, scope), r.ScopeClosed(scope.path, completed=True))


def end_token(scope: str, node: int, n: int) -> Records:
    """Complete an active element whose token goes no further: it is over, or lives on in items."""
    return (r.Completed(scope, node, n), r.TokenConsumed(scope, node))


def _collected(view: View, inside: Scope) -> Records:
    """Write what was collected in an ad-hoc sub-process into the scope around it."""
    node = view.program.nodes[inside.node]
    ad_hoc = node.ad_hoc
    if inside.parent is None or inside.index >= 0 or ad_hoc is None or not ad_hoc.collect:
        return ()
    around = view.at(view.state.scopes[inside.parent])
    return data.results(around, node, {ad_hoc.output: inside.variables[ad_hoc.output]})
