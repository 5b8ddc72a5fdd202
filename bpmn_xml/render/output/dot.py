"""A scene as DOT in which every position is fixed, in the file's own coordinates (y negated).

This is what the SVG is made from: an empty group for every figure, the flows with their tips.
`dotfile` writes the DOT that is a picture by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import graphviz

from bpmn_xml.render.composing.scene import Dash, Figure, Line, Scene, Tip
from bpmn_xml.render.geometry import Point, rounded, shortened
from bpmn_xml.render.output.painter import Painter

_ARROW: Final = 0.82
_WITH_RING: Final = 1.15
"""Graphviz' arrowsize: of flows, and of those that begin with a ring."""

NOWHERE: Final = "nowhere"
"""The invisible node that stands for ends of edges that are not drawn."""

_TIP_LENGTHS: Final[Mapping[Tip, float]] = {
    Tip.NONE: 0.0,
    Tip.ARROW: 10,
    Tip.OPEN_ARROW: 10,
    Tip.RING: 8,
    Tip.DIAMOND: 12,
}
_STYLES: Final[Mapping[Dash, str]] = {
    Dash.NONE: "solid",
    Dash.SHORT: "dashed",
    Dash.LONG: "dashed",
    Dash.DOTTED: "dotted",
    Dash.DASH_DOT: "dashed",
}
_DIRECTIONS: Final[Mapping[tuple[bool, bool], str]] = {
    (False, False): "none",
    (True, False): "back",
    (False, True): "forward",
    (True, True): "both",
}


def at(point: Point) -> str:
    """Write a position; Graphviz' y grows upwards."""
    return f"{point[0]:.2f},{0.0 - point[1]:.2f}"


def begin(scene: Scene, **node: str) -> graphviz.Digraph:
    """Begin a graph: the charset before any text, and two corners that keep the frame."""
    graph = graphviz.Digraph("bpmn", engine="neato")
    graph.attr("graph", charset="utf-8")
    graph.attr("graph", pad="0", margin="0", notranslate="true")
    graph.attr("node", label="", fixedsize="true", margin="0", **node)
    frame = scene.frame
    corners = ((frame.x, frame.y), (frame.right, frame.bottom))
    for name, corner in zip((NOWHERE, f"{NOWHERE}.2"), corners, strict=True):
        graph.node(name, style="invis", pos=at(corner), width="0", height="0")
    return graph


def place(figure: Figure) -> dict[str, str]:
    """Describe where a figure is and how large (in inches)."""
    box = figure.box
    width, height = f"{box.width / 72:.5f}", f"{box.height / 72:.5f}"
    return {"pos": at(box.centre), "width": width, "height": height}


def arrow_size(line: Line) -> float:
    """Choose how large the tips of a flow are, as Graphviz counts it."""
    return _WITH_RING if line.tail is Tip.RING else _ARROW


def route(line: Line, painter: Painter, *, headless: bool = False) -> dict[str, str]:
    """Describe the way of an edge, its width and its tips; `headless` is who paints its head."""
    size = arrow_size(line)
    tail, head = size * _TIP_LENGTHS[line.tail], size * _TIP_LENGTHS[line.head]
    curve = rounded(shortened(line.points, tail=tail, head=head))
    head *= not headless
    start = f"s,{at(line.points[0])} " if tail else ""
    end = f"e,{at(line.points[-1])} " if head else ""
    return {
        "pos": start + end + " ".join(map(at, curve)),
        "dir": _DIRECTIONS[bool(tail), bool(head)],
        "arrowtail": line.tail,
        "arrowhead": line.head,
        "arrowsize": str(size),
        "style": _STYLES[line.dash],
        "penwidth": f"{line.width + painter.bolder(line):.2f}",
    }


def skeleton(scene: Scene, painter: Painter) -> str:
    """Write the DOT from which an SVG is made: groups `f0…` of figures, `l0…` of lines."""
    graph = begin(scene, shape="none")
    graph.attr("graph", outputorder="nodesfirst")
    names: dict[str, str] = {}
    for number, figure in enumerate(scene.figures):
        name = f"f{number}"
        names.setdefault(figure.element, name)
        graph.body.append(f"\t{name} {_own({'id': name, **place(figure)})}\n")
    for number, line in enumerate(scene.lines):
        tail, head = names.get(line.source, NOWHERE), names.get(line.target, NOWHERE)
        attributes = {"id": f"l{number}", **route(line, painter)}
        graph.body.append(f"\t{tail} -> {head} {_own(attributes)}\n")
    return str(graph.source)


def _own(attributes: Mapping[str, str]) -> str:
    """Write attributes whose values are all ours, so that none needs quoting with care."""
    return "[" + " ".join([f'{key}="{value}"' for key, value in attributes.items()]) + "]"
