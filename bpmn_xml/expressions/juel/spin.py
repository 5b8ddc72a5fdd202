"""Camunda Spin, as far as it reads JSON: a text becomes mappings and lists, and is read as such.

>>> made('{"items": [{"price": 5}]}')
{'items': [{'price': 5}]}
>>> entry_of({"price": 5}, "price"), of_kind("a number", (int, float))(5)
(5, 5)
>>> written({"price": 5, "paid": None})
'{"price":5,"paid":null}'
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions import tree
from bpmn_xml.expressions.juel import jsonpath
from bpmn_xml.expressions.juel.members import MAPPINGS, SEQUENCES
from bpmn_xml.expressions.juel.values import bounded
from bpmn_xml.expressions.limits import MAX_NUMERAL
from bpmn_xml.expressions.meter import spend
from bpmn_xml.expressions.wording import describe
from bpmn_xml.wording import shorten

JSON: Final = "application/json"
JSON_A_STEP: Final = 16
"""Letters of JSON that are read for one step."""
"""The only format that is read; Spin's other one is XML."""


def made(value: Any, form: object = JSON) -> Any:
    """Return what a text of JSON means; what is no text is what it is."""
    if form != JSON or (isinstance(value, str) and value.lstrip().startswith("<")):
        raise ExpressionError("only JSON is read here, no XML")
    if not isinstance(value, str):
        return value
    try:
        spend(len(value) // JSON_A_STEP)
        return json.loads(bounded(value), parse_int=whole, parse_constant=unknown)
    except (ValueError, RecursionError):
        raise ExpressionError(f"'{shorten(value)}' is no JSON") from None


def written(value: Any) -> str:
    """Return the text of JSON that a value is."""
    try:
        return bounded(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
    except (TypeError, ValueError, RecursionError):
        raise ExpressionError(f"{describe(value)} has no text of JSON") from None


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
        if not isinstance(value, kinds) or (isinstance(value, bool) and kinds is NUMBERS):
            raise ExpressionError(f"{wanted} is needed here, not {describe(value)}")
        return value

    return read


def is_node(term: tree.Term) -> bool:
    """Whether a term surely gives what Spin reads, whose text is JSON: `S(order).prop('items')`."""
    while isinstance(term, tree.Invoke) and isinstance(term.function, tree.Access):
        if term.function.name not in SAME_KIND:
            return False
        term = term.function.value
    return isinstance(term, tree.Call) and term.function in FUNCTIONS


def reads(name: str, arguments: tuple[tree.Term, ...]) -> bool:
    """Whether a method can be called: a path that stands there must be one that is known."""
    paths = [one.value for one in arguments if isinstance(one, tree.Literal)]
    return name != "jsonPath" or all(jsonpath.is_known(str(path)) for path in paths)


NUMBERS: Final = (int, float, Decimal)
LEAVES_OF: Final = (str, bool, type(None), *NUMBERS)

Rows = Mapping[str, tuple[Callable[..., Any], int, int]]

SAME_KIND: Final = frozenset({"prop", "element", "jsonPath"})
"""Methods whose results Spin reads again."""

TEXT: Final = "spin.toString"
"""The function that writes a node as JSON, by a name that no text can write."""

NOTHING: Final[Rows] = {
    "isObject": (lambda value: isinstance(value, MAPPINGS), 0, 0),
    "isArray": (lambda value: isinstance(value, SEQUENCES), 0, 0),
    "isString": (lambda value: isinstance(value, str), 0, 0),
    "isNumber": (lambda value: isinstance(value, NUMBERS) and not isinstance(value, bool), 0, 0),
    "isBoolean": (lambda value: isinstance(value, bool), 0, 0),
    "isValue": (lambda value: isinstance(value, LEAVES_OF), 0, 0),
    "isNull": (lambda value: value is None, 0, 0),
    "value": (of_kind("a text, a number, true, false or null", LEAVES_OF), 0, 0),
}
"""Methods of all nodes, null too: name -> function, the least and the most arguments."""

LEAVES: Final[Rows] = {
    **NOTHING,
    "boolValue": (of_kind("true or false", bool), 0, 0),
    "numberValue": (of_kind("a number", NUMBERS), 0, 0),
    "stringValue": (of_kind("a text", str), 0, 0),
    "element": (lambda value: value, 0, 0),
}
"""Methods of all nodes but null."""

INNER: Final[Rows] = {"jsonPath": (lambda value, path: jsonpath.found(path, value), 1, 1)}
NODES: Final[Rows] = {
    **INNER,
    "prop": (entry_of, 1, 1),
    "hasProp": (lambda value, key: key in value, 1, 1),
    "fieldNames": (list, 0, 0),
}
ELEMENTS: Final[Rows] = {**INNER, "elements": (list, 0, 0), "elementList": (list, 0, 0)}
FUNCTIONS: Final[Mapping[str, Callable[..., object]]] = dict.fromkeys(("S", "JSON"), made)
