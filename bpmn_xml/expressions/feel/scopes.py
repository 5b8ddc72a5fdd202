"""Names in FEEL: a frame holds what a loop, a filter, a context or a function binds.

>>> frame = Frame({"b": 2})
>>> frame["a"] = 1
>>> frame["a"], frame["b"]
(1, 2)
"""

from __future__ import annotations

from typing import Any


class Frame(dict[str, Any]):
    """Variables in front of others, which are asked for what is not here."""

    __slots__ = ("_outer",)

    def __init__(self, outer: Any) -> None:
        self._outer = outer

    def __missing__(self, name: str) -> object:
        """Ask the variables behind."""
        return self._outer[name]

    def __contains__(self, name: object) -> bool:
        """Say whether there is such a variable, here or behind."""
        return super().__contains__(name) or name in self._outer
