"""Who sees every batch: a trace, a progress display, or whoever else asks for it."""

from __future__ import annotations

from contextlib import suppress
from typing import Protocol

from bpmn_xml.core.records import Batch
from bpmn_xml.core.state import State
from bpmn_xml.runtime.execution.log import note


class Observer(Protocol):
    """Who sees every batch."""

    def on_batch(self, state: State, batch: Batch) -> None:
        """Look at a batch right after it was applied; the state is the writer's, only to read."""


class Observers(list[Observer]):
    """All that see batches, in the order in which they are told; any thread may tell them."""

    def show(self, state: State, batch: Batch) -> None:
        """Let them see a batch; one that raises sees no more."""
        for observer in tuple(self):
            try:
                observer.on_batch(state, batch)
            except Exception as error:  # noqa: BLE001 - an observer must not stop the run
                with suppress(ValueError):  # another thread has taken it out, and said so
                    self.remove(observer)
                    note(f"{type(observer).__name__} raised and sees no more", error)
