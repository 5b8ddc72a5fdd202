"""Which variables expressions of FEEL asked for in vain: null to them, so a second look tells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from bpmn_xml.compiler.program import Condition
from bpmn_xml.compiler.program.scoping import Computed
from bpmn_xml.expressions.second_look import asked_in_vain
from bpmn_xml.wording import did_you_mean, listed, quoted

FEEL: Final = "feel"


def lacking(texts: Iterable[Condition | Computed | None], names: Mapping[str, Any]) -> str:
    """The end of a sentence that names what some texts asked for in vain; empty if nothing.

    Args:
        texts: what was evaluated.
        names: what it saw then.
    """
    feel = [text.evaluate for text in texts if text is not None and text.language == FEEL]
    lacks = asked_in_vain(feel, names)
    if not lacks:
        return ""
    told = listed([quoted(name) for name in lacks], "or")
    return (
        f"; there is no variable {told}{did_you_mean(lacks[0], names) if len(lacks) == 1 else ''}"
    )
