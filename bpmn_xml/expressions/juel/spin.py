"""Camunda Spin, as far as it reads JSON: a text becomes mappings and lists, and is read as such.

>>> made('{"items": [{"price": 5}]}')
{'items': [{'price': 5}]}
>>> entry_of({"price": 5}, "price"), of_kind("a number", (int, float))(5)
(5, 5)
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions.juel.members import MAPPINGS, SEQUENCES
from bpmn_xml.expressions.juel.values import bounded
from bpmn_xml.expressions.limits import MAX_NUMERAL
from bpmn_xml.expressions.wording import describe
from bpmn_xml.wording import shorten


def made(value: Any) -> Any:
    """Return what a text of JSON means; what is no text is what it is."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(bounded(value), parse_int=whole, parse_constant=unknown)
    except (ValueError, RecursionError):
        raise ExpressionError(f"'{shorten(value)}' is no JSON") from None


def whole(digits: str) -> int:
    """Return an integer, if it is not too long."""
    if len(digits) > MAX_NUMERAL:
        raise ExpressionError(f"a number of more than {MAX_NUMERAL} digits")
    return int(digits)


def unknown(word: str) -> None:
    """Refuse NaN and the like, which JSON does not have."""
    raise ValueError(word)


def entry_of(value: Any, key: Any) -> Any:
    """Return an entry, which must be there."""
    if not isinstance(key, str) or key not in value:
        raise ExpressionError(f"there is no '{shorten(str(key))}' in it")
    return value[key]


def of_kind(wanted: str, kinds: type | tuple[type, ...]) -> Callable[[Any], Any]:
    """Return the function that gives a value of some kind as it is, and refuses others."""

    def read(value: Any) -> Any:
        if not isinstance(value, kinds) or (isinstance(value, bool) and kinds is not bool):
            raise ExpressionError(f"{wanted} is needed here, not {describe(value)}")
        return value

    return read


Rows = Mapping[str, tuple[Callable[..., Any], int, int]]

LEAVES: Final[Rows] = {
    "boolValue": (of_kind("true or false", bool), 0, 0),
    "numberValue": (of_kind("a number", (int, float)), 0, 0),
    "stringValue": (of_kind("a text", str), 0, 0),
    "isObject": (lambda value: isinstance(value, MAPPINGS), 0, 0),
    "isArray": (lambda value: isinstance(value, SEQUENCES), 0, 0),
}
"""Methods of all nodes: name -> function of the value, the least and the most arguments."""

NODES: Final[Rows] = {
    "prop": (entry_of, 1, 1),
    "hasProp": (lambda value, key: key in value, 1, 1),
    "fieldNames": (list, 0, 0),
}
ELEMENTS: Final[Rows] = {"elements": (list, 0, 0)}
FUNCTIONS: Final[Mapping[str, Callable[..., object]]] = dict.fromkeys(("S", "JSON"), made)
