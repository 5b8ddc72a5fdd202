"""Messages that nobody has received yet: each is kept for a while, and has one receiver."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

import msgspec

from bpmn_xml.runtime.execution.instance import Instance
from bpmn_xml.runtime.execution.messages.waiters import Named

Values = Mapping[str, Any]

K = TypeVar("K")

MOST_KEPT: Final = 10_000
"""How many such messages are kept; the oldest go first."""


class SentMessage(msgspec.Struct, frozen=True, eq=False):
    """A message on its way.

    Attributes:
        until: when nobody need receive it any more.
        receiver: the id of the node that alone may receive it; empty if any may.
        instance: the instance that alone may receive it; None if any may.
    """

    name: str
    key: str
    values: Values
    until: int
    receiver: str = ""
    instance: Instance | None = None

    def is_for(self, node: str, instance: Instance | None = None) -> bool:
        """Whether a node of an instance may receive it, or one that begins an instance."""
        return self.receiver in ("", node) and self.instance in (None, instance)


class Kept:
    """The messages that nobody has received yet, by name and key, oldest first.

    Whoever removes a message owns it: so it has one receiver, however many look for one at once.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._all: dict[SentMessage, None] = {}
        self._by_name: dict[Named, dict[SentMessage, None]] = {}
        self._by_instance: dict[Instance, dict[SentMessage, None]] = {}
        self._lost = deque[Named](maxlen=MOST_KEPT)

    def __len__(self) -> int:
        return len(self._all)

    def __contains__(self, message: SentMessage) -> bool:
        return message in self._all

    def add(self, message: SentMessage, now: int) -> None:
        """Keep a message; the oldest go whose time is over, or where there are too many."""
        with self._lock:
            while self._all and next(iter(self._all)).until <= now:
                self._lose(next(iter(self._all)))
            self._all[message] = None
            self._by_name.setdefault((message.name, message.key), {})[message] = None
            if message.instance is not None:
                self._by_instance.setdefault(message.instance, {})[message] = None
            if len(self._all) > MOST_KEPT:
                self._lose(next(iter(self._all)))

    def forget(self, instance: Instance) -> None:
        """Keep what is for one instance no longer: it has ended."""
        with self._lock:
            for message in list(self._by_instance.get(instance, ())):
                self._lose(message)

    def remove(self, message: SentMessage) -> bool:
        """Take a message; whether it was still there."""
        with self._lock:
            return message in self._all and self._remove(message)

    def lose(self, message: SentMessage) -> None:
        """Keep a message no longer, if nobody has taken it."""
        with self._lock:
            if message in self._all:
                self._lose(message)

    def untaken(self) -> list[Named]:
        """The messages that nobody has taken, of very many that are lost the last ones."""
        with self._lock:
            return [*self._lost, *[(message.name, message.key) for message in self._all]]

    def has(self, named: Named) -> bool:
        """Whether there are messages of a name and key."""
        return named in self._by_name

    def oldest(
        self, named: Named, now: int, fits: Callable[[SentMessage], bool]
    ) -> SentMessage | None:
        """The oldest message of a name and key that fits; those whose time is over are dropped."""
        with self._lock:
            messages = self._by_name.get(named, {})
            while messages and next(iter(messages)).until <= now:
                self._lose(next(iter(messages)))
            return next((one for one in messages if one.until > now and fits(one)), None)

    def _lose(self, message: SentMessage) -> None:
        self._lost.append((message.name, message.key))
        self._remove(message)

    def _remove(self, message: SentMessage) -> bool:
        del self._all[message]
        _take_out(self._by_name, (message.name, message.key), message)
        if message.instance is not None:
            _take_out(self._by_instance, message.instance, message)
        return True


def _take_out(listed: dict[K, dict[SentMessage, None]], key: K, message: SentMessage) -> None:
    """Take a message off a list; no list stays empty."""
    del listed[key][message]
    if not listed[key]:
        del listed[key]
