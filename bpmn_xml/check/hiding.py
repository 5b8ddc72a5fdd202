"""What is told of all that was found: each fault once, and its cause instead of what follows.

What only says again what another finding says is told to nobody. A program may want all others;
people lose sight of the one line that is to be corrected.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

import msgspec

from bpmn_xml.check.conformance import PREFIXES
from bpmn_xml.check.drawing.figures import NO_SIZE
from bpmn_xml.check.drawing.geometry import ASTRAY
from bpmn_xml.check.rules.table import RULES
from bpmn_xml.check.soundness.findings import WORDS
from bpmn_xml.check.soundness.verdict import Trouble
from bpmn_xml.compiler import codes
from bpmn_xml.errors import Finding, Severity
from bpmn_xml.formats import codes as reading
from bpmn_xml.formats.bpmn.references import MEANT

Table = Mapping[str, Collection[str]]
"""By code: the codes of what is not told of the same line then."""

ECHOES: Final[Table] = {
    "XSD01": {reading.UNKNOWN_ELEMENT},
    "XSD02": {reading.MISSING},
    "XSD03": {reading.UNKNOWN_ATTRIBUTE, reading.NOT_KEPT},
    "XSD04": {reading.MISSING},
    "XSD05": {reading.LAX_VALUE},
    "XSD07": {reading.STRAY_TEXT},
    "XSD10": {reading.OLD_NAMESPACE},
    "XSD11": {reading.NOT_KEPT},
    "EXT002": {reading.SAME_ID, "XSD06"},
    "BX606": {codes.NEVER_REACHED},
}
"""What says nothing more."""

STANDING_IN: Final[Table] = {
    "EXT037": {"startQuantity"},
    "EXT038": {"completionQuantity"},
    NO_SIZE: {"x", "y", "width", "height"},
}
"""By code: the attributes in whose place another value stands, if theirs cannot be read."""

LISTED: Final = "EXT023"
DEAD, DEADLOCK = WORDS[Trouble.DEAD].code, WORDS[Trouble.DEADLOCK].code
ENDING: Final[Table] = {
    "EXT101": {"EXT151"},
    "EXT107": {"EXT150"},
    "EXT113": {"EXT151"},
    "EXT115": {"EXT150"},
    "EXT116": {"EXT151"},
    "EXT150": {DEAD},
    codes.DEFAULT: {"EXT026"},
}
"""What is told of a node to which nothing leads, or that leads to nothing."""

ALONE: Final = {LISTED, "EXT150", "EXT151", DEAD}
SAID: Final[Table] = {
    **{
        f"EXT{number:03}": {twin.code for twin in RULES if twin.same_as == number}
        for number in {rule.same_as for rule in RULES} - {0}
    },
    **ENDING,
    codes.NEVER_JOINED: {DEADLOCK},
    codes.HANDLER: {"EXT144"},
    codes.SAME_ID: {*ALONE, "EXT002"},
    "EXT002": ALONE,
}
"""What says the same in other words, as another rule that demands it, or follows from it."""

BROKEN: Final = {codes.LOOSE_FLOW, codes.BORDER, codes.DIRECTION, codes.HOST}
"""Flows and border events that are not connected: what can happen is told when they are."""

FOLLOWING: Final = {wording.code for wording in WORDS.values()}
"""What is told of how tokens go, and may follow from flows that are not connected."""

RULED: Final = {"EXT006", "EXT007", "EXT021", "EXT022", "EXT028", "EXT111", "EXT152", codes.DEFAULT}
"""What rules say of a flow that is not connected, or of what it should lead from or to."""

TOUCHED: Final = {
    *("EXT049", "EXT057", "EXT096", "EXT104", "EXT112", "EXT142", "EXT150", "EXT151"),
    ASTRAY,
}
"""What is told of a node to which such a flow leads, or from which it comes."""

LISTS: Final = ("incoming=", "outgoing=")
UNCONNECTED: Final = {LISTED, *ENDING, *set[str]().union(*ENDING.values())}
"""What is told of the nodes at the ends of a flow that is not connected."""

_QUOTED: Final = re.compile(r"'([^']*)'")
_MARKED: Final = re.compile(r"""'[^' ]*'|"[^" ]*\"""")


def told_once(findings: Iterable[Finding]) -> Iterable[Finding]:
    """Leave out what was told of the same line before; places as such are all equal."""
    return {(*_line(one), one): one for one in findings}.values()


def without_echoes(findings: Iterable[Finding]) -> list[Finding]:
    """Leave out what another finding about the same line says better."""
    kept = list(findings)
    unnamed = {(one.place, one.id) for one in kept if one.code == codes.LOOSE_FLOW}
    unread = {
        (one.place.file, one.id, one.message.partition("=")[0])
        for one in kept
        if one.code == reading.WRONG_VALUE
    }
    kept = [
        one
        for one in kept
        if (one.code != reading.MISSING or (one.place, one.id) not in unnamed)
        and not any(
            (one.place.file, one.id, attribute) in unread
            for attribute in STANDING_IN.get(one.code, ())
        )
    ]
    return _with_what_is_meant(_unsaid(kept, ECHOES))


def for_people(findings: Iterable[Finding]) -> list[Finding]:
    """Sort findings: first those that keep a file from running; each fault is told only once."""
    kept = list(findings)
    files = list(dict.fromkeys(finding.place.file for finding in kept))
    follows, again = _following(kept), _told_before(kept)
    return sorted(
        (
            one
            for one in _unsaid(kept, SAID)
            if (*_line(one), one.code) not in follows and id(one) not in again
        ),
        key=lambda one: (files.index(one.place.file), one.code.startswith(PREFIXES)),
    )


def _unsaid(findings: Iterable[Finding], table: Table) -> list[Finding]:
    """The findings but for those that a table leaves out beside others of their line."""
    kept = list(findings)
    said = defaultdict[tuple[str, int], set[str]](set)
    for one in kept:
        said[_line(one)].update(table.get(one.code, ()))
    return [one for one in kept if one.code not in said[_line(one)]]


def _with_what_is_meant(findings: list[Finding]) -> list[Finding]:
    """Leave out what leads nowhere where an error says more, which then tells what is meant."""
    lost = defaultdict[tuple[str, int, str], list[Finding]](list)
    for one in findings:
        if one.code == reading.DANGLING:
            lost[(*_line(one), _reference(one))].append(one)
    found, better = [], set[int]()
    for one in findings:
        names = set(_MARKED.findall(one.message)) if one.severity is Severity.ERROR else ()
        same = [other for name in names for other in lost.get((*_line(one), name), ())]
        better.update(map(id, same))
        meant = next((other.remedy for other in same if other.remedy.startswith(MEANT)), "")
        found.append(msgspec.structs.replace(one, remedy=meant) if meant else one)
    return [one for one in found if id(one) not in better]


def _reference(lost: Finding) -> str:
    """The id that leads nowhere, in its quotation marks."""
    return lost.message.partition("=")[2].partition(" ")[0]


def _following(findings: Iterable[Finding]) -> set[tuple[str, int, str]]:
    """What follows from flows and border events that are not connected: its line and code."""
    kept = list(findings)
    broken = {(one.place.file, one.id) for one in kept if one.code in BROKEN}
    touched = {name for one in kept if one.code in BROKEN for name in _named(one)}
    files = {file for file, _ in broken}
    found = {(*_line(o), o.code) for o in kept if o.code in FOLLOWING and o.place.file in files}
    for one in kept:
        names = _named(one)
        if (one.code in RULED and names & broken) or (one.code in TOUCHED and names & touched):
            found.add((*_line(one), one.code))
        lost = one.code == reading.DANGLING and one.message.startswith(LISTS)
        if lost or (one.code == LISTED and names & broken):
            found |= {(*_line(one), code) for code in UNCONNECTED}
    return found


def _named(finding: Finding) -> set[tuple[str, str]]:
    """What a finding is about, and what it quotes, each with its file."""
    quoted = _QUOTED.findall(finding.message)
    return {(finding.place.file, name) for name in (finding.id, *quoted) if name}


def _told_before(findings: Sequence[Finding]) -> set[int]:
    """What leads to an id that is not there, or there twice, behind a finding that says so.

    An id that is there twice is only told of what leads to it, as that keeps a file from running.
    """
    refused = {(one.place.file, repr(one.id)) for one in findings if one.code == codes.SAME_ID}
    first: dict[tuple[str, str, str], Finding] = {}
    for one in findings:
        if one.code in (reading.AMBIGUOUS, reading.DANGLING):
            first.setdefault((one.code, one.place.file, _reference(one)), one)
    unsure = {(file, said) for code, file, said in first if code == reading.AMBIGUOUS}
    repeated = set[int]()
    for one in findings:
        said = one.place.file, _reference(one)
        again = first.get((one.code, *said), one) is not one
        doubled = one.code == reading.AMBIGUOUS and said in refused
        same = one.code == "EXT002" and (one.place.file, repr(one.id)) in unsure
        if again or doubled or same:
            repeated.add(id(one))
    return repeated


def _line(finding: Finding) -> tuple[str, int]:
    return finding.place.file, finding.place.line
