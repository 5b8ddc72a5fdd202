"""Conditions of sequence flows: text -> a function that answers true or false."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from bpmn_xml import expressions
from bpmn_xml.compiler.codes import finding
from bpmn_xml.compiler.program import Condition
from bpmn_xml.errors import ExpressionError, Finding
from bpmn_xml.model import Expression, FormalExpression, SequenceFlow

TRUTHY: Final = frozenset({"python"})
"""Languages in which every value is true or false."""


def compile_condition(
    flow: SequenceFlow, default_language: str
) -> tuple[Condition | None, Finding | None]:
    """The compiled condition of a flow, or the finding that says why there is none.

    An empty condition is none: modelers leave them behind.
    """
    expression = flow.condition_expression
    if expression is None or not expression.body.strip():
        return None, None
    text = expression.body.strip()
    language = expressions.language_of(text, declared_language(expression), default_language)
    try:
        compiled = expressions.compile(text, language)
    except expressions.UnsupportedLanguage as error:
        message = f"its condition is in {error.language}, which cannot be evaluated"
        remedy = f"answer for it with --choose {flow.source_ref}=FLOW"
        return None, finding("BX111", flow, message, remedy)
    except ExpressionError as error:
        where = f" at character {error.offset + 1}" if error.offset else ""
        message = f"its condition {text[:60]!r} is no {language}{where}: {error}"
        return None, finding("BX110", flow, message, "correct the condition")
    return Condition(text, language, _answer(compiled.evaluate, language, text)), None


def declared_language(expression: Expression) -> str | None:
    """The language that an expression names itself."""
    return expression.language if isinstance(expression, FormalExpression) else None


def _answer(
    evaluate: Callable[[Mapping[str, object]], object], language: str, text: str
) -> Callable[[Mapping[str, object]], bool]:
    truthy = language in TRUTHY

    def answer(variables: Mapping[str, object]) -> bool:
        value = evaluate(variables)
        if value is True or value is False:
            return value
        if truthy:
            return bool(value)
        shown = "null" if value is None else type(value).__name__
        raise ExpressionError(f"{text[:60]!r} gives {shown}, neither true nor false", text=text)

    return answer


def always(text: str, *, holds: bool) -> Condition:
    """The condition that a choice puts in the place of another."""
    return Condition(text, "choice", _yes if holds else _no)


def _yes(_variables: Mapping[str, object]) -> bool:
    return True


def _no(_variables: Mapping[str, object]) -> bool:
    return False
