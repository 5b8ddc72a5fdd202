"""The parser on a toy grammar: digits, a plus that groups left, a power that groups right."""

from __future__ import annotations

import pytest

from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions.limits import MAX_DEPTH
from bpmn_xml.expressions.pratt import END, Grammar, Infix, PrattParser, Prefix, Token
from bpmn_xml.expressions.tree import Binary, Literal


def scan(text, position):
    """Every character is a word."""
    if position == len(text):
        return Token(END, "", position)
    return Token("digit" if text[position].isdigit() else text[position], text[position], position)


def infix(parser, left, token):
    return Binary(token.at, token.kind, left, parser.expression({"+": 2, "^": 3}[token.kind]))


TOY = Grammar(
    scan=scan,
    prefix={
        "digit": Prefix(lambda _, token: Literal(token.at, int(token.text))),
        "-": Prefix(lambda parser, _: parser.expression(2), 2),
    },
    infix={"+": Infix(infix, 1), "^": Infix(infix, 3)},
    refused={"*": "no stars"},
)


def parse(text: str) -> object:
    """Return the tree as nested tuples."""

    def shown(node):
        return (
            node.value
            if isinstance(node, Literal)
            else (shown(node.left), node.operator, shown(node.right))
        )

    return shown(PrattParser(text, TOY, {}).parse())


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("1", 1),
        ("1+2+3", ((1, "+", 2), "+", 3)),
        ("1^2^3", (1, "^", (2, "^", 3))),
        ("1+2^3+4", ((1, "+", (2, "^", 3)), "+", 4)),
        ("-1^2+3", ((1, "^", 2), "+", 3)),
    ],
)
def test_precedence(text, shape):
    assert parse(text) == shape


@pytest.mark.parametrize(
    ("text", "offset", "words"),
    [
        ("", 0, "expected a value but the text ends"),
        ("1+", 2, "expected a value but the text ends"),
        ("12", 1, "expected the end but there is '2'"),
        ("1*2", 1, "no stars"),
        ("1^-2", 2, "expected a value but there is '-'"),
        ("1" + "+1" * MAX_DEPTH, 2 * MAX_DEPTH - 2, "nested deeper than 100 levels"),
        ("1" + "^1" * MAX_DEPTH, 100, "nested deeper than 100 levels"),
        ("-" * MAX_DEPTH + "1", 100, "nested deeper than 100 levels"),
    ],
)
def test_refused(text, offset, words):
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    assert (caught.value.text, caught.value.offset, str(caught.value)) == (text, offset, words)


def test_as_deep_as_allowed():
    assert parse("1" + "+1" * (MAX_DEPTH - 2))
