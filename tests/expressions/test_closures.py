"""What goes wrong is told with its place and in words, whatever it is."""

from __future__ import annotations

import sys

import pytest

from bpmn_xml import expressions
from bpmn_xml.errors import ExpressionError


@pytest.mark.parametrize(
    ("text", "offset", "words"),
    [
        ("1 + n / 0", 6, "division by zero"),
        ("n < 'a'", 2, "'<' does not work on a number and text"),
        ("1 < n < 'a'", 2, "'<' does not work on a number and text"),
        ("[1, n['x']]", 5, "[...] reads a list, a mapping or a text, not a number"),
        ("n and d.x", 7, "there is no entry 'x'"),
        ("d['x']", 1, "there is no entry 'x'"),
        ("int('x')", 0, "ValueError: invalid literal for int() with base 10: 'x'"),
        ("{d: 1}", 0, "TypeError: unhashable type: 'dict'"),
        ("fail(n)", 0, "RuntimeError: its own reason"),
        ("1 if fail(n) else 2", 5, "RuntimeError: its own reason"),
        ("refuse(n)", 0, "not today"),
    ],
)
def test_errors_say_where_and_why(text, offset, words):
    def fail(_):
        raise RuntimeError("its own reason")

    def refuse(_):
        raise ExpressionError("not today")

    run = expressions.compile(text, functions={"fail": fail, "refuse": refuse}).evaluate
    with pytest.raises(ExpressionError) as caught:
        run({"n": 5, "d": {}})
    assert (str(caught.value), caught.value.offset, caught.value.text) == (words, offset, text)


def test_a_function_may_evaluate_an_expression_that_fails():
    inner = expressions.compile("1 / 0")
    outer = expressions.compile("1 + again()", functions={"again": lambda: inner.evaluate({})})
    with pytest.raises(ExpressionError) as caught:
        outer.evaluate({})
    assert caught.value.text == "1 / 0"


def test_what_fails_once_only_is_still_told():
    answers = iter([KeyError("gone"), 1])

    def fickle():
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    with pytest.raises(ExpressionError, match="KeyError: 'gone'"):
        expressions.compile("1 + fickle()", functions={"fickle": fickle}).evaluate({})


def test_a_variable_that_raises_on_reading():
    class Broken(dict):
        def __missing__(self, name):
            raise KeyError(name)

    with pytest.raises(ExpressionError, match="there is no variable 'n'"):
        expressions.compile("n").evaluate(Broken())
    with pytest.raises(ExpressionError, match="KeyError: 'inner'"):
        expressions.compile("n").evaluate(
            type(
                "Odd",
                (Broken,),
                {
                    "__getitem__": lambda self, name: {}["inner"],
                    "__contains__": lambda self, name: True,
                },
            )()
        )


def test_deep_values():
    deep: list[object] = []
    other: list[object] = []
    for _ in range(100_000):
        deep, other = [deep], [other]
    with pytest.raises(ExpressionError, match="the values are nested too deeply"):
        expressions.compile("a == b").evaluate({"a": deep, "b": other})


def at_depth(levels: int, act):
    """Call a function with so much of the stack in use."""
    return act() if levels == 0 else at_depth(levels - 1, act)


def test_little_room_on_the_stack():
    text = "-" * 90 + "n"
    run = expressions.compile(text).evaluate
    told = set()
    for act in (lambda: expressions.compile(text), lambda: run({"n": 1})):
        for levels in range(sys.getrecursionlimit() - 400, sys.getrecursionlimit() - 40, 5):
            try:
                at_depth(levels, act)
            except ExpressionError as error:
                told.add(str(error))
            except RecursionError:
                break
    assert told == {"nested too deeply (at most 100)", "the values are nested too deeply"}


COMPARED = [
    ("=a > 0", {}, None),
    ("=a = 0", {}, False),
    ("=a > 0", {"a": "x"}, None),
    ("=a > 0", {"a": 1}, True),
    ("${a > 0}", {"a": 1}, True),
]


@pytest.mark.parametrize(("text", "names", "expected"), COMPARED)
def test_the_quick_way_gives_what_the_language_says(
    text: str, names: dict[str, object], expected: object
) -> None:
    assert expressions.compile(text).evaluate(names) is expected


def test_the_quick_way_explains_a_missing_variable() -> None:
    for text in ("${a > 0}", "a > 0"):
        with pytest.raises(ExpressionError, match="there is no variable 'a'"):
            expressions.compile(text).evaluate({})
