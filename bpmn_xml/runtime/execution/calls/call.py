"""Calls: one attempt to do the work of one activation, from the moment it is ready to its answer.

A plain `TaskCall` knows nothing but its arguments. An `AttendedCall` has a place of a `threads`
limit, a timeout, a context, or results in between; it hears when it is cancelled, and it keeps
its place until the handler really returns.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from time import perf_counter_ns
from typing import TYPE_CHECKING, Any, Final

import msgspec

from bpmn_xml.compiler.program.scoping import TOLD
from bpmn_xml.core.commands import CompleteJob, DropJob, FailJob, ThrowError
from bpmn_xml.core.records import Advanced
from bpmn_xml.core.state import Activation
from bpmn_xml.core.values import Values
from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions.spending import spent
from bpmn_xml.runtime.binding.answers import Where, exception_names
from bpmn_xml.runtime.binding.context import CancelFlag, TaskContext
from bpmn_xml.runtime.clock import SECOND
from bpmn_xml.runtime.execution.chains import CALL
from bpmn_xml.runtime.execution.instance import Errand, Instance
from bpmn_xml.runtime.execution.timers import Timer
from bpmn_xml.runtime.people import task_fields

if TYPE_CHECKING:
    from bpmn_xml.runtime.execution.calls.tasks import BoundTask
    from bpmn_xml.runtime.execution.desk import Desk
    from bpmn_xml.runtime.execution.executor import Executor

STALE: Final = 1 << 62
"""The attempt that an answer names when it must not be taken: its call has timed out."""

Done = CompleteJob | DropJob
Answer = Done | FailJob | ThrowError
Offer = Callable[[Any], None]


class TaskCall(msgspec.Struct, eq=False):
    """A call of a plain handler."""

    instance: Instance
    task: BoundTask
    scope: str
    n: int
    attempt: int
    args: tuple[Any, ...]

    @property
    def where(self) -> Where:
        """The activation that the call is for: scope, node and number."""
        return self.scope, self.task.index, self.n

    def wanted(self) -> bool:
        """Whether the work is still to be done: it may have been cancelled since it was ready."""
        state = self.instance.state
        scope = state.scopes.get(self.scope)
        if scope is None or self.instance in self.task.executor.lost:
            return False
        return self.n * state.size + self.task.index in scope.active

    def act(self, desk: Desk) -> None:
        """Call the handler and deliver its answer; so with the calls that follow straight on."""
        self.instance.chain = None
        if desk.eager and not self.attempt:
            desk.carry_on(self)
        else:
            desk.deliver(self.instance, self.perform(desk))

    def perform(self, desk: Desk) -> Answer:
        """Call the handler; its answer."""
        return self.task.perform(desk.tally, self.where, self.attempt, self.args)

    def count(self, executor: Executor) -> None:
        """Note that an answer has come from outside, or has followed by itself."""
        if self.task.handler.outside:
            self.instance.chain = None
            return
        held = executor.router.count(self.instance, CALL, self.task.index)
        if held is not None:
            executor.post(self.instance, held)


def beside(
    plain: Sequence[BoundTask | None],
    instance: Instance,
    advance: Advanced,
    names: Mapping[str, Any],
) -> list[TaskCall] | None:
    """The calls of what begins beside the first task that an advance leads to.

    Args:
        plain: per node its task, if nothing but its arguments has to be known.
        instance: whose calls they are.
        advance: what leads there.
        names: what the tasks see.

    Returns:
        None if more has to be known of one of them, or an argument is missing.
    """
    calls: list[TaskCall] = []
    for _, node, n in advance.to[1:]:
        task = plain[node]
        if task is None:
            return None
        try:
            args = task.gather(names)
        except KeyError:
            return None
        calls.append(task.make(instance, task, advance.scope, n, 0, args))
    return calls


class OwnCall(TaskCall, eq=False):
    """A call of what the drawing says itself, which may follow from one thing only so often.

    Whoever writes the instance makes it, with the variables of that moment: so of scripts that
    are done side by side each sees what those before it have written.
    """

    def act(self, desk: Desk) -> None:
        """Have it made by whoever writes the instance, at once if nobody does."""
        self.count(desk.executor)
        desk.see_to(self.instance, Errand(self._make))

    def _make(self, desk: Desk, instance: Instance) -> None:
        if self.wanted():
            state, task = instance.state, self.task
            scope = state.scopes[self.scope]
            activation = scope.active[self.n * state.size + task.index]
            self.args, before = task.gather(task.sees(state, scope, activation)), spent()
            answer = self.perform(desk)
            instance.caused(desk.executor.most_links).spend(spent() - before)
            desk.apply(instance, answer)


class AttendedCall(TaskCall, eq=False):
    """A call that is looked after.

    Attributes:
        flag: set when the answer is no longer wanted.
        waits: before further attempts, as far as it is known.
        begun: `perf_counter_ns` of the begin; 0 before.
        timed_out: the answer must not be taken, even if the activation still stands.
    """

    flag: CancelFlag = msgspec.field(default_factory=CancelFlag)
    waits: tuple[int, ...] = ()
    begun: int = 0
    timer: Timer | None = None
    timed_out: bool = False

    def wanted(self) -> bool:
        """Always: a cancelled call has a place to give back, one that pauses has to end."""
        return True

    def expect(self, activation: Activation, variables: Mapping[str, Any]) -> None:
        """Note the waits before further attempts; of an expression, what it would give now."""
        work = self.task.work
        self.waits = work.retries if activation.waits is None else activation.waits
        if activation.waits is None and work.tries is not None:
            try:
                self.waits = work.tries.evaluate(variables)
            except ExpressionError:  # which a failure will tell
                self.waits = ()

    def launch(self, offer: Offer) -> None:
        """Offer the call to be begun."""
        offer(self)

    def act(self, desk: Desk) -> None:
        """Call the handler and deliver its answer."""
        if self.begin(desk.ready.append):
            self.finish(desk, self.perform(desk))

    def perform(self, desk: Desk) -> Answer:
        """Call the handler; its answer."""
        answer = TaskCall.perform(self, desk)
        if type(answer) is CompleteJob:
            return self.done(answer.values, carries=self.task.work.promotes)
        return answer

    def done(self, values: Values | None, *, carries: bool) -> Done:
        """The answer with these values; where they are what carries the token, not without."""
        if values is None and carries:
            return DropJob(*self.where, self.attempt)
        return CompleteJob(*self.where, values, self.attempt)

    def finish(self, desk: Desk, answer: Answer | None) -> None:
        """The handler has returned: give back what the call held and deliver its answer."""
        executor = self.task.executor
        if self.timer is not None:
            executor.timers.fire(executor.now())
        final = self.end(answer, desk.ready.append)
        if final is not None:
            desk.deliver(self.instance, final)

    def begin(self, offer: Offer) -> bool:
        """Start the clock and fill in the context; False if the call is no longer wanted."""
        task, executor = self.task, self.task.executor
        if self.flag.is_set() or executor.stopping:
            self._let_go(offer)
            return False
        self.begun = perf_counter_ns()
        executor.running[self] = None
        if executor.meter.on:
            executor.meter.own().started[task.index] += 1
        if task.work.timeout:
            self.timer = executor.add_timer(executor.now() + task.work.timeout, self.time_out)
        place = task.handler.context_at
        if place >= 0:
            self.args = (*self.args[:place], self._context(place), *self.args[place + 1 :])
        return True

    def end(self, answer: Answer | None, offer: Offer) -> Answer | None:
        """Give the call's place back; return the answer that counts."""
        executor = self.task.executor
        executor.running.pop(self, None)
        if executor.meter.on:
            took, done = perf_counter_ns() - self.begun, isinstance(answer, Done)
            executor.meter.own().end(self.task.index, took, done=done)
        final = self._final(answer)
        self.count(executor)
        self._let_go(offer)
        return final

    def cancel(self) -> None:
        """The answer is no longer wanted; the writer of the instance says so."""
        self.flag.set()

    def time_out(self) -> None:
        """The call takes too long: it fails now, and its answer will not be taken."""
        self.timed_out = True
        self.cancel()
        seconds = self.task.work.timeout / SECOND
        message = f"the call took longer than {seconds:g} s"
        names = exception_names(TimeoutError)
        failure = FailJob(*self.where, names, message, attempt=self.attempt)
        self.task.executor.remind(self.instance, failure, passes=True)

    def _final(self, answer: Answer | None) -> Answer | None:
        """None where a stop broke the call off; stale if it has timed out.

        So a call ends that fails after a stop, or returns after it has asked and was told of it.
        """
        executor = self.task.executor
        if self.timer is not None:
            executor.timers.cancel(self.timer)
        if self.timed_out and answer is not None:
            return msgspec.structs.replace(answer, attempt=STALE)
        told = self.flag.heard or (self.flag.is_set() and not isinstance(answer, Done))
        return None if executor.stopping and told else answer

    def _context(self, place: int) -> TaskContext:
        node, state = self.task.node, self.instance.state
        program, scope = self.task.executor.program, state.scopes.get(self.scope)
        return TaskContext(
            instance=state.instance,
            process=program.containers[state.scopes[""].container].id,
            node=node.shown,
            name=node.name,
            scope=self.scope,
            attempt=self.attempt,
            retries=max(len(self.waits) - self.attempt, 0),
            variables=self.args[place],
            fields=dict(self.task.work.fields),
            properties=dict(node.properties),
            task=task_fields((scope.answers or {}).get(TOLD)) if scope is not None else {},
            cancelled=self.flag,
        )

    def _let_go(self, offer: Offer) -> None:
        """Forget the call and give its place to the next; after a pause, if the task has one."""
        self.instance.forget(self)
        slots = self.task.slots
        if slots is None:
            return
        executor, delay = self.task.executor, self.task.work.delay
        if delay and self.begun:
            executor.add_timer(executor.now() + delay, lambda: executor.release(slots))
            return
        following = slots.release()
        if following is not None:
            following.launch(offer)
