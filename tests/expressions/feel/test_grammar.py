"""What is no FEEL is refused with its place; names are read as people write them."""

from __future__ import annotations

import pytest

from bpmn_xml import expressions
from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions.feel.scanner import Known, is_ordinary, scan
from bpmn_xml.expressions.feel.typenames import read_type

from .tables import VARIABLES, value

REFUSED = {
    "": (0, "expected a value but the text ends"),
    "=": (1, "expected a value but the text ends"),
    "1 +": (3, "expected a value but the text ends"),
    "a == 1": (2, "'==' is not known; write '=' to compare"),
    "a => 1": (2, "'=>' is not known; write one sign to compare"),
    "< > 1": (0, "'<>' is not known; write one sign to compare"),
    "and": (0, "expected a value but there is 'and'"),
    "1 2": (2, "expected the end but there is '2'"),
    "(1": (2, "expected ')' but the text ends"),
    "[1": (2, "expected ',' or ']' but the text ends"),
    "[1 2]": (3, "expected ',' or ']' but there is '2'"),
    "[1..2": (5, "expected ')' or ']' but the text ends"),
    "]1..2": (5, "expected ')' or ']' but the text ends"),
    "]1, 2]": (2, "expected '..' but there is ','"),
    "{a 1}": (1, "expected a name but there is 'a'"),
    "{1, 2}": (1, "expected a name but there is '1'"),
    "{a: 1 b: 2}": (6, "expected ',' or '}' but there is 'b'"),
    "if a then b": (11, "expected 'else' but the text ends"),
    "if a else b": (5, "expected 'then' but there is 'else'"),
    "for i return i": (4, "expected a name but there is 'i'"),
    "for i in a i": (12, "expected 'return' but the text ends"),
    "some i in a return i": (12, "expected 'satisfies' but there is 'return'"),
    "function(1) 2": (None, None),
    "function a": (9, "expected '(' but there is 'a'"),
    "abs(1 2)": (6, "expected ',' or ')' but there is '2'"),
    "abs(n: 1, 2)": (10, "a plain argument follows a named one"),
    "abs(1, n: 2)": (3, "plain and named arguments are mixed"),
    "a between 1": (11, "expected 'and' but the text ends"),
    "a in (1, 2": (10, "expected ')' but the text ends"),
    "a instance of": (13, "expected a type"),
    "a instance a": (11, "expected 'of' but there is 'a'"),
    "a instance of list<number": (25, "expected ',' or '>'"),
    "a instance of list<number,>": (26, "expected a type"),
    "a instance of function<number string> -> number": (29, "expected ',' or '>'"),
    "a instance of context<a number>": (22, "expected a name and ':'"),
    "a instance of context<a: number b: number>": (31, "expected ',' or '>'"),
    "a instance of context<a: number,>": (32, "expected a name and ':'"),
    "[1,]": (2, "nothing follows this comma"),
    "[,]": (1, "expected a value but there is ','"),
    "[1,,2]": (3, "expected a value but there is ','"),
    "{a: 1,}": (5, "nothing follows this comma"),
    "sum(1, 2,)": (8, "nothing follows this comma"),
    "abs(n: 1,)": (8, "nothing follows this comma"),
    "function(a,) a": (10, "nothing follows this comma"),
    "a in (1,)": (8, "expected a value but there is ')'"),
    "a instance of " + "list<" * 30: (119, "types nested too deeply"),
    "a.": (2, "expected a name but the text ends"),
    "a.1": (1, "expected the end but there is '.1'"),
    "a[1": (3, "expected ']' but the text ends"),
    "@1": (1, "expected 'string' but there is '1'"),
    '"open': (0, "this text has no closing quote"),
    "`open": (0, "this text has no closing quote"),
    "a $ b": (2, "'$' has no meaning here"),
    "a ; b": (2, "';' has no meaning here"),
    "a = 'b'": (4, '"\'" has no meaning here; write texts in double quotes, "..."'),
    "a && b": (2, "'&' has no meaning here; write 'and', or '+' between texts"),
    "a || b": (2, "'|' has no meaning here; write 'or'"),
    "!a": (0, "'!' has no meaning here; write 'not(...)', or '!=' between values"),
    "a % 2": (2, "'%' has no meaning here; write 'modulo(a, b)'"),
    "9" * 1301: (0, "a number of more than 1300 digits"),
    "{" + ", ".join(f"a-{n}: 1" for n in range(61)) + "}": (
        None,
        "more than 60 names with signs in them",
    ),
    "-" * 200 + "1": (100, "nested deeper than 100 levels"),
}


@pytest.mark.parametrize(
    "text", [text for text in REFUSED if REFUSED[text][1]], ids=lambda text: text[:30]
)
def test_refused(text):
    with pytest.raises(ExpressionError) as caught:
        expressions.compile(text, "feel")
    offset, words = REFUSED[text]
    assert str(caught.value).startswith(words)
    assert offset is None or caught.value.offset == offset
    assert caught.value.text == text


def test_the_names_that_are_read():
    names = expressions.compile(
        "for i in xs, j in i return {b: i + partial[1] + c, d: b}[item > e and b = f].g", "feel"
    ).names
    assert names == ("xs", "c", "e", "b", "f")
    assert expressions.compile("(function(p) p + q)(r) in [s..t]", "feel").names == (
        "q",
        "r",
        "s",
        "t",
    )


def test_names_with_signs_must_be_known():
    assert value("n-1 + 1") == 42
    assert value("n - 1") is None
    compiled = expressions.compile("a+b - 1", "feel", names=["a+b", "not there-x"])
    assert compiled.names == ("a+b",)
    assert expressions.compile("a+b - 1", "feel").names == ("a", "b")
    assert expressions.compile("if-then + 1", "feel", names=["if-then"]).names == ("if-then",)


def test_variables_called_like_keywords_take_nothing_away():
    data = {"in": 3, "then": 1, "order": {"or": 2, "null": 5, "for": 1}}
    assert value("3 in (1..9)", **data) is True
    assert value("if true then null else 1", **data) is None
    assert value("for i in [1] return `in` + i", **data) == [4]
    assert value("order.or + order.null", **data) == 7


def test_the_longest_known_name_wins():
    known = Known(["a-b", "a-b-c", "a-b", ""])
    assert [scan(text, 0, known).text for text in ("a-b-c", "a-b - c", "a-bc")] == [
        "a-b-c",
        "a-b",
        "a",
    ]


@pytest.mark.parametrize(
    ("name", "ordinary"),
    [("a", True), ("a b", True), ("a-b", False), ("a and b", False), ("1a", False), ("?", True)],
)
def test_ordinary_names(name, ordinary):
    assert is_ordinary(name) is ordinary


def test_types():
    found, end = read_type(" function < number , list<string> > -> years   and months duration x")
    assert [part.name for part in found.parts] == ["number", "list", "years and months duration"]
    assert found.parts[1].parts[0].name == "string"
    assert end == 66
    assert read_type("a.b.C")[0].name == "a.b.C"
    assert read_type("list")[0].parts == ()


CELLS = {
    ("-", 5): True,
    (" - ", None): True,
    ("5", 5): True,
    ("5", 6): False,
    ("< 5", 4): True,
    ("[1..5]", 5): True,
    ('"a", "b"', "b"): True,
    ('"a", "b"', "c"): False,
    ('not("a", "b")', "c"): True,
    ("not(5)", 5): False,
    ("not(true) = false", 5): True,
    ("? > 3 and ? < 7", 5): True,
    ("? > 7", 5): False,
    ("a = 7", 5): True,
    ("true", True): True,
    ("true", False): False,
    ("false", False): True,
    ("-5", -5): True,
    ("- 5", -5): True,
    ("list", 3): True,
    ("null", None): True,
    ("a", 7): True,
    ('contains(?, "x")', "axb"): True,
    ("x", 2.5): True,
}


@pytest.mark.parametrize(("text", "tested"), CELLS)
def test_cells_of_decision_tables(text, tested):
    compiled = expressions.compile(text, "feel-unary-tests")
    assert compiled.evaluate({**VARIABLES, "?": tested}) is CELLS[text, tested]


def test_a_cell_without_a_value():
    assert expressions.compile("< 5", "feel-unary-tests").evaluate({}) is False
    with pytest.raises(ExpressionError, match="expected the end"):
        expressions.compile("1 2", "feel-unary-tests")
