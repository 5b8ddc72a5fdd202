"""Where elements and the attributes of a tag stand, found in the source when somebody asks."""

from __future__ import annotations

import re
from typing import Final, NamedTuple
from xml.parsers import expat

from bpmn_xml.errors import Place

NAME: Final = re.compile(rb"<([^\s=/>\"']+)")
ATTRIBUTE: Final = re.compile(rb"\s+([^\s=/>\"']+)\s*=\s*(?:\"[^\"]*\"|'[^']*')")
TAG: Final = re.compile(rb"<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
NEWLINE: Final = re.compile(rb"\r\n?|\n")


def attribute_place(data: bytes, offset: int, tag: Place, name: str) -> Place:
    r"""Find an attribute of the tag that begins at a byte, which is at the place `tag`.

    >>> str(attribute_place(b"<a b='1'\n  c='2'/>", 0, Place("f", 7, 1), "c"))
    'f:8:3'
    """
    found = NAME.match(data, offset)
    while found and (found.start() == offset or found[1] != name.encode()):
        found = ATTRIBUTE.match(data, found.end())
    if found is None:
        return tag
    *lines, last = NEWLINE.split(data[offset : found.start(1)])
    column = len(last.decode("utf-8", "replace"))
    return Place(tag.file, tag.line + len(lines), column + (1 if lines else tag.column))


def beginning(text: str, end: Place) -> Place:
    r"""Return where a text begins that ends at a place; blanks before it do not count.

    >>> str(beginning("\n  a\nb\n", Place("f", 7, 1)))
    'f:5:3'
    """
    said = text.lstrip()
    lead = text[: len(text) - len(said)]
    if "\n" not in text:
        return end
    column = len(lead) - lead.rfind("\n") if "\n" in lead else 0
    return Place(end.file, end.line - said.count("\n"), column)


class Extent(NamedTuple):
    """The bytes of an element: its start tag up to `inside`, what it holds up to `outside`.

    An empty element, which has no end tag, ends where its `inside` begins.
    """

    start: int
    inside: int
    outside: int
    end: int


def extents(data: bytes) -> list[Extent]:
    """Find where the elements of a document in UTF-8 begin and end, in its order.

    >>> data = b"<a b='>'> <c/> </a>"
    >>> [[data[one.start : one.end], data[one.inside : one.outside]] for one in extents(data)]
    [[b"<a b='>'> <c/> </a>", b' <c/> '], [b'<c/>', b'']]
    """
    found: list[Extent] = []
    opened: list[int] = []
    parser = expat.ParserCreate("utf-8")

    def start(_name: str, _attributes: dict[str, str]) -> None:
        at = parser.CurrentByteIndex
        tag = TAG.match(data, at)
        end = tag.end() if tag else at
        opened.append(len(found))
        found.append(Extent(at, end, end, end))

    def stop(_name: str) -> None:
        number = opened.pop()
        extent, at = found[number], parser.CurrentByteIndex
        if data[extent.inside - 2 : extent.inside] != b"/>":
            found[number] = extent._replace(outside=at, end=data.index(b">", at) + 1)

    parser.StartElementHandler, parser.EndElementHandler = start, stop
    parser.Parse(data, True)  # noqa: FBT003 (positional only)
    return found
