"""What a run writes over a picture: signs, counts and durations in pills, and the legend."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec

from bpmn_xml.render.composing.icons.parts import Draw, Icon, Ink, Part, extent
from bpmn_xml.render.composing.icons.parts import place as place_icon
from bpmn_xml.render.composing.icons.table import ICONS
from bpmn_xml.render.composing.lettering import block, clean, one_line, widest
from bpmn_xml.render.composing.scene import Caption, Figure, Line, Scene
from bpmn_xml.render.geometry import Box, Point, around
from bpmn_xml.render.output.painter import BOLDER, Painter
from bpmn_xml.render.output.spots import (
    HIGH,
    Clearing,
    Offer,
    detail_places,
    line_places,
    state_places,
)
from bpmn_xml.render.overlay import QUIET, Edit, Found, Heat, Mark, State
from bpmn_xml.render.theme import Paint
from bpmn_xml.render.words import state_word

SIZE: Final = 10.0
"""Font size of a pill, in px."""

WIDER: Final = 1.12
"""How much wider than ours the letters of some machines are."""

RIM: Final = 4.0
"""Clearing around a pill at the edge of the picture, in px."""

HALO: Final = 1.5
"""Width of the rim that parts a pill from what it lies on, in px."""

LEGEND: Final = 30.0
"""Clearing the legend takes below the picture, in px."""


class Badge(msgspec.Struct, frozen=True, kw_only=True):
    """One pill or sign: what it belongs to, its primitives, its text, its colours."""

    element: str
    parts: Icon
    texts: tuple[Caption, ...] = ()
    paint: Paint


def pills(scene: Scene, painter: Painter) -> tuple[Badge, ...]:
    """Make what stands at shapes and flows; nothing without a run."""
    if painter.overlay is None or not painter.overlay.pills:
        return ()
    room = Clearing(scene)
    found: list[Badge] = []
    for figure in scene.figures:
        mark = painter.mark(figure)
        if mark and (mark.state not in QUIET or mark.remark):
            found += _on_figure(figure, mark, painter, room)
    for flow in scene.lines:
        mark = painter.mark(flow)
        if mark and (mark.value or mark.count is not None):
            found.append(_on_line(flow, mark, painter, room))
    return tuple(found)


def with_room(scene: Scene, badges: Iterable[Badge]) -> Scene:
    """The scene in a frame that holds all that stands at its shapes and flows."""
    grounds = [extent(badge.parts[0]).grown(RIM) for badge in badges]
    return msgspec.structs.replace(scene, frame=around([scene.frame, *grounds]))


def _on_figure(figure: Figure, mark: Mark, painter: Painter, room: Clearing) -> list[Badge]:
    """Make the pill with sign and count, and one with duration and remark.

    Where there is no room for two, one says it all.
    """
    words, more = mark.value or times(mark), _shown(mark.duration, mark.remark)
    upper = _corner(figure, mark, words, room)
    room.take(upper.box)
    if more:
        lower = room.best(detail_places(figure, _width(more, signed=False)), figure.element)
        if upper.cost + lower.cost > CROWDED:
            room.leave(upper.box)
            whole = _shown(words, more)
            one = _corner(figure, mark, whole, room)
            if upper.cost + lower.cost > one.cost + CROWDED:
                words, more, upper = whole, "", one
            room.take(upper.box)
    paint = _inverse(painter, mark.state)
    found = [_pill(figure.element, upper.box, words, paint, sign=mark.state)]
    if more:
        room.take(lower.box)
        found.append(_pill(figure.element, lower.box, more, _muted(painter)))
    return found


def _corner(figure: Figure, mark: Mark, words: str, room: Clearing) -> Offer:
    """Find where the state of a shape stands best."""
    width = _width(words, signed=_sign(mark.state) in ICONS)
    return room.best(state_places(figure, width), figure.element)


def _on_line(flow: Line, mark: Mark, painter: Painter, room: Clearing) -> Badge:
    """Make the pill of a flow, in the colours of its state if that is what it tells."""
    words = mark.value or _shown(times(mark), mark.duration, mark.remark)
    place = room.best(line_places(flow, _width(words, signed=False)), flow.element).box
    room.take(place)
    tells = isinstance(mark.state, Edit | Found)
    paint = _inverse(painter, mark.state) if tells else _muted(painter)
    return _pill(flow.element, place, words, paint)


def times(mark: Mark) -> str:
    """Write how often; and how many of these are as the state says, where others are not."""
    if mark.count is None:
        return ""
    return f"{mark.count}" if mark.now is None else f"{mark.now} of {mark.count}"


CROWDED: Final = 150.0
"""So much more than one pill may two cover, in px² of what is seen."""


def _shown(*words: str) -> str:
    return one_line(clean(" · ".join(filter(None, words))), 40)


def _sign(state: State | None) -> str:
    return f"sign/{state}"


def _inverse(painter: Painter, state: State) -> Paint:
    """Swap a state's colours: white on green, not green on white."""
    line, canvas = painter.theme.states[state].line, painter.theme.canvas
    return Paint(line, canvas, canvas)


def _muted(painter: Painter) -> Paint:
    return Paint(painter.theme.badge, painter.theme.canvas, painter.theme.canvas)


def _width(words: str, *, signed: bool) -> float:
    sign = HIGH - 4 if signed else 0
    return max(HIGH, widest([words], SIZE) * WIDER + sign + 9 if words else HIGH)


def _pill(
    element: str, place: Box, words: str, paint: Paint, *, sign: State | None = None
) -> Badge:
    """Make a pill, a state's sign at its left end."""
    signed = _sign(sign) in ICONS
    (cx, cy), end = place.centre, HIGH / 2
    shape = place.grown(HALO / 2)
    corners = ((shape.x, shape.y), (shape.width, shape.height), (shape.height / 2,) * 2)
    ground = Part(Draw.RECT, corners, Ink.RIM, HALO)
    icon = place_icon(ICONS[_sign(sign)], (place.x + end, cy), end - 1) if signed else ()
    shift = (HIGH - 4) / 2 if signed else 0
    texts = (block((words,), (cx + shift, cy), SIZE),) if words else ()
    return Badge(element=element, parts=(ground, *icon), texts=texts, paint=paint)


def legend(scene: Scene, painter: Painter) -> tuple[Badge, ...]:
    """Explain, below the picture, the states that occur in it."""
    overlay = painter.overlay
    if overlay is None or not overlay.legend:
        return ()
    present = {painter.state(drawn) for drawn in scene.drawn} | set(overlay.words)
    x, y = scene.frame.x + 12, scene.frame.bottom + LEGEND / 2 - 4
    entries: list[Badge] = []
    if overlay.title:
        plain = painter.theme.plain
        title = _written(overlay.title, (x, y))
        entries.append(Badge(element="", parts=(), texts=(title,), paint=plain))
        x = title.box.right + 32
    for state in painter.theme.states:
        if state in present:
            words = overlay.words.get(state, state_word(state))
            entries.append(_entry(state, words, (x, y), painter))
            x = entries[-1].texts[0].box.right + 20
    return tuple(entries)


def legend_width(scene: Scene, painter: Painter) -> float:
    """Tell how wide the legend is, in px."""
    return max((s.texts[0].box.right - scene.frame.x for s in legend(scene, painter)), default=0)


def _written(words: str, at: Point) -> Caption:
    """Write words of the legend from a point on."""
    words = one_line(clean(words), 120)
    where = Box(at[0], at[1] - 7, widest([words], 11) * WIDER, 14)
    return Caption(lines=(words,), at=at, size=11, centred=False, box=where)


def _entry(state: State, words: str, at: Point, painter: Painter) -> Badge:
    """Explain one state: its line with its sign, and its words."""
    paint, theme = painter.theme.states[state], painter.theme
    wide = 1.75 + (BOLDER[state] if isinstance(state, Heat) else 0)
    sample = Part(Draw.RECT, ((at[0], at[1] - 7), (22, 14), (4, 4)), Ink.PAPER, wide)
    middle = (at[0] + 11, at[1])
    disc = Part(Draw.OVAL, (middle, (6, 6)), Ink.SOLID, 0.0)
    sign = _sign(state)
    icon = (disc, *place_icon(ICONS[sign], middle, 6)) if sign in ICONS else ()
    colours = Paint(paint.line, paint.fill, theme.plain.text)
    text = _written(words, (at[0] + 28, at[1]))
    return Badge(element="", parts=(sample, *icon), texts=(text,), paint=colours)
