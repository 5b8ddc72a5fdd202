"""How large shapes and their names are, and which names stand outside their shapes.

Sizes are those that modelers use; a task grows when its name would not fit.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bpmn_xml.layout.layered.problem import Contour
from bpmn_xml.layout.text import text_width, wrap
from bpmn_xml.model import (
    AdHocSubProcess,
    BaseElement,
    Category,
    ChoreographyActivity,
    ConversationNode,
    DataInput,
    DataObject,
    DataObjectReference,
    DataOutput,
    DataStoreReference,
    Definitions,
    Event,
    Gateway,
    Group,
    Task,
    TextAnnotation,
)
from bpmn_xml.model.about import name_of

Size = tuple[int, int]

NAME_SIZE: Final = 12
LABEL_SIZE: Final = 11
LINE: Final = 14
LABEL_WIDTH: Final = 90
MOST_LINES: Final = 10
BAND: Final = 20

_DATA: Final = (DataObject, DataObjectReference, DataInput, DataOutput)
_NAMED_OUTSIDE: Final = (Event, Gateway, *_DATA, DataStoreReference, ConversationNode)
_FIXED_SIZES: Final[tuple[tuple[type | tuple[type, ...], Size], ...]] = (
    (Event, (36, 36)),
    (Gateway, (50, 50)),
    (_DATA, (36, 50)),
    (DataStoreReference, (50, 50)),
    (ConversationNode, (40, 36)),
    (Group, (200, 120)),
)
_ACTIVITY: Final = (100, 80)
_ACTIVITY_WIDTHS: Final = (100, 120, 140, 160, 200)
_ACTIVITY_PADDING: Final = 7
_NOTE_WIDTHS: Final = (100, 140, 180, 240, 300)
_NOTE_LINES: Final = 5
_ACTIVITY_LINES: Final = 20
_MOST_NOTE_LINES: Final = 60
"""How high activities and notes grow at most, in lines: what is longer ends with an ellipsis."""


def category_values(definitions: Definitions) -> dict[str, str]:
    """Map the ids of all category values to their texts: groups show them."""
    return {
        value.id: value.value or ""
        for root in definitions.root_elements
        if isinstance(root, Category)
        for value in root.category_values
    }


def caption(element: BaseElement, categories: Mapping[str, str]) -> str:
    """Find what is written in or beside a shape."""
    if isinstance(element, TextAnnotation):
        return element.text.text if element.text else ""
    if isinstance(element, Group):
        return categories.get(element.category_value_ref or "", "")
    return name_of(element)


def is_named_outside(element: BaseElement) -> bool:
    """Tell whether the name of an element stands beside its shape."""
    return isinstance(element, _NAMED_OUTSIDE)


def contour_of(element: BaseElement) -> Contour:
    """Choose the outline that edges dock at."""
    if isinstance(element, Event):
        return "circle"
    return "diamond" if isinstance(element, Gateway | ConversationNode) else "box"


def shape_size(element: BaseElement, text: str) -> Size:
    """Measure the shape of an element without content of its own.

    >>> from bpmn_xml.model import UserTask
    >>> shape_size(UserTask(id="t"), "Check"), shape_size(UserTask(id="t"), "Check it " * 20)
    ((100, 80), (200, 112))
    """
    if isinstance(element, TextAnnotation):
        return _note_size(text)
    if isinstance(element, ChoreographyActivity):
        return _ACTIVITY[0], max(_ACTIVITY[1], BAND * (2 + len(element.participant_refs)))
    for kinds, size in _FIXED_SIZES:
        if isinstance(element, kinds):
            return size
    return _activity_size(text, icon_lines=int(type(element) is not Task))


def heights_of_bands(element: BaseElement) -> Size:
    """Measure the bands of participants at the top and at the foot of a choreography activity."""
    count = len(element.participant_refs) if isinstance(element, ChoreographyActivity) else 0
    return BAND * min(1, count), BAND * max(0, count - 1)


def room_for_markers(element: BaseElement) -> int:
    """Measure what the markers at the foot of a sub-process need more than its margin."""
    signs = ("loop_characteristics", "is_for_compensation")
    has_some = any(getattr(element, sign, None) for sign in signs)
    return 12 if has_some or isinstance(element, AdHocSubProcess) else 0


def label_size(text: str, width: int = LABEL_WIDTH) -> Size:
    """Measure a name outside its shape; without text it needs no room.

    >>> label_size("Goods have arrived"), label_size("")
    ((62, 28), (0, 0))
    """
    lines = wrap(text, width, LABEL_SIZE, MOST_LINES)
    if not lines:
        return 0, 0
    widest = max(text_width(line, LABEL_SIZE) for line in lines)
    return _even(int(widest) + 3), LINE * len(lines)


def _activity_size(text: str, icon_lines: int) -> Size:
    """Find the narrowest box that holds a name without growing; the widest grows."""
    fitting = (_ACTIVITY[1] - 2 * _ACTIVITY_PADDING) // LINE - icon_lines
    for width in _ACTIVITY_WIDTHS:
        lines = len(wrap(text, width - 2 * _ACTIVITY_PADDING, NAME_SIZE, _ACTIVITY_LINES))
        if lines <= fitting:
            return width, _ACTIVITY[1]
    return width, _even((lines + 2 * icon_lines) * LINE + 2 * _ACTIVITY_PADDING)


def _note_size(text: str) -> Size:
    """Find the narrowest box that holds a note in few lines."""
    for width in _NOTE_WIDTHS:
        lines = len(wrap(text, width - 12, NAME_SIZE, _MOST_NOTE_LINES))
        if lines <= _NOTE_LINES:
            break
    return width, max(30, _even(lines * LINE + 10))


def _even(length: int) -> int:
    """Round up so that the middle is a whole pixel."""
    return length + length % 2
