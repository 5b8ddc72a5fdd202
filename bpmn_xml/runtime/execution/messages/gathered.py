"""Start events that need all of their triggers: what has come so far (10.5.2)."""

from __future__ import annotations

import threading
from collections import deque
from typing import Any, Final

from bpmn_xml.compiler.program import Node
from bpmn_xml.core.values import Values
from bpmn_xml.runtime.execution.log import LOG

MOST_GATHERED: Final = 10_000
"""How often one trigger of a start event may happen before the others, and be remembered."""


class Gathered:
    """The triggers that have come so far to start events which need several of them.

    A process begins when each of its triggers has happened (10.5.2), with what came with the
    oldest of each; what happens again meanwhile counts for the next instance. Of what happens very
    often while another trigger does not, the oldest is given up, and it is noted once.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._came: dict[tuple[int, int], deque[Values]] = {}
        self._full: set[tuple[int, int]] = set()

    def add(self, node: Node, position: int, values: Values) -> Values | None:
        """Note that one of its triggers has happened; all values if no other is waited for."""
        with self._lock:
            self._note((node.index, position), values, node.id)
            came = [self._came.get((node.index, event)) for event in range(len(node.events))]
            if not all(came):
                return None
            together: dict[str, Any] = {}
            for oldest in [one.popleft() for one in came if one]:
                together |= oldest
            return together

    def _note(self, trigger: tuple[int, int], values: Values, node: str) -> None:
        """Keep what a trigger brings; the oldest goes where there is too much."""
        came = self._came.setdefault(trigger, deque(maxlen=MOST_GATHERED))
        if len(came) == MOST_GATHERED and trigger not in self._full:
            self._full.add(trigger)
            LOG.warning(
                "start event %r waits for all its triggers: one has happened %d times before "
                "another did, its oldest are given up",
                node,
                MOST_GATHERED,
            )
        came.append(values)
