"""Collect what a drawing connects: flows, messages, associations, with the ends that are drawn.

Inside the file a data association ends at a data input of an activity; in the drawing it ends at
the activity itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

from bpmn_xml.model import (
    Activity,
    Artifact,
    Association,
    BaseElement,
    CatchEvent,
    Collaboration,
    DataInputAssociation,
    DataOutputAssociation,
    FlowElement,
    SequenceFlow,
    ThrowEvent,
)

EdgeKind = Literal["sequence", "message", "association", "data", "link"]


class Edge(msgspec.Struct, frozen=True):
    """A line to be drawn from one element to another, all named by their ids.

    One that is `conditional` wears a diamond at its beginning, if that is at an activity.
    """

    id: str
    kind: EdgeKind
    source: str
    target: str
    name: str = ""
    conditional: bool = False


def edges_of_flow(elements: tuple[FlowElement, ...]) -> Iterator[Edge]:
    """List the sequence flows and data associations among flow elements."""
    for element in elements:
        if isinstance(element, SequenceFlow):
            ends = element.source_ref, element.target_ref
            conditional = element.condition_expression is not None
            yield Edge(element.id, "sequence", *ends, element.name or "", conditional)
        else:
            yield from _edges_of_data(element)


def edges_of_artifacts(artifacts: tuple[Artifact, ...]) -> Iterator[Edge]:
    """List the associations among artifacts."""
    for artifact in artifacts:
        if isinstance(artifact, Association):
            yield Edge(artifact.id, "association", artifact.source_ref, artifact.target_ref)


def edges_of_collaboration(collaboration: Collaboration) -> Iterator[Edge]:
    """List the message flows, conversation links and associations of a collaboration."""
    for flow in collaboration.message_flows:
        yield Edge(flow.id, "message", flow.source_ref, flow.target_ref, flow.name or "")
    for link in collaboration.conversation_links:
        yield Edge(link.id, "link", link.source_ref, link.target_ref, link.name or "")
    yield from edges_of_artifacts(collaboration.artifacts)


def _edges_of_data(owner: BaseElement) -> Iterator[Edge]:
    """List the data associations of an activity or event; of several sources the first counts."""
    inputs: tuple[DataInputAssociation, ...] = ()
    outputs: tuple[DataOutputAssociation, ...] = ()
    if isinstance(owner, Activity):
        inputs, outputs = owner.data_input_associations, owner.data_output_associations
    elif isinstance(owner, CatchEvent):
        outputs = owner.data_output_associations
    elif isinstance(owner, ThrowEvent):
        inputs = owner.data_input_associations
    for entering in inputs:
        if entering.source_refs:
            yield Edge(entering.id, "data", entering.source_refs[0], owner.id)
    for leaving in outputs:
        if leaving.target_ref:
            yield Edge(leaving.id, "data", owner.id, leaving.target_ref)
