"""Collaborations, conversations and choreographies (9, 11)."""

from __future__ import annotations

from bpmn_xml import model as m
from bpmn_xml.check.rules.facts import Facts
from bpmn_xml.check.rules.rule import Verdict, rule


def is_pool_of(pool: m.Element | None, node: m.Element | None, facts: Facts) -> bool:
    """Tell whether a pool, maybe one of several, shows the process that a node is in."""
    process = facts.process(node) if node is not None else None
    return (
        isinstance(pool, m.Participant) and process is not None and pool.process_ref == process.id
    )


@rule(27, "9", remedy="remove the choreographyRef")
def _refers_to_choreography(one: m.Choreography | m.GlobalConversation, _: Facts) -> Verdict:
    """A choreography or global conversation must not refer to a choreography."""
    return bool(one.choreography_refs)


@rule(29, "9", remedy="write 0 or more")
def _minimum_is_negative(many: m.ParticipantMultiplicity, _: Facts) -> Verdict:
    """The minimum of participants must not be negative."""
    return many.minimum < 0


@rule(30, "9", remedy="write a maximum that is as large as the minimum")
def _maximum_is_too_small(many: m.ParticipantMultiplicity, _: Facts) -> Verdict:
    """The maximum of participants must be at least 1 and not below the minimum."""
    return many.maximum < max(1, many.minimum)


@rule(31, "9", remedy="use a sequence flow within a pool")
def _stays_inside(flow: m.MessageFlow, facts: Facts) -> Verdict:
    """A message flow must join two different pools."""
    one, other = (facts.by_id.get(end) for end in (flow.source_ref, flow.target_ref))
    pool = facts.pool(one)
    if pool is not None and pool is facts.pool(other):
        return True
    return is_pool_of(one, other, facts) or is_pool_of(other, one, facts)


@rule(32, "9", remedy="remove them, or use a collaboration")
def _holds_more(conversation: m.GlobalConversation, _: Facts) -> Verdict:
    """A global conversation must not hold conversation nodes, links, associations or artifacts."""
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


@rule(33, "9", remedy="write the same isClosed for both")
def _is_closed_otherwise(collaboration: m.Collaboration, facts: Facts) -> Verdict:
    """A collaboration and the choreography it refers to must have the same isClosed."""
    found = [facts.find(ref, m.Choreography) for ref in collaboration.choreography_refs]
    return any(one is not None and one.is_closed != collaboration.is_closed for one in found)
