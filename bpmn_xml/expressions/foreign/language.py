"""Groovy and JavaScript, as languages of the table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from bpmn_xml.expressions import tree
from bpmn_xml.expressions.closures import Language
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
from bpmn_xml.expressions.juel.rows import ROWS
from bpmn_xml.expressions.rows import Truth, conditional, logic

Read = Callable[[Any, str], object]


def _language(name: str, read: Read, truth_of: Truth, *, gives_operand: bool) -> Language:
    return Language(
        name=name,
        parse=parser(name),
        enter=lambda _, run: lambda scope: known(run(scope)),
        binary=BINARY,
        unary=unary(truth_of),
        member=read,
        index=read,
        functions={},
        rows={
            **ROWS,
            tree.Logic: logic(truth_of, gives_operand=gives_operand),
            tree.Conditional: conditional(truth_of),
        },
    )


GROOVY: Final = _language("groovy", entry(None), truth, gives_operand=False)
JAVASCRIPT: Final = _language("javascript", entry_or_length, truthy, gives_operand=True)
