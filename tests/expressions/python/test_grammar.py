"""What can be written means what it means in Python; the rest is refused with place and reason."""

from __future__ import annotations

import math
import re
import warnings
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions import compile as compiled
from bpmn_xml.expressions.python.functions import FUNCTIONS

VARIABLES = {
    "a": 7,
    "b": -2,
    "z": 0,
    "x": 2.5,
    "s": "text",
    "yes": True,
    "none": None,
    "items": [3, 1, 2],
    "pair": (1, "one"),
    "order": {"amount": 5, "in": {"deep": [{"n": 1}]}},
}

SAME_AS_PYTHON = """
a | -a | +a | --a | -+-a | not a | not not z | a + b * z - x | (a + b) * 2 | a / b | a // b
a % b | a - b - 1 | 2 * -a
a < 8 | a <= 7 <= 9 | 1 < a < 3 < 1 / z | a == 7 != 8 | a > b >= -2 | not a == 7
-a < a
a in items | a not in items | 3 in items | 'x' in s | 'amount' in order | a in (1, 7)
not 3 in items
none is None | a is not None | yes is True | yes is not False
a and b | a and z and 1 / z | a or 1 / z | z or '' or none | z or a and b | not z and a
a and not z or b
'small' if a < 5 else 'middle' if a < 10 else 'big' | (1 if z else 2) + 1 | [1] if yes else [2]
items[0] | items[-1] | pair[1] | s[1] | order['amount'] | items[0:2] | items[:] | items[::-1]
s[1:] | s[:-1:2] | items[a:]
[] | [1, a,] | () | (1,) | (1, 2) | (1) | {} | {'k': a, 1: 2, } | {'k': 1, 'k': 2}
[[1], (2,), {3: []}]
'a' 'b' "c" | s + '!' | items + [a] | pair + (1,) | 1e3 + 0x10 | '\\x41'
len(items) | max(items) | max(1, a, 3) | min(a, b) | sorted(items, reverse=True) | abs(b)
round(x) | round(2.567, 2) | sum(items)
sum(items, 10) | any(items) | all([]) | int('12') | int(x) | float('2.5') | str(a) + 's'
bool(items) | max([], default=4)
None | True + 1 | -True | +True | - 5 | -2.5 | (a) | (((a))) | len(s) if s else 0
"""


@pytest.mark.parametrize(
    "text",
    [
        each.strip()
        for line in SAME_AS_PYTHON.split("\n")
        for each in line.split("|")
        if each.strip()
    ],
)
def test_means_what_python_means(text):
    ours, pythons = compiled(text).evaluate(VARIABLES), pythons_own(text).evaluate(VARIABLES)
    assert (type(ours), ours) == (type(pythons), pythons)


def test_dots_read_entries():
    assert compiled("order.amount").evaluate(VARIABLES) == 5
    assert compiled("order.in.deep[0].n").evaluate(VARIABLES) == 1
    assert compiled("-order.amount").evaluate(VARIABLES) == -5


def test_names_in_the_order_of_the_text():
    assert compiled("b + order.amount if len(a) else b[c]").names == ("a", "b", "order", "c")


REFUSED = {
    "": (0, "expected a value but the text ends"),
    "1 +": (3, "expected a value but the text ends"),
    "a b": (2, "expected the end but there is 'b'"),
    "(1": (2, "expected ',' or ')' but the text ends"),
    "[1 2]": (3, "expected ',' or ']' but there is '2'"),
    "{1: 2 3: 4}": (6, "expected ',' or '}' but there is '3'"),
    "{1; 2}": (2, "';' is not allowed"),
    "{1 2}": (3, "expected ':' but there is '2'"),
    "{1, 2}": (0, "sets are not allowed"),
    "{1}": (0, "sets are not allowed"),
    "{**a}": (1, "'**' is not allowed"),
    "[*a]": (1, "'*' is not allowed"),
    "len(*a)": (4, "'*' is not allowed"),
    "len(**a)": (4, "'**' is not allowed"),
    "a, b": (1, "expected the end but there is ','"),
    "a ** 2": (2, "'**' is not allowed"),
    "a << 2": (2, "'<<' is not allowed"),
    "a >> 2": (2, "'>>' is not allowed"),
    "~a": (0, "'~' is not allowed"),
    "a ^ b": (2, "'^' is not allowed"),
    "a @ b": (2, "'@' is not allowed"),
    "a & b": (2, "write 'and'"),
    "a || b": (2, "write 'or'"),
    "!a": (0, "write 'not'"),
    "a ? b : c": (2, "write 'this if test else that'"),
    "a = 1": (2, "write '==' to compare"),
    "(a := 1)": (3, "':=' is not allowed"),
    "$a": (0, "write the variable's plain name"),
    "lambda: 1": (0, "'lambda' is not allowed"),
    "await a": (0, "'await' is not allowed"),
    "yield": (0, "'yield' is not allowed"),
    "[i for i in a]": (3, "'for' is not allowed"),
    "import os": (0, "'import' is not allowed"),
    "print(1)": (0, "there is no function 'print'"),
    "lenn(a)": (0, "there is no function 'lenn'; did you mean 'len'?"),
    "len": (None, None),
    "len(": (4, "expected a value but the text ends"),
    "len()": (0, "len(): "),
    "len(1, 2)": (0, "len(): "),
    "len(x=1)": (0, "len(): "),
    "sorted(a, key=len)": (0, "sorted(): "),
    "sorted(reverse=1, a)": (18, "a plain argument follows a named one"),
    "f'{a}'": (0, "prefix 'f' or 'b'"),
    "b'a'": (0, "prefix 'f' or 'b'"),
    "'a' f'{a}'": (0, "prefix 'f' or 'b'"),
    "'open": (0, "no closing quote"),
    '"': (0, "no closing quote"),
    "1_": (0, "'1_' is not a number"),
    "a.": (2, "expected a name but the text ends"),
    "a.1": (1, "expected the end but there is '.1'"),
    "a.lower()": (2, "methods are not allowed; write lower(...)"),
    "a.get('x')": (2, "'.get' cannot be called, methods are not allowed"),
    "a[0](1)": (4, "only registered functions can be called"),
    "(a)(1)": (3, "only registered functions can be called"),
    "a[]": (1, "expected a value between '[' and ']'"),
    "a[1, 2]": (3, "expected ']' but there is ','"),
    "a[1:2:3:4]": (7, "expected ']' but there is ':'"),
    "a is 3": (5, "'is' compares with None, True or False only"),
    "a is b": (5, "'is' compares with None, True or False only"),
    "a is 1": (5, "'is' compares with None, True or False only"),
    "a not b": (6, "expected 'in' but there is 'b'"),
    "a == not b": (5, "expected a value but there is 'not'"),
    "- not a": (2, "expected a value but there is 'not'"),
    "a if b": (6, "expected 'else' but the text ends"),
    "a if b else": (11, "expected a value but the text ends"),
    "true": (0, "'true' is written True in Python"),
    "a == null": (5, "'null' is written None in Python"),
    "a # why": (2, "expected the end but there is '#'"),
    "a; b": (1, "';' is not allowed"),
    "...": (0, "'...' is not allowed"),
    "a\0": (1, "expected the end but there is '\0'"),
    "a\\\n+1": (1, "expected the end but there is '\\'"),
    "()" + "." + "__class__": (3, "'__class__' are Python's own"),
    "__import__('os')": (0, "'__import__' are Python's own"),
}


@pytest.mark.parametrize("text", [text for text in REFUSED if REFUSED[text][1]])
def test_refused_with_place_and_reason(text):
    with pytest.raises(ExpressionError) as caught:
        compiled(text)
    assert (caught.value.text, caught.value.offset) == (text, REFUSED[text][0])
    assert REFUSED[text][1] in str(caught.value)


def test_a_variable_may_be_called_like_a_function():
    assert compiled("len + len(s)").evaluate({"len": 1, "s": "abc"}) == 4


def test_a_registered_function_of_c_that_does_not_tell_its_arguments():
    assert compiled("hypotenuse(3, 4)", functions={"hypotenuse": math.hypot}).evaluate({}) == 5
    assert compiled("smallest(3, 4)", functions={"smallest": min}).evaluate({}) == 3


NUMBERS = (
    st.integers(-99, 99)
    | st.floats(-99, 99, allow_nan=False).map(lambda value: round(value, 3))
    | st.booleans()
)
LEAVES = (
    st.sampled_from(sorted(VARIABLES))
    | NUMBERS.map(repr)
    | st.text("ab'\"\\\n", max_size=3).map(repr)
    | st.just("None")
)


def grown(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return texts one level above the given ones."""
    signs = [
        "+",
        "-",
        "*",
        "/",
        "//",
        "%",
        "<",
        "<=",
        ">",
        ">=",
        "==",
        "!=",
        "in",
        "not in",
        "and",
        "or",
    ]
    functions = sorted(FUNCTIONS.keys() - {"lower", "upper", "strip", "startswith", "endswith"})
    return st.one_of(
        st.tuples(parts, st.sampled_from(signs), parts).map(" ".join),
        st.tuples(parts, st.sampled_from(signs), parts, st.sampled_from(signs), parts).map(
            " ".join
        ),
        st.tuples(parts, st.sampled_from([" is None", " is not None"])).map("".join),
        st.tuples(st.sampled_from(["-", "+", "not "]), parts).map("".join),
        parts.map("({})".format),
        st.lists(parts, max_size=3).map(lambda found: f"[{', '.join(found)}]"),
        st.lists(parts, max_size=3).map(
            lambda found: f"({''.join(f'{each}, ' for each in found)})"
        ),
        st.lists(st.tuples(parts, parts), max_size=2).map(
            lambda found: f"{{{', '.join(map(': '.join, found))}}}"
        ),
        st.tuples(parts, parts, parts).map(
            lambda found: f"{found[0]} if {found[1]} else {found[2]}"
        ),
        st.tuples(parts, parts).map(lambda found: f"({found[0]})[{found[1]}]"),
        st.tuples(parts, parts, parts).map(lambda found: f"({found[0]})[{found[1]}:{found[2]}]"),
        st.tuples(st.sampled_from(functions), parts).map(lambda found: f"{found[0]}({found[1]})"),
    )


STRICTER = "|".join(
    (
        r"'[*%]' does not work on (text|a list) and",
        r"'[*]' does not work on a number and (text|a list)",
        r"str\(\) takes a text",
        r"'is' compares",
    )
)
"""Where Python has a value and we have none: repeated and formatted texts, printed containers."""
EXPRESSIONS = st.recursive(LEAVES, grown, max_leaves=8)


@given(EXPRESSIONS)
def test_generated_expressions_give_what_python_gives(text):
    ours, pythons = outcome(compiled, text), outcome(pythons_own, text)
    if isinstance(ours, ExpressionError):
        assert 0 <= ours.offset < len(text)
        assert isinstance(pythons, Exception) or re.match(STRICTER, str(ours))
    else:
        assert (type(ours), repr(ours)) == (type(pythons), repr(pythons))


REFUSALS = (ExpressionError, SyntaxError, TypeError, ValueError, ArithmeticError, LookupError)


def outcome(compiling, text: str) -> object:
    """Return the value of a text, or the error if it has none."""
    try:
        return compiling(text).evaluate(VARIABLES)
    except REFUSALS as error:
        return error


def pythons_own(text: str) -> SimpleNamespace:
    """Compile a text by Python itself, the reference."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)
        code = compile(text, "", "eval")
    return SimpleNamespace(evaluate=lambda variables: eval(code, {}, variables))


SIGNS = [*"()[]{}.,:+-*/<>='\"\\ ax1\0\n\u202e", "\ufb01", "\uff19"]
WORDS = [" not ", " in ", " is ", " if ", " else ", "and", "or", "0x", "e5", "__", "len(", "str("]


@given(st.text(max_size=40) | st.lists(st.sampled_from([*SIGNS, *WORDS]), max_size=30).map("".join))
def test_no_text_does_anything_but_have_a_value_or_an_error(text):
    found = outcome(compiled, text)
    if isinstance(found, Exception):
        assert isinstance(found, ExpressionError)
        assert found.text == text
        assert 0 <= found.offset <= len(text)
        assert str(found)
