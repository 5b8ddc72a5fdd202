"""The driver with worker threads: real waiting is really parallel, and nothing waits for a turn.

Workers are started when something has waited too long for one (`monitor`), rest when there is
nothing to do, and never hold up the exit of the program. At most `limit` of them work at a time;
one that waits in a `put` does not count, and goes on with the turn of the worker that wakes it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from typing import Final

from bpmn_xml.runtime.execution.calls.call import TaskCall
from bpmn_xml.runtime.execution.calls.result_queue import QueuedCall
from bpmn_xml.runtime.execution.desk import Desk, Entry
from bpmn_xml.runtime.execution.drivers.monitor import Monitor
from bpmn_xml.runtime.execution.executor import Executor
from bpmn_xml.runtime.execution.latch import Latch
from bpmn_xml.runtime.execution.log import lack, note

IDLE_SECONDS: Final = 10.0
"""How long a worker rests before its thread ends."""

_LOOK_EVERY: Final = 0.02
"""Seconds between two looks at what a stop waits for."""

_JOIN_SECONDS: Final = 1.0


class ThreadsDriver:
    """Some workers and their monitor.

    Args:
        executor: whose queue they work off.
        limit: how many may work at once.
    """

    def __init__(self, executor: Executor, limit: int) -> None:
        self.executor, self.limit = executor, limit
        self.closing = False
        self._lock = threading.Lock()
        self._idle: list[_Worker] = []
        self._all: dict[_Worker, None] = {}
        self._working = self._number = 0
        self._own = threading.local()
        self._monitor = Monitor(executor, self)

    def poke(self) -> None:
        """Have the monitor look, if it sleeps."""
        if self._monitor.asleep:
            self._monitor.wake()

    def run(self, call: QueuedCall, desk: Desk) -> None:
        """Run a call in this worker's own thread."""
        call.run(desk)

    def block(self, call: QueuedCall) -> None:
        """Wait in this worker's thread until `resume`; its turn is another's meanwhile."""
        with self._lock:
            self._working -= 1
        self.poke()
        call.latch.wait()

    def resume(self, call: QueuedCall) -> None:
        """Let a waiting call go on, with this worker's turn; who is none has none to give."""
        worker: _Worker | None = getattr(self._own, "worker", None)
        if call.outside:
            pass
        elif worker is not None:
            worker.gave_turn = True
        else:
            with self._lock:
                self._working += 1
        call.latch.open()

    def work(self, _deadline: float | None) -> None:
        """Nothing to do: the workers do everything."""

    def wait(self, event: threading.Event, deadline: float | None) -> bool:
        """Wait until the event is set; whether it is."""
        return event.wait(None if deadline is None else deadline - time.monotonic())

    @property
    def working(self) -> int:
        """How many workers work now."""
        return self._working

    @property
    def has_room(self) -> bool:
        """Whether another worker may begin to work."""
        return self._working < self.limit and not self.closing

    def enlist(self, wanted: int) -> None:
        """Let more workers work: idle ones first, then new ones."""
        woken: list[_Worker] = []
        new: list[_Worker] = []
        with self._lock:
            while wanted > len(woken) + len(new) and self.has_room:
                self._working += 1
                if self._idle:
                    woken.append(self._idle.pop())
                else:
                    self._number += 1
                    new.append(_Worker(self, self._number))
            self._all.update(dict.fromkeys(new))
        for worker in woken:
            worker.latch.open()
        for worker in new:
            self._begin(worker)

    def _begin(self, worker: _Worker) -> None:
        try:
            worker.thread.start()
        except RuntimeError as error:
            with self._lock:
                self._working -= 1
                del self._all[worker]
            lack("no thread can be started for another worker", error)

    def serve(self, worker: _Worker) -> None:
        """Be a worker, until there has been nothing to do for a while."""
        self._own.worker = worker
        with self.executor.desk() as desk:
            desk.eager = True
            while True:
                self._work_off(worker, desk)
                desk.share()
                if not self._rest(worker):
                    return

    def _work_off(self, worker: _Worker, desk: Desk) -> None:
        """Do one entry after the other, until there is none or the turn was given away."""
        while not worker.gave_turn:
            try:
                entry = worker.entry = desk.next()
                if entry is None:
                    return
                entry.act(desk)
            except Exception as error:  # noqa: BLE001 - a fault of ours must not end the thread
                note("a worker met a fault, please report it", error)
            except BaseException as error:  # noqa: BLE001 - it is for who waits, who is told
                note("what a worker was at has been broken off", error)
        worker.entry = None

    def _rest(self, worker: _Worker) -> bool:
        """Wait to be enlisted again; False if the worker is to end."""
        with self._lock:
            self._working -= not worker.gave_turn
            worker.gave_turn = False
            if self.closing:
                return False
            self._idle.append(worker)
        if self.executor.queue or self.executor.mail:
            self.poke()
        if not worker.latch.wait(IDLE_SECONDS):
            with self._lock:
                if worker in self._idle:
                    self._idle.remove(worker)
                    del self._all[worker]
                    return False
            worker.latch.wait()
        return not self.closing

    def is_awaited(self) -> bool:
        """Whether a stop may wait for this thread: it is a worker."""
        return hasattr(self._own, "worker")

    def stop(self, grace: float) -> Sequence[TaskCall]:
        """End all threads; calls that run have `grace` seconds. Those that have not returned."""
        deadline, executor = time.monotonic() + grace, self.executor
        while (self._busy() or executor.loop.busy) and time.monotonic() < deadline:
            time.sleep(_LOOK_EVERY)
        unfinished = self._busy()
        with self._lock:
            self.closing = True
            idle, self._idle = self._idle, []
        self._monitor.stop()
        for worker in idle:
            worker.latch.open()
        for worker in self._all.copy():
            here = worker.thread is threading.current_thread()
            if not (here or isinstance(worker.entry, TaskCall)):
                worker.thread.join(_JOIN_SECONDS)
        executor.loop.stop(deadline)
        executor.work_off()
        return unfinished

    def _busy(self) -> list[TaskCall]:
        """The calls that workers are at."""
        entries = [worker.entry for worker in self._all.copy()]
        return [entry for entry in entries if isinstance(entry, TaskCall)]


class _Worker:
    """A thread that works off entries, and what it is at."""

    __slots__ = ("entry", "gave_turn", "latch", "thread")

    def __init__(self, driver: ThreadsDriver, number: int) -> None:
        self.entry: Entry | None = None
        self.latch = Latch()
        self.gave_turn = False
        name = f"bpmn-xml-worker-{number}"
        self.thread = threading.Thread(target=driver.serve, args=(self,), name=name, daemon=True)
