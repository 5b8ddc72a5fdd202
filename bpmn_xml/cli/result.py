"""The outcome and the final variables of a run as plain JSON.

What JSON cannot say is written as people would: tuples and sets as lists, dates, times and FEEL's
ranges as text, bytes in base 64, any other object as its repr. A decimal is a number where a float
says exactly that, else a text.

>>> import datetime, decimal
>>> plain({"sum": decimal.Decimal("1.50"), "at": datetime.date(2030, 1, 2), 3: (1, 2)})
{'sum': 1.5, 'at': '2030-01-02', '3': [1, 2]}
>>> plain([decimal.Decimal("3"), decimal.Decimal("0.10000000000000000001"), decimal.Decimal("NaN")])
[3, '0.10000000000000000001', 'NaN']
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

from bpmn_xml.expressions.feel.values import Range
from bpmn_xml.trace.values import restored, tagged


def plain(value: Any) -> Any:
    """Write a value in terms of JSON."""
    return _without_tags(tagged(value))


def json_text(value: Any, indent: int | None = None) -> str:
    r"""Write a value as JSON that a terminal can show: what it would obey is escaped.

    >>> json_text({"name": "Zoë\u202e", "text": "a\x9b31m\U000e0001"})
    '{"name": "Zoë\\u202e", "text": "a\\u009b31m\\udb40\\udc01"}'
    """
    return escaped(json.dumps(plain(value), indent=indent, ensure_ascii=False))


def escaped(text: str) -> str:
    """Escape what cannot be printed, but line ends, as both FEEL and JSON do."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c == "\n" else _escape(c) for c in text)


def _escape(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))


def _without_tags(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_tags(item) for item in value]
    if not isinstance(value, dict):
        return value
    tag = next(iter(value), "")
    if tag.startswith("$") and not tag.startswith("$$"):
        return _TAGS.get(tag, _same)(value[tag], value)
    return {key.removeprefix("$"): _without_tags(item) for key, item in value.items()}


def _same(content: Any, _tagged: Mapping[str, Any]) -> Any:
    return content


def _decimal(content: Any, _tagged: Mapping[str, Any]) -> Any:
    exact = Decimal(content)
    if not exact.is_finite() or Decimal(repr(number := float(exact))) != exact:
        return content
    return int(number) if number.is_integer() and abs(number) < MOST_EXACT else number


def _items(content: Any, _tagged: Mapping[str, Any]) -> Any:
    return _without_tags(content)


def _range(content: Any, _tagged: Mapping[str, Any]) -> Any:
    from bpmn_xml.expressions.feel.builtins.conversions import text_of

    return text_of(Range(*restored(content)))


def _map(content: Any, _tagged: Mapping[str, Any]) -> Any:
    return {_key(_without_tags(key)): _without_tags(item) for key, item in content}


def _key(key: Any) -> str:
    return key if isinstance(key, str) else json.dumps(key, ensure_ascii=False)


MOST_EXACT: Final = 2**53
"""Up to here a float has all whole numbers."""

_TAGS: Final[Mapping[str, Callable[[Any, Mapping[str, Any]], Any]]] = {
    "$decimal": _decimal,
    "$range": _range,
    "$tuple": _items,
    "$set": _items,
    "$frozenset": _items,
    "$map": _map,
    "$opaque": lambda _content, tagged_value: tagged_value["repr"],
}
"""How a tag is written for people; others have a text that says it all."""
