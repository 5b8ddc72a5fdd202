"""Groovy and JavaScript, as languages of the table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bpmn_xml.expressions import tree
from bpmn_xml.expressions.closures import Language
from bpmn_xml.expressions.foreign.grammar import parser
from bpmn_xml.expressions.foreign.values import BINARY, UNARY, UNDEFINED, entry, known, truth
from bpmn_xml.expressions.juel.rows import ROWS, conditional

if TYPE_CHECKING:
    from collections.abc import Callable

    from bpmn_xml.expressions.closures import Builder, Evaluate, Row


def logic(value_of: Callable[[object], object]) -> Row:
    """Return the row of `&&` and `||`; what follows the operand that decides is not evaluated.

    `value_of` makes the value of the operand that decides, or of the last.
    """

    def build_logic(term: tree.Logic, build: Builder) -> Evaluate:
        operands, decides = build.all(term.operands), term.operator == "or"

        def run(scope: Any) -> object:
            value: object = None
            for operand in operands:
                value = operand(scope)
                if truth(value) is decides:
                    break
            return value_of(value)

        return run

    return build_logic


def _language(name: str, missing: object, logic_row: Row) -> Language:
    return Language(
        name=name,
        parse=parser(name),
        enter=lambda _, run: lambda scope: known(run(scope)),
        binary=BINARY,
        unary=UNARY,
        member=entry(missing),
        index=entry(missing),
        functions={},
        rows={**ROWS, tree.Logic: logic_row, tree.Conditional: conditional(truth)},
    )


GROOVY: Final = _language("groovy", None, logic(truth))
JAVASCRIPT: Final = _language("javascript", UNDEFINED, logic(lambda value: value))
