"""What FEEL computes goes out with numbers as Python and JSON have them."""

from __future__ import annotations

from decimal import Decimal

import pytest

import bpmn_xml
from bpmn_xml.expressions import compile as compile_text
from bpmn_xml.expressions.feel.outward import DEEPEST, as_json, outward
from bpmn_xml.expressions.feel.values import MATH


@pytest.mark.parametrize(
    ("value", "given"),
    [
        (Decimal("20.50"), 20.5),
        (Decimal("3.0"), 3),
        (Decimal("1E+20"), 10**20),
        (Decimal("9999999999999999.00"), 9999999999999999),
        (Decimal("1E+400"), Decimal("1E+400")),
        (Decimal("12345678901234.5678"), Decimal("12345678901234.5678")),
        (MATH.divide(Decimal(1), Decimal(3)), 1 / 3),
        ({"a": [Decimal("0.5"), "x", None]}, {"a": [0.5, "x", None]}),
    ],
)
def test_decimals_become_numbers_of_python(value: object, given: object) -> None:
    found = outward(value)
    assert (found, type(found)) == (given, type(given))


def test_for_workers_dates_and_durations_are_texts() -> None:
    text = '{day: date("2030-01-02"), all: [duration("P1Y2M"), @"2030-01-02T03:04:05Z"], n: 0.5}'
    assert as_json(compile_text(text, "feel").evaluate({})) == {
        "day": "2030-01-02",
        "all": ["P1Y2M", "2030-01-02T03:04:05Z"],
        "n": 0.5,
    }


def test_what_has_no_decimals_is_the_same_object() -> None:
    value = {"a": [1, {"b": "x"}]}
    assert outward(value) is value


def test_what_is_nested_very_deep_is_left_as_it_is() -> None:
    deep: object = Decimal("0.5")
    for _ in range(10_000):
        deep = [deep]
    assert outward(deep) is deep
    near: object = Decimal("0.5")
    for _ in range(DEEPEST):
        near = [near]
    assert outward(near) is not near


def test_lists_that_are_shared_are_changed_once() -> None:
    value: object = [Decimal("0.5")]
    for _ in range(50):
        value = [value, value]
    found = outward(value)
    while isinstance(found[0], list):
        assert found[0] is found[1]
        found = found[0]
    assert found == [0.5]


def test_values_that_handlers_get_have_public_names() -> None:
    found = bpmn_xml.evaluate('= duration("P14M")')
    assert (found, str(found)) == (bpmn_xml.MonthsDuration(14), "P1Y2M")
    assert bpmn_xml.evaluate("= [1..5]") == bpmn_xml.Range(
        1, 5, start_included=True, end_included=True
    )
