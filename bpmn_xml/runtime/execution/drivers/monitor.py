"""One thread that watches the clock and the queues, and fetches workers.

A worker that carries on takes the next entry within microseconds, while waking another costs
more than most handlers. So another is woken only when the oldest entry has not been taken for
`PATIENCE`: then one, and twice as many each time that it still is not. Where no other worker may
work, the monitor applies waiting commands itself: they must not wait for handlers.
"""

from __future__ import annotations

import threading
import time
from math import inf
from typing import Final, Protocol

from bpmn_xml.runtime.clock import SECOND
from bpmn_xml.runtime.execution.executor import Executor
from bpmn_xml.runtime.execution.latch import Latch
from bpmn_xml.runtime.execution.log import lack, note

PATIENCE: Final = 0.0001
"""Seconds."""

LONGEST_LOOK: Final = 0.001
"""Seconds between two looks while the queue moves."""

LOOKS: Final = 5
"""How often it finds nothing to do before it falls asleep."""


class Crew(Protocol):
    """What the monitor asks of the workers."""

    closing: bool

    @property
    def working(self) -> int:
        """How many work now."""

    @property
    def has_room(self) -> bool:
        """Whether another one may begin to work."""

    def enlist(self, wanted: int) -> None:
        """Let more of them work."""


class Monitor:
    """Sleeps until it is woken, a timer is due, or the queue moves too slowly."""

    def __init__(self, executor: Executor, crew: Crew) -> None:
        self._executor, self._crew = executor, crew
        self._lock = threading.Lock()
        self._bell = Latch()
        self._thread: threading.Thread | None = None
        self.asleep = True

    def wake(self) -> None:
        """Wake the monitor, so that it looks at the queue now."""
        with self._lock:
            if not self.asleep or self._crew.closing:
                return
            self.asleep = False
            if self._thread is not None:
                self._bell.open()
                return
            thread = threading.Thread(target=self._main, name="bpmn-xml-monitor", daemon=True)
            try:
                thread.start()
            except RuntimeError as error:
                self.asleep = True
                lack("no thread can be started for the monitor", error)
                return
            self._thread = thread

    def stop(self) -> None:
        """End the thread, at once unless this is it: it tells observers, which may stop."""
        with self._lock:
            thread = self._thread
            if thread is not None and self.asleep:
                self.asleep = False
                self._bell.open()
        if thread is not None and thread is not threading.current_thread():
            thread.join()

    def _main(self) -> None:
        while not self._crew.closing:
            try:
                self._watch()
            except Exception as error:  # noqa: BLE001 - a fault of ours must not end the thread
                note("the monitor met a fault, please report it", error)
            self._sleep()

    def _watch(self) -> None:
        """Look at the queue until nothing has been wanted for some looks."""
        executor, pause, wanted, quiet = self._executor, PATIENCE, 1, 0
        while quiet < LOOKS and not self._crew.closing:
            executor.timers.fire(executor.now())
            if not self._crew.working and self._waiting():
                self._crew.enlist(1)
            if self._stuck():
                wanted, pause = self._help(wanted), PATIENCE
                continue
            wanted, pause = 1, min(pause * 2, LONGEST_LOOK)
            quiet = 0 if self._waiting() else quiet + 1
            time.sleep(pause)

    def _waiting(self) -> object:
        """The oldest entry that could be done now: commands always, calls if there is room."""
        executor = self._executor
        try:
            if executor.mail:
                return executor.mail[0]
            return executor.queue[0] if executor.queue and self._crew.has_room else None
        except IndexError:
            return None

    def _stuck(self) -> bool:
        """Whether nobody takes what has waited for longest."""
        oldest = self._waiting()
        if oldest is None:
            return False
        time.sleep(PATIENCE)
        return self._waiting() is oldest

    def _help(self, wanted: int) -> int:
        """Fetch workers, or apply commands; how many workers to fetch next time."""
        if self._crew.has_room:
            self._crew.enlist(wanted)
            return wanted * 2
        self._executor.drain_mail()
        return 1

    def _sleep(self) -> None:
        """Wait to be woken or for the next timer."""
        executor = self._executor
        with self._lock:
            self.asleep = True
        due = executor.timers.next_due()
        left = inf if due is None else (due - executor.now()) / SECOND
        if left <= 0 or self._waiting() is not None or self._crew.closing:
            self._rise()
            return
        runs = executor.clock.runs and left < threading.TIMEOUT_MAX
        if not self._bell.wait(left if runs else -1):
            self._rise()

    def _rise(self) -> None:
        """Be awake without having been woken; a bell that rang meanwhile is taken in."""
        with self._lock:
            if self.asleep:
                self.asleep = False
                return
        self._bell.wait()
