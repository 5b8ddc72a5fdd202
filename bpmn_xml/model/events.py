"""Events (10.5)."""

from __future__ import annotations

from bpmn_xml.model.common import FlowNode
from bpmn_xml.model.data import (
    DataInput,
    DataInputAssociation,
    DataOutput,
    DataOutputAssociation,
    InputSet,
    OutputSet,
    Property,
)
from bpmn_xml.model.event_definitions import EventDefinition


class Event(FlowNode, frozen=True, kw_only=True):
    """Something that happens during a process (10.5)."""

    properties: tuple[Property, ...] = ()


class CatchEvent(Event, frozen=True, kw_only=True):
    """An event that waits for a trigger (10.5)."""

    parallel_multiple: bool = False
    data_outputs: tuple[DataOutput, ...] = ()
    data_output_associations: tuple[DataOutputAssociation, ...] = ()
    output_set: OutputSet | None = None
    event_definitions: tuple[EventDefinition, ...] = ()
    event_definition_refs: tuple[str, ...] = ()


class ThrowEvent(Event, frozen=True, kw_only=True):
    """An event that throws a result (10.5)."""

    data_inputs: tuple[DataInput, ...] = ()
    data_input_associations: tuple[DataInputAssociation, ...] = ()
    input_set: InputSet | None = None
    event_definitions: tuple[EventDefinition, ...] = ()
    event_definition_refs: tuple[str, ...] = ()


class StartEvent(CatchEvent, frozen=True, kw_only=True):
    """Where a process or sub-process begins (10.5)."""

    is_interrupting: bool = True


class IntermediateCatchEvent(CatchEvent, frozen=True, kw_only=True):
    """The token waits here for a trigger (10.5)."""


class IntermediateThrowEvent(ThrowEvent, frozen=True, kw_only=True):
    """The token throws a result here and goes on (10.5)."""


class ImplicitThrowEvent(ThrowEvent, frozen=True, kw_only=True):
    """An event that a multi-instance activity throws without being drawn (10.5)."""


class BoundaryEvent(CatchEvent, frozen=True, kw_only=True):
    """An event that can occur while the activity it is attached to is active (10.5)."""

    attached_to_ref: str
    cancel_activity: bool = True


class EndEvent(ThrowEvent, frozen=True, kw_only=True):
    """Where a path of a process ends (10.5)."""
