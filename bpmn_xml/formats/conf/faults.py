"""Faults are collected, all at once, with the line they are in; too many end the reading.

Remarks never end it: when there are as many as errors are allowed, no more are taken.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NoReturn

from bpmn_xml.errors import Finding, Place, ReadError, Severity
from bpmn_xml.expressions.wording import did_you_mean, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable


MOST_HINTS: Final = 50
"""Findings that may suggest another name: to look for one takes time."""


class Faults:
    """The findings about one file so far."""

    def __init__(self, file: str, most: int) -> None:
        self.file, self.most = file, most
        self._found: list[Finding] = []
        self._notes = 0

    def hint(self, name: str, candidates: Iterable[object]) -> str:
        """Return the end of a sentence that suggests a name; not for hundreds of faults."""
        return did_you_mean(name, candidates) if len(self._found) < MOST_HINTS else ""

    def place(self, line: int) -> Place:
        """Return a place in the file."""
        return Place(self.file, line)

    def error(self, code: str, line: int, message: str, remedy: str = "", *, key: str = "") -> None:
        """Add a fault that makes the file unusable."""
        self._add(Severity.ERROR, code, line, (message, remedy, key))
        if len(self._found) - self._notes >= self.most:
            raise ReadError(self._found)

    def note(self, code: str, line: int, message: str, remedy: str = "", *, key: str = "") -> None:
        """Add a remark."""
        if self.takes_notes:
            self._notes += 1
            self._add(Severity.NOTE, code, line, (message, remedy, key))

    @property
    def takes_notes(self) -> bool:
        """Say whether there is room for another remark."""
        return self._notes < self.most

    def stop(self, code: str, line: int, message: str, remedy: str) -> NoReturn:
        """Refuse the file at once: there is nothing more to find in it."""
        self.error(code, line, message, remedy)
        raise ReadError(self._found)

    def has(self, *codes: str) -> bool:
        """Say whether one of these codes was found."""
        return any(finding.code in codes for finding in self._found)

    def all(self) -> tuple[Finding, ...]:
        """Return the findings in the order of the file, or raise `ReadError` if one is an error."""
        found = sorted(self._found, key=lambda finding: finding.place.line)
        if any(finding.severity is Severity.ERROR for finding in found):
            raise ReadError(found)
        return tuple(found)

    def _add(self, severity: Severity, code: str, line: int, words: tuple[str, str, str]) -> None:
        message, remedy, key = words
        self._found.append(
            Finding(
                code=code,
                severity=severity,
                place=self.place(line),
                id=shorten(key),
                name=shorten(key),
                message=message,
                remedy=remedy,
            )
        )
