"""What a reader finds wrong, collected: all errors at once, with the place of each."""

from __future__ import annotations

import re
from typing import Final

from bpmn_xml.errors import Finding, Place, ReadError, Severity

NAME: Final = re.compile(rb"<([^\s=/>\"']+)")
ATTRIBUTE: Final = re.compile(rb"\s+([^\s=/>\"']+)\s*=\s*(?:\"[^\"]*\"|'[^']*')")
NEWLINE: Final = re.compile(rb"\r\n?|\n")


class Remarks:
    """The findings of one reading. Errors end it when there are too many of them."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.errors: list[Finding] = []
        self.doubts: list[Finding] = []

    @property
    def full(self) -> bool:
        """Whether further doubts are not taken."""
        return len(self.doubts) >= self.most

    def add(self, finding: Finding) -> None:
        """Take a finding; `ReadError` when there are too many errors to go on."""
        kind = self.errors if finding.severity is Severity.ERROR else self.doubts
        if len(kind) < self.most:
            kind.append(finding)
        elif kind is self.errors:
            raise ReadError(in_order(self.errors))


def attribute_place(data: bytes, offset: int, tag: Place, name: str) -> Place:
    r"""Find an attribute of the tag that begins at a byte, which is at the place `tag`.

    >>> str(attribute_place(b"<a b='1'\n  c='2'/>", 0, Place("f", 7, 1), "c"))
    'f:8:3'
    """
    found = NAME.match(data, offset)
    while found and (found.start() == offset or found[1] != name.encode()):
        found = ATTRIBUTE.match(data, found.end())
    if found is None:
        return tag
    *lines, last = NEWLINE.split(data[offset : found.start(1)])
    column = len(last.decode("utf-8", "replace"))
    return Place(tag.file, tag.line + len(lines), column + (1 if lines else tag.column))


def in_order(findings: list[Finding]) -> list[Finding]:
    """Sort findings as they stand in the file."""
    return sorted(findings, key=lambda finding: (finding.place.line, finding.place.column))
