"""Data in the standard's own words: what moves data cannot be run yet, what is only drawn can.

Modelers write associations wherever a line to a data object is drawn. They move something only
where both ends hold a value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final, NamedTuple

from bpmn_xml import model as m
from bpmn_xml.compiler import codes
from bpmn_xml.compiler.file import DiagramFile, Level

PLACEHOLDER: Final = "__targetRef_placeholder"
"""The name of the property that bpmn-js makes up to have an end for a drawn line."""

VARIABLES: Final = "read and return variables in Python"


class Way(NamedTuple):
    """A way of passing data: whether a value of a node's field moves some, and what it is."""

    moves: Callable[[Any, m.FlowNode], bool]
    what: str
    remedy: str


def _declared(held: tuple[m.Property, ...], _node: m.FlowNode) -> bool:
    return any(found.name != PLACEHOLDER for found in held)


def _specified(held: m.InputOutputSpecification, _node: m.FlowNode) -> bool:
    return bool(held.data_inputs or held.data_outputs)


def _goes_in(held: tuple[m.DataAssociation, ...], node: m.FlowNode) -> bool:
    drawn = {found.id for found in getattr(node, "properties", ()) if found.name == PLACEHOLDER}
    return any(a.assignments or (a.source_refs and a.target_ref not in drawn) for a in held)


def _comes_out(held: tuple[m.DataAssociation, ...], _node: m.FlowNode) -> bool:
    return any(found.assignments or found.source_refs for found in held)


WAYS: Final[Mapping[str, Way]] = {
    "properties": Way(_declared, "a property of one element", "use a variable of the process"),
    "io_specification": Way(_specified, "an input/output specification", VARIABLES),
    "data_input_associations": Way(_goes_in, "a data input association", VARIABLES),
    "data_output_associations": Way(_comes_out, "a data output association", VARIABLES),
}
"""By the field that holds them."""


def check_data(file: DiagramFile, node: m.FlowNode) -> None:
    """Find ways of passing data that a node uses."""
    for field, way in _ways(type(node)):
        held = getattr(node, field)
        if held and way.moves(held, node):
            file.refuse(codes.DATA, node, way.what, way.remedy)


@cache
def _ways(kind: type[m.FlowNode]) -> tuple[tuple[str, Way], ...]:
    return tuple((field, way) for field, way in WAYS.items() if field in kind.__struct_fields__)


def check_data_objects(file: DiagramFile, level: Level) -> None:
    """Say that the data objects of a sub-process are no variables of its own."""
    if isinstance(level, m.Process):
        return
    for element in level.flow_elements:
        if isinstance(element, m.DataObject):
            what = "it is only drawn: what is written inside belongs to the process"
            file.report(codes.DRAWN, element, what, "")
