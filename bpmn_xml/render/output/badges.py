"""What a run writes over a picture: signs, counts and durations in pills, and the legend."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from bpmn_xml.render.composing.icons.parts import Draw, Icon, Ink, Part, extent
from bpmn_xml.render.composing.icons.parts import place as place_icon
from bpmn_xml.render.composing.icons.table import ICONS
from bpmn_xml.render.composing.lettering import block, clean, one_line, widest
from bpmn_xml.render.composing.scene import Caption, Figure, Line, Scene
from bpmn_xml.render.geometry import Box, Point, around, between, longest
from bpmn_xml.render.output.free_space import FreeSpace
from bpmn_xml.render.output.painter import BOLDER
from bpmn_xml.render.overlay import QUIET, Heat
from bpmn_xml.render.theme import Paint
from bpmn_xml.render.words import STATE_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bpmn_xml.render.output.painter import Painter
    from bpmn_xml.render.overlay import Mark, State

HIGH, SIZE, SMALL = 16.0, 10.0, 60.0
"""Height and font size of a pill, and the width below which a shape gets only one, in px."""

WIDER: Final = 1.12
"""How much wider than ours the letters of some machines are."""

RIM: Final = 4.0
"""Room around a pill at the edge of the picture, in px."""

LEGEND: Final = 30.0
"""Room the legend takes below the picture, in px."""


class Badge(msgspec.Struct, frozen=True, kw_only=True):
    """One pill or sign: what it belongs to, its primitives, its text, its colours."""

    element: str
    parts: Icon
    texts: tuple[Caption, ...] = ()
    paint: Paint


def badges(scene: Scene, painter: Painter) -> tuple[Badge, ...]:
    """Make all badges of a picture; none without a run."""
    if painter.overlay is None:
        return ()
    return (*_pills(scene, painter), *legend(scene, painter))


def with_room(scene: Scene, painter: Painter) -> Scene:
    """The scene in a frame that holds all that stands at its shapes and flows."""
    grounds = [extent(pill.parts[0]) for pill in _pills(scene, painter)]
    frame = around([scene.frame, *(ground.grown(RIM) for ground in grounds)])
    return msgspec.structs.replace(scene, frame=frame)


def _pills(scene: Scene, painter: Painter) -> list[Badge]:
    """Make what stands at shapes and flows."""
    if painter.overlay is None or not painter.overlay.pills:
        return []
    space = FreeSpace(_precious(scene))
    found: list[Badge] = []
    for figure in scene.figures:
        mark = painter.mark(figure)
        if mark and (mark.state not in QUIET or mark.remark):
            found += _on_figure(figure, mark, painter, space)
    for flow in scene.lines:
        mark = painter.mark(flow)
        if mark and (mark.value or mark.count is not None):
            found.append(_on_line(flow, mark, painter, space))
    return found


def _precious(scene: Scene) -> Iterator[Box]:
    """List what badges should not cover: nodes without content, and the names beside them."""
    yield from (figure.box for figure in scene.figures if figure.runs and not figure.container)
    for drawn in scene.drawn:
        yield from (text.box for text in drawn.texts if text.outside)


def _on_figure(figure: Figure, mark: Mark, painter: Painter, space: FreeSpace) -> list[Badge]:
    """Make the pill with sign and count, and one with duration and badge at the foot.

    Where there is no room at the foot, one pill says it all.
    """
    box, paint = figure.box, _inverse(painter, mark.state)
    count = mark.value or ("" if mark.count is None else str(mark.count))
    more = _shown(mark.duration, mark.remark)
    small = box.width < SMALL
    feet = [] if small or not more else _feet(box, _width(more, signed=False))
    foot = next((place for place in feet if not space.overlap(place, box)), None)
    words = count if foot or (small and mark.value) else _shown(count, more)
    width = _width(words, signed=_sign(mark.state) in ICONS)
    corner = space.settle(_corners(box, width, small=small), box)
    upper = _pill(figure.element, corner, words, paint, sign=mark.state)
    if foot is None:
        return [upper]
    space.add(foot)
    return [upper, _pill(figure.element, foot, more, _muted(painter))]


def _corners(box: Box, width: float, *, small: bool) -> list[Box]:
    """List where the pill of a state may stand: at the upper right, of a small shape elsewhere.

    Where there is no room at its upper corners, it stands above it, else at the lower ones.
    """
    top, foot = box.y - HIGH / 2, box.bottom - HIGH / 2
    if not small:
        return [Box(box.right - width + 10, top, width, HIGH)]
    right, left = box.right - 12, box.x - width + 12
    above = (box.centre[0] - width / 2, box.y - HIGH - RIM)
    places = ((right, top), (left, top), above, (right, foot), (left, foot))
    return [Box(x, y, width, HIGH) for x, y in places]


def _feet(box: Box, width: float) -> list[Box]:
    """List where a pill may stand at the foot of an activity."""
    left, right = box.x + 6, box.right - width - 6
    return [Box(x, box.bottom - HIGH / 2 + 2, width, HIGH) for x in (left, right)]


def _on_line(flow: Line, mark: Mark, painter: Painter, space: FreeSpace) -> Badge:
    """Make the pill of a flow, on its longest piece, where it covers no name.

    It stands beside a piece of which it would leave nothing to be seen.
    """
    words = mark.value or _shown(str(mark.count), mark.duration, mark.remark)
    width = _width(words, signed=False)
    a, b = longest(flow.points)
    away: tuple[Point, ...] = ((0, 0),)
    if abs(a[0] - b[0]) < width + _SEEN and abs(a[1] - b[1]) < HIGH + _SEEN:
        level = abs(a[0] - b[0]) > abs(a[1] - b[1])
        away = ((0, -HIGH), (0, HIGH)) if level else ((width / 2 + 5, 0), (-width / 2 - 5, 0))
    middles = (between(a, b, share) for share in _SHARES)
    centres = [(x + dx, y + dy) for x, y in middles for dx, dy in away]
    places = [Box(x - width / 2, y - HIGH / 2, width, HIGH) for x, y in centres]
    return _pill(flow.element, space.settle(places), words, _muted(painter))


_SEEN: Final = 24.0
"""How much of a piece of a flow must be seen beside its pill, in px."""

_SHARES: Final = (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8)


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
    size = (place.width, place.height)
    ground = Part(Draw.RECT, ((place.x, place.y), size, (end, end)), Ink.SOLID, 0.0)
    icon = place_icon(ICONS[_sign(sign)], (place.x + end, cy), end - 1) if signed else ()
    shift = (HIGH - 4) / 2 if signed else 0
    texts = (block((words,), (cx + shift, cy), SIZE),) if words else ()
    return Badge(element=element, parts=(_halo(ground), ground, *icon), texts=texts, paint=paint)


def _halo(ground: Part) -> Part:
    """Draw the rim that parts a pill from what it lies on."""
    return ground._replace(ink=Ink.HOLE, width=3.0)


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
            words = overlay.words.get(state, STATE_WORDS[state])
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
