"""THE table of what BPMN 2.0 files may hold: reader, writer and the XML Schema come from it.

>>> [child.tag for child in BY_TAG["startEvent"].children], BY_TAG["startEvent"].head
([], 'flowElement')
>>> [row.tag for row in substitutes("conversationNode")]
['conversation', 'subConversation', 'callConversation']
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from bpmn_xml.formats.bpmn.vocabulary.core import CORE
from bpmn_xml.formats.bpmn.vocabulary.diagrams import DIAGRAMS
from bpmn_xml.formats.bpmn.vocabulary.flow import FLOW
from bpmn_xml.formats.bpmn.vocabulary.interaction import INTERACTION
from bpmn_xml.formats.bpmn.vocabulary.rows import Attribute, Child, TypeRow
from bpmn_xml.formats.bpmn.vocabulary.types import SIMPLE_TYPES, SimpleType

if TYPE_CHECKING:
    from bpmn_xml.model import Element

__all__ = [
    "BY_CLASS",
    "BY_TAG",
    "BY_TYPE",
    "ROWS",
    "SIMPLE_TYPES",
    "Attribute",
    "Child",
    "SimpleType",
    "TypeRow",
    "lineage",
    "substitutes",
]

ROWS: Final[tuple[TypeRow, ...]] = (*CORE, *FLOW, *INTERACTION, *DIAGRAMS)
BY_CLASS: Final[dict[type[Element], TypeRow]] = {row.cls: row for row in ROWS}
BY_TAG: Final[dict[str, TypeRow]] = {row.tag: row for row in ROWS}
BY_TYPE: Final[dict[str, TypeRow]] = {row.type: row for row in ROWS}


def lineage(cls: type[Element]) -> tuple[TypeRow, ...]:
    """Return the rows of a class and of its bases, the most general one first.

    >>> [row.tag for row in lineage(BY_TAG["task"].cls)]
    ['baseElement', 'flowElement', 'flowNode', 'activity', 'task']
    """
    return tuple(BY_CLASS[base] for base in reversed(cls.__mro__) if base in BY_CLASS)


@cache
def substitutes(tag: str) -> tuple[TypeRow, ...]:
    """Return the rows of all elements that may stand in the place of `tag`, itself included."""
    found = [BY_TAG[tag]]
    for row in found:
        found.extend(other for other in ROWS if other.head == row.tag)
    return tuple(row for row in found if not row.abstract)
