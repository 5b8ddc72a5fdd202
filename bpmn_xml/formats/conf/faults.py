"""Faults of a legacy file, with the line they are in; those that concern a key bear its name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NoReturn

from bpmn_xml.codes import finding
from bpmn_xml.errors import Place, ReadError
from bpmn_xml.formats.findings import Findings
from bpmn_xml.wording import MOST_HINTS, did_you_mean, shorten


class Faults(Findings):
    """The findings about one legacy file so far."""

    def __init__(self, file: str, most: int) -> None:
        super().__init__(most)
        self.file = file

    def hint(self, name: str, candidates: Iterable[object]) -> str:
        """Return the end of a sentence that suggests a name; not for hundreds of faults."""
        few = len(self.errors) + len(self.doubts) < MOST_HINTS
        return did_you_mean(name, candidates) if few else ""

    def report(
        self, code: str, line: int, message: str, remedy: str | None = None, *, key: str = ""
    ) -> None:
        """Add what is wrong, or worth knowing: its code says whether the file cannot be used."""
        key, place = shorten(key), Place(self.file, line)
        self.add(finding(code, message, place=place, id=key, name=key, remedy=remedy))

    def stop(self, code: str, line: int, message: str, remedy: str) -> NoReturn:
        """Refuse the file at once: there is nothing more to find in it."""
        self.report(code, line, message, remedy)
        raise ReadError(self.all())

    def has(self, *codes: str) -> bool:
        """Say whether an error with one of these codes was found."""
        return any(found.code in codes for found in self.errors)
