"""See every batch of a run: count it, and note where and why instances ended."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Hashable, Mapping
from copy import deepcopy
from typing import Any, Final, NamedTuple

import msgspec

from bpmn_xml.compiler.program import Program
from bpmn_xml.core.records import Batch, ErrorThrown, InstanceEnded, InstanceStarted
from bpmn_xml.core.state import State
from bpmn_xml.trace.arrivals import joins_of
from bpmn_xml.trace.course import told_by
from bpmn_xml.trace.endings import ends_reached
from bpmn_xml.trace.histories import since_of
from bpmn_xml.trace.names import TraceNames
from bpmn_xml.trace.standstill import Since
from bpmn_xml.trace.summary import RunSummary, summarize
from bpmn_xml.trace.tally import RunTally
from bpmn_xml.trace.thread_name import THREAD
from bpmn_xml.trace.why import waiting

MOST_TOLD: Final = 100
"""Of so many instances it is kept how each ended; others are counted with one that did alike."""


class Uncaught(NamedTuple):
    """A BPMN error that nothing caught: the index of the node that threw it, and what it says."""

    node: int
    code: str
    message: str


class InstanceEnding(msgspec.Struct):
    """How an instance came to its end.

    Attributes:
        number: the how manieth it was that began.
        process: the id of what it was an instance of.
        last: its last record.
        at: the end events of the process that were reached, in that order.
        uncaught: errors that nothing caught, and how often.
        variables: those of the process at the end.
        often: how many ended so: it, and others of which no more is kept.
    """

    number: int
    process: str
    last: InstanceEnded
    at: tuple[int, ...]
    uncaught: Counter[Uncaught]
    variables: dict[str, Any]
    often: int = 1

    @property
    def kind(self) -> Hashable:
        """What it has in common with others, of which there are only as many as are drawn."""
        errors = frozenset((error.node, error.code) for error in self.uncaught)
        return self.process, self.last.outcome, self.last.code, frozenset(self.at), errors


class RunWatch:
    """An observer that counts the batches of all instances; any thread may bring them.

    Args:
        program: what is run.
        most: of so many instances, the latest, the counts are kept apart as well.

    Attributes:
        program: what is run.
        endings: how instances ended, by their names; `often` counts all of them.
        numbers: in which order the instances that go on began, of those seen to begin.
        uncaught: errors that nothing caught and how often, of the instances that go on.
        renamed: names of elements whose id another file has, and where they come from.
    """

    def __init__(self, program: Program, *, most: int = 0) -> None:
        self.endings: dict[str, InstanceEnding] = {}
        self.numbers: dict[str, int] = {}
        self.uncaught: dict[str, Counter[Uncaught]] = {}
        self._alike: dict[Hashable, InstanceEnding] = {}
        self._most = most
        self.program, self._names = program, TraceNames(program)
        self.renamed = self._names.renamed()
        self._joins = joins_of(program)
        self._lock, self._tally = threading.Lock(), RunTally(self._joins)
        self._each: dict[str, RunTally] = {}
        self._people = waiting(program)

    def on_batch(self, state: State, batch: Batch) -> None:
        """Take a batch."""
        told = told_by(batch)
        with self._lock:
            self._tally.add(batch.instance, batch.time, told, by=THREAD.name)
            if self._most:
                self._apart(batch.instance).add(batch.instance, batch.time, told, by=THREAD.name)
            if told and isinstance(told[0][1], InstanceStarted):
                self.numbers[batch.instance] = self._tally.instances
            for _, record in told:
                if isinstance(record, ErrorThrown) and record.uncaught:
                    error = Uncaught(record.node, record.code, record.message)
                    self.uncaught.setdefault(batch.instance, Counter())[error] += 1
            if told and isinstance(last := told[-1][1], InstanceEnded):
                self._note(state, last)

    def _note(self, state: State, last: InstanceEnded) -> None:
        """Keep how an instance ended, of very many only how often in which way."""
        root = state.scopes[""]
        ending = InstanceEnding(
            number=self.numbers.pop(state.instance, 0),
            process=self.program.containers[root.container].id,
            last=last,
            at=ends_reached(state),
            uncaught=self.uncaught.pop(state.instance, Counter()),
            variables=dict(root.variables),
        )
        alike = self._alike.setdefault(ending.kind, ending)
        if alike is ending or len(self.endings) < MOST_TOLD:
            self.endings[state.instance] = ending
        else:
            alike.often += 1

    @property
    def labels(self) -> Mapping[str, str]:
        """What people call a node, by its name in the summary."""
        return dict(zip(self._names.nodes, self._names.labels, strict=True))

    def called(self, node: int) -> str:
        """What people call a node, by its index; nothing for -1."""
        return self._names.labels[node] if node >= 0 else ""

    def since(self, instance: str) -> Since:
        """When what stands now in an instance began."""
        with self._lock:
            found = since_of(instance, self._tally.course)
            return deepcopy(found)

    def _apart(self, instance: str) -> RunTally:
        """The counts of one instance; those of the oldest are dropped where there are too many."""
        if instance not in self._each and len(self._each) >= self._most:
            del self._each[next(iter(self._each))]
        return self._each.setdefault(instance, RunTally(self._joins))

    def summary(self, instance: str = "") -> RunSummary:
        """The counts so far, by the names of the elements.

        Args:
            instance: of this one alone, if its counts are kept apart; nothing if they are not.
        """
        with self._lock:
            tally = self._each.get(instance, RunTally()) if instance else self._tally
            return summarize(tally, names=self._names, people=self._people)
