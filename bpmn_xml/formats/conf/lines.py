"""The lines of an INI file become sections of options, as `configparser` reads them, with places.

Names are case-sensitive, values are taken as they stand (no interpolation, no comments behind
them), an indented line continues the value above it.

>>> from bpmn_xml.formats.conf.faults import Faults
>>> lines = "[model]", "keys = a,", "  b"
>>> sections = parse(chr(10).join(lines), Faults("demo.conf", 10))
>>> sections["model"].options["keys"].value.split()
['a,', 'b']
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

from bpmn_xml.formats.conf.codes import NO_LINE, TWICE
from bpmn_xml.formats.conf.faults import Faults
from bpmn_xml.wording import shorten

SECTION: Final = re.compile(r"\[([^\]]+)\]\s*")
OPTION: Final = re.compile(r"([^=:\[]*[^=:\[\s])\s*[=:]\s*(.*)")
LINE_END: Final = re.compile(r"\r\n|\r|\n")


class Option(msgspec.Struct):
    """The lines of a value and where it begins."""

    parts: list[str]
    line: int

    @property
    def value(self) -> str:
        """Return the lines as one text, without empty ones at its ends."""
        return "\n".join(self.parts).strip()


class Section(msgspec.Struct):
    """A section, the line of its head and its options by name."""

    name: str
    line: int
    options: dict[str, Option]


class Lines:
    """One pass over the lines of a file."""

    def __init__(self, faults: Faults) -> None:
        self.sections: dict[str, Section] = {}
        self._faults = faults
        self._section: Section | None = None
        self._option: Option | None = None
        self._indent = 0

    def take(self, number: int, line: str) -> None:
        """Read one line."""
        content = line.strip()
        if not content or content[0] in "#;":
            return
        indent = len(line) - len(line.lstrip())
        if self._option and indent > self._indent:
            self._option.parts.append(content)
            return
        self._indent = indent
        if section := SECTION.fullmatch(content):
            self._begin(number, section[1].strip())
        elif option := OPTION.fullmatch(content):
            self._set(number, option[1], option[2])
        else:
            remedy = "write [section], option=value or # comment"
            self._faults.report(
                NO_LINE, number, f"cannot make sense of '{shorten(content)}'", remedy
            )

    def _begin(self, number: int, name: str) -> None:
        self._section, self._option = Section(name, number, {}), None
        if name in self.sections:
            self._refuse(number, f"section [{shorten(name)}]", self.sections[name].line)
        else:
            self.sections[name] = self._section

    def _set(self, number: int, name: str, value: str) -> None:
        self._option = Option([value], number)
        if self._section is None:
            message = f"the option '{shorten(name)}' stands before the first section"
            self._faults.report(NO_LINE, number, message, "put it below [model] or [model_<key>]")
        elif name in self._section.options:
            what = f"the option '{shorten(name)}' of [{shorten(self._section.name)}]"
            self._refuse(number, what, self._section.options[name].line)
        else:
            self._section.options[name] = self._option

    def _refuse(self, number: int, what: str, first: int) -> None:
        message = f"{what} stands twice, first in line {first}"
        self._faults.report(TWICE, number, message, "remove one of them")


def parse(text: str, faults: Faults) -> dict[str, Section]:
    """Return the sections of a text by name; lines that cannot be read are faults."""
    lines = Lines(faults)
    for number, line in enumerate(LINE_END.split(text), start=1):
        lines.take(number, line)
    return lines.sections
