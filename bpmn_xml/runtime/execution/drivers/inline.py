"""The driver in the caller's thread: things happen in one order only, while somebody waits.

A call that puts its results runs in a helper thread, one at a time: either the helper or the
caller's thread is at work, never both.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from typing import Final

from bpmn_xml.runtime.clock import SECOND
from bpmn_xml.runtime.execution.calls.call import TaskCall
from bpmn_xml.runtime.execution.calls.result_queue import QueuedCall
from bpmn_xml.runtime.execution.desk import Desk, Entry
from bpmn_xml.runtime.execution.executor import Executor
from bpmn_xml.runtime.execution.latch import Latch

BUNCH: Final = 64
"""How many entries are done between two looks at the timers."""

_LOOK_EVERY: Final = 0.05
"""Seconds between two looks at what a stop waits for."""


class _Turn:
    """Whose turn it is to work: one thread's, which may lend it to another and waits meanwhile."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._borrowers: list[int] = []
        self._lenders: list[Latch] = []

    def take(self) -> bool:
        """Have the turn; whether it has to be left: it is not lent to this thread."""
        if self._borrowers and threading.get_ident() in self._borrowers:
            return False
        return self._lock.acquire()

    def leave(self) -> None:
        """Let another thread have the turn, unless this one has taken it before."""
        self._lock.release()

    def lend(self, thread: int, begin: Callable[[], object]) -> None:
        """Let another thread begin, and wait until it gives the turn back."""
        latch = Latch()
        self._lenders.append(latch)
        self._borrowers.append(thread)
        begin()
        latch.wait()
        self._borrowers.pop()

    def give_back(self) -> None:
        """Give the turn back to whoever has lent it last."""
        self._lenders.pop().open()


class InlineDriver:
    """Does everything in the thread that waits for something."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor
        self._turn = _Turn()
        self._helpers: list[_Helper] = []
        self._news = threading.Event()
        self._entry: Entry | None = None

    def poke(self) -> None:
        """Wake the waiting thread, if it sleeps."""
        if not self._news.is_set():
            self._news.set()

    def work(self, deadline: float | None) -> None:
        """Do everything that is ready."""
        self._work(None if deadline is None else lambda: time.monotonic() >= deadline)

    def _work(self, enough: Callable[[], bool] | None) -> None:
        """Do what is ready until it is enough; all of it if nothing is said."""
        executor, taken = self._executor, self._turn.take()
        before = self._entry
        desk = executor.desk()
        try:
            desk.eager = enough is None
            while self._bunch(desk, enough):
                executor.timers.fire(executor.now())
        finally:
            desk.leave()
            self._entry = before
            self._drop_unwanted()
            if taken:
                self._turn.leave()

    def _drop_unwanted(self) -> None:
        """Keep nothing alive for calls that would come next and that nobody wants any more."""
        executor, queue = self._executor, self._executor.queue
        while queue and not executor.wants(queue[0]):
            queue.popleft()

    def wait(self, event: threading.Event, deadline: float | None) -> bool:
        """Work until the event is set or nothing moves; return whether it is set."""
        executor = self._executor

        def enough() -> bool:
            return event.is_set() or (deadline is not None and time.monotonic() >= deadline)

        while not enough():
            self._work(enough)
            fired = executor.timers.fire(executor.now())
            if not (fired or event.is_set() or self._sleep(deadline)):
                break
        return event.is_set()

    def _bunch(self, desk: Desk, enough: Callable[[], bool] | None) -> bool:
        """Do some entries; whether there may be more and it is not enough."""
        for _ in range(BUNCH):
            if enough is not None and enough():
                return False
            entry = self._entry = desk.next()
            if entry is None:
                return False
            entry.act(desk)
        return True

    def _sleep(self, deadline: float | None) -> bool:
        """Wait for the loop or the next timer; False if nothing will ever come."""
        executor = self._executor
        self._news.clear()
        if executor.queue or executor.mail:
            return True
        due = executor.timers.next_due() if executor.clock.runs else None
        if due is None and not executor.loop.busy:
            return False
        until = [] if deadline is None else [deadline - time.monotonic()]
        if due is not None:
            until.append((due - executor.now()) / SECOND)
        self._news.wait(max(min(until), 0) if until else None)
        return True

    def run(self, call: QueuedCall, desk: Desk) -> None:  # noqa: ARG002 - the helper has its own
        """Run a call in a helper thread until it has returned or waits."""
        helper = self._helpers.pop() if self._helpers else _Helper(self, self._executor.desk)
        self._turn.lend(helper.thread, lambda: helper.start(call))

    def block(self, call: QueuedCall) -> None:
        """Give the turn back to the caller's thread until `resume`."""
        self._turn.give_back()
        call.latch.wait()

    def resume(self, call: QueuedCall) -> None:
        """Give the turn to a waiting call until it has returned or waits again."""
        if call.outside:
            call.latch.open()
        else:
            self._turn.lend(call.thread, call.latch.open)

    def over(self, helper: _Helper) -> None:
        """A helper's call has returned."""
        self._helpers.append(helper)
        self._turn.give_back()

    def is_awaited(self) -> bool:
        """Whether a stop may wait for this thread: it does not wait for the caller's."""
        return False

    def stop(self, grace: float) -> Sequence[TaskCall]:
        """End what still runs: paused producers, and calls on the loop; what calls this, if any."""
        deadline, executor = time.monotonic() + grace, self._executor
        executor.work_off()
        while executor.loop.busy and time.monotonic() < deadline:
            self._news.wait(_LOOK_EVERY)
            self._news.clear()
            executor.work_off()
        executor.loop.stop(deadline)
        executor.work_off()
        for helper in self._helpers:
            helper.end()
        entry = self._entry
        if isinstance(entry, TaskCall) and entry.instance not in entry.instance.owners:
            return [entry]
        return []


class _Helper:
    """A thread that runs one call after the other, each at a desk of its own while it lasts."""

    def __init__(self, driver: InlineDriver, desk: Callable[[], Desk]) -> None:
        self._driver, self._desk = driver, desk
        self._latch = Latch()
        self._call: QueuedCall | None = None
        name = "bpmn-xml-helper"
        self._thread = threading.Thread(target=self._main, name=name, daemon=True)
        self._thread.start()

    @property
    def thread(self) -> int:
        """What the thread is known by, as `threading.get_ident` says."""
        return self._thread.ident or 0

    def start(self, call: QueuedCall) -> None:
        """Run a call; `over` tells when it has returned."""
        self._call = call
        self._latch.open()

    def end(self) -> None:
        """End the thread, which has nothing to do."""
        self._latch.open()
        self._thread.join()

    def _main(self) -> None:
        while True:
            self._latch.wait()
            call, self._call = self._call, None
            if call is None:
                return
            with self._desk() as desk:
                call.run(desk)
            self._driver.over(self)
