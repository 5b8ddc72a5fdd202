"""What travels: tokens along sequence flows, messages along message flows, after their cause.

A message leaves when its sender throws it; it is seen on its way only if it is received, along the
message flow between the two. To and from what is not drawn as a node, a pool, it travels at once.
"""

from __future__ import annotations

from collections import defaultdict, deque
from typing import TYPE_CHECKING, Final, NamedTuple

from bpmn_xml.render.runs import Naming
from bpmn_xml.trace.names import escape_id

if TYPE_CHECKING:
    from bpmn_xml.trace.reader import TraceEntry

TRAVEL: Final = 600.0
"""Milliseconds that a way takes."""


class Where(NamedTuple):
    """The inside of something in one instance: its scope as the trace has it."""

    instance: str
    scope: str


class Trip(NamedTuple):
    """A token or a message on its way along a flow, in milliseconds; the place is its sender's."""

    flow: str
    place: Where
    start: float
    end: float


class Mail:
    """The messages between the nodes of a drawing, the oldest received first.

    Attributes:
        trips: those that were seen so far, in the order in which they were received.
    """

    def __init__(self, naming: Naming) -> None:
        self.trips: list[Trip] = []
        self._between: dict[tuple[str, str], str] = {}
        self._sent: dict[str, deque[Trip]] = defaultdict(deque)
        self._nodes = naming.nodes
        for flow in naming.messages.values():
            ends = (naming.called(flow.source_ref), naming.called(flow.target_ref))
            source, target = (end if end in naming.nodes else "" for end in ends)
            self._between.setdefault((source, target), flow.id)

    def send(self, place: Where, entry: TraceEntry, at: float) -> None:
        """A node throws a message."""
        receiver = escape_id(entry.receiver)
        receiver = receiver if receiver in self._nodes else ""
        flow = self._between.get((entry.node, receiver), "")
        trip = Trip(flow, place, at, at + TRAVEL)
        if receiver:
            self._sent[receiver].append(trip)
        elif flow:
            self.trips.append(trip)

    def receive(self, place: Where, node: str, at: float) -> float:
        """A node has received a message at a moment; say when it is there."""
        if sent := self._sent.get(node):
            trip = sent.popleft()
        else:
            flow = self._between.get(("", node), "")
            trip = Trip(flow, place, at, at + TRAVEL * bool(flow))
        if trip.flow:
            self.trips.append(trip)
        return trip.end
