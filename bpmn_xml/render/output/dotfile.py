"""A DOT that is a picture by itself: `dot -Tpng order.dot` draws it; PDF is made from it.

Outlines, icons and arrow heads, of which Graphviz knows slim ones only, are painted by the graph's
`_background`, names are nodes of their own, containers are clusters. Turned names are written in
strokes: Graphviz cannot turn text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import graphviz

from bpmn_xml.render.composing.icons.parts import Draw, Icon, Ink, Part, extent
from bpmn_xml.render.composing.scene import Caption, Figure, Line, Scene, Tip
from bpmn_xml.render.geometry import Box, distance, toward
from bpmn_xml.render.output.badges import Badge
from bpmn_xml.render.output.dot import NOWHERE, arrow_size, at, begin, place, route
from bpmn_xml.render.output.letters import written
from bpmn_xml.render.output.painter import Painter
from bpmn_xml.render.output.xdot import operations
from bpmn_xml.render.theme import Paint

FONT: Final = "Helvetica,Arial,sans-serif"
_CONTINUED: Final = " \\\n"
"""Breaks a quoted string into lines: Graphviz cannot read more than 16,384 characters of one."""

_DEEPEST: Final = 20
"""How deep clusters are nested at most."""

_HEADS: Final[Mapping[Tip, Ink]] = {Tip.ARROW: Ink.SOLID, Tip.OPEN_ARROW: Ink.PAPER}
_HEAD_LENGTH: Final = 10.0
_HEAD_HALF: Final = 5.075
"""How long arrow heads are, and half their width, in px of an arrow of size 1."""

_MORE_LENGTH: Final = 1.514
"""By how much of its pen a head is longer."""

_HEAD_SHORT: Final = 1.2
_MORE_SHORT: Final = 0.8
"""So much, in px and of its pen, a head ends before the border, whose own line is as wide."""

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)
_SHAPES: Final[Mapping[str, str]] = {"event": "circle", "gateway": "diamond"}


class Label(NamedTuple):
    """A text with its colour; `pill` is what it stands on, which lies on lines, not under them."""

    text: Caption
    colour: str
    pill: Mapping[str, str] = {}


class NodeNames(NamedTuple):
    """The names of nodes, by the id of the figure and by the element; safe in a source."""

    figures: Mapping[str, str]
    elements: Mapping[str, str]


def complete(
    scene: Scene, painter: Painter, badges: Sequence[Badge], *, strokes: bool = False
) -> str:
    """Write a DOT that is a picture by itself; `strokes` is for machines without fonts."""
    graph = begin(scene, shape="box", penwidth="0", color="transparent", fontname=FONT)
    graph.attr("graph", layout="nop2", outputorder="edgesfirst")
    labels = [*_labels(scene, painter, badges)]
    lettered = [label for label in labels if strokes or label.text.turned]
    painted = (*_painted(scene, painter, badges), *_strokes(lettered))
    background = operations(painted, painter.theme.shade)
    graph.attr("graph", _background=_CONTINUED.join(background))
    names = _names(scene.figures)
    _clusters(graph, scene, names)
    for line in scene.lines:
        _edge(graph, line, names, painter)
    for number, label in enumerate(labels):
        if not (strokes or label.text.turned):
            _label(graph, f"label.{number}", label)
    return str(graph.source)


def _labels(scene: Scene, painter: Painter, badges: Sequence[Badge]) -> Iterator[Label]:
    for drawn in scene.drawn:
        yield from (Label(text, painter.letters(drawn, text)) for text in drawn.texts)
    for badge in badges:
        paint = badge.paint
        yield from (Label(text, paint.text, _pill(badge)) for text in badge.texts)


def _pill(badge: Badge) -> Mapping[str, str]:
    """Describe a badge that is but a text on its ground, as the node that it can be."""
    if not badge.element or len(badge.parts) > 1:
        return {}
    ground, paint = badge.parts[0], badge.paint
    box = extent(ground)
    return {
        "shape": "ellipse" if box.width < box.height * 1.1 else "box",
        "style": "filled,rounded",
        "fillcolor": paint.line,
        "color": paint.fill,
        "penwidth": f"{ground.width:g}",
        "fixedsize": "true",
        "pos": at(box.centre),
        "width": f"{box.width / 72:.5f}",
        "height": f"{box.height / 72:.5f}",
    }


def _names(figures: Sequence[Figure]) -> NodeNames:
    """Name nodes by their element's id where that can be a plain name, else by a number."""
    by_figure: dict[str, str] = {}
    by_element: dict[str, str] = {}
    for number, figure in enumerate(figures):
        plain = _PLAIN.fullmatch(figure.id) and figure.id != NOWHERE
        name = figure.id if plain else f"{number}"
        by_figure[figure.id] = name
        by_element.setdefault(figure.element, name)
    return NodeNames(by_figure, by_element)


def _clusters(graph: graphviz.Digraph, scene: Scene, names: NodeNames) -> None:
    """Write nodes within clusters that mirror what lies in what, without recursion."""
    content = scene.content()
    open_: list[Figure | None] = [*content.pop("", [])[::-1]]
    depth = 0
    while open_:
        current = open_.pop()
        if current is None:
            graph.body.append("\t}\n")
            depth -= 1
            continue
        inner = content.pop(current.element, [])
        if inner and depth < _DEEPEST:
            _open(graph, current, names)
            open_.append(None)
            depth += 1
        _node(graph, current, names)
        open_ += inner[::-1]


def _open(graph: graphviz.Digraph, figure: Figure, names: NodeNames) -> None:
    """Begin a cluster; the name of a node is safe, so it can stand in the source as it is."""
    box = figure.box
    graph.body.append(f'\tsubgraph "cluster_{names.figures[figure.id]}" {{\n')
    corners = f"{at((box.x, box.bottom))},{at((box.right, box.y))}"
    graph.attr("graph", bb=corners, penwidth="0", label="", _background="")


def _node(graph: graphviz.Digraph, figure: Figure, names: NodeNames) -> None:
    name = names.figures[figure.id]
    shape = _SHAPES.get(figure.kind.rpartition("-")[2], "box")
    words = {"id": graphviz.escape(figure.id), "comment": graphviz.escape(figure.title)}
    graph.node(name, shape=shape, **words, **place(figure))


def _edge(graph: graphviz.Digraph, line: Line, names: NodeNames, painter: Painter) -> None:
    ends = (names.elements.get(line.source, NOWHERE), names.elements.get(line.target, NOWHERE))
    words = {"id": graphviz.escape(line.id), "comment": graphviz.escape(line.title)}
    graph.edge(
        *ends,
        color=painter.paint(line).line,
        **words,
        **route(line, painter, headless=line.head in _HEADS),
    )


def _label(graph: graphviz.Digraph, name: str, label: Label) -> None:
    """Write a text as a node without a shape; a line that is not centred begins at the left."""
    text = label.text
    lines = [str(graphviz.escape(words)) for words in text.lines]
    words = r"\n".join(lines) if text.centred else "".join(rf"{line}\l" for line in lines)
    where = {"shape": "plaintext", "pos": at(text.box.centre), "fixedsize": "false"}
    graph.node(
        name,
        label=graphviz.nohtml(words),
        fontsize=f"{text.size:g}",
        fontcolor=label.colour,
        **(label.pill or {**where, "width": "0", "height": "0"}),
    )


def _painted(
    scene: Scene, painter: Painter, badges: Sequence[Badge]
) -> Iterator[tuple[Part, Paint]]:
    """Paint the canvas, then all that Graphviz has no shapes for, in the order of the scene."""
    canvas = painter.theme.canvas
    yield _sheet(scene.frame), Paint(canvas, canvas, canvas)
    for drawn in scene.drawn:
        paint, bolder = painter.paint(drawn), painter.bolder(drawn)
        outline: Icon = getattr(drawn, "outline", ())
        yield from ((part._replace(width=part.width + bolder), paint) for part in outline[:1])
        icons = Paint(paint.icon or paint.line, paint.fill, paint.text)
        yield from ((part, icons) for part in (*outline[1:], *drawn.parts))
    yield from (
        (_head(line, painter), painter.paint(line)) for line in scene.lines if line.head in _HEADS
    )
    for badge in badges:
        yield from ((part, badge.paint) for part in badge.parts)


def _head(line: Line, painter: Painter) -> Part:
    """Make the arrow head of a flow, as wide and as long as it is in an SVG."""
    end, before = line.points[-1], line.points[-2]
    size, pen = arrow_size(line), line.width + painter.bolder(line)
    base = toward(end, before, size * _HEAD_LENGTH + pen * _MORE_LENGTH)
    tip = toward(end, base, _HEAD_SHORT + pen * _MORE_SHORT)
    share = size * _HEAD_HALF / (distance(base, end) or 1.0)
    dx, dy = (end[0] - base[0]) * share, (end[1] - base[1]) * share
    corners = ((base[0] - dy, base[1] + dx), tip, (base[0] + dy, base[1] - dx))
    return Part(Draw.POLYGON, corners, _HEADS[line.head], pen)


def _strokes(labels: Iterable[Label]) -> Iterator[tuple[Part, Paint]]:
    for label in labels:
        paint = Paint(label.colour, label.colour, label.colour)
        yield from ((part, paint) for part in written(label.text))


def _sheet(frame: Box) -> Part:
    corners = ((frame.x, frame.y), (frame.width, frame.height), (0.0, 0.0))
    return Part(Draw.RECT, corners, Ink.SOLID, 0.0)
