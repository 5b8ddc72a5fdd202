"""When workers were free: until then, what each of them ran next was waiting for it.

A trace says when a call was ready, and which thread brought its answer. A worker runs one call at
a time, so the time between is told apart: the wait for the worker, and the work.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

WORKER: Final = "worker-"
"""What the names of threads that run one call at a time begin with."""

_BEFORE: Final = frozenset({"Answered", "TimeClamped", "VariablesRemoved", "VariablesWritten"})
"""What a batch tells before the end of the call that it is the answer of."""


def place_of_answer(types: Iterable[str]) -> int:
    """Which record of a batch tells the end of a call, if the batch is the answer of one.

    >>> place_of_answer(["VariablesWritten", "Completed", "FlowTaken"])
    1
    """
    return next((place for place, type_ in enumerate(types) if type_ not in _BEFORE), 0)


class WorkerTimes:
    """Takes the calls that workers have ended, in the order of their ends.

    >>> workers = WorkerTimes()
    >>> workers.began("worker-1", ready=0, ended=5), workers.began("worker-1", ready=1, ended=9)
    (0, 5)
    >>> workers.began("loop", ready=2, ended=9)
    2
    """

    def __init__(self) -> None:
        self._free: dict[str, int] = {}

    def began(self, name: str, *, ready: int, ended: int) -> int:
        """When a thread began with a call; those that run many at once begin with each at once."""
        if not name.startswith(WORKER):
            return ready
        free, self._free[name] = self._free.get(name, 0), ended
        return max(ready, free)
