"""Ids that nothing in a file bears yet."""

from __future__ import annotations

from collections.abc import Iterable


class UniqueIds:
    """Hands out ids, each once: the wished one, or it with a number behind.

    >>> ids = UniqueIds(["a"])
    >>> ids.make("a"), ids.make("b"), ids.make("a")
    ('a_2', 'b', 'a_3')
    """

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)
        self._numbers: dict[str, int] = {}

    def make(self, wanted: str) -> str:
        """Return an id like the wanted one that is not taken, and take it."""
        found = wanted
        while found in self._taken:
            self._numbers[wanted] = self._numbers.get(wanted, 1) + 1
            found = f"{wanted}_{self._numbers[wanted]}"
        self._taken.add(found)
        return found
