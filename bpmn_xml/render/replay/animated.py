"""A run as an SVG that moves by itself: no script, so that it plays where only pictures may be.

People who want no motion see how the run ended.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Final

from lxml import etree

from bpmn_xml.model import Definitions
from bpmn_xml.render.drawing import Job, job_of, svg_of
from bpmn_xml.render.geometry import Point, rounded
from bpmn_xml.render.output.css import at_rest
from bpmn_xml.render.output.paths import number
from bpmn_xml.render.overlay import BLANK, Progress
from bpmn_xml.render.replay.schedule import NUMBERS, Change, Story, schedule
from bpmn_xml.render.replay.trips import TRAVEL, Trip
from bpmn_xml.render.runs import Naming
from bpmn_xml.render.theme import AUTO, themes_called

if TYPE_CHECKING:
    from bpmn_xml.trace.reader import TraceLine

SVG: Final = "{http://www.w3.org/2000/svg}"
PAUSE: Final = 2.0
"""Seconds for which the end is shown before it begins again."""

_CLOSE: Final = TRAVEL / 12
"""Milliseconds after another token in which one that follows it would mostly cover it."""

_STYLE: Final = """
.bpmn-xml .token{fill:#7b1fa2;stroke:#ffffff;stroke-width:2px}
@media (prefers-color-scheme:dark){.bpmn-xml .token{fill:#d8a3f0;stroke:#14171b}}
@media (prefers-reduced-motion:reduce){.bpmn-xml .token{display:none}}"""


def animated(
    definitions: Definitions,
    lines: Iterable[TraceLine],
    naming: Naming,
    *,
    plane: str | int | None = None,
    style: str = "",
) -> bytes:
    """Make the moving picture of a run, which begins again when it is over.

    Args:
        definitions: what was run.
        lines: its trace.
        naming: what the trace calls the elements.
        plane: which drawing of the file; the first one by default.
        style: rules of CSS that follow ours.
    """
    rules = "\n".join((_STYLE, at_rest(themes_called(AUTO), Progress, name=AUTO), style))
    job = job_of(definitions, overlay=BLANK, theme=AUTO, plane=plane, style=rules)
    told = schedule(lines, naming)
    root = etree.fromstring(svg_of(job), etree.XMLParser(huge_tree=True, resolve_entities=False))
    _clock(root, told.length / 1000 + PAUSE)
    _dress(root, _states(told, naming), job)
    _tokens(root, told, naming, job)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8"))


def _clock(root: etree._Element, length: float) -> None:
    """Put in what all else begins with, again and again."""
    canvas = root.find(f"{SVG}rect")
    if canvas is None:
        return
    attributes = {
        "id": "run",
        "attributeName": "visibility",
        "values": "visible;visible",
        "begin": "0s;run.end",
        "dur": f"{number(length)}s",
    }
    etree.SubElement(canvas, f"{SVG}animate", attributes)


def _begin(at: float) -> str:
    return f"run.begin+{number(at / 1000)}s"


Moments = list[tuple[float, Progress]]


def _states(told: Story, naming: Naming) -> dict[str, Moments]:
    """Find when each element changes to which state, by its id."""
    found: dict[str, Moments] = {}
    changes = sorted(told.changes, key=lambda change: (change.node, change.at))
    for name, group in groupby(changes, key=lambda change: change.node):
        if node := naming.nodes.get(name):
            found[node.id] = [*_turns(group)]
    for flow, trip in _trips(told, naming):
        found.setdefault(flow, [(trip.start, Progress.DONE)])
    return found


def _trips(told: Story, naming: Naming) -> list[tuple[str, Trip]]:
    """All that travels, with the ids of the flows it travels along, by when it begins."""
    along = {name: flow.id for name, flow in naming.flows.items()}
    known = [(along[move.flow], move) for move in told.moves if move.flow in along]
    known += [(trip.flow, trip) for trip in told.letters]
    return sorted(known, key=lambda one: one[1].start)


def _turns(changes: Iterable[Change]) -> Iterator[tuple[float, Progress]]:
    """Say when the state of a node turns, and to what."""
    totals, last = [0] * NUMBERS, Progress.UNTOUCHED
    for at, together in groupby(changes, key=lambda change: change.at):
        for change in together:
            totals = [a + b for a, b in zip(totals, change.numbers, strict=True)]
        state = state_of(totals)
        if state is not last:
            yield at, state
            last = state


def state_of(totals: Sequence[int]) -> Progress:
    """Say what a node shows, of all of which its numbers tell."""
    active, waiting, done, failed, cut, threw = totals
    ranked = (
        (failed, Progress.FAILED),
        (active, Progress.ACTIVE),
        (waiting, Progress.WAITING),
        (done, Progress.DONE),
        (threw, Progress.FAILED),
        (cut, Progress.INTERRUPTED),
    )
    return next((state for count, state in ranked if count > 0), Progress.UNTOUCHED)


def _dress(root: etree._Element, states: dict[str, Moments], job: Job) -> None:
    """Let the classes of elements change, and of the names beside them."""
    groups = {found.get("id"): found for found in root.iter(f"{SVG}g") if found.get("id")}
    names = {found.get("data-for"): found for found in root.iter(f"{SVG}g")}
    for drawn in job.scene.drawn:
        moments = states.get(drawn.element)
        if moments:
            _change(groups.get(drawn.id), moments, drawn.kind)
            _change(names.get(drawn.id), moments)


def _change(group: etree._Element | None, moments: Moments, kind: str = "") -> None:
    """Let the class of a group change at its moments."""
    if group is None:
        return
    group.set("data-end", moments[-1][1])
    first = {"attributeName": "class", "to": group.get("class", ""), "begin": "run.begin"}
    etree.SubElement(group, f"{SVG}set", first)
    for at, state in moments:
        attributes = {"attributeName": "class", "to": f"{kind} {state}".strip()}
        etree.SubElement(group, f"{SVG}set", {**attributes, "begin": _begin(at)})


def _tokens(root: etree._Element, told: Story, naming: Naming, job: Job) -> None:
    """Let tokens travel, and messages; what follows so close that it would be covered does not."""
    layer = etree.SubElement(root, f"{SVG}g", {"aria-hidden": "true"})
    routes = {line.element: line.points for line in job.scene.lines}
    last: dict[str, float] = {}
    for flow, move in _trips(told, naming):
        if flow not in routes or move.start < last.get(flow, -_CLOSE) + _CLOSE:
            continue
        last[flow] = move.start
        token = {"class": "token", "r": "8", "visibility": "hidden"}
        circle = etree.SubElement(layer, f"{SVG}circle", token)
        when = {"begin": _begin(move.start), "dur": f"{number((move.end - move.start) / 1000)}s"}
        shown = {"attributeName": "visibility", "to": "visible"}
        etree.SubElement(circle, f"{SVG}set", {**shown, **when})
        way = {"path": _path(routes[flow])}
        etree.SubElement(circle, f"{SVG}animateMotion", {**way, **when})


def _path(points: Sequence[Point]) -> str:
    first, *curve = [f"{number(x)},{number(y)}" for x, y in rounded(points)]
    return f"M{first}C{' '.join(curve)}"
