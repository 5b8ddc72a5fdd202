"""Wait until nothing moves in an instance; or in any of them, nor between them."""

from __future__ import annotations

import threading
import time
from functools import partial
from math import inf

from bpmn_xml.errors import InternalError
from bpmn_xml.runtime.clock import SECOND
from bpmn_xml.runtime.execution.desk import LOST, Desk
from bpmn_xml.runtime.execution.executor import Executor
from bpmn_xml.runtime.execution.instance import Instance
from bpmn_xml.runtime.execution.standing import Standing, Until


def wait_for(executor: Executor, instance: Instance, timeout: float | None, until: Until) -> bool:
    """Wait until an instance has come so far, or has ended; whether it came to that.

    Raises:
        InternalError: the instance was lost by a fault of ours, else what broke it off.
    """
    deadline = None if timeout is None else time.monotonic() + timeout
    before = inf if timeout is None else executor.now() + timeout * SECOND
    executor.driver.work(deadline)
    while not instance.is_over:
        event = executor.ask(instance, partial(_watch, until, before))
        if event is None:
            break
        executor.require_no_writer()
        if executor.stopped or not executor.driver.wait(event, deadline):
            return False
    if instance in executor.lost:
        raise _loss(executor.lost[instance])
    return True


def _loss(error: BaseException) -> BaseException:
    """What who waits for a lost instance is told: our fault, or as it is what ends more than it."""
    if not isinstance(error, Exception):
        return error
    told = InternalError(LOST)
    told.__cause__ = error
    return told


def _watch(until: Until, before: float, desk: Desk, instance: Instance) -> threading.Event | None:
    """What is set once an instance has come so far; None if it has."""
    stands = desk.executor.standing(instance, until, before)
    if stands is Standing.ENDED or instance in desk.executor.lost:
        return None
    if stands is not Standing.RUNNING and until is not Until.END:
        return None
    details = instance.need_details()
    details.waiter = details.waiter or threading.Event()
    return details.waiter


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
        if not all(wait_for(executor, instance, left(), until) for instance in instances):
            return False
        if quiet and router.idle.is_set() and before == (executor.latest, router.thrown):
            return True
        executor.driver.work(deadline)
        if not router.idle.wait(left()):
            return False
