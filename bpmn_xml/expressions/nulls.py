"""Why there is no value: a language that never raises answers None, and this tells what made it.

>>> from bpmn_xml.expressions import compile
>>> price = compile("= pieces * prize", "feel")
>>> price.evaluate({"pieces": 2, "price": 5}) is None
True
>>> [str(reason) for reason in price.explain({"pieces": 2, "price": 5})]
["there is no variable 'prize'; did you mean 'price'?"]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions import tree
from bpmn_xml.expressions.closures import Builder, no_variable
from bpmn_xml.wording import shorten

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bpmn_xml.expressions.closures import Evaluate, Function, Language

MOST: Final = 10
"""Reasons that are told of one evaluation."""


def reasons_for_null(
    term: tree.Term,
    language: Language,
    functions: Mapping[str, Function],
    text: str,
    variables: Any,
) -> tuple[ExpressionError, ...]:
    """Evaluate once more and return where None came from something else than None.

    An error is a reason too, and the last one.
    """
    found: list[ExpressionError] = []

    def watch(run: Evaluate, part: tree.Term) -> Evaluate:
        if isinstance(part, tree.Literal):
            return run

        def watched(scope: Any) -> object:
            before = len(found)
            value = run(scope)
            if value is None and len(found) == before < MOST:
                reason = said(part, scope, language.signs)
                found.append(ExpressionError(reason, text=text, offset=part.at))
            return value

        return watched

    try:
        language.enter(term, Builder(language, functions, watch)(term))(variables)
    except ExpressionError as error:
        found.append(error)
    return tuple(found)


def said(term: tree.Term, scope: Any, signs: Mapping[str, str]) -> str:
    """Say in words which term has no value."""
    match term:
        case tree.Name(name=name):
            known = name in scope
            return f"'{shorten(name)}' is null" if known else no_variable(name, scope)
        case tree.Access(name=name):
            return f"there is no '{shorten(name)}' in what stands before it"
        case tree.Binary(operator=sign) | tree.Unary(operator=sign):
            return f"'{signs.get(sign, sign)}' has no result for these values"
        case tree.Logic(operator=sign):
            return f"'{sign}' needs true or false"
        case tree.Call(function=function):
            return f"{function}() has no result for these arguments"
        case _:
            return "this has no value"
