"""By whose rules data and errors go: those of the engine that the files are drawn for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from bpmn_xml.compiler import codes
from bpmn_xml.compiler.file import DiagramFile
from bpmn_xml.compiler.program.scoping import CAMUNDA7, CAMUNDA8, STANDARD, ScopeRules
from bpmn_xml.model.vendors import MODELER

RULES: Final[dict[str, ScopeRules]] = {r.dialect: r for r in (STANDARD, CAMUNDA7, CAMUNDA8)}
ENGINES: Final = {CAMUNDA7.dialect: "Camunda 7", CAMUNDA8.dialect: "Camunda 8"}

PLATFORMS: Final = {"Camunda Platform": CAMUNDA7.dialect, "Camunda Cloud": CAMUNDA8.dialect}
"""What the Camunda Modeler calls the engine that a file is drawn for."""


def rules_for(files: Sequence[DiagramFile]) -> ScopeRules:
    """The rules of the first file that is drawn for an engine; others are warned of."""
    drawn = [(file, dialect) for file in files if (dialect := dialect_of(file))]
    if not drawn:
        return STANDARD
    _, first = drawn[0]
    for file, dialect in drawn:
        if dialect != first:
            ours, other = ENGINES[first], ENGINES[dialect]
            what = f"it is drawn for {other}, but data and errors follow the rules of {ours}"
            file.remark(codes.DIALECTS, what, "run the files apart")
    return RULES[first]


def dialect_of(file: DiagramFile) -> str:
    """For which engine a file is drawn: its modeler's word, else the vendor met most often.

    The modeler's word is not taken where only another vendor's words are met.
    """
    met = Counter(file.dialects)
    platform = file.definitions.extension_attribute(MODELER, "executionPlatform") or ""
    named = PLATFORMS.get(platform, "")
    first = next((dialect for dialect, _ in met.most_common(1)), named)
    return named if named in met else first
