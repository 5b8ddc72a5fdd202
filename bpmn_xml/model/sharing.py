"""Event definitions that several events share stand beside the processes (10.5).

>>> from bpmn_xml import model as m
>>> event = m.EndEvent(id="e", event_definition_refs=("t", "missing"))
>>> process = m.Process(id="p", flow_elements=(event,))
>>> roots = (m.TerminateEventDefinition(id="t"), process)
>>> given = with_shared_events(m.Definitions(id="d", root_elements=roots))
>>> end = given.root_elements[1].flow_elements[0]
>>> [one.id for one in end.event_definitions], end.event_definition_refs
(['t'], ('missing',))
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from bpmn_xml.model.event_definitions import EventDefinition
from bpmn_xml.model.events import CatchEvent, ThrowEvent
from bpmn_xml.model.foundation import Element
from bpmn_xml.model.infrastructure import Definitions
from bpmn_xml.model.walk import root_elements, structure, walk

New = dict[int, Any]
"""What stands for elements and is no more the same, by their identity."""


def with_shared_events(definitions: Definitions) -> Definitions:
    """Give each event the definitions that it refers to, after its own ones.

    So nobody who asks what an event waits for or throws looks them up. What refers to nothing in
    the file stays a reference.
    """
    shared = {root.id: root for root in root_elements(definitions, EventDefinition)}
    new: New = {}
    for element, _ in reversed([*walk(definitions)] if shared else ()):
        changes = _given(element, shared) | _around(element, new)
        if changes:
            new[id(element)] = replace(element, **changes)
    found: Definitions = new.get(id(definitions), definitions)
    return found


def _given(element: Element, shared: Mapping[str, EventDefinition]) -> dict[str, Any]:
    """What an event that refers to definitions has instead."""
    if not isinstance(element, CatchEvent | ThrowEvent):
        return {}
    refs = element.event_definition_refs
    found = tuple(shared[ref] for ref in refs if ref in shared)
    return (
        {}
        if not found
        else {
            "event_definitions": (*element.event_definitions, *found),
            "event_definition_refs": tuple(ref for ref in refs if ref not in shared),
        }
    )


def _around(element: Element, new: New) -> dict[str, Any]:
    """The fields of an element in which something is no more the same."""
    changes = dict[str, Any]()
    for field in structure(type(element)):
        value = getattr(element, field)
        if not isinstance(value, tuple) and id(value) in new:
            changes[field] = new[id(value)]
        elif isinstance(value, tuple) and any(id(one) in new for one in value):
            changes[field] = tuple(new.get(id(one), one) for one in value)
    return changes
