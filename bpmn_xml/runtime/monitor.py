"""One thread that watches the clock and the queue, and fetches workers.

A worker that carries on takes the next entry within microseconds, while waking another costs
more than most handlers. So another is woken only when the oldest entry has not been taken for
`PATIENCE`: then one, and twice as many each time that it still is not.
"""

from __future__ import annotations

import threading
import time
from math import inf
from typing import TYPE_CHECKING, Final

from bpmn_xml.runtime.clock import SECOND
from bpmn_xml.runtime.queues import Gate

if TYPE_CHECKING:
    from bpmn_xml.runtime.executor import Executor
    from bpmn_xml.runtime.threads import ThreadsDriver

PATIENCE: Final = 0.0001
"""Seconds."""

LONGEST_LOOK: Final = 0.001
"""Seconds between two looks while the queue moves."""

LOOKS: Final = 5
"""How often it finds nothing to do before it falls asleep."""


class Monitor:
    """Sleeps until it is woken, a timer is due, or the queue moves too slowly."""

    def __init__(self, executor: Executor, crew: ThreadsDriver) -> None:
        self._executor, self._crew = executor, crew
        self._lock = threading.Lock()
        self._bell = Gate()
        self._thread: threading.Thread | None = None
        self.asleep = True

    def wake(self) -> None:
        """Have it look now."""
        with self._lock:
            if not self.asleep or self._crew.closing:
                return
            self.asleep = False
            if self._thread is not None:
                self._bell.open()
                return
            self._thread = threading.Thread(target=self._main, name="bpmn-xml-monitor", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread."""
        with self._lock:
            thread = self._thread
            if thread is not None and self.asleep:
                self.asleep = False
                self._bell.open()
        if thread is not None:
            thread.join()

    def _main(self) -> None:
        while not self._crew.closing:
            self._watch()
            self._sleep()

    def _watch(self) -> None:
        """Look at the queue until nothing has been wanted for some looks."""
        pause, wanted, quiet = PATIENCE, 1, 0
        while quiet < LOOKS and not self._crew.closing:
            self._executor.timers.fire(self._executor.now())
            if not self._crew.working and self._executor.queue:
                self._crew.enlist(1)
            if self._stuck():
                self._crew.enlist(wanted)
                wanted, pause, quiet = wanted * 2, PATIENCE, 0
                continue
            wanted, pause = 1, min(pause * 2, LONGEST_LOOK)
            quiet = 0 if self._executor.queue and self._crew.has_room else quiet + 1
            time.sleep(pause)

    def _stuck(self) -> bool:
        """Whether nobody takes the oldest entry, although there is room for another worker."""
        queue = self._executor.queue
        try:
            oldest = queue[0]
        except IndexError:
            return False
        if not self._crew.has_room:
            return False
        time.sleep(PATIENCE)
        try:
            return queue[0] is oldest
        except IndexError:
            return False

    def _sleep(self) -> None:
        """Wait to be woken or for the next timer."""
        executor = self._executor
        with self._lock:
            self.asleep = True
        due = executor.timers.next_due()
        left = inf if due is None else (due - executor.now()) / SECOND
        if left <= 0 or (executor.queue and self._crew.has_room) or self._crew.closing:
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
