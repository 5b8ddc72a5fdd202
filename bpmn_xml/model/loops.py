"""Loop characteristics of activities (10.3)."""

from __future__ import annotations

from typing import Literal

from bpmn_xml.model.common import Expression, FormalExpression
from bpmn_xml.model.data import DataInput, DataOutput
from bpmn_xml.model.events import ImplicitThrowEvent
from bpmn_xml.model.foundation import BaseElement

MultiInstanceFlowCondition = Literal["None", "One", "All", "Complex"]


class LoopCharacteristics(BaseElement, frozen=True, kw_only=True):
    """That an activity is done more than once (10.3)."""


class StandardLoopCharacteristics(LoopCharacteristics, frozen=True, kw_only=True):
    """Again and again while a condition holds (10.3)."""

    test_before: bool = False
    loop_maximum: int | None = None
    loop_condition: Expression | None = None


class MultiInstanceLoopCharacteristics(LoopCharacteristics, frozen=True, kw_only=True):
    """Once for each item of a collection, in sequence or in parallel (10.3)."""

    is_sequential: bool = False
    behavior: MultiInstanceFlowCondition = "All"
    one_behavior_event_ref: str | None = None
    none_behavior_event_ref: str | None = None
    loop_cardinality: Expression | None = None
    loop_data_input_ref: str | None = None
    loop_data_output_ref: str | None = None
    input_data_item: DataInput | None = None
    output_data_item: DataOutput | None = None
    complex_behavior_definitions: tuple[ComplexBehaviorDefinition, ...] = ()
    completion_condition: Expression | None = None


class ComplexBehaviorDefinition(BaseElement, frozen=True, kw_only=True):
    """Which event a multi-instance activity throws under which condition (10.3)."""

    condition: FormalExpression | None = None
    event: ImplicitThrowEvent | None = None
