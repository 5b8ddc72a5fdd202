"""From Graphviz' SVG to ours: icons, names, states and what is read aloud, put in with lxml.

Every element is a `<g>` whose `id` is the element's; flows carry `data-from` and `data-to`. All
coordinates are the file's own. Text of a diagram becomes text nodes and attributes, never markup.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Final

from lxml import etree

from bpmn_xml.errors import InternalError
from bpmn_xml.render.composing.icons.parts import Draw, Ink, Part
from bpmn_xml.render.composing.lettering import clean
from bpmn_xml.render.composing.scene import LINE_HEIGHT, Caption, Figure, Line, Scene
from bpmn_xml.render.geometry import Box, Point, between, toward
from bpmn_xml.render.output.badges import Badge
from bpmn_xml.render.output.colour_classes import ColourClasses, classed
from bpmn_xml.render.output.css import stylesheet
from bpmn_xml.render.output.letters import written
from bpmn_xml.render.output.painter import Painter
from bpmn_xml.render.output.paths import number, path, svg
from bpmn_xml.render.theme import Paint
from bpmn_xml.render.words import said

NAMESPACE: Final = "http://www.w3.org/2000/svg"
BASELINE: Final = 0.35
"""How far the baseline of a line lies below its middle, in font sizes."""


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


class SvgWriter:
    """Writes one picture.

    Args:
        painters: one, or one for a light and one for a dark screen; they differ in colours only.
        strokes: draw letters as lines, for machines without fonts.
        style: rules of the user, behind ours.
    """

    def __init__(
        self, painters: Sequence[Painter], *, strokes: bool = False, style: str = ""
    ) -> None:
        self.painter = painters[0]
        self.painters = painters
        self.strokes = strokes
        self._style = style
        self._colours = ColourClasses()

    @property
    def theme(self) -> str:
        """The class of the root that names its theme."""
        return self.painter.theme.name if len(self.painters) == 1 else "auto"

    def decorate(
        self, raw: bytes, scene: Scene, badges: Sequence[Sequence[Badge]], frame: Box
    ) -> bytes:
        """Turn the SVG that Graphviz made of a skeleton into the picture.

        Args:
            raw: what Graphviz drew.
            scene: what it is of.
            badges: what a run writes over it, once for each painter.
            frame: the part of the plane that is shown.
        """
        root = _parse(raw)
        graph = root.find(_tag("g"))
        if graph is None:
            raise InternalError("Graphviz drew nothing")
        groups = {group.get("id", ""): group for group in graph.iter(_tag("g"))}
        style = self._root(root, scene, frame)
        layer = etree.SubElement(root, _tag("g"), {"class": "figures"})
        for position, figure in enumerate(scene.figures):
            layer.append(self._figure(groups[f"f{position}"], figure))
        layer = etree.SubElement(root, _tag("g"), {"class": "flows"})
        for position, line in enumerate(scene.lines):
            layer.append(self._line(groups[f"l{position}"], line))
        layer = etree.SubElement(root, _tag("g"), {"class": "labels", "aria-hidden": "true"})
        for drawn in scene.drawn:
            self._label(layer, drawn)
        if badges[0]:
            attributes = {"class": "overlay", "aria-hidden": "true"}
            self._badges(etree.SubElement(root, _tag("g"), attributes), badges)
        root.remove(graph)
        style.text = self._sheet(scene)
        return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8"))

    def _sheet(self, scene: Scene) -> str:
        themes = [painter.theme for painter in self.painters]
        present = {self.painter.state(drawn) for drawn in scene.drawn}
        present |= set(self.painter.overlay.words if self.painter.overlay else ())
        states = [state for state in themes[0].states if state in present]
        return stylesheet(themes, states, self._colours, name=self.theme, more=self._style)

    def _root(self, root: etree._Element, scene: Scene, frame: Box) -> etree._Element:
        """Set the frame, the theme and what the picture is called; its empty stylesheet."""
        for key in list(root.attrib):
            del root.attrib[key]
        corner = f"{number(frame.x)} {number(frame.y)}"
        size = {"width": number(frame.width), "height": number(frame.height)}
        words = {
            "viewBox": f"{corner} {size['width']} {size['height']}",
            "class": f"bpmn-xml {self.theme}",
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
        style = etree.SubElement(root, _tag("style"))
        where = {"x": number(frame.x), "y": number(frame.y)}
        etree.SubElement(root, _tag("rect"), {"class": "canvas"} | where | size)
        return style

    def _begin(self, group: etree._Element, drawn: Figure | Line) -> None:
        """Give a group its id, its classes and its words."""
        mark = self.painter.mark(drawn)
        overlay = self.painter.overlay
        state = said(mark) if mark and overlay and overlay.spoken else ""
        aloud, tip = (
            clean(", ".join(filter(None, (words, state)))) for words in (drawn.words, drawn.title)
        )
        lines = self._own("color", drawn, lambda painter: painter.paint(drawn).line)
        classes = classed(drawn.kind, mark.state if mark else "", lines)
        for key in list(group.attrib):
            del group.attrib[key]
        group.set("id", drawn.id)
        group.set("class", classes)
        if drawn.id != drawn.element:
            group.set("data-element", clean(drawn.element))
        group.set("role", "graphics-symbol")
        group.set("aria-label", aloud)
        title = group.find(_tag("title"))
        if title is None:
            title = etree.SubElement(group, _tag("title"))
        title.text = tip

    def _figure(self, group: etree._Element, figure: Figure) -> etree._Element:
        """Draw a figure into its group."""
        self._begin(group, figure)
        fill = self._fills(figure)
        bolder = self.painter.bolder(figure)
        for shape in figure.outline[:1]:
            _draw(group, shape._replace(width=shape.width + bolder), fill, more="shape")
        _draw_all(self._icons(group, figure), (*figure.outline[1:], *figure.parts), fill)
        self._texts(group, figure, outside=False)
        return group

    def _own(self, what: str, drawn: Figure | Line, colour: Callable[[Painter], str]) -> str:
        """Give the class of a colour of the file; none where an element has none."""
        if not self.painter.own(drawn):
            return ""
        return self._colours.named(what, [colour(painter) for painter in self.painters])

    def _fills(self, figure: Figure) -> Inside:
        """Give the classes of an element's own inside, by what is drawn with it."""

        def inside(painter: Painter) -> str:
            return painter.paint(figure).fill

        fill = self._own("fill", figure, inside)
        stroke = self._own("stroke", figure, inside)
        return _inside(fill, stroke)

    def _icons(self, group: etree._Element, figure: Figure) -> etree._Element:
        """Open a group for what needs, within a figure, another colour than its border has."""
        colours = [paint.icon or paint.line for paint in self._paints(figure)]
        if not (figure.parts or figure.outline[1:]) or colours == [
            paint.line for paint in self._paints(figure)
        ]:
            return group
        return etree.SubElement(group, _tag("g"), {"class": self._colours.named("color", colours)})

    def _paints(self, drawn: Figure | Line) -> list[Paint]:
        return [painter.paint(drawn) for painter in self.painters]

    def _line(self, group: etree._Element, line: Line) -> etree._Element:
        """Class what Graphviz drew of a flow and add what lies on it."""
        self._begin(group, line)
        group.set("data-from", clean(line.source))
        group.set("data-to", clean(line.target))
        for child in group:
            if child.tag != _tag("title"):
                _classed(child, line)
        _draw_all(group, line.parts, {})
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
        for text in drawn.texts:
            if text.outside is outside:
                self._text(group, text, self._letters(drawn, text), self._halo(drawn, text))

    def _letters(self, drawn: Figure | Line, text: Caption) -> Colour:
        """Give a text's colours where the stylesheet would give others."""
        wanted = [painter.letters(drawn, text) for painter in self.painters]
        usual = [painter.usual(drawn).text for painter in self.painters]
        return [] if wanted == usual else wanted

    def _halo(self, drawn: Figure | Line, text: Caption) -> Colour:
        """Give the colours around a text beside its element where it stands on no canvas."""
        grounds = [painter.ground(drawn) for painter in self.painters] if text.outside else []
        return [] if grounds == [painter.theme.canvas for painter in self.painters] else grounds

    def _text(self, group: etree._Element, text: Caption, colour: Colour, halo: Colour) -> None:
        """Write a text; as lines where there are no fonts."""
        if self.strokes:
            parts = written(text)
            look = {
                "d": "".join(map(path, parts)),
                "fill": "none",
                "stroke": (*colour, self.painter.theme.plain.text)[0],
                "stroke-width": number(parts[0].width) if parts else "1",
            }
            etree.SubElement(group, _tag("path"), look)
            return
        attributes = {"font-size": number(text.size)}
        if text.centred:
            attributes["text-anchor"] = "middle"
        if text.turned:
            attributes["transform"] = f"rotate(-90 {number(text.at[0])} {number(text.at[1])})"
        classes = classed(
            "outside" if text.outside else "",
            self._colours.named("fill", colour),
            self._colours.named("stroke", halo),
        )
        if classes:
            attributes["class"] = classes
        _lines(etree.SubElement(group, _tag("text"), attributes), text)

    def _badges(self, layer: etree._Element, badges: Sequence[Sequence[Badge]]) -> None:
        """Draw what a run writes over the picture."""
        for alike in zip(*badges, strict=True):
            badge, paints = alike[0], [each.paint for each in alike]
            inside = [paint.fill for paint in paints]
            fill, stroke = (self._colours.named(what, inside) for what in ("fill", "stroke"))
            lines = self._colours.named("color", [paint.line for paint in paints])
            group = etree.SubElement(layer, _tag("g"), {"class": lines})
            if badge.element:
                group.set("data-for", clean(badge.element))
            _draw_all(group, badge.parts, _inside(fill, stroke))
            for text in badge.texts:
                self._text(group, text, [paint.text for paint in paints], [])


Colour = list[str]
"""One colour per theme; empty where the stylesheet knows it."""

Inside = dict[Ink, str]
"""The classes of an element's own inside, by the ink of the part."""


def _inside(fill: str, stroke: str) -> Inside:
    return {
        Ink.PAPER: fill,
        Ink.KNOCK: stroke,
        Ink.RIM: stroke,
        Ink.HOLE: classed(fill, stroke),
    }


def _parse(raw: bytes) -> etree._Element:
    parser = etree.XMLParser(
        remove_comments=True, remove_blank_text=True, resolve_entities=False, huge_tree=True
    )
    try:
        return etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as error:
        raise InternalError(f"Graphviz wrote no XML: {error}") from error


def _draw_all(group: etree._Element, parts: Iterable[Part], fill: Inside) -> None:
    """Add primitives; lines that follow each other and look alike become one element."""
    for pen, alike in groupby(parts, _pen):
        first, *others = alike
        element = _draw(group, first, fill)
        if others and pen != first:
            element.set("d", "".join(map(path, (first, *others))))


def _pen(part: Part) -> tuple[object, ...]:
    opened = part.draw in {Draw.LINE, Draw.CURVE}
    return (part.ink, part.width, part.dash) if opened else part


def _draw(group: etree._Element, part: Part, fill: Inside, *, more: str = "") -> etree._Element:
    """Add a primitive; `fill` has the classes of the element's own inside."""
    name, attributes = svg(part)
    attributes["class"] = classed(more, part.ink, fill.get(part.ink, ""))
    return etree.SubElement(group, _tag(name), attributes)


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


_BROADER: Final = 1.45
_SHORT: Final = 1.2
"""So much, in px, a tip ends before the border, whose own line is as wide."""


def _forget(child: etree._Element, names: Iterable[str]) -> None:
    for name in names:
        if name in child.attrib:
            del child.attrib[name]
