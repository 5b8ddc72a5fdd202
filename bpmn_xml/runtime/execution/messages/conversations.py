"""Which instance takes part in which conversation, so that a message finds its own (8.4.2, 13.2).

>>> talks = Conversations[str]()
>>> talks.fill("P-1", 0, {"order": "7"})
>>> talks.fill("P-1", 0, {"invoice": "70"})
>>> [talks.goes_on(said, 0) for said in ({"order": "7"}, {"order": "7", "invoice": "71"})]
[True, False]
>>> [talks.are_for("P-2", said) for said in ({"order": "7"}, {"order": "8"})]
[False, True]
"""

from __future__ import annotations

import threading
from collections.abc import Hashable, Iterator, Mapping
from typing import Generic, TypeVar

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

    def goes_on(self, values: Mapping[str, str], container: int) -> bool:
        """Whether there is an instance of a process in a conversation of which this is said."""
        with self._lock:
            return any(self._containers[who] == container for who in self._in(values))

    def are_for(self, who: Who, values: Mapping[str, str]) -> bool:
        """Whether what is said is of nobody's conversation, or of one in which somebody is."""
        with self._lock:
            mine = who in self._values and self._shares(who, values) and self._agrees(who, values)
            return mine or next(self._in(values), None) is None

    def _in(self, values: Mapping[str, str]) -> Iterator[Who]:
        """Who takes part: something of it is known there, and nothing else."""
        among = (who for pair in values.items() for who in self._by_value.get(pair, ()))
        return (who for who in among if self._agrees(who, values))

    def _shares(self, who: Who, values: Mapping[str, str]) -> bool:
        return any(who in self._by_value.get(pair, ()) for pair in values.items())

    def _agrees(self, who: Who, values: Mapping[str, str]) -> bool:
        known = self._values[who]
        return all(known.get(name, value) == value for name, value in values.items())

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
