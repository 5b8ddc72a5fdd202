"""All built-in functions of FEEL by their names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from bpmn_xml.expressions.feel.builtins import (
    chances,
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
from bpmn_xml.expressions.feel.invoke import Builtin

FUNCTIONS: Final[Mapping[str, Builtin]] = {
    **chances.FUNCTIONS,
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

TOLD: Final[Mapping[object, tuple[str, Callable[[Any], object]]]] = {**chances.TOLD, **dates.TOLD}
"""Functions that are told something: by which entry of the variables, and what they make of it."""
