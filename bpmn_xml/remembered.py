"""Answers that are given again and again are kept; not endlessly many."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Remembered(dict[Key, Value]):
    """A function's answers, kept until there are too many; made for looking up, not for asking.

    >>> texts = Remembered(str.upper)
    >>> texts["a"], dict(texts)
    ('A', {'a': 'A'})
    """

    def __init__(self, function: Callable[[Key], Value], most: int = 4096) -> None:
        self._function: Callable[[Key], Value] = function
        self._most = most
        super().__init__()

    def __missing__(self, key: Key) -> Value:
        answer = self._function(key)
        if len(self) >= self._most:
            self.clear()
        self[key] = answer
        return answer
