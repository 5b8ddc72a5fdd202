"""Messages that nobody has received yet: each is kept for a while, and has one receiver."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Mapping
from itertools import takewhile
from typing import Final, TypeVar

import msgspec

from bpmn_xml.compiler.program import OPEN, Correlation, Node
from bpmn_xml.compiler.program.correlation import found_by
from bpmn_xml.core.conversations import values_of
from bpmn_xml.core.values import Values
from bpmn_xml.runtime.execution.instance import Instance
from bpmn_xml.runtime.execution.messages.cardinality import Copies
from bpmn_xml.runtime.execution.messages.subscriptions import Named

K = TypeVar("K")

MOST_KEPT: Final = 10_000
"""How many such messages are kept; the oldest go first."""


class SentMessage(msgspec.Struct, frozen=True, eq=False):
    """A message on its way.

    Attributes:
        until: when nobody need receive it any more.
        receiver: the id of the node that alone may receive it; empty if any may.
        instance: the instance that alone may receive it; None if any may.
        nodes: the nodes of the process that alone may receive it; None if any may.
        copies: told where it is one of several copies.
        correlation: how its key is made, where the standard's make it.
    """

    name: str
    key: str
    values: Values
    until: int
    receiver: str = ""
    instance: Instance | None = None
    nodes: frozenset[int] | None = None
    copies: Copies | None = None
    correlation: Correlation | None = None

    def is_for(self, node: Node, instance: Instance | None = None) -> bool:
        """Whether a node of an instance may receive it, or one that begins an instance."""
        mine = self.nodes is None or node.index in self.nodes
        return mine and self.receiver in ("", node.id) and self.instance in (None, instance)

    @property
    def ways(self) -> list[Named]:
        """By what those are found who wait for it with a key."""
        if self.correlation is None or self.correlation.is_plain:
            return [(self.name, self.key)]
        return [(self.name, found) for found in found_by(self.key, self.correlation.keys)]

    @property
    def said(self) -> Mapping[str, str]:
        """What it says of correlation properties."""
        return values_of(self.correlation.properties, self.key) if self.correlation else {}

    @property
    def missed(self) -> bool:
        """Whether nobody has received it, nor a copy of it."""
        return self.copies is None or not self.copies.taken


class Kept:
    """The messages that nobody has received yet, by name and key, oldest first.

    Whoever removes a message owns it: so it has one receiver, however many look for one at once.
    One that is still being brought to somebody, from `add` to `settle`, is not lost for its age.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._all: dict[SentMessage, int] = {}
        self._count = 0
        self._under_way = set[SentMessage]()
        self._by_name: dict[Named, dict[SentMessage, None]] = {}
        self._by_instance: dict[Instance, dict[SentMessage, None]] = {}
        self._lost = deque[Named](maxlen=MOST_KEPT)

    def __len__(self) -> int:
        return len(self._all)

    def add(self, message: SentMessage, now: int) -> None:
        """Keep a message that is under way; the oldest go that are late, or if there are too many.

        Whoever brings it has it settled afterwards.
        """
        with self._lock:
            self._lose_late(self._all, now)
            self._under_way.add(message)
            self._count += 1
            self._all[message] = self._count
            for named in _names(message):
                self._by_name.setdefault(named, {})[message] = None
            if message.instance is not None:
                self._by_instance.setdefault(message.instance, {})[message] = None
            if len(self._all) > MOST_KEPT:
                resting = (one for one in self._all if one not in self._under_way)
                self._lose(next(resting, message))

    def is_taken(self, message: SentMessage) -> bool:
        """Whether somebody has received a message that is under way."""
        with self._lock:
            return message in self._under_way and message not in self._all

    def settle(self, message: SentMessage, now: int) -> None:
        """A message is under way no longer: it is kept as long as it is to be."""
        with self._lock:
            self._under_way.discard(message)
            if message in self._all and message.until <= now:
                self._lose(message)

    def forget(self, instance: Instance) -> None:
        """Keep what is for one instance no longer: it has ended."""
        with self._lock:
            for message in list(self._by_instance.get(instance, ())):
                self._lose(message)

    def remove(self, message: SentMessage) -> bool:
        """Take a message; whether it was still there."""
        with self._lock:
            taken = message in self._all and self._remove(message)
            if taken and message.copies is not None:
                message.copies.taken = True
            return taken

    def untaken(self) -> list[Named]:
        """The messages that nobody has taken, of very many that are lost the last ones."""
        with self._lock:
            missed = [message for message in self._all if message.missed]
            once = {message.copies or message: message for message in missed}.values()
            return [*self._lost, *[(message.name, message.key) for message in once]]

    def age(self, message: SentMessage) -> int:
        """Which of all messages it is that came, from 1; one that is gone has no age."""
        return self._all.get(message, 0)

    def has(self, named: Named) -> bool:
        """Whether there are messages of a name and key."""
        return named in self._by_name

    def oldest(
        self, named: Named, now: int, fits: Callable[[SentMessage], bool]
    ) -> SentMessage | None:
        """The oldest message of a name and key that fits; those whose time is over are dropped."""
        with self._lock:
            messages = self._by_name.get(named, {})
            self._lose_late(messages, now)
            return next(filter(fits, messages), None)

    def _lose_late(self, messages: Mapping[SentMessage, object], now: int) -> None:
        for message in list(takewhile(lambda one: one.until <= now, messages)):
            if message not in self._under_way:
                self._lose(message)

    def _lose(self, message: SentMessage) -> None:
        if message.missed:
            self._lost.append((message.name, message.key))
        self._under_way.discard(message)
        self._remove(message)

    def _remove(self, message: SentMessage) -> bool:
        del self._all[message]
        for named in _names(message):
            _take_out(self._by_name, named, message)
        if message.instance is not None:
            _take_out(self._by_instance, message.instance, message)
        return True


def _names(message: SentMessage) -> list[Named]:
    """By what it is looked for: one with a key also by those who do not know theirs yet."""
    unknown = (message.name, OPEN)
    ways = message.ways
    return [*ways, unknown] if message.key and unknown not in ways else ways


def _take_out(listed: dict[K, dict[SentMessage, None]], key: K, message: SentMessage) -> None:
    """Take a message off a list; no list stays empty."""
    del listed[key][message]
    if not listed[key]:
        del listed[key]
