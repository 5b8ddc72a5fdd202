"""Bring what was removed back into the new file, so that one picture shows both."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import msgspec

from bpmn_xml import model as m
from bpmn_xml.check.difference.comparison import Difference
from bpmn_xml.model.walk import flow_elements
from bpmn_xml.render.overlay import Edit


def with_removed(
    before: m.Definitions, after: m.Definitions, differences: tuple[Difference, ...]
) -> m.Definitions:
    """The new file with the removed flow elements of the old one, where they were drawn.

    What was in a process or sub-process that is gone stays away, and so does what was not drawn.
    """
    removed = {found.id for found in differences if found.change is Edit.REMOVED}
    lost: defaultdict[str, list[m.FlowElement]] = defaultdict(list)
    for element, container in flow_elements(before):
        around = getattr(container, "id", "")
        if element.id in removed and around not in removed:
            lost[around].append(element)
    roots = tuple([_refilled(root, lost) for root in after.root_elements])
    diagrams = _drawn(before, after, {e.id for elements in lost.values() for e in elements})
    return msgspec.structs.replace(after, root_elements=roots, diagrams=diagrams)


def _refilled(element: Any, lost: dict[str, list[m.FlowElement]]) -> Any:
    """An element with the removed parts of its inside put back, however deep."""
    order = [element]
    for container in order:
        inside = getattr(container, "flow_elements", ())
        order += [inner for inner in inside if isinstance(inner, m.SubProcess)]
    made: dict[str, Any] = {}
    for container in reversed(order):
        name = getattr(container, "id", "")
        made[name] = container
        if hasattr(container, "flow_elements"):
            inside = [made.get(inner.id, inner) for inner in container.flow_elements]
            inside += lost.get(name, ())
            made[name] = msgspec.structs.replace(container, flow_elements=tuple(inside))
    return made[getattr(element, "id", "")]


def _drawn(
    before: m.Definitions, after: m.Definitions, names: set[str]
) -> tuple[m.BPMNDiagram, ...]:
    """The drawings of the new file, the first with the old shapes of what was removed."""
    if not after.diagrams:
        return after.diagrams
    shapes = [
        shape
        for diagram in before.diagrams
        for shape in diagram.plane.elements
        if getattr(shape, "bpmn_element", None) in names
    ]
    first, *others = after.diagrams
    plane = msgspec.structs.replace(first.plane, elements=(*shapes, *first.plane.elements))
    return (msgspec.structs.replace(first, plane=plane), *others)
