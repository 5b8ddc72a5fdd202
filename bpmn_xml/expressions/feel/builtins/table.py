"""All built-in functions of FEEL by their names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bpmn_xml.expressions.feel.builtins import (
    contexts,
    conversions,
    dates,
    intervals,
    lists,
    numbers,
    regular,
    statistics,
    texts,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bpmn_xml.expressions.feel.invoke import Builtin

FUNCTIONS: Final[Mapping[str, Builtin]] = {
    **contexts.FUNCTIONS,
    **conversions.FUNCTIONS,
    **dates.FUNCTIONS,
    **intervals.FUNCTIONS,
    **lists.FUNCTIONS,
    **numbers.FUNCTIONS,
    **regular.FUNCTIONS,
    **statistics.FUNCTIONS,
    **texts.FUNCTIONS,
}
