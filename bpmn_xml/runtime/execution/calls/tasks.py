"""A task as the executor runs it: its node, its handler, its limits, the kind of its calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from time import perf_counter_ns
from typing import TYPE_CHECKING, Any, Final

from bpmn_xml.compiler.program import Node, Work
from bpmn_xml.compiler.program.scoping import SEEN
from bpmn_xml.core.commands import CompleteJob
from bpmn_xml.core.data import scopes_seen
from bpmn_xml.core.state import Activation, Scope, State, is_at_work, is_open
from bpmn_xml.core.values import Values, layered
from bpmn_xml.core.view import ambient, answers, visible
from bpmn_xml.expressions.clock import NOW
from bpmn_xml.runtime.binding.answers import Where, breaks_off, failed, values_of
from bpmn_xml.runtime.binding.handlers import Arguments, Handler, Mode
from bpmn_xml.runtime.binding.process_data import data_of
from bpmn_xml.runtime.execution.calls.call import Answer, AttendedCall, OwnCall, TaskCall
from bpmn_xml.runtime.execution.calls.coroutines import AsyncCall, AsyncStream
from bpmn_xml.runtime.execution.calls.limits import Slots
from bpmn_xml.runtime.execution.calls.meter import Tally
from bpmn_xml.runtime.execution.calls.result_queue import QueuedCall
from bpmn_xml.runtime.execution.calls.streams import Stream

if TYPE_CHECKING:
    from bpmn_xml.runtime.execution.executor import Executor

NOTHING: Final = Work()

Call = Callable[["Tally", Arguments], "Values | None"]
"""Makes a call: (the counters of this thread, arguments)."""

CALLS: Final[dict[Mode, type[AttendedCall]]] = {
    Mode.CALL: AttendedCall,
    Mode.GENERATOR: Stream,
    Mode.QUEUE: QueuedCall,
    Mode.COROUTINE: AsyncCall,
    Mode.ASYNC_GENERATOR: AsyncStream,
}


class BoundTask:
    """A node with its handler, its limits and the kind of its calls.

    Attributes:
        payload: results travel along the flows here, so arguments come from there.
        result: the variable for a result that is no mapping.
        apart: its expression needs to know which scope has a variable.
        asks: it reads what others have answered: it is no task's Python.
        clock: the name under which its expression finds the time; empty if it has none.
        slots: the places of a `threads` limit.
        make: the kind of its calls.
        call: calls the handler for the variables that it sets, and raises what it raises; if calls
            are counted, counts those that are not attended.
        late: a call's arguments are read when it is made, not when it is made ready.
        plain: its calls are no attended ones and it is nothing special otherwise.
        values_of: makes variables of what its Python returns, or throws.
    """

    __slots__ = (
        "apart",
        "asks",
        "call",
        "clock",
        "executor",
        "function",
        "gather",
        "handler",
        "index",
        "late",
        "make",
        "node",
        "payload",
        "plain",
        "result",
        "slots",
        "values_of",
        "work",
    )

    def __init__(self, node: Node, handler: Handler, executor: Executor) -> None:
        container = executor.program.containers[node.container]
        self.node, self.handler, self.executor = node, handler, executor
        self.payload = payload = container.flow_payload
        self.values_of = data_of if container.rules.data_alone and handler.outside else values_of
        self.index, self.work = node.index, node.work or NOTHING
        inner = node.loop is not None or node.frame is not None
        work = self.work
        judges = work.question is not None and bool(work.question.before)
        evaluated = work.script is not None or work.beans is not None or judges
        self.clock = NOW if handler.timed else executor.program.clock if evaluated else ""
        expressed = work.question is not None or work.beans is not None or bool(work.given)
        own = handler.outside and not expressed
        self.apart = work.beans is not None and work.beans.apart
        self.asks = executor.program.answers and not own
        self.function, self.gather = handler.function, handler.gather
        self.result = self.work.result or node.shown
        self.slots = Slots[AttendedCall](self.work.threads) if self.work.threads else None
        self.make: type[TaskCall] = self._kind()
        counted = executor.meter.on and not issubclass(self.make, AttendedCall)
        self.call: Call = self._count if counted else self._call
        self.late = self.make is OwnCall
        self.plain = self.handler.outside and not (
            issubclass(self.make, AttendedCall)
            or payload
            or inner
            or self.clock
            or self.asks
            or self.apart
        )

    def _kind(self) -> type[TaskCall]:
        kind = CALLS[self.handler.mode]
        if kind is AttendedCall and self.work.many:
            return Stream
        work = self.work
        watched = self.slots or work.timeout or work.promotes or self.handler.context_at >= 0
        if kind is AttendedCall and not watched:
            return TaskCall if self.handler.outside else OwnCall
        return kind

    def _call(self, _tally: Tally, args: Arguments) -> Values | None:
        return self.values_of(self.function(*args), self.result)

    def _count(self, tally: Tally, args: Arguments) -> Values | None:
        """The same, counted and timed; what is broken off has not ended."""
        tally.started[self.index] += 1
        begun = perf_counter_ns()
        try:
            values = self.values_of(self.function(*args), self.result)
        except BaseException as error:
            if not breaks_off(error):
                tally.end(self.index, perf_counter_ns() - begun, done=False)
            raise
        tally.end(self.index, perf_counter_ns() - begun, done=True)
        return values

    def perform(self, tally: Tally, where: Where, attempt: int, args: Arguments) -> Answer:
        """Call the handler; its answer."""
        try:
            values = self.call(tally, args)
        except BaseException as error:  # noqa: BLE001 - whatever a handler raises is its answer
            return failed(where, attempt, error, self.values_of)
        return CompleteJob(*where, values, attempt)

    def is_open(self, state: State, scope: Scope, n: int) -> bool:
        """Whether an activation has an open job, which the loop around repetitions has not."""
        key = n * state.size + self.index
        return is_at_work(self.node, scope) and is_open(scope, key, scope.active[key])

    def sees(self, state: State, scope: Scope, activation: Activation) -> Mapping[str, Any]:
        """What its arguments come from: what came along the flow, or the variables it sees."""
        if self.payload:
            return activation.payload or {}
        names = visible(state, scope)
        if self.asks:
            names = layered(answers(state, scope), names)
        if self.apart:
            names = layered({SEEN: scopes_seen(self.executor.program, state, scope)}, names)
        return ambient(state, names, {self.clock: state.time}) if self.clock else names
