"""Variables that note which of them an expression asks for in vain.

>>> from bpmn_xml.expressions import compile
>>> names = AskedNames({"amount": 5})
>>> compile("= amount > limit", "feel").evaluate(names), [*names.lacking]
(None, ['limit'])
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


class AskedNames(Mapping[str, Any]):
    """Variables that note which of them are asked for and are not there."""

    def __init__(self, names: Mapping[str, Any]) -> None:
        self.names = names
        self.lacking: dict[str, None] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self.names:
            self.lacking[name] = None
        return self.names[name]

    def __contains__(self, name: object) -> bool:
        found = name in self.names
        if not found and isinstance(name, str):
            self.lacking[name] = None
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)
