"""What people are told: each fault once, and its cause instead of what follows from it.

A program may want all findings; people lose sight of the one line that is to be corrected.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from bpmn_xml.check.conformance import PREFIXES
from bpmn_xml.check.drawing.geometry import ASTRAY
from bpmn_xml.check.rules.table import BY_CODE
from bpmn_xml.check.soundness.findings import WORDS
from bpmn_xml.check.soundness.verdict import Trouble
from bpmn_xml.compiler import codes
from bpmn_xml.formats.codes import AMBIGUOUS, DANGLING

if TYPE_CHECKING:
    from bpmn_xml.errors import Finding

LISTED: Final = "EXT023"
ENDING: Final[Mapping[str, frozenset[str]]] = {
    "EXT101": frozenset({"EXT151"}),
    "EXT107": frozenset({"EXT150"}),
    "EXT113": frozenset({"EXT151"}),
    "EXT115": frozenset({"EXT150"}),
    "EXT116": frozenset({"EXT151"}),
    "EXT150": frozenset({WORDS[Trouble.DEAD].code}),
    codes.DEFAULT: frozenset({"EXT026"}),
}
"""By code: what else is told of a node to which nothing leads, or that leads to nothing."""

ALONE: Final = frozenset({LISTED, "EXT150", "EXT151", WORDS[Trouble.DEAD].code})
SAID: Final[Mapping[str, frozenset[str]]] = {
    **ENDING,
    codes.NEVER_JOINED: frozenset({WORDS[Trouble.DEADLOCK].code}),
    codes.HANDLER: frozenset({"EXT144"}),
    codes.SAME_ID: ALONE | {"EXT002"},
    "EXT002": ALONE,
}
"""By code: what else is told of the same line, in other words or as what follows from it."""

BROKEN: Final = frozenset({codes.LOOSE_FLOW, codes.BORDER, codes.DIRECTION, codes.HOST})
"""Flows and border events that are not connected: what can happen is told when they are."""

FOLLOWING: Final = frozenset(wording.code for wording in WORDS.values())
"""What is told of how tokens go, and may follow from flows that are not connected."""

RULED: Final = frozenset(
    {"EXT006", "EXT007", "EXT021", "EXT022", "EXT028", "EXT111", "EXT152", codes.DEFAULT}
)
"""What rules say of a flow that is not connected, or of what it should lead from or to."""

TOUCHED: Final = frozenset(
    {"EXT049", "EXT057", "EXT096", "EXT104", "EXT112", "EXT142", "EXT150", "EXT151", ASTRAY}
)
"""What is told of a node to which such a flow leads, or from which it comes."""

DOUBLED: Final = frozenset({codes.SAME_ID, "EXT002"})
LISTS: Final = ("incoming=", "outgoing=")
UNCONNECTED: Final = frozenset({LISTED, *ENDING, *frozenset[str]().union(*ENDING.values())})
"""What is told of the nodes at the ends of a flow that is not connected."""

_QUOTED: Final = re.compile(r"'([^']*)'")


def for_people(findings: Iterable[Finding]) -> list[Finding]:
    """Sort findings: first those that keep a file from running; each fault is told only once."""
    kept = list(findings)
    files = list(dict.fromkeys(finding.place.file for finding in kept))
    told = {(*_line(one), one.code) for one in kept}
    said = defaultdict[tuple[str, int], set[str]](set)
    for one in kept:
        said[_line(one)] |= SAID.get(one.code, frozenset())
    follows, again = _following(kept), _told_before(kept)
    return sorted(
        (
            one
            for one in kept
            if (*_line(one), _twin(one)) not in told
            and one.code not in said[_line(one)]
            and (*_line(one), one.code) not in follows
            and id(one) not in again
        ),
        key=lambda one: (files.index(one.place.file), one.code.startswith(PREFIXES)),
    )


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
        lost = one.code == DANGLING and one.message.startswith(LISTS)
        if lost or (one.code == LISTED and names & broken):
            found |= {(*_line(one), code) for code in UNCONNECTED}
    return found


def _named(finding: Finding) -> set[tuple[str, str]]:
    """What a finding is about, and what it quotes, each with its file."""
    quoted = _QUOTED.findall(finding.message)
    return {(finding.place.file, name) for name in (finding.id, *quoted) if name}


def _told_before(findings: Sequence[Finding]) -> set[int]:
    """What leads to an id that is not there, or there twice, behind a finding that says so."""
    first: dict[tuple[str, str], Finding] = {}
    repeated = set[int]()
    doubled = {(one.place.file, repr(one.id)) for one in findings if one.code in DOUBLED}
    for one in findings:
        said = one.message.partition("=")[2].partition(" ")[0]
        if one.code == AMBIGUOUS and (one.place.file, said) in doubled:
            repeated.add(id(one))
        lost = said if one.code == DANGLING else ""
        if lost and first.setdefault((one.place.file, lost), one) is not one:
            repeated.add(id(one))
    return repeated


def _line(finding: Finding) -> tuple[str, int]:
    return finding.place.file, finding.place.line


def _twin(finding: Finding) -> str:
    """The code of the rule that demands the same, "" where there is none."""
    rule = BY_CODE.get(finding.code)
    return f"EXT{rule.same_as:03}" if rule and rule.same_as else ""
