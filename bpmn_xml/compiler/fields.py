"""What a person is asked who does a user task: values only, as in `program`."""

from __future__ import annotations

import msgspec


class FormField(msgspec.Struct, frozen=True, kw_only=True):
    """A field of a user task's form: what a person may write into a variable.

    Attributes:
        name: of the variable.
        label: what people are asked.
        kind: text, integer, number, boolean, date, choice, choices (several) or any.
        required: it must be given; a required boolean may be false.
        choices: the values of a choice and what people see of them.
        least, most: bounds of a number.
        shortest, longest: bounds of a text's length; `longest` 0 is none.
        pattern: a regular expression that a text must match.
        readonly: it is only shown; nothing may be given.
        default: what it is if nothing is given; None if nothing then.
    """

    name: str
    label: str = ""
    kind: str = "text"
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    least: float | None = None
    most: float | None = None
    shortest: int = 0
    longest: int = 0
    pattern: str = ""
    readonly: bool = False
    default: object = None
