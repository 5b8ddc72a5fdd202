"""Functions that call each other deep: a limit of ours, whatever stack there is and is left."""

from __future__ import annotations

import sys
import threading
from contextvars import ContextVar

import pytest

from bpmn_xml import expressions
from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions import stack
from bpmn_xml.expressions.limits import MAX_CALLS, LimitError
from bpmn_xml.expressions.meter import METER, UNLIMITED

DEEP = {
    "sum": "function(n) if n = 0 then 0 else n + f(n - 1)",
    "in a loop": "function(n) if n = 0 then 0 else (for i in [n] return i + f(i - 1))[1]",
    "in a filter": "function(n) if n = 0 then 0 else n + [f(n - 1)][item >= 0][1]",
    "in a quantifier": "function(n) if n = 0 then 0 else n + "
    "(if some i in [n] satisfies f(i - 1) >= 0 then 1 else 0) - 1",
    "in brackets": "function(n) if n = 0 then 0 else " + "(1 * " * 20 + "n + f(n - 1)" + ")" * 20,
    "by a name": "function(n) if n = 0 then 0 else n + f(n: n - 1)",
    "with a type": "function(n: number) if n = 0 then 0 else n + f(n - 1)",
}


def called(function: str, depth: int, **variables: object) -> object:
    """Return what a function gives that calls itself so deep."""
    return expressions.evaluate(f"= {{f: {function}, r: f({depth})}}.r", variables)


@pytest.mark.parametrize("way", DEEP)
def test_as_deep_as_people_go(way):
    depth = 300
    expected = depth if way == "in a quantifier" else depth * (depth + 1) // 2
    assert called(DEEP[way], depth) == expected


def test_the_limit_is_ours():
    assert called(DEEP["sum"], MAX_CALLS - 1) == MAX_CALLS * (MAX_CALLS - 1) // 2
    with pytest.raises(LimitError, match=f"functions call each other deeper than {MAX_CALLS} lev"):
        called(DEEP["sum"], MAX_CALLS)


def test_where_the_stack_is_nearly_used_up():
    def deep(frames: int) -> object:
        return deep(frames - 1) if frames else called(DEEP["sum"], 400)

    frame, used = sys._getframe(), 0
    while frame := frame.f_back:
        used += 1
    assert deep(sys.getrecursionlimit() - used - 200) == 400 * 401 // 2


def test_functions_that_call_each_other():
    text = """= {even: function(n) if n = 0 then true else odd(n - 1),
               odd: function(n) if n = 0 then false else even(n - 1), r: even(301)}.r"""
    assert expressions.evaluate(text) is False


def test_a_list_is_taken_apart_item_by_item():
    text = """= {total: function(xs) if count(xs) = 0 then 0 else xs[1] + total(remove(xs, 1)),
               r: total(for i in 1..400 return i)}.r"""
    assert expressions.evaluate(text) == 400 * 401 // 2


def test_nothing_stays_behind():
    before = threading.active_count()
    for depth in (500, MAX_CALLS):
        try:
            called(DEEP["sum"], depth)
        except LimitError:
            assert depth == MAX_CALLS
    assert METER.account is UNLIMITED
    assert UNLIMITED.depth == 0
    assert threading.active_count() == before


def test_an_error_comes_back_from_the_deep():
    function = 'function(n) if n = 0 then assert(1, false, "at the end") else f(n - 1)'
    with pytest.raises(ExpressionError, match="at the end"):
        called(function, 500)


def test_threads_are_paid_for():
    """Each call at the end of the stack takes one: twice as many at each level would be many."""
    with pytest.raises(LimitError):
        called("function(n) if n = 0 then 0 else f(n - 1) + f(n - 1)", 900)


def test_what_no_stack_has_room_for_is_refused_at_once():
    started: list[str] = []
    deep: list[object] = []
    other: list[object] = []
    for _ in range(100_000):
        deep, other = [deep], [other]
    real = stack.threading.Thread

    class Counted(real):
        def start(self) -> None:
            started.append(self.name)
            super().start()

    function = "function(n) if n = 0 then deep = other else f(n - 1)"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stack.threading, "Thread", Counted)
        with pytest.raises(ExpressionError, match="nested"):
            called(function, 50, deep=deep, other=other)
    assert len(started) == 1


KEY: ContextVar[int] = ContextVar("KEY", default=0)


def test_functions_of_python_see_the_context_of_their_caller():
    KEY.set(5)
    compiled = expressions.compile(
        "{f: function(n) if n = 0 then key() else f(n - 1), r: f(400)}.r",
        "feel",
        functions={"key": KEY.get},
    )
    assert compiled.evaluate({}) == 5
