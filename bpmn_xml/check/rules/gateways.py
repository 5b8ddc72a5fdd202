"""Gateways (10.6)."""

from __future__ import annotations

from typing import Final

from bpmn_xml import model as m
from bpmn_xml.check.rules.facts import Facts
from bpmn_xml.check.rules.kinds import undefined
from bpmn_xml.check.rules.rule import Rule, Verdict

AWAITED: Final = (
    m.MessageEventDefinition,
    m.SignalEventDefinition,
    m.TimerEventDefinition,
    m.ConditionalEventDefinition,
)
"""What the catch events behind an event gateway may wait for."""


def followers(gateway: m.EventBasedGateway, facts: Facts) -> list[m.FlowNode]:
    """Return the nodes that an event gateway leads to."""
    found = [facts.find(flow.target_ref, m.FlowNode) for flow in facts.outgoing(gateway)]
    return [node for node in found if node is not None]


def chooser(node: m.FlowNode, facts: Facts) -> m.EventBasedGateway | None:
    """Return an event gateway that leads to a node."""
    found = [facts.find(flow.source_ref, m.EventBasedGateway) for flow in facts.incoming(node)]
    return next((gateway for gateway in found if gateway is not None), None)


def splits(gateway: m.Gateway, facts: Facts) -> bool:
    """Tell whether a gateway has several outgoing flows."""
    return len(facts.outgoing(gateway)) > 1


def merges(gateway: m.Gateway, facts: Facts) -> bool:
    """Tell whether a gateway has several incoming flows."""
    return len(facts.incoming(gateway)) > 1


def _is_conditional(flow: m.SequenceFlow, facts: Facts) -> Verdict:
    gateway = facts.find(flow.source_ref, m.EventBasedGateway)
    return gateway is not None and flow.condition_expression is not None


def waits_for_nothing(gateway: m.EventBasedGateway, facts: Facts) -> Verdict:
    """Tell which follower of an event gateway cannot be waited for; choreographies differ (11)."""
    if isinstance(facts.parent(gateway), m.Choreography | m.SubChoreography):
        return False
    for node in followers(gateway, facts):
        if isinstance(node, m.IntermediateCatchEvent):
            events = facts.events(node)
            if not undefined(node, facts) and all(isinstance(event, AWAITED) for event in events):
                continue
        elif isinstance(node, m.ReceiveTask):
            continue
        return f"an event gateway must not lead to '{node.id}'"
    return False


def _mixes(gateway: m.EventBasedGateway, facts: Facts) -> Verdict:
    nodes = followers(gateway, facts)
    return any(isinstance(node, m.ReceiveTask) for node in nodes) and any(
        isinstance(node, m.IntermediateCatchEvent)
        and facts.is_caused(node, m.MessageEventDefinition)
        for node in nodes
    )


def _is_interrupted(task: m.ReceiveTask, facts: Facts) -> Verdict:
    return bool(facts.attached(task)) and chooser(task, facts) is not None


def _is_entered_otherwise(node: m.FlowNode, facts: Facts) -> Verdict:
    return len(facts.incoming(node)) > 1 and chooser(node, facts) is not None


GATEWAYS: Final = (
    Rule(
        17,
        "10.6",
        m.Gateway,
        "a gateway marked Converging must not have several outgoing flows",
        lambda one, facts: one.gateway_direction == "Converging" and splits(one, facts),
        remedy="mark it Mixed, or split after it",
    ),
    Rule(
        18,
        "10.6",
        m.Gateway,
        "a gateway marked Diverging must not have several incoming flows",
        lambda one, facts: one.gateway_direction == "Diverging" and merges(one, facts),
        remedy="mark it Mixed, or merge before it",
    ),
    Rule(
        19,
        "10.6",
        m.Gateway,
        "a gateway marked Mixed must have several incoming and several outgoing flows",
        lambda one, facts: (
            one.gateway_direction == "Mixed" and not (splits(one, facts) and merges(one, facts))
        ),
        remedy="mark it as what it is, or Unspecified",
    ),
    Rule(
        135,
        "10.6",
        m.Gateway,
        "a gateway must have several incoming or several outgoing flows",
        lambda one, facts: not (splits(one, facts) or merges(one, facts)),
        remedy="remove the gateway, or draw the other flows",
    ),
    Rule(
        136,
        "10.6",
        m.EventBasedGateway,
        "an event gateway must have two outgoing flows at least",
        lambda one, facts: not splits(one, facts),
        remedy="draw what else may happen, or remove the gateway",
    ),
    Rule(
        137,
        "10.6",
        m.SequenceFlow,
        "a flow out of an event gateway must not have a condition",
        _is_conditional,
        remedy="remove the condition",
    ),
    Rule(
        138,
        "10.6",
        m.EventBasedGateway,
        "an event gateway must lead to receive tasks and to message, signal, timer and "
        "conditional catch events only",
        waits_for_nothing,
        remedy="draw what is waited for directly behind the gateway",
    ),
    Rule(
        139,
        "10.6",
        m.EventBasedGateway,
        "an event gateway must not lead to receive tasks and to message catch events",
        _mixes,
        remedy="use either of them",
    ),
    Rule(
        140,
        "10.6",
        m.ReceiveTask,
        "a receive task behind an event gateway must not have boundary events",
        _is_interrupted,
        remedy="remove the boundary event, or draw it behind the gateway",
    ),
    Rule(
        141,
        "10.6",
        m.FlowNode,
        "what follows an event gateway must not have another incoming flow",
        _is_entered_otherwise,
        remedy="merge the other flow before the gateway",
    ),
    Rule(
        142,
        "10.6",
        m.EventBasedGateway,
        "an event gateway that starts a process must not have an incoming flow",
        lambda one, facts: one.instantiate and bool(facts.incoming(one)),
        remedy="remove the flow, or the attribute instantiate",
    ),
)
