"""An expression is a function of its variables that raises `ExpressionError` only."""

from __future__ import annotations

from collections import ChainMap
from decimal import Decimal

import pytest

from bpmn_xml import expressions
from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions.limits import MAX_TEXT


def test_it_knows_itself():
    compiled = expressions.compile("order.amount > limit", "text/x-python")
    assert (compiled.text, compiled.language, compiled.names) == (
        "order.amount > limit",
        "python",
        ("order", "limit"),
    )
    assert compiled.tree.operator == ">"


class Chained:
    """Variables that can do no more than they must."""

    def __init__(self, **variables):
        self.variables = variables

    def __getitem__(self, name):
        return self.variables[name]

    def __contains__(self, name):
        return name in self.variables


@pytest.mark.parametrize(
    "text", ["n < 100", "n + 1 < 100", "n", "n == 5", "5 == n", "n != 4.5", "n != '5'"]
)
@pytest.mark.parametrize("kind", [dict, Chained, lambda **variables: ChainMap({}, variables)])
def test_any_mapping_will_do(text, kind):
    assert expressions.compile(text).evaluate(kind(n=5)) in (True, 5)


@pytest.mark.parametrize("text", ["amout < 100", "amout", "1 + amout", "len(amout)"])
def test_unknown_variables(text):
    run = expressions.compile(text).evaluate
    with pytest.raises(ExpressionError) as caught:
        run({"amount": 5})
    assert str(caught.value) == "there is no variable 'amout'; did you mean 'amount'?"
    assert (caught.value.text, caught.value.offset) == (text, text.index("amout"))
    with pytest.raises(ExpressionError) as caught:
        run(Chained(amount=5))
    assert str(caught.value) == "there is no variable 'amout'"


def test_functions_come_before_those_of_the_language():
    assert (
        expressions.compile("len(n)", functions={"len": lambda _: "mine"}).evaluate({"n": ""})
        == "mine"
    )


def test_the_language_is_seen():
    assert expressions.compile("n").language == "python"
    assert expressions.compile("= n").language == "feel"
    assert expressions.evaluate("= n * 0.1", {"n": 3}) == Decimal("0.3")


def test_names_of_entries_with_signs():
    variables = {"order": [{"net-price": 5}, {"vat+fee": {"in %": 2}}]}
    assert expressions.evaluate("= order[1].net-price - 1", variables) == 4
    assert expressions.evaluate("= order[2].vat+fee.in %", variables) == 2
    endless: list[object] = []
    endless.append(endless)
    assert expressions.evaluate("= 1", {"n": endless}) == 1


def test_too_long():
    assert expressions.evaluate("1".rjust(MAX_TEXT), {}) == 1
    with pytest.raises(ExpressionError, match=f"longer than {MAX_TEXT} characters") as caught:
        expressions.evaluate("1".rjust(MAX_TEXT + 1), {})
    assert caught.value.offset == MAX_TEXT


XPATH = "http://www.w3.org/1999/XPath"
SAID = [
    # text, what it declares, what its file says, its language, its value
    ("name.contains('A') && ready", None, None, "juel", True),
    ("name.contains('A') || ready", None, XPATH, "juel", True),
    ("!ready", "", "", "juel", False),
    ("not ready", None, None, "python", False),
    ("${!ready}", None, None, "juel", False),
    ('name = "AB"', None, "feel", "feel", True),
    ('name = "AB"', None, XPATH, "xpath", True),
    ("name = 'AB' and not(ready)", "", XPATH, "xpath", False),
    ("name != 'AB'", None, XPATH, "python", False),
]


@pytest.mark.parametrize(("text", "declared", "general", "language", "value"), SAID)
def test_what_names_no_language_is_python_else_juel_else_xpath(
    text: str, declared: str | None, general: str | None, language: str, value: object
) -> None:
    compiled = expressions.compile_said(text, declared, general)
    assert compiled.language == language
    assert compiled.evaluate({"name": "AB", "ready": True}) is value


@pytest.mark.parametrize(
    ("text", "declared", "general", "what"),
    [
        ("!ready", "python", None, "write 'not'"),
        ("!ready", None, "https://www.python.org", "write 'not'"),
        ("a === 1", None, None, "write '=='"),
        ("name = 'AB'", None, None, "write '=='"),
        ("ready = true", None, XPATH, "write '=='"),
        ("= !ready", None, None, "has no meaning"),
    ],
)
def test_what_names_its_language_is_nothing_else(
    text: str, declared: str | None, general: str | None, what: str
) -> None:
    with pytest.raises(ExpressionError, match=what):
        expressions.compile_said(text, declared, general)
