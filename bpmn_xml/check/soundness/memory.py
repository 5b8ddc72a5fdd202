"""What was decided once is decided so again: conditions of one text over unchanged variables.

Two gateways that ask the same are answered the same, unless something that is done in between may
write what is read. Tasks, calls and messages may write anything, but for those whose mapping names
what they write; gateways and timers write nothing. A task without a type does nothing when it is
run; in a process that is not meant to be run it stands for any work. So do such tasks and timers in
a loop: who draws one means it to end.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Final

import msgspec

from bpmn_xml.check.soundness.questions import Answers, Inquiry, question
from bpmn_xml.check.soundness.survey import APART, Names, Survey
from bpmn_xml.compiler.drafts import ContainerDraft, FlowDraft, NodeDraft
from bpmn_xml.compiler.program import Kind
from bpmn_xml.reach import reachable, within


class Memory(msgspec.Struct, frozen=True):
    """What is worth remembering in a container.

    Attributes:
        needs: per flow that a choice may take, which answers lead to it.
        forgets: per node, what may be answered otherwise while it is done and after it.
    """

    needs: Mapping[str, Answers] = {}
    forgets: Mapping[str, frozenset[Inquiry]] = {}


NOTHING: Final = Memory()


def memory(survey: Survey, container: ContainerDraft) -> Memory:
    """Find what is worth remembering in a container: what is asked again before it is forgotten."""
    if container.flow_payload:
        return NOTHING
    asking = _Asking(survey, container)
    topics = asking.topics()
    return asking.memory(topics) if topics else NOTHING


class _Asking:
    """What is asked in a container, and what each of its nodes forgets."""

    def __init__(self, survey: Survey, container: ContainerDraft) -> None:
        self.survey = survey
        self.inside = {node.id: node for node in survey.within[container.id]}
        self.leaving = {
            name: [flow for flow in survey.leaving[name] if flow.target in self.inside]
            for name in self.inside
        }
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
            if survey.runs or asked[0].text not in asked[2]  # "yes" is a mere word then
        }
        self.turning = self._in_loops(self.inside) if found else set()
        always = self._at_any_time(container) if found else frozenset()
        self.asked = {name: one for name, one in found.items() if not _meet(always, one[2])}
        self.all = frozenset(one for one, _, _ in self.asked.values())
        self.about: dict[str, set[Inquiry]] = {}
        for one, _, names in self.asked.values():
            for name in names:
                self.about.setdefault(name, set()).add(one)
        self.forgets = {name: self._forgotten(node) for name, node in self.inside.items()}
        kinds = {*self.forgets.values()}
        self.loses = {kind: frozenset(one.topic for one in kind) for kind in kinds}

    def _in_loops(self, among: Container[str]) -> set[str]:
        """The nodes of some that a token may come to again and again."""
        import networkx as nx

        ways = [(a, b) for a in self.after if a in among for b in self.after[a] if b in among]
        graph: nx.DiGraph[str] = nx.DiGraph(ways)
        loops = [nodes for nodes in nx.strongly_connected_components(graph) if len(nodes) > 1]
        return set[str]().union(*loops)

    def _at_any_time(self, container: ContainerDraft) -> Names:
        """What may be written beside what is done in the container in order."""
        survey = self.survey
        deeper = [node for name in self.turning for node in within(self.inside[name], self._in)]
        turned = {node.id for node in deeper}
        beside = [node for node in self.inside.values() if node.kind.is_gateway]
        found = survey.written_by((*(one for one in survey.apart if one.id not in turned), *beside))
        again = [node for node in deeper if node.kind in APART]
        if container.node and survey.splits_outside(container.id):
            found = _joined(found, survey.written_outside(container.id))
            again = [node for node in deeper if node.id not in self.inside]
        return _joined(found, survey.written_by(again, again=True))

    def _in(self, node: NodeDraft) -> list[NodeDraft]:
        return self.survey.inside(node.id)

    def _forgotten(self, node: NodeDraft) -> frozenset[Inquiry]:
        written = self.survey.written(node, again=node.id in self.turning)
        if written is None:
            return self.all
        return frozenset(one for name in written for one in self.about.get(name, ()))

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
        keeping = {name for name in self.inside if not self._loses(name, topic)}
        if any(node in self.after[node] for node in nodes & keeping):
            return True
        if nodes & self.turning and nodes & self._in_loops(keeping):
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
        return topic in self.loses[self.forgets[node]]

    def memory(self, topics: set[str]) -> Memory:
        """The answers and what is forgotten, as far as they are about some topics."""
        needs = [
            (flow.id, frozenset(answers))
            for name, flows in self.leaving.items()
            for flow, answers in self._answers(self.inside[name], flows, topics)
        ]
        kept = {kind: frozenset(one for one in kind if one.topic in topics) for kind in self.loses}
        return Memory(
            {name: answers for name, answers in needs if answers},
            {name: kept[forgotten] for name, forgotten in self.forgets.items()},
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


def _joined(one: Names, other: Names) -> Names:
    return None if one is None or other is None else one | other
