"""Which instance takes part in which conversation, so that a message finds its own (8.4.2, 13.2).

>>> talks = Conversations[str]()
>>> talks.fill("P-1", 0, {"order": "7"})
>>> talks.fill("P-1", 0, {"invoice": "70"})
>>> talks.who({"order": "7", "invoice": "71"}), talks.who({"order": "7", "parcel": "1"})
([], ['P-1'])
"""

from __future__ import annotations

import threading
from collections.abc import Hashable, Mapping
from typing import Generic, TypeVar

from bpmn_xml.compiler.program import NONE

Who = TypeVar("Who", bound=Hashable)


class Conversations(Generic[Who]):
    """The instances by the values that messages have given their correlation properties."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._values: dict[Who, dict[str, str]] = {}
        self._containers: dict[Who, int] = {}
        self._by_value: dict[tuple[str, str], dict[Who, None]] = {}

    def fill(self, who: Who, container: int, values: Mapping[str, str]) -> None:
        """Note what a message has said in an instance of a process, instead of what was before."""
        with self._lock:
            known = self._values.setdefault(who, {})
            self._containers[who] = container
            for property_, value in values.items():
                self._leave(who, property_, known)
                known[property_] = value
                self._by_value.setdefault((property_, value), {})[who] = None

    def who(self, values: Mapping[str, str], container: int = NONE) -> list[Who]:
        """Whose conversation it is of which a message says this, and nothing else is known."""
        with self._lock:
            found = [self._by_value.get(pair, {}) for pair in values.items()]
            some = dict.fromkeys(who for one in found for who in one)
            return [who for who in some if self._agrees(who, values, container)]

    def _agrees(self, who: Who, values: Mapping[str, str], container: int) -> bool:
        known = self._values[who]
        there = container in (NONE, self._containers[who])
        return there and all(known.get(name, value) == value for name, value in values.items())

    def forget(self, who: Who) -> None:
        """Drop an instance that has ended: its conversations are over."""
        if who not in self._values:
            return
        with self._lock:
            known = self._values.pop(who)
            del self._containers[who]
            for property_ in list(known):
                self._leave(who, property_, known)

    def _leave(self, who: Who, property_: str, known: Mapping[str, str]) -> None:
        pair = property_, known.get(property_, "")
        others = self._by_value.get(pair, {})
        others.pop(who, None)
        if not others:
            self._by_value.pop(pair, None)
