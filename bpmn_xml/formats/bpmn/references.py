"""References are ids: which lead nowhere, and which could mean several elements."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from bpmn_xml.errors import Finding, Severity
from bpmn_xml.formats.bpmn.remarks import in_order
from bpmn_xml.formats.bpmn.vocabulary import Attribute, Child, SimpleType, lineage
from bpmn_xml.formats.bpmn.wording import quoted
from bpmn_xml.formats.codes import AMBIGUOUS, DANGLING, REMEDIES, SAME_ID
from bpmn_xml.model import BaseElement, Element
from bpmn_xml.model.walk import walk

if TYPE_CHECKING:
    from bpmn_xml.model import Definitions

ELSEWHERE: Final = {"called_element"}
"""What may be in another file without an import."""

REDUNDANT: Final = {"incoming", "outgoing"}
"""What repeats the ends of sequence flows."""


class Reference(NamedTuple):
    """One reference: who refers, in which container, by what, to which id."""

    element: Element
    container: Element | None
    part: Attribute | Child
    id: str


class Bearer(NamedTuple):
    """An element that has an id, and its container."""

    element: Element
    container: Element | None


@cache
def referring(cls: type[Element]) -> tuple[Attribute | Child, ...]:
    """Return the attributes and children of a class that refer to elements of the same file."""
    parts: list[Attribute | Child] = []
    for row in lineage(cls):
        parts += [*row.attributes, *row.children]
    return tuple(part for part in parts if isinstance(part.type, SimpleType) and part.target)


def references(definitions: Definitions) -> Iterator[Reference]:
    """Yield all references of a model."""
    for element, container in walk(definitions):
        for part in referring(type(element)):
            value = getattr(element, part.field)
            targets = value if isinstance(value, tuple) else (value,)
            yield from (Reference(element, container, part, target) for target in targets if target)


def bearers(definitions: Definitions) -> dict[str, list[Bearer]]:
    """Index all elements that have an id."""
    index: dict[str, list[Bearer]] = {}
    for element, container in walk(definitions):
        identity = getattr(element, "id", None)
        if identity:
            index.setdefault(identity, []).append(Bearer(element, container))
    return index


def ambiguous(definitions: Definitions) -> list[Finding]:
    """Return an error for each reference that could mean several elements with the same id.

    Those of another class than is asked for, and those in other containers than the element that
    refers, are out of question. Drawings may be ambiguous: they decide nothing.
    """
    index = bearers(definitions)
    found = []
    for reference in references(definitions):
        named = index.get(reference.id, ())
        if len(named) < 2 or reference.part.field in REDUNDANT or is_drawn(reference.element):
            continue
        fitting = [bearer for bearer in named if is_target(bearer, reference)]
        near = [bearer for bearer in fitting if bearer.container is reference.container]
        if len(near or fitting) > 1:
            places = ", ".join(str(bearer.element.place) for bearer in fitting[:4])
            message = f"{spelled(reference.part)}={quoted(reference.id)!r} could mean {places}"
            found.append(finding(AMBIGUOUS, Severity.ERROR, message, reference.element))
    return found


def spelled(part: Attribute | Child) -> str:
    """Return how a file calls an attribute or child."""
    return part.name if isinstance(part, Attribute) else part.tag


def is_drawn(element: Element) -> bool:
    """Tell whether an element is part of a drawing only."""
    return not isinstance(element, BaseElement)


def is_target(bearer: Bearer, reference: Reference) -> bool:
    """Tell whether an element is of the class that a reference asks for."""
    return isinstance(bearer.element, reference.part.target or BaseElement)


def review(definitions: Definitions) -> tuple[Finding, ...]:
    """Return a warning for each id that is not unique and each reference that leads nowhere."""
    index = bearers(definitions)
    found = []
    for identity, named in index.items():
        alike = [bearer for bearer in named if not is_drawn(bearer.element)]
        for bearer in alike[1:]:
            message = f"the id {quoted(identity)!r} stands at {alike[0].element.place} too"
            found.append(finding(SAME_ID, Severity.WARNING, message, bearer.element))
    for reference in references(definitions):
        if reference.part.field in ELSEWHERE or reference.id.startswith("{"):
            continue
        if not any(is_target(bearer, reference) for bearer in index.get(reference.id, ())):
            message = f"{spelled(reference.part)}={quoted(reference.id)!r} leads nowhere"
            found.append(finding(DANGLING, Severity.WARNING, message, reference.element))
    return tuple(in_order(found))


def finding(code: str, severity: Severity, message: str, element: Element) -> Finding:
    """Make a finding about an element."""
    return Finding(
        code=code,
        severity=severity,
        message=message,
        place=element.place,
        id=getattr(element, "id", None) or "",
        name=getattr(element, "name", None) or "",
        remedy=REMEDIES[code],
    )
