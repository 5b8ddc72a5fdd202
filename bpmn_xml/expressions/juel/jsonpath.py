"""JSONPath of names, positions and simple filters: what Camunda Spin's `jsonPath` reads.

A filter asks whether an entry is there, or compares it with a constant. Other filters, slices and
deep scans are not read, so a path with one is refused.

>>> order = {"id": 7, "items": [{"price": 5}, {"price": 8}]}
>>> found("$.items[-1].price", order), found("$['items'][*].price", order)
(8, [5, 8])
>>> found("$.items[?(@.price > 5)]", order)
[{'price': 8}]
>>> found("$.items.length()", order), is_known("$..price")
(2, False)
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any, Final

from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions.juel.members import MAPPINGS, SEQUENCES
from bpmn_xml.expressions.meter import ITEMS_A_STEP, spend
from bpmn_xml.expressions.quick import SIGNS
from bpmn_xml.wording import shorten

_STEP: Final = re.compile(
    r"\.(?P<name>[^\W\d][\w-]*)(?![\w(-])"
    r"|\[(?P<quote>['\"])(?P<quoted>[^'\"\\]*)(?P=quote)\]"
    r"|\[(?P<position>-?\d{1,9})\]"
    r"|(?P<every>\.\*|\[\*\])"
    r"|\[\?\(\s*@(?P<test>(?:\.[^\W\d][\w-]*)+)\s*"
    r"(?:(?P<sign>[=!<>]=|[<>])\s*(?P<constant>'[^'\\]*'|\"[^\"\\]*\"|"
    r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?|true|false|null)\s*)?\)\]"
    r"|(?P<length>\.length\(\))$"
)


def found(path: object, value: Any) -> Any:
    """Return what a path leads to: a list where it branches, of what is there.

    Raises:
        ExpressionError: the path is not known here, or leads to nothing and does not branch.
    """
    steps = _steps(path) if isinstance(path, str) else None
    if steps is None:
        raise ExpressionError(f"'{shorten(str(path))}' is no JSONPath that is read here")
    values, branches = [value], False
    for step in steps:
        spend(len(values) // ITEMS_A_STEP)
        if step["length"]:
            return len(values) if branches else _length(values)
        if step["every"]:
            values, branches = [part for one in values for part in _parts(one)], True
        elif step["test"]:
            asked = [part for one in values for part in _asked(one)]
            values, branches = [part for part in asked if _holds(step, part)], True
        else:
            values = [part for one in values for part in _part(step, one)]
    if not (values or branches):
        raise ExpressionError(f"there is nothing at '{shorten(str(path))}'")
    return values if branches else values[0]


def is_known(path: str) -> bool:
    """Whether a path is one of those that are read here."""
    return _steps(path) is not None


def _steps(path: str) -> list[re.Match[str]] | None:
    """The steps of a path behind its `$`; None where there are others."""
    steps, at = list[re.Match[str]](), 1
    while at < len(path):
        step = _STEP.match(path, at)
        if step is None:
            return None
        steps.append(step)
        at = step.end()
    return steps if path.startswith("$") else None


def _part(step: re.Match[str], value: Any) -> list[Any]:
    """What a name or a position finds in a value: one thing, or nothing."""
    if step["position"] is not None:
        at = int(step["position"])
        there = isinstance(value, SEQUENCES) and -len(value) <= at < len(value)
        return [value[at]] if there else []
    name = step["name"] or step["quoted"]
    return [value[name]] if isinstance(value, MAPPINGS) and name in value else []


def _parts(value: Any) -> list[Any]:
    if isinstance(value, MAPPINGS):
        return list(value.values())
    return list(value) if isinstance(value, SEQUENCES) else []


def _asked(value: Any) -> list[Any]:
    """What a filter asks: the items of a list, else the value itself."""
    return list(value) if isinstance(value, SEQUENCES) else [value]


def _constant(text: str) -> Any:
    """The value of a text, a number, true, false or null."""
    return text[1:-1] if text[0] in "'\"" else json.loads(text)


def _holds(step: re.Match[str], value: Any) -> bool:
    """Whether a filter lets a value pass; what is not there differs from everything.

    Raises:
        ExpressionError: a number is compared with a text.
    """
    for name in step["test"][1:].split("."):
        if not isinstance(value, MAPPINGS) or name not in value:
            return step["sign"] == "!="
        value = value[name]
    if step["sign"] is None:
        return True
    constant = _constant(step["constant"])
    kinds = {_kind(value), _kind(constant)}
    if kinds == {"number", "text"}:
        raise ExpressionError(f"'{shorten(step[0])}' compares a number with a text")
    if len(kinds) > 1 or not (step["sign"] in EQUAL or kinds & {"number", "text"}):
        return step["sign"] == "!="
    return bool(SIGNS[step["sign"]](value, constant))


def _kind(value: Any) -> str:
    if isinstance(value, bool) or value is None:
        return type(value).__name__
    if isinstance(value, int | float | Decimal):
        return "number"
    return "text" if isinstance(value, str) else "other"


EQUAL: Final = ("==", "!=")


def _length(values: list[Any]) -> int | None:
    """How many parts a value has; what has none has no length."""
    parts = [len(one) for one in values if isinstance(one, (*MAPPINGS, *SEQUENCES))]
    return parts[0] if parts else None
