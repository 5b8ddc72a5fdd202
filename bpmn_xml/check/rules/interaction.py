"""Collaborations, conversations and choreographies (9, 11)."""

from __future__ import annotations

from typing import Final

from bpmn_xml import model as m
from bpmn_xml.check.rules.facts import Facts
from bpmn_xml.check.rules.rule import Rule, Verdict


def _stays_inside(flow: m.MessageFlow, facts: Facts) -> Verdict:
    one, other = (facts.by_id.get(end) for end in (flow.source_ref, flow.target_ref))
    pool = facts.pool(one)
    if pool is not None and pool is facts.pool(other):
        return True
    return is_pool_of(one, other, facts) or is_pool_of(other, one, facts)


def is_pool_of(pool: m.Element | None, node: m.Element | None, facts: Facts) -> bool:
    """Tell whether a pool, maybe one of several, shows the process that a node is in."""
    process = facts.process(node) if node is not None else None
    return (
        isinstance(pool, m.Participant) and process is not None and pool.process_ref == process.id
    )


def _holds_more(conversation: m.GlobalConversation, _: Facts) -> Verdict:
    held = {
        "conversation nodes": conversation.conversation_nodes,
        "conversation links": conversation.conversation_links,
        "artifacts": conversation.artifacts,
        "message flow associations": conversation.message_flow_associations,
        "participant associations": conversation.participant_associations,
        "conversation associations": conversation.conversation_associations,
    }
    found = [name for name, elements in held.items() if elements]
    return bool(found) and f"a global conversation must not hold {found[0]}"


def _is_closed_otherwise(collaboration: m.Collaboration, facts: Facts) -> Verdict:
    found = [facts.find(ref, m.Choreography) for ref in collaboration.choreography_refs]
    return any(one is not None and one.is_closed != collaboration.is_closed for one in found)


INTERACTION: Final = (
    Rule(
        27,
        "9",
        (m.Choreography, m.GlobalConversation),
        "a choreography or global conversation must not refer to a choreography",
        lambda one, _: bool(one.choreography_refs),
        remedy="remove the choreographyRef",
    ),
    Rule(
        29,
        "9",
        m.ParticipantMultiplicity,
        "the minimum of participants must not be negative",
        lambda many, _: many.minimum < 0,
        remedy="write 0 or more",
    ),
    Rule(
        30,
        "9",
        m.ParticipantMultiplicity,
        "the maximum of participants must be at least 1 and not below the minimum",
        lambda many, _: many.maximum < max(1, many.minimum),
        remedy="write a maximum that is as large as the minimum",
    ),
    Rule(
        31,
        "9",
        m.MessageFlow,
        "a message flow must join two different pools",
        _stays_inside,
        remedy="use a sequence flow within a pool",
    ),
    Rule(
        32,
        "9",
        m.GlobalConversation,
        "a global conversation must not hold conversation nodes, links, associations or artifacts",
        _holds_more,
        remedy="remove them, or use a collaboration",
    ),
    Rule(
        33,
        "9",
        m.Collaboration,
        "a collaboration and the choreography it refers to must have the same isClosed",
        _is_closed_otherwise,
        remedy="write the same isClosed for both",
    ),
)
