"""Who may wait for a message or a signal, so that of many instances only those are asked."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bpmn_xml.runtime.execution.instance import Instance

Named = tuple[str, str]
"""The name and the key of a message."""


class Waiters:
    """Instances by what they wait for, in the order in which they began to wait.

    Nobody who waits is missing; one may stand here still that waits no more, until it is asked.
    Who asks an instance takes it out before, so that a wait that begins meanwhile is not missed.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._instances: dict[Named, dict[Instance, None]] = {}
        self._names: dict[Instance, dict[Named, None]] = {}

    def __len__(self) -> int:
        return len(self._names)

    def add(self, named: Named, instance: Instance) -> None:
        """Note that an instance begins to wait."""
        with self._lock:
            self._instances.setdefault(named, {})[instance] = None
            self._names.setdefault(instance, {})[named] = None

    def who(self, named: Named) -> list[Instance]:
        """The instances that may wait for something, in order."""
        with self._lock:
            return list(self._instances.get(named, ()))

    def drop(self, named: Named, instance: Instance) -> None:
        """Note that an instance waits for something no longer."""
        with self._lock:
            self._drop(named, instance)
            left = self._names.get(instance)
            if left is not None:
                left.pop(named, None)
                if not left:
                    del self._names[instance]

    def forget(self, instance: Instance) -> None:
        """Drop an instance that has ended."""
        if instance not in self._names:
            return
        with self._lock:
            for named in self._names.pop(instance, ()):
                self._drop(named, instance)

    def _drop(self, named: Named, instance: Instance) -> None:
        waiting = self._instances.get(named, {})
        waiting.pop(instance, None)
        if not waiting:
            self._instances.pop(named, None)
