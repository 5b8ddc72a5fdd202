"""What a driver is: who gets the entries of an executor's queue done."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Protocol

from bpmn_xml.runtime.execution.calls.call import TaskCall
from bpmn_xml.runtime.execution.calls.result_queue import QueuedCall
from bpmn_xml.runtime.execution.desk import Desk


class Driver(Protocol):
    """How entries of the queue get done; `inline` and `threads` are the two ways."""

    def poke(self) -> None:
        """Something is in the queue, or a timer has changed."""

    def run(self, call: QueuedCall, desk: Desk) -> None:
        """Run a call that may have to wait in the middle."""

    def block(self, call: QueuedCall) -> None:
        """Wait in the call's own thread until `resume`, and let others have its turn."""

    def resume(self, call: QueuedCall) -> None:
        """Let a waiting call go on."""

    def work(self, deadline: float | None) -> None:
        """Do what is ready, if this thread is to do it; until `time.monotonic()` is `deadline`."""

    def wait(self, event: threading.Event, deadline: float | None) -> bool:
        """Wait until the event is set, or `time.monotonic()` is `deadline`; whether it is set."""

    def is_awaited(self) -> bool:
        """Whether a stop may wait for this thread."""

    def stop(self, grace: float) -> Sequence[TaskCall]:
        """End all threads; calls that run have `grace` seconds. Those that have not returned."""
