"""Text and values: how each simple type is read and written.

A reader raises `ValueError` that says what was expected. `Lax` values are understood, but not
spelled as the schema wants.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, Final

from bpmn_xml.formats.bpmn.vocabulary import SimpleType

BOOLEANS: Final = {"true": True, "1": True, "false": False, "0": False}


def read_boolean(text: str, _: SimpleType) -> bool:
    """Read `true`, `false`, `1` or `0`; in capitals too."""
    value = BOOLEANS.get(text.lower())
    if value is None:
        message = "true or false"
        raise ValueError(message)
    return value


def read_integer(text: str, _: SimpleType) -> int:
    """Read a whole number."""
    try:
        return int(plain(text))
    except ValueError:
        message = "a whole number"
        raise ValueError(message) from None


def read_double(text: str, _: SimpleType) -> float:
    """Read a finite number: what is infinite or none has no place on a drawing."""
    try:
        value = float(plain(text))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        message = "a number"
        raise ValueError(message)
    return value


def plain(text: str) -> str:
    """Refuse what Python takes for a number and XML does not: `1_000`, other scripts' digits."""
    if "_" in text or not text.isascii():
        raise ValueError
    return text


def read_text(text: str, simple: SimpleType) -> str:
    """Read a text, or one of the values of an enumeration."""
    if not simple.values or text in simple.values or simple.open:
        return text
    for value in simple.values:
        if fold(value) == fold(text):
            return value
    message = f"one of {', '.join(simple.values)}"
    raise ValueError(message)


def fold(text: str) -> str:
    """Forget how words are joined and whether letters are capitals."""
    return text.replace("_", "").replace("-", "").lower()


def write_double(value: float) -> str:
    """Write a number as short as it goes."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)


READ: Final[Mapping[type, Callable[[str, SimpleType], Any]]] = {
    bool: read_boolean,
    int: read_integer,
    float: read_double,
    str: read_text,
}
WRITE: Final[Mapping[type, Callable[[Any], str]]] = {
    bool: lambda value: "true" if value else "false",
    int: str,
    float: write_double,
    str: str,
}


def parse(text: str, simple: SimpleType) -> Any:
    """Read a value of a simple type.

    >>> from bpmn_xml.formats.bpmn.vocabulary.types import BOOLEAN, DOUBLE, GATEWAY_DIRECTION
    >>> parse(" true", BOOLEAN), parse("12.50", DOUBLE), parse("mixed", GATEWAY_DIRECTION)
    (True, 12.5, 'Mixed')
    >>> parse("${fast}", BOOLEAN)
    Traceback (most recent call last):
        ...
    ValueError: true or false
    """
    return READ[simple.python](text.strip() if simple.collapse else text, simple)


def spell(value: Any, simple: SimpleType) -> str:
    """Write a value of a simple type.

    >>> from bpmn_xml.formats.bpmn.vocabulary.types import BOOLEAN, DOUBLE
    >>> spell(False, BOOLEAN), spell(100.0, DOUBLE)
    ('false', '100')
    """
    return WRITE[simple.python](value)


def is_text(simple: SimpleType) -> bool:
    """Tell whether any text, an empty one too, is a value of a type."""
    return simple.python is str and (simple.open or not simple.values)


def is_lax(text: str, value: Any, simple: SimpleType) -> bool:
    """Tell whether one of the values of a type was spelled differently than the schema wants."""
    collapsed = text.strip()
    if simple.python is bool:
        return collapsed not in BOOLEANS
    return bool(simple.values) and not simple.open and collapsed != value
