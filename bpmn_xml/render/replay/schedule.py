"""When what a trace tells is seen: every step after its cause, as fast as an eye can follow.

A run takes milliseconds or weeks. Here a token travels along a flow in `TRAVEL`, and stays at a
node for as long as it did, on a scale on which the whole run takes seconds, but not longer than
`LONGEST`. No batch is seen before one that was recorded earlier. `SHOWN` is the table from the type
of a record to what is seen of it; other types are not seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import msgspec

from bpmn_xml.core.state import child_path
from bpmn_xml.core.words import ITEM
from bpmn_xml.render.replay.trips import TRAVEL, Mail, Trip, Where
from bpmn_xml.render.runs import Naming
from bpmn_xml.trace.arrivals import Difference
from bpmn_xml.trace.course import RunCourse, Seen, told_in
from bpmn_xml.trace.names import inside
from bpmn_xml.trace.visits import Visit

if TYPE_CHECKING:
    from bpmn_xml.trace.reader import TraceLine

DWELL, LONGEST = 200.0, 2500.0
"""Milliseconds a token stays at a node at least, and at most."""

AT_LEAST, AT_MOST = 3_000.0, 30_000.0
"""Milliseconds that a whole run takes, but for what travelling adds."""


NUMBERS: Final = 6
"""So many numbers of a node may change."""


class Change(NamedTuple):
    """By how much the numbers of a node change, and when, in milliseconds.

    `cut` are those that were interrupted, `threw` those that an error of their own has ended.
    """

    node: str
    place: Where
    at: float
    active: int = 0
    waiting: int = 0
    done: int = 0
    failed: int = 0
    cut: int = 0
    threw: int = 0

    @property
    def numbers(self) -> Sequence[int]:
        """All that changes."""
        return self[3:]


class Written(NamedTuple):
    """Variables that were set, as JSON has them, or are `gone`; in milliseconds."""

    place: Where
    at: float
    values: Mapping[str, Any]
    gone: bool = False


class Step(NamedTuple):
    """A batch: when it is seen (milliseconds), when it was (microseconds since 1970 UTC)."""

    at: float
    time: int


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """All that is seen of a run. Each kind stands in the order of the trace."""

    moves: Sequence[Trip]
    letters: Sequence[Trip]
    changes: Sequence[Change]
    written: Sequence[Written]
    steps: Sequence[Step]
    length: float


def schedule(lines: Iterable[TraceLine], naming: Naming) -> Story:
    """Say when each step of a run is seen.

    Args:
        lines: of one trace, with the values they wrote if these are wanted.
        naming: of the diagram, for where its flows lead.
    """
    every = [*lines]
    writer = Scheduler(naming, _scale([line.time for line in every]))
    for line in every:
        writer.add(line)
    return Story(
        moves=writer.moves,
        letters=writer.letters,
        changes=writer.changes,
        written=writer.written,
        steps=writer.steps,
        length=max([1.0, writer.last, *(trip.end for trip in writer.letters)]),
    )


def _scale(times: Sequence[int]) -> float:
    """Say how many milliseconds of the picture a microsecond of the run takes."""
    took = max(times, default=0) - min(times, default=0)
    shown = min(max(took / 1000, AT_LEAST), AT_MOST)
    return shown / took if took else 1.0


class _Moment(NamedTuple):
    """When something is seen, and when it was."""

    at: float
    time: int


class _Active(msgspec.Struct):
    """An active element: since when, and which of its numbers it counts as."""

    since: _Moment
    counts: str


class Scheduler:
    """Takes batches in their order.

    Args:
        naming: of the diagram.
        scale: milliseconds of the picture per microsecond of the run.
    """

    def __init__(self, naming: Naming, scale: float) -> None:
        self.moves: list[Trip] = []
        self.changes: list[Change] = []
        self.written: list[Written] = []
        self.steps: list[Step] = []
        self.last = 0.0
        self._ends = {name: (f.source_ref, f.target_ref) for name, f in naming.flows.items()}
        self._ids = {name: node.id for name, node in naming.nodes.items()}
        self._mail, self._starts = Mail(naming), naming.starts()
        self._people = naming.waiting()
        self._scale = scale
        self._ready: dict[tuple[Where, str], _Moment] = {}  # by the node's id
        self._course = RunCourse(naming.joins())
        self._active: dict[Visit | None, _Active] = {}
        self._latest: dict[Where, float] = {}
        self._now, self._floor, self._first = 0, 0.0, 0.0

    def add(self, line: TraceLine) -> None:
        """Take a batch."""
        self._now, self._first = line.time, -1.0
        for seen in self._course.follow(line.instance, line.time, told_in(line)):
            show = SHOWN.get(seen.type)
            if show is not None:
                show(self, Where(line.instance, seen.record.scope), seen)
        self._floor = max(self._floor, self._first)
        self.steps.append(Step(self._floor, line.time))

    @property
    def letters(self) -> Sequence[Trip]:
        """The messages that were received."""
        return self._mail.trips

    def seen(self, place: Where, at: float) -> float:
        """Note that something is seen in a scope, and in those around it."""
        if self._first < 0:
            self._first = at
        self.last = max(self.last, at)
        scope = place.scope
        while True:
            here = Where(place.instance, scope)
            self._latest[here] = max(self._latest.get(here, 0.0), at)
            if not scope:
                return at
            scope = scope.rpartition("/")[0]

    def moment(self, since: _Moment | None, *, least: float = 0.0) -> float:
        """Say when something is seen that was ready since a moment and happens now."""
        if since is None:
            return self._floor
        stayed = min((self._now - since.time) * self._scale, LONGEST)
        return max(self._floor, since.at + max(stayed, least))

    def ready(self, place: Where, node: str) -> _Moment | None:
        """When a token came to a node."""
        return self._ready.get((place, self._ids.get(node, node)))

    def arrive(self, place: Where, node: str, at: float) -> None:
        """A token is at a node; several come together at the last."""
        key = place, self._ids.get(node, node)
        before = self._ready.get(key)
        self._ready[key] = _Moment(max(at, before.at) if before else at, self._now)

    def leave(self, place: Where, node: str, at: float) -> None:
        """A token goes on from a node."""
        self._ready[place, self._ids.get(node, node)] = _Moment(at, self._now)

    def change(self, place: Where, node: str, at: float, **numbers: int) -> None:
        """The numbers of a node change."""
        self.changes.append(Change(node, place, self.seen(place, at), **numbers))

    def opened(self, place: Where, seen: Seen) -> None:
        """The inside of an element, or an item of a producer, begins."""
        entry, visit = seen.record, seen.visit
        path = child_path(place.scope, entry.node, entry.n, entry.index)
        inner = Where(place.instance, path)
        active = self._active.get(visit)
        at = self.moment(active.since if active else self.ready(place, entry.node))
        self.seen(inner, at)
        if active and active.counts and visit and visit.instances:  # from now on these count
            self.change(place, entry.node, at, **{active.counts: -1})
            self._active[visit] = _Active(active.since, "")
        if entry.role == ITEM:
            self.leave(inner, entry.node, at)

    def placed(self, place: Where, seen: Seen) -> None:
        """A token begins at a node."""
        entry = seen.record
        if not place.scope and entry.node in self._starts:
            self.receive(place, entry.node)
        self.arrive(place, entry.node, max(self._floor, self._latest.get(place, 0.0)))

    def moved(self, place: Where, seen: Seen) -> None:
        """A token travels along a flow."""
        entry = seen.record
        source, target = self._ends.get(entry.flow, ("", ""))
        since = self._ready.get((place, source))
        start = self.seen(place, self.moment(since))
        end = self.seen(place, start + TRAVEL)
        self.moves.append(Trip(entry.flow, place, start, end))
        if target:
            self.arrive(place, target, end)
        self.meet(place, seen.arrived, end)

    def passed(self, place: Where, seen: Seen) -> None:
        """An element is entered and left at once."""
        entry = seen.record
        at = self.moment(self.ready(place, entry.node))
        if not self._course.visits.is_result(place.instance, entry):
            self.change(place, entry.node, at, done=1)
        self.leave(place, entry.node, at)

    def meet(self, place: Where, arrived: Difference, at: float) -> None:
        """Tokens wait at joins for others, or no longer."""
        for node, count in arrived.items():
            self.change(place, node, at, waiting=count)

    def spent(self, place: Where, seen: Seen) -> None:
        """Tokens at a join are gone: nobody is left who could need them, or they came late."""
        for node in seen.arrived:
            self.meet(place, seen.arrived, self.moment(self.ready(place, node)))

    def closed(self, place: Where, seen: Seen) -> None:
        """The inside of an element ends with all that waits in it."""
        self.meet(place, seen.arrived, max(self._floor, self._latest.get(place, 0.0)))

    def joined(self, place: Where, seen: Seen) -> None:
        """Tokens become one."""
        entry = seen.record
        at = self.moment(self.ready(place, entry.node))
        self.meet(place, seen.arrived, at)
        self.change(place, entry.node, at, done=1)
        self.leave(place, entry.node, at)

    def activated(self, place: Where, seen: Seen) -> None:
        """An element begins to work or to wait; once more in its own frame, which is not seen."""
        entry, visit = seen.record, seen.visit
        if visit is None or visit.in_frame:
            return
        at = self.moment(self.ready(place, entry.node))
        counts = "waiting" if entry.node in self._people else "active"
        done = -1 if visit.joined else 0  # a join that could not be left is not done
        self.change(place, entry.node, at, done=done, **{counts: 1})
        self._active[visit] = _Active(_Moment(at, self._now), counts)

    def ended(self, place: Where, seen: Seen) -> None:
        """An element is done, or was cut off."""
        entry, visit = seen.record, seen.visit
        active = self._active.pop(visit, None)
        at = self.moment(active.since if active else None, least=DWELL)
        inner = Where(place.instance, child_path(place.scope, entry.node, entry.n))
        at = max(at, self._latest.pop(inner, 0.0))
        counts = active.counts if active else ""
        numbers = {counts: -1} if counts else {}
        if visit is None or visit.counts:
            threw = visit is not None and visit.threw
            numbers["done" if entry.type != "Cancelled" else "threw" if threw else "cut"] = 1
        self.change(place, entry.node, at, **numbers)
        self.leave(place, entry.node, at)
        if values := getattr(entry, "values", None):
            self.written.append(Written(place, at, values))

    def turned(self, place: Where, seen: Seen) -> None:
        """A call failed and waits for its next attempt, stands still, or goes on."""
        entry, visit = seen.record, seen.visit
        if visit is None:
            return
        active, counts = self._active.get(visit), _TURNS[entry.type]
        if counts == "active" and (visit.stuck or not visit.counts):
            counts = ""
        before = active.counts if active else ""
        since, least = (active.since, DWELL) if active else (self.ready(place, entry.node), 0.0)
        if before != counts:
            at = self.moment(since, least=least)
            for numbers, by in ((before, -1), (counts, 1)):
                if numbers:
                    self.change(place, entry.node, at, **{numbers: by})
            self._active[visit] = _Active(_Moment(at, self._now), counts)

    def triggered(self, place: Where, seen: Seen) -> None:
        """What a node waited for has happened."""
        entry = seen.record
        self.receive(place, entry.node)
        if seen.visit in self._active:
            return
        known = inside(place.scope)
        around = self.ready(Where(place.instance, known.scope), known.node) if known else None
        at = self.moment(self.ready(place, entry.node) or around)
        self.leave(place, entry.node, at)

    def thrown(self, place: Where, seen: Seen) -> None:
        """A message leaves its sender."""
        entry = seen.record
        self._mail.send(place, entry, self.moment(self.ready(place, entry.node)))

    def receive(self, place: Where, node: str) -> None:
        """Nothing more is seen until the message that a node has received is there."""
        self._floor = max(self._floor, self._mail.receive(place, node, self._floor))

    def wrote(self, place: Where, seen: Seen) -> None:
        """Variables were set, or taken away."""
        entry = seen.record
        gone = dict.fromkeys(getattr(entry, "names", ()))
        if values := getattr(entry, "values", None) or gone:
            at = max(self._floor, self._first, self._latest.get(place, 0.0))
            self.written.append(Written(place, at, values, gone=bool(gone)))


_TURNS: Final[Mapping[str, str]] = {
    "JobFailed": "waiting",
    "JobRetried": "active",
    "IncidentRaised": "failed",
    "IncidentResolved": "active",
}

SHOWN: Final[Mapping[str, Callable[[Scheduler, Where, Seen], None]]] = {
    "ScopeOpened": Scheduler.opened,
    "TokenPlaced": Scheduler.placed,
    "FlowTaken": Scheduler.moved,
    "Passed": Scheduler.passed,
    "Joined": Scheduler.joined,
    "GatewayReset": Scheduler.spent,
    "ArrivalSpent": Scheduler.spent,
    "ScopeClosed": Scheduler.closed,
    "ScopeInterrupted": Scheduler.closed,
    "Activated": Scheduler.activated,
    "Completed": Scheduler.ended,
    "TokenDropped": Scheduler.ended,
    "Cancelled": Scheduler.ended,
    "Triggered": Scheduler.triggered,
    "MessageThrown": Scheduler.thrown,
    "VariablesRemoved": Scheduler.wrote,
    "VariablesWritten": Scheduler.wrote,
    **dict.fromkeys(_TURNS, Scheduler.turned),
}
"""What is seen of a record, by its type."""
