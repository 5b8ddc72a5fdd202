"""Ways through a model that everybody needs: all elements, one by its id, participants, processes.

>>> from bpmn_xml.model import Definitions, EndEvent, Process
>>> model = Definitions(id="d", root_elements=(Process(id="p", flow_elements=(EndEvent(id="e"),)),))
>>> [(element.id, container and container.id) for element, container in walk(model)]
[('d', None), ('p', 'd'), ('e', 'p')]
>>> by_id(model)["e"]  # doctest: +ELLIPSIS
EndEvent(...)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from operator import attrgetter
from typing import Any, Final, TypeVar, overload

from bpmn_xml.model.collaboration import Collaboration, MessageFlow, Participant
from bpmn_xml.model.common import Artifact, FlowElement
from bpmn_xml.model.event_definitions import EventDefinition
from bpmn_xml.model.foundation import BaseElement, Element, RootElement
from bpmn_xml.model.graph import FlowElementsContainer
from bpmn_xml.model.infrastructure import Definitions
from bpmn_xml.model.process import Lane, Process

OWNERS: Final = (FlowElement, RootElement, Participant, Lane, Artifact)
"""Elements that findings name; what is inside other elements is reported for these.

Event definitions are root elements by their class, but those of an event are parts of it.
"""

E = TypeVar("E", bound=Element)
R = TypeVar("R", bound=RootElement)


def walk(root: Element) -> Iterator[tuple[Element, Element | None]]:
    """Yield each element of a model with the container that it is in, parents before children.

    The container is the nearest element around it that holds flow elements or is a root element;
    that of `root` is `None`. Foreign elements are not visited. Nesting costs no recursion.
    """
    waiting: list[tuple[Element, Element | None]] = [(root, None)]
    while waiting:
        element, container = waiting.pop()
        yield element, container
        if inside := children(element):
            inner = element if is_container(element) else container
            waiting.extend([(child, inner) for child in reversed(inside)])


def owned(root: Element) -> Iterator[tuple[Element, Element]]:
    """Yield each element of a model with the one that findings name: itself, or what it is part of.

    Parents come before children.
    """
    waiting = [(root, root)]
    while waiting:
        element, owner = waiting.pop()
        part = isinstance(element, EventDefinition) and isinstance(owner, FlowElement)
        owner = element if isinstance(element, OWNERS) and not part else owner
        yield element, owner
        waiting += [(child, owner) for child in reversed(children(element))]


def is_container(element: Element) -> bool:
    """Tell whether what is inside of an element is said to be in it."""
    return isinstance(element, FlowElementsContainer | RootElement | Definitions)


def children(element: Element) -> list[Element]:
    """Return the elements directly inside of one, in the order of its fields."""
    found: list[Element] = []
    for value in filter(None, _inner(type(element))(element)):
        if isinstance(value, tuple):
            found.extend(value)
        else:
            found.append(value)
    return found


@cache
def _inner(cls: type[Element]) -> Callable[[Element], Iterable[Any]]:
    """What reads the fields of a class that hold elements; all at once if there are several."""
    fields = structure(cls)
    if len(fields) > 1:
        return attrgetter(*fields)
    return lambda element: [getattr(element, field) for field in fields]


@cache
def structure(cls: type[Element]) -> tuple[str, ...]:
    """Return the fields of a class that hold elements, those of its bases first."""
    names = {found.__name__ for found in descendants(Element)}
    fields: dict[str, str] = {}
    for base in reversed(cls.__mro__):
        if base is not FlowElementsContainer:
            fields.update(vars(base).get("__annotations__", {}))
    return tuple(
        field
        for field, annotation in fields.items()
        if names.intersection(re.findall(r"\w+", str(annotation)))
    )


def descendants(cls: type[Element]) -> list[type[Element]]:
    """Return a class and all that derive from it."""
    found = [cls]
    for base in found:
        found.extend(base.__subclasses__())
    return found


@overload
def by_id(root: Element) -> dict[str, BaseElement]: ...
@overload
def by_id(root: Element, cls: type[E]) -> dict[str, E]: ...
def by_id(root: Element, cls: type[Any] = BaseElement) -> dict[str, Any]:
    """Index the elements of a class by their id; the first one wins where ids are not unique."""
    index: dict[str, Any] = {}
    for element, _ in walk(root):
        if isinstance(element, cls):
            index.setdefault(getattr(element, "id", None) or "", element)
    index.pop("", None)
    return index


def flow_elements(root: Element) -> Iterator[tuple[FlowElement, FlowElementsContainer]]:
    """Yield each flow element with the process or sub-process that holds it."""
    for element, _ in walk(root):
        if isinstance(element, FlowElementsContainer):
            yield from ((inner, element) for inner in element.flow_elements)


def root_elements(definitions: Definitions, cls: type[R]) -> tuple[R, ...]:
    """Return the root elements of a class."""
    return tuple(root for root in definitions.root_elements if isinstance(root, cls))


def processes(definitions: Definitions) -> tuple[Process, ...]:
    """Return the processes of a file."""
    return root_elements(definitions, Process)


def homes(definitions: Definitions) -> dict[str, str]:
    """Return, by the id of each pool and of all that is in a process, the id of that process."""
    known = processes(definitions)
    found = {getattr(one, "id", None) or "": home.id for home in known for one, _ in walk(home)}
    return found | {pool.id: pool.process_ref or "" for pool in participants(definitions)}


def running(definitions: Definitions) -> tuple[Process, ...]:
    """Return the processes that are marked executable."""
    return tuple(one for one in processes(definitions) if one.is_executable is True)


def participants(definitions: Definitions) -> tuple[Participant, ...]:
    """Return the participants of all collaborations of a file."""
    return tuple(
        participant
        for collaboration in root_elements(definitions, Collaboration)
        for participant in collaboration.participants
    )


def message_flows(definitions: Definitions) -> tuple[MessageFlow, ...]:
    """Return the message flows of all collaborations of a file."""
    return tuple(
        flow
        for collaboration in root_elements(definitions, Collaboration)
        for flow in collaboration.message_flows
    )
