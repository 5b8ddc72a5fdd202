"""What expressions asked for, in vain or not: a second look tells why an instance stands still."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from bpmn_xml.compiler.program import Condition
from bpmn_xml.compiler.program.scoping import Computed
from bpmn_xml.expressions.second_look import asked_in_vain, asked_names
from bpmn_xml.expressions.wording import told
from bpmn_xml.wording import did_you_mean, listed, quoted

FEEL: Final = "feel"

MOST: Final = 5
"""How many conditions and variables are told of many."""


def asked(conditions: Iterable[Condition | None], names: Mapping[str, Any]) -> str:
    """The end of a sentence that tells some conditions, and the values that they saw."""
    known = [condition for condition in conditions if condition is not None and condition.text]
    if not known:
        return ""
    texts = ", ".join([quoted(condition.text) for condition in known[:MOST]])
    seen = asked_names([condition.evaluate for condition in known[:MOST]], names)
    values = ", ".join([f"{name} is {told(value)}" for name, value in [*seen.items()][:MOST]])
    return f" ({texts}; {values})" if values else f" ({texts})"


def lacking(texts: Iterable[Condition | Computed | None], names: Mapping[str, Any]) -> str:
    """The end of a sentence that names what texts in FEEL asked for in vain; empty if nothing.

    To them it was null; in other languages it is an error.

    Args:
        texts: what was evaluated.
        names: what it saw then.
    """
    feel = [text.evaluate for text in texts if text is not None and text.language == FEEL]
    lacks = asked_in_vain(feel, names)
    if not lacks:
        return ""
    lacked = listed([quoted(name) for name in lacks], "or")
    meant = did_you_mean(lacks[0], names) if len(lacks) == 1 else ""
    return f"; there is no variable {lacked}{meant}"
