"""The instances of a trace as they stand at its end, and when what stands there began.

A state does not say since when; whoever sees all batches can remember it.
"""

from __future__ import annotations

from collections.abc import Mapping

from bpmn_xml.compiler.program import Program
from bpmn_xml.core import records as r
from bpmn_xml.core.evolve import replay
from bpmn_xml.core.state import State
from bpmn_xml.trace.arrivals import joins_of
from bpmn_xml.trace.course import RunCourse, told_by
from bpmn_xml.trace.endings import UntimelyEnd, ending_of
from bpmn_xml.trace.standstill import Since, Standstill
from bpmn_xml.trace.versions import require_replayable
from bpmn_xml.trace.why import explain, unbegun


def since_of(instance: str, course: RunCourse) -> Since:
    """When what stands now in an instance began, if its records were taken."""
    active = course.visits.active(instance)
    began = {key: visit.turned or visit.since for key, visit in active.items()}
    return Since(began, course.arrivals.of(instance))


class Histories:
    """The state of every instance of a trace after its last batch; ended ones are dropped.

    Attributes:
        states: by instance.
        endings: how those ended that did not complete.
        begun: the processes of which an instance began.
    """

    def __init__(self, program: Program) -> None:
        self._program, self._course = program, RunCourse(joins_of(program))
        self.states: dict[str, State] = {}
        self.endings: list[UntimelyEnd] = []
        self.begun: set[int] = set()

    def add(self, batch: r.Batch) -> None:
        """Replay one batch.

        Raises:
            LookupError, AssertionError: the batch is none of this program.
            UsageError: it was written when records meant something else.
        """
        name = batch.instance
        if name not in self.states:
            if _is_late(batch):
                return
            require_replayable(batch)
        state = self.states.setdefault(name, State(name, len(self._program.nodes)))
        replay(self._program, state, batch)
        for seen in self._course.follow(name, batch.time, told_by(batch)):
            if isinstance(seen.record, r.InstanceStarted):
                self.begun.add(seen.record.container)
        if state.outcome:
            ending = ending_of(self._program, name, batch.records)
            self.endings += [ending] if ending else []
            del self.states[name]
            self._course.forget(name)

    def since(self, instance: str) -> Since:
        """When what stands now in an instance began."""
        return since_of(instance, self._course)

    def explain(self) -> tuple[Standstill, ...]:
        """Why the instances have not ended, the oldest first."""
        found: list[Standstill] = []
        for name, state in self.states.items():
            found += explain(self._program, state, self.since(name))
        return tuple(found)

    def unbegun(self) -> Mapping[str, tuple[Standstill, ...]]:
        """By process what would begin it, of those that wait for that still."""
        others = {n: at for n, at in self._program.processes.items() if at not in self.begun}
        found = {name: unbegun(self._program, at) for name, at in others.items()}
        return {name: stills for name, stills in found.items() if stills}


def _is_late(batch: r.Batch) -> bool:
    """Whether a batch only tells that something came too late, perhaps after the end."""
    return all(isinstance(record, r.ResultDiscarded) for record in batch.records)
