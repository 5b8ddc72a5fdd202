"""Forms of user tasks: what a person writes becomes typed values, or is refused with the reason.

>>> form = (FormField(name="amount", kind="integer", required=True, least=1),)
>>> checked(form, {"amount": "5", "note": "as agreed"})
{'amount': 5, 'note': 'as agreed'}
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from bpmn_xml.compiler.program.fields import FormField
from bpmn_xml.errors import UsageError
from bpmn_xml.wording import did_you_mean

_WORDS: Final = {"true": True, "yes": True, "false": False, "no": False}


class FormError(UsageError):
    """An answer does not fit the form of its user task."""


def checked(form: Sequence[FormField], values: Mapping[str, Any]) -> dict[str, Any]:
    """The answer with every field of the form as a value of its kind.

    What the form does not name stays as it is; what is not given has its default.

    Raises:
        FormError: some fields are missing or have no value of their kind; all of them at once.
    """
    found, faults = dict(values), list[str]()
    for field in form:
        value = values.get(field.name, field.default)
        if field.readonly and field.name in values:
            faults.append(f"{field.name}: it is only shown, and takes no {_shown(value)}")
            continue
        try:
            read = entered(field, value)
        except ValueError as error:
            faults.append(f"{field.name}: {error}")
            continue
        if value is not None or field.name in values:
            found[field.name] = read
    if faults:
        doubts = misspelt(form, values)
        remedy = "" if doubts else "correct the answer"
        raise FormError("; ".join([*faults, *doubts]), remedy=remedy)
    return found


def misspelt(form: Sequence[FormField], values: Mapping[str, Any]) -> list[str]:
    """What is given but no field, and looks like a field that is not given; said in words.

    >>> misspelt((FormField(name="approved", kind="boolean"),), {"aproved": True, "by": "Ada"})
    ["the form has no field 'aproved'; did you mean 'approved'?"]
    """
    known = {field.name for field in form}
    empty = sorted(field.name for field in form if field.name not in values and not field.readonly)
    hints = {name: did_you_mean(name, empty) for name in values if name not in known}
    return [f"the form has no field {name!r}{hint}" for name, hint in hints.items() if hint]


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
    if field.kind == "date" and field.pattern:
        value = _by_pattern(value, field.pattern)
    read = KINDS.get(field.kind, _text)(value)
    _check_bounds(field, read)
    return read


def _check_bounds(field: FormField, value: Any) -> None:
    if field.kind == "choice" and value not in [choice for choice, _ in field.choices]:
        known = ", ".join(choice for choice, _ in field.choices)
        raise ValueError(f"{value!r} is none of {known}")
    if field.kind == "choices":
        _check_choices(field, value)
    if isinstance(value, str) and field.kind == "text":
        _check_text(field, value)
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        if field.least is not None and value < field.least:
            raise ValueError(f"{value} must be {field.least:g} at least")
        if field.most is not None and value > field.most:
            raise ValueError(f"{value} may be {field.most:g} at most")


def _check_choices(field: FormField, values: list[Any]) -> None:
    known = [choice for choice, _ in field.choices]
    for value in values:
        if value not in known:
            raise ValueError(f"{_shown(value)} is none of {', '.join(known)}")


def _check_text(field: FormField, value: str) -> None:
    if len(value) < field.shortest:
        raise ValueError(f"{_shown(value)} must have {field.shortest} characters at least")
    if 0 < field.longest < len(value):
        raise ValueError(f"{_shown(value)} may have {field.longest} characters at most")
    if field.pattern:
        from bpmn_xml.expressions.feel.builtins.regular import matches

        if not matches(value, field.pattern):
            raise ValueError(f"{_shown(value)} does not match {field.pattern}")


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
        raise ValueError(f"{_shown(value)} is no whole number") from None


def _number(value: object) -> float | int | Decimal:
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return value
    text = _plain(value)
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("nan")
    if not number.is_finite():
        raise ValueError(f"{_shown(value)} is no number")
    return int(text) if text.lstrip("+-").isdigit() else float(number)


def _boolean(value: object) -> bool:
    if isinstance(value, bool):
        return value
    word = _plain(value).lower()
    if word not in _WORDS:
        raise ValueError(f"{_shown(value)} is neither true nor false")
    return _WORDS[word]


def _date(value: object) -> object:
    if isinstance(value, date | datetime):
        return value
    text = _plain(value)
    try:
        return date.fromisoformat(text) if len(text) <= 10 else datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{_shown(value)} is no date such as 2026-03-01") from None


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
        raise ValueError(f"{_shown(value)} is no list")
    return list(value)


def _as_is(value: object) -> object:
    return value


def _plain(value: object) -> str:
    """The text of a value that is to be read; anything else reads as nothing."""
    return value.strip() if isinstance(value, str) else ""


def _shown(value: object) -> str:
    return repr(value)[:60]


KINDS: Final[Mapping[str, Callable[[object], object]]] = {
    "text": _text,
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "date": _date,
    "choice": _text,
    "choices": _several,
    "any": _as_is,
}
"""How a value of each kind is read."""
