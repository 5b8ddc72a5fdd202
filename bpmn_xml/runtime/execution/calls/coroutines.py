"""`async def` handlers: all on one loop in one thread, which posts answers and never decides."""

from __future__ import annotations

import inspect
import threading
import time
from abc import abstractmethod
from typing import TYPE_CHECKING, Final

import msgspec

from bpmn_xml.errors import UsageError
from bpmn_xml.runtime.binding.answers import failed
from bpmn_xml.runtime.execution.calls.call import Answer, Offer
from bpmn_xml.runtime.execution.calls.streams import Producer

if TYPE_CHECKING:
    import asyncio

    from bpmn_xml.runtime.execution.desk import Desk
    from bpmn_xml.runtime.execution.executor import Executor

_JOIN_SECONDS: Final = 0.1
"""How long a loop that nothing blocks has to end."""


class LoopThread:
    """The event loop of an engine, in a thread that begins with the first call."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._submitted = self._done = 0

    @property
    def busy(self) -> bool:
        """Whether calls are on the loop."""
        return self._submitted != self._done

    def submit(self, call: LoopCall) -> None:
        """Run a call on the loop, unless the engine stops."""
        with self._lock:
            if not self._executor.stopping:
                self._submitted += 1
                loop = self._loop or self._start()
                loop.call_soon_threadsafe(self._begin, call)

    def call(self, action: Offer, argument: object) -> None:
        """Do something in the loop's thread."""
        with self._lock:
            if self._loop is not None:
                self._loop.call_soon_threadsafe(action, argument)

    def require_other_thread(self) -> None:
        """Refuse to wait for the loop in its own thread.

        Raises:
            UsageError: this is it.
        """
        if threading.current_thread() is self._thread:
            remedy = "await asyncio.to_thread(engine.stop)"
            raise UsageError("a coroutine would wait for itself", remedy=remedy)

    def stop(self, deadline: float) -> None:
        """End the thread; what still runs on the loop is left behind.

        A coroutine that blocks it is waited for until `time.monotonic()` is `deadline`.
        """
        with self._lock:
            loop, thread = self._loop, self._thread
            self._loop = self._thread = None
        if loop is not None and thread is not None:
            loop.call_soon_threadsafe(loop.stop)
            thread.join(max(deadline - time.monotonic(), _JOIN_SECONDS))

    def _start(self) -> asyncio.AbstractEventLoop:
        import asyncio

        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(
            target=self._run, args=(self._loop,), name="bpmn-xml-loop", daemon=True
        )
        self._thread.start()
        return self._loop

    def _run(self, loop: asyncio.AbstractEventLoop) -> None:
        import asyncio

        asyncio.set_event_loop(loop)
        try:
            loop.run_forever()
        finally:
            for task in asyncio.all_tasks(loop):
                task.cancel()
            loop.run_until_complete(asyncio.sleep(0))
            loop.run_until_complete(loop.shutdown_asyncgens())
            loop.set_exception_handler(lambda _loop, _context: None)
            loop.close()

    def _begin(self, call: LoopCall) -> None:
        from asyncio import get_running_loop

        task = get_running_loop().create_task(call.run())
        call.running = task
        task.add_done_callback(self._count)

    def _count(self, _task: asyncio.Task[None]) -> None:
        self._done += 1
        self._executor.driver.poke()


class LoopCall(Producer, eq=False):
    """A call that runs on the loop."""

    running: asyncio.Task[None] | None = None

    def launch(self, offer: Offer) -> None:  # noqa: ARG002 - it waits for no worker
        """Submit the call to the loop."""
        self.task.executor.loop.submit(self)

    def cancel(self) -> None:
        """Break the coroutine off at its next `await`."""
        self.flag.set()
        self.task.executor.loop.call(self._break_off, None)

    async def run(self) -> None:
        """Begin the call, do its work and deliver the answer."""
        executor = self.task.executor
        if not self.begin(executor.offer):
            return
        answer = self.end(await self.work(), executor.offer)
        if answer is not None:
            executor.post(self.instance, answer)

    @abstractmethod
    async def work(self) -> Answer:
        """Run the handler; its answer."""

    def _break_off(self, _argument: object) -> None:
        """Cancel what has begun; what has not will see the flag."""
        if self.begun and self.running is not None:
            self.running.cancel()


class AsyncCall(LoopCall, eq=False):
    """A call of a coroutine function."""

    async def work(self) -> Answer:
        """Await the handler; its answer."""
        task = self.task
        try:
            result = task.function(*self.args)
            if inspect.isawaitable(result):
                result = await result
            values = task.values_of(result, task.result)
        except BaseException as error:  # noqa: BLE001 - whatever a handler raises is its answer
            return failed(self.where, self.attempt, error, self.task.values_of)
        return self.done(values, carries=task.work.promotes)


def _event() -> asyncio.Event:
    from asyncio import Event

    return Event()


class AsyncStream(LoopCall, eq=False):
    """A call of an asynchronous generator function: a producer."""

    resumed: asyncio.Event = msgspec.field(default_factory=_event)

    def act(self, desk: Desk) -> None:  # noqa: ARG002 - the loop does it
        """Let the paused generator go on."""
        self.task.executor.loop.call(lambda _: self.resumed.set(), None)

    async def work(self) -> Answer:
        """Fetch the results one by one and post them."""
        try:
            results = self.task.function(*self.args)
            async for result in results:
                await self._post(result)
        except BaseException as error:  # noqa: BLE001 - whatever a handler raises is its answer
            return failed(self.where, self.attempt, error, self.task.values_of)
        return self.conclusion()

    async def _post(self, result: object) -> None:
        command = self.emission(result)
        if command is None:
            return
        self.resumed.clear()
        self.room.emitted()
        self.task.executor.post(self.instance, command)
        if self.room.pauses():
            await self.resumed.wait()
