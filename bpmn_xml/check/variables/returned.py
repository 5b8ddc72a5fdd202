"""Which variables a function gives, as far as its text says so: the keys of what it returns."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator
from typing import Final

FUNCTIONS: Final = (ast.FunctionDef, ast.AsyncFunctionDef)


def names_returned(function: object) -> frozenset[str]:
    """Return the keys of the mappings that a function returns or yields; none of what is computed.

    >>> names_returned(textwrap.shorten)
    frozenset()
    """
    made = _definition(function)
    return frozenset(_keys(made)) if made is not None else frozenset()


def _definition(function: object) -> ast.AST | None:
    """The definition of a function; None where its text is not there, or is more than that."""
    plain = inspect.unwrap(function) if callable(function) else function
    try:
        text = inspect.getsource(plain)  # type: ignore[arg-type] # TypeError is what else there is
        (made,) = ast.parse(textwrap.dedent(text)).body
    except (OSError, TypeError, SyntaxError, ValueError):
        return None
    return made if isinstance(made, FUNCTIONS) else None


def _keys(made: ast.AST) -> Iterator[str]:
    waiting = [*ast.iter_child_nodes(made)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, (*FUNCTIONS, ast.Lambda, ast.ClassDef)):
            continue
        if isinstance(node, ast.Return | ast.Yield) and node.value is not None:
            yield from _keys_of(node.value)
        waiting += ast.iter_child_nodes(node)


def _keys_of(value: ast.expr) -> Iterator[str]:
    """The keys of a mapping that is written out, or of either of two."""
    if isinstance(value, ast.IfExp):
        yield from (*_keys_of(value.body), *_keys_of(value.orelse))
    if isinstance(value, ast.Dict):
        yield from [
            key.value
            for key in value.keys
            if isinstance(key, ast.Constant) and isinstance(key.value, str)
        ]
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "dict":
        yield from [one.arg for one in value.keywords if one.arg]
