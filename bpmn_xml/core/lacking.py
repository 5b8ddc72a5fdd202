"""Which variables expressions of FEEL asked for in vain: null to them, so a second look tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from bpmn_xml.compiler.program import Condition
from bpmn_xml.compiler.program.scoping import Computed
from bpmn_xml.wording import did_you_mean, listed, quoted

FEEL: Final = "feel"


class Asked(Mapping[str, Any]):
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


def lacking(texts: Iterable[Condition | Computed | None], names: Mapping[str, Any]) -> str:
    """The end of a sentence that names what some texts asked for in vain; empty if nothing."""
    asked = Asked(names)
    for text in texts:
        if text is not None and text.language == FEEL:
            text.evaluate(asked)
    if not asked.lacking:
        return ""
    first, *others = asked.lacking
    told = listed([quoted(name) for name in asked.lacking], "or")
    return f"; there is no variable {told}{'' if others else did_you_mean(first, names)}"
