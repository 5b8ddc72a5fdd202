"""Producers that push: the legacy signature `method(self, resultQ, *args, **kwargs)`.

What the method returns means nothing. A `put` goes on at once while there is room. Else it waits,
and the thread gives its turn to another; whoever wakes it gives its own turn for it. A transfer's
first result is kept back until it returns or puts again: only then does it become a producer, and
where one result is taken it fails instead, before anything of it has been sent on.
"""

from __future__ import annotations

import threading
from typing import Any

import msgspec

from bpmn_xml.core.commands import EmitResult
from bpmn_xml.runtime.binding.answers import HandlerError, failed
from bpmn_xml.runtime.binding.context import CallCancelled
from bpmn_xml.runtime.execution.calls.call import Answer, Done
from bpmn_xml.runtime.execution.calls.streams import Producer
from bpmn_xml.runtime.execution.desk import Desk
from bpmn_xml.runtime.execution.latch import Latch


class ResultQueue:
    """What a handler of the legacy signature puts its results into."""

    __slots__ = ("_call",)

    def __init__(self, call: QueuedCall) -> None:
        self._call = call

    def put(self, result: object, block: bool = True, timeout: float | None = None) -> None:  # noqa: ARG002, FBT001, FBT002 - the signature of queue.Queue.put
        """Give a result: a mapping, or a value for the task's result variable.

        Raises:
            CallCancelled: nobody wants the results any more.
            HandlerError: it is nothing that variables can hold, or one too many.
        """
        self._call.put(result)

    def put_nowait(self, result: object) -> None:
        """Give a result, as `put` does."""
        self._call.put(result)


class QueuedCall(Producer, eq=False):
    """A call that puts its results.

    Attributes:
        kept: the first result of a call that may yet turn out to have only one.
        surplus: why a second one was refused; the call fails then, whatever its handler does.
        thread: the one that runs the handler.
        outside: the `put` that waits is another thread's, which has no turn to give.
        latch: opened when a waiting `put` may go on.
    """

    kept: dict[str, Any] | None = None
    surplus: HandlerError | None = None
    over: bool = False
    outside: bool = False
    thread: int = 0
    desk: Desk | None = None
    latch: Latch = msgspec.field(default_factory=Latch)
    putting: Any = msgspec.field(default_factory=threading.RLock)

    def act(self, desk: Desk) -> None:
        """Begin the call, or let its waiting `put` go on."""
        if self.begun:
            desk.executor.driver.resume(self)
        elif self.begin(desk.ready.append):
            desk.executor.driver.run(self, desk)

    def run(self, desk: Desk) -> None:
        """Call the handler in this thread, and deliver the end of its results."""
        self.desk, self.thread = desk, threading.get_ident()
        place = self.task.handler.queue_at
        args = (*self.args[:place], ResultQueue(self), *self.args[place + 1 :])
        answer: Answer | None
        try:
            self.task.function(*args)
            answer = self._conclude()
        except CallCancelled:
            answer = None
        except BaseException as error:  # noqa: BLE001 - whatever a handler raises is its answer
            answer = failed(self.where, self.attempt, error, self.task.values_of)
        self.over = True
        self.finish(desk, answer)

    def put(self, result: object) -> None:
        """Take one result."""
        values = self.task.values_of(result, self.task.result) or {}
        with self.putting:
            if self.flag.is_set():
                raise CallCancelled(self.task.node.id)
            if self.over:
                raise HandlerError(f"{self.task.node.id}: the call is over, nothing can be put")
            if self.kept is None and not self.index and not self.task.work.many:
                self.kept = values
                return
            if self.kept is not None:
                self._refuse_many()
                first, self.kept = self.kept, None
                self._emit(first)
            self._emit(values)

    def _refuse_many(self) -> None:
        """Fail where the task can give one result only."""
        from bpmn_xml.compiler.elements.producers import places_of_one

        for place in places_of_one(self.task.node):
            what = f"its Python gives a second result, which cannot be taken {place}"
            remedy = "let it put one, or put the task into a sub-process that has that"
            self.surplus = HandlerError(what, remedy=remedy)
            raise self.surplus

    def _emit(self, values: dict[str, Any]) -> None:
        command = self.emission(values)
        if command is None:
            return
        self.room.emitted()
        self._deliver(command)
        if self.room.pauses():
            self._pause()

    def _deliver(self, command: EmitResult) -> None:
        """Bring a result in; whoever wakes the `put` may do so as soon as it is on its way."""
        self.outside = threading.get_ident() != self.thread
        if self.desk is None or self.outside:
            self.task.executor.deliver(self.instance, command)
        else:
            self.desk.deliver(self.instance, command)
            self.desk.share()

    def _pause(self) -> None:
        """Wait for room; a worker's thread gives its turn to another meanwhile."""
        if self.outside:
            self.latch.wait()
        else:
            self.task.executor.driver.block(self)
        if self.flag.is_set():
            raise CallCancelled(self.task.node.id)

    def _conclude(self) -> Done:
        if self.surplus is not None:
            raise self.surplus
        work = self.task.work
        if self.index:
            return self.conclusion()
        return self.done(self.kept, carries=work.many or work.promotes)
