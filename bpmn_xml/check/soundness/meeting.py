"""Where on the way to a crowd two tokens first come to one place that does not join them.

A search tells where several tokens are; they have met before, at the first merge that neither has
come to because of the other. That is where a join is missing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from bpmn_xml.check.soundness.verdict import Flaw
from bpmn_xml.compiler.drafts import Drafts, NodeDraft
from bpmn_xml.compiler.program import Kind

JOINING = frozenset({Kind.PARALLEL_GATEWAY, Kind.INCLUSIVE_GATEWAY, Kind.COMPLEX_GATEWAY})


class Passage(NamedTuple):
    """A token at a node, and the visits from which it comes, by their number."""

    node: str
    origins: frozenset[int]


def met(drafts: Drafts, flaw: Flaw) -> Flaw:
    """Return a flaw at the place where its tokens met, or as it was if that is not known."""
    nodes, ways = drafts.nodes_in(flaw.container), drafts.flows_in(flaw.container)
    entered: dict[str, set[str]] = defaultdict(set)
    for flow in ways.values():
        entered[flow.target].add(flow.id)
    visits: list[Passage] = []
    for visit in _visits(drafts, flaw, nodes):
        node = nodes[visit.node]
        merges = len(entered[visit.node]) > 1 and node.kind not in JOINING
        if merges and node.kind is not Kind.END_EVENT and _is_new(visit, visits):
            return msgspec.structs.replace(flaw, where=visit.node)
        visits.append(visit)
    return flaw


def _is_new(visit: Passage, visits: list[Passage]) -> bool:
    """Whether a token comes to a node to which another one has come that is not its origin."""
    same = (number for number, one in enumerate(visits) if one.node == visit.node)
    return any(number not in visit.origins for number in same)


def _visits(drafts: Drafts, flaw: Flaw, nodes: dict[str, NodeDraft]) -> Iterator[Passage]:
    """The visits of tokens at nodes along a way, each after those from which it comes.

    A flow that is told again from one visit is the same step: a split that is part of another one
    is told for each of its ways.
    """
    flows = drafts.flows_in(flaw.container)
    made: list[Passage] = []
    last, taken = dict[str, set[int]](), dict[tuple[str, frozenset[int]], int]()

    def visit(name: str, source: str) -> Iterator[Passage]:
        before = frozenset(last.get(source, ()))
        if (name, before) in taken and before:
            return
        taken[name, before] = number = len(made)
        target = flows[name].target if name in flows else name
        known = before.union(*(made[one].origins for one in before))
        joins = nodes[target].kind in JOINING
        waiting = last.get(target, set()) - known if joins else set()
        last[target] = {number, *waiting}
        made.append(Passage(target, known))
        yield made[-1]

    for name in flaw.path:
        if name in flows and flows[name].target in nodes:
            yield from visit(name, flows[name].source)
        elif name in nodes and (nodes[name].host or name not in last):
            yield from visit(name, nodes[name].host)
