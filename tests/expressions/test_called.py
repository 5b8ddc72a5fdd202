"""Calls of functions that FEEL does not have are refused; names that a text declares are not."""

from __future__ import annotations

import pytest

from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions import compile_said

UNKNOWN = {
    "=lenght(x)": (1, "there is no function 'lenght'"),
    "=string lenght(x)": (1, "'string lenght'; did you mean 'string length'"),
    "=upper(x)": (1, "'upper'; did you mean 'upper case'"),
    "=1 + upper cas(x)": (5, "did you mean 'upper case'"),
    "=for x in y return f(x)": (19, "'f'"),
    "={a: g(1)}": (5, "'g'"),
    "=a.equals(b)": (2, "values have no methods such as 'equals'"),
    "=Math.floor(a.b)": (5, "such as 'floor': write floor(...)"),
}


@pytest.mark.parametrize(("text", "told"), UNKNOWN.items(), ids=UNKNOWN)
def test_an_unknown_function_is_told(text: str, told: tuple[int, str]) -> None:
    with pytest.raises(ExpressionError) as caught:
        compile_said(text, None, None)
    assert caught.value.offset == told[0]
    assert told[1] in str(caught.value)


KNOWN = (
    "=string length(x)",
    "=is defined(a)",
    "={f: function(a) a + 1, b: f(1)}.b",
    "=for f in fs return f(1)",
    "=(function(f) f(1))(function(a) a)",
    "={a: {f: function(n) n}, b: a.f(1)}",
    "=[1][1].f(1)",
    "=extra(1)",
)


@pytest.mark.parametrize("text", KNOWN)
def test_what_a_text_may_call_is_let_pass(text: str) -> None:
    assert compile_said(text, None, None, {"extra": abs}).language == "feel"
