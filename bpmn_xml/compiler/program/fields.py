"""The form of a user task: values only, as in `program`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec

from bpmn_xml.compiler.program.scoping import Computed
from bpmn_xml.wording import quoted

DATES: Final = {
    "yyyy": "%Y", "yy": "%y", "MMMM": "%B", "MMM": "%b", "MM": "%m", "M": "%m", "dd": "%d",
    "d": "%d", "HH": "%H", "H": "%H", "hh": "%I", "h": "%I", "mm": "%M", "ss": "%S", "a": "%p",
}  # fmt: skip
"""Letters of Java's date patterns, and what Python's `strptime` calls them."""

_PART: Final = re.compile(r"([A-Za-z])\1*|'([^']*)'|[^A-Za-z']+")


def date_format(pattern: str) -> str:
    """Java's pattern of a date, for `strptime`.

    >>> date_format("dd/MM/yyyy HH:mm"), date_format("yyyy-MM-dd'T'HH:mm:ss")
    ('%d/%m/%Y %H:%M', '%Y-%m-%dT%H:%M:%S')

    Raises:
        ValueError: letters of it are not known.
    """
    found = list[str]()
    for part in _PART.finditer(pattern):
        if part[1] and part[0] not in DATES:
            raise ValueError(f"{part[0]!r} of the date pattern {quoted(pattern)} is not known")
        literal = part[0] if part[2] is None else part[2]
        found.append(DATES[part[0]] if part[1] else literal.replace("%", "%%"))
    return "".join(found)


class Validator(msgspec.Struct, frozen=True, gc=False):
    """A rule of a field that Python checks: the name of that, and what it is told."""

    name: str
    config: str = ""


Check = Callable[[object, Mapping[str, Any]], None]
"""Looks at the value of a field and the variables; raises ValueError where it is refused."""


class FormField(msgspec.Struct, frozen=True, kw_only=True):
    """A field of a user task's form: what a person may write into a variable.

    Attributes:
        name: of the variable.
        label: what people are asked.
        kind: text, integer, number, boolean, date, choice, choices (several) or any; of what has
            fields in it group (a mapping) or rows (a list of mappings).
        required: it must be given; a required boolean may be false.
        strict: neither false nor an empty list is a value that is required, and a variable of the
            field's name comes before the default.
        choices: the values of a choice and what people see of them.
        least, most: bounds of a number.
        shortest, longest: bounds of a text's length; `longest` 0 is none.
        pattern: a regular expression that a text must match, or how a date may be written too.
        readonly: it is only shown; nothing may be given.
        hidden: nobody is asked, and what is given is left out.
        default: what it is if nothing is given; None if nothing then.
        as_text: a number becomes its text.
        fields: what is in it.
        validators: the rules that Python checks.
        checks: these, as they are bound; a program has none.
        computes: what of all this is computed of the variables and the answer, by name.
    """

    name: str
    label: str = ""
    kind: str = "text"
    required: bool = False
    choices: tuple[tuple[Any, str], ...] = ()
    least: float | None = None
    most: float | None = None
    shortest: int = 0
    longest: int = 0
    pattern: str = ""
    readonly: bool = False
    hidden: bool = False
    strict: bool = False
    default: object = None
    as_text: bool = False
    fields: tuple[FormField, ...] = ()
    validators: tuple[Validator, ...] = ()
    checks: tuple[Check, ...] = ()
    computes: tuple[tuple[str, Computed], ...] = ()
