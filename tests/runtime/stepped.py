"""A deterministic scheduler: real threads of which one runs at a time, chosen by a seed.

A thread may lose its turn wherever threads meet: before and after claiming an instance, letting
it go, touching its mailbox or the queue, and around every handler. So a seed is an interleaving,
and the executor's own rules run in it unchanged.
"""

from __future__ import annotations

import random
import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

from bpmn_xml.runtime.clock import ManualClock
from bpmn_xml.runtime.engine import Engine
from bpmn_xml.runtime.execution.instance import Owners
from tests.runtime.harness import WAIT, Bench, Recorder


class Turns:
    """Whose turn it is."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self._ready: list[SteppedThread] = []
        self._own = threading.local()
        self.rest = threading.Event()
        self.errors: list[BaseException] = []

    @property
    def own(self) -> SteppedThread | None:
        return getattr(self._own, "thread", None)

    def begin(self, thread: SteppedThread) -> None:
        """In the new thread: wait for the first turn."""
        self._own.thread = thread
        thread.gate.acquire()

    def add(self, thread: SteppedThread) -> None:
        """It may be chosen from now on."""
        self._ready.append(thread)

    def point(self) -> None:
        """Another thread may go on here."""
        own = self.own
        if own is None:
            return
        chosen = self._chance.choice(self._ready)
        if chosen is not own:
            chosen.gate.release()
            own.gate.acquire()

    def leave(self, *, for_good: bool = False) -> None:
        """Not to be chosen until somebody adds it again."""
        own = self.own
        assert own is not None
        self._ready.remove(own)
        self.go()
        if not for_good:
            own.gate.acquire()

    def go(self) -> None:
        """Let somebody go on, or tell that nobody can."""
        if self._ready:
            self._chance.choice(self._ready).gate.release()
        else:
            self.rest.set()


class SteppedThread:
    def __init__(self, turns: Turns, main: Callable[[], None]) -> None:
        self.gate = threading.Semaphore(0)
        self._turns, self._main = turns, main
        self.thread = threading.Thread(target=self._run, name="stepped", daemon=True)
        turns.add(self)
        self.thread.start()

    def _run(self) -> None:
        self._turns.begin(self)
        try:
            self._main()
        except BaseException as error:  # noqa: BLE001 - raised again by `play`
            self._turns.errors.append(error)
        self._turns.leave(for_good=True)


class SteppedOwners(Owners):
    turns: Turns

    def setdefault(self, key: Any, default: Any = None) -> Any:
        self.turns.point()
        got = super().setdefault(key, default)
        self.turns.point()
        return got

    def __delitem__(self, key: Any) -> None:
        self.turns.point()
        super().__delitem__(key)
        self.turns.point()


class SteppedQueue(deque[Any]):
    turns: Turns

    def popleft(self) -> Any:
        self.turns.point()
        return super().popleft()

    def append(self, entry: Any) -> None:
        super().append(entry)
        self.turns.point()

    def extend(self, entries: Any) -> None:
        super().extend(entries)
        self.turns.point()


class SteppedDriver:
    """Some workers under the scheduler; `outsiders` act in between, each in a thread of its own."""

    def __init__(self, executor: Any, turns: Turns, workers: int, *, eager: bool) -> None:
        self.executor, self.turns, self._eager = executor, turns, eager
        self._idle: list[SteppedThread] = []
        self._blocked: dict[Any, SteppedThread] = {}
        self._gave: set[SteppedThread | None] = set()
        self.threads: list[SteppedThread] = []
        self.closing = False
        for _ in range(workers):
            self._hire()

    def _hire(self) -> None:
        self.threads.append(SteppedThread(self.turns, self._serve))

    def _serve(self) -> None:
        with self.executor.desk() as desk:
            desk.eager = self._eager
            while not self.closing:
                entry = desk.next()
                if entry is not None:
                    entry.act(desk)
                elif not self.executor.timers.fire(self.executor.now()):
                    self._idle.append(self.turns.own)
                    self.turns.leave()
                if self.turns.own in self._gave:
                    return

    def poke(self) -> None:
        for thread in self._idle:
            self.turns.add(thread)
        self._idle.clear()

    def run(self, call: Any, desk: Any) -> None:
        call.run(desk)

    def block(self, call: Any) -> None:
        self._hire()
        if call.latch.wait(0):
            return
        self._blocked[call] = self.turns.own
        self.turns.leave()
        assert call.latch.wait(0)

    def resume(self, call: Any) -> None:
        call.latch.open()
        thread = self._blocked.pop(call, None)
        if thread is not None:
            self.turns.add(thread)
        self._gave.add(self.turns.own)

    def work(self, deadline: float | None) -> None:
        pass

    def wait(self, event: threading.Event, deadline: float | None) -> bool:
        while not event.is_set():
            assert self.turns.own is not None
            self.turns.point()
        return True

    def stop(self, grace: float) -> Sequence[Any]:
        self.closing = True
        self.executor.work_off()
        return ()


class Stepped(Bench):
    """An engine under the scheduler."""

    def __init__(self, program: Any, handlers: dict[str, Any], seed: int, workers: int) -> None:
        self.clock = ManualClock()
        self.turns = Turns(seed)
        recorder = Recorder()
        watched = {name: self._pointed(handler) for name, handler in handlers.items()}
        engine = Engine(program, watched, trace=recorder, clock=self.clock)
        super().__init__(engine, recorder)
        executor: Any = engine._executor
        executor.shares = [SteppedOwners() for _ in executor.shares]
        for owners in executor.shares:
            owners.turns = self.turns
        executor.queue = SteppedQueue()
        executor.queue.turns = self.turns
        executor.mail = SteppedQueue()
        executor.mail.turns = self.turns
        self.driver = executor.driver = SteppedDriver(
            executor, self.turns, workers, eager=seed % 2 > 0
        )

    def _pointed(self, handler: Any) -> Any:
        """A handler around which others may go on, with the signature it had."""
        import functools

        @functools.wraps(handler)
        def pointed(*args: Any, **kwargs: Any) -> Any:
            self.turns.point()
            result = handler(*args, **kwargs)
            self.turns.point()
            return result

        return pointed

    def outside(self, action: Callable[[], None]) -> None:
        """Have something done at a time that the seed chooses."""
        SteppedThread(self.turns, action)

    def play(self) -> None:
        """Let everybody go on until nobody can."""
        self.turns.rest.clear()
        self.turns.go()
        assert self.turns.rest.wait(WAIT)
        for error in self.turns.errors:
            raise error

    def end(self) -> None:
        """Send the threads home."""
        self.driver.closing = True
        self.driver.poke()
        self.play()
