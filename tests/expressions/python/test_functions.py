"""Functions take hostile values too: the answer is small and quick, or a refusal in words."""

from __future__ import annotations

import itertools
import math
from datetime import date, timedelta
from decimal import Decimal

import pytest

from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions.limits import MAX_BITS, MAX_ITEMS, MAX_STRING
from bpmn_xml.expressions.python.functions import FUNCTIONS

HUGE = 1 << MAX_BITS

VALUES = [
    ("abs", (-2,), 2),
    ("abs", (Decimal("-0.5"),), Decimal("0.5")),
    ("abs", (timedelta(-1),), timedelta(1)),
    ("all", ([1, 0],), False),
    ("all", ("",), True),
    ("any", ({"k": 1},), True),
    ("any", ([],), False),
    ("bool", (), False),
    ("bool", ([0],), True),
    ("endswith", ("abc", "bc"), True),
    ("startswith", ("abc", "bc"), False),
    ("float", (), 0.0),
    ("float", ("1e3",), 1000.0),
    ("float", (Decimal("0.5"),), 0.5),
    ("int", (), 0),
    ("int", ("-12",), -12),
    ("int", (2.9,), 2),
    ("int", (Decimal("1e20"),), 10**20),
    ("int", (True,), 1),
    ("len", ("abc",), 3),
    ("len", ({},), 0),
    ("len", (range(10**9),), 10**9),
    ("lower", ("ÄB",), "äb"),
    ("upper", ("ß",), "SS"),
    ("strip", (" a ",), "a"),
    ("max", (1, 2), 2),
    ("max", ([3, 4],), 4),
    ("min", ("ba",), "a"),
    ("min", ({2: 0, 1: 0},), 1),
    ("round", (2.5,), 2),
    ("round", (2.567, 1), 2.6),
    ("round", (1234, -2), 1200),
    ("round", (Decimal("2.5"),), 2),
    ("round", (5, 400), 5),
    ("sorted", ({2: 0, 1: 0},), [1, 2]),
    ("sorted", ("ba",), ["a", "b"]),
    ("str", (), ""),
    ("str", (None,), "None"),
    ("str", (1.5,), "1.5"),
    ("str", (date(2024, 1, 2),), "2024-01-02"),
    ("str", (Decimal("1e9999"),), "1E+9999"),
    ("sum", ([1, 2.5],), 3.5),
    ("sum", ([], 5), 5),
    ("sum", ([Decimal(1)],), Decimal(1)),
]


@pytest.mark.parametrize(("function", "arguments", "value"), VALUES)
def test_value(function, arguments, value):
    found = FUNCTIONS[function](*arguments)
    assert (type(found), found) == (type(value), value)


def test_named_arguments():
    assert FUNCTIONS["max"]([], default=3) == FUNCTIONS["min"]([3], default=1) == 3
    assert FUNCTIONS["sorted"]([1, 3, 2], reverse=True) == [3, 2, 1]


class Hostile:
    """Whatever is done with it, it was not to be done."""

    def trap(self, *_):
        raise AssertionError("was reached")

    __iter__ = __len__ = __str__ = __repr__ = __int__ = __float__ = __index__ = __abs__ = (
        __round__
    ) = trap


LONG = [0] * (MAX_ITEMS + 1)
TEXT = "x" * (MAX_STRING + 1)
REFUSED = [
    *(
        (name, (Hostile(),), "not a Hostile")
        for name in sorted(FUNCTIONS.keys() - {"bool", "startswith", "endswith"})
    ),
    *(
        (name, (itertools.count(),), "not a count")
        for name in ("all", "any", "len", "max", "min", "sorted", "sum")
    ),
    *(
        (name, (LONG,), f"at most {MAX_ITEMS} items")
        for name in ("all", "any", "max", "min", "sorted", "sum")
    ),
    *((name, (range(10**12),), f"at most {MAX_ITEMS} items") for name in ("max", "sorted", "sum")),
    *((name, (TEXT,), f"at most {MAX_STRING} characters") for name in ("lower", "upper", "strip")),
    *(
        (name, (HUGE,), f"more than {MAX_BITS} bits")
        for name in ("abs", "int", "float", "round", "str")
    ),
    *(
        (name, (Decimal("1e99999999"),), "as large as 1E+99999999")
        for name in ("abs", "int", "round")
    ),
    ("float", ("1" * 2000,), "at most 1300 characters"),
    ("int", ("1" * 2000,), "at most 1300 characters"),
    ("int", ("1" * 1300,), f"more than {MAX_BITS} bits"),
    ("round", (5, -(10**9)), "takes -400 to 400 decimal places"),
    ("round", (5, 10**9), "takes -400 to 400 decimal places"),
    ("round", (5, 1.0), "takes -400 to 400 decimal places"),
    ("sum", (["a"],), "needs a number, not text"),
    ("sum", ([HUGE - 1] * 3,), f"more than {MAX_BITS} bits"),
    ("sum", ([], "a"), "needs a number, not text"),
    ("abs", ("a",), "needs a number, not text"),
    ("str", ([],), "takes a text, a number or a date, not a list"),
    ("str", (b"x",), "not a bytes"),
    ("len", (5,), "needs a list or text, not a number"),
    ("startswith", ("a", ("a", "b")), "needs a text, not a list"),
    ("endswith", (1, "a"), "needs a text, not a number"),
    ("upper", (None,), "needs a text, not nothing (None)"),
]


@pytest.mark.parametrize(
    ("function", "arguments", "words"),
    REFUSED,
    ids=lambda value: value if isinstance(value, str) and len(value) < 30 else "",
)
def test_refused(function, arguments, words):
    with pytest.raises(ExpressionError) as caught:
        FUNCTIONS[function](*arguments)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("function", "arguments"),
    [
        ("min", ([],)),
        ("int", ("x",)),
        ("int", (math.inf,)),
        ("round", (math.nan,)),
        ("max", (1, "a")),
    ],
)
def test_python_refuses_the_rest(function, arguments):
    with pytest.raises((ValueError, TypeError, OverflowError)):
        FUNCTIONS[function](*arguments)
