"""What can be compensated, and where its compensation begins (10.7, 13.5.5).

An activity is undone at its compensation boundary event, a sub-process or called process also at
the compensation event sub-process in it; else by undoing all that was completed inside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import msgspec

from bpmn_xml.compiler.drafts import Drafts, NodeDraft
from bpmn_xml.compiler.program import Kind, Trigger, is_about


class Undo(msgspec.Struct, frozen=True):
    """Per activity the node at which its compensation begins, and the activities that have one."""

    handlers: Mapping[str, str]
    activities: frozenset[str]


def undoing(drafts: Drafts) -> Undo:
    """Find out what can be undone."""
    insides = _insides(drafts)
    catching = [node for node in drafts.nodes if _catches(node)]
    handlers = {node.host: node.id for node in catching if node.kind is Kind.BOUNDARY_EVENT}
    for node in catching:
        for outer in insides[node.container] if node.kind is Kind.EVENT_SUB_PROCESS else ():
            handlers.setdefault(outer, node.id)
    return Undo(handlers, _with_outer(drafts, insides, list(handlers)))


def _catches(node: NodeDraft) -> bool:
    known = node.kind in (Kind.BOUNDARY_EVENT, Kind.EVENT_SUB_PROCESS)
    return known and is_about(node.events, Trigger.COMPENSATION)


def _insides(drafts: Drafts) -> Mapping[str, Sequence[str]]:
    """Per container the nodes whose inside it is, or may be."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    computed = [node.id for node in drafts.nodes if node.which is not None]
    for container in drafts.containers:
        found[container.id] += [container.node] if container.node else computed
    for node in drafts.nodes:
        if node.called:
            found[node.called].append(node.id)
    return found


def _with_outer(
    drafts: Drafts, insides: Mapping[str, Sequence[str]], names: list[str]
) -> frozenset[str]:
    """These activities, and all that have one of them inside."""
    homes = {node.id: node.container for node in drafts.nodes}
    found: set[str] = set()
    while names:
        name = names.pop()
        if name not in found:
            found.add(name)
            names += insides[homes[name]]
    return frozenset(found)
