"""Where kept messages are looked for, so that of all that is waited for the oldest comes first."""

from __future__ import annotations

from heapq import heappop, heappush, heapreplace

from bpmn_xml.runtime.execution.messages.subscriptions import Named


class Looks:
    """By which names and keys something is waited for, and how old its messages are at least.

    So only those at the front are looked for, however many there are.

    >>> looks = Looks()
    >>> for way in (("a", ""), ("b", ""), ("b", "")):
    ...     looks.add(way)
    >>> looks.first, looks.is_oldest(7), looks.first, looks.is_oldest(5), looks.first
    (('a', ''), False, ('b', ''), False, ('b', ''))
    >>> looks.is_oldest(5)
    True
    >>> looks.drop()
    >>> looks.first
    ('a', '')
    """

    __slots__ = ("_heap", "_new")

    def __init__(self) -> None:
        self._heap: list[tuple[int, Named]] = []
        self._new: set[Named] = set()

    def __bool__(self) -> bool:
        return bool(self._heap)

    def add(self, way: Named) -> None:
        """Look for what comes this way, too: nothing is known of it yet."""
        if way not in self._new:
            self._new.add(way)
            heappush(self._heap, (0, way))

    def take(self, others: Looks) -> None:
        """Look wherever others would."""
        for _, way in others._heap:
            self.add(way)

    @property
    def first(self) -> Named:
        """Where the oldest message may be."""
        return self._heap[0][1]

    def is_oldest(self, age: int) -> bool:
        """Whether the oldest message that has been found at the first is the oldest of all."""
        known, way = self._heap[0]
        if age > known:
            heapreplace(self._heap, (age, way))
            self._new.discard(way)
        return age <= known

    def drop(self) -> None:
        """Look at the first no more: there is nothing."""
        _, way = heappop(self._heap)
        self._new.discard(way)
