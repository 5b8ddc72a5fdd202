"""What may have been done before a node of a program: whether it can find a variable set."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

from bpmn_xml.check.variables.reads_and_writes import Names, may_write_all, own_names, writes
from bpmn_xml.compiler.program import NONE, Container, Node, Program
from bpmn_xml.compiler.program.levels import process_of
from bpmn_xml.reach import reachable


class Past:
    """What may have been done before a node, by following a program backwards.

    Places are nodes by their index and, behind these, containers: after some node of one, be it
    whichever. So what can begin after all of them is joined to all of them with no line for each.

    Attributes:
        open: the places before which, or around which, something may write any variable.
        callers: by container, what calls it and passes no more than it says.
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        self._before = defaultdict[int, set[int]](set)
        self.callers = defaultdict[int, list[Node]](list)
        for flow in program.flows:
            self._before[flow.target].add(flow.source)
        for node in program.nodes:
            if node.host != NONE:
                self._before[node.index].add(node.host)
            if node.body != NONE:
                self._before[node.index].add(self._some_of(program.containers[node.body]))
        around = defaultdict[int, list[int]](list)
        for node in program.nodes:
            if node.call and node.call.apart and not node.call.all_in:
                self.callers[node.body].append(node)
            else:
                around[node.body].append(node.index)
        for container in program.containers:
            self._enter(container, around[container.index])
        self.open = self._opened()

    def _some_of(self, container: Container) -> int:
        """The place after some node of a container."""
        place = len(self.program.nodes) + container.index
        if place not in self._before:
            self._before[place].update(container.nodes)
        return place

    def _enter(self, container: Container, around: Iterable[int]) -> None:
        for start in (*container.starts, *container.triggered):
            self._before[start].update(around)
        if len(container.handlers) > 1:  # each may come after any other, and so after itself
            for handler in container.handlers:
                self._before[handler].add(self._some_of(container))
        for handler in container.handlers[:1]:
            self._before[handler] |= {*container.nodes} - {handler}

    def _opened(self) -> set[int]:
        after = defaultdict[int, list[int]](list)
        for place, earlier in self._before.items():
            for one in earlier:
                after[one].append(place)
        program = self.program
        writing = [node.index for node in program.nodes if may_write_all(program, node)]
        first = [later for one in writing for later in after[one]]
        return reachable(first, lambda place: after.get(place, ()))

    def known(self, names: Names, node: Node, *, done: bool) -> Names:
        """Return those of some names that may be set before a node, or when it is `done`."""
        bits, before = self._set_before
        found = before.get(node.index, 0)
        own = {*writes(node), *own_names(node)} if done else ()
        return frozenset(
            name for name in names if name in own or found >> bits.get(name, len(bits)) & 1
        )

    @cached_property
    def _set_before(self) -> tuple[Mapping[str, int], Mapping[int, int]]:
        """A number for each name that is set, and per place the bits of those set before it.

        In order, what leads to itself as one: so each place is looked at once.
        """
        import networkx as nx

        bits: dict[str, int] = {}
        own = dict[int, int]()
        for node in self.program.nodes:
            named = {*writes(node), *own_names(node)}
            own[node.index] = sum(1 << bits.setdefault(name, len(bits)) for name in named)
        ways = [(one, place) for place, earlier in self._before.items() for one in earlier]
        graph: nx.DiGraph[int] = nx.DiGraph(ways)
        loops = nx.condensation(graph)
        before, after = dict[int, int](), dict[int, int]()
        for loop in nx.topological_sort(loops):
            members = loops.nodes[loop]["members"]
            earlier = _joined(after[one] for one in loops.pred[loop])
            after[loop] = earlier | _joined(own.get(place, 0) for place in members)
            turns = len(members) > 1 or graph.has_edge(*members, *members)
            before.update(dict.fromkeys(members, after[loop] if turns else earlier))
        return bits, before

    def calls(self, node: Node) -> list[Node]:
        """Return what calls the process that a node is in, and passes no more than it says."""
        return self.callers[process_of(self.program, node).index]


def _joined(masks: Iterable[int]) -> int:
    found = 0
    for mask in masks:
        found |= mask
    return found
