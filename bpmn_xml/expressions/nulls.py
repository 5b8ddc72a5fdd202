"""Why there is no value: a language that never raises answers None, and this tells what made it.

>>> from bpmn_xml.expressions import compile
>>> price = compile("= pieces * prize", "feel")
>>> price.evaluate({"pieces": 2, "price": 5}) is None
True
>>> [str(reason) for reason in price.explain({"pieces": 2, "price": 5})]
["there is no variable 'prize'; did you mean 'price'?"]
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions import tree
from bpmn_xml.expressions.closures import Builder, Evaluate, Function, Language, no_variable
from bpmn_xml.expressions.second_look import AskedNames
from bpmn_xml.expressions.wording import describe
from bpmn_xml.wording import did_you_mean, listed, shorten

NOTHING: Final = "this has no value"
FOREIGN: Final = "a function that is not written in FEEL cannot be called here"

MOST: Final = 10
"""Reasons that are told of one evaluation."""


WITHOUT_RESULT: Final = (
    tree.Binary, tree.Unary, tree.Logic, tree.Call, tree.InstanceOf, tree.External,
)  # fmt: skip
"""Terms that make None themselves."""


class NoResultError(ExpressionError):
    """The text itself made None, of values that it was not made for; no variable was None."""


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
    values: dict[int, object] = {}
    called = {id(part.function) for part in tree.walk(term) if isinstance(part, tree.Invoke)}

    def watch(run: Evaluate, part: tree.Term) -> Evaluate:
        if isinstance(part, tree.Literal):
            return run

        def watched(scope: Any) -> object:
            before = len(found)
            value = run(scope)
            values[id(part)] = value
            if value is None and id(part) not in called and len(found) == before < MOST:
                holder = holder_of(part, scope, values, functions)
                reason = said(part, holder, values, language) + _operands(part, values)
                kind = NoResultError if makes_none(part, holder, reason) else ExpressionError
                at = part.function.at if isinstance(part, tree.Invoke) else part.at
                found.append(kind(reason, text=text, offset=at))
            return value

        return watched

    try:
        language.enter(term, Builder(language, functions, watch)(term))(AskedNames(variables))
    except ExpressionError as error:
        found.append(error)
    return tuple(found)


def holder_of(
    term: tree.Term, scope: Any, values: Mapping[int, object], functions: Mapping[str, Function]
) -> Any:
    """Return what a term asks: the value before a name, a function, else the variables."""
    match term:
        case tree.Access(value=asked) | tree.Invoke(function=asked):
            return _known([asked], values)[0]
        case tree.Call(function=name):
            return functions.get(name)
    return scope


def makes_none(term: tree.Term, holder: Any, reason: str) -> bool:
    """Whether a term has no result; an entry that is there and None is a value like another."""
    if isinstance(term, tree.Invoke):
        return holder is not None and reason != NOTHING
    if isinstance(term, tree.Access):
        return not (isinstance(holder, Mapping) and term.name in holder)
    return isinstance(term, WITHOUT_RESULT)


def _operands(term: tree.Term, values: Mapping[int, object]) -> str:
    """What stood on both sides of a sign, in words."""
    if not isinstance(term, tree.Binary):
        return ""
    return f" ({listed(map(describe, _known((term.left, term.right), values)))})"


def _known(terms: Iterable[tree.Term], values: Mapping[int, object]) -> list[object]:
    """The values that terms had last."""
    return [
        term.value if isinstance(term, tree.Literal) else values.get(id(term)) for term in terms
    ]


def said(term: tree.Term, holder: Any, values: Mapping[int, object], language: Language) -> str:
    """Say in words which term has no value; the holder is what its name was looked for in."""
    match term:
        case tree.Name(name=name):
            known = name in holder
            return f"'{shorten(name)}' is null" if known else no_variable(name, holder)
        case tree.Access(name=name):
            return _no_entry(name, holder if isinstance(holder, Mapping) else {})
        case tree.Binary(operator=sign) | tree.Unary(operator=sign):
            return f"'{language.signs.get(sign, sign)}' has no result for these values"
        case tree.Logic(operator=sign):
            return f"'{sign}' needs true or false"
        case tree.Call(function=function, arguments=arguments, keywords=keywords):
            misfit = language.misfit(holder, _known(arguments, values), keywords)
            return f"{function}() has no result for these arguments" + (misfit and f": {misfit}")
        case tree.Invoke(function=tree.Name(name=name)) if holder is None:
            near = did_you_mean(name, language.functions)
            return f"there is no function '{shorten(name)}'{near}"
        case tree.Invoke(arguments=arguments, keywords=keywords):
            return language.misfit(holder, _known(arguments, values), keywords) or NOTHING
        case tree.External():
            return FOREIGN
        case tree.InstanceOf(type=tree.TypeName(name=name)):
            return f"there is no type '{shorten(name)}'"
        case _:
            return NOTHING


def _no_entry(name: str, entries: Mapping[str, Any]) -> str:
    if name in entries:
        return f"'{shorten(name)}' is null"
    near = did_you_mean(name, entries)
    return f"there is no '{shorten(name)}' in what stands before it{near}"
