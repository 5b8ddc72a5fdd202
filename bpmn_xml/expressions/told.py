"""Names that an expression is told when it asks for them, and that are nobody's variables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Generic, TypeVar

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
