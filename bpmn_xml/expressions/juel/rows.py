"""How JUEL builds what it does differently: logic gives true or false, texts are joined."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions import rows, tree
from bpmn_xml.expressions.closures import Builder, Evaluate, Row
from bpmn_xml.expressions.juel.values import text, truth
from bpmn_xml.expressions.meter import afford_text, limit_text
from bpmn_xml.expressions.wording import describe


def template(term: tree.Template, build: Builder) -> Evaluate:
    """Join the texts of all parts."""
    parts = build.all(term.parts)

    def run(scope: Any) -> str:
        texts, letters = list[str](), 0
        for part in parts:
            texts.append(text(part(scope)))
            letters += len(texts[-1])
            limit_text(letters)
        afford_text(letters)
        return "".join(texts)

    return run


def lookup(term: tree.Lookup, build: Builder) -> Evaluate:
    """Read a variable that may be missing, or tell whether it is there."""
    key, exists = build(term.key), term.exists

    def run(scope: Any) -> object:
        name = key(scope)
        if not isinstance(name, str):
            raise ExpressionError(f"a variable's name is a text, not {describe(name)}")
        there = name in scope
        if exists or not there:
            return there if exists else None
        value: object = scope[name]
        return value

    return run


ROWS: Final[Mapping[type[tree.Term], Row]] = {
    **rows.ROWS,
    tree.Logic: rows.logic(truth, gives_operand=False),
    tree.Conditional: rows.conditional(truth),
    tree.Template: template,
    tree.Lookup: lookup,
}
