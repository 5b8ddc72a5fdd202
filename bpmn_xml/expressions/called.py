"""Functions that a text calls: in FEEL one that nobody knows gives null, and nobody is told."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions import tree
from bpmn_xml.wording import did_you_mean, nearest, shorten


def check_called(term: tree.Term, text: str, known: Collection[str]) -> None:
    """Refuse the call of what is neither a function nor a name that the text itself declares.

    Raises:
        ExpressionError: there is no such function; it says which `known` ones are like it.
    """
    declared: frozenset[str] | None = None
    for part in tree.walk(term):
        called = part.function if isinstance(part, tree.Invoke) else None
        if not isinstance(called, tree.Name | tree.Access):
            continue
        root = _root(called)
        declared = frozenset(_declared(term)) if declared is None else declared
        if not isinstance(root, tree.Name) or root.name in declared:
            continue
        name = called.name
        longer = [one for one in known if one.startswith(f"{name} ")]
        hint = did_you_mean(name, known, longer[:1])
        message = f"there is no function '{shorten(name)}'{hint}"
        if root is not called:
            instead = "".join(f": write {one}(...)" for one in nearest(name, known)[:1])
            message = f"values have no methods such as '{shorten(name)}'{instead}"
        raise ExpressionError(message, text=text, offset=called.at)


def calls(term: tree.Term, name: str) -> bool:
    """Say whether a tree calls a function by this name, which it does not know.

    >>> from bpmn_xml.expressions import compile
    >>> [calls(compile(text, "feel").tree, "f") for text in ("[f(1)]", "f + 1")]
    [True, False]
    """
    invoked = (part.function for part in tree.walk(term) if isinstance(part, tree.Invoke))
    return any(isinstance(one, tree.Name) and one.name == name for one in invoked)


def _root(term: tree.Term) -> tree.Term:
    """What a path begins with."""
    while isinstance(term, tree.Access):
        term = term.value
    return term


def _declared(term: tree.Term) -> Iterator[str]:
    """The names that a text gives to values of its own."""
    for part in tree.walk(term):
        match part:
            case tree.Loop(names=names) | tree.Context(names=names) | tree.Lambda(parameters=names):
                yield from names
