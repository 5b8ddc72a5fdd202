"""Activities (10.3)."""

from __future__ import annotations

from typing import Literal

from bpmn_xml.model.common import Artifact, Expression, FlowElement, FlowNode
from bpmn_xml.model.data import (
    DataInputAssociation,
    DataOutputAssociation,
    InputOutputSpecification,
    Property,
)
from bpmn_xml.model.foundation import BaseElement, Element
from bpmn_xml.model.graph import FlowElementsContainer
from bpmn_xml.model.loops import LoopCharacteristics
from bpmn_xml.model.process import LaneSet
from bpmn_xml.model.resources import ResourceRole
from bpmn_xml.model.service import CallableElement

AdHocOrdering = Literal["Parallel", "Sequential"]


class Activity(FlowNode, frozen=True, kw_only=True):
    """Work that is done in a process (10.3)."""

    is_for_compensation: bool = False
    start_quantity: int = 1
    completion_quantity: int = 1
    default: str | None = None
    io_specification: InputOutputSpecification | None = None
    properties: tuple[Property, ...] = ()
    data_input_associations: tuple[DataInputAssociation, ...] = ()
    data_output_associations: tuple[DataOutputAssociation, ...] = ()
    resource_roles: tuple[ResourceRole, ...] = ()
    loop_characteristics: LoopCharacteristics | None = None


class Task(Activity, frozen=True, kw_only=True):
    """An atomic activity; of this very type it is abstract and does nothing (10.3)."""


class BusinessRuleTask(Task, frozen=True, kw_only=True):
    """A task that a rule engine or a decision answers (10.3)."""

    implementation: str = "##unspecified"


class ManualTask(Task, frozen=True, kw_only=True):
    """A task that a person does without any system (10.3)."""


class ReceiveTask(Task, frozen=True, kw_only=True):
    """A task that waits for a message (10.3)."""

    implementation: str = "##WebService"
    instantiate: bool = False
    message_ref: str | None = None
    operation_ref: str | None = None


class ScriptTask(Task, frozen=True, kw_only=True):
    """A task whose script the engine runs (10.3)."""

    script_format: str | None = None
    script: Script | None = None


class Script(Element, frozen=True, kw_only=True):
    """The text of a script (10.3)."""

    text: str = ""


class SendTask(Task, frozen=True, kw_only=True):
    """A task that sends a message (10.3)."""

    implementation: str = "##WebService"
    message_ref: str | None = None
    operation_ref: str | None = None


class ServiceTask(Task, frozen=True, kw_only=True):
    """A task that a service or an application does (10.3)."""

    implementation: str = "##WebService"
    operation_ref: str | None = None


class UserTask(Task, frozen=True, kw_only=True):
    """A task that a person does with the help of a system (10.3)."""

    implementation: str = "##unspecified"
    renderings: tuple[Rendering, ...] = ()


class Rendering(BaseElement, frozen=True, kw_only=True):
    """How a user task is shown, defined by a tool (10.3)."""


class CallActivity(Activity, frozen=True, kw_only=True):
    """The place where a process or a global task is called (10.3)."""

    called_element: str | None = None


class SubProcess(Activity, FlowElementsContainer, frozen=True, kw_only=True, gc=True, dict=True):
    """An activity with a flow of its own (10.3)."""

    triggered_by_event: bool = False
    lane_sets: tuple[LaneSet, ...] = ()
    flow_elements: tuple[FlowElement, ...] = ()
    artifacts: tuple[Artifact, ...] = ()


class AdHocSubProcess(SubProcess, frozen=True, kw_only=True):
    """A sub-process whose activities have no required order (10.3)."""

    cancel_remaining_instances: bool = True
    ordering: AdHocOrdering | None = None
    completion_condition: Expression | None = None


class Transaction(SubProcess, frozen=True, kw_only=True):
    """A sub-process that succeeds as a whole or is compensated (10.3)."""

    method: str = "##Compensate"


class GlobalTask(CallableElement, frozen=True, kw_only=True):
    """A reusable task that call activities call (10.3)."""

    resource_roles: tuple[ResourceRole, ...] = ()


class GlobalBusinessRuleTask(GlobalTask, frozen=True, kw_only=True):
    """A reusable business rule task (10.3)."""

    implementation: str = "##unspecified"


class GlobalManualTask(GlobalTask, frozen=True, kw_only=True):
    """A reusable manual task (10.3)."""


class GlobalScriptTask(GlobalTask, frozen=True, kw_only=True):
    """A reusable script task (10.3)."""

    script_language: str | None = None
    script: Script | None = None


class GlobalUserTask(GlobalTask, frozen=True, kw_only=True):
    """A reusable user task (10.3)."""

    implementation: str = "##unspecified"
    renderings: tuple[Rendering, ...] = ()
