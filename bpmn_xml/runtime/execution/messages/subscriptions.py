"""Who may wait for a message or a signal, and where, so that only those are asked."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable
from typing import Generic, Protocol, TypeVar

from bpmn_xml.compiler.program import OPEN
from bpmn_xml.core.conversations import fits
from bpmn_xml.core.state import State
from bpmn_xml.runtime.execution.standing import Place, wait_at
from bpmn_xml.runtime.execution.swept import Swept

Named = tuple[str, str]
"""The name and the key of a message."""


class HasState(Protocol):
    """An instance, as far as who looks for what waits has to know it."""

    @property
    def state(self) -> State:
        """Its state; its writer alone looks."""


Who = TypeVar("Who", bound=HasState)


Places = Swept[Place, None]
"""Where an instance waits for one thing, in the order in which that began."""


def stands(instance: HasState, place: Place, named: Named) -> bool:
    """Whether something still waits at a place; the writer of the instance asks.

    What waits without a key may be noted under the business key of its instance too, what waits
    with one under a part of it.
    """
    wait = wait_at(instance.state, *place)
    if wait is None or wait.name != named[0]:
        return False
    if wait.key in ("", named[1]):
        return True
    return OPEN in wait.key if named[1] == OPEN else fits(named[1], wait.key)


class Subscriptions(Generic[Who]):
    """Instances by what they wait for, in the order in which they began to wait.

    Nobody who waits is missing; one may stand here still that waits no more, until it is asked.
    Who asks an instance takes it out before, so that a wait that begins meanwhile is not missed.
    Where an instance waits, its writer alone says and asks.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._instances: dict[Named, dict[Who, None]] = {}
        self._places: dict[Who, Swept[Named, Places]] = {}

    def __len__(self) -> int:
        return len(self._places)

    def add(self, named: Named, instance: Who, place: Place) -> None:
        """Note that an instance begins to wait at a place."""
        with self._lock:
            self._instances.setdefault(named, {})[instance] = None
            known = self._places.get(instance)
            if known is None:
                known = self._places[instance] = Swept()
            places = known.kept.get(named)
            if places is None:
                places = Places()
                for over in known.add(named, places, lambda one: not self._waits(one, instance)):
                    self._drop(over, instance)
            places.add(place, None, lambda one: not stands(instance, one, named))

    def _waits(self, named: Named, instance: Who) -> bool:
        """Whether an instance still waits for something; its writer asks."""
        return any(stands(instance, place, named) for place in self.where(named, instance))

    def who(self, named: Named) -> list[Who]:
        """The instances that may wait for something, in order."""
        with self._lock:
            return list(self._instances.get(named, ()))

    def where(self, named: Named, instance: Who) -> Collection[Place]:
        """The places of an instance where something may wait, in order."""
        known = self._places.get(instance)
        places = known.kept.get(named) if known else None
        return places.kept if places else ()

    def names(self, name: str, instance: Who) -> list[Named]:
        """What of this name an instance may wait for, whatever the key."""
        with self._lock:
            known = self._places.get(instance)
            return [named for named in known.kept if named[0] == name] if known else []

    def leave(self, named: Named, instance: Who, places: Iterable[Place]) -> None:
        """Note that nothing waits at some places any more; elsewhere it waits behind others."""
        left = self._places[instance].kept[named].kept
        for place in places:
            del left[place]
        if not left:
            self.drop(named, instance)
            return
        with self._lock:
            waiting = self._instances[named]
            waiting[instance] = waiting.pop(instance)

    def drop(self, named: Named, instance: Who) -> None:
        """Note that an instance waits for something no longer."""
        with self._lock:
            self._drop(named, instance)
            left = self._places.get(instance)
            if left is not None:
                left.kept.pop(named, None)
                if not left.kept:
                    del self._places[instance]

    def forget(self, instance: Who) -> None:
        """Drop an instance that has ended."""
        if instance not in self._places:
            return
        with self._lock:
            for named in self._places.pop(instance).kept:
                self._drop(named, instance)

    def _drop(self, named: Named, instance: Who) -> None:
        waiting = self._instances.get(named, {})
        waiting.pop(instance, None)
        if not waiting:
            self._instances.pop(named, None)
