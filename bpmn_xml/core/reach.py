"""Which flows into a gateway can a token still reach? Bit masks, made when a join first asks.

Bit `i` of a mask stands for the gateway's i-th incoming flow. Tokens move along the sequence
flows of one container and from an activity to its boundary events; the asking gateway itself is
never passed (13.4.3).
"""

from __future__ import annotations

from collections.abc import Iterator

from bpmn_xml.compiler.program import Program


class Reach:
    """Answers per gateway; filled on demand, the same for all instances of a program."""

    __slots__ = ("_masks", "_program")

    def __init__(self, program: Program) -> None:
        self._program = program
        self._masks: dict[int, dict[int, int]] = {}

    def mask(self, node: int, gateway: int) -> int:
        """The flows into `gateway` that a token at `node` can reach without passing it."""
        masks = self._masks.get(gateway)
        if masks is None:
            masks = self._masks[gateway] = self._backwards(gateway)
        return masks.get(node, 0)

    def each(self, node: int, gateway: int) -> Iterator[int]:
        """The mask of the token at `node`, and of each that its boundary events may yet add.

        What interrupts sends the same token another way; what does not makes one of its own.
        """
        nodes, flows = self._program.nodes, self._program.flows
        soft = [b for b in nodes[node].boundary if not nodes[b].interrupting]
        if not soft:
            yield self.mask(node, gateway)
            return
        own = 0
        for place in nodes[node].boundary:
            own |= self.mask(place, gateway) if nodes[place].interrupting else 0
        for flow in nodes[node].outgoing:
            there = flows[flow].target
            here = 1 << nodes[gateway].incoming.index(flow) if there == gateway else 0
            own |= here or self.mask(there, gateway)
        yield own
        yield from (self.mask(place, gateway) for place in soft)

    def _backwards(self, gateway: int) -> dict[int, int]:
        nodes, flows = self._program.nodes, self._program.flows
        masks: dict[int, int] = {}
        for position, flow in enumerate(nodes[gateway].incoming):
            bit, stack = 1 << position, [flows[flow].source]
            while stack:
                node = stack.pop()
                known = masks.get(node, 0)
                if node == gateway or known & bit:
                    continue
                masks[node] = known | bit
                stack.extend(flows[f].source for f in nodes[node].incoming)
                if nodes[node].host >= 0:
                    stack.append(nodes[node].host)
        return masks
