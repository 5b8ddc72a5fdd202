"""Collaborations and conversations (9)."""

from __future__ import annotations

from bpmn_xml.model.common import Artifact
from bpmn_xml.model.correlation import CorrelationKey
from bpmn_xml.model.foundation import BaseElement, RootElement


class Collaboration(RootElement, frozen=True, kw_only=True):
    """Participants and the messages between them (9)."""

    name: str | None = None
    is_closed: bool = False
    participants: tuple[Participant, ...] = ()
    message_flows: tuple[MessageFlow, ...] = ()
    artifacts: tuple[Artifact, ...] = ()
    conversation_nodes: tuple[ConversationNode, ...] = ()
    conversation_associations: tuple[ConversationAssociation, ...] = ()
    participant_associations: tuple[ParticipantAssociation, ...] = ()
    message_flow_associations: tuple[MessageFlowAssociation, ...] = ()
    correlation_keys: tuple[CorrelationKey, ...] = ()
    choreography_refs: tuple[str, ...] = ()
    conversation_links: tuple[ConversationLink, ...] = ()


class Participant(BaseElement, frozen=True, kw_only=True):
    """A partner or role, drawn as a pool, with the process it follows (9)."""

    name: str | None = None
    process_ref: str | None = None
    interface_refs: tuple[str, ...] = ()
    end_point_refs: tuple[str, ...] = ()
    participant_multiplicity: ParticipantMultiplicity | None = None


class ParticipantMultiplicity(BaseElement, frozen=True, kw_only=True):
    """How many participants of this kind take part (9)."""

    minimum: int = 0
    maximum: int = 1


class ParticipantAssociation(BaseElement, frozen=True, kw_only=True):
    """Which inner participant stands for which outer one (9)."""

    inner_participant_ref: str | None = None
    outer_participant_ref: str | None = None


class PartnerEntity(RootElement, frozen=True, kw_only=True):
    """A partner of a participant: a company, a person (9)."""

    name: str | None = None
    participant_refs: tuple[str, ...] = ()


class PartnerRole(RootElement, frozen=True, kw_only=True):
    """A partner role of a participant: buyer, seller (9)."""

    name: str | None = None
    participant_refs: tuple[str, ...] = ()


class MessageFlow(BaseElement, frozen=True, kw_only=True):
    """The way of messages between two participants (9)."""

    source_ref: str
    target_ref: str
    name: str | None = None
    message_ref: str | None = None


class MessageFlowAssociation(BaseElement, frozen=True, kw_only=True):
    """Which inner message flow stands for which outer one (9)."""

    inner_message_flow_ref: str
    outer_message_flow_ref: str


class ConversationNode(BaseElement, frozen=True, kw_only=True):
    """A group of message exchanges about one topic (9)."""

    name: str | None = None
    participant_refs: tuple[str, ...] = ()
    message_flow_refs: tuple[str, ...] = ()
    correlation_keys: tuple[CorrelationKey, ...] = ()


class Conversation(ConversationNode, frozen=True, kw_only=True):
    """An atomic group of message exchanges (9)."""


class SubConversation(ConversationNode, frozen=True, kw_only=True):
    """A conversation that holds conversations (9)."""

    conversation_nodes: tuple[ConversationNode, ...] = ()


class CallConversation(ConversationNode, frozen=True, kw_only=True):
    """The place where a global conversation or a collaboration is called (9)."""

    called_collaboration_ref: str | None = None
    participant_associations: tuple[ParticipantAssociation, ...] = ()


class GlobalConversation(Collaboration, frozen=True, kw_only=True):
    """A reusable conversation (9)."""


class ConversationLink(BaseElement, frozen=True, kw_only=True):
    """The line between a conversation and a participant (9)."""

    source_ref: str
    target_ref: str
    name: str | None = None


class ConversationAssociation(BaseElement, frozen=True, kw_only=True):
    """Which inner conversation stands for which outer one (9)."""

    inner_conversation_node_ref: str
    outer_conversation_node_ref: str
