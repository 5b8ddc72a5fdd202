"""Which variables expressions of FEEL asked for in vain: null to them, so a second look tells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from bpmn_xml.compiler.program import Condition
from bpmn_xml.compiler.program.scoping import Computed
from bpmn_xml.expressions.asked_names import AskedNames
from bpmn_xml.wording import did_you_mean, listed, quoted

FEEL: Final = "feel"


def lacking(texts: Iterable[Condition | Computed | None], names: Mapping[str, Any]) -> str:
    """The end of a sentence that names what some texts asked for in vain; empty if nothing."""
    asked = AskedNames(names)
    for text in texts:
        if text is not None and text.language == FEEL:
            text.evaluate(asked)
    if not asked.lacking:
        return ""
    first, *others = asked.lacking
    told = listed([quoted(name) for name in asked.lacking], "or")
    return f"; there is no variable {told}{'' if others else did_you_mean(first, names)}"
