"""Which nodes get one token at most in any scope, so that their activations need no count.

Of the flows of an exclusive gateway one is taken, and an activity is left in one way: done, or by
one of its interrupting events. So where ways come together that exclude each other, one token
comes at most. What was chosen before a token came somewhere is a place in a tree, and two places
exclude each other under different ways of one choice. Where that is not seen, it is counted, which
is right as well.
"""

from __future__ import annotations

from typing import Final

import msgspec

from bpmn_xml.compiler.drafts import Drafts
from bpmn_xml.compiler.links import Links
from bpmn_xml.compiler.program import Join, Kind

CHOOSING: Final = frozenset({Kind.EXCLUSIVE_GATEWAY, Kind.EVENT_GATEWAY})
"""Kinds that take one of their flows (13.4.2, 13.4.4)."""

DONE: Final = -1
"""The way out of an activity that no event has interrupted."""

FARTHEST: Final = 256
"""So far up the tree it is looked for what two places have in common."""


class Choice(msgspec.Struct, frozen=True, eq=False):
    """After `above`, `node` was left by one of some `ways`: flows, events or `DONE`."""

    above: Choice | None = None
    depth: int = 0
    node: int = DONE
    ways: frozenset[int] = frozenset()

    def under(self, node: int, *ways: int) -> Choice:
        """What was chosen after it."""
        return Choice(self, self.depth + 1, node, frozenset(ways))


START: Final = Choice()
"""Nothing was chosen before."""


def come_once(drafts: Drafts, links: Links) -> list[bool]:
    """Per node whether at most one token ever comes there in a scope."""
    return _Walk(drafts, links).come_once()


class _Walk:
    """A walk from where containers begin, as far as it is sure that one token comes."""

    def __init__(self, drafts: Drafts, links: Links) -> None:
        self.nodes, self.links = drafts.nodes, links
        self.targets = [links.nodes[flow.target] for flow in drafts.flows]
        self.along: list[Choice] = [START] * len(drafts.flows)
        selective = {n.id for n in drafts.nodes if n.ad_hoc is not None and n.ad_hoc.elements}
        plain = [c for c in drafts.containers if c.node not in selective]
        self.starts = dict.fromkeys(links.nodes[start] for c in plain for start in c.starts)

    def come_once(self) -> list[bool]:
        """Per node whether the walk comes there."""
        once = [False] * len(self.nodes)
        waiting = [len(flows) for flows in self.links.incoming]
        ready = [(start, START) for start in self.starts if not waiting[start]]
        while ready:
            node, behind = ready.pop()
            once[node] = True
            events = self._interrupting(node)
            ready += [(event, behind.under(node, event)) for event in events]
            done = behind.under(node, DONE) if events else behind
            chooses = self.nodes[node].kind in CHOOSING
            for flow in self.links.outgoing[node] if self.nodes[node].gives == 1 else ():
                self.along[flow] = behind.under(node, flow) if chooses else done
                target = self.targets[flow]
                waiting[target] -= 1
                met = None if waiting[target] else self._met(target)
                ready += [(target, met)] if met else []
        return once

    def _interrupting(self, node: int) -> list[int]:
        return [event for event in self.links.attached[node] if self.nodes[event].interrupting]

    def _met(self, node: int) -> Choice | None:
        """What was chosen before the only token that comes to a node; None if several can."""
        join = self.links.joins[node]
        came = sorted([self.along[flow] for flow in self.links.incoming[node]], key=_depth)
        met = came.pop()
        while came:
            above, one, other = _fork(met, came.pop())
            if join is Join.ALL or join is Join.REACHING:
                met = above
            elif join is not Join.EACH or not _exclude(one, other):
                return None
            else:
                met = self._either(above, one, other)
        return None if join is Join.ENOUGH else met

    def _either(self, above: Choice, one: Choice, other: Choice) -> Choice:
        """What was chosen before a token that has come in one of two ways."""
        node, ways = one.node, one.ways | other.ways
        chooses = self.nodes[node].kind in CHOOSING
        there = len(self.links.outgoing[node]) if chooses else 1 + len(self._interrupting(node))
        return above if len(ways) == there else above.under(node, *ways)


def _depth(choice: Choice) -> int:
    return choice.depth


def _fork(one: Choice, other: Choice) -> tuple[Choice, Choice, Choice]:
    """What was chosen before both, and what each chose first after that; nothing if that is far."""
    below, beside = START, START
    for _ in range(FARTHEST):
        if one is other:
            return one, below, beside
        higher = other.depth - one.depth
        if higher <= 0:
            below, one = one, one.above or START
        if higher >= 0:
            beside, other = other, other.above or START
    return START, START, START


def _exclude(one: Choice, other: Choice) -> bool:
    """Whether two choices after the same are different ways of one node."""
    return one.node == other.node != DONE and not one.ways & other.ways
