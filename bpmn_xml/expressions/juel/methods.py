"""The methods that may be called: a fixed list for texts, lists, mappings, numbers and dates.

They are Java's by name and meaning and never those of a Python object. A receiver of another kind
has none of them.

>>> METHODS["contains"].run("order", "de"), METHODS["get"].run([1, 2], 1)
(True, 2)
>>> METHODS["size"].run("order")
Traceback (most recent call last):
    ...
bpmn_xml.errors.ExpressionError: there is no size() of text
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions.juel import decided, moments, spin, words
from bpmn_xml.expressions.juel.members import MAPPINGS, SEQUENCES, entry
from bpmn_xml.expressions.juel.values import integer, kind_of, order_of, text, truth
from bpmn_xml.expressions.meter import read_text, read_value, spend
from bpmn_xml.expressions.wording import describe

SETS: Final = (set, frozenset)
ITEMS_A_STEP: Final = 4
"""Items that are looked at for one step."""


class Method(NamedTuple):
    """A method, and how many arguments it takes."""

    run: Callable[..., Any]
    least: int
    most: int


def same(left: object, right: object) -> bool:
    """Say whether two values are equal to Java: of one kind and of one value."""
    read_value(left)
    return kind_of(left) == kind_of(right) and bool(left == right)


def walked(value: Any) -> Any:
    """Return a collection whose items are looked at, for the price of it."""
    spend(len(value) // ITEMS_A_STEP)
    return value


def places_of(wanted: object, items: Iterable[tuple[int, object]]) -> Iterator[int]:
    """Yield the places of the items that are equal to a value, and of its kind."""
    kind = kind_of(wanted)
    return (place for place, item in items if kind_of(item) == kind and item == wanted)


def has_item(value: Any, wanted: object) -> bool:
    """Say whether a value is among the items."""
    kind = kind_of(wanted)
    return any(kind_of(item) == kind and item == wanted for item in walked(value))


def item_at(value: Any, position: object) -> object:
    """Return the item at a position, which must be there."""
    index = integer(position)
    if not 0 <= index < len(value):
        raise ExpressionError(f"there is no item {index} among {len(value)}")
    return value[index]


def position_of(value: Any, wanted: object) -> int:
    """Return the position of the first item that equals the value, or -1."""
    return next(places_of(wanted, enumerate(walked(value))), -1)


def last_position_of(value: Any, wanted: object) -> int:
    """Return the position of the last item that equals the value, or -1."""
    last = len(walked(value)) - 1
    found = next(places_of(wanted, enumerate(reversed(value))), None)
    return -1 if found is None else last - found


def part_of(value: Any, start: object, end: object) -> list[Any]:
    """Return the items from a position up to another."""
    first, behind = integer(start), integer(end)
    if not 0 <= first <= behind <= len(value):
        raise ExpressionError(f"there are no items {first} to {behind} among {len(value)}")
    return list(value[first:behind])


def has_key(value: Any, key: object) -> bool:
    """Say whether there is an entry of a key."""
    try:
        return key in value
    except TypeError:
        raise ExpressionError(f"{describe(key)} cannot be the key of an entry") from None


def is_empty(value: Any) -> bool:
    """Say whether there are no items."""
    return len(value) == 0


def rows(table: spin.Rows) -> dict[str, Method]:
    """Return the methods of a table of functions."""
    return {name: Method(*row) for name, row in table.items()}


OF_ANY: Final[Mapping[str, Method]] = {
    **rows(spin.LEAVES),
    "equals": Method(same, 1, 1),
    "toString": Method(text, 0, 0),
}
OF_SETS: Final[Mapping[str, Method]] = {
    "contains": Method(has_item, 1, 1),
    "isEmpty": Method(is_empty, 0, 0),
    "size": Method(len, 0, 0),
    "equals": Method(same, 1, 1),
}
OF_LISTS: Final[Mapping[str, Method]] = {
    **OF_SETS,
    **OF_ANY,
    "collectEntries": Method(decided.entries_of, 1, 1),
    "get": Method(item_at, 1, 1),
    "getFirstResult": Method(decided.first_of, 0, 0),
    "getSingleEntry": Method(decided.single_entry_of, 0, 0),
    "getSingleResult": Method(decided.single_of, 0, 0),
    "indexOf": Method(position_of, 1, 1),
    "lastIndexOf": Method(last_position_of, 1, 1),
    "subList": Method(part_of, 2, 2),
    **rows(spin.ELEMENTS),
}
OF_MAPPINGS: Final[Mapping[str, Method]] = {
    **OF_ANY,
    "containsKey": Method(has_key, 1, 1),
    "containsValue": Method(lambda value, wanted: has_item(value.values(), wanted), 1, 1),
    "get": Method(entry, 1, 1),
    "getEntry": Method(entry, 1, 1),
    "getFirstEntry": Method(decided.first_entry_of, 0, 0),
    "getSingleEntry": Method(decided.entry_of, 0, 0),
    "getOrDefault": Method(entry, 2, 2),
    "isEmpty": Method(is_empty, 0, 0),
    "keySet": Method(lambda value: list(walked(value)), 0, 0),
    "size": Method(len, 0, 0),
    "values": Method(lambda value: list(walked(value).values()), 0, 0),
    **rows(spin.NODES),
}
OF_NUMBERS: Final[Mapping[str, Method]] = {
    **OF_ANY,
    "compareTo": Method(order_of, 1, 1),
    "doubleValue": Method(float, 0, 0),
    "intValue": Method(integer, 0, 0),
    "longValue": Method(integer, 0, 0),
}
OF_TRUTHS: Final[Mapping[str, Method]] = {**OF_ANY, "booleanValue": Method(truth, 0, 0)}
OF_TEXTS: Final[Mapping[str, Method]] = {
    **OF_ANY,
    **rows(words.WORDS),
}
OF_DATES: Final[Mapping[str, Method]] = {
    **OF_ANY,
    **rows(moments.MOMENTS),
}
OF_NOTHING: Final[Mapping[str, Method]] = rows(spin.NOTHING)
OWNERS: Final[tuple[tuple[type | tuple[type, ...], Mapping[str, Method]], ...]] = (
    (str, OF_TEXTS),
    (SEQUENCES, OF_LISTS),
    (SETS, OF_SETS),
    (MAPPINGS, OF_MAPPINGS),
    (bool, OF_TRUTHS),
    ((int, float, Decimal), OF_NUMBERS),
    (date, OF_DATES),
    (type(None), OF_NOTHING),
)
"""Kinds of receivers and their methods; the first kind that fits counts."""

BY_TYPE: Final[Mapping[type, Mapping[str, Method]]] = {
    str: OF_TEXTS, list: OF_LISTS, dict: OF_MAPPINGS, bool: OF_TRUTHS, int: OF_NUMBERS,
    float: OF_NUMBERS,
}  # fmt: skip
"""The methods of the commonest types, found at once."""


def methods_of(value: object) -> Mapping[str, Method]:
    """Return the methods that a receiver has."""
    methods = BY_TYPE.get(type(value))
    if methods is None:
        return next((methods for kinds, methods in OWNERS if isinstance(value, kinds)), {})
    return methods


def dispatch(name: str) -> Method:
    """Return the method of a name for all kinds of receivers that have it."""
    rows = [methods[name] for _, methods in OWNERS if name in methods]

    def run(value: Any, *arguments: Any) -> object:
        method = methods_of(value).get(name)
        if method is None:
            raise ExpressionError(f"there is no {name}() of {describe(value)}")
        if not method.least <= len(arguments) <= method.most:
            raise ExpressionError(f"{name}() of {describe(value)} takes other arguments")
        if isinstance(value, str):
            read_text(len(value))
        return method.run(value, *arguments)

    return Method(run, min(row.least for row in rows), max(row.most for row in rows))


METHODS: Final[Mapping[str, Method]] = {
    name: dispatch(name) for name in sorted({name for _, methods in OWNERS for name in methods})
}
FUNCTIONS: Final[Mapping[str, Callable[..., object]]] = {
    **{f".{name}": method.run for name, method in METHODS.items()},
    **spin.FUNCTIONS,
    spin.TEXT: spin.written,
}
"""Methods as functions of the language, by names that no text can write, and what is a function."""
