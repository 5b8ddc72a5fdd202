"""A language that never raises tells afterwards why there is no value."""

from __future__ import annotations

import pytest

from bpmn_xml import expressions
from bpmn_xml.expressions.chance import CHANCE
from bpmn_xml.expressions.second_look import asked_in_vain


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("a + amout", [(4, "there is no variable 'amout'; did you mean 'amount'?")]),
        ("a + c", [(4, "'c' is null")]),
        ("a + d", [(2, "'+' has no result for these values (a number and text)")]),
        ("a = d", [(2, "'=' has no result for these values (a number and text)")]),
        ("-d", [(0, "'-' has no result for these values")]),
        ("o.n", [(1, "there is no 'n' in what stands before it")]),
        ("o.mod", [(1, "there is no 'mod' in what stands before it; did you mean 'mode'?")]),
        ("o.mode", [(1, "'mode' is null")]),
        ("a and d", [(2, "'and' needs true or false")]),
        ("abs(d)", [(0, "abs() has no result for these arguments")]),
        ("[1][2]", [(3, "this has no value")]),
        (
            "contans(a)",
            [(0, "there is no function 'contans'; did you mean 'contains' or 'list contains'?")],
        ),
        (
            "substring(d)",
            [
                (
                    0,
                    (
                        "substring() has no result for these arguments: the function takes "
                        "(string, start position, length?), 1 argument is given"
                    ),
                )
            ],
        ),
        (
            "date(b: 2)",
            [
                (
                    0,
                    (
                        "date() has no result for these arguments: the function takes "
                        "(from) or (year, month, day), not (b)"
                    ),
                )
            ],
        ),
        (
            "{f: function(a, b) a, r: f(1)}.r",
            [(25, "the function takes (a, b), 1 argument is given")],
        ),
        (
            "{f: function(a: number) a, r: f(d)}.r",
            [(30, "the argument a is not of its type, number")],
        ),
        (
            "{f: function(b, a: list<number>) a, r: f(a: [d], b: 1)}.r",
            [(39, "the argument a is not of its type, list")],
        ),
        ("(function(a: numbr) a)(1)", [(1, "there is no type 'numbr'")]),
        (
            '{f: function(b) external {java: {class: "Math"}}, r: f(1)}.r',
            [(25, "a function that is not written in FEEL cannot be called here")],
        ),
        ("a instance of numbr", [(2, "there is no type 'numbr'")]),
        ("{f: function(a) null, r: f(1)}.r", [(25, "this has no value")]),
        ("{f: 5, r: f(1)}.r", [(10, "a number is no function")]),
        (
            "[a + d, o.n]",
            [
                (3, "'+' has no result for these values (a number and text)"),
                (9, "there is no 'n' in what stands before it"),
            ],
        ),
        ("a + 1", []),
        ("null", []),
        ("for i in 1..99 return c", [(22, "'c' is null")] * 10),
        (
            "for i in 1..9999999 return 1",
            [(0, "the expression makes a list of more than 100000 items")],
        ),
    ],
)
def test_reasons(text, reasons):
    variables = {"a": 1, "amount": 2, "c": None, "d": "text", "o": {"mode": None}}
    found = expressions.compile(text, "feel").explain(variables)
    assert [(reason.offset, str(reason)) for reason in found] == reasons


def test_a_language_that_raises_tells_its_error():
    found = expressions.compile("1 + a").explain({"a": "x"})
    assert [str(reason) for reason in found] == ["'+' does not work on a number and text"]
    assert expressions.compile("1 + a").explain({"a": 1}) == ()


def test_who_asks_why_draws_nothing() -> None:
    drawn = list[int]()

    def draw() -> int:
        drawn.append(len(drawn))
        return 2**127

    names = {CHANCE: draw}
    compiled = expressions.compile("if random number() < 2 then missing else uuid()", "feel")
    assert compiled.evaluate(names) is None
    (reason,) = compiled.explain(names)
    assert str(reason) == "there is no variable 'missing'"
    assert asked_in_vain([compiled.evaluate], names) == ("missing",)
    assert drawn == [0]


def test_what_has_no_value_tells_what_it_asked_for_before() -> None:
    text = expressions.compile("${a + b}", "juel").evaluate
    assert asked_in_vain([text, text], {"c": 1}) == ("a",)
