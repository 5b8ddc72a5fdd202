"""Arithmetic and order of all kinds; what does not fit gives null, never an error."""

from __future__ import annotations

import math
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpmn_xml.expressions.feel import calendar as cal
from bpmn_xml.expressions.feel import compare
from bpmn_xml.expressions.feel.operators import BINARY, UNARY
from bpmn_xml.expressions.feel.values import Range, kind_of, tidy

from .tables import agree, rows, value

ARITHMETIC = """
0.1 + 0.2 => 0.3
1 / 3 * 3 => 0.9999999999999999999999999999999999
6 / 3 => 2
1 / 4 => 0.25
1 / 0 => null
2 ** 3 => 8
2 ** -1 => 0.5
2 ** 0.5 > 1.41 => true
0 ** 0 => 1
0 ** -1 => null
(-8) ** 0.5 => null
10 ** 99999 => null
10 ** 40 => 1e40
-2 ** 2 => 4
9999999999999999999999999999999999 + 1 => 1e34
99999999999999999999 * 99999999999999999999 => 9999999999999999999800000000000000000001 * 1.0
9e6144 * 10 => null
5 - 2 - 1 => 2
-(@"P1D") => @"-P1D"
-(@"P1M") => @"-P1M"
-"a" => null
@"2024-01-31" + @"P1M" => @"2024-02-29"
@"P1M" + @"2024-01-31" => @"2024-02-29"
@"2024-01-31" + @"PT36H" => @"2024-02-01"
@"2024-01-31" - @"PT1H" => @"2024-01-30"
@"2024-03-01" - @"2024-02-28" => @"P2D"
@"2024-03-01" - @"2024-02-28T12:00:00Z" => @"P1DT12H"
@"2024-03-01" - @"2024-02-28T12:00:00" => null
@"2024-03-01T00:00:00Z" - @"2024-03-01T00:00:00+01:00" => @"PT1H"
@"2024-03-01T00:00:00" - @"2024-03-01T00:00:00Z" => null
@"2024-03-31T00:00:00@Europe/Paris" + @"PT24H" => @"2024-04-01T01:00:00@Europe/Paris"
@"2024-03-31T00:00:00+01:00" + @"PT24H" => @"2024-04-01T00:00:00+01:00"
@"2024-01-31T10:00:00Z" + @"P1M" => @"2024-02-29T10:00:00Z"
@"2024-01-31T10:00:00Z" - @"P1M" => @"2023-12-31T10:00:00Z"
@"23:00:00" + @"PT2H" => @"01:00:00"
@"01:00:00Z" - @"PT2H" => @"23:00:00Z"
@"12:00:00" - @"11:00:00" => @"PT1H"
@"12:00:00" - @"11:00:00Z" => null
@"P1D" + @"PT1H" => @"P1DT1H"
@"P1Y" - @"P1M" => @"P11M"
@"P1D" + @"P1Y" => null
@"P1D" * 1.5 => @"P1DT12H"
2 * @"P1Y" => @"P2Y"
@"P2Y" / 2 => @"P1Y"
@"P1M" * 1.9 => @"P1M"
@"P1D" / @"PT12H" => 2
@"P1Y" / @"P1M" => 12
@"P1D" / 0 => null
@"P1D" / @"PT0S" => null
@"P1D" * 1e30 => null
@"P999999999Y" * 999 => null
@"9999-12-31" + @"P1D" => @"10000-01-01"
@"999999999-12-31" + @"P1D" => null
@"10000-01-01" - @"9999-12-31" => @"P1D"
@"10000-01-01T00:00:00@Europe/Paris" + @"PT1H" => @"10000-01-01T01:00:00@Europe/Paris"
"""

ORDER = """
@"2024-01-01" < @"2024-01-02" => true
@"9999-12-31" < @"10000-01-01" => true
@"2024-01-01" < @"2024-01-01T00:00:00" => null
@"2024-01-01T00:00:00Z" < @"2024-01-01T00:30:00+00:10" => true
@"2024-01-01T00:00:00Z" < @"2024-01-01T00:00:00" => null
@"2024-01-01T00:00:00Z" = @"2024-01-01T00:00:00" => false
@"2024-01-01T01:00:00@Europe/Paris" = @"2024-01-01T00:00:00Z" => true
@"12:00:00" <= @"12:00:00" => true
@"12:00:00Z" >= @"13:00:00+02:00" => true
@"12:00:00@Europe/Paris" = @"12:00:00@Europe/Paris" => true
@"12:00:00.1" = @"12:00:00.2" => true
@"12:00:00.1" < @"12:00:00.2" => true
@"PT1H" > @"PT59M" => true
@"P1Y" = @"P12M" => true
@"P1Y" > @"P11M" => true
[1] < [2] => null
null < 1 => null
"""

MEMBERS = """
@"2024-02-29T10:11:12.5+01:00".second => 12.5
@"2024-02-29T10:11:12+01:00".second => 12
@"2024-02-29T10:11:12+01:00".time offset => @"PT1H"
@"2024-07-29T10:11:12@Europe/Paris".time offset => @"PT2H"
@"10:11:12@Europe/Paris".time offset => @"PT1H"
@"10:11:12@Europe/Paris".timezone => "Europe/Paris"
@"10:11:12".time offset => null
@"10:11:12".timezone => null
@"10:11:12".hour * 10000 + @"10:11:12".minute => 100011
@"10000-02-03".year => 10000
@"-P1DT2H3M4S".hours => -2
@"P1DT2H3M4S".days => 1
@"P1DT2H3M4S".minutes => 3
@"P1DT2H3M4S".seconds => 4
@"-P1Y2M".years => -1
@"P1Y2M".months => 2
@"P1Y2M".days => null
1.year => null
(1).year => null
"""


@pytest.mark.parametrize(
    ("text", "expected"), [row for table in (ARITHMETIC, ORDER, MEMBERS) for row in rows(table)]
)
def test_value(text, expected):
    assert agree(text, expected)


class Number(int):
    """An integer of a class of its own."""


def test_numbers_of_python():
    assert value("f + 0.2", f=0.1) == Decimal("0.3")
    assert value("f + 1", f=Number(1)) == 2
    assert value("f = 0.1", f=0.1) is True
    for text in ("f + 1", "f < 1", "f = f", "-f", "string(f)", "abs(f)", "f ** 2", "f / 2"):
        assert value(text, f=math.nan) is value(text, f=-math.inf) is None
    assert tidy(0.5) == Decimal("0.5")
    assert tidy("x") == "x"


KINDS = [
    1,
    Decimal("1.5"),
    "a",
    True,
    None,
    timedelta(1),
    cal.MonthsDuration(1),
    cal.LongDuration(1),
    [],
    {},
    (1,),
    object(),
    cal.LongDate(10000, 1, 1),
    cal.FineTime(1, None),
    cal.LongDateTime(1, 1, None),
    Range(1, 2, True, True),
    10**40,
    2.5,
]


@given(st.sampled_from(KINDS), st.sampled_from(KINDS), st.sampled_from(sorted(BINARY)))
def test_nothing_raises(left, right, sign):
    BINARY[sign](left, right)
    UNARY["-"](left)
    compare.identity(left)
    assert kind_of(left)


@given(st.integers(-(10**9), 10**9), st.integers(-(10**9), 10**9))
def test_integers_are_pythons(left, right):
    assert BINARY["+"](left, right) == left + right
    assert BINARY["*"](left, right) == left * right
    assert BINARY["<"](left, right) == (left < right)
    assert compare.same(left, right) == (left == right)
