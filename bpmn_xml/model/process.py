"""Processes and lanes (10.2)."""

from __future__ import annotations

from typing import Literal

from bpmn_xml.model.common import Artifact, Auditing, FlowElement, Monitoring
from bpmn_xml.model.correlation import CorrelationSubscription
from bpmn_xml.model.data import Property
from bpmn_xml.model.foundation import BaseElement
from bpmn_xml.model.graph import FlowElementsContainer
from bpmn_xml.model.notebook import from_notebook
from bpmn_xml.model.resources import ResourceRole
from bpmn_xml.model.service import CallableElement

ProcessType = Literal["None", "Public", "Private"]


class Process(
    CallableElement, FlowElementsContainer, frozen=True, kw_only=True, gc=True, dict=True
):
    """A flow of activities, events and gateways that does work (10.2)."""

    process_type: ProcessType = "None"
    is_closed: bool = False
    is_executable: bool | None = None
    definitional_collaboration_ref: str | None = None
    auditing: Auditing | None = None
    monitoring: Monitoring | None = None
    properties: tuple[Property, ...] = ()
    lane_sets: tuple[LaneSet, ...] = ()
    flow_elements: tuple[FlowElement, ...] = ()
    artifacts: tuple[Artifact, ...] = ()
    resource_roles: tuple[ResourceRole, ...] = ()
    correlation_subscriptions: tuple[CorrelationSubscription, ...] = ()
    supports: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """Its id and the number of its elements: all would fill pages."""
        return f"<Process {self.id}: {len(self.flow_elements)} elements>"

    def _repr_svg_(self) -> str:
        """Its drawing, laid out, for a notebook."""
        return str(from_notebook("svg_of_process")(self))


class LaneSet(BaseElement, frozen=True, kw_only=True):
    """One way of dividing a process into lanes (10.2)."""

    name: str | None = None
    lanes: tuple[Lane, ...] = ()


class Lane(BaseElement, frozen=True, kw_only=True):
    """A part of a process, often a role or a department (10.2)."""

    name: str | None = None
    partition_element_ref: str | None = None
    partition_element: BaseElement | None = None
    flow_node_refs: tuple[str, ...] = ()
    child_lane_set: LaneSet | None = None
