"""An expression is compiled once and evaluated often: text in, function out.

>>> from bpmn_xml.expressions import compile
>>> cheap = compile("amount < limit and not blocked")
>>> cheap.names
('amount', 'limit', 'blocked')
>>> cheap.evaluate({"amount": 12, "limit": 100, "blocked": False})
True
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import partial
from itertools import islice
from typing import Any, Final

import msgspec

from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions.called import check_called
from bpmn_xml.expressions.closures import Evaluate, Function, build
from bpmn_xml.expressions.languages import (
    canonical,
    language_named,
    language_of,
    names_language,
)
from bpmn_xml.expressions.limits import MAX_DEPTH, MAX_TEXT
from bpmn_xml.expressions.nulls import reasons_for_null
from bpmn_xml.expressions.tree import Term, TypeName, names_in, with_types

MOST_NAMES: Final = 2_000
"""Values that are looked at for the names of their entries."""


class Compiled(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """An expression that can be evaluated. `evaluate` is the function itself, not a method.

    `names` are the variables it reads. `evaluate` takes anything with `[]` and `in`, returns the
    value and raises `ExpressionError` only, which says where in the text it failed. `explain`
    takes the same and tells why the value is None, in a language that answers null.
    """

    text: str
    language: str
    names: tuple[str, ...]
    evaluate: Evaluate
    explain: Callable[[Any], tuple[ExpressionError, ...]]
    tree: Term


def compile(  # noqa: A001 - the word for it, as in `re.compile`
    text: str,
    language: str | None = None,
    *,
    functions: Mapping[str, Function] | None = None,
    names: Iterable[str] = (),
    types: Mapping[str, TypeName] | None = None,
) -> Compiled:
    """Return the compiled expression, or raise `ExpressionError` with the offset of the fault.

    Without a language it is the one that the text looks like, Python if like no other.
    `functions` may be called besides those of the language, and come before them. `names` are
    variables that are known to be there; FEEL needs to know those with signs in them. `types` are
    the types that it knows besides its own.
    """
    if len(text) > MAX_TEXT:
        raise ExpressionError(f"longer than {MAX_TEXT} characters", text=text, offset=MAX_TEXT)
    known = language_named(language_of(text) if language is None else language, text)
    callable_now = {**known.functions, **functions} if functions else known.functions
    try:
        tree = known.parse(text, callable_now, names)
        if types:
            tree = with_types(tree, types)
        run = build(tree, known, callable_now, text)
    except RecursionError:
        raise ExpressionError(f"nested too deeply (at most {MAX_DEPTH})", text=text) from None
    return Compiled(
        text=text,
        language=known.name,
        names=names_in(tree),
        evaluate=run,
        explain=partial(reasons_for_null, tree, known, callable_now, text),
        tree=tree,
    )


def compile_said(
    text: str,
    declared: str | None,
    general: str | None,
    functions: Mapping[str, Function] | None = None,
) -> Compiled:
    """Compile in the language that a text declares, else in that of its file.

    One of which nobody says a language is Python, else JUEL that has lost its braces, as in
    `name.contains("A") && ready`, else XPath where its file has the standard's own language
    (10.4.3), as in `n = 1`.

    Raises:
        ExpressionError: it is none; what is told is what keeps it from being the first. It
            calls a function that nobody knows.
    """
    language = language_of(text, declared, general)
    try:
        found = compile(text, language, functions=functions)
        check_called(
            found.tree, text, [*language_named(found.language, text).functions, *(functions or ())]
        )
        return found
    except ExpressionError:
        if names_language(text, declared, general):
            raise
        with suppress(ExpressionError):
            return compile(f"${{{text}}}", "juel", functions=functions)
        if canonical(general or "") == "xpath":
            with suppress(ExpressionError):
                return compile(text, "xpath", functions=functions)
        raise


def evaluate(
    text: str, variables: Mapping[str, object] | None = None, *, language: str | None = None
) -> object:
    """Compile an expression and evaluate it once; raises `ExpressionError` with the place.

    Without a language (`feel`, `juel`, `python`) it is the one that the text looks like.

    >>> evaluate("price * pieces", {"price": 5, "pieces": 3})
    15
    >>> evaluate("= sum(item-prices.net)", {"item-prices": [{"net": 5}, {"net": 3}]})
    8
    """
    known = {} if variables is None else variables
    return compile(text, language, names=names_within(known)).evaluate(known)


def why_null(text: str, language: str, variables: object) -> str:
    """The first reason why a text gives null; empty where nothing tells.

    >>> why_null("= pieces * prize", "feel", {"pieces": 2, "price": 5})
    "there is no variable 'prize'; did you mean 'price'?"
    """
    try:
        reasons = compile(text, language).explain(variables)
    except ExpressionError:
        return ""  # it calls functions that only its file knows
    return str(next(iter(reasons), ""))


def names_within(values: object, most: int = MOST_NAMES) -> tuple[str, ...]:
    """Return the names of variables and of the entries in them, as many as are allowed.

    >>> names_within({"a": [{"b": 1}, {"c": {"b": 2}}]})
    ('a', 'b', 'c')
    """
    found: dict[str, None] = {}
    waiting: deque[Any] = deque([values])
    for _ in range(most):
        if not waiting:
            break
        value = waiting.popleft()
        if isinstance(value, dict):
            found.update(dict.fromkeys(key for key in islice(value, most) if isinstance(key, str)))
            waiting.extend(islice(value.values(), most))
        elif isinstance(value, list | tuple):
            waiting.extend(islice(value, most))
    return tuple(found)
