"""Functions that make a value of one kind from one of another (DMN 10.3.4.1).

>>> text_of([1, "a", {"b": None}]), number_of("1.000,5", ".", ","), json_of({"a": Decimal("1.0")})
('[1, "a", {b: null}]', Decimal('1000.5'), '{"a":1.0}')
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

import msgspec

from bpmn_xml.expressions.feel import temporal
from bpmn_xml.expressions.feel.invoke import LEFT_OUT, Builtin, builtin, either
from bpmn_xml.expressions.feel.scanner import is_ordinary
from bpmn_xml.expressions.feel.values import MATH, Range, kind_of, number, plain, tidy, whole
from bpmn_xml.expressions.limits import MAX_NUMERAL
from bpmn_xml.expressions.meter import afford_text, keep, spend

NUMERAL: Final = re.compile(r"-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?")
"""A numeric literal of the grammar of DMN 10.3.1.2: where there is a point, digits follow it."""


def number_of(text: str, grouping: Any = LEFT_OUT, decimal: Any = None) -> object:
    """Return the number that a text means, with signs that group its digits and begin decimals."""
    group, point = grouping if isinstance(grouping, str) else None, decimal or "."
    if group not in (None, " ", ",", ".") or point not in (",", ".") or group == point:
        return None
    spend(len(text) // DIGITS_A_STEP)
    found = text.replace(group, "") if group else text
    if point != "." and "." in found:
        return None
    found = found.replace(point, ".")
    if len(found) > MAX_NUMERAL or not NUMERAL.fullmatch(found):
        return None
    return whole(int(found)) if found.removeprefix("-").isdigit() else plain(Decimal(found))


class Style(msgspec.Struct, frozen=True, eq=False):
    """How values are written: keys, and what is neither a text nor a number."""

    key: Callable[[str], str]
    moment: Callable[[Any], str | None]
    other: Callable[[str], str]
    comma: str = ", "
    colon: str = ": "


STEPS: Final = 3
"""What it costs to write one value."""

PART_ROOM: Final = 64
DIGITS_A_STEP: Final = 64
LETTERS_READ_A_STEP: Final = 8
VALUE_ROOM_A_LETTER: Final = 24
"""Bytes of the values that JSON means, for each of its letters."""


def quoted(text: str) -> str:
    """Write a text in quotes, as FEEL and JSON do."""
    return json.dumps(text, ensure_ascii=False)


FEEL: Final = Style(lambda key: key if is_ordinary(key) else quoted(key), temporal.str_of, str)
JSON: Final = Style(quoted, temporal.java_text, quoted, comma=",", colon=":")


def text_of(value: Any) -> str | None:
    """Write any value as text; null stays null."""
    found = tidy(value)
    return found if found is None or isinstance(found, str) else collected(found, FEEL)


def json_of(value: Any) -> str:
    """Write a value as JSON; dates and the like become texts."""
    return collected(value, JSON)


def collected(value: Any, style: Style) -> str:
    """Return the text of a value."""
    parts: list[str] = []
    write(value, style, parts)
    afford_text(sum(map(len, parts)))
    return "".join(parts)


def write(value: Any, style: Style, parts: list[str]) -> None:
    """Add the parts of a value's text."""
    spend(STEPS)
    keep(PART_ROOM)
    kind = kind_of(value)
    if kind == "list":
        parts.append("[")
        for place, item in enumerate(value):
            parts.append(style.comma if place else "")
            write(item, style, parts)
        parts.append("]")
    elif kind == "context":
        parts.append("{")
        for place, key in enumerate(value):
            parts.append(f"{style.comma if place else ''}{style.key(key)}{style.colon}")
            write(value[key], style, parts)
        parts.append("}")
    else:
        parts.append(leaf(kind, value, style))


def leaf(kind: str, value: Any, style: Style) -> str:
    """Return the text of a value that has no others in it."""
    if kind == "string":
        return quoted(value)
    if kind in LEAVES:
        return LEAVES[kind](value)
    text = range_text(value) if kind == "range" else style.moment(value) or kind
    return style.other(text)


def number_text(value: Any) -> str:
    """Write a number without an exponent; there is one zero only."""
    found = number(value)
    if isinstance(found, Decimal):
        return f"{MATH.plus(found):f}"
    return "null" if found is None else str(found)


LEAVES: Final[Mapping[str, Callable[[Any], str]]] = {
    "null": lambda _: "null",
    "boolean": lambda value: "true" if value else "false",
    "number": number_text,
}


def range_text(value: Range) -> str:
    """Write a range as FEEL does."""
    start, end = (collected(side, FEEL) for side in (value.start, value.end))
    if value.written in ("..", "to"):
        opening, closing = "[" if value.start_included else "(", "]" if value.end_included else ")"
        return f"{opening}{start}..{end}{closing}"
    return f"({value.written} {end if value.written in ('<', '<=') else start})"


def from_json(text: str) -> object:
    """Return the value that a JSON text means."""
    spend(1 + len(text) // LETTERS_READ_A_STEP)
    keep(len(text) * VALUE_ROOM_A_LETTER)
    return json.loads(text, parse_float=Decimal, parse_int=number_of, parse_constant=lambda _: None)


FUNCTIONS: Final[Mapping[str, Builtin]] = {
    "from json": builtin("value: string", from_json),
    "number": either(
        builtin("from: string, grouping separator: string?~", number_of),
        builtin("from: string, grouping separator: string~, decimal separator: string~", number_of),
    ),
    "string": builtin("from: any", text_of),
    "to json": builtin("value: any", json_of),
}
