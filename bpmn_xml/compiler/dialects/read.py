"""Read what vendors' words on an element say into its settings; `judge` says what they are worth.

Names in namespaces that nobody here knows are nobody's business.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from bpmn_xml.compiler import codes
from bpmn_xml.compiler.dialects import bx, camunda7, camunda8, modelers
from bpmn_xml.compiler.dialects.settings import Problem, Settings
from bpmn_xml.compiler.dialects.table import Dialect, Word
from bpmn_xml.errors import Place
from bpmn_xml.model import Element, ForeignAttribute, ForeignElement
from bpmn_xml.reach import within

DIALECTS: Final[tuple[Dialect, ...]] = (
    bx.DIALECT,
    camunda7.DIALECT,
    camunda8.DIALECT,
    modelers.MODELER,
    modelers.BPMN_IO,
    modelers.COLOURS,
)
VENDORS: Final[dict[str, Dialect]] = {
    namespace: dialect for dialect in DIALECTS for namespace in dialect.namespaces
}


NOTES: Final = "properties"
"""The element of every vendor in which a modeler notes what it likes."""


class VendorWord(NamedTuple):
    """One word that stands on an element: whose it is, its name in the table, what it says."""

    dialect: Dialect
    name: str
    word: ForeignAttribute | ForeignElement
    value: str | ForeignElement

    @property
    def spelled(self) -> str:
        """The word as the file spells it."""
        return spelled(self.word.prefix, self.word.name)


def spelled(prefix: str, name: str) -> str:
    """A name with its prefix, if it has one."""
    return f"{prefix}:{name}" if prefix else name


class Inner(NamedTuple):
    """One word inside of a vendor's element: its name in the table, its spelling, its line."""

    dialect: Dialect
    name: str
    place: str
    spelled: str
    at: Place

    @property
    def row(self) -> Word | None:
        """What becomes of it."""
        return self.dialect.find(self.name, self.place)


def words_inside(outer: ForeignElement) -> Iterator[Inner]:
    """The words inside of a vendor's element, however deep."""
    for element in within(outer, lambda one: [c for c in one.children if c.namespace in VENDORS]):
        dialect = VENDORS[element.namespace]
        for name, text, at in _parts(element):
            yield Inner(dialect, name, element.name, text, at)


def _parts(element: ForeignElement) -> Iterator[tuple[str, str, Place]]:
    """The words of an element: their names in the table, as they are spelled, and where."""
    around = spelled(element.prefix, element.name)
    for attribute in element.attributes:
        if not attribute.namespace or attribute.namespace == element.namespace:
            yield f"@{attribute.name}", f"{around}/{attribute.name}", element.place
    for child in element.children:
        if child.namespace == element.namespace:
            yield child.name, f"{around}/{spelled(child.prefix, child.name)}", child.place


def read_settings(*elements: Element) -> Settings:
    """All that these elements say in the namespaces that are known."""
    settings = Settings()
    for element in elements:
        for found in words_on(element):
            if found.dialect.name:
                settings.dialects.append(found.dialect.name)
            row = found.dialect.find(found.name, element)
            problem = _apply(settings, found, row, element.place) if row else None
            if problem:
                settings.problems.append(problem)
    return settings


def words_on(element: Element) -> Iterator[VendorWord]:
    """The words of known vendors on an element, attributes first."""
    for attribute in element.extension_attributes:
        dialect = VENDORS.get(attribute.namespace)
        if dialect:
            yield VendorWord(dialect, f"@{attribute.name}", attribute, attribute.value)
    for child in getattr(element, "extension_elements", ()):
        dialect = VENDORS.get(child.namespace)
        if dialect:
            yield VendorWord(dialect, child.name, child, child)
        if dialect and child.name == NOTES:
            yield from _noted(child)


def _noted(properties: ForeignElement) -> Iterator[VendorWord]:
    """Our own words where a modeler notes them as properties: `name="bx:threads" value="2"`."""
    for note in properties.children:
        prefix, _, name = (note.attribute("name") or "").partition(":")
        value = note.attribute("value") or ""
        if prefix == bx.DIALECT.prefix and value.strip():
            word = ForeignAttribute(name=name, value=value, prefix=prefix)
            yield VendorWord(bx.DIALECT, f"@{name}", word, value)


def _apply(settings: Settings, found: VendorWord, row: Word, at: Place) -> Problem | None:
    """Let a word have its effect, or say why it cannot."""
    if row.read is not None:
        try:
            row.read(settings, found.value)
        except ValueError as error:
            place = getattr(found.word, "place", at)
            what = f"{found.spelled}: {error}"
            return Problem(codes.VALUE, what, "correct the value", place)
    return None
