"""`async def` handlers: all on one loop in one thread, which posts answers and never decides."""

from __future__ import annotations

import inspect
import threading
import time
from abc import abstractmethod
from typing import TYPE_CHECKING, Final

from bpmn_xml.errors import UsageError
from bpmn_xml.runtime.binding.answers import failed
from bpmn_xml.runtime.execution.calls.call import Answer, Offer
from bpmn_xml.runtime.execution.calls.streams import Producer
from bpmn_xml.runtime.execution.desk import Desk

if TYPE_CHECKING:
    import asyncio

    from bpmn_xml.runtime.execution.executor import Executor

_JOIN_SECONDS: Final = 0.1
"""How long a loop that nothing blocks has to end."""


class LoopThread:
    """The event loop of an engine, in a thread that begins with the first call.

    That thread makes its loop itself, as asyncio takes long to import and others have work to do
    meanwhile; what they tell it by then is kept.
    """

    def __init__(self, executor: Executor) -> None:
        self._executor = executor
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._early: list[tuple[Offer, object]] = []
        self._submitted = self._done = 0

    @property
    def busy(self) -> bool:
        """Whether calls are on the loop."""
        return self._submitted != self._done

    def submit(self, call: LoopCall) -> None:
        """Run a call on the loop, unless the engine stops."""
        with self._lock:
            if self._executor.stopping:
                return
            self._submitted += 1
            if self._thread is None:
                name = "bpmn-xml-loop"
                self._thread = threading.Thread(target=self._main, name=name, daemon=True)
                self._thread.start()
            self._tell(self._begin, call)

    def call(self, action: Offer, argument: object) -> None:
        """Do something in the loop's thread."""
        with self._lock:
            if self._thread is not None:
                self._tell(action, argument)

    def _tell(self, action: Offer, argument: object) -> None:
        """The same, with the lock held."""
        if self._loop is None:
            self._early.append((action, argument))
        else:
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
            thread, self._thread = self._thread, None
            if thread is not None:
                self._tell(_end, None)
        if thread is not None:
            thread.join(max(deadline - time.monotonic(), _JOIN_SECONDS))

    def _main(self) -> None:
        import asyncio

        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        with self._lock:
            self._loop = loop
            for action, argument in self._early:
                loop.call_soon(action, argument)
            self._early.clear()
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


def _end(_argument: object) -> None:
    from asyncio import get_running_loop

    get_running_loop().stop()


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


class AsyncStream(LoopCall, eq=False):
    """A call of an asynchronous generator function: a producer."""

    resumed: asyncio.Event | None = None

    def act(self, desk: Desk) -> None:  # noqa: ARG002 - the loop does it
        """Let the paused generator go on."""
        self.task.executor.loop.call(self._resume, None)

    def _resume(self, _argument: object) -> None:
        if self.resumed is not None:
            self.resumed.set()

    async def work(self) -> Answer:
        """Fetch the results one by one and post them."""
        from asyncio import Event

        self.resumed = Event()
        try:
            results = self.task.function(*self.args)
            async for result in results:
                await self._post(result, self.resumed)
        except BaseException as error:  # noqa: BLE001 - whatever a handler raises is its answer
            return failed(self.where, self.attempt, error, self.task.values_of)
        return self.conclusion()

    async def _post(self, result: object, resumed: asyncio.Event) -> None:
        command = self.emission(result)
        if command is None:
            return
        resumed.clear()
        self.room.emitted()
        self.task.executor.post(self.instance, command)
        if self.room.pauses():
            await resumed.wait()
