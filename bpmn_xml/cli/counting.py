"""Count what happens while it happens, for the summary and the picture of a run."""

from __future__ import annotations

import threading

from bpmn_xml.compiler.program import Join, Kind, Program
from bpmn_xml.core.records import Batch
from bpmn_xml.core.state import State
from bpmn_xml.trace.names import TraceNames
from bpmn_xml.trace.summary import RunSummary, summarize
from bpmn_xml.trace.tally import RunTally

WAITING_KINDS = frozenset({Kind.USER_TASK, Kind.RECEIVE_TASK, Kind.CATCH_EVENT, Kind.EVENT_GATEWAY})
"""Nodes that wait for the outside as long as they are active."""


class BatchCounter:
    """An observer that counts the batches of all instances."""

    def __init__(self) -> None:
        self._tally = RunTally()
        self._lock = threading.Lock()

    def on_batch(self, state: State, batch: Batch) -> None:
        """Count one batch; called by the writer of its instance."""
        told = [(type(record).__name__, record) for record in batch.records]
        with self._lock:
            self._tally.add(state.instance, batch.time, told)

    def summary(self, program: Program) -> RunSummary:
        """What has been counted so far, with the names of the program's elements."""
        joins = {
            flow: node.index
            for node in program.nodes
            if node.join is not Join.EACH
            for flow in node.incoming
        }
        people = {node.index for node in program.nodes if node.kind in WAITING_KINDS}
        with self._lock:
            return summarize(self._tally, names=TraceNames(program), people=people, joins=joins)
