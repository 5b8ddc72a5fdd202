"""What is written into one field of a form, read as a value of the field's kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final, cast

from bpmn_xml.compiler.program.fields import FormField

_WORDS: Final = {"true": True, "yes": True, "false": False, "no": False}


def entered(field: FormField, value: object) -> object:
    """One field's value, read from text where it is text; None where nothing is given.

    Raises:
        ValueError: it is missing, or no value of its kind; says why.

    >>> entered(FormField(name="on", kind="boolean"), "yes")
    True
    """
    if value is None or value == "":
        if field.required:
            raise ValueError("a value is needed")
        return None
    if field.required and field.strict and (value is False or value in ([], ())):
        raise ValueError("a value is needed")
    if field.kind == "date" and field.pattern:
        value = _by_pattern(value, field.pattern)
    read = KINDS.get(field.kind, _text)(value)
    if field.kind == "choice":
        return _chosen(field, read)
    if field.kind == "choices":
        return [_chosen(field, one) for one in cast("list[object]", read)]
    _check_bounds(field, read)
    return str(read) if field.as_text else read


def _check_bounds(field: FormField, value: Any) -> None:
    if isinstance(value, str) and field.kind == "text":
        _check_text(field, value)
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        if field.least is not None and value < field.least:
            raise ValueError(f"{value} must be {field.least:g} at least")
        if field.most is not None and value > field.most:
            raise ValueError(f"{value} may be {field.most:g} at most")


def _chosen(field: FormField, value: object) -> object:
    """The choice that is meant, by what it is or by its text; any where nobody knows them."""
    for choice, _ in field.choices:
        alike = isinstance(value, bool) == isinstance(choice, bool)  # True is 1 in Python
        if value == str(choice) or (alike and value == choice):
            return choice
    if field.choices:
        known = ", ".join(str(choice) for choice, _ in field.choices)
        raise ValueError(f"{shown(value)} is none of {known}")
    return value


def _check_text(field: FormField, value: str) -> None:
    if len(value) < field.shortest:
        raise ValueError(f"{shown(value)} must have {field.shortest} characters at least")
    if 0 < field.longest < len(value):
        raise ValueError(f"{shown(value)} may have {field.longest} characters at most")
    if field.pattern:
        from bpmn_xml.expressions.feel.builtins.regular import matches

        if not matches(value, field.pattern):
            raise ValueError(f"{shown(value)} does not match {field.pattern}")


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is no text")
    return value


def _integer(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    try:
        return int(_plain(value))
    except ValueError:
        raise ValueError(f"{shown(value)} is no whole number") from None


def _number(value: object) -> float | int | Decimal:
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return value
    text = _plain(value)
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("nan")
    if not number.is_finite():
        raise ValueError(f"{shown(value)} is no number")
    return int(text) if text.lstrip("+-").isdigit() else float(number)


def _boolean(value: object) -> bool:
    if isinstance(value, bool):
        return value
    word = _plain(value).lower()
    if word not in _WORDS:
        raise ValueError(f"{shown(value)} is neither true nor false")
    return _WORDS[word]


def _date(value: object) -> object:
    if isinstance(value, date | datetime):
        return value
    text = _plain(value)
    try:
        return date.fromisoformat(text) if len(text) <= 10 else datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{shown(value)} is no date such as 2026-03-01") from None


def _by_pattern(value: object, pattern: str) -> object:
    """A date or a time that is written by a pattern; else the value itself."""
    try:
        moment = datetime.strptime(_plain(value), pattern)
    except ValueError:
        return value
    return moment if "%H" in pattern or "%I" in pattern else moment.date()


def _several(value: object) -> list[object]:
    """Several choices; a text has commas between them."""
    if isinstance(value, str):
        return [part.strip() for part in value.split(",")]
    if not isinstance(value, list | tuple):
        raise ValueError(f"{shown(value)} is no list")
    return list(value)


def _as_is(value: object) -> object:
    return value


def _plain(value: object) -> str:
    """The text of a value that is to be read; anything else reads as nothing."""
    return value.strip() if isinstance(value, str) else ""


def shown(value: object) -> str:
    """A value in a message, not too long."""
    return repr(value)[:60]


KINDS: Final[Mapping[str, Callable[[object], object]]] = {
    "text": _text,
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "date": _date,
    "choice": _as_is,
    "choices": _several,
    "any": _as_is,
}
"""How a value of each kind is read."""
