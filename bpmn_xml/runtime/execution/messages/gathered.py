"""Start events that need all of their triggers: what has come so far (10.5.2)."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from itertools import count
from typing import Final, NamedTuple

from bpmn_xml.compiler.program import Node
from bpmn_xml.core.values import Values
from bpmn_xml.runtime.execution.log import LOG

MOST_GATHERED: Final = 10_000
"""How often one trigger of a start event may happen before the others, and be remembered."""


class Came(NamedTuple):
    """What a trigger brings, and what it says of correlation properties if it is a message."""

    values: Values
    said: Mapping[str, str]

    def belongs(self, said: Mapping[str, str]) -> bool:
        """Whether it may be of a conversation of which this is said (8.4.2)."""
        return all(said.get(name, value) == value for name, value in self.said.items())


class Gathered:
    """The triggers that have come so far to start events which need several of them.

    A process begins when each of its triggers has happened (10.5.2), with what came with the
    oldest of each that are of one conversation; what happens again meanwhile counts for the next
    instance. Of what happens very often while another trigger does not, the oldest is given up, and
    it is noted once.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._numbers = count()
        self._came: dict[tuple[int, int], dict[int, Came]] = {}
        self._full: set[tuple[int, int]] = set()

    def add(self, node: Node, position: int, new: Came) -> Came | None:
        """Note that one of its triggers has happened; all together if no other is waited for."""
        with self._lock:
            found = self._others(node, position, new)
            if found is None:
                self._note((node.index, position), new, node.id)
                return None
            taken = [self._came[node.index, event].pop(number) for event, number in found]
        together = [*taken[:position], new, *taken[position:]]
        values = {name: value for one in together for name, value in one.values.items()}
        return Came(values, {name: value for one in together for name, value in one.said.items()})

    def _others(self, node: Node, position: int, new: Came) -> list[tuple[int, int]] | None:
        """The oldest of each other trigger that belongs to it, by event and number, if all came."""
        said, found = dict(new.said), list[tuple[int, int]]()
        for event in [one for one in range(len(node.events)) if one != position]:
            came = self._came.get((node.index, event), {})
            number = next((n for n, one in came.items() if one.belongs(said)), None)
            if number is None:
                return None
            found.append((event, number))
            said |= came[number].said
        return found

    def _note(self, trigger: tuple[int, int], new: Came, node: str) -> None:
        """Keep what a trigger brings; the oldest goes where there is too much."""
        came = self._came.setdefault(trigger, {})
        came[next(self._numbers)] = new
        if len(came) <= MOST_GATHERED:
            return
        del came[next(iter(came))]
        if trigger not in self._full:
            self._full.add(trigger)
            LOG.warning(
                "start event %r waits for all its triggers: one has happened %d times before "
                "another did, its oldest are given up",
                node,
                MOST_GATHERED,
            )
