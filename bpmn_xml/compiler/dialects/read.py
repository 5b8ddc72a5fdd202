"""Read what an element's foreign attributes and extension elements say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from bpmn_xml.compiler.dialects import bx, camunda7, camunda8
from bpmn_xml.compiler.dialects.settings import Dialect, Settings
from bpmn_xml.model import BaseElement, Element

DIALECTS: Final[tuple[Dialect, ...]] = (bx.DIALECT, camunda7.DIALECT, camunda8.DIALECT)
VENDORS: Final[dict[str, Dialect]] = {
    namespace: dialect for dialect in DIALECTS for namespace in dialect.namespaces
}


def read_settings(*from_elements: Element) -> Settings:
    """All that these elements say in the namespaces we know; unknown names are problems."""
    settings = Settings()
    for element in from_elements:
        for dialect, name, apply, value in _said(element):
            if dialect is not bx.DIALECT:
                settings.dialects.append(dialect.name)
            _apply(settings, f"{dialect.name} {name!r}", apply, value)
    return settings


def _said(element: Element) -> Iterator[tuple[Dialect, str, Callable[..., None] | None, Any]]:
    for attribute in element.extension_attributes:
        dialect = VENDORS.get(attribute.namespace)
        if dialect:
            apply = dialect.attributes.get(attribute.name)
            yield dialect, attribute.name, apply, attribute.value
    if isinstance(element, BaseElement):
        for child in element.extension_elements:
            dialect = VENDORS.get(child.namespace)
            if dialect:
                yield dialect, child.name, dialect.elements.get(child.name), child


def _apply(
    settings: Settings, what: str, apply: Callable[[Settings, Any], None] | None, value: object
) -> None:
    if apply is None:
        settings.problems.append(("BX105", f"{what} is not known", "remove it or correct its name"))
        return
    try:
        apply(settings, value)
    except ValueError as error:
        settings.problems.append(("BX160", f"{what}: {error}", "correct it"))
