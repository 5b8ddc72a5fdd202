"""A process in the making: nodes and flows get ids, and in the end know each other."""

from __future__ import annotations

from typing import Any

import msgspec

from bpmn_xml.errors import Place
from bpmn_xml.formats.xml.characters import as_name
from bpmn_xml.model import FlowElement, FlowNode, ParallelGateway, SequenceFlow
from bpmn_xml.model.ids import UniqueIds


class NodeIds(UniqueIds):
    """Hands out ids that XML accepts, made from the keys of sections.

    >>> ids = NodeIds()
    >>> ids.make("2 become 1"), ids.make("2-become 1"), ids.make("2 become 1")
    ('_2_become_1', '_2-become_1', '_2_become_1_2')
    """

    def make(self, wanted: str) -> str:
        """Return an id like the wanted one that is not taken, and take it."""
        return super().make(as_name(wanted))


class Draft:
    """Nodes and flows in the order in which they will stand in the process."""

    def __init__(self, file: str) -> None:
        self.file, self.ids = file, NodeIds()
        self._nodes: list[FlowNode] = []
        self._flows: list[SequenceFlow] = []
        self._ranks: dict[str, int] = {}

    def add(self, kind: type[FlowNode], node_id: str, line: int, **fields: Any) -> str:
        """Add a node and return its id."""
        self._nodes.append(kind(id=node_id, place=self.place(line), **fields))
        return node_id

    def place(self, line: int) -> Place:
        """Return a place in the file."""
        return Place(self.file, line)

    def connect(self, source: str, target: str, line: int, rank: int = 0) -> None:
        """Add a flow; into one target, flows of lower rank come first."""
        flow_id = self.ids.make(f"{source}_to_{target}")
        place = self.place(line)
        self._ranks[flow_id] = rank
        self._flows.append(
            SequenceFlow(id=flow_id, source_ref=source, target_ref=target, place=place)
        )

    def spread(self, source: str, targets: list[tuple[str, int]], line: int) -> None:
        """Lead to targets with their ranks, through a parallel gateway if there are several."""
        if len(targets) > 1:
            split = self.ids.make(f"{source}_split")
            self.add(ParallelGateway, split, line, gateway_direction="Diverging")
            self.connect(source, split, line)
            source = split
        for target, rank in targets:
            self.connect(source, target, line, rank)

    def elements(self) -> tuple[FlowElement, ...]:
        """Return all nodes, which list their flows now, and all flows."""
        incoming: dict[str, list[str]] = {}
        outgoing: dict[str, list[str]] = {}
        for flow in self._flows:
            incoming.setdefault(flow.target_ref, []).append(flow.id)
            outgoing.setdefault(flow.source_ref, []).append(flow.id)
        nodes = [
            msgspec.structs.replace(
                node,
                incoming=tuple(sorted(incoming.get(node.id, ()), key=self._ranks.__getitem__)),
                outgoing=tuple(outgoing.get(node.id, ())),
            )
            for node in self._nodes
        ]
        return (*nodes, *self._flows)
