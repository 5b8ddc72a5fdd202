"""What is kept until it is over: where there is much of it, what is over is swept out.

So nothing outlives by much what it was for, and to keep one thing more costs nearly nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")

SWEEP_AT: Final = 32
"""With how many things one first looks for those that are over."""


class Swept(Generic[K, V]):
    """Things by key, in the order in which they came.

    >>> found = Swept[int, str]()
    >>> gone = [found.add(n, f"no. {n}", lambda n: n < 30) for n in range(40)]
    >>> [*found.kept], sum(map(len, gone)), gone[32][0]
    ([30, 31, 32, 33, 34, 35, 36, 37, 38, 39], 30, 'no. 0')
    """

    __slots__ = ("_sweep_at", "kept")

    def __init__(self) -> None:
        self.kept: dict[K, V] = {}
        self._sweep_at = SWEEP_AT

    def add(self, key: K, value: V, is_over: Callable[[K], bool]) -> dict[K, V]:
        """Keep one more; what was swept out for it."""
        gone = dict[K, V]()
        if len(self.kept) >= self._sweep_at:
            gone = {one: self.kept.pop(one) for one in [*self.kept] if is_over(one)}
            self._sweep_at = max(SWEEP_AT, 2 * len(self.kept))
        self.kept[key] = value
        return gone
