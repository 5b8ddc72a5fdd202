"""Who sees every batch: a trace, a progress display, or whoever else asks for it."""

from __future__ import annotations

import threading
from typing import Protocol, runtime_checkable

from bpmn_xml.core.records import Advanced, Batch
from bpmn_xml.core.state import State
from bpmn_xml.runtime.execution.log import note


class Observer(Protocol):
    """Who sees every batch."""

    def on_batch(self, state: State, batch: Batch) -> None:
        """Look at a batch right after it was applied; the state is the writer's, only to read."""


@runtime_checkable
class AdvanceObserver(Observer, Protocol):
    """One that asks and does nothing; it can do without a batch where nobody else looks."""

    def on_advance(self, state: State, record: Advanced, by: str) -> None:
        """Look at an advance that is a batch by itself; `by` is as in `trace.thread_name`."""


class Observers:
    """All that see batches, in the order in which they are told; any thread may tell them.

    Attributes:
        all: another tuple after each change; to look at it takes no lock.
        alone: the only one, if it can do without batches.
    """

    __slots__ = ("_lock", "all", "alone")

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._set(())

    def _set(self, observers: tuple[Observer, ...]) -> None:
        self.all = observers
        first = observers[0] if len(observers) == 1 else None
        self.alone = first if isinstance(first, AdvanceObserver) else None

    def add(self, observer: Observer) -> None:
        """Let one more see what happens from now on."""
        with self._lock:
            self._set((*self.all, observer))

    def show(self, state: State, batch: Batch) -> None:
        """Let them see a batch; one that raises sees no more."""
        for observer in self.all:
            try:
                observer.on_batch(state, batch)
            except Exception as error:  # noqa: BLE001 - an observer must not stop the run
                self.drop(observer, error)

    def drop(self, observer: Observer, error: Exception) -> None:
        """Show nothing more to one that has raised."""
        with self._lock:
            left = tuple([other for other in self.all if other is not observer])
            gone = len(self.all) > len(left)
            self._set(left)
        if gone:  # else another thread has taken it out, and said so
            note(f"{type(observer).__name__} raised and sees no more", error)
