"""Every element of a file as facts: short texts by what they say, so that files can be compared.

A *unit* is what an author would call an element: it has an id and, mostly, a shape. What is inside
of a unit and is no unit itself (a condition, a loop, a vendor's extension) is facts of the unit.
The order of things in a file is no fact, but for the flows of which an exclusive gateway takes the
first that holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import msgspec

from bpmn_xml import model as m
from bpmn_xml.model.walk import walk

UNITS: Final = (
    m.Definitions,
    m.RootElement,
    m.FlowElement,
    m.Artifact,
    m.Participant,
    m.MessageFlow,
    m.Lane,
)

LEFT_OUT: Final = frozenset(
    {
        "id",
        "place",
        "namespaces",
        "exporter",
        "exporter_version",
        "incoming",
        "outgoing",
        "diagrams",
    }
)
"""Fields that say nothing of their own: spelling, or what others say too."""

ENDS: Final = ("drawn/sourceElement", "drawn/targetElement")
"""What an edge says of the shapes that it joins."""

Facts = Mapping[str, str]


class Described(msgspec.Struct, frozen=True):
    """One element: where it is, what it says, and how it is drawn."""

    element: m.Element
    container: str
    facts: Facts
    drawn: Facts


def units(definitions: m.Definitions) -> dict[str, Described]:
    """All units of a file by their ids, in the order of the file; its root is there as "".

    >>> model = m.Definitions(id="D", root_elements=(m.Process(id="P", name="Ship"),))
    >>> {name: dict(unit.facts) for name, unit in units(model).items()}["P"]
    {'name': 'Ship'}
    """
    drawn = _drawings(definitions)
    events = {
        definition.id: element.id
        for element, _ in walk(definitions)
        if isinstance(element, m.Event)
        for definition in getattr(element, "event_definitions", ())
    }
    found: dict[str, Described] = {}
    for element, container in walk(definitions):
        if isinstance(element, UNITS):
            name = "" if isinstance(element, m.Definitions) else element.id
            around = getattr(container, "id", "") if isinstance(element, m.FlowElement) else ""
            around = events.get(name, around)
            facts = {**_facts(element), **_order(element, container)}
            unit = Described(element, around, facts, drawn.get(name, {}))
            found.setdefault(name, unit)
    return found


def _facts(unit: m.Element) -> dict[str, str]:
    """The facts about a unit, those of its parts that are no units included."""
    facts: dict[str, str] = {}
    waiting: list[tuple[str, Any]] = [("", unit)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, m.ForeignElement):
            waiting += _foreign(path, value)
        elif isinstance(value, msgspec.Struct):
            waiting += _fields(path, value)
        elif value is not None and value != "":
            facts[path] = _text(value)
    return dict(sorted(facts.items()))


def _fields(path: str, value: msgspec.Struct) -> Iterator[tuple[str, Any]]:
    """The fields of an element that differ from what is usual, with the paths to them."""
    usual = dict(zip(value.__struct_fields__[::-1], value.__struct_defaults__[::-1], strict=False))
    for field in value.__struct_fields__:
        content = getattr(value, field)
        if field in LEFT_OUT or content == usual.get(field, msgspec.NODEFAULT):
            continue
        name = _joined(path, _spelled(field))
        if isinstance(content, tuple):
            yield from _members(name, content)
        elif not isinstance(content, UNITS):
            yield name, content


def _members(path: str, members: tuple[Any, ...]) -> Iterator[tuple[str, Any]]:
    """The members of a tuple that are no units, numbered where there are several."""
    if all(isinstance(member, str) for member in members):
        yield path, ", ".join(sorted(members))
        return
    if all(isinstance(member, m.ForeignAttribute) for member in members):
        for member in members:
            yield _joined(path.rpartition("/")[0], _name(member)), member.value
        return
    own = [member for member in members if not isinstance(member, UNITS)]
    for label, member in zip(_labels(own), own, strict=True):
        yield path if len(own) == 1 else f"{path}[{label}]", member


def _labels(members: Sequence[Any]) -> Sequence[object]:
    """What tells some members apart: the ids or names of a vendor's elements, else numbers."""
    named = [
        one.attribute("id") or one.attribute("name") if isinstance(one, m.ForeignElement) else ""
        for one in members
    ]
    return named if all(named) and len({*named}) == len(named) else range(1, len(members) + 1)


def _foreign(path: str, element: m.ForeignElement) -> Iterator[tuple[str, Any]]:
    name = _joined(path, _name(element))
    yield name, element.text.strip() or ("" if element.attributes or element.children else "yes")
    for attribute in element.attributes:
        yield _joined(name, attribute.name), attribute.value
    yield from _members(name, element.children)


def _name(known: m.ForeignElement | m.ForeignAttribute) -> str:
    return f"{known.prefix}:{known.name}" if known.prefix else known.name


def _joined(path: str, name: str) -> str:
    return f"{path}/{name}" if path else name


def _spelled(field: str) -> str:
    """A field as the specification spells it.

    >>> _spelled("source_ref")
    'sourceRef'
    """
    first, *others = field.split("_")
    return first + "".join(word.capitalize() for word in others)


def _text(value: object) -> str:
    """A value as text; of numbers, which are all in drawings, what can be seen."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{round(value, 1):g}" if isinstance(value, float) else str(value)


def _order(element: m.Element, container: m.Element | None) -> dict[str, str]:
    """The order in which an exclusive gateway asks its flows (13.4.2)."""
    if not isinstance(element, m.ExclusiveGateway) or container is None:
        return {}
    flows = [
        flow.id
        for flow in getattr(container, "flow_elements", ())
        if isinstance(flow, m.SequenceFlow) and flow.source_ref == element.id
    ]
    return {"asks": " then ".join(flows)} if len(flows) > 1 else {}


def _drawings(definitions: m.Definitions) -> dict[str, Facts]:
    """How each element is drawn, by its id; the first drawing counts, and no id in it does."""
    drawn: dict[str, Facts] = {}
    for diagram in definitions.diagrams:
        figures = diagram.plane.elements
        shown = {one.id: getattr(one, "bpmn_element", None) or "" for one in figures}
        for figure in figures:
            if name := shown[figure.id]:
                drawn.setdefault(name, _drawing(figure, shown))
    return drawn


def _drawing(figure: m.DiagramElement, shown: Mapping[str | None, str]) -> Facts:
    """What a shape or an edge says; of the shapes that it joins, what they show."""
    known = {f"drawn/{path}": text for path, text in _facts(figure).items()}
    del known["drawn/bpmnElement"]
    joined = {end: shown.get(known[end]) for end in ENDS if end in known}
    return known | {end: name for end, name in joined.items() if name}
