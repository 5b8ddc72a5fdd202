"""The planes of a file: one picture each. A collapsed sub-process may have a plane of its own."""

from __future__ import annotations

import msgspec

from bpmn_xml.errors import UsageError
from bpmn_xml.model import BPMNDiagram, Definitions
from bpmn_xml.render.composing.lettering import clean, one_line
from bpmn_xml.render.composing.model_index import ModelIndex


class Plane(msgspec.Struct, frozen=True, kw_only=True):
    """One drawing of a file: how it is called and how much is on it.

    `number` counts from 1. `element` is the process, collaboration or sub-process it shows.
    """

    number: int
    id: str
    element: str
    name: str
    shapes: int
    edges: int

    def __str__(self) -> str:
        return f"{self.number}: {self.name} ({self.shapes} shapes, {self.edges} edges)"


def planes_of(definitions: Definitions, nodes: ModelIndex) -> tuple[Plane, ...]:
    """List the planes of a file in its order."""
    return tuple(
        _plane(number, diagram, nodes) for number, diagram in enumerate(definitions.diagrams, 1)
    )


def _plane(number: int, diagram: BPMNDiagram, nodes: ModelIndex) -> Plane:
    plane = diagram.plane
    element = plane.bpmn_element or ""
    named = diagram.name or nodes.name(element) or element or plane.id or diagram.id
    edges = sum(hasattr(found, "waypoints") for found in plane.elements)
    return Plane(
        number=number,
        id=diagram.id or plane.id or str(number),
        element=element,
        name=one_line(clean(named)) or f"plane {number}",
        shapes=len(plane.elements) - edges,
        edges=edges,
    )


def chosen(definitions: Definitions, nodes: ModelIndex, wanted: str | int | None) -> int:
    """Find the position of the wanted plane: by number, id, element or name; the first by default.

    By default a plane with something on it goes before empty ones.
    """
    known = planes_of(definitions, nodes)
    if wanted is None:
        return next((plane.number - 1 for plane in known if plane.shapes), 0)
    for plane, diagram in zip(known, definitions.diagrams, strict=True):
        names = {str(plane.number), plane.id, plane.element, plane.name, diagram.plane.id}
        if wanted != "" and str(wanted) in names:
            return plane.number - 1
    there = "; ".join(map(str, known)) or "the file has no drawing"
    raise UsageError(f"no plane {wanted!r}", remedy=f"there is {there}")
