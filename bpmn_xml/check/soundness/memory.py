"""What was decided once is decided so again: conditions of one text over unchanged variables.

Two gateways that ask the same are answered the same, unless something that is done in between may
write what is read. Tasks, calls and messages may write anything, but for those whose mapping names
what they write; gateways and timers write nothing. A task without a type does nothing when it is
run; in a process that is not meant to be run it stands for any work. So do such tasks and timers in
a loop: who draws one means it to end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import msgspec

from bpmn_xml.check.soundness.questions import Answers, Inquiry, question
from bpmn_xml.check.variables.reads_and_writes import OPEN, targets
from bpmn_xml.compiler.drafts import ContainerDraft, Drafts, FlowDraft, NodeDraft
from bpmn_xml.compiler.program import Kind, Trigger
from bpmn_xml.reach import reachable

Names = frozenset[str] | None
"""Variables; None for all of them."""


class Memory(msgspec.Struct, frozen=True):
    """What is worth remembering in a container.

    Attributes:
        needs: per flow that a choice may take, which answers lead to it.
        forgets: per node, what may be answered otherwise while it is done and after it.
    """

    needs: Mapping[str, Answers] = {}
    forgets: Mapping[str, frozenset[Inquiry]] = {}


NOTHING: Final = Memory()

BODIES: Final = (Kind.SUB_PROCESS, Kind.TRANSACTION, Kind.AD_HOC, Kind.EVENT_SUB_PROCESS)
IDLE: Final = (Kind.TASK, Kind.MANUAL_TASK)
SPLITS: Final = (Kind.PARALLEL_GATEWAY, Kind.INCLUSIVE_GATEWAY, Kind.COMPLEX_GATEWAY, Kind.AD_HOC)
CATCHING: Final = (Kind.CATCH_EVENT, Kind.START_EVENT, Kind.BOUNDARY_EVENT)
PAYLOADS: Final = frozenset({Trigger.MESSAGE, Trigger.SIGNAL, Trigger.ERROR, Trigger.ESCALATION})
"""What an event may bring data with."""


def memory(drafts: Drafts, container: ContainerDraft, *, runs: bool = False) -> Memory:
    """Find what is worth remembering in a container: what is asked again before it is forgotten.

    Args:
        drafts: of the process.
        container: one of its containers.
        runs: the process is meant to be run, so that a task without a type does nothing.
    """
    if container.flow_payload:
        return NOTHING
    asking = _Asking(drafts, container, runs=runs)
    topics = asking.topics()
    return asking.memory(topics) if topics else NOTHING


class _Asking:
    """What is asked in a container, and what each of its nodes forgets."""

    def __init__(self, drafts: Drafts, container: ContainerDraft, *, runs: bool) -> None:
        self.drafts, self.runs = drafts, runs
        self.inside = drafts.nodes_in(container.id)
        self.leaving: dict[str, list[FlowDraft]] = {name: [] for name in self.inside}
        for flow in drafts.flows:
            if flow.source in self.inside and flow.target in self.inside:
                self.leaving[flow.source].append(flow)
        self.after = {name: [f.target for f in flows] for name, flows in self.leaving.items()}
        for node in self.inside.values():
            if node.host in self.inside:
                self.after[node.host].append(node.id)
        found = {
            flow.id: asked
            for flows in self.leaving.values()
            for flow in flows
            if len(flows) > 1 and flow.condition
            if (asked := question(flow.condition.text, flow.condition.language))
            if runs or asked[0].text not in asked[2]  # a mere word, as "yes", is no variable then
        }
        self.rules = {container.id: container.rules for container in drafts.containers}
        self.turning = self._turning() if found else set()
        always = self._at_any_time(container) if found else frozenset()
        self.asked = {name: one for name, one in found.items() if not _meet(always, one[2])}
        self.forgets = {name: self._forgotten(node) for name, node in self.inside.items()}

    def _turning(self) -> set[str]:
        """What a token may come to again and again, with all that is in it."""
        import networkx as nx

        ways = [(name, after) for name in self.after for after in self.after[name]]
        graph: nx.DiGraph[str] = nx.DiGraph(ways)
        loops = [nodes for nodes in nx.strongly_connected_components(graph) if len(nodes) > 1]
        found = set[str]().union(*loops)
        around = {container.id: container.node for container in self.drafts.containers}
        for node in self.drafts.nodes:
            if around[node.container] in found:
                found.add(node.id)
        return found

    def _at_any_time(self, container: ContainerDraft) -> Names:
        """What may be written beside what is done in the container in order."""
        apart = (Kind.EVENT_SUB_PROCESS, Kind.LISTENER)
        beside = [node for node in self.drafts.nodes if node.kind in apart]
        beside += [node for node in self.inside.values() if node.kind.is_gateway]
        around = [node for node in self.drafts.nodes if node.id not in self.inside]
        if container.node and any(self._splits(node) for node in around):
            beside += around
        return self._written_by(beside)

    def _splits(self, node: NodeDraft) -> bool:
        """Whether other things may go on beside what is behind a node, or in it."""
        several = sum(flow.source == node.id for flow in self.drafts.flows) > 1
        return (
            node.kind in SPLITS
            or (several and not node.kind.is_gateway)
            or (node.kind is Kind.BOUNDARY_EVENT and not node.interrupting)
            or (node.loop is not None and not node.loop.sequential)
            or node.gives > 1
        )

    def _forgotten(self, node: NodeDraft) -> frozenset[Inquiry]:
        written = self._written(node) if self.asked else frozenset()
        return frozenset(one for one, _, names in self.asked.values() if _meet(written, names))

    def _written_by(self, nodes: Iterable[NodeDraft]) -> Names:
        found: set[str] = set()
        for node in nodes:
            written = self._written(node)
            if written is None:
                return None
            found |= written
        return frozenset(found)

    def _written(self, node: NodeDraft) -> Names:
        """The variables around a node that it may write."""
        frame, loop = node.frame, node.loop
        if frame and (frame.before or frame.done or frame.after):
            return None
        own = targets(frame.outputs) if frame else frozenset()
        own |= {loop.output} if loop and loop.output else set()
        if node.kind in BODIES:
            bodies = {one.id for one in self.drafts.containers if one.node == node.id}
            inner = self._written_by(n for n in self.drafts.nodes if n.container in bodies)
        elif node.kind is Kind.CALL_ACTIVITY:
            call = node.call
            closed = call is not None and call.apart and not call.all_out
            inner = targets(call.outputs) if call and closed else None
        elif node.kind in CATCHING:
            brings = any(event.trigger in PAYLOADS for event in node.events)
            brings = brings or node.id in self.turning
            inner = (targets(node.receives) or None) if brings else frozenset()
        else:
            maps = bool(frame and frame.outputs) and self.rules[node.container].local_results
            unknown = not self.runs or node.id in self.turning
            anything = node.kind in OPEN or (node.kind in IDLE and unknown)
            inner = None if anything and not maps else frozenset()
        return None if inner is None else own | inner

    def topics(self) -> set[str]:
        """What is asked again before it is forgotten, be it of the next flow."""
        where: dict[str, set[str]] = {}
        seen: set[tuple[str, Inquiry | str]] = set()
        found: set[str] = set()
        for name, flows in self.leaving.items():
            in_order = self.inside[name].kind is Kind.EXCLUSIVE_GATEWAY
            for asked in (self.asked[flow.id][0] for flow in flows if flow.id in self.asked):
                where.setdefault(asked.topic, set()).add(name)
                one = name, asked if in_order else asked.topic
                found |= {asked.topic} if one in seen else set()
                seen.add(one)
        again = (topic for topic, nodes in where.items() if self._is_asked_again(topic, nodes))
        return found.union(again)

    def _is_asked_again(self, topic: str, nodes: set[str]) -> bool:
        """Whether a token that has asked comes to ask again, or another one beside it does."""
        if any(node in self._comes_from(node, topic) for node in nodes):
            return True
        if len(nodes) == 1:
            return False
        entered = {name for names in self.after.values() for name in names}
        first = [name for name in self.inside if name not in entered or self._loses(name, topic)]
        return any(
            len((self._comes_from(name, topic) | {name}) & nodes) > 1 for name in (*first, *nodes)
        )

    def _comes_from(self, node: str, topic: str) -> set[str]:
        """The nodes to which a token comes from one before a topic is forgotten."""

        def after(node: str) -> list[str]:
            return [name for name in self.after[node] if not self._loses(name, topic)]

        return reachable(after(node), after)

    def _loses(self, node: str, topic: str) -> bool:
        return any(one.topic == topic for one in self.forgets[node])

    def memory(self, topics: set[str]) -> Memory:
        """The answers and what is forgotten, as far as they are about some topics."""
        needs = [
            (flow.id, frozenset(answers))
            for name, flows in self.leaving.items()
            for flow, answers in self._answers(self.inside[name], flows, topics)
        ]
        return Memory(
            {name: answers for name, answers in needs if answers},
            {
                name: frozenset(one for one in forgotten if one.topic in topics)
                for name, forgotten in self.forgets.items()
            },
        )

    def _answers(
        self, node: NodeDraft, flows: Sequence[FlowDraft], topics: set[str]
    ) -> Iterator[tuple[FlowDraft, set[tuple[Inquiry, bool]]]]:
        """Which answers lead to each flow: in order, where only one is taken (13.4.2)."""
        before: set[tuple[Inquiry, bool]] = set()
        for flow in sorted(flows, key=lambda one: one.id == node.default):
            asked = self.asked.get(flow.id) if flow.id != node.default else None
            here = {asked[:2]} if asked and asked[0].topic in topics else set()
            if node.kind is Kind.EXCLUSIVE_GATEWAY:
                yield flow, before | here
                before |= {(one, not holds) for one, holds in here}
            else:
                yield flow, here


def _meet(written: Names, read: frozenset[str]) -> bool:
    return written is None or bool(written & read)
