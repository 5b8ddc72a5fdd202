"""What can be come to: the one walk along whatever leads from one thing to others."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")


def reachable(
    first: Iterable[T], onward: Callable[[T], Iterable[T]], found: set[T] | None = None
) -> set[T]:
    """Return all that can be reached in some steps, the first ones included.

    Args:
        first: where it begins.
        onward: what each leads to.
        found: what has been reached before, which is walked no further; it gets all of the rest.

    >>> sorted(reachable([12], lambda number: [number // 2, number // 3] if number else []))
    [0, 1, 2, 3, 4, 6, 12]
    """
    found = set[T]() if found is None else found
    waiting = [*first]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += onward(one)
    return found
