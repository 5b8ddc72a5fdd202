"""The vocabulary, ready for reading: for each class its attributes and children by name."""

from __future__ import annotations

from functools import cache
from typing import Final

import msgspec

from bpmn_xml.formats.bpmn.vocabulary import (
    BY_CLASS,
    BY_TAG,
    BY_TYPE,
    Attribute,
    Child,
    SimpleType,
    TypeRow,
    lineage,
    substitutes,
)
from bpmn_xml.model import BaseElement, Definitions, Element

IDENTIFIED: Final = (BaseElement, Definitions)
"""Classes whose elements always have an id."""


class ChildSlot(msgspec.Struct, frozen=True):
    """Where a child goes: its row, its field, and the class of what it becomes.

    `cls` is `None` for a child that is only a value and for one that holds foreign elements.
    """

    child: Child
    field: str
    many: bool
    cls: type[Element] | None = None
    abstract: bool = False


class ReadingPlan(msgspec.Struct, frozen=True):
    """All that one class can take, its inherited parts included."""

    cls: type[Element]
    row: TypeRow
    attributes: dict[str, Attribute]
    slots: dict[str, ChildSlot]
    required: tuple[Attribute | Child, ...]
    mixed: str
    identified: bool


@cache
def plan_of(cls: type[Element]) -> ReadingPlan:
    """Make the plan of a class, once.

    >>> from bpmn_xml.model import SequenceFlow
    >>> plan = plan_of(SequenceFlow)
    >>> sorted(plan.attributes)
    ['id', 'isImmediate', 'name', 'sourceRef', 'targetRef']
    >>> plan.slots["conditionExpression"].field
    'condition_expression'
    """
    rows = lineage(cls)
    children = [child for row in rows for child in row.children]
    attributes = [attribute for row in rows for attribute in row.attributes]
    return ReadingPlan(
        cls=cls,
        row=BY_CLASS[cls],
        attributes={attribute.name: attribute for attribute in attributes},
        slots={tag: slot for child in children for tag, slot in slots_of(child)},
        required=(
            *(attribute for attribute in attributes if attribute.required),
            *(child for child in children if child.minimum),
        ),
        mixed=next((row.mixed for row in rows if row.mixed), ""),
        identified=issubclass(cls, IDENTIFIED),
    )


def slots_of(child: Child) -> list[tuple[str, ChildSlot]]:
    """Return the tags that may stand for a child, each with where it goes."""
    many = child.maximum != 1 or bool(child.wildcard)
    if child.wildcard or isinstance(child.type, SimpleType):
        return [(child.tag, ChildSlot(child, child.field, many))]
    if child.type:
        row = BY_TYPE[child.type]
        return [(child.tag, ChildSlot(child, child.field, many, row.cls, row.abstract))]
    rows = {row.tag: row for row in (BY_TAG[child.tag], *substitutes(child.tag))}
    return [
        (tag, ChildSlot(child, child.field, many, row.cls, row.abstract))
        for tag, row in rows.items()
    ]
