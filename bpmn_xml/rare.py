"""Fields that few objects of a class have: in the others they take no place."""

from __future__ import annotations

from typing import Any, Generic, Protocol, TypeVar

T = TypeVar("T")


class HasRare(Protocol):
    """What keeps such fields, by their names; None as long as there is nothing to keep."""

    rare: dict[str, Any] | None


class Rarely(Generic[T]):
    """A field that is read and written like others: what is not its default stands in `rare`.

    >>> class Box:
    ...     rare = None
    ...     colour = Rarely("brown")
    >>> box = Box()
    >>> box.colour, box.rare
    ('brown', None)
    >>> box.colour = "red"
    >>> box.colour, box.rare
    ('red', {'colour': 'red'})
    >>> box.colour = "brown"
    >>> box.rare is None
    True
    """

    __slots__ = ("_default", "_name")

    def __init__(self, default: T) -> None:
        self._default = default

    def __set_name__(self, _owner: type, name: str) -> None:
        self._name = name

    def __get__(self, owner: HasRare, _type: type) -> T:
        rare = owner.rare
        return self._default if rare is None else rare.get(self._name, self._default)

    def __set__(self, owner: HasRare, value: T) -> None:
        left = owner.rare or {}
        if value != self._default:
            left[self._name] = value
        elif self._name in left:
            del left[self._name]
        owner.rare = left or None
