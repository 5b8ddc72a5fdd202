"""What dots and square brackets read: entries of mappings and items of lists, nothing of objects.

As in Java, what is not there is null: a key, a position, and whatever is read of null.

>>> member({"id": 7}, "id"), member(None, "id"), item([1, 2], 5), item([1, 2], "1")
(7, None, None, 2)
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions.juel.decided import PROPERTIES
from bpmn_xml.expressions.juel.values import integer
from bpmn_xml.expressions.wording import describe
from bpmn_xml.wording import shorten

MAPPINGS: Final = (dict, Mapping)
SEQUENCES: Final = (list, tuple, range)


def member(value: Any, key: str) -> object:
    """Return the entry of a mapping; attributes of Python objects are out of reach."""
    if value is None:
        return None
    if key in PROPERTIES and isinstance(value, SEQUENCES):
        return PROPERTIES[key](value)
    if not isinstance(value, MAPPINGS):
        raise ExpressionError(
            f"'.{shorten(key)}' reads an entry of a mapping, not of {describe(value)}"
        )
    return entry(value, key)


def item(value: Any, key: Any) -> object:
    """Return an entry of a mapping or an item of a list, counted from 0."""
    if value is None or key is None:
        return None
    if isinstance(value, MAPPINGS):
        return entry(value, key)
    if not isinstance(value, SEQUENCES):
        raise ExpressionError(f"[...] reads a list or a mapping, not {describe(value)}")
    position = integer(key)
    return value[position] if 0 <= position < len(value) else None


def entry(value: Any, key: object, default: object = None) -> object:
    """Return the entry of a key, or the default where there is none."""
    try:
        return value[key]
    except KeyError:
        return default
    except TypeError:
        raise ExpressionError(f"{describe(key)} cannot be the key of an entry") from None
