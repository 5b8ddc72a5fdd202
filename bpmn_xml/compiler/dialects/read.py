"""Read what an element's foreign attributes and extension elements say.

Names in namespaces that nobody here knows are nobody's business; in those that are known, an
unknown name may be a slip or a new feature, so it is a problem.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from bpmn_xml.compiler import codes
from bpmn_xml.compiler.dialects import bx, camunda7, camunda8
from bpmn_xml.compiler.dialects.settings import Dialect, Problem, Settings
from bpmn_xml.compiler.words import element_word, suggest, with_article
from bpmn_xml.model import Element, ForeignAttribute, ForeignElement

DIALECTS: Final[tuple[Dialect, ...]] = (bx.DIALECT, camunda7.DIALECT, camunda8.DIALECT)
VENDORS: Final[dict[str, Dialect]] = {
    namespace: dialect for dialect in DIALECTS for namespace in dialect.namespaces
}


class Said(NamedTuple):
    """One word that stands on an element: whose it is, what it means, its value."""

    element: Element
    dialect: Dialect
    word: ForeignAttribute | ForeignElement
    known: Mapping[str, Callable[[Settings, Any], None]]
    value: str | ForeignElement

    @property
    def spelled(self) -> str:
        """The word as the file spells it."""
        return f"{self.word.prefix}:{self.word.name}" if self.word.prefix else self.word.name


def read_settings(*elements: Element) -> Settings:
    """All that these elements say in the namespaces that are known."""
    settings = Settings()
    for element in elements:
        for said in _all_said(element):
            if said.dialect is not bx.DIALECT:
                settings.dialects.append(said.dialect.name)
            problem = _apply(settings, said)
            if problem:
                settings.problems.append(problem)
    return settings


def _all_said(element: Element) -> Iterator[Said]:
    for attribute in element.extension_attributes:
        dialect = VENDORS.get(attribute.namespace)
        if dialect:
            yield Said(element, dialect, attribute, dialect.attributes, attribute.value)
    for child in getattr(element, "extension_elements", ()):
        dialect = VENDORS.get(child.namespace)
        if dialect:
            yield Said(element, dialect, child, dialect.elements, child)


def _apply(settings: Settings, said: Said) -> Problem | None:
    """Let a word have its effect, or say why it has none."""
    what, ours = said.spelled, said.dialect is bx.DIALECT
    apply = said.known.get(said.word.name)
    if apply is None:
        code = codes.VALUE if ours else codes.EXTENSION
        remedy = suggest(said.word.name, said.known, "remove it")
        return Problem(code, f"{what} is not known", remedy)
    if ours and not bx.has_effect(said.word.name, said.element):
        where = with_article(element_word(said.element))
        return Problem(codes.NO_EFFECT, f"{what} has no effect on {where}", "remove it")
    try:
        apply(settings, said.value)
    except ValueError as error:
        return Problem(codes.VALUE, f"{what}: {error}", "correct the value")
    return None
