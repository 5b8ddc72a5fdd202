"""Where tokens go when they leave a node (13.3.1, 13.4). An empty answer: no flow can be taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from bpmn_xml.compiler.program import NONE, Flow, Node
from bpmn_xml.core import records as r
from bpmn_xml.core.lacking import asked, lacking
from bpmn_xml.core.view import Records, View

Route = Callable[[Node, View], Records]
Holds = Callable[[Flow], bool]
Choice = Callable[[Node, Sequence[Flow], Holds], tuple[int, ...]]

NO_FLOW: Final = "no outgoing flow can be taken: no condition holds and there is no default flow"
"""What is said of an empty answer."""


def no_flow(node: Node, view: View, names: Mapping[str, Any]) -> str:
    """Say that no flow can be taken, and what its conditions, which saw these names, asked."""
    conditions = [view.program.flows[index].condition for index in node.outgoing]
    return f"{NO_FLOW}{asked(conditions, names)}{lacking(conditions, names)}"


def take_all(node: Node, view: View) -> Records:
    """Leave along every flow (13.4.1); without any the token ends here."""
    scope, payload = view.scope.path, view.payload
    if len(node.outgoing) == 1:
        return (r.FlowTaken(scope, node.outgoing[0], payload),)
    if not node.outgoing:
        return (r.TokenConsumed(scope, node.index),)
    return tuple([r.FlowTaken(scope, flow, payload) for flow in node.outgoing])


def take_first(node: Node, view: View) -> Records:
    """Leave along the first flow that holds, else the default flow (13.4.2)."""
    return _taken(view, first(node, view.program.flows, view.holds))


def take_each(node: Node, view: View) -> Records:
    """Leave along every flow that holds, else the default flow (13.3.1, 13.4.3)."""
    return _taken(view, each(node, view.program.flows, view.holds))


def take_default(node: Node, view: View) -> Records:
    """Leave along the default flow, if there is one."""
    return _taken(view, _default(node))


def _taken(view: View, flows: Sequence[int]) -> Records:
    return tuple([r.FlowTaken(view.scope.path, flow, view.payload) for flow in flows])


def first(node: Node, flows: Sequence[Flow], holds: Holds) -> tuple[int, ...]:
    """The first flow that holds, else the default flow, if there is one (13.4.2)."""
    for index in node.outgoing:
        if index != node.default and holds(flows[index]):
            return (index,)
    return _default(node)


def each(node: Node, flows: Sequence[Flow], holds: Holds) -> tuple[int, ...]:
    """Every flow that holds, else the default flow, if there is one (13.3.1, 13.4.3)."""
    candidates = [index for index in node.outgoing if index != node.default]
    return tuple([index for index in candidates if holds(flows[index])]) or _default(node)


def _default(node: Node) -> tuple[int, ...]:
    return () if node.default == NONE else (node.default,)


CHOICES: Final[Mapping[Route, Choice]] = {take_first: first, take_each: each}
"""How the flows are chosen where conditions decide; all others are taken whatever holds."""
