"""Small drawings for tests, made of model values by hand."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import msgspec
from lxml import etree

from bpmn_xml import model

SVG = "{http://www.w3.org/2000/svg}"
SIZES: dict[type, tuple[float, float]] = {
    model.Event: (36, 36),
    model.Gateway: (50, 50),
    model.Activity: (100, 80),
}


def shape(element: str, x: float, y: float, width: float, height: float, **more: Any) -> Any:
    bounds = model.Bounds(x=x, y=y, width=width, height=height)
    return model.BPMNShape(id=f"{element}_di", bpmn_element=element, bounds=bounds, **more)


def edge(element: str, *points: tuple[float, float], **more: Any) -> Any:
    waypoints = tuple(model.Point(x=x, y=y) for x, y in points)
    return model.BPMNEdge(id=f"{element}_di", bpmn_element=element, waypoints=waypoints, **more)


def flow(source: str, target: str, **more: Any) -> model.SequenceFlow:
    return model.SequenceFlow(id=f"{source}_{target}", source_ref=source, target_ref=target, **more)


def definitions(
    elements: Sequence[Any], drawn: Sequence[Any], *, roots: Sequence[Any] = (), **more: Any
) -> model.Definitions:
    """One process with its drawing."""
    process = model.Process(id="process", flow_elements=tuple(elements), **more)
    plane = model.BPMNPlane(id="plane", bpmn_element="process", elements=tuple(drawn))
    return model.Definitions(
        id="definitions",
        root_elements=(*roots, process),
        diagrams=(model.BPMNDiagram(id="diagram", plane=plane),),
    )


def row(*nodes: Any) -> model.Definitions:
    """Nodes in a row, 100 px apart, each joined to the next by a straight flow."""
    flows = [flow(a.id, b.id) for a, b in itertools.pairwise(nodes)]
    drawn: list[Any] = []
    right = 0.0
    for number, node in enumerate(nodes):
        width, height = next(size for kind, size in SIZES.items() if isinstance(node, kind))
        left = number * 200.0
        if number:
            drawn.append(edge(flows[number - 1].id, (right, 100), (left, 100)))
        drawn.append(shape(node.id, left, 100 - height / 2, width, height))
        right = left + width
    return definitions([*nodes, *flows], drawn)


def order(name: str = "Approve", **more: Any) -> model.Definitions:
    """Start, a user task, end."""
    return row(
        model.StartEvent(id="start", name="Begin"),
        model.UserTask(id="task", name=name, **more),
        model.EndEvent(id="end", name="Done"),
    )


def drill_down() -> model.Definitions:
    """A process whose collapsed sub-process has a plane of its own."""
    inside = model.UserTask(id="inside", name="Look <closer>")
    outer = row(
        model.StartEvent(id="start"),
        model.SubProcess(id="sub", name="Look & see", flow_elements=(inside,)),
    )
    plane = model.BPMNPlane(id="p2", bpmn_element="sub", elements=(shape("inside", 0, 0, 100, 80),))
    empty = model.BPMNDiagram(id="d0", plane=model.BPMNPlane(id="p0", bpmn_element="process"))
    inner = model.BPMNDiagram(id="d2", plane=plane)
    return msgspec.structs.replace(outer, diagrams=(empty, *outer.diagrams, inner))


def parse(svg: bytes) -> Any:
    """The picture as a tree."""
    return etree.fromstring(svg)


def group(svg: Any, element: str) -> Any:
    """The group of an element."""
    return next(found for found in svg.iter(f"{SVG}g") if found.get("id") == element)


def texts(tree: Any) -> list[str]:
    """The texts below a node, each as one line."""
    return [" ".join(found.itertext()) for found in tree.iter(f"{SVG}text")]
