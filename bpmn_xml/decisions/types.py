"""Types of a decision model, as FEEL knows them: item definitions by name (DMN 7.3.2, 10.3.2.9).

>>> kinds = ModelTypes({"age": ItemType(name="age", type="number")}, lambda _: lambda __: True)
>>> kinds.named("age"), kinds.named("list<string>").parts[0].name, kinds.named("nonsense")
(TypeName(name='number', parts=(), fields=(), allowed=None), 'string', None)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from msgspec.structs import replace

from bpmn_xml.decisions.values import BoxedText, ItemType
from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions.feel import temporal
from bpmn_xml.expressions.feel.conform import SIMPLE, coerced
from bpmn_xml.expressions.feel.typenames import read_type
from bpmn_xml.expressions.tree import TypeName

Allows = Callable[[BoxedText], Callable[[Any], bool]]

ANY: Final = TypeName("Any")
NUMBERS: Final = frozenset({"integer", "long", "double"})
"""Numbers as Camunda 7 calls them."""

NAMES: Final = {**dict.fromkeys(NUMBERS, "number"), "Context": "context"}
"""Types that older models and Camunda's name in their own way."""

TEMPORAL: Final = frozenset(
    {"date", "time", "date and time", "days and time duration", "years and months duration"}
)
DEEPEST: Final = 30


class ModelTypes:
    """The types of one model. `allows` makes a test of the values that a type allows."""

    def __init__(self, items: Mapping[str, ItemType], allows: Allows) -> None:
        self.items, self.allows = items, allows
        self.known: dict[str, TypeName] = {}
        self.structures: dict[int, TypeName] = {}

    def named(self, name: str, depth: int = 0) -> TypeName | None:
        """Return the type of a name; any if it is left out, None if it is not known.

        Within itself it is any type, so that types are finite.
        """
        if not name:
            return ANY
        if name in self.items:
            if name not in self.known:
                self.known[name] = ANY
                self.known[name] = self.defined(self.items[name], depth + 1)
            return self.known[name]
        return plain_type(NAMES.get(name, name))

    def defined(self, item: ItemType, depth: int) -> TypeName:
        """Return the type that an item definition makes; too deep in others any type."""
        if depth > DEEPEST:
            return ANY
        found = self.single(item, depth)
        if item.allowed and found is not ANY:
            found = restricted(found, self.allows(item.allowed))
        if item.many:
            found = TypeName("list", (found,))
        if item.constraint:
            found = restricted(found, self.allows(item.constraint))
        return found

    def single(self, item: ItemType, depth: int) -> TypeName:
        """Return the type of one item, whatever is allowed of it."""
        if item.function:
            parts = (self.named(part.type, depth) or ANY for part in item.parts)
            return TypeName("function", tuple(parts))
        if item.parts:
            fields = ((part.name, self.defined(part, depth + 1)) for part in item.parts)
            return TypeName("context", fields=tuple(fields))
        return self.named(item.type, depth) or ANY

    def table(self) -> dict[str, TypeName]:
        """Return all types that are defined, for expressions: which values they allow is not asked.

        The value 256 is an instance of a type of numbers that allows no more than 255.
        """
        return {name: self.structure(self.named(name) or ANY) for name in self.items}

    def structure(self, type_: TypeName) -> TypeName:
        """Return a type without the values that it allows; each is made once."""
        if id(type_) not in self.structures:
            self.structures[id(type_)] = TypeName(
                type_.name,
                tuple(map(self.structure, type_.parts)),
                tuple((name, self.structure(part)) for name, part in type_.fields),
            )
        return self.structures[id(type_)]

    def unknown(self) -> Iterator[tuple[ItemType, str]]:
        """Yield what refers to types that there are not, with their names."""
        waiting = list(self.items.values())
        for item in waiting:
            waiting += item.parts
            if not item.function and self.named(item.type) is None:
                yield item, item.type


def restricted(type_: TypeName, allows: Callable[[Any], bool]) -> TypeName:
    """Return a type of which no more values are allowed than of the one that it is made from.

    >>> odd = restricted(TypeName("number"), lambda n: n % 2 == 1)
    >>> [restricted(odd, lambda n: n > 3).allowed(n) for n in (3, 4, 5)]
    [False, False, True]
    """
    before = type_.allowed
    both = allows if before is None else lambda value: bool(before(value)) and allows(value)
    return replace(type_, allowed=both)


def plain_type(name: str) -> TypeName | None:
    """Return one of FEEL's own types."""
    try:
        found, end = read_type(name)
    except ExpressionError:
        return None
    known = found.name in SIMPLE or found.name in ("Any", "Null")
    return found if known and end == len(name) else None


def from_outside(value: Any, type_: TypeName) -> Any:
    """Return what somebody gives for a type; dates and the like may be given as texts.

    >>> from_outside("2024-02-29", TypeName("date")), from_outside("5", TypeName("number"))
    (datetime.date(2024, 2, 29), None)
    """
    return coerced(from_texts(value, type_), type_)


def from_texts(value: Any, type_: TypeName) -> Any:
    """Return a value with dates and the like in it in place of the texts that mean them."""
    if isinstance(value, str) and type_.name in TEMPORAL:
        return temporal.parse(value)
    if type_.name == "list" and type_.parts:
        items = value if isinstance(value, list | tuple) else [value]
        read = [from_texts(item, type_.parts[0]) for item in items]
        return read if items is value else read[0]
    if isinstance(value, list | tuple):
        single = len(value) == 1 and not isinstance(value[0], list | tuple)
        return [from_texts(value[0], type_)] if single else value
    if isinstance(value, Mapping) and type_.fields:
        types = dict(type_.fields)
        return {key: from_texts(item, types.get(key, ANY)) for key, item in value.items()}
    return value
