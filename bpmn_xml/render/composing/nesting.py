"""What lies in what on a plane, and in which order it is painted and read.

Order: a container before its content, content in the order of the flow, boundary events after
the activity they sit on, data and artifacts last. Nothing is covered by a container that is
painted later.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Final

import msgspec

from bpmn_xml import model
from bpmn_xml.model.vendors import called_by
from bpmn_xml.render.composing.model_index import ModelIndex, flow_order
from bpmn_xml.render.composing.scene import Figure
from bpmn_xml.render.composing.subject import Subject
from bpmn_xml.render.geometry import Box, around


class Nest(msgspec.Struct, frozen=True):
    """The containers drawn on one plane."""

    owners: Mapping[str, str]  # element -> the drawn element it lies in
    filled: frozenset[str]
    inner: Mapping[str, Box]
    upright: frozenset[str]
    activities: Mapping[str, str]  # shape of a choreography activity -> its element
    covered: Mapping[str, float]  # activity -> how high boundary events reach into its foot

    def parent(self, subject: Subject) -> str:
        """Tell the id of the drawn element in which one lies; empty at the top."""
        activity = self.activities.get(subject.shape.choreography_activity_shape or "")
        return activity or self.owners.get(subject.element.id, "")

    def informed(self, subject: Subject) -> Subject:
        """Tell a subject what its surroundings make of it."""
        key = subject.shape.id if _is_choreographed(subject) else subject.element.id
        return msgspec.structs.replace(
            subject,
            filled=subject.element.id in self.filled,
            inner=self.inner.get(key or ""),
            upright=subject.element.id in self.upright,
            covered=self.covered.get(subject.element.id, 0.0),
        )


def _is_choreographed(subject: Subject) -> bool:
    return isinstance(subject.element, model.ChoreographyActivity)


def nest(subjects: Sequence[Subject], nodes: ModelIndex, root: str) -> Nest:
    """Find what lies in what: by the model, as far as it is drawn on this plane."""
    drawn = {subject.element.id: subject for subject in subjects}
    owners = {key: owner for key in drawn if (owner := _owner(key, nodes, drawn)) and key != root}
    owners |= _called(drawn, owners, nodes)
    owners |= _in_lanes(subjects, owners)
    return Nest(
        owners=owners,
        filled=frozenset(owners.values()),
        inner=_lane_boxes(subjects, owners) | _between_bands(subjects),
        upright=frozenset(_upright(subjects, owners)),
        activities={s.shape.id or "": s.element.id for s in filter(_is_choreographed, subjects)},
        covered=_covered_feet(drawn),
    )


def _called(
    drawn: Mapping[str, Subject], owners: Mapping[str, str], nodes: ModelIndex
) -> dict[str, str]:
    """Find what lies in unfolded call activities: content of the called process, within it."""
    calls = {
        called_by(call.element): call
        for call in drawn.values()
        if isinstance(call.element, model.CallActivity) and call.shape.is_expanded
    }
    found: dict[str, str] = {}
    for key, subject in drawn.items():
        call = calls.get(nodes.parents.get(key, ""))
        if call and key not in owners and _within(subject.box, call.box):
            found[key] = call.element.id
    return found


def _in_lanes(subjects: Sequence[Subject], owners: Mapping[str, str]) -> dict[str, str]:
    """Find the lanes in which data and artifacts are drawn: no lane says which it has (10.8)."""
    lanes = [subject for subject in subjects if isinstance(subject.element, model.Lane)]
    lanes.sort(key=lambda lane: lane.box.area)
    found: dict[str, str] = {}
    for subject in subjects if lanes else ():
        key = subject.element.id
        if isinstance(subject.element, model.FlowNode | model.Lane) or key not in owners:
            continue
        inside = (lane.element.id for lane in lanes if _within(subject.box, lane.box))
        if lane := next((one for one in inside if _is_in(one, owners[key], owners)), ""):
            found[key] = lane
    return found


def _is_in(element: str, container: str, owners: Mapping[str, str]) -> bool:
    for _ in range(_DEEPEST):
        if not element or element == container:
            break
        element = owners.get(element, "")
    return bool(element) and element == container


def _within(inner: Box, outer: Box) -> bool:
    return inner.area < outer.area and outer.holds(inner.centre)


def _owner(element: str, nodes: ModelIndex, drawn: Mapping[str, Subject]) -> str:
    """Go up the model until something drawn is met; a process leads to its pool."""
    host = getattr(nodes.elements.get(element), "attached_to_ref", "")
    lane = nodes.lanes.get(element, "") or nodes.lanes.get(host, "")
    above = lane or nodes.parents.get(element, "")
    for _ in range(_DEEPEST):
        if not above or above in drawn:
            return above
        above = nodes.pools.get(above, "") or nodes.parents.get(above, "")
    return ""


_DEEPEST = 1_000


def _lane_boxes(subjects: Sequence[Subject], owners: Mapping[str, str]) -> dict[str, Box]:
    """Find the room that lanes take in their pool or lane."""
    boxes: dict[str, list[Box]] = {}
    for subject in subjects:
        if isinstance(subject.element, model.Lane):
            boxes.setdefault(owners.get(subject.element.id, ""), []).append(subject.box)
    return {owner: around(found) for owner, found in boxes.items()}


def _between_bands(subjects: Sequence[Subject]) -> dict[str, Box]:
    """Find the room between the participants' bands of choreography activities, by shape id."""
    activities = filter(_is_choreographed, subjects)
    free = {subject.shape.id or "": subject.box for subject in activities}
    for subject in subjects:
        shape, box = subject.shape, subject.box
        room = free.get(shape.choreography_activity_shape or "")
        if room is None or not shape.participant_band_kind:
            continue
        above = box.centre[1] < room.centre[1]
        top = max(room.y, box.bottom) if above else room.y
        foot = room.bottom if above else min(room.bottom, box.y)
        key = shape.choreography_activity_shape or ""
        free[key] = Box(room.x, top, room.width, max(8, foot - top))
    return free


def _covered_feet(drawn: Mapping[str, Subject]) -> dict[str, float]:
    """Find how high boundary events reach into the middle of the foot of their activity."""
    feet: dict[str, float] = {}
    for subject in drawn.values():
        event = subject.element
        host = drawn.get(event.attached_to_ref) if isinstance(event, model.BoundaryEvent) else None
        if host is None:
            continue
        box, middle = host.box, host.box.grown(-host.box.width / 5)
        if subject.box.right > middle.x and subject.box.x < middle.right:
            reach = box.bottom - subject.box.y if subject.box.bottom >= box.bottom else 0.0
            feet[host.element.id] = max(reach, feet.get(host.element.id, 0.0))
    return feet


def _upright(subjects: Sequence[Subject], owners: Mapping[str, str]) -> set[str]:
    """Find pools and lanes that stand: as the file says, else as their pool does."""
    said = {s.element.id: s.shape.is_horizontal for s in subjects}

    def stands(element: str) -> bool:
        for _ in range(_DEEPEST):
            if said.get(element) is not None or element not in owners:
                break
            element = owners[element]
        return said.get(element) is False

    return {key for key in said if stands(key)}


def painted(figures: Sequence[Figure], nodes: ModelIndex) -> list[Figure]:
    """Put figures into the order in which they are painted and read."""
    return _uncovered(_walked(figures, _ranks(figures, nodes)))


Rank = tuple[int, int, bool]


def _ranks(figures: Sequence[Figure], nodes: ModelIndex) -> dict[str, Rank]:
    """Rank the figures of a container: lanes, then flow nodes as the flow goes, then the rest."""
    runs = [figure.element for figure in figures if figure.runs]
    flow = flow_order(nodes, runs)
    ranks: dict[str, Rank] = {}
    for position, figure in enumerate(figures):
        element = nodes.elements[figure.element]
        host = element.attached_to_ref if isinstance(element, model.BoundaryEvent) else ""
        if figure.runs:
            ranks[figure.id] = (1, flow.get(host or figure.element, len(figures)), bool(host))
        else:
            first = isinstance(element, model.Participant | model.Lane)
            ranks[figure.id] = (0 if first else 2, position, False)
    return ranks


def _walked(figures: Sequence[Figure], ranks: Mapping[str, Rank]) -> list[Figure]:
    """Walk containers depth-first; nodes of lanes belong to the pool, not to the lane."""
    lanes = {figure.element for figure in figures if figure.kind == "lane"}
    above = {figure.element: figure.parent for figure in figures}
    present = set(above)
    content: dict[str, list[Figure]] = {}
    for figure in sorted(figures, key=lambda found: ranks[found.id]):
        owner = figure.parent if figure.kind == "lane" else _past(lanes, figure.parent, above)
        content.setdefault(owner if owner in present else "", []).append(figure)
    order: list[Figure] = []
    open_ = content.pop("", [])[::-1]
    while open_:
        figure = open_.pop()
        order.append(figure)
        open_ += content.pop(figure.element, [])[::-1]
    missed = [figure for rest in content.values() for figure in rest]
    return order + missed


def _past(lanes: Set[str], owner: str, above: Mapping[str, str]) -> str:
    """Go up until no lane is met; nowhere, where lanes are said to be inside each other."""
    for _ in range(_DEEPEST):
        if owner not in lanes:
            return owner
        owner = above.get(owner, "")
    return ""


def _uncovered(figures: list[Figure]) -> list[Figure]:
    """Move what a container painted later would cover to just behind that container."""
    above = _covering(figures)
    keys: dict[str, tuple[int, ...]] = {}
    for place, figure in sorted(enumerate(figures), key=lambda found: -found[1].box.area):
        last = max((keys[container.id] for container in above.get(figure.id, ())), default=())
        keys[figure.id] = (*last, place) if last > (place,) else (place,)
    return sorted(figures, key=lambda figure: keys[figure.id])


def _covering(figures: Sequence[Figure]) -> Mapping[str, Sequence[Figure]]:
    """List the containers that would cover a figure, by its id: sweep along the longer side.

    Where very many lie upon each other only the largest are remembered.
    """
    whole = around([figure.box for figure in figures])
    wide = whole.width >= whole.height
    found: dict[str, list[Figure]] = {}
    containers: list[Figure] = []
    others: list[Figure] = []
    for figure in sorted(figures, key=lambda one: one.box.x if wide else one.box.y):
        begin = figure.box.x if wide else figure.box.y
        containers = _reaching(containers, begin, wide=wide)
        if figure.container:
            others = _reaching(others, begin, wide=wide)
        for other in (*containers, *others) if figure.container else containers:
            swapped = figure.box.area < other.box.area
            larger, inside = (other, figure) if swapped else (figure, other)
            if larger.container and _covers(larger, inside):
                found.setdefault(inside.id, []).append(larger)
        (containers if figure.container else others).append(figure)
    return found


def _reaching(figures: Sequence[Figure], place: float, *, wide: bool) -> list[Figure]:
    """Keep the figures that do not end before a place; of a crowd the largest."""
    found = [one for one in figures if (one.box.right if wide else one.box.bottom) > place]
    if len(found) > 2 * _CROWD:
        found = sorted(found, key=lambda one: one.box.area)[-_CROWD:]
    return found


_CROWD: Final = 150


def _covers(container: Figure, figure: Figure) -> bool:
    a, b = container.box, figure.box
    if b.area >= a.area:
        return False
    apart = a.right <= b.x or b.right <= a.x or a.bottom <= b.y or b.bottom <= a.y
    return not apart and figure.element != container.parent
