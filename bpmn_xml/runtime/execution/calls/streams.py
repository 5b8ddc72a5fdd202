"""Producers that are asked for their results: generators, and functions that return many.

One step of a stream is one result. Between two steps it is an entry like any other, so a paused
generator holds no thread, and may go on in another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from bpmn_xml.core.commands import EmitResult
from bpmn_xml.core.state import child_path
from bpmn_xml.runtime.binding.answers import failed
from bpmn_xml.runtime.execution.calls.call import Answer, AttendedCall, Done
from bpmn_xml.runtime.execution.calls.limits import Room
from bpmn_xml.runtime.execution.log import note

if TYPE_CHECKING:
    from bpmn_xml.runtime.execution.desk import Desk


class Producer(AttendedCall, eq=False):
    """A call with many results.

    Attributes:
        room: how many of its items are under way.
        index: the number of the next result.
        skip: results to leave out, because a call before this one has emitted them.
    """

    room: Room = msgspec.field(default_factory=lambda: Room(1))
    index: int = 0
    skip: int = 0

    def prepare(self, emitted: int) -> None:
        """Go on behind the results that an earlier call of the activation has emitted."""
        work = self.task.work
        self.room = Room(work.max_in_flight)
        self.index = emitted
        self.skip = emitted if work.resumable else 0

    @property
    def items(self) -> str:
        """What the paths of its items begin with."""
        return child_path(self.scope, self.task.index, self.n)

    def cancel(self) -> None:
        """End, also if it is paused now."""
        self.flag.set()
        if self.room.cancel():
            self.task.executor.offer(self)

    def emission(self, result: object) -> EmitResult | None:
        """The command for the next result; None for one that was emitted before."""
        if self.skip:
            self.skip -= 1
            return None
        values = self.task.values_of(result, self.task.result) or {}
        command = EmitResult(*self.where, self.index, values, self.attempt)
        self.index += 1
        return command

    def conclusion(self) -> Done:
        """The command for the end of the results; without any the token ends here."""
        return self.done(None, carries=not self.index)


class Stream(Producer, eq=False):
    """A call whose results are fetched one by one."""

    iterator: Iterator[Any] | None = None

    def act(self, desk: Desk) -> None:
        """Fetch one result and deliver it, or the end."""
        if not self.begun and not self.begin(desk.ready.append):
            return
        if self.flag.is_set():
            self._close(desk)
            return
        command = self._fetch()
        if not isinstance(command, EmitResult):
            self.finish(desk, command)
            return
        self.room.emitted()
        desk.deliver(self.instance, command)
        if not self.room.pauses():
            desk.ready.append(self)

    def _fetch(self) -> EmitResult | Answer:
        try:
            if self.iterator is None:
                self.iterator = results_of(self.task.function(*self.args))
            for result in self.iterator:
                command = self.emission(result)
                if command is not None:
                    return command
        except BaseException as error:  # noqa: BLE001 - whatever a handler raises is its answer
            return failed(self.where, self.attempt, error, self.task.values_of)
        return self.conclusion()

    def _close(self, desk: Desk) -> None:
        """Close the generator, so that it can clean up; its answer is dropped."""
        close = getattr(self.iterator, "close", None)
        try:
            if close is not None:
                close()
        except BaseException as error:  # noqa: BLE001 - a generator may raise anything on its way out
            note(f"{self.task.node.id}: a cancelled call raised", error)
        self.end(None, desk.ready.append)


def results_of(result: object) -> Iterator[Any]:
    """The results in what a producer returned.

    >>> [list(results_of(r)) for r in ([1, 2], {"a": 1}, None, "text")]
    [[1, 2], [{'a': 1}], [], ['text']]
    """
    if result is None:
        return iter(())
    if isinstance(result, Mapping | str | bytes) or not isinstance(result, Iterable):
        return iter((result,))
    return iter(result)
