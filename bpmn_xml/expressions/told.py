"""Names that an expression is told when it asks for them, and that are nobody's variables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Told(Mapping[str, object], Generic[T]):
    """What some functions find out about one thing, by their names; it lists nothing.

    >>> told = Told({"half": lambda n: n / 2}, 5)
    >>> told["half"], "half" in told, dict(told)
    (2.5, True, {})
    """

    __slots__ = ("_about", "_functions")

    def __init__(self, functions: Mapping[str, Callable[[T], object]], about: T) -> None:
        self._functions, self._about = functions, about

    def __getitem__(self, name: str) -> object:
        return self._functions[name](self._about)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


class Copy(dict[str, Any]):
    """Variables as they were; what is only told is found by its name, and still not listed.

    So whoever passes all of them on, or writes them back, passes on variables alone.

    >>> names = Copy({"a": 1}, {"b": 2})
    >>> names["b"], names.get("b"), "b" in names, dict(names)
    (2, 2, True, {'a': 1})
    """

    __slots__ = ("_told",)

    def __init__(self, variables: Mapping[str, Any], told: Mapping[str, Any]) -> None:
        super().__init__(variables)
        self._told = told

    def __missing__(self, name: str) -> Any:
        return self._told[name]

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name) or name in self._told

    def get(self, name: str, default: Any = None) -> Any:
        """The value of a name, or the default if there is none."""
        return super().get(name, self._told.get(name, default))
