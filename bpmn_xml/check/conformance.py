"""The axis of conformance: schema, structural rules, drawing; nothing of it stops a run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from bpmn_xml.check.drawing import drawing
from bpmn_xml.check.geometry import geometry
from bpmn_xml.check.imported import imported, leading_nowhere
from bpmn_xml.check.rules.facts import Facts
from bpmn_xml.check.rules.table import BY_CODE, judge
from bpmn_xml.compiler.codes import NEVER_REACHED
from bpmn_xml.formats import codes

if TYPE_CHECKING:
    from bpmn_xml.errors import Finding
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
    found += [*judge(facts), *drawing(own), *geometry(own)]
    return [*found, *leading_nowhere(own, others)]


def without_echoes(findings: Iterable[Finding]) -> list[Finding]:
    """Leave out what another finding about the same line says better."""
    kept = list(findings)
    told = defaultdict[tuple[str, int], set[str]](set)
    for finding in kept:
        told[finding.place.file, finding.place.line] |= ECHOES.get(finding.code, set())
    return [
        finding
        for finding in kept
        if finding.code not in told[finding.place.file, finding.place.line]
    ]


def for_people(findings: Iterable[Finding]) -> list[Finding]:
    """Sort findings: first those that keep a file from running; each is told only once.

    Some rules of the literature demand the same; a program may want them all, people do not.
    """
    kept = list(findings)
    told = {(finding.place.file, finding.place.line, finding.code) for finding in kept}
    files = list(dict.fromkeys(finding.place.file for finding in kept))
    return sorted(
        (one for one in kept if (one.place.file, one.place.line, _twin(one)) not in told),
        key=lambda one: (files.index(one.place.file), one.code.startswith(PREFIXES)),
    )


def _twin(finding: Finding) -> str:
    """The code of the rule that demands the same, "" where there is none."""
    rule = BY_CODE.get(finding.code)
    return f"EXT{rule.same_as:03}" if rule and rule.same_as else ""
