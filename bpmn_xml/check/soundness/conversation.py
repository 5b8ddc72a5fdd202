"""Search what the pools of a collaboration can do together, each message being sent by one of them.

Each pool is searched alone first, as if every message came; then all are walked side by side, where
a move that awaits a message needs one that was sent. So pools are multiplied after they have been
reduced. A pool that a message begins has one instance at a time, and begins again behind its end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import msgspec

from bpmn_xml.check.soundness.kernel import Kernel
from bpmn_xml.check.soundness.space import Onward, Space

MOST_MOMENTS: Final = 30_000
"""How many moments are met before the answer is that it is not known."""

MANY: Final = 3
"""So many messages for one node are as good as more: when one is taken, as many may be left."""

ASLEEP: Final = -1
"""The point at which a pool has not begun."""


class Turn(NamedTuple):
    """A move of one pool: to which point, what it awaits and sends, and the flows it takes."""

    point: int
    awaits: tuple[str, ...]
    sends: tuple[str, ...]
    flows: tuple[int, ...]


class Pool(msgspec.Struct):
    """A process that takes part, searched alone.

    Attributes:
        process: its id.
        turns: per point what can be done there; the last one, `ASLEEP`, is before its begin.
        called: whether only messages begin it.
        hopes: per point the nodes that may wait for a message then or later.
    """

    process: str
    kernel: Kernel
    space: Space
    turns: list[list[Turn]] = msgspec.field(default_factory=list)
    called: bool = False
    hopes: list[frozenset[str]] = msgspec.field(default_factory=list)

    def __post_init__(self) -> None:
        moves = [*(point.after for point in self.space.points), self.space.starts]
        self.turns = [[self._turn(move) for move in open_] for open_ in moves]
        self.called = all(turn.awaits for turn in self.turns[ASLEEP])
        self.hopes = self._hoped()

    def _turn(self, move: Onward) -> Turn:
        ways = [self.kernel.ways[flow] for flow in move.flows]
        awaits = tuple(way.awaits for way in ways if way.awaits)
        sends = tuple(node for way in ways for node in way.sends)
        return Turn(move.point, awaits, sends, move.flows)

    def _hoped(self) -> list[frozenset[str]]:
        """What may be waited for from each point on; everything, where the pool can begin again."""
        every = frozenset(node for turns in self.turns for turn in turns for node in turn.awaits)
        if self.called:
            return [every] * len(self.turns)
        hopes = [frozenset(node for turn in turns for node in turn.awaits) for turns in self.turns]
        changed = True
        while changed:
            changed = False
            for point in reversed(range(len(self.turns))):
                wider = hopes[point].union(*(hopes[turn.point] for turn in self.turns[point]))
                changed = changed or wider != hopes[point]
                hopes[point] = wider
        return hopes

    @property
    def faulty(self) -> bool:
        """Whether the pool has a flaw already when it is searched alone."""
        points = self.space.points
        return any(
            point.fault or point.stuck or point.most >= self.kernel.crowd for point in points
        )

    def rests(self, point: int) -> bool:
        """Whether the pool may stay at a point: it has ended there, or waits to be called."""
        return self.called if point == ASLEEP else bool(self.space.points[point].outcome)


Bag = tuple[str, ...]
"""The nodes for which messages wait, sorted, once for each message."""


class Juncture(msgspec.Struct):
    """A joint state: the point of every pool, and the messages that nobody has taken yet.

    Attributes:
        origin: the moment before it, on the first way to it.
        mover: the pool that has moved.
        flows: those that it has taken.
        guessed: whether many messages waited for a node and one was taken, on that way.
        after: the moments that moves lead to.
    """

    points: tuple[int, ...]
    bag: Bag
    origin: int = -1
    mover: int = 0
    flows: tuple[int, ...] = ()
    guessed: bool = False
    after: list[int] = msgspec.field(default_factory=list)


class Talk(msgspec.Struct):
    """What a search over several pools has found.

    Attributes:
        moments: in the order in which they were met.
        taken: per pool the flows of its kernel that some move took.
        complete: no moment was left out.
    """

    pools: Sequence[Pool]
    moments: list[Juncture] = msgspec.field(default_factory=list)
    taken: list[set[int]] = msgspec.field(default_factory=list)
    complete: bool = True

    def ended(self, moment: Juncture) -> bool:
        """Whether all pools rest."""
        at = zip(self.pools, moment.points, strict=True)
        return all(pool.rests(point) for pool, point in at)

    def path(self, index: int, pool: int) -> list[int]:
        """The flows that a pool has taken on the first way to a moment, since it began."""
        parts: list[tuple[int, ...]] = []
        while index > 0:
            moment = self.moments[index]
            before = self.moments[moment.origin].points[pool]
            if moment.mover == pool:
                parts.append(moment.flows)
                if before == ASLEEP:
                    break
            index = moment.origin
        return [flow for part in reversed(parts) for flow in part]


def converse(pools: Sequence[Pool], most: int = MOST_MOMENTS) -> Talk:
    """Search what pools can do together until a number of moments has been met."""
    talking = _Talking(pools)
    for index, moment in enumerate(talking.talk.moments):  # which grow meanwhile
        if len(talking.talk.moments) > most:
            talking.talk.complete = False
            break
        talking.go_on(index, moment)
    return talking.talk


class _Talking:
    """A search under way, with the joint states that it has met."""

    def __init__(self, pools: Sequence[Pool]) -> None:
        self.pools = pools
        self.talk = Talk(pools, taken=[set() for _ in pools])
        self.known: dict[tuple[tuple[int, ...], Bag], int] = {}
        self._meet(Juncture((ASLEEP,) * len(pools), ()))

    def go_on(self, index: int, moment: Juncture) -> None:
        """Make the moves that are open: of one pool, if that leads to something new, else all."""
        pools = range(len(self.pools))
        first = next((at for at in pools if self._is_alone(at, moment)), -1)
        met = len(self.talk.moments)
        if first >= 0:
            self._move(index, first)
        if first < 0 or len(self.talk.moments) == met:
            for at in pools:
                if at != first:
                    self._move(index, at)

    def _is_alone(self, at: int, moment: Juncture) -> bool:
        """Whether no other pool matters for what a pool can do now, so that it may go first."""
        turns = self.pools[at].turns[moment.points[at]]
        return bool(turns) and not any(turn.awaits for turn in turns)

    def _move(self, index: int, at: int) -> None:
        """Make every move that is open to a pool at a moment."""
        moment, pool = self.talk.moments[index], self.pools[at]
        for turn in pool.turns[moment.points[at]]:
            point = ASLEEP if pool.called and pool.rests(turn.point) else turn.point
            points = (*moment.points[:at], point, *moment.points[at + 1 :])
            hopes = [one.hopes[i] for one, i in zip(self.pools, points, strict=True)]
            sent = [node for node in turn.sends if any(node in some for some in hopes)]
            for left, guessed in _received(moment.bag, turn.awaits):
                after = Juncture(points, _with(left, sent), index, at, turn.flows)
                after.guessed = moment.guessed or guessed
                moment.after.append(self._meet(after))
                self.talk.taken[at].update(turn.flows)

    def _meet(self, moment: Juncture) -> int:
        """The index of a moment, which may be known."""
        key = moment.points, moment.bag
        if key not in self.known:
            self.known[key] = len(self.talk.moments)
            self.talk.moments.append(moment)
        return self.known[key]


def _received(bag: Bag, awaits: Sequence[str]) -> list[tuple[Bag, bool]]:
    """The messages that may be left when some are taken, each with whether that is a guess."""
    found = [(bag, False)]
    for node in awaits:
        left = [(_without(one, node), guessed) for one, guessed in found if node in one]
        found = left + [(one, True) for one, _ in found if one.count(node) >= MANY]
    return found


def _without(bag: Bag, node: str) -> Bag:
    at = bag.index(node)
    return bag[:at] + bag[at + 1 :]


def _with(bag: Bag, sent: Sequence[str]) -> Bag:
    return tuple(sorted([*bag, *(node for node in sent if bag.count(node) < MANY)]))


def blocked(talk: Talk) -> Iterator[tuple[int, int]]:
    """Moments at which nothing can move, each with every pool that waits then.

    Not where that is guessed, nor where a message waits that would begin another instance.
    """
    for index, moment in enumerate(talk.moments):
        if moment.after or moment.guessed or talk.ended(moment) or _held_up(talk, moment):
            continue
        for at, pool in enumerate(talk.pools):
            if not pool.rests(moment.points[at]):
                yield index, at


def _held_up(talk: Talk, moment: Juncture) -> bool:
    """Whether a message waits for the end of an instance, to begin the next."""
    active = [
        pool for pool, point in zip(talk.pools, moment.points, strict=True) if point != ASLEEP
    ]
    beginning = {node for pool in active for turn in pool.turns[ASLEEP] for node in turn.awaits}
    return not beginning.isdisjoint(moment.bag)
