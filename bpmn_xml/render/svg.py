"""From Graphviz' SVG to ours: icons, names, states and what is read aloud, put in with lxml.

Every element is a `<g>` whose `id` is the element's; flows carry `data-from` and `data-to`. All
coordinates are the file's own. Text of a diagram becomes text nodes and attributes, never markup.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from lxml import etree

from bpmn_xml.errors import InternalError
from bpmn_xml.render.css import stylesheet
from bpmn_xml.render.geometry import between, toward
from bpmn_xml.render.icons.parts import Draw, Ink, Part
from bpmn_xml.render.lettering import clean
from bpmn_xml.render.letters import written
from bpmn_xml.render.paths import number, path, svg
from bpmn_xml.render.scene import LINE_HEIGHT, Caption, Figure, Line, Scene
from bpmn_xml.render.words import said

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bpmn_xml.render.geometry import Box, Point
    from bpmn_xml.render.painter import Painter
    from bpmn_xml.render.stickers import Sticker

NAMESPACE: Final = "http://www.w3.org/2000/svg"
BASELINE: Final = 0.35
"""How far the baseline of a line lies below its middle, in font sizes."""


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


class Page:
    """Writes one picture. `strokes` draws letters as lines, for machines without fonts."""

    def __init__(self, painter: Painter, *, strokes: bool = False) -> None:
        self.painter = painter
        self.strokes = strokes

    def decorate(self, raw: bytes, scene: Scene, stickers: Sequence[Sticker], frame: Box) -> bytes:
        """Turn the SVG that Graphviz made of a skeleton into the picture."""
        root = _parse(raw)
        graph = root.find(_tag("g"))
        if graph is None:
            raise InternalError("Graphviz drew nothing")
        groups = {group.get("id", ""): group for group in graph.iter(_tag("g"))}
        self._root(root, scene, frame)
        layer = etree.SubElement(root, _tag("g"), {"class": "figures"})
        for position, figure in enumerate(scene.figures):
            layer.append(self._figure(groups[f"f{position}"], figure))
        layer = etree.SubElement(root, _tag("g"), {"class": "flows"})
        for position, line in enumerate(scene.lines):
            layer.append(self._line(groups[f"l{position}"], line))
        layer = etree.SubElement(root, _tag("g"), {"class": "labels", "aria-hidden": "true"})
        for drawn in scene.drawn:
            self._label(layer, drawn)
        if stickers:
            attributes = {"class": "overlay", "aria-hidden": "true"}
            self._stickers(etree.SubElement(root, _tag("g"), attributes), stickers)
        root.remove(graph)
        return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8"))

    def _root(self, root: etree._Element, scene: Scene, frame: Box) -> None:
        """Set the frame, the theme and what the picture is called."""
        for key in list(root.attrib):
            del root.attrib[key]
        corner = f"{number(frame.x)} {number(frame.y)}"
        size = {"width": number(frame.width), "height": number(frame.height)}
        words = {
            "viewBox": f"{corner} {size['width']} {size['height']}",
            "class": f"bpmn-xml {self.painter.theme.name}",
            "role": "graphics-document document",
            "aria-roledescription": "BPMN diagram",
            "aria-label": scene.name,
        }
        for key, value in {**size, **words}.items():
            root.set(key, value)
        for child in root:
            if child.tag != _tag("g"):
                root.remove(child)
        etree.SubElement(root, _tag("title")).text = scene.name
        etree.SubElement(root, _tag("style")).text = stylesheet(self.painter.theme)
        where = {"x": number(frame.x), "y": number(frame.y)}
        etree.SubElement(root, _tag("rect"), {"class": "canvas"} | where | size)

    def _begin(self, group: etree._Element, drawn: Figure | Line) -> None:
        """Give a group its id, its classes and its words."""
        mark = self.painter.mark(drawn)
        state = said(mark) if mark else ""
        aloud, tip = (
            clean(", ".join(filter(None, (words, state)))) for words in (drawn.words, drawn.title)
        )
        classes = f"{drawn.kind} {mark.state}" if mark else drawn.kind
        for key in list(group.attrib):
            del group.attrib[key]
        group.set("id", drawn.id)
        group.set("class", classes)
        if drawn.id != drawn.element:
            group.set("data-element", clean(drawn.element))
        group.set("role", "graphics-symbol")
        group.set("aria-label", aloud)
        if self.painter.own(drawn):
            group.set("style", f"color:{self.painter.paint(drawn).line}")
        title = group.find(_tag("title"))
        if title is None:
            title = etree.SubElement(group, _tag("title"))
        title.text = tip

    def _figure(self, group: etree._Element, figure: Figure) -> etree._Element:
        """Draw a figure into its group."""
        self._begin(group, figure)
        fill = self.painter.paint(figure).fill if self.painter.own(figure) else ""
        bolder = self.painter.bolder(figure)
        for shape in figure.outline[:1]:
            _draw(group, shape._replace(width=shape.width + bolder), fill, more="shape")
        _draw_all(group, figure.outline[1:], fill)
        _draw_all(self._icons(group, figure), figure.parts, fill)
        self._texts(group, figure, outside=False)
        return group

    def _icons(self, group: etree._Element, figure: Figure) -> etree._Element:
        """Open a group for icons that need another colour than the outline has."""
        icon = self.painter.paint(figure).icon
        if not icon or not figure.parts:
            return group
        return etree.SubElement(group, _tag("g"), {"style": f"color:{icon}"})

    def _line(self, group: etree._Element, line: Line) -> etree._Element:
        """Class what Graphviz drew of a flow and add what lies on it."""
        self._begin(group, line)
        group.set("data-from", clean(line.source))
        group.set("data-to", clean(line.target))
        for child in group:
            if child.tag != _tag("title"):
                _classed(child, line)
        _draw_all(group, line.parts, "")
        return group

    def _label(self, layer: etree._Element, drawn: Figure | Line) -> None:
        """Write the name that stands beside an element, above all lines."""
        if any(text.outside for text in drawn.texts):
            group = etree.SubElement(layer, _tag("g"), {"data-for": drawn.id})
            if state := self.painter.state(drawn):
                group.set("class", str(state))
            self._texts(group, drawn, outside=True)

    def _texts(self, group: etree._Element, drawn: Figure | Line, *, outside: bool) -> None:
        """Write the names of an element that stand within it, or those beside it."""
        usual, halo = self._usual(drawn), ""
        if outside and (ground := self.painter.ground(drawn)) != self.painter.theme.canvas:
            halo = ground
        for text in drawn.texts:
            if text.outside is outside:
                colour = self.painter.letters(drawn, text)
                self._text(group, text, "" if colour == usual else colour, halo)

    def _usual(self, drawn: Figure | Line) -> str:
        """Return the colour that the stylesheet gives to an element's text."""
        theme, state = self.painter.theme, self.painter.state(drawn)
        return theme.states[state].text if state else theme.plain.text

    def _text(self, group: etree._Element, text: Caption, colour: str, halo: str = "") -> None:
        """Write a text; as lines where there are no fonts."""
        if self.strokes:
            ink = colour or self.painter.theme.plain.text
            parts = written(text)
            width = number(parts[0].width) if parts else "1"
            style = f"fill:none;stroke:{ink};stroke-width:{width}px"
            etree.SubElement(group, _tag("path"), {"d": "".join(map(path, parts)), "style": style})
            return
        attributes = {"font-size": number(text.size)}
        if text.centred:
            attributes["text-anchor"] = "middle"
        if text.turned:
            attributes["transform"] = f"rotate(-90 {number(text.at[0])} {number(text.at[1])})"
        if text.outside:
            attributes["class"] = "outside"
        look = (f"fill:{colour}" if colour else "", f"stroke:{halo}" if halo else "")
        if any(look):
            attributes["style"] = ";".join(filter(None, look))
        _lines(etree.SubElement(group, _tag("text"), attributes), text)

    def _stickers(self, layer: etree._Element, stickers: Sequence[Sticker]) -> None:
        """Draw what a run writes over the picture."""
        for sticker in stickers:
            paint = sticker.paint
            group = etree.SubElement(layer, _tag("g"), {"style": f"color:{paint.line}"})
            if sticker.element:
                group.set("data-for", clean(sticker.element))
            _draw_all(group, sticker.parts, paint.fill)
            for text in sticker.texts:
                self._text(group, text, paint.text)


def _parse(raw: bytes) -> etree._Element:
    parser = etree.XMLParser(
        remove_comments=True, remove_blank_text=True, resolve_entities=False, huge_tree=True
    )
    try:
        return etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as error:
        raise InternalError(f"Graphviz wrote no XML: {error}") from error


def _draw_all(group: etree._Element, parts: Iterable[Part], fill: str) -> None:
    """Add primitives; lines that follow each other and look alike become one element."""
    for pen, alike in groupby(parts, _pen):
        first, *others = alike
        element = _draw(group, first, fill)
        if others and pen != first:
            element.set("d", "".join(map(path, (first, *others))))


def _pen(part: Part) -> tuple[object, ...]:
    opened = part.draw in {Draw.LINE, Draw.CURVE}
    return (part.ink, part.width, part.dash) if opened else part


def _draw(group: etree._Element, part: Part, fill: str, *, more: str = "") -> etree._Element:
    """Add a primitive; `fill` is the element's own inside where the theme's is not used."""
    name, attributes = svg(part)
    attributes["class"] = f"{more} {part.ink}".strip()
    if fill and part.ink in _INSIDE:
        attributes["style"] = ";".join(f"{what}:{fill}" for what in _INSIDE[part.ink])
    return etree.SubElement(group, _tag(name), attributes)


_INSIDE: Final = {Ink.PAPER: ("fill",), Ink.KNOCK: ("stroke",), Ink.HOLE: ("fill", "stroke")}


def _lines(element: etree._Element, text: Caption) -> None:
    """Write the lines of a text around its middle."""
    x, y = text.at
    step = text.size * LINE_HEIGHT
    first = y - (len(text.lines) - 1) * step / 2 + text.size * BASELINE
    if len(text.lines) == 1:
        element.set("x", number(x))
        element.set("y", number(first))
        element.text = text.lines[0]
        return
    for position, words in enumerate(text.lines):
        place = {"x": number(x), "y": number(first + position * step)}
        etree.SubElement(element, _tag("tspan"), place).text = words


def _classed(child: etree._Element, line: Line) -> None:
    """Name the parts of an edge: its route, its filled and its open tips."""
    tip = child.tag != _tag("path")
    opened = tip and child.get("fill", "none") == "none"
    _forget(child, ("fill", "stroke", "stroke-dasharray"))
    child.set("class", "open" if opened else "tip" if tip else "route")
    if not tip and line.dash:
        child.set("stroke-dasharray", line.dash)
    if child.tag == _tag("polygon"):
        child.set("points", _broad(child.get("points", ""), line.points[-1]))


def _broad(points: str, end: Point) -> str:
    """Make Graphviz' slim arrow head broader and let it reach the end; other tips stay."""
    corners = [(float(x), float(y)) for x, y in (pair.split(",") for pair in points.split())]
    if len(corners) != 4:
        return points
    left, _, right = corners[:3]
    middle = between(left, right, 0.5)
    tip = toward(end, middle, _SHORT)
    sides = (between(middle, left, _BROADER), tip, between(middle, right, _BROADER))
    return " ".join(f"{number(x)},{number(y)}" for x, y in sides)


_BROADER: Final = 1.25
_SHORT: Final = 1.2
"""So much, in px, a tip ends before the border, whose own line is as wide."""


def _forget(child: etree._Element, names: Iterable[str]) -> None:
    for name in names:
        if name in child.attrib:
            del child.attrib[name]
