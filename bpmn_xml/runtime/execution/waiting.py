"""Wait until nothing moves in any instance, nor between them."""

from __future__ import annotations

import time

from bpmn_xml.runtime.execution.executor import Executor
from bpmn_xml.runtime.execution.standing import Until


def wait_for_all(executor: Executor, until: Until, timeout: float | None) -> bool:
    """Wait for all instances, and for what is on its way between them; whether it came to that.

    What began or was thrown while one was waited for may have set others going, so then all are
    looked at once more.
    """
    router = executor.router
    deadline = None if timeout is None else time.monotonic() + timeout

    def left() -> float | None:
        return None if deadline is None else max(0.0, deadline - time.monotonic())

    while True:
        executor.timers.fire(executor.now())
        before, quiet = (executor.latest, router.thrown), router.idle.is_set()
        instances = executor.instances.copy().values()
        if not all(executor.wait(instance, left(), until) for instance in instances):
            return False
        if quiet and router.idle.is_set() and before == (executor.latest, router.thrown):
            return True
        executor.driver.work(deadline)
        if not router.idle.wait(left()):
            return False
