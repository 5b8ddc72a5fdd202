"""Rules that several languages share, for their grammars' tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bpmn_xml.expressions import tree
from bpmn_xml.expressions.pratt import Infix, PrattParser, Prefix, Token
from bpmn_xml.wording import shorten


def binary(power: int, sign: str = "") -> Infix:
    """Return the rule of an operator that groups from the left; `sign` is what it means."""

    def parse(parser: PrattParser, left: tree.Term, token: Token) -> tree.Term:
        return tree.Binary(token.at, sign or token.kind, left, parser.expression(power + 1))

    return Infix(parse, power)


def logic(power: int) -> Infix:
    """Return the rule of `and` or `or`; a row of them is one term."""

    def parse(parser: PrattParser, left: tree.Term, token: Token) -> tree.Term:
        operands = [left, parser.expression(power + 1)]
        while parser.accept(token.kind):
            operands.append(parser.expression(power + 1))
        return tree.Logic(token.at, token.kind, tuple(operands))

    return Infix(parse, power)


def literal(read: Callable[[str], object]) -> Prefix:
    """Return the rule of a value as it is written; `read` raises `ValueError` for what is none."""

    def parse(parser: PrattParser, token: Token) -> tree.Term:
        try:
            return tree.Literal(token.at, read(token.text))
        except ValueError as error:
            parser.fail(str(error), token.at)

    return Prefix(parse)


def constants(values: Mapping[str, object]) -> dict[str, Prefix]:
    """Return the rules of words that are values, such as true."""

    def parse(_: PrattParser, token: Token) -> tree.Term:
        return tree.Literal(token.at, values[token.text])

    return dict.fromkeys(values, Prefix(parse))


def check_name(parser: PrattParser, token: Token) -> None:
    """Refuse names like `__class__`: they have no use as data and many as an attack."""
    if token.text.startswith("__") and token.text.endswith("__"):
        parser.fail(
            f"names like '{shorten(token.text)}' are Python's own and cannot be read", token.at
        )
