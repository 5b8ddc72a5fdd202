"""The axis of conformance: schema, structural rules, drawing; nothing of it stops a run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

import msgspec

from bpmn_xml.check.drawing.figures import figures
from bpmn_xml.check.drawing.geometry import geometry
from bpmn_xml.check.imports import imported, leading_nowhere
from bpmn_xml.check.rules.facts import Facts
from bpmn_xml.check.rules.table import judge
from bpmn_xml.compiler.codes import LOOSE_FLOW, NEVER_REACHED
from bpmn_xml.errors import Finding, Severity
from bpmn_xml.formats import codes
from bpmn_xml.formats.bpmn.references import MEANT

if TYPE_CHECKING:
    from bpmn_xml.formats.inspection import Inspection

PREFIXES: Final = ("EXT", "XSD", "DI")
"""How the codes of this axis begin; all others are about reading and running."""

ECHOES: Final = {
    "XSD01": {codes.UNKNOWN_ELEMENT},
    "XSD02": {codes.MISSING},
    "XSD03": {codes.UNKNOWN_ATTRIBUTE, codes.NOT_KEPT},
    "XSD04": {codes.MISSING},
    "XSD05": {codes.LAX_VALUE},
    "XSD07": {codes.STRAY_TEXT},
    "XSD10": {codes.OLD_NAMESPACE},
    "XSD11": {codes.NOT_KEPT},
    "EXT002": {codes.SAME_ID, "XSD06"},
    "BX606": {NEVER_REACHED},
}
"""Which findings about an element say nothing more than the one with the first code does."""


def conformance(inspection: Inspection) -> list[Finding]:
    """Find where a file does not do what the standard says."""
    if inspection.definitions is None:
        return []
    found: list[Finding] = []
    if inspection.text:
        from bpmn_xml.check import schema

        found += schema.validate(inspection.text, inspection.definitions.place.file)
    own = inspection.definitions
    others = imported(own)
    facts = Facts(own, inspection.unnamed, inspection.repeated, others)
    found += [*judge(facts), *figures(own), *geometry(own)]
    return [*found, *leading_nowhere(own, others)]


def without_echoes(findings: Iterable[Finding]) -> list[Finding]:
    """Leave out what another finding about the same line says better."""
    kept = list(findings)
    unnamed = {(one.place, one.id) for one in kept if one.code == LOOSE_FLOW}
    kept = [one for one in kept if one.code != codes.MISSING or (one.place, one.id) not in unnamed]
    told = defaultdict[tuple[str, int], set[str]](set)
    for finding in kept:
        told[finding.place.file, finding.place.line] |= ECHOES.get(finding.code, set())
    return _with_what_is_meant(
        [
            finding
            for finding in kept
            if finding.code not in told[finding.place.file, finding.place.line]
        ]
    )


def _with_what_is_meant(findings: list[Finding]) -> list[Finding]:
    """Leave out what leads nowhere where an error says more, which then tells what is meant."""
    lost = defaultdict[tuple[str, int], list[Finding]](list)
    for one in findings:
        if one.code == codes.DANGLING:
            lost[one.place.file, one.place.line].append(one)
    found, better = [], set[int]()
    for one in findings:
        here = lost[one.place.file, one.place.line] if one.severity is Severity.ERROR else []
        same = [other for other in here if _reference(other) in one.message]
        better.update(map(id, same))
        meant = next((other.remedy for other in same if other.remedy.startswith(MEANT)), "")
        found.append(msgspec.structs.replace(one, remedy=meant) if meant else one)
    return [one for one in found if id(one) not in better]


def _reference(lost: Finding) -> str:
    """The id that leads nowhere, in its quotation marks."""
    return lost.message.partition("=")[2].partition(" ")[0]
