"""Match the elements of two files by their ids and say what became of each."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from bpmn_xml import model as m
from bpmn_xml.check.difference.content import Described, Facts, units
from bpmn_xml.model.about import element_word, name_of
from bpmn_xml.render.overlay import Edit


class Detail(msgspec.Struct, frozen=True):
    """One fact before and after; empty where there was or is none."""

    what: str
    before: str
    after: str


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """One element that is not as it was.

    Attributes:
        word: what people call such an element.
        of: the id of the event that an event definition belongs to.
        line: where it is in the new file, or was in the old one; 0 is unknown.
        details: what has changed, in alphabetical order; nothing of what was added or removed.
    """

    change: Edit
    id: str
    name: str = ""
    word: str
    of: str = ""
    line: int = 0
    details: tuple[Detail, ...] = ()


def compare(
    before: m.Definitions, after: m.Definitions, *, layout: bool = True
) -> tuple[Difference, ...]:
    """All elements that are different, in the order of the new file, then what was removed.

    Args:
        before: the old file.
        after: the new file.
        layout: whether it counts how elements are drawn.

    >>> old = m.Definitions(id="D", root_elements=(m.Process(id="P", name="Ship"),))
    >>> new = m.Definitions(id="D", root_elements=(m.Process(id="P", name="Send"),))
    >>> [(found.id, str(found.change), found.details[0].after) for found in compare(old, new)]
    [('P', 'changed', 'Send')]
    """
    return tuple(_differences(units(before), units(after), layout=layout))


def _differences(
    before: dict[str, Described], after: dict[str, Described], *, layout: bool
) -> Iterator[Difference]:
    for name, unit in after.items():
        old = before.get(name)
        if old is None:
            yield _told(Edit.ADDED, name, unit)
        elif said := _said(old, unit):
            yield _told(Edit.CHANGED, name, unit, said)
        elif layout and (drawn := tuple(_details(old.drawn, unit.drawn))):
            yield _told(Edit.MOVED, name, unit, drawn)
    for name, unit in before.items():
        if name not in after:
            yield _told(Edit.REMOVED, name, unit)


def _said(old: Described, new: Described) -> tuple[Detail, ...]:
    """The facts about an element that have changed."""
    kinds = element_word(old.element), element_word(new.element)
    whole = [Detail("kind", *kinds)] if kinds[0] != kinds[1] else []
    if old.container != new.container:
        whole.append(Detail("in", old.container, new.container))
    return (*whole, *_details(old.facts, new.facts))


def _details(old: Facts, new: Facts) -> Iterator[Detail]:
    for what in sorted(old.keys() | new.keys()):
        if old.get(what) != new.get(what):
            yield Detail(what, old.get(what, ""), new.get(what, ""))


def _told(change: Edit, name: str, unit: Described, details: tuple[Detail, ...] = ()) -> Difference:
    element = unit.element
    return Difference(
        change=change,
        id=name,
        name=name_of(element),
        word=element_word(element),
        of=unit.container if isinstance(element, m.EventDefinition) else "",
        line=element.place.line,
        details=details,
    )
