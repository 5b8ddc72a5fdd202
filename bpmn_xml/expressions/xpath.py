"""What is supported of XPath 1.0, the standard's own language (10.4.3): what needs no document.

Names, with or without `$`, and `getDataObject("name")` are variables, `a/b` is an entry.

>>> parse("n = 1 and order/total > 5", {}, ()).operator
'and'
>>> parse("//order", {}, ())
Traceback (most recent call last):
    ...
bpmn_xml.expressions.languages.UnsupportedLanguage: the expression language xpath is not supported
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions import rows, tree
from bpmn_xml.expressions.closures import Function, Language
from bpmn_xml.expressions.foreign.values import (
    alike,
    calculating,
    entry,
    negative,
    remainder,
    truth,
)
from bpmn_xml.expressions.languages import UnsupportedLanguage
from bpmn_xml.expressions.pratt import Grammar, Infix, PrattParser, Prefix, Token, word_at
from bpmn_xml.expressions.shared_rules import binary, check_name, literal, logic

OR, AND, EQUAL, COMPARE, SUM, PRODUCT, SIGN, PATH = range(1, 9)
WORDS: Final = re.compile(
    r"""[ \t\r\n\f]*(?:
      (?P<string>'[^']*'|"[^"]*")
    | (?P<number>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)
    | \$?(?P<name>[^\W\d][\w.-]*(?::[^\W\d][\w.-]*)?)
    | (?P<sign>!=|<=|>=|//|[^\w\s])
    )""",
    re.VERBOSE,
)
OPERATORS: Final = frozenset({"and", "or", "div", "mod"})
READING: Final = frozenset({"getDataObject", "getProcessProperty"})
"""Functions of BPMN that read data by its name (10.4.3)."""

CONSTANTS: Final[Mapping[str, bool]] = {"true": True, "false": False}
CALLED: Final = "not(), true(), false() and getDataObject() can be called"


def scan(text: str, position: int) -> Token:
    """Return the word at or behind a position; signs and operators are their own kind."""
    kind, word, at = word_at(WORDS, text, position)
    return Token(word if kind == "sign" or word in OPERATORS else kind, word, at)


def name(parser: PrattParser, token: Token) -> tree.Term:
    """Parse a variable, or the call of a function."""
    if parser.accept("("):
        return _call(parser, token)
    if token.text in CONSTANTS:
        parser.fail(f"'{token.text}' would be data of this name; write '{token.text}()'", token.at)
    if not token.text.isidentifier():
        parser.fail(f"{token.text!r} is no variable; blanks stand around '-'", token.at)
    check_name(parser, token)
    return tree.Name(token.at, token.text)


def _call(parser: PrattParser, token: Token) -> tree.Term:
    """Parse the call of a function; its bracket is open."""
    called = token.text.rpartition(":")[2]
    if called in CONSTANTS:
        parser.expect(")")
        return tree.Literal(token.at, CONSTANTS[called])
    if called in READING:
        read = parser.expect("string").text[1:-1]
        parser.expect(")")
        return name(parser, Token("name", read, token.at))
    if called != "not":
        parser.fail(f"{token.text}() is not known; {CALLED}", token.at)
    negated = parser.expression()
    parser.expect(")")
    return tree.Unary(token.at, "!", negated)


def group(parser: PrattParser, _: Token) -> tree.Term:
    """Parse what stands in round brackets."""
    found = parser.expression()
    parser.expect(")")
    return found


def sign(parser: PrattParser, token: Token) -> tree.Term:
    """Parse a negative value."""
    return tree.Unary(token.at, "-", parser.expression(SIGN))


def step(parser: PrattParser, left: tree.Term, token: Token) -> tree.Term:
    """Parse the step from a value to its entry."""
    found = parser.expect("name")
    if not isinstance(left, tree.Name | tree.Access) or not found.text.isidentifier():
        parser.fail("a path leads from a variable to its entries by their names", token.at)
    check_name(parser, found)
    return tree.Access(token.at, left, found.text)


def ordering(sign: str) -> Infix:
    """Return the rule of an order; XPath makes numbers of texts, so none is written there."""
    plain = binary(COMPARE, sign)

    def parse_order(parser: PrattParser, left: tree.Term, token: Token) -> tree.Term:
        found = plain.parse(parser, left, token)
        sides = (getattr(found, "left", None), getattr(found, "right", None))
        if any(isinstance(one, tree.Literal) and isinstance(one.value, str) for one in sides):
            parser.fail(f"'{sign}' orders numbers alone", token.at)
        return found

    return Infix(parse_order, COMPARE)


GRAMMAR: Final = Grammar(
    scan=scan,
    prefix={
        "string": literal(lambda word: word[1:-1]),
        "number": literal(lambda word: int(word) if word.isdigit() else float(word)),
        "name": Prefix(name),
        "(": Prefix(group),
        "-": Prefix(sign, SIGN),
    },
    infix={
        "or": logic(OR),
        "and": logic(AND),
        "=": binary(EQUAL, "=="),
        "!=": binary(EQUAL),
        **{one: ordering(one) for one in ("<", "<=", ">", ">=")},
        **dict.fromkeys(("+", "-"), binary(SUM)),
        "*": binary(PRODUCT),
        "div": binary(PRODUCT, "/"),
        "mod": binary(PRODUCT, "%"),
        "/": Infix(step, PATH),
    },
    refused={"==": "write '=' to compare"},
)


def parse(text: str, _functions: Mapping[str, Function], _names: Iterable[str]) -> tree.Term:
    """Return the tree of what is supported; the rest is in a language that is not."""
    try:
        return PrattParser(text, GRAMMAR, {}).parse()
    except ExpressionError as error:
        part = f"character {error.offset + 1}: {error}"
        raise UnsupportedLanguage("xpath", text=text, part=part) from error


def comparing(sign: str, act: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    """Return the function of a comparison of values of one kind; nothing compares with null."""

    def compare(left: Any, right: Any) -> bool:
        if left is None or right is None:
            return False
        kind = alike(sign, left, right)
        if kind != "number" and sign not in ("=", "!="):
            raise ExpressionError(f"'{sign}' orders numbers alone")
        return act(left, right)

    return compare


_sum: Final = calculating("+", operator.add)


def added(left: Any, right: Any) -> object:
    """Add numbers; XPath would make numbers of texts, not join them."""
    if isinstance(left, str) or isinstance(right, str):
        raise ExpressionError("'+' adds numbers alone")
    return _sum(left, right)


LANGUAGE: Final = Language(
    name="xpath",
    parse=parse,
    enter=lambda _, run: run,
    binary={
        "==": comparing("=", operator.eq),
        "!=": comparing("!=", operator.ne),
        "<": comparing("<", operator.lt),
        "<=": comparing("<=", operator.le),
        ">": comparing(">", operator.gt),
        ">=": comparing(">=", operator.ge),
        "+": added,
        "-": calculating("-", operator.sub),
        "*": calculating("*", operator.mul),
        "/": calculating("div", operator.truediv),
        "%": remainder,
    },
    unary={"-": negative, "!": lambda value: not truth(value)},
    member=entry(None),
    index=entry(None),
    functions={},
    rows={**rows.ROWS, tree.Logic: rows.logic(truth, gives_operand=False)},
    signs={"==": "=", "!": "not()", "/": "div", "%": "mod"},
)
