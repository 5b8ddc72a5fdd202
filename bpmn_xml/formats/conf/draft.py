"""A process in the making: nodes and flows get ids, and in the end know each other."""

from __future__ import annotations

import re
from typing import Any, Final

import msgspec

from bpmn_xml.errors import Place
from bpmn_xml.model import FlowElement, FlowNode, ParallelGateway, SequenceFlow

START: Final = "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff"
REST: Final = r"\-.0-9\u00b7"
NO_NAME: Final = re.compile(f"[^{START}{REST}]")


class Ids:
    """Hands out ids that XML accepts (NCName), each once.

    >>> ids = Ids()
    >>> ids.make("2 become 1"), ids.make("2-become 1"), ids.make("2 become 1")
    ('_2_become_1', '_2-become_1', '_2_become_1_2')
    """

    def __init__(self) -> None:
        self._used: set[str] = set()
        self._next: dict[str, int] = {}

    def make(self, wanted: str) -> str:
        """Return an id like the wanted one that was not given out before."""
        plain = NO_NAME.sub("_", wanted)
        plain = plain if re.match(f"[{START}]", plain) else f"_{plain}"
        found = plain
        while found in self._used:
            self._next[plain] = self._next.get(plain, 1) + 1
            found = f"{plain}_{self._next[plain]}"
        self._used.add(found)
        return found


class Draft:
    """Nodes and flows in the order in which they will stand in the process."""

    def __init__(self, file: str) -> None:
        self.file, self.ids = file, Ids()
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
