"""Groovy and JavaScript, as languages of the table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from bpmn_xml.expressions import tree
from bpmn_xml.expressions.closures import Builder, Evaluate, Language, Row
from bpmn_xml.expressions.foreign.grammar import parser
from bpmn_xml.expressions.foreign.values import (
    BINARY,
    entry,
    entry_or_length,
    known,
    truth,
    truthy,
    unary,
)
from bpmn_xml.expressions.juel.rows import ROWS, conditional

Truth = Callable[[object], bool]
Read = Callable[[Any, str], object]


def logic(truth_of: Truth, *, gives_operand: bool) -> Row:
    """Return the row of `&&` and `||`; what follows the operand that decides is not evaluated.

    They give the operand that decides, or the last, in some languages, in others its truth.
    """

    def build_logic(term: tree.Logic, build: Builder) -> Evaluate:
        operands, decides = build.all(term.operands), term.operator == "or"

        def run(scope: Any) -> object:
            value: object = None
            for operand in operands:
                value = operand(scope)
                if truth_of(value) is decides:
                    break
            return value if gives_operand else truth_of(value)

        return run

    return build_logic


def _language(name: str, read: Read, truth_of: Truth, *, gives_operand: bool) -> Language:
    logic_row = logic(truth_of, gives_operand=gives_operand)
    return Language(
        name=name,
        parse=parser(name),
        enter=lambda _, run: lambda scope: known(run(scope)),
        binary=BINARY,
        unary=unary(truth_of),
        member=read,
        index=read,
        functions={},
        rows={**ROWS, tree.Logic: logic_row, tree.Conditional: conditional(truth_of)},
    )


GROOVY: Final = _language("groovy", entry(None), truth, gives_operand=False)
JAVASCRIPT: Final = _language("javascript", entry_or_length, truthy, gives_operand=True)
