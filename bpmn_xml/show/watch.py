"""See every batch of a run: count it, and note why instances ended early."""

from __future__ import annotations

import threading
from typing import Final

from bpmn_xml.compiler.program import NONE, Join, Program
from bpmn_xml.core.records import Batch, InstanceEnded, expanded
from bpmn_xml.runtime.binding.bindings import HANDLED
from bpmn_xml.trace.names import TraceNames
from bpmn_xml.trace.summary import RunSummary, summarize
from bpmn_xml.trace.tally import RunTally
from bpmn_xml.trace.why import Since

MOST_ENDED: Final = 10_000
"""Of how many instances that ended early it is kept why."""


class RunWatch:
    """An observer that counts the batches of all instances; any thread may bring them.

    Args:
        program: what is run.
        most: of so many instances, the latest, the counts are kept apart as well.

    Attributes:
        ended: how instances ended that tell why, the latest: instance -> its last record.
        renamed: names of elements that have the id of their process before them.
    """

    def __init__(self, program: Program, *, most: int = 0) -> None:
        self.ended: dict[str, InstanceEnded] = {}
        self._most = most
        self._program, self._names = program, TraceNames(program)
        self.renamed = self._names.renamed()
        self._lock, self._tally = threading.Lock(), RunTally()
        self._each: dict[str, RunTally] = {}
        self._people = {
            node.index for node in program.nodes if node.kind not in HANDLED and node.body == NONE
        }
        self._joins = {
            flow: node.index
            for node in program.nodes
            if node.join is not Join.EACH
            for flow in node.incoming
        }

    def on_batch(self, _state: object, batch: Batch) -> None:
        """Take a batch."""
        told = [(type(record).__name__, record) for record in expanded(batch.records)]
        with self._lock:
            self._tally.add(batch.instance, batch.time, told)
            if self._most:
                self._apart(batch.instance).add(batch.instance, batch.time, told)
        last = batch.records[-1] if batch.records else None
        if isinstance(last, InstanceEnded) and (last.code or last.message):
            self._note(batch.instance, last)

    def _note(self, instance: str, ended: InstanceEnded) -> None:
        """Keep how an instance ended, of very many only of the latest."""
        with self._lock:
            self.ended[instance] = ended
            if len(self.ended) > MOST_ENDED:
                del self.ended[next(iter(self.ended))]

    def since(self, instance: str) -> Since:
        """When what is active in an instance began."""
        found = Since(self._program)
        with self._lock:
            found.active.update(self._tally.since(instance))
        return found

    def _apart(self, instance: str) -> RunTally:
        """The counts of one instance; those of the oldest are dropped where there are too many."""
        if instance not in self._each and len(self._each) >= self._most:
            del self._each[next(iter(self._each))]
        return self._each.setdefault(instance, RunTally())

    def summary(self, instance: str = "") -> RunSummary:
        """The counts so far, by the names of the elements.

        Args:
            instance: of this one alone, if its counts are kept apart; nothing if they are not.
        """
        with self._lock:
            tally = self._each.get(instance, RunTally()) if instance else self._tally
            return summarize(tally, names=self._names, people=self._people, joins=self._joins)
