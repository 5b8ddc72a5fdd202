"""Draw: from definitions to bytes, in every format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

import msgspec

from bpmn_xml.errors import Finding, UsageError
from bpmn_xml.render import backend, dot, dotfile, png
from bpmn_xml.render.compose import compose
from bpmn_xml.render.geometry import Box
from bpmn_xml.render.inventory import Inventory, take_stock
from bpmn_xml.render.notes import NO_FONTS, note
from bpmn_xml.render.painter import Painter
from bpmn_xml.render.plane import Plane, chosen, planes_of
from bpmn_xml.render.stickers import LEGEND, stickers
from bpmn_xml.render.svg import Page
from bpmn_xml.render.theme import theme_called

if TYPE_CHECKING:
    from bpmn_xml.model import Definitions
    from bpmn_xml.render.overlay import Overlay
    from bpmn_xml.render.scene import Scene

Format = Literal["svg", "png", "dot", "pdf"]
FORMATS: Final[tuple[Format, ...]] = ("svg", "png", "dot", "pdf")


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """A drawing: its bytes, and what could not be drawn as the file says."""

    data: bytes
    format: Format
    plane: str
    notes: tuple[Finding, ...] = ()


def planes(definitions: Definitions) -> tuple[Plane, ...]:
    """List the planes that can be drawn: one picture each."""
    drawn = _with_layout(definitions)
    return planes_of(drawn, take_stock(drawn))


def draw(
    definitions: Definitions,
    *,
    overlay: Overlay | None = None,
    theme: str = "light",
    plane: str | int | None = None,
    format: Format = "svg",  # noqa: A002 (a format is what people ask for)
) -> bytes:
    """Draw one plane of a file: the author's own layout, a run on top.

    `plane` is a number (from 1), an id or a name; the first one with something on it by default.
    A file without a drawing is laid out first. Raises `UsageError` for what there is not.
    """
    return picture(definitions, overlay=overlay, theme=theme, plane=plane, format=format).data


def picture(
    definitions: Definitions,
    *,
    overlay: Overlay | None = None,
    theme: str = "light",
    plane: str | int | None = None,
    format: Format = "svg",  # noqa: A002 (a format is what people ask for)
) -> Picture:
    """Draw like `draw`, and tell what could not be drawn as the file says."""
    if format not in FORMATS:
        raise UsageError(f"unknown format {format!r}", remedy=f"use one of {', '.join(FORMATS)}")
    colours = theme_called(theme)
    drawn = _with_layout(definitions)
    scene = _scene(drawn, take_stock(drawn), plane)
    painter = Painter(colours, overlay, scene.figures)
    data, notes = _FORMS[format](scene, painter)
    return Picture(data=data, format=format, plane=scene.name, notes=scene.notes + notes)


def _with_layout(definitions: Definitions) -> Definitions:
    """Give a file without a drawing one."""
    if any(diagram.plane.elements for diagram in definitions.diagrams):
        return definitions
    from bpmn_xml.layout.arrange import lay_out

    return lay_out(definitions)


def _scene(definitions: Definitions, nodes: Inventory, plane: str | int | None) -> Scene:
    position = chosen(definitions, nodes, plane)
    known = planes_of(definitions, nodes)
    return compose(definitions.diagrams[position], known[position].name, nodes)


Drawn = tuple[bytes, tuple[Finding, ...]]


def _framed(scene: Scene, painter: Painter) -> Scene:
    """Make room below the picture for the legend of a run."""
    shown = painter.overlay is not None and painter.overlay.legend
    frame = scene.frame
    if not shown:
        return scene
    taller = Box(frame.x, frame.y, max(frame.width, 420), frame.height + LEGEND)
    return msgspec.structs.replace(scene, frame=taller)


def _svg(scene: Scene, painter: Painter, *, strokes: bool = False) -> bytes:
    raw = backend.render(dot.skeleton(scene, painter), "svg")
    framed = _framed(scene, painter)
    return Page(painter, strokes=strokes).decorate(
        raw, scene, stickers(scene, painter), framed.frame
    )


def _as_svg(scene: Scene, painter: Painter) -> Drawn:
    return _svg(scene, painter), ()


def _as_png(scene: Scene, painter: Painter) -> Drawn:
    bare = png.font() is None
    data = png.rasterize(_svg(scene, painter, strokes=bare), _framed(scene, painter).frame)
    return data, (note(NO_FONTS),) if bare else ()


def _as_dot(scene: Scene, painter: Painter) -> Drawn:
    pieces = stickers(scene, painter)
    return dotfile.complete(_framed(scene, painter), painter, pieces).encode(), ()


def _as_pdf(scene: Scene, painter: Painter) -> Drawn:
    bare, pieces = png.font() is None, stickers(scene, painter)
    source = dotfile.complete(_framed(scene, painter), painter, pieces, strokes=bare)
    return backend.render(source, "pdf"), (note(NO_FONTS),) if bare else ()


_FORMS: Final = {"svg": _as_svg, "png": _as_png, "dot": _as_dot, "pdf": _as_pdf}
