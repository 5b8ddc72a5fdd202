"""What readers find wrong in a file: one way to say it, one collector of all at once."""

from __future__ import annotations

from bpmn_xml.codes import finding
from bpmn_xml.errors import Finding, Place, ReadError, Severity, in_order
from bpmn_xml.formats.codes import WANTED


class Findings:
    """The findings about one file. Too many errors end its reading, more doubts are dropped."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.errors: list[Finding] = []
        self.doubts: list[Finding] = []

    @property
    def full(self) -> bool:
        """Whether further doubts are not taken."""
        return len(self.doubts) >= self.most

    def add(self, found: Finding) -> None:
        """Take a finding; `ReadError` when there are too many errors to go on."""
        kind = self.errors if found.severity is Severity.ERROR else self.doubts
        if len(kind) < self.most:
            kind.append(found)
        elif kind is self.errors:
            raise ReadError(in_order(self.errors))

    def refuse(self) -> None:
        """Go on only if there is no error, else raise `ReadError` with all of them."""
        if self.errors:
            raise ReadError(in_order(self.errors))

    def all(self) -> tuple[Finding, ...]:
        """Return errors and doubts as they stand in the file."""
        return in_order([*self.errors, *self.doubts])


def refusal(code: str, message: str, place: Place, remedy: str | None = None) -> ReadError:
    """Make the error that refuses a file for one reason."""
    return ReadError([finding(code, message, place=place, remedy=remedy)])


def wrong_kind(code: str, kind: str, place: Place, remedy: str | None = None) -> ReadError:
    """Make the error that refuses a file of another kind than is wanted.

    >>> wrong_kind("BX004", "JSON", Place("a.bpmn", 1, 1))
    ReadError('a.bpmn:1:1: error BX004: this is JSON, not BPMN 2.0; give a file in BPMN 2.0 XML')
    """
    return refusal(code, f"this is {kind}, not {WANTED[code]}", place, remedy)
