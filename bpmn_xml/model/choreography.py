"""Choreography (11)."""

from __future__ import annotations

from typing import Literal

from bpmn_xml.model.collaboration import Collaboration, ParticipantAssociation
from bpmn_xml.model.common import Artifact, FlowElement, FlowNode
from bpmn_xml.model.correlation import CorrelationKey
from bpmn_xml.model.graph import FlowElementsContainer

ChoreographyLoopType = Literal[
    "None", "Standard", "MultiInstanceSequential", "MultiInstanceParallel"
]


class Choreography(
    Collaboration, FlowElementsContainer, frozen=True, kw_only=True, gc=True, dict=True
):
    """The order of the message exchanges between participants (11)."""

    flow_elements: tuple[FlowElement, ...] = ()


class ChoreographyActivity(FlowNode, frozen=True, kw_only=True):
    """A step of a choreography (11)."""

    initiating_participant_ref: str
    loop_type: ChoreographyLoopType = "None"
    participant_refs: tuple[str, ...] = ()
    correlation_keys: tuple[CorrelationKey, ...] = ()


class ChoreographyTask(ChoreographyActivity, frozen=True, kw_only=True):
    """One exchange of one or two messages (11)."""

    message_flow_refs: tuple[str, ...] = ()


class SubChoreography(
    ChoreographyActivity, FlowElementsContainer, frozen=True, kw_only=True, gc=True, dict=True
):
    """A step with a choreography of its own (11)."""

    flow_elements: tuple[FlowElement, ...] = ()
    artifacts: tuple[Artifact, ...] = ()


class CallChoreography(ChoreographyActivity, frozen=True, kw_only=True):
    """The place where a choreography is called (11)."""

    called_choreography_ref: str | None = None
    participant_associations: tuple[ParticipantAssociation, ...] = ()


class GlobalChoreographyTask(Choreography, frozen=True, kw_only=True):
    """A reusable choreography task (11)."""

    initiating_participant_ref: str | None = None
