"""What messages say of an element: what it is, its name, and a finding at its place."""

from __future__ import annotations

import re
from typing import Final, Unpack

from bpmn_xml.codes import FindingDetails, finding
from bpmn_xml.errors import Finding, Place
from bpmn_xml.model.common import Expression, FlowElement
from bpmn_xml.model.foundation import Element, ForeignElement
from bpmn_xml.model.walk import children
from bpmn_xml.reach import within

_HUMP: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SPELLED: Final = (
    ("sub process", "sub-process"),
    ("ad hoc", "ad-hoc"),
    ("event based", "event-based"),
)


def element_word(element: Element) -> str:
    """What people call an element of this type.

    >>> from bpmn_xml import model
    >>> element_word(model.AdHocSubProcess(id="a")), element_word(model.EventBasedGateway(id="g"))
    ('ad-hoc sub-process', 'event-based gateway')
    """
    return kind_word(type(element))


def kind_word(kind: type[Element]) -> str:
    """What people call the elements of a class."""
    word = _HUMP.sub(" ", kind.__name__).lower()
    for run_together, spelled in _SPELLED:
        word = word.replace(run_together, spelled)
    return word


def name_of(element: Element | None) -> str:
    """The name of an element; empty where there is none.

    >>> from bpmn_xml.model import Bounds, Task
    >>> name_of(Task(id="t", name="Pay")), name_of(Bounds(x=0, y=0, width=1, height=1))
    ('Pay', '')
    """
    return getattr(element, "name", None) or ""


def place_of(element: Element, text: str) -> Place:
    """Where a text stands in an element, as in `part_with`.

    >>> from bpmn_xml.model import SequenceFlow
    >>> condition = Expression(body=" n > 5 ", place=Place("a.bpmn", 8))
    >>> flow = SequenceFlow(id="f", source_ref="a", target_ref="b", condition_expression=condition)
    >>> str(place_of(flow, "n > 5"))
    'a.bpmn:8'
    """
    return part_with(element, text).place


def part_with(element: Element, text: str) -> Element | ForeignElement:
    """The part of an element that holds a text: an expression, a vendor's word, its attribute.

    It is the element itself if the text stands in none of its parts.
    """
    wanted, waiting = text.strip(), [element]
    while waiting and wanted:
        part = waiting.pop()
        if isinstance(part, Expression) and part.body.strip() == wanted:
            return part
        if any(one.value.strip() == wanted for one in part.extension_attributes):
            return part
        for word in getattr(part, "extension_elements", ()):
            if found := _word_with(word, wanted):
                return found
        waiting += [one for one in reversed(children(part)) if not isinstance(one, FlowElement)]
    return element


def _word_with(word: ForeignElement, text: str) -> ForeignElement | None:
    """The first word, of one and of those inside it, that holds a text."""
    for part in within(word, lambda one: reversed(one.children)):
        if part.text.strip() == text or any(one.value.strip() == text for one in part.attributes):
            return part
    return None


def finding_about(
    element: Element,
    code: str,
    message: str,
    remedy: str | None = None,
    **details: Unpack[FindingDetails],
) -> Finding:
    """Make a finding about an element: its place, id and name, where the details are silent.

    >>> from bpmn_xml.model import Task
    >>> str(finding_about(Task(id="pay"), "BX201", "nobody does it", "bind it"))
    '<memory>: error BX201 pay: nobody does it; bind it'
    """
    details.setdefault("place", element.place)
    details.setdefault("id", getattr(element, "id", None) or "")
    details.setdefault("name", name_of(element))
    return finding(code, message, remedy, **details)
