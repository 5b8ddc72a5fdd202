"""The one back end: a syntax tree becomes closures, one per node. Nothing else evaluates.

`ROWS` has a builder for every type of node; a language may put rows of its own over them. A closure
takes the variables and returns the value. Closures keep no book about where they are: when one
raises, the tree is built once more with a watcher around every node, which tells where and why.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, Protocol, TypeAlias

import msgspec

from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions import tree
from bpmn_xml.expressions.wording import did_you_mean, shorten


class Variables(Protocol):
    """The variables of an evaluation: all that is asked of them."""

    def __getitem__(self, name: str, /) -> object:
        """Return the variable of this name, or raise KeyError."""

    def __contains__(self, name: object, /) -> bool:
        """Say whether there is a variable of this name."""


Evaluate: TypeAlias = Callable[[Any], object]
Function: TypeAlias = Callable[..., object]
Explain: TypeAlias = Callable[[Any, Exception], ExpressionError]


class Language(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """What a language is: how its text becomes a tree, and what the tree's signs do in it."""

    name: str
    parse: Callable[[str, Mapping[str, Function]], tree.Term]
    binary: Mapping[str, Callable[[Any, Any], object]]
    unary: Mapping[str, Callable[[Any], object]]
    member: Callable[[Any, str], object]
    index: Callable[[Any, Any], object]
    functions: Mapping[str, Function]
    rows: Mapping[type[tree.Term], Row]


class Builder:
    """Makes the closures of one expression; calling it builds a node."""

    def __init__(
        self, language: Language, functions: Mapping[str, Function], *, watched: str = ""
    ) -> None:
        self.language, self.functions, self._watched = language, functions, watched

    def __call__(self, node: tree.Term) -> Evaluate:
        """Return the closure of a node; in a watched text, one that tells where it failed."""
        run = self.language.rows[type(node)](node, self)
        return watch(run, node, self._watched) if self._watched else run

    def all(self, nodes: Iterable[tree.Term]) -> tuple[Evaluate, ...]:
        """Return the closures of several nodes."""
        return tuple(map(self, nodes))


Row: TypeAlias = Callable[[Any, Builder], Evaluate]


def build(
    node: tree.Term, language: Language, functions: Mapping[str, Function], text: str
) -> Evaluate:
    """Return the function from variables to the value; it raises `ExpressionError` only."""
    run = Builder(language, functions)(node)

    def explain(scope: Any, error: Exception) -> ExpressionError:
        try:
            Builder(language, functions, watched=text)(node)(scope)
        except ExpressionError as explained:
            return explained
        except RecursionError:
            pass  # the caller's stack has no room for a second look
        return ExpressionError(reason(error), text=text, offset=node.at)

    return compare_at_once(node, run, explain) or guard(run, explain)


def guard(run: Evaluate, explain: Explain) -> Evaluate:
    """Let nothing out but values and explained errors."""

    def evaluate(scope: Any) -> object:
        try:
            return run(scope)
        except Exception as error:
            raise explain(scope, error) from error

    return evaluate


QUICK: Final[Mapping[str, Callable[[Any, Any], object]]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
    "==": operator.eq, "!=": operator.ne,
}  # fmt: skip
"""Signs that mean the same in every language between two integers or two texts."""


def compare_at_once(node: tree.Term, run: Evaluate, explain: Explain) -> Evaluate | None:
    """Return one closure for the commonest condition, `name < constant`, guard included."""
    match node:
        case tree.Binary(operator=sign, left=tree.Name(name=name), right=tree.Literal(value=other)):
            quick, kind = QUICK.get(sign), type(other)
        case _:
            return None
    if quick is None or kind not in (int, str):
        return None

    def evaluate(scope: Any) -> object:
        try:
            value = scope[name]
            return quick(value, other) if type(value) is kind else run(scope)
        except Exception as error:
            raise explain(scope, error) from error

    return evaluate


def watch(run: Evaluate, node: tree.Term, text: str) -> Evaluate:
    """Return the closure with an ear: an error leaves it with the text and the node's offset."""

    def watched(scope: Any) -> object:
        try:
            return run(scope)
        except ExpressionError as error:
            if error.text:
                raise
            raise ExpressionError(str(error), text=text, offset=node.at) from error.__cause__
        except Exception as error:
            raise ExpressionError(said(error, node, scope), text=text, offset=node.at) from error

    return watched


REASONS: Final[Mapping[type[Exception], str]] = {
    ZeroDivisionError: "division by zero",
    RecursionError: "the values are nested too deeply",
    MemoryError: "the value is too large",
}


def said(error: Exception, node: tree.Term, scope: Any) -> str:
    """Say in words why a node has no value."""
    if isinstance(node, tree.Name) and isinstance(error, KeyError) and node.name not in scope:
        known = scope if isinstance(scope, Iterable) else ()
        return f"there is no variable '{shorten(node.name)}'{did_you_mean(node.name, known)}"
    return reason(error)


def reason(error: Exception) -> str:
    """Say in words what an exception of Python means."""
    return REASONS.get(type(error)) or shorten(f"{type(error).__name__}: {error}")
