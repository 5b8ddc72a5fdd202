"""Findings that somebody wants to live with: said in a documentation, or in `pyproject.toml`.

A documentation silences codes for its element and all that is inside of it. What stands behind the
codes is the reason:

    bpmn-xml: ignore EXT128 our partner has no operations

A section silences codes for all files, or for those whose name fits a pattern:

    [tool.bpmn-xml]
    ignore = ["EXT128"]
    per-file-ignores = { "drafts/*.bpmn" = ["EXT131"] }
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, Final

import msgspec

from bpmn_xml.codes import finding
from bpmn_xml.errors import NOWHERE, Finding, Place
from bpmn_xml.model import BaseElement, Definitions, Element
from bpmn_xml.model.walk import walk
from bpmn_xml.runtime.binding.table import read_toml

UNKNOWN_CODE: Final = "BX406"
UNUSED: Final = "BX407"
BAD_SECTION: Final = "BX408"


MARK: Final = re.compile(r"bpmn-xml:\s*ignore\s+((?:[A-Z]{2,3}\d{2,3}[\s,]*)+)", re.IGNORECASE)
CODE: Final = re.compile(r"[A-Z]{2,3}\d{2,3}", re.IGNORECASE)
CONFIGURATION: Final = "pyproject.toml"


class Suppression(msgspec.Struct, frozen=True):
    """One code that is not told: where, and within which elements (all, where that is None)."""

    code: str
    place: Place = NOWHERE
    ids: frozenset[str] | None = None
    places: frozenset[tuple[int, int]] = frozenset()

    def covers(self, finding: Finding) -> bool:
        """Tell whether a finding is to be ignored."""
        if finding.code != self.code:
            return False
        spot = (finding.place.line, finding.place.column)
        return self.ids is None or finding.id in self.ids or spot in self.places


def in_documentation(definitions: Definitions) -> list[Suppression]:
    """Find what the documentation of elements says is to be ignored."""
    found: list[Suppression] = []
    for element, _ in walk(definitions):
        if not isinstance(element, BaseElement):
            continue
        for text in element.documentation:
            marks = MARK.findall(text.text)
            inner = [one for one, _ in walk(element)] if marks else []
            for code in CODE.findall(" ".join(marks)):
                found.append(_within(code.upper(), text.place, inner))  # noqa: PERF401 (nested)
    return found


def _within(code: str, place: Place, elements: Sequence[Element]) -> Suppression:
    return Suppression(
        code,
        place,
        frozenset(getattr(one, "id", None) or "" for one in elements) - {""},
        frozenset((one.place.line, one.place.column) for one in elements),
    )


def in_configuration(file: str) -> tuple[list[Suppression], list[Finding]]:
    """Find what the nearest `pyproject.toml` beside or above a file says is to be ignored."""
    folder = Path(file or ".").absolute().parent
    for parent in (folder, *folder.parents):
        path = parent / CONFIGURATION
        try:
            if not path.is_file():
                continue
            tool = read_toml(path).get("tool")
        except (OSError, ValueError) as error:
            return [], [_bad(path, str(error))]
        section = tool.get("bpmn-xml") if isinstance(tool, dict) else None
        if section is not None:
            return _in_section(section, path, file)
    return [], []


def _in_section(section: Any, path: Path, file: str) -> tuple[list[Suppression], list[Finding]]:
    """Read the section of `pyproject.toml`; faults in it are findings."""
    known = {"ignore", "per-file-ignores"}
    if not isinstance(section, dict) or section.keys() - known:
        return [], [_bad(path, f"expected {' and '.join(sorted(known))}")]
    listed = section.get("per-file-ignores", {})
    groups = {"*": section.get("ignore", []), **(listed if isinstance(listed, dict) else {"": 0})}
    found: list[Suppression] = []
    for pattern, codes in groups.items():
        if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
            return [], [_bad(path, "expected lists of codes")]
        if pattern == "*" or _fits(file, path.parent, pattern):
            found += [Suppression(code.upper(), Place(str(path))) for code in codes]
    return found, []


def _fits(file: str, folder: Path, pattern: str) -> bool:
    absolute = Path(file).absolute()
    inside = absolute.relative_to(folder).as_posix() if absolute.is_relative_to(folder) else file
    return fnmatch(inside, pattern) or fnmatch(absolute.name, pattern)


def _bad(path: Path, why: str) -> Finding:
    message = f"the section [tool.bpmn-xml] is not understood: {why}"
    remedy = "write ignore = [codes], and per-file-ignores = { pattern = [codes] }"
    return finding(BAD_SECTION, message, place=Place(str(path)), remedy=remedy)


def suppress(
    findings: Iterable[Finding], suppressions: Sequence[Suppression], known: Iterable[str]
) -> list[Finding]:
    """Leave out what is to be ignored, and tell what is ignored in vain.

    Args:
        findings: all of one file.
        suppressions: what is to be ignored in it.
        known: all codes that there are.
    """
    used: set[int] = set()
    kept = [finding for finding in findings if not _use(finding, suppressions, used)]
    return [*kept, *_in_vain(suppressions, used, set(known))]


def _use(finding: Finding, suppressions: Sequence[Suppression], used: set[int]) -> bool:
    """Tell whether a finding is ignored, and note by what."""
    covering = {i for i, one in enumerate(suppressions) if one.covers(finding)}
    used |= covering
    return bool(covering)


def _in_vain(
    suppressions: Sequence[Suppression], used: set[int], known: set[str]
) -> Iterator[Finding]:
    for number, one in enumerate(suppressions):
        if one.code not in known:
            message = f"{one.code} is to be ignored, but there is no such code"
            remedy = "see `bpmn-xml explain` for all codes"
            yield finding(UNKNOWN_CODE, message, place=one.place, remedy=remedy)
        elif number not in used and one.ids is not None:
            message = f"{one.code} is to be ignored, but it is not found here"
            remedy = "remove it from the documentation"
            yield finding(UNUSED, message, place=one.place, remedy=remedy)
