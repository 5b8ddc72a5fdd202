"""Item definitions: types by name, structures, lists, functions, and the values they allow."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bpmn_xml.decisions import values as v
from bpmn_xml.decisions.types import from_outside, plain_type
from bpmn_xml.expressions.tree import TypeName

from .make import text, value

GRADE = v.ItemType(name="grade", type="number", allowed=text("[1..6]"))
TYPES = (
    GRADE,
    v.ItemType(name="grades", type="grade", many=True),
    v.ItemType(name="few", type="number", many=True, constraint=text("count(?) < 3")),
    v.ItemType(
        name="pupil",
        parts=(
            v.ItemType(name="full name", type="string"),
            v.ItemType(name="marks", type="grade", many=True),
        ),
    ),
    v.ItemType(
        name="rule", function=True, parts=(v.ItemType(name="a"), v.ItemType(name="", type="number"))
    ),
    v.ItemType(name="whatever"),
    v.ItemType(name="itself", parts=(v.ItemType(name="next", type="itself"),)),
    v.ItemType(name="old", type="integer"),
)

CASES = [
    ("1", "grade", 1),
    ("7", "grade", None),
    ("[7]", "grade", None),
    ("[1]", "grade", 1),
    ("[1, 6]", "grades", [1, 6]),
    ("[1, 7]", "grades", None),
    ("3", "grades", [3]),
    ("[1, 2]", "few", [1, 2]),
    ("[1, 2, 3]", "few", None),
    ('{full name: "Ada", marks: [1]}', "pupil", {"full name": "Ada", "marks": [1]}),
    ('{full name: "Ada", marks: [9]}', "pupil", None),
    ('{full name: "Ada"}', "pupil", None),
    ('"x"', "whatever", "x"),
    ("{next: null}", "itself", {"next": None}),
    ("1", "old", 1),
    ('date("2024-02-29")', "date and time", datetime(2024, 2, 29, tzinfo=UTC)),
    ("1", "list<number>", [1]),
    ("7 instance of grade", "", True),
    ('"7" instance of grade', "", False),
    ("(function(a) a) instance of rule", "", True),
    ("(function(a, b) a) instance of rule", "", False),
    ("{f: function(g: grade) g + 1, r: f(2)}.r", "", 3),
]


@pytest.mark.parametrize(("words", "type_", "expected"), CASES)
def test_values_and_types(words, type_, expected):
    assert value(text(words), types=TYPES, type_=type_) == expected


def test_a_type_that_is_not_known():
    assert plain_type("list<") is None
    assert plain_type("nonsense") is None


GIVEN = [
    ("2024-02-29", "date", date(2024, 2, 29)),
    ("nonsense", "date", None),
    ("2024-02-29", "string", "2024-02-29"),
    (["2024-02-29"], "date", date(2024, 2, 29)),
    (["2024-02-29", "2024-03-01"], "date", None),
    (5, "date", None),
]


@pytest.mark.parametrize(("found", "name", "expected"), GIVEN)
def test_what_is_given(found, name, expected):
    assert from_outside(found, TypeName(name)) == expected


@pytest.mark.parametrize("found", ["2024-02-29", ["2024-02-29"]])
def test_a_text_for_a_list_of_dates(found):
    assert from_outside(found, TypeName("list", (TypeName("date"),))) == [date(2024, 2, 29)]


LEVELS = (
    v.ItemType(name="percent", type="number", allowed=text("[0..100]")),
    v.ItemType(name="high", type="percent", allowed=text("> 50")),
    v.ItemType(name="highs", type="high", many=True, constraint=text("count(?) < 3")),
    v.ItemType(name="even", type="high", constraint=text("even(?)")),
)


@pytest.mark.parametrize(
    ("type_", "words", "expected"),
    [
        ("high", "60", 60),
        ("high", "40", None),
        ("high", "120", None),
        ("highs", "[60, 70]", [60, 70]),
        ("highs", "[60, 120]", None),
        ("highs", "[60, 70, 80]", None),
        ("even", "60", 60),
        ("even", "61", None),
        ("even", "102", None),
        ("even", "20", None),
    ],
)
def test_a_type_allows_no_more_than_the_one_it_is_made_from(type_, words, expected):
    assert value(text(words), types=LEVELS, type_=type_) == expected


def test_texts_within_what_is_given():
    day = TypeName("context", fields=(("day", TypeName("date")),))
    assert from_outside([{"day": "2024-02-29", "n": 1}], TypeName("list", (day,))) == [
        {"day": date(2024, 2, 29), "n": 1}
    ]


def test_lists_of_one_in_lists_of_one_are_left_as_they_are():
    deep: list[object] = ["2024-02-29"]
    for _ in range(5_000):
        deep = [deep]
    assert from_outside(deep, TypeName("date")) is None
    assert from_outside(deep, TypeName("Any")) is deep


def test_types_of_types_end_somewhere():
    chain = tuple(
        v.ItemType(name=f"t{n}", parts=(v.ItemType(name="a", type=f"t{n + 1}"),)) for n in range(50)
    )
    assert value(text("{a: {a: null}}"), types=chain, type_="t0") == {"a": {"a": None}}
    assert value(text("{b: 1}"), types=chain, type_="t0") is None
