"""Sections become tasks: what each option means, one row each.

>>> from bpmn_xml.formats.conf.faults import Faults
>>> from bpmn_xml.formats.conf.lines import Option, Section
>>> options = {"type": "sink", "module": "calc", "class": "Calc", "method": "add"}
>>> section = Section("model_add", 1, {name: Option([text], 2) for name, text in options.items()})
>>> read_task("add", section, Faults("demo.conf", 10)).implementation
'python:calc:Calc.add'
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, Final

import msgspec

from bpmn_xml.formats.conf import codes
from bpmn_xml.formats.conf.faults import Faults
from bpmn_xml.formats.conf.lines import Option, Section
from bpmn_xml.wording import did_you_mean, shorten

MOST_THREADS: Final = 1_000_000
LONGEST_DELAY: Final = 999_999_999


class LegacyType(StrEnum):
    """What a task of the model is."""

    GENERATOR = "generator"
    TRANSFER = "transfer"
    SINK = "sink"


class LegacyTask(msgspec.Struct, frozen=True, kw_only=True):
    """A section that is a task, and the lines where its options stand.

    `threads` is 0 where nothing is said, `delay` the seconds as they are written.
    """

    key: str
    type: LegacyType
    line: int
    implementation: str
    on_success: tuple[str, ...]
    on_failure: tuple[str, ...]
    waits_for_all: bool
    threads: int
    queue: int
    delay: str
    lines: Mapping[str, int]


def names(text: str) -> tuple[str, ...]:
    """Split a list of names at commas and line ends.

    >>> names("add, subtract,")
    ('add', 'subtract')
    """
    return tuple(name.strip() for name in re.split(r"[,\n]", text) if name.strip())


CONNECTION: Final = "connection"
"""The type of a section that is no task: what it did is done by sequence flows."""


def type_of(text: str) -> LegacyType:
    """Read the type of a task."""
    if text not in [*LegacyType]:
        hint = did_you_mean(text, (*LegacyType, CONNECTION))
        raise Wrong(codes.WRONG_TYPE, f"the type '{shorten(text)}' does not exist{hint}")
    return LegacyType(text)


def dotted(text: str) -> str:
    """Read a name of Python, which may have dots."""
    if not all(part.isidentifier() for part in text.split(".")):
        raise Wrong(codes.WRONG_NAME, f"'{shorten(text)}' is not a name of Python")
    return text


def dotted_or_none(text: str) -> str:
    """Read a name of Python; an empty class means that the method is a function."""
    return dotted(text) if text else ""


def count(text: str) -> int:
    """Read a number of threads or places; nothing is 0."""
    if not text:
        return 0
    if not re.fullmatch(r"[0-9]{1,9}", text) or not 1 <= int(text) <= MOST_THREADS:
        message = f"'{shorten(text)}' is not a whole number from 1 to {MOST_THREADS:,}"
        raise Wrong(codes.WRONG_NUMBER, message)
    return int(text)


def seconds(text: str) -> str:
    """Read a duration in seconds; nothing and zero are the same."""
    if not re.fullmatch(r"(?:[0-9]{1,9}(?:\.[0-9]{1,6})?|\.[0-9]{1,6})?", text):
        message = f"'{shorten(text)}' is not a number of seconds up to {LONGEST_DELAY:,}"
        raise Wrong(codes.WRONG_NUMBER, message)
    value = text if text[:1] != "." else f"0{text}"
    return value if value and float(value) else ""


def ports(text: str) -> bool:
    """Say whether a task waits for all its predecessors."""
    if text not in ("all", "any", ""):
        hint = did_you_mean(text, ("all", "any"))
        raise Wrong(codes.WRONG_PORTS, f"'{shorten(text)}' is neither 'all' nor 'any'{hint}")
    return text == "all"


class Wrong(ValueError):  # noqa: N818 - never leaves this module
    """A value is wrong: the code of the fault, and what is the matter."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


OPTIONS: Final[Mapping[str, Callable[[str], Any]]] = {
    "type": type_of,
    "module": dotted,
    "class": dotted_or_none,
    "method": dotted,
    "OnSuccess": names,
    "OnFailure": names,
    "input_ports": ports,
    "thread_count": count,
    "thread_pool_max": count,
    "queue_count": count,
    "delay": seconds,
}
"""How each option is read."""

UNREADABLE: Final[Mapping[str, Any]] = {
    "type": LegacyType.TRANSFER,
    "input_ports": False,
    "OnSuccess": (),
    "OnFailure": (),
    "thread_count": 0,
    "thread_pool_max": 0,
    "queue_count": 0,
}
"""What stands in for a value that is a fault, while the rest of the file is read; else ''."""

REQUIRED: Final = ("type", "module", "class", "method")
NEEDS_VALUE: Final = ("type", "module", "method")
"""Of the required ones only the class may be empty."""


def read_task(key: str, section: Section, faults: Faults) -> LegacyTask:
    """Return the task that a section describes; what cannot be read is a fault, and left empty."""
    options = section.options
    remark_unknown(key, options, faults)
    refuse_missing(key, section, faults)
    values = read_values(key, options, faults)
    threads = [limit for limit in (values["thread_count"], values["thread_pool_max"]) if limit]
    method = f"{values['class']}.{values['method']}".lstrip(".")
    return LegacyTask(
        key=key,
        type=values["type"],
        line=section.line,
        implementation=f"python:{values['module']}:{method}",
        on_success=values["OnSuccess"],
        on_failure=values["OnFailure"],
        waits_for_all=values["input_ports"],
        threads=min(threads, default=0),
        queue=values["queue_count"],
        delay=values["delay"],
        lines={name: option.line for name, option in options.items()},
    )


def read_values(key: str, options: Mapping[str, Option], faults: Faults) -> dict[str, Any]:
    """Return the values of all options; one that is not there is empty."""
    values = {name: UNREADABLE.get(name, "") for name in OPTIONS}
    for name, read in OPTIONS.items():
        option = options.get(name)
        if option is None or (name in NEEDS_VALUE and not option.value):
            continue
        try:
            values[name] = read(option.value)
        except Wrong as wrong:
            message = f"{name} of '{shorten(key)}': {wrong}"
            faults.report(wrong.code, option.line, message, key=key)
    return values


def refuse_missing(key: str, section: Section, faults: Faults) -> None:
    """Name every option that must be there."""
    for name in REQUIRED:
        option = section.options.get(name)
        if option is None or (name in NEEDS_VALUE and not option.value):
            line = option.line if option else section.line
            message = f"'{shorten(key)}' has no {name}"
            faults.report(codes.NO_OPTION, line, message, f"add {name}=...", key=key)


def remark_unknown(key: str, options: Mapping[str, Option], faults: Faults) -> None:
    """Remark on options that nobody reads; perhaps they are misspelled."""
    for name, option in options.items():
        if name not in OPTIONS and not faults.full:
            hint = faults.hint(name, OPTIONS)
            message = f"the option '{shorten(name)}' of '{shorten(key)}' is unknown{hint}"
            faults.report(codes.UNKNOWN_OPTION, option.line, message, key=key)
