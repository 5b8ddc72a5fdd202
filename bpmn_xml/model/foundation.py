"""Foundation (8.3): what every element of a file has. Values only, never changed once made.

Equality is by value; places never take part in it.

>>> one = Documentation(text="Ask twice.", place=Place("a.bpmn", 3))
>>> one == Documentation(text="Ask twice.", place=Place("b.bpmn", 9))
True
"""

from __future__ import annotations

from typing import Literal

import msgspec

from bpmn_xml.errors import NOWHERE, Place

RelationshipDirection = Literal["None", "Forward", "Backward", "Both"]


class ForeignAttribute(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An attribute that is not BPMN's, kept as it was read.

    `namespace` and `prefix` are empty for an attribute without prefix.
    """

    name: str
    value: str
    namespace: str = ""
    prefix: str = ""


class ForeignElement(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An element that is not BPMN's, kept as it was read.

    `text` stands before the first child, `tail` after the element itself. White space between
    elements is kept only where there is other text beside it.
    """

    name: str
    namespace: str = ""
    prefix: str = ""
    attributes: tuple[ForeignAttribute, ...] = ()
    children: tuple[ForeignElement, ...] = ()
    text: str = ""
    tail: str = ""
    place: Place = NOWHERE

    def attribute(self, name: str, default: str | None = None) -> str | None:
        """Look up the value of the attribute `name`, in whatever namespace.

        >>> ForeignElement(name="in", attributes=(ForeignAttribute(name="source", value="a"),)
        ... ).attribute("source")
        'a'
        """
        return next((found.value for found in self.attributes if found.name == name), default)


class Element(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What every element may carry besides its own: what BPMN does not know, and its place.

    `extension_attributes` are the attributes and `foreign_elements` the children for which the
    vocabulary has no row. Those inside `extensionElements` are in `extension_elements`.
    """

    extension_attributes: tuple[ForeignAttribute, ...] = ()
    foreign_elements: tuple[ForeignElement, ...] = ()
    place: Place = NOWHERE

    def extension_attribute(self, namespace: str, name: str) -> str | None:
        """Look up the value of a foreign attribute; nothing if it is not there."""
        for found in self.extension_attributes:
            if found.name == name and found.namespace == namespace:
                return found.value
        return None


class Documentation(Element, frozen=True, kw_only=True):
    """A text that explains an element (8.3)."""

    text: str = ""
    id: str | None = None
    text_format: str = "text/plain"


class BaseElement(Element, frozen=True, kw_only=True):
    """What has an identity (8.3). A reader makes up the id where a file has none."""

    id: str
    documentation: tuple[Documentation, ...] = ()
    extension_elements: tuple[ForeignElement, ...] = ()


class BaseElementWithMixedContent(Element, frozen=True, kw_only=True):
    """A base element that is text (8.3). Its id stays `None` where a file has none."""

    body: str = ""
    id: str | None = None
    documentation: tuple[Documentation, ...] = ()
    extension_elements: tuple[ForeignElement, ...] = ()


class RootElement(BaseElement, frozen=True, kw_only=True):
    """What stands directly below `definitions` and can be referred to (8.3)."""


class Extension(Element, frozen=True, kw_only=True):
    """That a file uses a vendor's extension of BPMN, and whether one must understand it (8.3)."""

    definition: str | None = None
    must_understand: bool = False
    documentation: tuple[Documentation, ...] = ()


class Relationship(BaseElement, frozen=True, kw_only=True):
    """How elements of this and other files belong together (8.3)."""

    type: str
    direction: RelationshipDirection | None = None
    sources: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
