"""Link events and what their links are called (10.5.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bpmn_xml.model.common import FlowElement
from bpmn_xml.model.event_definitions import LinkEventDefinition
from bpmn_xml.model.events import IntermediateCatchEvent, IntermediateThrowEvent

LinkEvent = IntermediateCatchEvent | IntermediateThrowEvent


def link_events(elements: Iterable[FlowElement]) -> Iterator[tuple[LinkEvent, str]]:
    """Yield the link events of a level and their links' names.

    A link without one is called as its event is, where another says that name: modelers leave the
    name of a link out, and write the event's.
    """
    ends = [
        (event, definition.name, definition.name or event.name or "")
        for event in elements
        if isinstance(event, LinkEvent)
        for definition in event.event_definitions
        if isinstance(definition, LinkEventDefinition)
    ]
    caught = {said for event, _, said in ends if isinstance(event, IntermediateCatchEvent)}
    thrown = {said for event, _, said in ends if isinstance(event, IntermediateThrowEvent)}
    for event, name, said in ends:
        yield event, said if said in caught & thrown else name
