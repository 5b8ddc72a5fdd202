"""References are ids: which lead nowhere, and which could mean several elements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final, NamedTuple

from bpmn_xml.codes import meanings
from bpmn_xml.errors import Finding, in_order
from bpmn_xml.formats.bpmn.vocabulary import Attribute, Child, SimpleType, lineage
from bpmn_xml.formats.bpmn.vocabulary.rows import Target
from bpmn_xml.formats.codes import AMBIGUOUS, DANGLING, SAME_ID
from bpmn_xml.formats.xml.wording import excerpt
from bpmn_xml.model import BaseElement, Definitions, Element
from bpmn_xml.model.about import finding_about
from bpmn_xml.model.walk import walk
from bpmn_xml.wording import MOST_HINTS, suggest

ELSEWHERE: Final = {"called_element"}
"""What may be in another file without an import."""

MEANT: Final = "did you mean "
"""How the remedy begins where an id is nearly another one."""

ALIKE: Final = 0.85
"""How much alike ids are of which one may be meant for the other."""

REDUNDANT: Final = {"incoming", "outgoing"}
"""What repeats the ends of sequence flows."""


class IdReference(NamedTuple):
    """One reference: who refers, in which container, by what, to which id."""

    element: Element
    container: Element | None
    part: Attribute | Child
    id: str


class Fitting(NamedTuple):
    """The elements with one id that are of one class; also those of each container."""

    all: list[Element]
    inside: dict[int, list[Element]]


class Bearers:
    """All elements of a model by their id."""

    def __init__(self, definitions: Definitions) -> None:
        self.by_id: dict[str, list[tuple[Element, Element | None]]] = {}
        self.known: dict[tuple[str, Target], Fitting] = {}
        for element, container in walk(definitions):
            identity = getattr(element, "id", None)
            if identity:
                self.by_id.setdefault(identity, []).append((element, container))

    def fitting(self, identity: str, target: Target) -> Fitting:
        """Return the elements that a reference to this id and class can mean."""
        found = self.known.get((identity, target))
        if found is None:
            found = self.known[identity, target] = Fitting([], {})
            for element, container in self.by_id.get(identity, ()):
                if isinstance(element, target):
                    found.all.append(element)
                    found.inside.setdefault(id(container), []).append(element)
        return found


@cache
def referring(cls: type[Element]) -> tuple[Attribute | Child, ...]:
    """Return the attributes and children of a class that refer to elements of the same file."""
    parts: list[Attribute | Child] = []
    for row in lineage(cls):
        parts += [*row.attributes, *row.children]
    return tuple(part for part in parts if isinstance(part.type, SimpleType) and part.target)


def references(definitions: Definitions) -> Iterator[IdReference]:
    """Yield all references of a model."""
    for element, container in walk(definitions):
        for part in referring(type(element)):
            value = getattr(element, part.field)
            targets = value if isinstance(value, tuple) else (value,)
            yield from (
                IdReference(element, container, part, target) for target in targets if target
            )


def ambiguous(definitions: Definitions) -> list[Finding]:
    """Return an error for each reference that could mean several elements with the same id.

    Those of another class than is asked for, and those in other containers than the element that
    refers, are out of question. Drawings may be ambiguous: they decide nothing.
    """
    bearers = Bearers(definitions)
    found = []
    for reference in references(definitions):
        if reference.part.field in REDUNDANT or is_drawn(reference.element):
            continue
        fitting = bearers.fitting(reference.id, reference.part.target or BaseElement)
        near = fitting.inside.get(id(reference.container), fitting.all)
        if len(near) > 1:
            places = ", ".join(str(element.place) for element in near[:4])
            message = f"{spelled(reference.part)}={excerpt(reference.id)!r} could mean {places}"
            found.append(finding_about(reference.element, AMBIGUOUS, message))
    return found


def spelled(part: Attribute | Child) -> str:
    """Return how a file calls an attribute or child."""
    return part.name if isinstance(part, Attribute) else part.tag


def is_drawn(element: Element) -> bool:
    """Tell whether an element is part of a drawing only."""
    return not isinstance(element, BaseElement)


def review(definitions: Definitions) -> tuple[Finding, ...]:
    """Return a warning for each id that is not unique and each reference that leads nowhere."""
    bearers = Bearers(definitions)
    found = []
    for identity, named in bearers.by_id.items():
        alike = [element for element, _ in named if not is_drawn(element)]
        for element in alike[1:]:
            message = f"the id {excerpt(identity)!r} stands at {alike[0].place} too"
            found.append(finding_about(element, SAME_ID, message))
    lost = []
    for reference in references(definitions):
        if reference.part.field in ELSEWHERE or reference.id.startswith("{"):
            continue
        if not bearers.fitting(reference.id, reference.part.target or BaseElement).all:
            lost.append(reference)
    ends, usual = _ends(lost), meanings()[DANGLING].remedy
    for number, reference in enumerate(lost):
        message = f"{spelled(reference.part)}={excerpt(reference.id)!r} leads nowhere"
        meant = _meant(bearers, reference, usual) if number < MOST_HINTS else usual
        remedy = ends.get(reference.id) or meant
        found.append(finding_about(reference.element, DANGLING, message, remedy))
    return in_order(found)


def _meant(bearers: Bearers, reference: IdReference, usual: str) -> str:
    """What to do about a reference that leads nowhere: the ids that are nearly it, if any."""
    target = reference.part.target or BaseElement
    known = (name for name, named in bearers.by_id.items() if isinstance(named[0][0], target))
    return suggest(reference.id, known, usual, ALIKE)


def _ends(lost: Iterable[IdReference]) -> dict[str, str]:
    """What to do about flows that are listed and not there: draw them between those who list."""
    listed = {
        (reference.id, reference.part.field): getattr(reference.element, "id", "")
        for reference in lost
        if reference.part.field in REDUNDANT
    }
    return {
        name: f"draw the flow from {source!r} to {listed[name, 'incoming']!r}, which list it, "
        "or remove it from them"
        for (name, field), source in listed.items()
        if field == "outgoing" and (name, "incoming") in listed
    }
