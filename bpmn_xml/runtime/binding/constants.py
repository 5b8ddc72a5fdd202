"""Constants that a drawing gives a task, which are texts, as the values that its Python asks for.

>>> def charge(amount: Decimal, retry: bool | None, note: str) -> None: ...
>>> typed(charge, {"amount": "12.5", "retry": "true", "note": "3"})
{'amount': ('12.5', Decimal('12.5')), 'retry': ('true', True)}
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import Enum
from types import NoneType
from typing import Any, Final, Literal, get_args, get_origin, get_type_hints

import msgspec

from bpmn_xml.compiler.program import Node
from bpmn_xml.errors import UsageError
from bpmn_xml.wording import quoted

Typed = dict[str, tuple[str, Any]]
"""Texts by name, each with the value that it means."""

READ: Final = (bool, int, float, Decimal)
REMEDY: Final = "correct it in the drawing, or give an expression"


def constants_of(node: Node) -> dict[str, str]:
    """The texts that a mapping writes to variables around a task, by their names."""
    inputs = node.frame.inputs if node.frame is not None else ()
    return {
        one.target[0]: one.value.text
        for one in inputs
        if len(one.target) == 1 and one.value.text and not one.value.language
    }


def typed(function: Callable[..., Any], constants: Mapping[str, str]) -> Typed:
    """The constants whose arguments are annotated with another type than text.

    Raises:
        UsageError: one is no value of its type.
    """
    if not constants:
        return {}
    kinds = {name: kind_of(hint) for name, hint in _hints(function).items()}
    found: Typed = {}
    for name, text in constants.items():
        kind = kinds.get(name)
        if kind is not None:
            try:
                found[name] = text, msgspec.convert(text, kind, strict=False)
            except msgspec.ValidationError as error:
                what = f"it is given {quoted(text)} as {name}, which is no {_word(kind)}"
                raise UsageError(what, remedy=REMEDY) from error
    return found


def kind_of(hint: Any) -> Any:
    """The type as which a text is read; None for all that are not told from texts."""
    parts = [part for part in get_args(hint) if part is not NoneType]
    if get_origin(hint) is not Literal and len(parts) == 1 and NoneType in get_args(hint):
        return kind_of(parts[0])
    enum = isinstance(hint, type) and issubclass(hint, Enum)
    return hint if enum or hint in READ or get_origin(hint) is Literal else None


def _word(kind: Any) -> str:
    return kind.__name__ if isinstance(kind, type) else str(kind).removeprefix("typing.")


def _hints(function: Callable[..., Any]) -> dict[str, Any]:
    """The annotations of a callable; none where they name what only type checkers import."""
    try:
        return get_type_hints(inspect.unwrap(function))
    except (AttributeError, NameError, TypeError):
        return {}
