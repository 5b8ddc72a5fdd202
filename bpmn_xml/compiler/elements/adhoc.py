"""Ad-hoc sub-processes: in which order, and until when (10.3.5, 13.3.5)."""

from __future__ import annotations

from collections.abc import Mapping

from bpmn_xml import model as m
from bpmn_xml.compiler import codes
from bpmn_xml.compiler.dialects.settings import Settings
from bpmn_xml.compiler.elements.values import SourceText, computed, test_of, text_of
from bpmn_xml.compiler.file import DiagramFile
from bpmn_xml.compiler.program import AdHoc
from bpmn_xml.compiler.program.scoping import Computed


def compile_ad_hoc(file: DiagramFile, sub: m.AdHocSubProcess, settings: Settings) -> AdHoc:
    """Which activities of an ad-hoc sub-process begin, and how it goes on."""
    until = None
    expression = sub.completion_condition
    if expression is not None and expression.body.strip():
        until = test_of(file, text_of(sub, "completion condition", expression))
    elements = None
    if settings.elements:
        elements = computed(file, SourceText(sub, "active elements", settings.elements))
    if elements is not None and file.options.stub:
        elements = _all_if_unknown(sub, elements)
    return AdHoc(
        sequential=sub.ordering == "Sequential",
        until=until,
        cancels=sub.cancel_remaining_instances,
        elements=elements,
        output=settings.output,
        collect=_collected(file, sub, settings),
    )


def _all_if_unknown(sub: m.AdHocSubProcess, elements: Computed) -> Computed:
    """In a stub run all activities that no flow leads to begin where nothing says which."""
    led_to = {e.target_ref for e in sub.flow_elements if isinstance(e, m.SequenceFlow)}
    inside = [e.id for e in sub.flow_elements if isinstance(e, m.Activity) and e.id not in led_to]

    def evaluate(names: Mapping[str, object]) -> object:
        found = elements.evaluate(names)
        return inside if found is None else found

    return Computed(elements.text, evaluate, elements.language)


def _collected(file: DiagramFile, sub: m.AdHocSubProcess, settings: Settings) -> Computed | None:
    """What is collected of each path, if a variable is named for it too."""
    name, text = settings.output, settings.output_element
    if bool(name) != bool(text):
        what = "it names only one of outputCollection and outputElement"
        file.report(codes.VALUE, sub, what, "give both, or neither")
    return computed(file, SourceText(sub, "output element", text)) if name and text else None
