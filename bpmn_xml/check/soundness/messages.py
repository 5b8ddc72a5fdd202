"""Which nodes of one pool wait for a message that only nodes of other pools can send.

A message flow between two nodes of different processes says so. Whatever else may bring a message
(a pool without a process, a sub-process that is not unfolded, one of many participants) is the
world outside: what it may answer never waits in vain. So it is with what one node sends to several
nodes of a pool, for only the data says to which.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from bpmn_xml import model as m
from bpmn_xml.compiler.drafts import Drafts, NodeDraft
from bpmn_xml.compiler.program import Kind, Trigger

WAITING: Final = frozenset({Kind.CATCH_EVENT, Kind.START_EVENT, Kind.BOUNDARY_EVENT})
"""Events that wait for a message (10.5); of the tasks only a receive task does (10.3.3)."""

SENDING: Final = frozenset({Kind.THROW_EVENT, Kind.END_EVENT})


class Post(msgspec.Struct, frozen=True):
    """Which node of which pool sends messages to which node of another.

    Attributes:
        sends: per node the nodes to which it sends a message.
        awaits: per node that waits, the message flows that can bring what it waits for.
        before: those of them for which a token waits before it comes to them: events that begin
            or interrupt, and those that an event-based gateway chooses.
    """

    sends: Mapping[str, tuple[str, ...]] = {}
    awaits: Mapping[str, tuple[str, ...]] = {}
    before: frozenset[str] = frozenset()

    def sent_by(self, node: str) -> tuple[str, ...]:
        """The nodes to which a node sends a message."""
        return self.sends.get(node, ())

    def awaited_at(self, node: str) -> str:
        """The node for whose message a token at it waits: itself, if for any."""
        return node if node in self.awaits and node not in self.before else ""

    def awaited_before(self, node: str) -> str:
        """The node for whose message a token on the way to it waits: itself, if for any."""
        return node if node in self.before else ""


NO_POST: Final = Post()
"""Where messages are assumed to come."""


def post(collaboration: m.Collaboration, pools: Mapping[str, Drafts]) -> Post:
    """Find the messages between the processes of a collaboration.

    Args:
        collaboration: with its message flows.
        pools: what was compiled of each process that takes part, by its id.
    """
    home: dict[str, str] = {}
    nodes: dict[str, NodeDraft] = {}
    for process, drafts in pools.items():
        own = drafts.nodes_in(process)
        home |= dict.fromkeys(own, process)
        nodes |= own
    outside = set[str]()
    sends, awaits = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    for flow in collaboration.message_flows:
        source, target = flow.source_ref, flow.target_ref
        if target in nodes and _waits(nodes[target]):
            awaits[target].append(flow.id)
            if source in nodes and _sends(nodes[source]) and home[source] != home[target]:
                sends[source].append(target)
            else:
                outside.add(target)
    for targets in sends.values():
        pool_of = [home[target] for target in targets]
        outside.update(target for target in targets if pool_of.count(home[target]) > 1)
    inside = {node: tuple(flows) for node, flows in awaits.items() if node not in outside}
    return Post(
        {
            source: tuple(target for target in targets if target in inside)
            for source, targets in sends.items()
        },
        inside,
        frozenset(_chosen(list(pools.values()), nodes) & inside.keys()),
    )


def _waits(node: NodeDraft) -> bool:
    """Whether a node goes on by a message only, and by one for each token."""
    triggers = {event.trigger for event in node.events}
    waiting = node.kind in WAITING and triggers == {Trigger.MESSAGE}
    return (waiting or node.kind is Kind.RECEIVE_TASK) and node.loop is None and not node.needs_all


def _sends(node: NodeDraft) -> bool:
    """Whether it is clear when a node sends: an event as it throws, a task when it is done."""
    done = node.kind.is_task and bool(node.incoming) and node.loop is None
    return node.kind in SENDING or done


def _chosen(pools: Sequence[Drafts], nodes: Mapping[str, NodeDraft]) -> set[str]:
    """What begins, interrupts, or stands behind an event-based gateway that takes one way."""
    gateways = {
        node.id for node in nodes.values() if node.kind is Kind.EVENT_GATEWAY and not node.needs_all
    }
    flows = [flow for drafts in pools for flow in drafts.flows]
    chosen = {flow.target for flow in flows if flow.source in gateways}
    chosen |= {name for drafts in pools for one in drafts.containers for name in one.triggered}
    return chosen | {node.id for node in nodes.values() if node.kind is Kind.BOUNDARY_EVENT}
