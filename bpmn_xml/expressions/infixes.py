"""Rules of operators that all languages write alike, for their grammars' tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpmn_xml.expressions import tree
from bpmn_xml.expressions.pratt import Infix

if TYPE_CHECKING:
    from bpmn_xml.expressions.pratt import PrattParser, Token


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
