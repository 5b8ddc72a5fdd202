"""Drafts by where they are: what is in a container, in a node, behind it; and what writes what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from typing import Final

from bpmn_xml.check.variables.reads_and_writes import OPEN, targets
from bpmn_xml.compiler.drafts import Drafts, FlowDraft, NodeDraft
from bpmn_xml.compiler.program import Kind, Trigger

Names = frozenset[str] | None
"""Variables; None for all of them."""

BODIES: Final = (Kind.SUB_PROCESS, Kind.TRANSACTION, Kind.AD_HOC, Kind.EVENT_SUB_PROCESS)
IDLE: Final = (Kind.TASK, Kind.MANUAL_TASK)
APART: Final = (Kind.EVENT_SUB_PROCESS, Kind.LISTENER)
SPLITS: Final = (Kind.PARALLEL_GATEWAY, Kind.INCLUSIVE_GATEWAY, Kind.COMPLEX_GATEWAY, Kind.AD_HOC)
CATCHING: Final = (Kind.CATCH_EVENT, Kind.START_EVENT, Kind.BOUNDARY_EVENT)
PAYLOADS: Final = frozenset({Trigger.MESSAGE, Trigger.SIGNAL, Trigger.ERROR, Trigger.ESCALATION})
"""What an event may bring data with."""


class Survey:
    """Drafts that are looked at container by container, each of which asks only for its own.

    Attributes:
        runs: the process is meant to be run, so that a task without a type does nothing.
        within: per container, its nodes.
        bodies: per node, the containers that are its inside.
        leaving: per node, the flows out of it.
        apart: what is done beside the order of its container.
    """

    def __init__(self, drafts: Drafts, *, runs: bool) -> None:
        self.runs = runs
        self.within: dict[str, list[NodeDraft]] = {one.id: [] for one in drafts.containers}
        self.bodies: dict[str, list[str]] = {}
        self.leaving: dict[str, list[FlowDraft]] = {node.id: [] for node in drafts.nodes}
        self._rules = {container.id: container.rules for container in drafts.containers}
        self._written: dict[tuple[str, bool], Names] = {}
        for node in drafts.nodes:
            self.within[node.container].append(node)
        for container in drafts.containers:
            self.bodies.setdefault(container.node, []).append(container.id)
        for flow in drafts.flows:
            if flow.source in self.leaving:
                self.leaving[flow.source].append(flow)
        self.apart = [node for node in drafts.nodes if node.kind in APART]

    def inside(self, node: str) -> list[NodeDraft]:
        """Return the nodes inside of one, not those deeper."""
        return [inner for body in self.bodies.get(node, ()) for inner in self.within[body]]

    def splits_outside(self, container: str) -> bool:
        """Whether in other containers some things may go on beside others."""
        return self._splitting.total() > self._splitting[container]

    @cached_property
    def _splitting(self) -> Counter[str]:
        every = (node for nodes in self.within.values() for node in nodes)
        return Counter(node.container for node in every if self._splits(node))

    def _splits(self, node: NodeDraft) -> bool:
        """Whether other things may go on beside what is behind a node, or in it."""
        return (
            node.kind in SPLITS
            or (len(self.leaving[node.id]) > 1 and not node.kind.is_gateway)
            or (node.kind is Kind.BOUNDARY_EVENT and not node.interrupting)
            or (node.loop is not None and not node.loop.sequential)
            or node.gives > 1
        )

    def written_outside(self, container: str) -> Names:
        """Return what may be written by what is in other containers, if that is done once."""
        names, all_names = self._writing
        here = self.within[container]
        if all_names > sum(self.written(node) is None for node in here):
            return None
        own = Counter(name for node in here for name in self.written(node) or ())
        return frozenset(name for name, often in names.items() if often > own[name])

    @cached_property
    def _writing(self) -> tuple[Counter[str], int]:
        """By how many nodes each name is written, and how many may write all of them."""
        found = [self.written(node) for nodes in self.within.values() for node in nodes]
        return Counter(name for names in found for name in names or ()), found.count(None)

    def written_by(self, nodes: Iterable[NodeDraft], *, again: bool = False) -> Names:
        """Return the variables that some nodes may write."""
        found: set[str] = set()
        for node in nodes:
            written = self.written(node, again=again)
            if written is None:
                return None
            found |= written
        return frozenset(found)

    def written(self, node: NodeDraft, *, again: bool = False) -> Names:
        """Return the variables around a node that it may write; `again`: it is in a loop."""
        key = node.id, again
        if key not in self._written:
            self._written[key] = self._find_written(node, again=again)
        return self._written[key]

    def _find_written(self, node: NodeDraft, *, again: bool) -> Names:
        frame, loop = node.frame, node.loop
        if frame and (frame.before or frame.done or frame.after):
            return None
        own = targets(frame.outputs) if frame else frozenset()
        own |= {loop.output} if loop and loop.output else set()
        if node.kind in BODIES:
            inner = self.written_by(self.inside(node.id), again=again)
        elif node.kind is Kind.CALL_ACTIVITY:
            call = node.call
            closed = call is not None and call.apart and not call.all_out
            inner = targets(call.outputs) if call and closed else None
        elif node.kind in CATCHING:
            brings = again or any(event.trigger in PAYLOADS for event in node.events)
            inner = (targets(node.receives) or None) if brings else frozenset()
        else:
            maps = bool(frame and frame.outputs) and self._rules[node.container].local_results
            anything = node.kind in OPEN or (node.kind in IDLE and (again or not self.runs))
            inner = None if anything and not maps else frozenset()
        return None if inner is None else own | inner
