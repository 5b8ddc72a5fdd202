"""The simple types of attributes and of children that are only a value."""

from __future__ import annotations

from typing import Any, Final, get_args

import msgspec

from bpmn_xml.model import activities, choreography, common, diagram, foundation, gateways
from bpmn_xml.model import loops as loop_types
from bpmn_xml.model import process as processes


class SimpleType(msgspec.Struct, frozen=True, kw_only=True):
    """A simple type of the schema.

    `python` is the type of its values in the model. `values` are those of an enumeration; an
    `open` one takes any other text too. A `reference` is the id of another element.
    """

    name: str
    python: type = str
    values: tuple[str, ...] = ()
    open: bool = False
    reference: bool = False
    collapse: bool = False


def enumeration(name: str, literal: Any) -> SimpleType:
    """Make the type of an enumeration from the model's `Literal`.

    >>> enumeration("tProcessType", processes.ProcessType).values
    ('None', 'Public', 'Private')
    """
    return SimpleType(name=name, values=get_args(literal), collapse=True)


STRING: Final = SimpleType(name="xsd:string")
URI: Final = SimpleType(name="xsd:anyURI", collapse=True)
ID: Final = SimpleType(name="xsd:ID", collapse=True)
IDREF: Final = SimpleType(name="xsd:IDREF", collapse=True, reference=True)
QNAME: Final = SimpleType(name="xsd:QName", collapse=True, reference=True)
BOOLEAN: Final = SimpleType(name="xsd:boolean", python=bool, collapse=True)
INTEGER: Final = SimpleType(name="xsd:integer", python=int, collapse=True)
INT: Final = SimpleType(name="xsd:int", python=int, collapse=True)
DOUBLE: Final = SimpleType(name="xsd:double", python=float, collapse=True)

IMPLEMENTATION: Final = SimpleType(
    name="tImplementation", values=("##unspecified", "##WebService"), open=True, collapse=True
)
TRANSACTION_METHOD: Final = SimpleType(
    name="tTransactionMethod",
    values=("##Compensate", "##Image", "##Store"),
    open=True,
    collapse=True,
)

AD_HOC_ORDERING: Final = enumeration("tAdHocOrdering", activities.AdHocOrdering)
ASSOCIATION_DIRECTION: Final = enumeration("tAssociationDirection", common.AssociationDirection)
CHOREOGRAPHY_LOOP_TYPE: Final = enumeration(
    "tChoreographyLoopType", choreography.ChoreographyLoopType
)
EVENT_BASED_GATEWAY_TYPE: Final = enumeration(
    "tEventBasedGatewayType", gateways.EventBasedGatewayType
)
GATEWAY_DIRECTION: Final = enumeration("tGatewayDirection", gateways.GatewayDirection)
ITEM_KIND: Final = enumeration("tItemKind", common.ItemKind)
MULTI_INSTANCE_FLOW_CONDITION: Final = enumeration(
    "tMultiInstanceFlowCondition", loop_types.MultiInstanceFlowCondition
)
PROCESS_TYPE: Final = enumeration("tProcessType", processes.ProcessType)
RELATIONSHIP_DIRECTION: Final = enumeration(
    "tRelationshipDirection", foundation.RelationshipDirection
)
MESSAGE_VISIBLE_KIND: Final = enumeration("bpmndi:MessageVisibleKind", diagram.MessageVisibleKind)
PARTICIPANT_BAND_KIND: Final = enumeration(
    "bpmndi:ParticipantBandKind", diagram.ParticipantBandKind
)

SIMPLE_TYPES: Final = (
    AD_HOC_ORDERING,
    ASSOCIATION_DIRECTION,
    CHOREOGRAPHY_LOOP_TYPE,
    EVENT_BASED_GATEWAY_TYPE,
    GATEWAY_DIRECTION,
    IMPLEMENTATION,
    ITEM_KIND,
    MULTI_INSTANCE_FLOW_CONDITION,
    PROCESS_TYPE,
    RELATIONSHIP_DIRECTION,
    TRANSACTION_METHOD,
    MESSAGE_VISIBLE_KIND,
    PARTICIPANT_BAND_KIND,
)
"""The simple types that the schema itself defines."""
