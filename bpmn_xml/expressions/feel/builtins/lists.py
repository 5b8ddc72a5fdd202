"""Functions on lists (DMN 10.3.4.4) and those that Camunda adds.

>>> distinct([1, 1.0, 2]), flatten([1, [2, [3]]]), inserted([1, 2], -1, 9)
([1, 2], [1, 2, 3], [1, 9, 2])
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cmp_to_key
from typing import Any, Final, TypeAlias

from bpmn_xml.expressions.feel import compare
from bpmn_xml.expressions.feel.invoke import LEFT_OUT, Builtin, builtin, either, invoke
from bpmn_xml.expressions.feel.values import kind_of
from bpmn_xml.expressions.meter import ENTRY_ROOM, METER, afford_items, spend

Items: TypeAlias = Sequence[Any]
LOOKS_A_STEP: Final = 4


def place_of(items: Items, position: Any) -> int | None:
    """Return the index of a position that counts from 1, or from -1 at the end."""
    place = int(position)
    if place != position or not 1 <= abs(place) <= len(items):
        return None
    return place - 1 if place > 0 else len(items) + place


def sublist(items: Items, start: Any, length: Any = LEFT_OUT) -> list[Any] | None:
    """Return a part of a list."""
    first, count = place_of(items, start), len(items) if length is LEFT_OUT else int(length)
    return None if first is None or count < 0 else list(items[first : first + count])


def inserted(items: Items, position: Any, item: Any) -> list[Any] | None:
    """Return the list with another item at a position."""
    place = place_of(items, position)
    return None if place is None else [*items[:place], item, *items[place:]]


def removed(items: Items, position: Any) -> list[Any] | None:
    """Return the list without the item at a position."""
    place = place_of(items, position)
    return None if place is None else [*items[:place], *items[place + 1 :]]


def replaced(items: Items, position: Any, item: Any) -> list[Any] | None:
    """Return the list with another item in place of the one at a position."""
    place = place_of(items, position)
    return None if place is None else [*items[:place], item, *items[place + 1 :]]


def replaced_where(items: Items, match: Any, new: Any) -> list[Any] | None:
    """Return the list with another item in place of those for which a function is true."""
    answers = [invoke(match, [item, new], ()) for item in items]
    if not all(isinstance(answer, bool) for answer in answers):
        return None
    return [new if answer else item for answer, item in zip(answers, items, strict=True)]


def concatenated(lists: Items) -> list[Any]:
    """Return the items of several lists in one; what is no list is an item."""
    parts = [part if kind_of(part) == "list" else [part] for part in lists]
    afford_items(sum(map(len, parts)))
    return [item for part in parts for item in part]


def distinct(items: Iterable[Any]) -> list[Any]:
    """Return the items without those that are equal to one before."""
    found: dict[object, Any] = {}
    for item in items:
        found.setdefault(compare.identity(item), item)
    return list(found.values())


def duplicates(items: Items) -> list[Any]:
    """Return the items that stand more than once in a list, each once."""
    found: dict[object, list[Any]] = {}
    for item in items:
        found.setdefault(compare.identity(item), []).append(item)
    return [alike[0] for alike in found.values() if len(alike) > 1]


def positions(items: Items, match: Any) -> list[int]:
    """Return the positions of the items that are equal to a value."""
    spend(len(items) // LOOKS_A_STEP)
    return [place for place, item in enumerate(items, start=1) if compare.same(item, match)]


def contains(items: Items, match: Any) -> bool:
    """Say whether one of the items is equal to a value."""
    spend(len(items) // LOOKS_A_STEP)
    return any(compare.same(item, match) for item in items)


def flatten(items: Items) -> list[Any]:
    """Return the items of a list and of all lists in it."""
    found: list[Any] = []
    waiting = list(items[::-1])
    while waiting:
        spend(1)
        item = waiting.pop()
        if kind_of(item) == "list":
            waiting += item[::-1]
        else:
            found.append(item)
    return found


def partition(items: Items, size: Any) -> list[list[Any]] | None:
    """Return a list in parts of one size; the last one may be smaller."""
    step = int(size)
    if step < 1:
        return None
    afford_items(len(items) // step, ENTRY_ROOM)
    return [list(items[first : first + step]) for first in range(0, len(items), step)]


class NoOrder(Exception):  # noqa: N818 - never leaves this module
    """Two items cannot be put in order."""


def ordered(items: Items, precedes: Callable[[Any, Any], object]) -> list[Any] | None:
    """Return the items in an order; None if that cannot be told of two of them."""
    account = METER.account

    def order(left: Any, right: Any) -> int:  # whether it is more or equal is not asked
        spend(1)
        room = account.room
        answer = precedes(left, right)
        account.room = room
        if not isinstance(answer, bool):
            raise NoOrder
        return -1 if answer else 0

    try:
        return sorted(items, key=cmp_to_key(order))
    except NoOrder:
        return None


def sorted_by(items: Items, precedes: Any) -> list[Any] | None:
    """Return the items in the order that a function says."""
    return ordered(items, lambda left, right: invoke(precedes, [left, right], ()))


FUNCTIONS: Final[Mapping[str, Builtin]] = {
    "append": either(
        builtin("list: list, items: any...", lambda items, more: [*items, *more]),
        builtin("list: list, item: any", lambda items, item: [*items, item]),
    ),
    "concatenate": either(
        builtin("list: any...", concatenated), builtin("lists: any...", concatenated)
    ),
    "distinct values": builtin("list: list", distinct),
    "duplicate values": builtin("list: list", duplicates),
    "flatten": builtin("list: list", flatten),
    "index of": builtin("list: list, match: any", positions),
    "insert before": builtin("list: list, position: number, newItem: any", inserted),
    "is empty": builtin("list: list/string/context", lambda items: not items),
    "list contains": builtin(
        "list: list, element: any",
        contains,
    ),
    "list replace": either(
        builtin("list: list, position: number, newItem: any", replaced),
        builtin("list: list, match: function, newItem: any", replaced_where),
    ),
    "partition": builtin("list: list, size: number", partition),
    "remove": builtin("list: list, position: number", removed),
    "reverse": builtin("list: list", lambda items: list(items[::-1])),
    "sort": either(
        builtin("list: list, precedes: function", sorted_by),
        builtin("list: list", lambda items: ordered(items, compare.less)),
    ),
    "sublist": builtin("list: list, start position: number, length: number?", sublist),
    "union": builtin("list: any...", lambda lists: distinct(concatenated(lists))),
}
