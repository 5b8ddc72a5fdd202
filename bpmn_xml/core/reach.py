"""Which flows into a gateway can a token still reach? Bit masks, made only as far as a join asks.

Bit `i` of a mask stands for the gateway's i-th incoming flow. Tokens move along the sequence
flows of one container and from an activity to its boundary events; the asking gateway itself is
never passed (13.4.3).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import heappop, heappush

from bpmn_xml.compiler.program import Program

Search = tuple[dict[int, int], list[tuple[int, int, int]]]
"""What is known of a gateway: masks by node, and (minus rank, node, bits) still to be added."""


class Reach:
    """Answers per gateway, for one thread; filled on demand, the same for all instances.

    A search goes backwards from the gateway, and no further than it must: whatever has a lower
    rank than a node can tell nothing about it.
    """

    __slots__ = ("_program", "_ranks", "_searches")

    def __init__(self, program: Program) -> None:
        self._program = program
        self._searches: dict[int, Search] = {}
        self._ranks: Sequence[int] = ()

    def mask(self, node: int, gateway: int) -> int:
        """The flows into `gateway` that a token at `node` can reach without passing it."""
        search = self._searches.get(gateway)
        if search is None:
            search = self._searches[gateway] = self._begin(gateway)
        masks, ahead = search
        lowest = -self._ranks[node]
        while ahead and ahead[0][0] <= lowest:
            _, place, bits = heappop(ahead)
            known = masks.get(place, 0)
            if place != gateway and bits & ~known:
                masks[place] = known | bits
                for before in self._before(place):
                    heappush(ahead, (-self._ranks[before], before, bits & ~known))
        return masks.get(node, 0)

    def bringers(self, flow: int, places: Iterable[int]) -> list[int]:
        """Those of some nodes from which a token can reach a flow into a gateway."""
        gateway = self._program.flows[flow].target
        position = self._program.nodes[gateway].incoming.index(flow)
        return [node for node in places if self.mask(node, gateway) >> position & 1]

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

    def _begin(self, gateway: int) -> Search:
        program = self._program
        if not self._ranks:
            self._ranks = ranked(len(program.nodes), self._before)
        ahead: list[tuple[int, int, int]] = []
        for position, flow in enumerate(program.nodes[gateway].incoming):
            source = program.flows[flow].source
            heappush(ahead, (-self._ranks[source], source, 1 << position))
        return {}, ahead

    def _before(self, node: int) -> list[int]:
        """The nodes from which a token at a node may have come."""
        nodes, flows = self._program.nodes, self._program.flows
        host = nodes[node].host
        return [*[flows[flow].source for flow in nodes[node].incoming], *([host] * (host >= 0))]


def ranked(size: int, before: Callable[[int], Iterable[int]]) -> Sequence[int]:
    """A rank per node: none leads to one of a lower rank, and those of one cycle share theirs."""
    after: list[list[int]] = [[] for _ in range(size)]
    for node in range(size):
        for source in before(node):
            after[source].append(node)
    order = _postorder(range(size), after.__getitem__, [True] * size)
    free, ranks = [True] * size, [0] * size
    for rank, node in enumerate(reversed(order)):
        for member in _postorder([node], before, free):
            ranks[member] = rank
    return ranks


def _postorder(
    starts: Iterable[int], leads: Callable[[int], Iterable[int]], free: list[bool]
) -> list[int]:
    """All free nodes that can be reached, each after what it leads to; they are free no more."""
    order: list[int] = []
    for start in starts:
        stack: list[tuple[int, Iterator[int]]] = []
        ahead: Iterator[int] = iter([start])
        while True:
            found = next((node for node in ahead if free[node]), None)
            if found is not None:
                free[found] = False
                stack.append((found, ahead))
                ahead = iter(leads(found))
            elif stack:
                done, ahead = stack.pop()
                order.append(done)
            else:
                break
    return order
