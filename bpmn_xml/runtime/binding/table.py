"""Read binding files: `name = "python:module:function"`, a line for each name."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from bpmn_xml.codes import finding
from bpmn_xml.errors import BindingError, Finding, Place
from bpmn_xml.formats.files import read_at_most, reason
from bpmn_xml.runtime.binding import codes
from bpmn_xml.wording import suggest

GIVEN_TABLE: Final = "a table of bindings"
"""What a table is called that is in no file."""

LARGEST: Final = 4 * 1024 * 1024
"""Bytes of a file of TOML."""

DEEPEST: Final = 100
"""So many names may stand before a value, as in `org.acme.Check`."""

_DEEP: Final = re.compile(
    rf"""(?:^|[\[{{,])[ \t]*(?:(?:[\w-]+|"[^"\n]*"|'[^'\n]*')[ \t]*\.[ \t]*){{{DEEPEST}}}""",
    re.MULTILINE,
)
"""More names where a key begins, which `tomllib` takes very long to read.

A text or comment that says the same behind a bracket or a comma is refused too.
"""

SLIP: Final = 0.8
"""How like a task's name is what may be meant for it."""


def read_toml(path: Path) -> dict[str, Any]:
    """Read a file of TOML, whatever it is: of a device or another endless file only the beginning.

    Raises:
        OSError: it cannot be read.
        ValueError: it is no TOML, no UTF-8, too large, or nested too deep.
    """
    text = read_at_most(path, LARGEST).decode("utf-8-sig").replace("\r\n", "\n")
    if _DEEP.search(text):
        raise ValueError("it is nested too deep")
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise ValueError("it is nested too deep") from error


def read_table(path: Path) -> dict[str, str]:
    """Read a binding file: `name = "python:module:function"`, names with dots as they are.

    Raises:
        BindingError: it cannot be read or holds something else.
    """
    try:
        table = dict(_flat(read_toml(path)))
    except OSError as error:
        message = f"cannot read {path}: {reason(error)}"
        remedy = "see that it is there and may be read"
        raise BindingError([_table_fault(path, message, remedy)]) from error
    except ValueError as error:
        raise BindingError([_table_fault(path, str(error))]) from error
    faults = [
        _table_fault(path, f"{name} is no text of the form python:module:function")
        for name, value in table.items()
        if not isinstance(value, str)
    ]
    if faults:
        raise BindingError(faults)
    return table


def idle_lines(
    tasks: Sequence[Sequence[str]], table: Mapping[str, str], file: str
) -> Iterator[Finding]:
    """Find the lines of a table that name no task, but nearly one that no line names.

    Args:
        tasks: the names of each.
        table: what is bound.
        file: what the table is called.
    """
    named = {name for names in tasks for name in names}
    free = [name for names in tasks if not table.keys() & set(names) for name in names]
    for name in [name for name in table if name not in named]:
        if remedy := suggest(name, free, alike=SLIP):
            place = Place("" if file == GIVEN_TABLE else file)
            yield finding(
                codes.IDLE_LINE, f"{name!r} names no task here", place=place, remedy=remedy
            )


def _flat(
    content: Mapping[str, Any], prefix: str = "", depth: int = 1
) -> Iterator[tuple[str, Any]]:
    """List what tables hold under names with dots; ValueError where they are nested too deep."""
    if depth > DEEPEST:
        raise ValueError("it is nested too deep")
    for name, value in content.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.", depth + 1)
        else:
            yield f"{prefix}{name}", value


def _table_fault(path: Path, message: str, remedy: str | None = None) -> Finding:
    return finding(codes.BAD_TABLE, message, place=Place(str(path)), remedy=remedy)
