"""Collaborations, conversations and choreographies (9, 11)."""

from __future__ import annotations

from typing import Final

from bpmn_xml import model as m
from bpmn_xml.formats.bpmn.vocabulary.rows import attribute, many, one, row
from bpmn_xml.formats.bpmn.vocabulary.types import (
    BOOLEAN,
    CHOREOGRAPHY_LOOP_TYPE,
    INT,
    QNAME,
    STRING,
)

ENDS: Final = (m.Participant, m.FlowNode, m.ConversationNode)
"""What messages flow between (the interaction nodes of 9)."""

INTERACTION: Final = (
    row(
        m.Collaboration,
        attribute("name", STRING),
        attribute("isClosed", BOOLEAN, default=False),
        many("participant"),
        many("messageFlow"),
        many("artifact"),
        many("conversationNode"),
        many("conversationAssociation"),
        many("participantAssociation"),
        many("messageFlowAssociation"),
        many("correlationKey"),
        many("choreographyRef", QNAME, to=m.Choreography),
        many("conversationLink"),
        head="rootElement",
    ),
    row(
        m.Participant,
        attribute("name", STRING),
        attribute("processRef", QNAME, to=m.Process),
        many("interfaceRef", QNAME, to=m.Interface),
        many("endPointRef", QNAME, to=m.EndPoint),
        one("participantMultiplicity"),
    ),
    row(
        m.ParticipantMultiplicity,
        attribute("minimum", INT, default=0),
        attribute("maximum", INT, default=1),
    ),
    row(
        m.ParticipantAssociation,
        one("innerParticipantRef", QNAME, minimum=1, to=m.Participant),
        one("outerParticipantRef", QNAME, minimum=1, to=m.Participant),
    ),
    row(
        m.PartnerEntity,
        attribute("name", STRING),
        many("participantRef", QNAME, to=m.Participant),
        head="rootElement",
    ),
    row(
        m.PartnerRole,
        attribute("name", STRING),
        many("participantRef", QNAME, to=m.Participant),
        head="rootElement",
    ),
    row(
        m.MessageFlow,
        attribute("name", STRING),
        attribute("sourceRef", QNAME, required=True, to=ENDS),
        attribute("targetRef", QNAME, required=True, to=ENDS),
        attribute("messageRef", QNAME, to=m.Message),
    ),
    row(
        m.MessageFlowAssociation,
        attribute("innerMessageFlowRef", QNAME, required=True, to=m.MessageFlow),
        attribute("outerMessageFlowRef", QNAME, required=True, to=m.MessageFlow),
    ),
    row(
        m.ConversationNode,
        attribute("name", STRING),
        many("participantRef", QNAME, to=m.Participant),
        many("messageFlowRef", QNAME, to=m.MessageFlow),
        many("correlationKey"),
        abstract=True,
    ),
    row(m.Conversation, head="conversationNode"),
    row(m.SubConversation, many("conversationNode"), head="conversationNode"),
    row(
        m.CallConversation,
        attribute("calledCollaborationRef", QNAME, to=m.Collaboration),
        many("participantAssociation"),
        head="conversationNode",
    ),
    row(m.GlobalConversation, head="collaboration"),
    row(
        m.ConversationLink,
        attribute("name", STRING),
        attribute("sourceRef", QNAME, required=True, to=ENDS),
        attribute("targetRef", QNAME, required=True, to=ENDS),
    ),
    row(
        m.ConversationAssociation,
        attribute("innerConversationNodeRef", QNAME, required=True, to=m.ConversationNode),
        attribute("outerConversationNodeRef", QNAME, required=True, to=m.ConversationNode),
    ),
    row(m.Choreography, many("flowElement"), head="collaboration"),
    row(
        m.ChoreographyActivity,
        attribute("initiatingParticipantRef", QNAME, required=True, to=m.Participant),
        attribute("loopType", CHOREOGRAPHY_LOOP_TYPE, default="None"),
        many("participantRef", QNAME, minimum=2, to=m.Participant),
        many("correlationKey"),
        abstract=True,
    ),
    row(
        m.ChoreographyTask,
        many("messageFlowRef", QNAME, minimum=1, maximum=2, to=m.MessageFlow),
        head="flowElement",
    ),
    row(m.SubChoreography, many("flowElement"), many("artifact"), head="flowElement"),
    row(
        m.CallChoreography,
        attribute("calledChoreographyRef", QNAME, to=m.Choreography),
        many("participantAssociation"),
        head="flowElement",
    ),
    row(
        m.GlobalChoreographyTask,
        attribute("initiatingParticipantRef", QNAME, to=m.Participant),
        head="choreography",
    ),
)
