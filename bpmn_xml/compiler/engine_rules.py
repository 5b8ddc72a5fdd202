"""By whose rules data and errors go: those of the engine that a file is drawn for."""

from __future__ import annotations

from collections import Counter
from typing import Final

from bpmn_xml.compiler.file import DiagramFile
from bpmn_xml.compiler.program.scoping import CAMUNDA7, CAMUNDA8, STANDARD, ScopeRules
from bpmn_xml.model.vendors import platform_of

RULES: Final[dict[str, ScopeRules]] = {r.dialect: r for r in (STANDARD, CAMUNDA7, CAMUNDA8)}
ENGINES: Final = {CAMUNDA7.dialect: "Camunda 7", CAMUNDA8.dialect: "Camunda 8"}

PLATFORMS: Final = {
    "Camunda Platform": CAMUNDA7.dialect,
    "Camunda Cloud": CAMUNDA8.dialect,
    "Operaton": CAMUNDA7.dialect,
}
"""What modelers call the engine that a file is drawn for."""


def rule(file: DiagramFile) -> None:
    """Let what a file has become go by the rules of its engine, whatever is run beside it."""
    rules = RULES.get(dialect_of(file), STANDARD)
    for container in file.drafts.containers:
        container.rules = rules


def dialect_of(file: DiagramFile) -> str:
    """For which engine a file is drawn: its modeler's word, else the vendor met most often.

    The modeler's word is not taken where only another vendor's words are met.
    """
    met = Counter(file.dialects)
    named = PLATFORMS.get(platform_of(file.definitions) or "", "")
    first = next((dialect for dialect, _ in met.most_common(1)), named)
    return named if named in met else first
