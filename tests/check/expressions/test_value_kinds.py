"""What kind of value a function of FEEL gives is what it really gives, whatever it is given."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import product
from typing import Final

import pytest

from bpmn_xml import expressions
from bpmn_xml.check.expressions import value_kinds
from bpmn_xml.expressions.feel.calendar import MonthsDuration

TYPES: Final[tuple[tuple[type | tuple[type, ...], str], ...]] = (
    (bool, value_kinds.FLAG),
    (str, value_kinds.TEXT),
    ((int, float, Decimal), value_kinds.NUMBER),
    (list, value_kinds.LIST),
    (datetime, value_kinds.MOMENT),
    (date, value_kinds.DATE),
    (time, value_kinds.TIME),
    ((timedelta, MonthsDuration), value_kinds.DURATION),
)
GIVEN: Final = (
    "2", "2026-01-01", "P1D", "10:00:00", 2, True, [1, 2], ["a"], [timedelta(1)], {"a": 1},
    date(2026, 1, 1), datetime(2026, 1, 1), time(10), timedelta(1), MonthsDuration(1),
)  # fmt: skip
"""A value of each kind, and texts that conversions read."""


def _results(function: str) -> Iterator[object]:
    for count in range(4):
        names = "abc"[:count]
        call = expressions.compile(f"{function}({', '.join(names)})", "feel")
        for values in product(GIVEN, repeat=count):
            yield call.evaluate(dict(zip(names, values, strict=True)))


def _kind(value: object) -> str:
    return next((kind for types, kind in TYPES if isinstance(value, types)), repr(value))


@pytest.mark.parametrize(("function", "kind"), value_kinds.GIVING.items())
def test_a_function_gives_one_kind_of_value_or_nothing(function: str, kind: str) -> None:
    assert {_kind(value) for value in _results(function) if value is not None} == {kind}


@pytest.mark.parametrize("text", ['abs(a - b) > duration("P1D")', "abs(d) = 3"])
def test_a_function_that_keeps_the_kind_of_what_it_is_given_is_of_none(text: str) -> None:
    assert not value_kinds.misfit(expressions.compile(text, "feel").tree)
