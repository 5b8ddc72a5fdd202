"""Draw: from definitions to bytes, in every format."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from typing import Final, Literal, TypedDict, Unpack, get_args

import msgspec

from bpmn_xml.errors import Finding, UsageError
from bpmn_xml.layout import with_drawing
from bpmn_xml.model import Definitions
from bpmn_xml.render.composing.compose import compose
from bpmn_xml.render.composing.missing import forgotten
from bpmn_xml.render.composing.model_index import index_model
from bpmn_xml.render.composing.plane import Plane, chosen, planes_of
from bpmn_xml.render.composing.scene import Scene
from bpmn_xml.render.geometry import Box, length_of
from bpmn_xml.render.notes import FORGOTTEN, NO_FONTS, NO_LETTERS, NO_ROOM, TINY, note
from bpmn_xml.render.output import backend, dot, dotfile, png
from bpmn_xml.render.output.badges import LEGEND, Badge, legend, legend_width, pills, with_room
from bpmn_xml.render.output.page import PageDrawing
from bpmn_xml.render.output.page import page as html_page
from bpmn_xml.render.output.painter import Painter
from bpmn_xml.render.output.svg import SvgWriter
from bpmn_xml.render.overlay import QUIET, Overlay
from bpmn_xml.render.theme import themes_called
from bpmn_xml.wording import did_you_mean, listed

Source = Definitions | str | os.PathLike[str] | bytes
Format = Literal["svg", "png", "pdf", "html", "dot"]
FORMATS: Final[tuple[Format, ...]] = get_args(Format)
STYLED: Final[tuple[Format, ...]] = ("svg", "png", "html")
"""The formats for which a style sheet of the user counts."""

NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML cannot hold."""


class Wanted(TypedDict, total=False):
    """What may be said of a picture; all of it can be left out.

    Attributes:
        overlay: what a run lays over it.
        trace: the file of a trace, whose runs are laid over it.
        instance: of the trace only what this instance did, the `id` of its run.
        item: of the trace only what this item did, as `read.1:17`.
        theme: "light", "dark", or "auto", which follows the screen (in .svg and .html).
        style: rules of CSS that follow ours (for .svg, .html and .png).
        plane: a number (from 1), an id or a name; by default the first one with something on it,
            in an .html page all of them.
        format: "svg", "png", "pdf", "html" or "dot".
    """

    overlay: Overlay | None
    trace: str | os.PathLike[str]
    instance: str
    item: str
    theme: str
    style: str
    plane: str | int | None
    format: Format


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """A drawing: its bytes, and what could not be drawn as the file says."""

    data: bytes
    format: Format
    plane: str
    notes: tuple[Finding, ...] = ()


def planes(definitions: Source) -> tuple[Plane, ...]:
    """List the planes that can be drawn: one picture each."""
    drawn, _ = with_drawing(opened(definitions))
    return planes_of(drawn, index_model(drawn))


def draw(definitions: Source, **wanted: Unpack[Wanted]) -> bytes:
    """Draw one plane of a file: the author's own layout, a run on top.

    A file without a drawing is laid out first.

    Args:
        definitions: a path, the bytes of a file, or what `read` gave.
        wanted: a run on top by `trace`, of it only an `instance` or `item`, or by `overlay`; the
            `format` ("svg", "png", "pdf", "html" or "dot"), `theme` ("light", "dark" or "auto"),
            `style` and `plane`; `help(bpmn_xml.render.drawing.Wanted)` says more.

    Raises:
        UsageError: there is no such format, theme, plane, instance or item.
        ReadError, StoreError: the file or the trace cannot be read.
    """
    return picture(definitions, **wanted).data


def picture(definitions: Source, **wanted: Unpack[Wanted]) -> Picture:
    """Draw like `draw`, and tell what could not be drawn as the file says."""
    form = wanted.get("format", "svg")
    if form not in FORMATS:
        raise UsageError(f"unknown format {form!r}", remedy=f"use one of {', '.join(FORMATS)}")
    given = opened(definitions)
    wanted = _with_trace(given, wanted)
    drawn, told = with_drawing(given)
    alone = wanted.get("plane") is not None
    if (overlay := wanted.get("overlay")) is not None and not alone:
        wanted["plane"] = _lively(drawn, overlay)
    job = job_of(drawn, **wanted)
    if form == "html" and not alone:
        others, left_out = _others(drawn, job, wanted)
        job, told = msgspec.structs.replace(job, others=others), told + left_out
    count, most = len(job.scene.figures) + len(job.scene.lines), MOST_DRAWN[form]
    if count > most:
        raise UsageError(
            f"this drawing has {count:,} shapes and edges; more than {most:,} are not drawn",
            remedy=f"draw {'one plane of it' if count > MOST_DRAWN['svg'] else '.svg'}, "
            "or part it into sub-processes",
        )
    data, notes = drawn_as(form, job)
    seen = tuple(found for one in (job, *job.others) for found in one.scene.notes)
    seen += _told_of_forgotten(drawn) if drawn is given else ()
    return Picture(data=data, format=form, plane=job.scene.name, notes=told + seen + notes)


def _with_trace(definitions: Definitions, wanted: Wanted) -> Wanted:
    """What is wanted, with the overlay of a trace."""
    if unknown := sorted(wanted.keys() - Wanted.__annotations__.keys()):
        meant = did_you_mean(unknown[0], Wanted.__annotations__)
        raise UsageError(f"a picture has no option {unknown[0]!r}{meant}")
    left = wanted.copy()
    trace, instance = left.pop("trace", None), left.pop("instance", "")
    item = left.pop("item", "")
    if trace is None:
        if instance or item:
            raise UsageError("an instance and an item are those of a trace", remedy="say trace=...")
        return left
    if left.get("overlay") is not None:
        raise UsageError("a picture has one overlay", remedy="leave out trace or overlay")
    from bpmn_xml.render.traced import overlay_of_trace

    left["overlay"] = overlay_of_trace(definitions, trace, instance=instance, item=item)
    return left


def _lively(drawn: Definitions, overlay: Overlay) -> int | None:
    """The first plane of several on which there is something to tell, by number."""
    for number, diagram in enumerate(drawn.diagrams if len(drawn.diagrams) > 1 else (), 1):
        shown = [getattr(each, "bpmn_element", "") for each in diagram.plane.elements]
        marks = [overlay.marks[one] for one in shown if one in overlay.marks]
        if any(mark.state not in QUIET for mark in marks):
            return number
    return None


def _others(
    drawn: Definitions, job: Job, wanted: Wanted
) -> tuple[tuple[Job, ...], tuple[Finding, ...]]:
    """Compose the other planes of a file that a page has room for; the rest is noted."""
    others, left_out = list[Job](), list[Finding]()
    one, nodes = wanted.copy(), index_model(drawn)
    first = chosen(drawn, nodes, wanted.get("plane"))
    room = MOST_DRAWN["html"] - len(job.scene.drawn)
    for plane in planes_of(drawn, nodes):
        if plane.number != first + 1 and plane.shapes:
            size = plane.shapes + plane.edges
            if size > room:
                left_out.append(note(NO_ROOM, element=plane.element))
                continue
            room -= size
            one["plane"] = plane.number
            others.append(job_of(drawn, **one))
    return tuple(others), tuple(left_out)


def _told_of_forgotten(drawn: Definitions) -> tuple[Finding, ...]:
    """Tell how many elements the planes of a file leave out, and which."""
    missing = forgotten(drawn)
    named = listed(missing, most=MOST_NAMED)
    more = f" ({len(missing):,}: {named})"
    return (note(FORGOTTEN, element=missing[0], more=more),) if missing else ()


def drawn_as(form: Format, job: Job) -> Drawn:
    """Draw a picture in a format; with what a reader should know of it."""
    if job.style and form not in STYLED:
        raise UsageError(
            f"a style sheet cannot change a picture in the format {form!r}",
            remedy=f"use one of {', '.join(STYLED)}",
        )
    return _FORMS[form](job)


def job_of(definitions: Source, **wanted: Unpack[Wanted]) -> Job:
    """Compose what is wanted."""
    drawn, told = with_drawing(opened(definitions))
    scene = scene_of(drawn, wanted.get("plane"))
    themes, overlay = themes_called(wanted.get("theme", "light")), wanted.get("overlay")
    painters = tuple(Painter(theme, overlay, scene.figures) for theme in themes)
    scene = _lively_last(scene, painters[0])
    found = tuple(pills(scene, painter) for painter in painters)
    scene, style = with_room(scene, found[0]), _stylesheet(wanted.get("style", ""))
    return Job(scene=scene, painters=painters, pills=found, style=style, notes=told)


def _stylesheet(style: str) -> str:
    """The rules of a user; `UsageError` where no XML can hold them."""
    if found := NO_XML.search(style):
        what = f"the style sheet has the character U+{ord(found[0]):04X}"
        raise UsageError(f"{what}, which no picture can hold", remedy="remove it")
    return style


def _lively_last(scene: Scene, painter: Painter) -> Scene:
    """Paint flows of which there is nothing to tell first: where flows meet, the others count."""
    if painter.overlay is None:
        return scene
    lines = sorted(scene.lines, key=lambda line: painter.state(line) not in QUIET)
    return msgspec.structs.replace(scene, lines=tuple(lines))


def opened(source: Source) -> Definitions:
    """Read a file, if it is not read yet."""
    if isinstance(source, Definitions):
        return source
    from bpmn_xml.formats import read

    return read(source)


def scene_of(definitions: Definitions, plane: str | int | None = None) -> Scene:
    """Compose one plane of a file that has a drawing.

    Raises:
        UsageError: there is nothing in it, or no such plane.
    """
    if not definitions.diagrams:
        raise UsageError("there is nothing to draw", remedy="add a process or a collaboration")
    nodes = index_model(definitions)
    position = chosen(definitions, nodes, plane)
    known = planes_of(definitions, nodes)
    return compose(definitions.diagrams[position], known[position].name, nodes)


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """One picture to be made: what is on it, in which colours, with which rules of the user.

    `pills` are what stands at its shapes and flows, for each painter; `notes` are what its layout
    tells, if the file has none of its own. `others` are the other planes of the same page.
    """

    scene: Scene
    painters: tuple[Painter, ...]
    pills: tuple[tuple[Badge, ...], ...]
    style: str = ""
    notes: tuple[Finding, ...] = ()
    others: tuple[Job, ...] = ()

    @property
    def painter(self) -> Painter:
        """The one that paints where there is only one screen."""
        return self.painters[0]

    @property
    def badges(self) -> list[tuple[Badge, ...]]:
        """What a run writes over the picture, once for each painter: pills and the legend."""
        ours = zip(self.pills, self.painters, strict=True)
        return [(*found, *legend(self.scene, painter)) for found, painter in ours]

    @property
    def framed(self) -> Scene:
        """The scene with room below it for the legend of a run."""
        overlay, scene = self.painter.overlay, self.scene
        if overlay is None or not overlay.legend:
            return scene
        frame, least = scene.frame, max(LEGEND_WIDTH, legend_width(scene, self.painter) + 12)
        taller = Box(frame.x, frame.y, max(frame.width, least), frame.height + LEGEND)
        return msgspec.structs.replace(scene, frame=taller)

    @property
    def light(self) -> Job:
        """The same for paper and pixels, which follow no screen."""
        return msgspec.structs.replace(self, painters=self.painters[:1], pills=self.pills[:1])


LEAST_ZOOM: Final = 0.25
"""Names in a PNG that is smaller cannot be read, which is told."""

MOST_DRAWN: Final[Mapping[Format, int]] = {
    "svg": 30_000,
    "html": 30_000,
    "dot": 30_000,
    "png": 12_000,
    "pdf": 12_000,
}
"""So many shapes and edges are drawn in a format, which takes some ten seconds."""

MOST_NAMED: Final = 5
"""So many of the elements that are not drawn are named."""

LEGEND_WIDTH: Final = 420.0
"""The least width of a picture with a legend, in px."""

Drawn = tuple[bytes, tuple[Finding, ...]]


def svg_of(job: Job, *, strokes: bool = False) -> bytes:
    """Draw a picture as SVG."""
    scene, raw = job.scene, backend.render(dot.skeleton(job.scene, job.painter), "svg")
    writer = SvgWriter(job.painters, strokes=strokes, style=job.style)
    return writer.decorate(raw, scene, job.badges, job.framed.frame)


def _as_html(job: Job) -> Drawn:
    sheets = (
        PageDrawing(svg_of(one), one.scene.name, one.scene.element) for one in (job, *job.others)
    )
    return html_page(*sheets), ()


def _as_png(job: Job) -> Drawn:
    bare, job = png.font() is None, job.light
    frame, ink = job.framed.frame, sum(length_of(line.points) for line in job.scene.lines)
    scale = png.zoom(frame, ink)
    data = png.rasterize(svg_of(job, strokes=bare), frame, scale)
    return data, _told({TINY: scale < LEAST_ZOOM}, job)


def _as_pdf(job: Job) -> Drawn:
    bare = png.font() is None
    source = dotfile.complete(job.framed, job.painter, job.badges[0], strokes=bare)
    return backend.render(source, "pdf"), _told({}, job)


def _told(known: dict[str, bool], job: Job) -> tuple[Finding, ...]:
    """Tell what is known of a picture that is drawn with the fonts of this machine."""
    names = (line for drawn in job.scene.drawn for text in drawn.texts for line in text.lines)
    told = {NO_FONTS: png.font() is None, NO_LETTERS: png.without_glyph(names)} | known
    return tuple(note(code) for code, holds in told.items() if holds)


_FORMS: Final[Mapping[Format, Callable[[Job], Drawn]]] = {
    "svg": lambda job: (svg_of(job), ()),
    "png": _as_png,
    "pdf": _as_pdf,
    "html": _as_html,
    "dot": lambda job: (dotfile.complete(job.framed, job.painter, job.badges[0]).encode(), ()),
}
