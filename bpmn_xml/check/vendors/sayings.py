"""What vendors say, attribute by attribute, and how it is doubted at its own line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bpmn_xml import model as m
from bpmn_xml.compiler.dialects.read import VendorWord, spelled
from bpmn_xml.errors import Finding, Place
from bpmn_xml.model.about import finding_about
from bpmn_xml.reach import within


class Saying(NamedTuple):
    """One attribute of a vendor.

    Attributes:
        dialect: whose it is.
        name: `async` of one of BPMN's elements, `formField/type` of a vendor's.
        written: the same as the file spells it.
        value: what it says.
        owner: the element that it is about.
        place: where it stands.
    """

    dialect: str
    name: str
    written: str
    value: str
    owner: m.Element
    place: Place

    @property
    def attribute(self) -> str:
        """The name of the attribute alone."""
        return self.name.rpartition("/")[2]

    def doubt(self, code: str, what: str, remedy: str | None = None) -> Finding:
        """Say what is doubtful about it."""
        return doubt(code, self.owner, self.place, f"{self.written} is {what}", remedy)


def sayings(said: VendorWord, element: m.Element, owner: m.Element) -> Iterator[Saying]:
    """Yield what a word says, or all attributes of its element and of those inside."""
    dialect = said.dialect.name
    if not isinstance(said.value, m.ForeignElement):
        name = said.name.removeprefix("@")
        yield Saying(dialect, name, said.spelled, said.value, owner, element.place)
    for word in elements_of(said):
        around = spelled(word.prefix, word.name)
        for one in word.attributes:
            name, written = f"{word.name}/{one.name}", f"{around}/{one.name}"
            yield Saying(dialect, name, written, one.value, owner, word.place)


def elements_of(said: VendorWord) -> Iterator[m.ForeignElement]:
    """Yield the element that a word is, and those of the same vendor inside it, however deep."""
    if isinstance(outer := said.value, m.ForeignElement):
        yield from within(
            outer, lambda word: [c for c in word.children if c.namespace == outer.namespace]
        )


def doubt(
    code: str, element: m.Element, place: Place, what: str, remedy: str | None = None
) -> Finding:
    """Say what is doubtful at a place that belongs to an element."""
    return finding_about(element, code, what, remedy, place=place)
