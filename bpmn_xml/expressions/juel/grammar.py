"""JUEL's expressions as two tables of rules (JSR 245, chapter 1), and the texts around them.

Whatever JUEL can write becomes a tree here, calls of any kind too. What cannot be called is
refused by `resolve`, later.

>>> parse("Order ${order.id} of ${customer}").parts[0]
Literal(at=0, value='Order ')
>>> parse("#{bean.method(1)}").function.name
'method'
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from bpmn_xml.expressions import tree
from bpmn_xml.expressions.juel import scanner
from bpmn_xml.expressions.pratt import BLANKS, Grammar, Infix, PrattParser, Prefix, Token
from bpmn_xml.expressions.shared_rules import binary, check_name, constants, literal, logic

TERNARY, OR, AND, EQUAL, COMPARE, SUM, PRODUCT, SIGN, TRAIL = range(1, 10)
CONSTANTS: Final[Mapping[str, object]] = {"null": None, "true": True, "false": False}
OPENING: Final = re.compile(r"\\[$#]\{|[$#]\{")
QUALIFIED: Final = re.compile(r":[^\W\d][\w$]*(?=\s*\()")
"""The rest of a function's name behind its prefix, as in `fn:length(`."""


def name(parser: PrattParser, token: Token) -> tree.Term:
    """Parse a variable, or the call of a function."""
    check_name(parser, token)
    end = token.at + len(token.text)
    prefixed = QUALIFIED.match(parser.text, end)
    if prefixed:
        parser.reset((prefixed.end(), None))
    if parser.accept("("):
        called = parser.text[token.at : prefixed.end() if prefixed else end]
        return tree.Call(token.at, called, arguments(parser))
    return tree.Name(token.at, token.text)


def arguments(parser: PrattParser) -> tuple[tree.Term, ...]:
    """Parse the arguments of a call up to its closing bracket."""
    found: list[tree.Term] = []
    if parser.accept(")"):
        return ()
    while True:
        found.append(parser.expression())
        if not parser.accept(","):
            break
    if not parser.accept(")"):
        parser.unexpected(parser.take(), "',' or ')'")
    return tuple(found)


def group(parser: PrattParser, _: Token) -> tree.Term:
    """Parse what stands in round brackets."""
    found = parser.expression()
    parser.expect(")")
    return found


def sign(parser: PrattParser, token: Token) -> tree.Term:
    """Parse `-`, `not` or `empty` and the operand; the sign of a number becomes part of it."""
    operand = parser.expression(SIGN)
    if token.kind == "-" and isinstance(operand, tree.Literal):
        value = operand.value
        if isinstance(value, int | float) and not isinstance(value, bool):
            return tree.Literal(token.at, -value)
    return tree.Unary(token.at, token.kind, operand)


def ternary(parser: PrattParser, left: tree.Term, token: Token) -> tree.Term:
    """Parse `test ? then : otherwise`."""
    then = parser.expression()
    parser.expect(":")
    return tree.Conditional(token.at, left, then, parser.expression(TERNARY))


def member(parser: PrattParser, left: tree.Term, token: Token) -> tree.Term:
    """Parse `.name`; behind a dot, a word that is an operator elsewhere is a name."""
    found = parser.take()
    if not re.match(r"[^\W\d]|\$", found.text):
        parser.unexpected(found, "a name")
    check_name(parser, found)
    return tree.Access(token.at, left, found.text)


def index(parser: PrattParser, left: tree.Term, token: Token) -> tree.Term:
    """Parse `[key]`."""
    key = parser.expression()
    parser.expect("]")
    return tree.Index(token.at, left, key)


def called(parser: PrattParser, left: tree.Term, token: Token) -> tree.Term:
    """Parse the call of a method."""
    if not isinstance(left, tree.Access | tree.Index):
        parser.fail("only functions and methods can be called", token.at)
    return tree.Invoke(left.at, left, arguments(parser))


PREFIX: Final[Mapping[str, Prefix]] = {
    "number": literal(scanner.number),
    "string": literal(scanner.string),
    "name": Prefix(name),
    "(": Prefix(group),
    **dict.fromkeys(("-", "!", "empty"), Prefix(sign, SIGN)),
    **constants(CONSTANTS),
}
INFIX: Final[Mapping[str, Infix]] = {
    "?": Infix(ternary, TERNARY),
    "or": logic(OR),
    "and": logic(AND),
    **dict.fromkeys(("==", "!="), binary(EQUAL)),
    **dict.fromkeys(("<", "<=", ">", ">="), binary(COMPARE)),
    **dict.fromkeys(("+", "-"), binary(SUM)),
    **dict.fromkeys(("*", "/", "%"), binary(PRODUCT)),
    ".": Infix(member, TRAIL),
    "[": Infix(index, TRAIL),
    "(": Infix(called, TRAIL),
}
REFUSED: Final[Mapping[str, str]] = {
    "=": "'=' would assign; write '==' to compare",
    "+=": "'+=' is not known; join texts as in ${a}${b}",
    "&": "'&' is not known; write '&&' or 'and'",
    "|": "'|' is not known; write '||' or 'or'",
    "instanceof": "'instanceof' is reserved and means nothing",
    "'": "this text has no closing quote",
    '"': "this text has no closing quote",
    "$": "'${' cannot stand inside an expression",
    "#": "'#{' cannot stand inside an expression",
}
GRAMMAR: Final = Grammar(scan=scanner.scan, prefix=PREFIX, infix=INFIX, refused=REFUSED)


def parse(text: str) -> tree.Term:
    """Return the tree of a text, or raise `ExpressionError` with the offset of the fault.

    A single expression, blanks around it aside, is its own tree; with texts beside it, or other
    expressions, it is a part of a template. A text without expressions is a literal.
    """
    pieces = list(split(text))
    words = "".join(piece for _, piece in pieces if isinstance(piece, str))
    terms = [piece for _, piece in pieces if isinstance(piece, tree.Term)]
    if not terms:
        return tree.Literal(0, words)
    if len(terms) == 1 and not words.strip(BLANKS):
        return terms[0]
    return tree.Template(
        0,
        tuple(tree.Literal(at, piece) if isinstance(piece, str) else piece for at, piece in pieces),
    )


def split(text: str) -> Iterator[tuple[int, str | tree.Term]]:
    r"""Yield texts and expressions, and where each begins; `\${` in a text means `${`."""
    parser = PrattParser(text, GRAMMAR, {})
    position = 0
    while opening := OPENING.search(text, position):
        if opening.start() > position:
            yield position, text[position : opening.start()]
        if opening[0].startswith("\\"):
            yield opening.start(), opening[0][1:]
            position = opening.end()
            continue
        parser.reset((opening.end(), None))
        yield opening.start(), parser.expression()
        position = parser.expect("}").at + 1
    if position < len(text):
        yield position, text[position:]
