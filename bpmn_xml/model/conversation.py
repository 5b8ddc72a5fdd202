"""Conversations (9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpmn_xml.model.collaboration import Collaboration
from bpmn_xml.model.foundation import BaseElement

if TYPE_CHECKING:
    from bpmn_xml.model.collaboration import ParticipantAssociation
    from bpmn_xml.model.correlation import CorrelationKey


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
