"""How large a value is: how many values stand in it, and how much it is to write.

What stands in a value twice is written twice, but is counted once.

A few steps make a list of lists of lists that are all the same one, in no time and space. Whoever
prints it, or keeps it in a trace, would be busy for ever.

>>> weigh([["much"] * 2_000] * 10_000)
Traceback (most recent call last):
    ...
bpmn_xml.expressions.limits.LimitError: the expression makes too large a value
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import Any, Final

from bpmn_xml.expressions.limits import MAX_DEPTH, MAX_WEIGHT, MOST_VALUES, LimitError

ITEM: Final = 40
"""What an item of a list weighs, besides its letters."""

PARTS: Final[Mapping[type, Callable[[Any], Iterable[Any]]]] = {
    list: iter,
    tuple: iter,
    dict: dict.values,
}
"""What values have others in them, and how those are found."""


def weigh(value: Any) -> int:
    """Refuse a value that is too large, or nested too deeply; the weight of a list or mapping."""
    return weight(value, 1, {}) if type(value) in PARTS else 0


def weight(value: Any, depth: int, known: dict[int, int]) -> int:
    """Return the weight of a list or mapping; `known` are those of its parts."""
    if depth > MAX_DEPTH:
        raise LimitError(f"the expression nests values deeper than {MAX_DEPTH} levels")
    total = ITEM * len(value)
    for part in PARTS[type(value)](value):
        if type(part) is str:
            total += len(part)
        elif type(part) in PARTS:
            if id(part) not in known:
                known[id(part)] = weight(part, depth + 1, known)
            total += known[id(part)]
        if total > MAX_WEIGHT:
            raise LimitError("the expression makes too large a value")
    return total


LETTERS_A_VALUE: Final = 16
"""Letters that count as one value more."""


def count_values(values: Iterable[object], most: int = MOST_VALUES) -> int:
    """Return how many values there are with those in them, long texts as several; up to a number.

    >>> count_values([1, "text", {"a": [1, 2]}, "x" * 160])
    17
    """
    count, waiting, known = 0, list(values), set[int]()
    while waiting and count < most:
        value = waiting.pop()
        count += 1
        if isinstance(value, str) and len(value) > LETTERS_A_VALUE and id(value) not in known:
            known.add(id(value))
            count += len(value) // LETTERS_A_VALUE
        elif isinstance(value, list | tuple | Mapping) and id(value) not in known:
            known.add(id(value))
            parts = value.values() if isinstance(value, Mapping) else value
            waiting.extend(islice(parts, most))
    return min(count, most)


def count_read(names: Iterable[str], scope: Any) -> int:
    """Return how many values the variables of these names have."""
    return count_values([scope[name] for name in names if name in scope])
