r"""Statements of scripts: lines of Python, and what Groovy and JavaScript set one after the other.

>>> [one.name for one in statements("half = n / 2\nhalf + 1", "python", "answer")]
['half', 'answer']
>>> text = "var twice = n * 2; execution.setVariable('m', twice + 1)"
>>> [(one.name, one.own) for one in statements(text, "javascript", "")]
[('twice', True), ('m', False)]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from bpmn_xml import expressions
from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions.compiled import Compiled
from bpmn_xml.expressions.limits import MAX_TEXT

LINES: Final = frozenset({"python"})
"""Languages in which each line is a statement."""

SETTING: Final = frozenset({"groovy", "javascript"})
"""Languages in which `execution.setVariable` sets, and what is assigned is the script's own."""

MAX_LINES: Final = 1000

_ASSIGNMENT: Final = re.compile(r"([^\W\d]\w*)\s*(\+|-|\*|//?|%)?=(?![=~])\s*(.+)", re.DOTALL)
_APPENDED: Final = re.compile(r"([^\W\d]\w*)\.append\((.*)\)", re.DOTALL)
_DECLARED: Final = re.compile(r"(?:var|let|const|def)\s+")
_RETURNED: Final = re.compile(r"return\b\s*")
_SET: Final = re.compile(
    r"(?:execution|task(?:\s*\.\s*execution)?)\s*\.\s*setVariable\s*\(\s*(?:'([^\W\d]\w*)'|\"([^\W\d]\w*)\")\s*,(.*)\)",
    re.DOTALL,
)
_PIECES: Final = re.compile(
    r"""//[^\n]*|/\*(?:[^*]|\*(?!/))*(?:\*/)?|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|.""",
    re.DOTALL,
)
_BLANK: Final = re.compile(r"[\s;]*")
_VISIBLE: Final = re.compile(r"[^\n]")


class Statement(NamedTuple):
    """One step of a script: what it computes, and the name that is given to it, if one is.

    With `own` only the script knows the name.
    """

    name: str
    found: Compiled
    own: bool = False


def statements(text: str, language: str, result: str) -> Iterator[Statement]:
    """Yield the statements of a script; an expression alone gives its value to `result`.

    Raises:
        ExpressionError: a statement is none that can be run, or in an unknown language.
    """
    if language in LINES:
        yield from _lines(text, language, result)
        return
    try:
        found = [Statement(result, expressions.compile(text.strip(), language))]
    except ExpressionError:
        found = _parts(text, language, result) if language in SETTING else []
        if not found:
            raise
    yield from found


def _lines(text: str, language: str, result: str) -> Iterator[Statement]:
    lines = text.splitlines()
    if len(lines) > MAX_LINES:
        raise ExpressionError(f"it has more than {MAX_LINES} lines", text=text[:80])
    for number, line in enumerate(map(str.strip, lines), 1):
        if line and not line.startswith("#"):
            yield _line(line, number, language, result)


def _line(line: str, number: int, language: str, result: str) -> Statement:
    name, body = result, line
    if assignment := _ASSIGNMENT.fullmatch(line):
        name, operator, body = assignment.groups()
        body = f"{name} {operator} ({body})" if operator else body
    elif appended := _APPENDED.fullmatch(line):
        name, body = appended.groups()
        body = f"{name} + [({body})]"
    try:
        return Statement(name, expressions.compile(body, language))
    except ExpressionError as error:
        raise ExpressionError(f"line {number}: {error}", text=line) from None


def _parts(text: str, language: str, result: str) -> list[Statement]:
    """The statements of a script that is more than one expression; none where it is not."""
    if len(text) > MAX_TEXT:
        return []
    plain, ends = _without_comments(text)
    places = [
        (start + len(blank[0]), end)
        for start, end in pairwise(ends)
        if (blank := _BLANK.match(plain, start, end))
    ]
    found = [(start, end) for start, end in places if start < end]
    if any(_RETURNED.match(plain, *place) for place in found[:-1]):
        return []
    return [_part(plain, place, language, result) for place in found]


def _without_comments(text: str) -> tuple[str, list[int]]:
    """The text with blanks for its comments, and where its statements end, its beginning first."""
    pieces, ends, depth, at = list[str](), [0], 0, 0
    for piece in _PIECES.findall(text):
        blank = piece[:2] in ("//", "/*")
        pieces.append(_VISIBLE.sub(" ", piece) if blank else piece)
        at += len(piece)
        depth += (piece in ("(", "[", "{")) - (piece in (")", "]", "}"))
        if depth == 0 and piece in (";", "\n"):
            ends.append(at)
    return "".join(pieces), [*ends, at]


def _part(text: str, place: tuple[int, int], language: str, result: str) -> Statement:
    """The statement at a place of a text; what is wrong is told by where it is in there."""
    at, end = place
    stop = at + len(text[at:end].rstrip(" \t\r\n;"))
    name, own, operator = result, False, ""
    declared = _DECLARED.match(text, at, stop)
    if setting := _SET.fullmatch(text, at, stop):
        name, at, stop = setting[1] or setting[2], setting.start(3), setting.end(3)
    elif assignment := _ASSIGNMENT.fullmatch(text, declared.end() if declared else at, stop):
        name, operator, own, at = assignment[1], assignment[2], True, assignment.start(3)
    elif returned := _RETURNED.match(text, at, stop):
        at = returned.end()
    body = text[at:stop].strip()
    try:
        body = f"{name} {operator} ({body})" if operator else body
        return Statement(name, expressions.compile(body, language), own)
    except ExpressionError:
        expressions.compile(_VISIBLE.sub(" ", text[:at]) + text[at:stop], language)
        raise
