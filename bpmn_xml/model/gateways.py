"""Gateways (10.6)."""

from __future__ import annotations

from typing import Literal

from bpmn_xml.model.common import Expression, FlowNode

EventBasedGatewayType = Literal["Exclusive", "Parallel"]
GatewayDirection = Literal["Unspecified", "Converging", "Diverging", "Mixed"]


class Gateway(FlowNode, frozen=True, kw_only=True):
    """Where sequence flows split and merge (10.6)."""

    gateway_direction: GatewayDirection = "Unspecified"


class ExclusiveGateway(Gateway, frozen=True, kw_only=True):
    """Exactly one outgoing flow is taken (10.6)."""

    default: str | None = None


class InclusiveGateway(Gateway, frozen=True, kw_only=True):
    """Every outgoing flow whose condition holds is taken (10.6)."""

    default: str | None = None


class ParallelGateway(Gateway, frozen=True, kw_only=True):
    """All incoming flows are awaited, all outgoing flows are taken (10.6)."""


class ComplexGateway(Gateway, frozen=True, kw_only=True):
    """A condition over the arrived tokens decides when it passes (10.6)."""

    default: str | None = None
    activation_condition: Expression | None = None


class EventBasedGateway(Gateway, frozen=True, kw_only=True):
    """The first event that occurs decides which way is taken (10.6)."""

    instantiate: bool = False
    event_gateway_type: EventBasedGatewayType = "Exclusive"
