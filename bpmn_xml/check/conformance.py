"""The axis of conformance: schema, structural rules, drawing; nothing of it stops a run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bpmn_xml.check.drawing.figures import figures
from bpmn_xml.check.drawing.geometry import geometry
from bpmn_xml.check.imports import imported, leading_nowhere
from bpmn_xml.check.rules.facts import Facts
from bpmn_xml.check.rules.table import judge
from bpmn_xml.errors import Finding

if TYPE_CHECKING:
    from bpmn_xml.formats.inspection import Inspection

PREFIXES: Final = ("EXT", "XSD", "DI")
"""How the codes of this axis begin; all others are about reading and running."""


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
