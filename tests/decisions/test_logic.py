"""Boxed expressions: each kind with values, with null, and with what does not fit."""

from __future__ import annotations

import pytest

from bpmn_xml.decisions import values as v
from bpmn_xml.errors import CheckError, ExpressionError

from .make import entry, parameters, result, table, text, value

ADD = v.BoxedFunction(parameters=parameters("a: number", "b"), body=text("a + b"))
CALL = v.BoxedContext(entries=(entry("add", ADD), entry("", text("add(1, 2)"))))


def call(*arguments: v.BoxedEntry) -> v.BoxedExpression:
    """Return an invocation of `add`."""
    asked = v.BoxedInvocation(function=text("add"), arguments=arguments)
    return v.BoxedContext(entries=(entry("add", ADD), entry("", asked)))


def when(test: str) -> v.BoxedExpression:
    return v.BoxedConditional(test=text(test), then=text('"then"'), otherwise=text('"else"'))


def loop(kind: str, domain: str, body: str) -> v.BoxedExpression:
    return v.BoxedLoop(kind=kind, variable="each one", domain=text(domain), body=text(body))


def kept(domain: str, test: str) -> v.BoxedExpression:
    return v.BoxedFilter(domain=text(domain), test=text(test))


CASES = [
    (text("1 + 1"), 2),
    (text(""), None),
    (text("${1 + n}", language="juel"), 6),
    (text("${n + 1}"), 6),
    (v.BoxedContext(entries=(entry("a", "1"), entry("b", "a + 1"))), {"a": 1, "b": 2}),
    (v.BoxedContext(entries=(entry("a b", "1"), entry("", "a b + 1"))), 2),
    (v.BoxedContext(entries=(entry("a", "1", "string"),)), {"a": None}),
    (v.BoxedContext(entries=(v.BoxedEntry(name="a"),)), {"a": None}),
    (v.BoxedList(items=(text("1"), text("n"))), [1, 5]),
    (
        v.BoxedRelation(columns=("a", "b"), rows=(v.BoxedList(items=(text("1"), text("n"))),)),
        [{"a": 1, "b": 5}],
    ),
    (CALL, 3),
    (call(entry("a", "1"), entry("b", "2")), 3),
    (call(entry("b", "2"), entry("a", "[1]")), 3),
    (call(entry("a", '"x"'), entry("b", '"y"')), None),
    (call(entry("a", "1"), entry("c", "2")), None),
    (call(entry("a", "1"), entry("b", "2", "string")), None),
    (v.BoxedInvocation(function=text("n")), None),
    (v.BoxedFunction(kind="Java", parameters=parameters("a"), body=text("a")), None),
    (when("n > 1"), "then"),
    (when("n > 9"), "else"),
    (when("null"), "else"),
    (when("1"), None),
    (loop("for", "[1, 2]", "each one * n"), [5, 10]),
    (loop("for", "1..3", "each one"), None),
    (loop("for", "[1..3]", "count(partial) + each one"), [1, 3, 5]),
    (loop("for", "null", "each one"), None),
    (loop("some", "[1, 2]", "each one > 1"), True),
    (loop("some", "[1, 2]", "each one > 2"), False),
    (loop("some", "[1, 2]", "each one"), None),
    (loop("every", "[1, 2]", "each one > 0"), True),
    (loop("every", "[1, 2]", "each one > 1"), False),
    (loop("every", "[1, 2]", "each one"), None),
    (kept("[1, 2, 3]", "item > 1"), [2, 3]),
    (kept("[{a: 1}, {a: 2}]", "a > 1"), [{"a": 2}]),
    (kept("[1, 2]", "item"), None),
    (kept("null", "true"), []),
]


@pytest.mark.parametrize(("logic", "expected"), CASES)
def test_boxed_expressions(logic, expected):
    if logic == loop("for", "1..3", "each one"):
        with pytest.raises(CheckError, match="BX501"):
            value(logic, n=5)
    else:
        assert value(logic, n=5) == expected


def test_a_value_of_another_type_is_null_and_told():
    done = result(text("1"), type_="string")
    assert (done.value, done.problems) == (
        None,
        ("d: a value is not of its type, string",),
    )
    assert value(text("[1]"), type_="number") == 1
    assert value(text("1", type="string")) is None


def test_an_argument_of_another_type_is_told():
    assert result(call(entry("a", '"x"'), entry("b", "1"))).problems == (
        "d: the argument a is not of its type, number",
    )


@pytest.mark.parametrize("kind", ["Java", "PMML"])
def test_a_function_of_another_kind_is_told(kind):
    foreign = v.BoxedFunction(kind=kind, parameters=parameters("x"), body=v.BoxedContext())
    done = result(v.BoxedContext(entries=(entry("f", foreign), entry("", text("f(1)")))))
    assert done.value is None
    assert done.problems == (
        f"d: a function of kind {kind} cannot be called here, write it in FEEL",
    )


WRONG = [
    (text("1 +"), "BX501 d: expected a value but the text ends"),
    (text("1 ) 2"), r"BX501 d: expected the end but there is '\)' \(at '\) 2'\)"),
    (text("x", language="ruby"), "BX501 d: the expression language ruby is not supported"),
    (text("1", type="nonsense"), "BX504 d: there is no type 'nonsense'"),
    (table("FIRST", "x x", "- | 1; 2"), "BX505 d: two of its outputs have the same name"),
]


@pytest.mark.parametrize(("logic", "message"), WRONG)
def test_what_is_wrong_is_refused(logic, message):
    with pytest.raises(CheckError, match=message):
        value(logic)


def test_what_a_juel_text_lacks_is_told_with_its_decision_and_itself():
    """FEEL is null there; JUEL has no value, and of many decisions one wants to know whose."""
    told = r"^d: there is no variable 'count', in '\$\{count \+ 1\}'$"
    with pytest.raises(ExpressionError, match=told):
        value(text("${count + 1}"))


def test_a_decision_has_so_many_steps_and_no_more():
    forever = v.BoxedLoop(
        variable="i",
        domain=text("for j in 1..9999 return j"),
        body=text("count(for k in 1..9999 return k)"),
    )
    with pytest.raises(ExpressionError, match="too many steps"):
        value(forever)


def test_a_function_that_calls_itself_for_ever_is_an_error():
    with pytest.raises(ExpressionError, match="call each other deeper than 1000 levels"):
        value(text("{f: function(n) f(n + 1), r: f(1)}.r"))


def test_a_boxed_function_calls_itself_as_deep_as_one_of_a_text():
    body = v.BoxedConditional(test=text("n = 0"), then=text("0"), otherwise=text("n + f(n - 1)"))
    deep = v.BoxedContext(
        entries=(
            entry("f", v.BoxedFunction(parameters=parameters("n: number"), body=body)),
            entry("", text("f(500)")),
        )
    )
    assert value(deep) == 500 * 501 // 2
