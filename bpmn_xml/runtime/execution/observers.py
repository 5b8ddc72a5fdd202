"""Who sees every batch: a trace, a progress display, or whoever else asks for it."""

from __future__ import annotations

import threading
from typing import Protocol

from bpmn_xml.core.records import Advanced, Batch
from bpmn_xml.core.state import State
from bpmn_xml.runtime.execution.log import note


class Observer(Protocol):
    """Who sees every batch."""

    def on_batch(self, state: State, batch: Batch) -> None:
        """Look at a batch right after it was applied; the state is the writer's, only to read."""


class Observers:
    """All that see batches, in the order in which they are told; any thread may tell them.

    Attributes:
        all: another tuple after each change; to look at it takes no lock.
    """

    __slots__ = ("_lock", "all")

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.all: tuple[Observer, ...] = ()

    def add(self, observer: Observer) -> None:
        """Let one more see what happens from now on."""
        with self._lock:
            self.all = (*self.all, observer)

    def show(self, state: State, batch: Batch) -> None:
        """Let them see a batch; one that raises sees no more."""
        for observer in self.all:
            try:
                observer.on_batch(state, batch)
            except Exception as error:  # noqa: BLE001 - an observer must not stop the run
                self._drop(observer, error)

    def show_advance(self, state: State, record: Advanced) -> None:
        """The same of an advance that is a batch by itself, which is made for who asks for it."""
        for observer in self.all:
            try:
                see = getattr(observer, "on_advance", None)
                if see is not None:
                    see(state, record)
                else:
                    batch = Batch(state.instance, state.seq, state.time, [record])
                    observer.on_batch(state, batch)
            except Exception as error:  # noqa: BLE001 - as above
                self._drop(observer, error)

    def _drop(self, observer: Observer, error: Exception) -> None:
        with self._lock:
            left = tuple([other for other in self.all if other is not observer])
            gone, self.all = len(self.all) > len(left), left
        if gone:  # else another thread has taken it out, and said so
            note(f"{type(observer).__name__} raised and sees no more", error)
