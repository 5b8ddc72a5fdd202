"""Run into a problem on purpose: a trace that `draw` paints on the author's own diagram.

The container of a flaw is run as a process. Everything in it that takes time is a task that waits
for the pilot, who knows the way to the flaw and finishes next what leads there first. What has
nothing to do with a deadlock is finished at last, for only then it shows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, Protocol

import msgspec

from bpmn_xml.check.soundness.beginning import begins
from bpmn_xml.check.soundness.skeleton import CUTTING, GATEWAYS, Role
from bpmn_xml.check.soundness.verdict import Flaw, Trouble, foremost
from bpmn_xml.compiler.assemble import assemble
from bpmn_xml.compiler.drafts import ContainerDraft, Drafts, FlowDraft, NodeDraft
from bpmn_xml.compiler.program import Condition, EventSpec, Kind, Program, Trigger, Work
from bpmn_xml.core import records as r
from bpmn_xml.core.commands import Command, CompleteJob, StartInstance, ThrowError
from bpmn_xml.core.machine import Machine
from bpmn_xml.core.state import State, split_key
from bpmn_xml.trace.writer import TraceWriter

MOST_FREE: Final = 200
"""How many steps are made behind the end of the way."""

MOMENT: Final = 1_000_000
"""Time between two steps of a played run, in microseconds."""

KEPT: Final = frozenset({*GATEWAYS, Kind.START_EVENT, Kind.END_EVENT, Kind.BOUNDARY_EVENT})
"""What is played as what it is; all else is a task."""

GIVEN: Final[Mapping[Kind, Kind]] = {Kind.EVENT_GATEWAY: Kind.EXCLUSIVE_GATEWAY}


class Rudder(Protocol):
    """What decides which flows are taken."""

    def __call__(self, flow: str, beside: Sequence[str], *, alone: bool) -> bool:
        """Whether a flow is taken, given all out of its source, of which one or several may be."""


def write_witness(path: Path | str, drafts: Drafts, flaw: Flaw) -> None:
    """Write the trace of a run that comes to a flaw.

    Raises:
        StoreError: it cannot be written.
    """
    pilot = Pilot(drafts, flaw)
    with TraceWriter(path, pilot.program) as writer:
        for state, batch in pilot.fly():
            writer.on_batch(state, batch)


class Pilot:
    """Runs one container along a given way."""

    def __init__(self, drafts: Drafts, flaw: Flaw) -> None:
        self.flaw, self.way = flaw, list(flaw.path)
        joining = flaw.trouble is Trouble.DEADLOCK and not flaw.unsent
        self.free = MOST_FREE if joining else 0
        self.program = _playable(drafts, flaw.container, self._wants)
        self.machine = Machine(self.program)

    def fly(self) -> Iterator[tuple[State, r.Batch]]:
        """Every batch of the run, with the state behind it."""
        state = self.machine.create(self.program.containers[0].id)
        command: Command | None = StartInstance(0, {}, self._start())
        time = 0
        while command is not None:
            batch = self.machine.send(state, command, time)
            self._tick_off(r.expanded(batch.records))
            yield state, batch
            time += MOMENT
            command = None if batch.more or state.outcome else self._next(state)

    def landed(self) -> list[Flaw]:
        """The deadlocks to which the run comes: the joins that really wait, and what they lack."""
        path: list[str] = []
        nodes, flows = self.program.nodes, self.program.flows
        state = self.machine.create("")
        for state, batch in self.fly():  # noqa: B007 - the last one counts
            for record in r.expanded(batch.records):
                if type(record) is r.TokenPlaced:
                    path.append(nodes[record.node].id)
                elif type(record) is r.FlowTaken:
                    path += [flows[record.flow].id, nodes[flows[record.flow].target].id]
        root = state.scopes[""]
        waiting = [split_key(state, key) for key in root.incidents or ()]
        stuck = foremost(self.program, [node for node, n in waiting if not n])
        return [
            msgspec.structs.replace(
                self.flaw,
                where=nodes[node].id,
                lacking=tuple(
                    [flows[f].id for f in nodes[node].incoming if f not in (root.parked or ())]
                ),
                path=tuple(path),
            )
            for node in stuck
        ]

    def _wants(self, flow: str, beside: Sequence[str], *, alone: bool) -> bool:
        """Whether a flow is on the way, the first one if it goes alone, or none beside it is."""
        first = min(self._rank(other) for other in beside)
        return self._rank(flow) == first or (not alone and flow in self.way)

    def _start(self) -> int:
        """The start event at which the way begins; -1 where all begin at once."""
        nodes, container = self.program.nodes, self.program.containers[0]
        starts = [*container.starts, *container.triggered]
        if any(nodes[start].kind is not Kind.START_EVENT for start in container.starts):
            return -1
        return min(starts, key=lambda start: self._rank(nodes[start].id), default=-1)

    def _tick_off(self, records: Sequence[r.Record]) -> None:
        """Remove from the way what the run has done by now."""
        for record in records:
            if type(record) is r.FlowTaken:
                self._done(self.program.flows[record.flow].id)
            elif type(record) is r.TokenPlaced:
                self._done(self.program.nodes[record.node].id)

    def _done(self, name: str) -> None:
        if name in self.way:
            self.way.remove(name)

    def _rank(self, name: str) -> int:
        """The position of an element on the way; behind the last one if it is not on it."""
        return self.way.index(name) if name in self.way else len(self.way)

    def _next(self, state: State) -> Command | None:
        """The open activity to finish next: the one that comes first on the way."""
        root = state.scopes[""]
        ranked: list[tuple[int, Command]] = []
        for key in root.active:
            if key not in (root.incidents or ()):
                ranked += self._ways(*split_key(state, key))
        rank, command = min(ranked, key=lambda way: way[0], default=(len(self.way), None))
        if rank < len(self.way):
            return command
        self.way.clear()
        self.free -= 1
        return command if self.free >= 0 else None

    def _ways(self, node: int, n: int) -> Iterator[tuple[int, Command]]:
        """How an activity can be left: to its end, or by an event at its boundary."""
        draft, nodes, flows = self.program.nodes[node], self.program.nodes, self.program.flows
        ranks = [self._rank(flows[flow].id) for flow in draft.outgoing]
        yield min(ranks, default=len(self.way)), CompleteJob("", node, n)
        for event in draft.boundary:
            name = nodes[event].id
            ranks = [self._rank(flows[flow].id) for flow in nodes[event].outgoing]
            yield min([self._rank(name), *ranks]), ThrowError("", node, n, name)


def _playable(drafts: Drafts, container: str, steering: Rudder) -> Program:
    """The program of one container, in which the pilot decides."""
    (own,) = [draft for draft in drafts.containers if draft.id == container]
    known = drafts.nodes_in(container).values()
    inside = [node for node in known if node.kind is not Kind.EVENT_SUB_PROCESS]
    flows = [*drafts.flows_in(container).values()]
    kinds = {node.id: node.kind for node in inside}
    ways: dict[str, list[str]] = {}
    for flow in flows:
        ways.setdefault(flow.source, []).append(flow.id)
    alone = ContainerDraft(id=own.id, name=own.name, starts=own.starts, triggered=own.triggered)
    starts, joint = begins(own, {node.id: node for node in inside}, flows)
    if not own.starts and joint:
        alone.starts = starts
    return assemble(
        Drafts(
            containers=[alone],
            nodes=[_played(node) for node in inside],
            flows=[_asked(flow, kinds[flow.source], ways[flow.source], steering) for flow in flows],
        )
    )


def _played(node: NodeDraft) -> NodeDraft:
    kind = GIVEN.get(node.kind, node.kind) if node.kind in KEPT else Kind.USER_TASK
    work = Work() if kind is Kind.USER_TASK else None
    events: tuple[EventSpec, ...] = ()
    if kind is Kind.BOUNDARY_EVENT:
        events = (EventSpec(trigger=Trigger.ERROR, code=node.id),)
    elif kind is Kind.END_EVENT and any(e.trigger in CUTTING for e in node.events):
        events = (EventSpec(trigger=Trigger.TERMINATE),)
    return NodeDraft(
        id=node.id,
        name=node.name,
        kind=kind,
        container=node.container,
        incoming=node.incoming,
        default=node.default,
        host=node.host,
        takes=node.takes,
        gives=node.gives,
        activation=node.activation,
        interrupting=node.interrupting,
        events=events,
        work=work,
        place=node.place,
    )


def _asked(flow: FlowDraft, source: Kind, beside: Sequence[str], steering: Rudder) -> FlowDraft:
    """A flow that is taken if it is on the way, where its source chooses at all."""
    role = GATEWAYS.get(source, Role.ALL)
    if len(beside) == 1 or not (role is not Role.ALL or flow.condition):
        return flow
    alone = role is Role.CHOICE
    condition = Condition("?", "way", lambda _variables: steering(flow.id, beside, alone=alone))
    return msgspec.structs.replace(flow, condition=condition)
