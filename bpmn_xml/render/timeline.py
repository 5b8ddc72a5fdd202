"""A run as bars over time: rows of nodes, lanes, instances or workers.

What runs at once stands one below the other. The picture is a scene like any other, so it can be
had in every format.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import ceil, log10
from typing import Final, NamedTuple

from bpmn_xml.model import Definitions, Lane
from bpmn_xml.render.composing.icons.parts import Part, line
from bpmn_xml.render.composing.lettering import clean, one_line, widest
from bpmn_xml.render.composing.model_index import index_model
from bpmn_xml.render.composing.outlines import rectangle
from bpmn_xml.render.composing.scene import Caption, Figure, Scene
from bpmn_xml.render.drawing import Job
from bpmn_xml.render.geometry import Box
from bpmn_xml.render.output.painter import BOLDER, Painter
from bpmn_xml.render.overlay import Mark, Overlay, Progress, State, spoken
from bpmn_xml.render.runs import Naming
from bpmn_xml.render.theme import themes_called
from bpmn_xml.trace.spans import Ending, Span, as_worked, with_waits

WIDTH, HIGH, GAP, ROW = 900.0, 16.0, 3.0, 11.0
"""Width of the time that is shown, height of a bar, room between bars and between rows, in px."""

_LINE, _THIN, _LOW = 1.2, 0.1, 2.5
"""Width of the border of a bar, the least width inside of it, and how much lower a wait that is
over is above and below, in px."""

_Naming = Callable[[Span], str]

MOST_BARS: Final = 5_000
DEEPEST: Final = 24
"""So many bars of one row stand below each other at most; how many more there are is said."""

_STATES: Final[Mapping[Ending, Progress]] = {
    Ending.DONE: Progress.DONE,
    Ending.FAILED: Progress.FAILED,
    Ending.INTERRUPTED: Progress.INTERRUPTED,
    Ending.ACTIVE: Progress.ACTIVE,
    Ending.WAITING: Progress.WAITING,
}
_WORDS: Final = {
    Progress.DONE: "done",
    Progress.ACTIVE: "not ended",
    Progress.WAITING: "waiting",
    Progress.FAILED: "failed",
    Progress.INTERRUPTED: "interrupted",
}


class Bars(NamedTuple):
    """Bars with one label.

    Attributes:
        places: for each bar how far down in the row it stands.
        names: for each bar what it is of, where the label does not say so.
        beyond: when the bars began for which there was no room.
    """

    label: str
    spans: list[Span]
    places: list[int]
    names: list[str]
    beyond: list[int]

    @property
    def height(self) -> float:
        """Return the height of the row, in px."""
        return (max(self.places) + 1 + bool(self.beyond)) * (HIGH + GAP) + ROW

    @property
    def rest(self) -> str:
        """Say how many bars are not drawn."""
        return f"and {len(self.beyond):,} more" if self.beyond else ""


def timeline(
    spans: Sequence[Span], definitions: Definitions, naming: Naming, *, by: str, theme: str
) -> Job:
    """Compose the picture of a run over time.

    Args:
        spans: what was done and when; of very many the first 5,000 are shown.
        definitions: what was run, for names and lanes.
        naming: what the trace calls the elements.
        by: "node", "lane", "instance" or "worker".
        theme: "light", "dark" or "auto".
    """
    shown = (as_worked if by == "worker" else with_waits)(spans[:MOST_BARS])
    label = _BY[by](definitions, naming)
    node = _by_node(definitions, naming)
    rows = [*_rows(shown, label, (lambda _span: "") if by == "node" else node)]
    scene, states = _scene(rows)
    overlay = Overlay(
        marks={key: Mark(state=state) for key, state in states.items()},
        words=_explained(rows, states.values()),
        pills=False,
    )
    painters = tuple(Painter(colours, overlay, scene.figures) for colours in themes_called(theme))
    return Job(scene=scene, painters=painters, pills=((),) * len(painters))


def _explained(rows: Iterable[Bars], states: Iterable[Progress]) -> dict[State, str]:
    """Say what the looks of bars mean, for the legend."""
    words: dict[State, str] = {state: _WORDS[state] for state in states}
    if any(_is_over(span) for row in rows for span in row.spans):
        words[Progress.DONE] = "done (a low bar: waited)"
    return words


def _by_node(_definitions: Definitions, naming: Naming) -> _Naming:
    return lambda span: clean(naming.label(span.node))


def _by_lane(definitions: Definitions, naming: Naming) -> _Naming:
    nodes = index_model(definitions)

    def label(span: Span) -> str:
        node = naming.nodes.get(span.node)
        lane = nodes.elements.get(nodes.lanes.get(node.id, "")) if node else None
        named = clean(lane.name) if isinstance(lane, Lane) else ""
        return named or (clean(lane.id) if lane else "no lane")

    return label


def _by_instance(_definitions: Definitions, _naming: Naming) -> _Naming:
    return lambda span: clean(span.instance)


def _by_worker(_definitions: Definitions, _naming: Naming) -> _Naming:
    return lambda span: clean(span.by) or "no worker"


_BY: Final[Mapping[str, Callable[[Definitions, Naming], _Naming]]] = {
    "node": _by_node,
    "lane": _by_lane,
    "instance": _by_instance,
    "worker": _by_worker,
}


def _rows(spans: Sequence[Span], label: _Naming, naming: _Naming) -> Iterator[Bars]:
    """Sort spans into rows, each bar in the first place where none is at that time."""
    found: dict[str, list[Span]] = {}
    for span in sorted(spans, key=lambda span: span.begun):
        found.setdefault(label(span), []).append(span)
    for name, row in found.items():
        free: list[int] = []  # until when each place is taken
        bars = Bars(one_line(name, 40), [], [], [], [])
        for span in row:
            place = next((i for i, until in enumerate(free) if until <= span.begun), len(free))
            if place == DEEPEST:
                bars.beyond.append(span.begun)
                continue
            free[place : place + 1] = [span.ended]
            bars.spans.append(span)
            bars.places.append(place)
            bars.names.append(one_line(naming(span), 30))
        yield bars


def _scene(rows: Sequence[Bars]) -> tuple[Scene, dict[str, Progress]]:
    """Lay out rows below each other; the scene, and the state of each of its bars."""
    spans = [span for row in rows for span in row.spans]
    begun = min((span.begun for span in spans), default=0)
    took = max((span.ended for span in spans), default=0) - begun
    axis = Axis(begun, took, widest([row.label for row in rows], 12) * 1.15 + 24)
    high = sum(row.height for row in rows)
    figures, states = [_grid(axis, high)], {}
    top = 0.0
    for row in rows:
        figures.append(_label(row, axis, top))
        for (span, box, room), what in zip(_placed(row, axis, top), row.names, strict=True):
            bar = _bar(span, box, room, what, name=f"{row.label} {len(figures)}")
            figures.append(bar)
            states[bar.element] = _STATES[span.ending]
        top += row.height
    words = (text.box.right for figure in figures for text in figure.texts)
    right = max(axis.left + WIDTH + 98, *words) + 12
    frame = Box(-12.0, -30.0, right + 12, high + 42)
    number = len(spans) + sum(len(row.beyond) for row in rows)
    named = f"{number:,} activities in {spoken(took / 1_000_000)}"
    return Scene(name=named, frame=frame, figures=tuple(figures), lines=()), states


class Axis(NamedTuple):
    """The time: when it begins, how long it is (microseconds), and where its beginning stands."""

    begun: int
    took: int
    left: float

    def x(self, time: int) -> float:
        """Tell where a moment stands, in px."""
        return self.left + (time - self.begun) / (self.took or 1) * WIDTH


def _placed(row: Bars, axis: Axis, top: float) -> Iterator[tuple[Span, Box, float]]:
    """Place the bars of a row; with each, how far its words may reach."""
    after: dict[int, float] = {}
    found = []
    for span, place in reversed([*zip(row.spans, row.places, strict=True)]):
        x = axis.x(span.begun)
        box = Box(
            x,
            top + ROW / 2 + place * (HIGH + GAP),
            max(axis.x(span.ended) - x, 1.5),
            HIGH,
        )
        found.append((span, box, after.get(place, float("inf"))))
        after[place] = x
    yield from reversed(found)


def _is_over(span: Span) -> bool:
    """Whether it is a wait that is over: that is no work done, and nobody waits any more."""
    return span.waits and span.ending is Ending.DONE


def _bar(span: Span, box: Box, room: float, what: str, *, name: str) -> Figure:
    """Draw a bar, and what it is of and how long, as far as there is room to say so.

    Its border lies within its time, so that bars that follow each other do not overlap. A wait
    that is over is low, one that is not says in word and colour that it goes on.
    """
    took, state = spoken((span.ended - span.begun) / 1_000_000), _STATES[span.ending]
    line = _LINE + BOLDER[state]
    low = _LOW if _is_over(span) else 0.0
    wide = max(box.width - line, _THIN)
    inside = Box(box.x + line / 2, box.y + low, wide, box.height - 2 * low)
    how = "waited" if low else "" if state is Progress.DONE else _WORDS[state]
    words = f"{took}, {how}" if how else took
    said = [f"{what}, {words}", what] if what else [words]
    texts = (_bar_text(words, box) for words in said)
    text = next((text for text in texts if not text.outside or text.box.right < room), None)
    where = "/".join(filter(None, (span.instance, span.scope)))
    return Figure(
        id=name,
        element=name,
        kind="bar",
        box=box,
        outline=rectangle(inside, radius=3, width=_LINE),
        texts=(text,) if text else (),
        runs=True,
        title=clean(f"{words}, {span.node} in {where}"),
        words=clean(f"{span.node} in {where}, {took}"),
    )


def _bar_text(words: str, box: Box) -> Caption:
    """Write into a bar, or behind it if it is too short."""
    wide = widest([words], 9) * 1.15
    inside = wide + 8 < box.width
    x = box.x + 4 if inside else box.right + 4
    return Caption(
        lines=(words,),
        at=(x, box.centre[1]),
        size=9,
        centred=False,
        box=Box(x, box.y, wide, HIGH),
        outside=not inside,
    )


def _label(row: Bars, axis: Axis, top: float) -> Figure:
    """Write what a row is of, and below its bars how many more there are."""
    box = Box(0, top + ROW / 2, widest([row.label], 12), HIGH)
    texts = [_row_text(row.label, box, 12)]
    if row.beyond:
        low = top + row.height - ROW / 2 - GAP - HIGH
        wide = widest([row.rest], 9) * 1.15
        texts.append(_row_text(row.rest, Box(axis.x(row.beyond[0]) + 4, low, wide, HIGH), 9))
    key = f"row {top:g}"
    words = ", ".join(filter(None, (row.label, row.rest)))
    return Figure(
        id=key, element=key, kind="row", box=box, outline=(), texts=tuple(texts), words=words
    )


def _row_text(text: str, box: Box, size: float) -> Caption:
    return Caption(lines=(text,), at=(box.x, box.centre[1]), size=size, centred=False, box=box)


def _grid(axis: Axis, high: float) -> Figure:
    """Draw the time: a line and a word for about eight moments."""
    ticks = [(tick, axis.x(axis.begun + tick)) for tick in moments(axis.took)]
    return Figure(
        id="time",
        element="time",
        kind="time",
        box=Box(axis.left, 0.0, WIDTH, max(high, 1.0)),
        outline=(),
        parts=tuple(_tick(x, high) for _, x in ticks),
        texts=tuple(_word(tick, x) for tick, x in ticks),
        words=f"time, {spoken(axis.took / 1_000_000)}",
    )


def _tick(x: float, high: float) -> Part:
    return line((x, -4), (x, high), width=0.5)._replace(dash="2,3")


def _word(tick: int, x: float) -> Caption:
    words = spoken(tick / 1_000_000) if tick else "0"
    return Caption(lines=(words,), at=(x, -14.0), size=10, box=Box(x - 20, -20, 40, 12))


def moments(took: int) -> Iterator[int]:
    """Choose round moments within a time, in microseconds.

    >>> [*moments(100_000)]
    [0, 20000, 40000, 60000, 80000, 100000]
    """
    units = (*_ROUND, 10 ** ceil(log10(max(took, 1) / 5)))
    step = next((unit for unit in units if took / unit <= 8), units[-1])
    yield from range(0, took + 1, max(step, 1))


_SECOND: Final = 1_000_000
_ROUND: Final = (
    *(factor * 10**power for power in range(6) for factor in (1, 2, 5)),
    *(_SECOND * size for size in (1, 2, 5, 10, 20, 30)),
    *(_SECOND * 60 * size for size in (1, 2, 5, 10, 20, 30)),
    *(_SECOND * 3600 * size for size in (1, 2, 4, 6, 12)),
    *(_SECOND * 86400 * size for size in (1, 2, 5, 10, 20, 50, 100)),
)
