"""Frames of foreign elements: kept with all that is in them, whatever it means."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from bpmn_xml.formats.xml.names import XmlName
from bpmn_xml.formats.xml.reading import ForeignParent, OpenFrame
from bpmn_xml.model import ForeignAttribute, ForeignElement

SPACE: Final = " \t\r\n"


class ForeignFrame:
    """An element that is kept as it is, with all that is in it."""

    __slots__ = ("attributes", "children", "name", "parent", "place", "reading", "texts")

    def __init__(self, parent: ForeignParent, name: XmlName, attributes: list[str]) -> None:
        self.parent, self.name, self.reading = parent, name, parent.reading
        self.place = self.reading.place()
        pairs = iter(attributes)
        self.attributes = tuple(
            foreign_attribute(self.reading.name(raw), text)
            for raw, text in zip(pairs, pairs, strict=True)
        )
        self.texts: list[list[str]] = [[]]
        self.children: list[ForeignElement] = []

    def child(self, name: XmlName, attributes: list[str]) -> OpenFrame:
        """Open a child, foreign as its parent."""
        return ForeignFrame(self, name, attributes)

    def text(self, text: str) -> None:
        """Keep text."""
        self.texts[-1].append(text)

    def add_foreign(self, element: ForeignElement) -> None:
        """Take a child that is complete."""
        self.children.append(element)
        self.texts.append([])

    def close(self) -> None:
        """Make the foreign element."""
        text, children = interleaved(self.texts, self.children, verbatim=not self.children)
        element = ForeignElement(
            name=self.name.local,
            namespace=self.name.namespace,
            prefix=self.name.prefix,
            attributes=self.attributes,
            children=children,
            text=text,
            place=self.place,
        )
        self.parent.add_foreign(element)


def foreign_attribute(name: XmlName, text: str) -> ForeignAttribute:
    """Keep an attribute that the vocabulary does not know."""
    return ForeignAttribute(
        name=name.local, value=text, namespace=name.namespace, prefix=name.prefix
    )


def interleaved(
    texts: list[list[str]], children: list[ForeignElement], *, verbatim: bool
) -> tuple[str, tuple[ForeignElement, ...]]:
    """Return the text before the first child, and the children with the text behind each.

    White space between elements is dropped where there is nothing else, unless `verbatim`.
    """
    joined = ["".join(parts) for parts in texts]
    if not verbatim and not any(text.strip(SPACE) for text in joined):
        return "", tuple(children)
    tails = zip(children, joined[1:], strict=True)
    return joined[0], tuple(replace(child, tail=tail) if tail else child for child, tail in tails)
