"""Ad-hoc sub-processes: in which order, and until when (10.3.5, 13.3.5)."""

from __future__ import annotations

from bpmn_xml import model as m
from bpmn_xml.compiler.choice import AdHoc
from bpmn_xml.compiler.dialects.settings import Settings
from bpmn_xml.compiler.file import DiagramFile
from bpmn_xml.compiler.values import SourceText, computed, test_of, text_of


def compile_choice(file: DiagramFile, sub: m.AdHocSubProcess, settings: Settings) -> AdHoc:
    """How the activities of an ad-hoc sub-process are chosen."""
    until = None
    expression = sub.completion_condition
    if expression is not None and expression.body.strip():
        until = test_of(file, text_of(sub, "completion condition", expression))
    elements = None
    if settings.elements:
        elements = computed(file, SourceText(sub, "active elements", settings.elements))
    return AdHoc(
        sequential=sub.ordering == "Sequential",
        until=until,
        cancels=sub.cancel_remaining_instances,
        elements=elements,
    )
