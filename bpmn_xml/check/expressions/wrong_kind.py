"""FEEL expressions that give a value of another kind than their place asks for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from bpmn_xml import model as m
from bpmn_xml.check.expressions.conditions import is_constant
from bpmn_xml.check.expressions.value_kinds import (
    DATE,
    DURATION,
    FLAG,
    LIST,
    MOMENT,
    NUMBER,
    TEXT,
    kind_of,
)
from bpmn_xml.check.variables.reads_and_writes import Elements, Text, owners, parsed
from bpmn_xml.compiler.program import Flow, Node, Program
from bpmn_xml.errors import Finding, Place
from bpmn_xml.model.about import finding_about, part_with
from bpmn_xml.wording import listed, quoted

UNFIT: Final = "BX752"


Kinds = tuple[str, ...]
WHEN: Final[dict[str, Kinds]] = {
    "time_duration": (DURATION, TEXT),
    "time_date": (DATE, MOMENT, TEXT),
    "time_cycle": (TEXT, DURATION),
}
"""By the kind of a timer: what its expression may give."""

TOLD: Final[dict[str, Kinds]] = {
    "assignee": (TEXT,),
    "candidate_groups": (LIST,),
    "candidate_users": (LIST,),
    "due": (TEXT, DATE, MOMENT),
    "follow_up": (TEXT, DATE, MOMENT),
    "priority": (NUMBER, TEXT),
}
"""By what a person is told of a task: what its expression may give."""


class Asked(NamedTuple):
    """A text, what it is called, and the kinds of value that it may give."""

    text: Text
    what: str
    kinds: Kinds
    may_be_fixed: bool = True


def wrong_kind(program: Program, elements: Elements) -> Iterator[Finding]:
    """Find expressions whose values cannot be what their places ask for, each at its line."""
    for element, owner in owners(program, elements):
        for slot in _slots(owner):
            read = parsed(slot.text.text, slot.text.language)
            kind = kind_of(read.tree) if read is not None and read.language == "feel" else ""
            if not kind or kind in slot.kinds:
                continue
            if not slot.may_be_fixed and is_constant(slot.text):
                continue  # which is told as such
            what = f"its {slot.what} {quoted(slot.text.text)} is a {kind}"
            mend = f"let it give a {listed(slot.kinds, 'or')}"
            place = _place(element, elements, slot.text.text)
            yield finding_about(element, UNFIT, what, mend, place=place)


def _slots(owner: Node | Flow) -> Iterator[Asked]:
    """What is evaluated of which the kind is known that it must have."""
    if isinstance(owner, Flow):
        if owner.condition:
            yield Asked(owner.condition, "condition", (FLAG,), may_be_fixed=False)
        return
    yield from _slots_of_events(owner)
    loop, work = owner.loop, owner.work
    if loop and loop.total:  # a text that is fixed is told as such
        kinds = (LIST, TEXT) if loop.listed else (LIST, NUMBER, TEXT)
        yield Asked(loop.total, "number of instances", kinds)
    if loop and loop.until:
        yield Asked(loop.until, "completion condition", (FLAG,), may_be_fixed=False)
    for name, value in work.user_task_settings if work else ():
        if name in TOLD:
            yield Asked(value, name.replace("_", " "), TOLD[name])


def _slots_of_events(node: Node) -> Iterator[Asked]:
    for event in node.events:
        if event.condition:
            yield Asked(event.condition, "condition", (FLAG,), may_be_fixed=False)
        if event.key:
            yield Asked(event.key, "correlation key", (TEXT, NUMBER))
        if event.due and event.due.kind in WHEN:
            yield Asked(event.due, event.due.kind.replace("_", " "), WHEN[event.due.kind])


def _place(element: m.Element, elements: Elements, text: str) -> Place:
    """Where a text stands: in an element, or in the message that it is about."""
    part = part_with(element, text)
    messages = (one for one in elements.values() if isinstance(one, m.Message))
    found = (part_with(one, text) for one in messages) if part is element else ()
    return next((one.place for one in found if not isinstance(one, m.Message)), part.place)
