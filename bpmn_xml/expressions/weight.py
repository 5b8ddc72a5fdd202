"""How large a value is when somebody writes it: what stands in it twice is written twice.

A few steps make a list of lists of lists that are all the same one, in no time and space. Whoever
prints it, or keeps it in a trace, would be busy for ever.

>>> weigh([["much"] * 2_000] * 10_000)
Traceback (most recent call last):
    ...
bpmn_xml.expressions.limits.LimitError: the expression makes too large a value
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bpmn_xml.expressions.limits import MAX_DEPTH, MAX_WEIGHT, LimitError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

ITEM: Final = 40
"""What an item of a list weighs, besides its letters."""

PARTS: Final[Mapping[type, Callable[[Any], Iterable[Any]]]] = {
    list: iter,
    tuple: iter,
    dict: dict.values,
}
"""What values have others in them, and how those are found."""


def weigh(value: Any) -> None:
    """Refuse a value that is too large, or nested too deeply."""
    if type(value) in PARTS:
        weight(value, 1, {})


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
