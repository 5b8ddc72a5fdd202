"""Lines between a node and data, as modelers draw them: what they mean where nothing else is said.

What has the name of the data is meant, as the data is a variable of that name (10.4.1). A task
sees it there already, what it gives under that name is there, and so is its result that has no
name. A line from or to a data store reads or writes all that, and one into an event or a task that
sends lets it go along. In the engines of vendors lines mean nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from bpmn_xml import model as m
from bpmn_xml.compiler import codes
from bpmn_xml.compiler.elements.data.association_ends import associations_of, far_refs, is_line
from bpmn_xml.compiler.elements.data.associations import held_name, is_vendors
from bpmn_xml.compiler.file import DiagramFile, Level
from bpmn_xml.wording import quoted


def result_of_line(file: DiagramFile, node: m.FlowNode) -> str:
    """Return the variable of the data to which a line leads from a node, if it is only one."""
    _, out = associations_of(node)
    refs = _at_lines(node, out)
    return held_name(file, refs[0]) if len(refs) == 1 and not is_vendors(file) else ""


def _at_lines(node: m.FlowNode, found: Iterable[m.DataAssociation]) -> list[str]:
    return [ref for a in found if is_line(node, a) for ref in far_refs(a)]


def check_lines(file: DiagramFile, level: Level) -> None:
    """Say which variable is meant by lines that do not show it, and where they mean nothing."""
    nodes = [node for node in level.flow_elements if isinstance(node, m.FlowNode)]
    refs = [
        ref for node in nodes for found in associations_of(node) for ref in _at_lines(node, found)
    ]
    for ref in dict.fromkeys(refs):
        element, _ = file.homes.get(ref, (None, None))
        if element is None:
            continue
        if is_vendors(file):
            what = (
                "lines to it are only drawn, and move nothing,"
                " as in the engine that the file is drawn for"
            )
            file.report(codes.DRAWN, element, what, "say by mappings what moves")
        elif held_name(file, ref) in (ref, getattr(element, "data_object_ref", None)):
            name = quoted(held_name(file, ref))
            what = f"it has no name that a variable can have: lines to it mean the variable {name}"
            file.report(codes.DRAWN, element, what, "name it like a variable")
