"""Values of a result are plain JSON, whatever they were."""

from __future__ import annotations

import datetime as dt
import json
import math
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

from bpmn_xml.cli.result import plain
from bpmn_xml.expressions.feel import calendar as cal
from bpmn_xml.expressions.feel.values import Range
from tests.trace.strategies import VARIABLES


class Thing:
    def __repr__(self) -> str:
        return "<a thing>"


PLAIN: list[tuple[Any, Any]] = [
    ({"a": [1, 2.5, None, True, "x"]}, {"a": [1, 2.5, None, True, "x"]}),
    ((1, (2,)), [1, [2]]),
    ({"b", "a"}, ["a", "b"]),
    ({1: "a", None: "b", (1, 2): "c", "d": 4}, {"1": "a", "null": "b", "[1, 2]": "c", "d": 4}),
    ({"$x": {"$$y": 1}}, {"$x": {"$$y": 1}}),
    (Decimal("1.50"), 1.5),
    (Decimal("0.10000000000000000001"), "0.10000000000000000001"),
    (Decimal(7), 7),
    (Decimal("1E+400"), "1E+400"),
    (Decimal("sNaN"), "sNaN"),
    (dt.datetime(2030, 1, 2, 3, 4), "2030-01-02T03:04:00"),
    (dt.timedelta(seconds=90), "PT90S"),
    (cal.MonthsDuration(14), "P1Y2M"),
    (cal.LongDate(99_999, 1, 2), "99999-01-02"),
    (Range(1, Decimal(3), True, False), "[1..3)"),
    (b"\x00", "AA=="),
    (math.inf, "inf"),
    (Thing(), "<a thing>"),
]


@pytest.mark.parametrize(("value", "written"), PLAIN, ids=[repr(v)[:20] for v, _ in PLAIN])
def test_a_value_is_plain(value: Any, written: Any) -> None:
    assert plain(value) == written


@given(VARIABLES)
def test_anything_is_json(values: dict[str, Any]) -> None:
    json.dumps(plain(values), allow_nan=False)
