"""Search all that a kernel can do, breadth first, on the semantics of the core itself.

A move is the end of one pause, with one way of answering what is asked then. Markings are the
points of the space, so that what has been met is not searched again. Where a crowd of tokens is at
one place nothing is searched any further, for that is a fault already. What conditions were
answered is remembered until it may have changed, and tells points apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final, NamedTuple

import msgspec

from bpmn_xml.check.soundness.kernel import Kernel
from bpmn_xml.check.soundness.questions import Inquiry
from bpmn_xml.core import records as r
from bpmn_xml.core.commands import Command, CompleteJob, Continue, StartInstance
from bpmn_xml.core.machine import Machine
from bpmn_xml.core.marking import Marking, fork, marking
from bpmn_xml.core.state import State, split_key

MOST_MOVES: Final = 12_000
"""How many moves are tried before the answer is that it is not known."""

HEAVY: Final = 50
"""A move counts once more for each so many tokens, for it takes as much more time and memory."""

CURIOUS: Final = 8
"""A move counts once more for each so many conditions that it asks, for the same reason."""

MOST_MORE: Final = 1_500
"""How many moves are tried once a fault is known, to see others and whether it can be avoided."""

Answered = dict[Inquiry, bool]
"""What was answered, and is remembered."""

Place = tuple[bool, int]
"""Where tokens are: (parked on this flow, or active at this node)."""


class Move(NamedTuple):
    """A move that was made: from which point (-1: the start), and the flows that were taken."""

    origin: int
    flows: tuple[int, ...]


class Onward(NamedTuple):
    """A move that can be made: to which point, and the flows that are taken."""

    point: int
    flows: tuple[int, ...]


class Situation(msgspec.Struct):
    """A marking that was met.

    Attributes:
        step: the first way to come to it.
        tokens: how many tokens are where.
        outcome: of an instance that has ended.
        stuck: gateways that wait for what cannot come.
        fault: another incident, in words.
        after: the moves that can be made.
    """

    step: Move
    tokens: dict[Place, int]
    outcome: str = ""
    stuck: tuple[int, ...] = ()
    fault: str = ""
    after: list[Onward] = msgspec.field(default_factory=list)

    @property
    def most(self) -> int:
        """The most tokens at one place."""
        return max(self.tokens.values(), default=0)


class Space(msgspec.Struct):
    """The states that a process can be in, and the moves between them.

    Attributes:
        points: in the order in which they were met.
        starts: the first moves.
        taken: flows of the kernel that some move took.
        complete: nothing was left out but what follows from a crowd.
        moves: how many moves were tried, those of many tokens or conditions counted more than once.
    """

    points: list[Situation] = msgspec.field(default_factory=list)
    starts: list[Onward] = msgspec.field(default_factory=list)
    taken: set[int] = msgspec.field(default_factory=set)
    complete: bool = True
    moves: int = 0


def explore(kernel: Kernel, most: int = MOST_MOVES, crowd: int = 0) -> Space:
    """Search the space of a kernel until a number of moves has been tried.

    Behind a `crowd` of tokens nothing is searched; it is the kernel's own if none is given.
    """
    search = _Exploration(kernel, most, crowd or kernel.crowd)
    space = search.space
    search.start()
    for index, _ in enumerate(space.points):  # which grow meanwhile
        if space.moves >= search.most:
            space.complete = False
            break
        search.expand(index)
    return space


class _Exploration:
    """The space so far, with the state of every point that has not been left yet."""

    def __init__(self, kernel: Kernel, most: int, crowd: int) -> None:
        self.kernel, self.most, self.crowd = kernel, most, crowd
        self.machine = Machine(kernel.program)
        self.space = Space()
        self.known: dict[tuple[Marking, frozenset[tuple[Inquiry, bool]]], int] = {}
        self.states: dict[int, tuple[State, Answered]] = {}

    def start(self) -> None:
        """Meet the first points."""
        empty = self.machine.create("")
        begin = StartInstance(0, {}, self.kernel.program.containers[0].starts[0])
        self.space.starts = list(self._moves(-1, (empty, {}), begin))

    def expand(self, index: int) -> None:
        """Make every move that is open at a point."""
        at, point = self.states.pop(index), self.space.points[index]
        state = at[0]
        if point.most >= self.crowd or state.outcome:
            return
        root = state.scopes[""]
        for key in tuple(root.active):
            if self.space.moves > self.most:
                return
            if key not in (root.incidents or ()):
                node, n = split_key(state, key)
                point.after += self._moves(index, at, CompleteJob("", node, n))

    def _moves(self, origin: int, at: tuple[State, Answered], command: Command) -> Iterator[Onward]:
        """What a command leads to, once for each way of answering."""
        for after, known, flows in self.kernel.oracle.outcomes(lambda: self._send(at, command)):
            tokens, asked = len(after.scopes[""].active), self.kernel.oracle.asked
            self.space.moves += 1 + tokens // HEAVY + asked // CURIOUS
            if self.space.moves > self.most:
                return
            self.space.taken.update(flows)
            yield Onward(self._meet(after, known, Move(origin, flows)), flows)

    def _send(
        self, at: tuple[State, Answered], command: Command
    ) -> tuple[State, Answered, tuple[int, ...]]:
        state, oracle = fork(at[0]), self.kernel.oracle
        oracle.known = dict(at[1])
        batch = self.machine.send(state, command, 0)
        flows = _taken(batch)
        while batch.more:
            batch = self.machine.send(state, Continue(), 0)
            flows += _taken(batch)
        return state, self._remembered(state), tuple(flows)

    def _remembered(self, state: State) -> Answered:
        """What has been answered and is not being written now."""
        known = self.kernel.oracle.known
        if not known:
            return {}
        active = [split_key(state, key)[0] for key in state.scopes[""].active]
        lost = {one for node in active for one in self.kernel.forgets.get(node, ())}
        return {one: answer for one, answer in known.items() if one not in lost}

    def _meet(self, state: State, known: Answered, step: Move) -> int:
        """The point of a state, which may be known."""
        mark = marking(state), frozenset(known.items())
        index = self.known.get(mark)
        if index is None:
            index = self.known[mark] = len(self.space.points)
            self.states[index] = state, known
            point = _point(state, step)
            self.space.points.append(point)
            if point.stuck or point.most >= self.crowd:
                self.most = min(self.most, self.space.moves + MOST_MORE)
        return index


def _taken(batch: r.Batch) -> list[int]:
    """The flows that were taken in a batch, in order."""
    return [record.flow for record in r.expanded(batch.records) if type(record) is r.FlowTaken]


def _point(state: State, step: Move) -> Situation:
    root = state.scopes[""]
    tokens = Counter((False, split_key(state, key)[0]) for key in root.active)
    for flow, arrivals in (root.parked or {}).items():
        tokens[True, flow] += len(arrivals)
    stuck, fault = [], ""
    for key, incident in (root.incidents or {}).items():
        node, n = split_key(state, key)
        if n:
            fault = incident.message
        else:
            stuck.append(node)
    return Situation(step, dict(tokens), state.outcome, tuple(stuck), fault)


def way_to(space: Space, index: int) -> list[int]:
    """The flows taken on the first way to a point, in order."""
    parts: list[tuple[int, ...]] = []
    while index >= 0:
        step = space.points[index].step
        parts.append(step.flows)
        index = step.origin
    return [flow for part in reversed(parts) for flow in part]
