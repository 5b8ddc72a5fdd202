"""Where the name of an element stands: within it, on its band, or beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bpmn_xml import model
from bpmn_xml.model import BPMNLabel
from bpmn_xml.render.composing.lettering import (
    EXTERNAL,
    INSIDE,
    SPARE,
    below,
    block,
    clean,
    lines_of,
    ranged_left,
    turned,
    within,
)
from bpmn_xml.render.composing.measure import bounds_of
from bpmn_xml.render.composing.scene import LINE_HEIGHT, Caption
from bpmn_xml.render.composing.subject import Subject
from bpmn_xml.render.composing.symbols import crowd_foot, foot, task_icon_place
from bpmn_xml.render.geometry import Box

BAND, MARGIN = 30.0, 5.0
"""Width of a pool's band, room between text and border, in px."""

LABEL_LINE: Final = 13.0
GROWTHS: Final = (1.15, 1.35)
"""Height of a line in the bounds of a label, in px, and how many times wider these may become."""

RIMS: Final[Mapping[type, float]] = {model.CallActivity: 2.0, model.Transaction: 3.5}
"""How much further than others the border of an activity reaches inwards, in px."""

READABLE = 10.0
"""Below this size a name rather leaves the middle, or runs under boundary events, in px."""

Texts = tuple[Caption, ...]


def inside(subject: Subject) -> Texts:
    """Write the name into an activity; an unfolded one has it at its top."""
    if subject.expanded:
        return headline(subject)
    if not subject.name:
        return ()
    room = subject.box.grown(-MARGIN - RIMS.get(type(subject.element), 0))
    corner = task_icon_place(subject)
    low = max(0.0, foot(subject) - MARGIN + 1)
    high = max(low, subject.covered - MARGIN + 2)
    centred = within(subject.name, room, taken=corner, foot=high)
    if centred.size >= READABLE:
        return (centred,)
    if corner and _is_read(subject.name, text := _right_of(corner, subject.name, room, high)):
        return (text,)
    return (within(subject.name, room, taken=corner, foot=low) if high > low else centred,)


def _right_of(icon: Box, name: str, room: Box, foot: float) -> Caption:
    """Set a name into what an icon leaves free of a room, to the right of it."""
    free = Box(icon.right, room.y, max(room.right - icon.right, 8.0), room.height)
    return within(name, free, foot=foot)


def _is_read(name: str, text: Caption) -> bool:
    """Tell whether a name is large enough to be read, and no word of it is cut."""
    return text.size >= READABLE and " ".join(text.lines).split() == name.split()


def headline(subject: Subject) -> Texts:
    """Write the name at the top of what is unfolded."""
    if not subject.name:
        return ()
    box = subject.inner or subject.box
    lines = lines_of(subject.name, (box.width - 2 * MARGIN) * SPARE, INSIDE, 2)
    height = len(lines) * INSIDE * LINE_HEIGHT
    return (block(lines, (box.centre[0], box.y + MARGIN + height / 2), INSIDE),)


def free(subject: Subject) -> Texts:
    """Write the name between the bands of a choreography activity, or into a conversation."""
    if subject.expanded:
        return headline(subject)
    room = (subject.inner or subject.box).grown(-3)
    return (within(subject.name, room, foot=foot(subject)),) if subject.name else ()


def band_of(subject: Subject) -> Box:
    """Find the strip of a pool or lane in which its name stands."""
    box, inner = subject.box, subject.inner
    if subject.upright:
        high = inner.y - box.y if inner else BAND
        return Box(box.x, box.y, box.width, high if 10 <= high <= 80 else BAND)
    wide = inner.x - box.x if inner else BAND
    return Box(box.x, box.y, wide if 10 <= wide <= 80 else BAND, box.height)


def on_band(subject: Subject) -> Texts:
    """Write the name on the band of a pool or lane, upwards where it lies."""
    if not subject.name:
        return ()
    if subject.black_box:
        return (_across(subject.name, subject.box),)
    room = band_of(subject).grown(-2)
    return (within(subject.name, room) if subject.upright else turned(subject.name, room),)


def _across(name: str, box: Box) -> Caption:
    """Write into a pool without inside; into a narrow upright one upwards."""
    upwards = box.height > 2 * box.width and box.width < 100
    return turned(name, box.grown(-2)) if upwards else within(name, box.grown(-MARGIN))


def banner(subject: Subject) -> Texts:
    """Write the name of a participant into its band of a choreography activity."""
    room = subject.box.grown(-2)
    return (within(subject.name, room, foot=crowd_foot(subject)),) if subject.name else ()


def beside(subject: Subject) -> Texts:
    """Write the name where the file says, else below the element."""
    name = _with_state(subject)
    if not name:
        return ()
    return (labelled(name, subject.shape.label) or _below(name, subject.box),)


def labelled(name: str, label: BPMNLabel | None) -> Caption | None:
    """Write a name into the bounds of a label; nothing if the file gives no usable ones.

    Where it would need more lines than there are in the bounds, as with wider letters than those
    of the author's machine, the bounds may grow a little.
    """
    bounds = bounds_of(label.bounds if label else None)
    if bounds is None or bounds.width < 1:
        return None
    width, lines = max(bounds.width, 24.0), max(1, round(bounds.height / LABEL_LINE))
    rooms = (width + 2, *(width * growth for growth in GROWTHS))
    texts = [below(name, bounds.centre[0], bounds.y, room) for room in rooms]
    return next((text for text in texts if len(text.lines) <= lines), texts[0])


def _below(name: str, box: Box) -> Caption:
    return below(name, box.centre[0], box.bottom + 4, max(EXTERNAL, box.width))


def _with_state(subject: Subject) -> str:
    state = getattr(subject.element, "data_state", None)
    named = clean(state.name) if state else ""
    name = subject.name or _referred(subject)
    return f"{name}\n[{named}]" if named and not name.endswith(f"[{named}]") else name


def _referred(subject: Subject) -> str:
    """Take the name of the data object or store that a nameless reference shows."""
    element = subject.element
    refs = (getattr(element, field, None) for field in ("data_object_ref", "data_store_ref"))
    return next((clean(subject.nodes.name(ref)) for ref in refs if ref), "")


def note(subject: Subject) -> Texts:
    """Write the text of an annotation, from its bracket on."""
    text = getattr(subject.element, "text", None)
    words = clean(text.text) if text else ""
    box = subject.box
    room = Box(box.x + 7, box.y + 3, max(box.width - 9, 8), max(box.height - 6, 8))
    return (ranged_left(words, room),) if words else ()


def caption(subject: Subject) -> Texts:
    """Write the category's value of a group where the file says, else at the top within it."""
    group, nodes = subject.element, subject.nodes
    ref = getattr(group, "category_value_ref", None)
    value = nodes.elements.get(ref or "")
    name = clean(value.value) if isinstance(value, model.CategoryValue) else ""
    if not name:
        return ()
    box = subject.box
    at_top = below(name, box.centre[0], box.y + 4, max(EXTERNAL, box.width - 10))
    return (labelled(name, subject.shape.label) or at_top,)
