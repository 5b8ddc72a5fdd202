"""What is said to people: on stderr, with the place and the remedy, never a control character."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from bpmn_xml.errors import Finding, Place

_WIDTH: Final = 160
_MOST: Final = 1_000_000


def plain(text: str) -> str:
    r"""A text with nothing in it that a terminal would obey.

    >>> plain("a\x1b[2Jb\u202ec")
    'a\\x1b[2Jb\\u202ec'
    """
    return "".join(c if c.isprintable() or c in "\n\t" else ascii(c)[1:-1] for c in text)


def say(text: str) -> None:
    """Write a line to stderr, whatever its terminal can show."""
    encoding = sys.stderr.encoding or "utf-8"
    line = plain(text).encode(encoding, "backslashreplace").decode(encoding)
    sys.stderr.write(line + "\n")


def show_findings(findings: Iterable[Finding]) -> None:
    """Say what was found, each with its line of the file and a caret below the place."""
    sources: dict[str, list[str]] = {}
    for found in findings:
        say(f"{_place(found)}{found.severity} {found.code}{_element(found)}: {found.message}")
        for line in _source(found.place, sources):
            say(f"    {line}")
        if found.remedy:
            say(f"    -> {found.remedy}")


def _place(found: Finding) -> str:
    return f"{found.place}: " if found.place.file else ""


def _element(found: Finding) -> str:
    name = f" {' '.join(found.name.split())!r}" if found.name else ""
    return f" {found.id}{name}" if found.id else ""


def _source(place: Place, sources: dict[str, list[str]]) -> list[str]:
    """The line of a place, and a caret where the column is known."""
    if not place.line:
        return []
    if place.file not in sources:
        sources[place.file] = _lines(place.file)
    lines = sources[place.file]
    if place.line > len(lines):
        return []
    line = lines[place.line - 1].replace("\t", " ")
    indent = len(line) - len(line.lstrip())
    shown = [line.strip()[:_WIDTH]]
    if indent < place.column <= indent + _WIDTH:
        shown.append(" " * (place.column - 1 - indent) + "^")
    return shown


def _lines(file: str) -> list[str]:
    try:
        with Path(file).open(encoding="utf-8", errors="replace") as opened:
            return opened.read(_MOST).splitlines()
    except (OSError, ValueError):
        return []
