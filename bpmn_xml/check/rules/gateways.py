"""Gateways (10.6)."""

from __future__ import annotations

from bpmn_xml import model as m
from bpmn_xml.check.rules.facts import Facts
from bpmn_xml.check.rules.kinds import TOP_LEVEL, undefined
from bpmn_xml.check.rules.rule import Verdict, rule


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


@rule(17, "10.6", remedy="mark it Mixed, or split after it")
def _converges_and_splits(one: m.Gateway, facts: Facts) -> Verdict:
    """A gateway marked Converging must not have several outgoing flows."""
    return one.gateway_direction == "Converging" and splits(one, facts)


@rule(18, "10.6", remedy="mark it Mixed, or merge before it")
def _diverges_and_merges(one: m.Gateway, facts: Facts) -> Verdict:
    """A gateway marked Diverging must not have several incoming flows."""
    return one.gateway_direction == "Diverging" and merges(one, facts)


@rule(19, "10.6", remedy="mark it as what it is, or Unspecified")
def _mixes_too_little(one: m.Gateway, facts: Facts) -> Verdict:
    """A gateway marked Mixed must have several incoming and several outgoing flows."""
    return one.gateway_direction == "Mixed" and not (splits(one, facts) and merges(one, facts))


@rule(135, "10.6", remedy="remove the gateway, or draw the other flows")
def _does_nothing(one: m.Gateway, facts: Facts) -> Verdict:
    """A gateway must have several incoming or several outgoing flows."""
    return not (splits(one, facts) or merges(one, facts))


@rule(136, "10.6", remedy="draw what else may happen, or remove the gateway")
def _has_no_choice(one: m.EventBasedGateway, facts: Facts) -> Verdict:
    """An event gateway must have two outgoing flows at least."""
    return not splits(one, facts)


@rule(137, "10.6", remedy="remove the condition")
def _is_conditional(flow: m.SequenceFlow, facts: Facts) -> Verdict:
    """A flow out of an event gateway must not have a condition."""
    gateway = facts.find(flow.source_ref, m.EventBasedGateway)
    return gateway is not None and flow.condition_expression is not None


@rule(
    138,
    "10.6",
    remedy="draw what is waited for directly behind the gateway",
    law="an event gateway must lead to receive tasks and to message, signal, timer and "
    "conditional catch events only",
)
def waits_for_nothing(gateway: m.EventBasedGateway, facts: Facts) -> Verdict:
    """An event gateway must lead to what can be waited for."""
    if isinstance(facts.parent(gateway), m.Choreography | m.SubChoreography):
        return False
    for node in followers(gateway, facts):
        if isinstance(node, m.IntermediateCatchEvent):
            events = facts.events(node)
            if not undefined(node, facts) and all(type(event) in TOP_LEVEL for event in events):
                continue
        elif isinstance(node, m.ReceiveTask):
            continue
        return f"an event gateway must not lead to '{node.id}'"
    return False


@rule(139, "10.6", remedy="use either of them")
def _mixes(gateway: m.EventBasedGateway, facts: Facts) -> Verdict:
    """An event gateway must not lead to receive tasks and to message catch events."""
    nodes = followers(gateway, facts)
    return any(isinstance(node, m.ReceiveTask) for node in nodes) and any(
        isinstance(node, m.IntermediateCatchEvent)
        and facts.is_caused(node, m.MessageEventDefinition)
        for node in nodes
    )


@rule(140, "10.6", remedy="remove the boundary event, or draw it behind the gateway")
def _is_interrupted(task: m.ReceiveTask, facts: Facts) -> Verdict:
    """A receive task behind an event gateway must not have boundary events."""
    return bool(facts.attached(task)) and chooser(task, facts) is not None


@rule(141, "10.6", remedy="merge the other flow before the gateway")
def _is_entered_otherwise(node: m.FlowNode, facts: Facts) -> Verdict:
    """What follows an event gateway must not have another incoming flow."""
    return len(facts.incoming(node)) > 1 and chooser(node, facts) is not None


@rule(142, "10.6", remedy="remove the flow, or the attribute instantiate")
def _starting_gateway_is_entered(one: m.EventBasedGateway, facts: Facts) -> Verdict:
    """An event gateway that starts a process must not have an incoming flow."""
    return one.instantiate and bool(facts.incoming(one))
