"""The one back end: a syntax tree becomes closures, one per term. Nothing else evaluates.

`ROWS` has a builder for every type of term; a language may put rows of its own over them. A closure
takes the variables and returns the value. Closures keep no book about where they are: when one
raises, the tree is built once more with a watcher around every term, which tells where and why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, Protocol, TypeAlias

import msgspec

from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions import tree
from bpmn_xml.expressions.limits import LimitError
from bpmn_xml.expressions.quick import can_be_quick, quick
from bpmn_xml.wording import did_you_mean, shorten


class Variables(Protocol):
    """The variables of an evaluation: all that is asked of them."""

    def __getitem__(self, name: str, /) -> object:
        """Return the variable of this name, or raise KeyError."""

    def __contains__(self, name: object, /) -> bool:
        """Say whether there is a variable of this name."""


Evaluate: TypeAlias = Callable[[Any], object]
Function: TypeAlias = Callable[..., object]
Explain: TypeAlias = Callable[[Any, Exception], ExpressionError]
Watch: TypeAlias = Callable[[Evaluate, tree.Term], Evaluate]


class Language(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """What a language is: how its text becomes a tree, and what the tree's signs do in it.

    `signs` says how the language writes those of the tree's signs that it writes otherwise,
    `misfit` why a value cannot be called with some arguments, named so.
    """

    name: str
    parse: Callable[[str, Mapping[str, Function], Iterable[str]], tree.Term]
    enter: Callable[[tree.Term, Evaluate], Evaluate]
    binary: Mapping[str, Callable[[Any, Any], object]]
    unary: Mapping[str, Callable[[Any], object]]
    member: Callable[[Any, str], object]
    index: Callable[[Any, Any], object]
    functions: Mapping[str, Function]
    rows: Mapping[type[tree.Term], Row]
    signs: Mapping[str, str] = {}
    misfit: Callable[[object, Sequence[object], Sequence[str]], str] = lambda *_call: ""


class Builder:
    """Makes the closures of one expression; calling it builds a term."""

    def __init__(
        self, language: Language, functions: Mapping[str, Function], watch: Watch | None = None
    ) -> None:
        self.language, self.functions, self._watch = language, functions, watch

    def __call__(self, term: tree.Term) -> Evaluate:
        """Return the closure of a term, watched if there is a watcher."""
        run = self.language.rows[type(term)](term, self)
        return self._watch(run, term) if self._watch else run

    def all(self, terms: Iterable[tree.Term]) -> tuple[Evaluate, ...]:
        """Return the closures of several terms."""
        return tuple(map(self, terms))


Row: TypeAlias = Callable[[Any, Builder], Evaluate]


def build(
    term: tree.Term, language: Language, functions: Mapping[str, Function], text: str
) -> Evaluate:
    """Return the function from variables to the value; it raises `ExpressionError` only."""
    run = language.enter(term, Builder(language, functions)(term))

    def explain(scope: Any, error: Exception) -> ExpressionError:
        if isinstance(error, LimitError):
            return LimitError(str(error), text=text, offset=term.at)
        try:
            again = Builder(language, functions, lambda run, part: listen(run, part, text))(term)
            language.enter(term, again)(scope)
        except ExpressionError as explained:
            return explained
        except RecursionError:
            pass  # the caller's stack has no room for a second look
        return ExpressionError(reason(error), text=text, offset=term.at)

    return compare_at_once(term, run, explain) or guard(run, explain)


def guard(run: Evaluate, explain: Explain) -> Evaluate:
    """Let nothing out but values and explained errors."""

    def evaluate(scope: Any) -> object:
        try:
            return run(scope)
        except Exception as error:
            if isinstance(error, ExpressionError) and error.text:
                raise  # an expression within this one has explained it
            raise explain(scope, error) from error

    return evaluate


def compare_at_once(term: tree.Term, run: Evaluate, explain: Explain) -> Evaluate | None:
    """Return one closure for the commonest condition, `name < constant`, guard included."""
    if isinstance(term, tree.Binary) and can_be_quick(term):
        return quick(term, guard(run, explain))
    return None


def listen(run: Evaluate, term: tree.Term, text: str) -> Evaluate:
    """Return the closure with an ear: an error leaves it with the text and the term's offset."""

    def heard(scope: Any) -> object:
        try:
            return run(scope)
        except ExpressionError as error:
            if error.text:
                raise
            raise ExpressionError(str(error), text=text, offset=term.at) from error.__cause__
        except Exception as error:
            raise ExpressionError(said(error, term, scope), text=text, offset=term.at) from error

    return heard


REASONS: Final[Mapping[type[Exception], str]] = {
    ZeroDivisionError: "division by zero",
    RecursionError: "the values are nested too deeply",
    MemoryError: "the value is too large",
}


def said(error: Exception, term: tree.Term, scope: Any) -> str:
    """Say in words why a term has no value."""
    if isinstance(term, tree.Name) and isinstance(error, KeyError) and term.name not in scope:
        return no_variable(term.name, scope)
    return reason(error)


def no_variable(name: str, scope: Any) -> str:
    """Say that a variable is missing, and what is there of a similar name."""
    known = scope if isinstance(scope, Iterable) else ()
    return f"there is no variable '{shorten(name)}'{did_you_mean(name, known)}"


def reason(error: Exception) -> str:
    """Say in words what an exception of Python means."""
    return REASONS.get(type(error)) or shorten(f"{type(error).__name__}: {error}")
