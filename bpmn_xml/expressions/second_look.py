"""A second look at a text, to find out why it gave null: it raises nothing and changes nothing.

What a text draws by chance meanwhile is nothing that an instance draws: so whoever is told why an
instance goes as it does does not change how it goes.

>>> from bpmn_xml.expressions import compile
>>> asked_in_vain([compile("= amount > limit", "feel").evaluate], {"amount": 5})
('limit',)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any

from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions.chance import CHANCE

Evaluate = Callable[[Mapping[str, Any]], object]


def asked_in_vain(texts: Iterable[Evaluate], names: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the variables that texts ask for and that are not there, each once.

    Where one has no value it is told what it asked for before.
    """
    return tuple(_looked(texts, names).lacking)


def asked_names(texts: Iterable[Evaluate], names: Mapping[str, Any]) -> dict[str, Any]:
    """Return the variables that texts ask for and that are there, in the order of asking."""
    return _looked(texts, names).found


def _looked(texts: Iterable[Evaluate], names: Mapping[str, Any]) -> AskedNames:
    seen = AskedNames(names)
    for evaluate in texts:
        with suppress(ExpressionError):
            evaluate(seen)
    return seen


class AskedNames(Mapping[str, Any]):
    """Variables as a second look sees them; they note which are asked for, there or not."""

    def __init__(self, names: Mapping[str, Any]) -> None:
        self.names = names
        self.lacking: dict[str, None] = {}
        self.found: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name == CHANCE:
            return _drawn
        if name not in self.names:
            self.lacking[name] = None
        value = self.found[name] = self.names[name]
        return value

    def __contains__(self, name: object) -> bool:
        found = name == CHANCE or name in self.names
        if not found and isinstance(name, str):
            self.lacking[name] = None
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)


def _drawn() -> int:
    """What is drawn for show: always the same."""
    return 0
