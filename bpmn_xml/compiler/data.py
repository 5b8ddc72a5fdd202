"""Data in the standard's own words: what moves data cannot be run yet, what is only drawn can.

Modelers write associations wherever a line to a data object is drawn. They move something only
where both ends hold a value.
"""

from __future__ import annotations

from typing import Final

from bpmn_xml import model as m
from bpmn_xml.compiler import codes
from bpmn_xml.compiler.file import DiagramFile, Level

PLACEHOLDER: Final = "__targetRef_placeholder"
"""The name of the property that bpmn-js makes up to have an end for a drawn line."""

VARIABLES: Final = "read and return variables in Python"


def check_data(file: DiagramFile, node: m.FlowNode) -> None:
    """Find ways of passing data that a node uses."""
    properties = getattr(node, "properties", ())
    drawn = {held.id for held in properties if held.name == PLACEHOLDER}
    if len(drawn) < len(properties):
        remedy = "use a variable of the process"
        file.refuse(codes.DATA, node, "a property of one element", remedy)
    specification = getattr(node, "io_specification", None)
    if specification and (specification.data_inputs or specification.data_outputs):
        file.refuse(codes.DATA, node, "an input/output specification", VARIABLES)
    inputs = getattr(node, "data_input_associations", ())
    if any(
        found.assignments or (found.source_refs and found.target_ref not in drawn)
        for found in inputs
    ):
        file.refuse(codes.DATA, node, "a data input association", VARIABLES)
    outputs = getattr(node, "data_output_associations", ())
    if any(found.assignments or found.source_refs for found in outputs):
        file.refuse(codes.DATA, node, "a data output association", VARIABLES)


def check_data_objects(file: DiagramFile, level: Level) -> None:
    """Say that the data objects of a sub-process are no variables of its own."""
    if isinstance(level, m.Process):
        return
    for element in level.flow_elements:
        if isinstance(element, m.DataObject):
            what = "it is only drawn: what is written inside belongs to the process"
            file.report(codes.DRAWN, element, what, "")
