"""What can be come to: the walks along whatever leads from one thing to others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
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


def within(first: T, inside: Callable[[T], Iterable[T]]) -> Iterator[T]:
    """Yield a thing and all that is inside of it, however deep; what holds before what is held.

    >>> list(within("abcd", lambda text: (text[:len(text) // 2], text[1:])[: len(text) - 1]))
    ['abcd', 'bcd', 'cd', 'c', 'b', 'ab', 'a']
    """
    waiting = [first]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += inside(one)
