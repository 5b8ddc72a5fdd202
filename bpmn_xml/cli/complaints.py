"""Print findings and errors for people: place, message, the line itself, and the remedy.

order.bpmn:12:5: error BX201 charge: nothing is bound to 'charge'
   12 |     <bpmn:serviceTask id="charge" name="Charge the card" />
      |     ^
      = put a function of this name into order.py
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, TextIO

import msgspec

from bpmn_xml.cli.words import fitted
from bpmn_xml.errors import BpmnXmlError, Finding, Severity, UsageError
from bpmn_xml.runtime.binding.codes import UNBOUND
from bpmn_xml.wording import amount, listed, printable, quoted

WIDEST_LINE: Final = 100
MOST_OF_A_FILE: Final = 60
"""At most this many errors, and as many warnings, of one file are printed."""

LARGEST_FILE: Final = 64 * 1024 * 1024
_BYTE_ORDER_MARKS: Final = {
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
    b"\xef\xbb\xbf": "utf-8-sig",
}
_WAY_ON: Final = (
    "bpmn-xml: note: `bpmn-xml bindings {}` writes the Python that is missing; "
    "`run --stub` does without"
)
_BY_VENDOR: Final = "said in the words of an engine, not in the standard's"
"""What the notes on the standard are about."""

_STANDARD: Final = ("XSD", "EXT")
"""Prefixes of the codes for violations of the standard, which do not prevent a run."""

_UNSOUND: Final = ("BX601", "BX602", "BX603", "BX604", "BX605", "BX606")
"""Codes of unsound processes: they start, and go wrong while they run."""

_REPEATED: Final = (*_STANDARD, "DI", "BX164")
"""Prefixes of the codes that tend to repeat within a file."""

_NUMBERED: Final = re.compile(r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-")
"""In ids that a program made: nobody knows an element by them, so its name is told too."""

_QUOTED: Final = re.compile(r"'[^']*'|\d+")
MOST_LINES: Final = 12
"""At most this many lines are named where a finding repeats."""

_COLOURS: Final = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}


class Excerpts:
    """Lines of the files that findings are about; a file is read when first needed."""

    def __init__(self) -> None:
        self._file, self._lines = "", list[str]()

    def line(self, file: str, number: int) -> str | None:
        """Return a line, counted from 1; None if the file or the line does not exist."""
        if file != self._file:
            self._file, self._lines = file, _lines_of(file)
        return self._lines[number - 1] if 0 < number <= len(self._lines) else None


def _lines_of(file: str) -> list[str]:
    path = Path(file)
    try:
        if not path.is_file() or path.stat().st_size > LARGEST_FILE:
            return []
        data = path.read_bytes()
    except (OSError, ValueError):
        return []
    encoding = next((e for mark, e in _BYTE_ORDER_MARKS.items() if data.startswith(mark)), "utf-8")
    text = data.decode(encoding, "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def finding_lines(finding: Finding, excerpts: Excerpts, *, colour: bool = False) -> Iterator[str]:
    """Write a finding as lines."""
    place, severity = finding.place, str(finding.severity)
    if colour:
        severity = f"\x1b[1;{_COLOURS[finding.severity]}m{severity}\x1b[0m"
    element = f" {fitted(finding.id, 100)}" if finding.id else ""
    if finding.name and _NUMBERED.search(finding.id):
        element += f" {fitted(quoted(finding.name))}"
    message = fitted(finding.message)
    where = f"{printable(str(place))}: " if place.file else ""
    yield f"{where}{severity} {finding.code}{element}: {message}"
    line = excerpts.line(place.file, place.line)
    if line is not None and line.strip():
        yield from excerpt(line, place.line, place.column)
    if finding.remedy:
        yield f"      = {fitted(finding.remedy)}"


def excerpt(line: str, number: int, column: int) -> Iterator[str]:
    """Write the part of a line around a column, and a caret below it."""
    text = line.replace("\t", " ").rstrip()
    start = max(min(column - WIDEST_LINE // 3, len(text) - WIDEST_LINE), 0)
    before, after = "…" if start else "", "…" if start + WIDEST_LINE < len(text) else ""
    shown = text[start : start + WIDEST_LINE]
    yield f"{number:>5} | {before}{printable(shown)}{after}"
    if column:
        ahead = printable(text[start : column - 1])
        yield f"      | {' ' * (len(before) + len(ahead))}^"


def alike(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Group repeated findings of one kind in a file, each group at its first finding."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for number, one in enumerate(findings):
        said = _QUOTED.sub("", one.message), _QUOTED.sub("", one.remedy)
        key = one.place.file, one.severity, one.code, *said
        same = (one.message,) if one.code == UNBOUND else ()
        again = (*key, *same) if one.code.startswith((*_REPEATED, UNBOUND)) else (number,)
        groups.setdefault(again, []).append(one)
    return list(groups.values())


def more_like_it(others: Sequence[Finding]) -> Iterator[str]:
    """Name the other places of the same finding, in one line."""
    if others:
        lines = list(dict.fromkeys(str(one.place.line) for one in others if one.place.line))
        shown = [*lines[:MOST_LINES], *(["…"] if lines[MOST_LINES:] else [])]
        where = f": line{'s' if len(lines) > 1 else ''} {', '.join(shown)}" if lines else ""
        yield f"      + {len(others)} more like this{where}\n"


def folded(findings: Iterable[Finding]) -> Iterator[str]:
    """Write the notes on the standard in one line for each file: which rules, on which lines."""
    files: dict[str, dict[str, dict[int, None]]] = {}
    for one in findings:
        rules = files.setdefault(one.place.file, {})
        rules.setdefault(one.code, {})[one.place.line] = None
    for file, rules in files.items():
        told = [f"{code} (line {listed(map(str, lines))})" for code, lines in rules.items()]
        told = [one.replace("line", "lines", 1) if " and " in one else one for one in told]
        yield f"{printable(file)}: note {_BY_VENDOR}: {', '.join(told)}"


def complain(
    findings: Iterable[Finding], stream: TextIO | None = None, *, fold: bool = False
) -> None:
    """Print findings, the first of each file and severity, and how many there are.

    Args:
        findings: all of them.
        stream: where to; stderr if none is given.
        fold: tell the notes on the standard in a line for each file.
    """
    stream = stream or sys.stderr
    findings = list(findings)
    notes = [one for one in findings if fold and _is_foldable(one)]
    excerpts, counts, axes = Excerpts(), Counter[Severity](), Counter[str]()
    files = Counter[tuple[str, Severity]]()
    unbound = dict[str, None]()
    colour = wants_colour(stream)
    for finding, *again in alike(one for one in findings if one not in notes):
        counts[finding.severity] += 1 + len(again)
        if finding.severity is Severity.ERROR:
            axes[_axis(finding.code)] += 1 + len(again)
        kept = finding.place.file, finding.severity
        files[kept] += 1
        if files[kept] <= MOST_OF_A_FILE:
            told = finding.place.file in unbound and finding.code == UNBOUND
            shown = msgspec.structs.replace(finding, remedy="") if told else finding
            print(*finding_lines(shown, excerpts, colour=colour), sep="\n", file=stream)
            print(*more_like_it(again), sep="", end="", file=stream)
        if finding.code == UNBOUND:
            unbound.setdefault(finding.place.file)
    counts[Severity.NOTE] += len(notes)
    ways_on = (_WAY_ON.format(printable(file)) for file in unbound if file)
    for line in (*_left_out(files), *folded(notes), *ways_on):
        print(line, file=stream)
    if counts.total() > 1:
        others = [amount(counts[s], s) for s in Severity if counts[s] and s is not Severity.ERROR]
        print(*_errors(axes), *others, sep=", ", file=stream)


def _left_out(files: Mapping[tuple[str, Severity], int]) -> Iterator[str]:
    """Write how many findings of each file are not printed."""
    for (file, severity), found in files.items():
        if found > MOST_OF_A_FILE:
            more = f"{amount(found - MOST_OF_A_FILE, f'more {severity}')} left out here"
            yield f"{printable(file)}: {more}; bpmn-xml check --json tells all"


def _is_foldable(finding: Finding) -> bool:
    return finding.severity is Severity.NOTE and finding.code.startswith(_STANDARD)


AXES: Final = {
    "runnable": ("keeps it from running", "keep it from running", ""),
    "sound": ("goes wrong when it runs", "go wrong when it runs", " of how it runs"),
    "conformant": (
        "is against the standard",
        "are against the standard",
        " against the standard alone",
    ),
}
"""Axis -> wording for one error, for several, and for errors of this axis only."""


def _axis(code: str) -> str:
    """The axis of an error: does it prevent a run, make it go wrong, or violate the standard."""
    if code.startswith(_STANDARD):
        return "conformant"
    return "sound" if code.startswith(_UNSOUND) else "runnable"


def _errors(axes: Counter[str]) -> Iterator[str]:
    """Count errors by axis."""
    for axis, (one, many, alone) in AXES.items():
        found = axes[axis]
        if found == axes.total() and found:
            yield f"{amount(found, 'error')}{alone}"
        elif found:
            first = axis == next(name for name in AXES if axes[name])
            yield f"{amount(found, 'error') if first else found} {one if found == 1 else many}"
    if axes.total() > axes["conformant"] > axes.total() / 2:
        yield "--for run shows only what stops a run"


def complain_of(error: BpmnXmlError) -> None:
    """Print an error that is no list of findings."""
    remedy = error.remedy if isinstance(error, UsageError) else _meant_by(error)
    message = str(error)
    if remedy and message.endswith(f": {remedy}"):
        message = message[: -len(remedy) - 2]
    say("error", message)
    if remedy:
        print(f"      = {fitted(remedy)}", file=sys.stderr)


def _meant_by(error: BpmnXmlError) -> str:
    """Ask for a file whose name is nearly that of one that is not there."""
    cause = error.__cause__
    if not isinstance(cause, FileNotFoundError) or not isinstance(cause.filename, str):
        return ""
    from bpmn_xml.formats.missing import nearly

    return nearly(Path(cause.filename))


def say(severity: str, message: str) -> None:
    """Print one line about something that has no place in a file."""
    word = severity
    if wants_colour(sys.stderr):
        word = f"\x1b[1;{_COLOURS[Severity(severity)]}m{severity}\x1b[0m"
    print(f"bpmn-xml: {word}: {fitted(message)}", file=sys.stderr)


def wants_colour(stream: TextIO) -> bool:
    """Return whether to colour a stream: a terminal, unless NO_COLOR is set."""
    import os

    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
