"""From the model to drafts: what each element of a container is to the core.

`KINDS` is the table: an element type that has no row cannot be run. Sub-processes are worked off
from a list, so nesting costs no stack.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bpmn_xml import model as m
from bpmn_xml.compiler import gate
from bpmn_xml.compiler.assemble import ContainerDraft, FlowDraft, NodeDraft
from bpmn_xml.compiler.begin import begins, check_reach
from bpmn_xml.compiler.conditions import Conditions, compile_conditions
from bpmn_xml.compiler.data import check_data, check_data_objects
from bpmn_xml.compiler.events import compile_events
from bpmn_xml.compiler.file import DiagramFile, Level
from bpmn_xml.compiler.program import Kind
from bpmn_xml.compiler.wiring import Wiring, check_wiring, wire
from bpmn_xml.compiler.work import compile_work

KINDS: Final[Mapping[type[m.FlowNode], Kind]] = {
    m.StartEvent: Kind.START_EVENT,
    m.EndEvent: Kind.END_EVENT,
    m.IntermediateThrowEvent: Kind.THROW_EVENT,
    m.BoundaryEvent: Kind.BOUNDARY_EVENT,
    m.Task: Kind.TASK,
    m.ManualTask: Kind.MANUAL_TASK,
    m.ServiceTask: Kind.SERVICE_TASK,
    m.SendTask: Kind.SEND_TASK,
    m.ScriptTask: Kind.SCRIPT_TASK,
    m.BusinessRuleTask: Kind.BUSINESS_RULE_TASK,
    m.UserTask: Kind.USER_TASK,
    m.ExclusiveGateway: Kind.EXCLUSIVE_GATEWAY,
    m.ParallelGateway: Kind.PARALLEL_GATEWAY,
    m.InclusiveGateway: Kind.INCLUSIVE_GATEWAY,
    m.SubProcess: Kind.SUB_PROCESS,
}


def lower(file: DiagramFile, process: m.Process) -> None:
    """Add a process, with all its sub-processes, to the drafts."""
    file.claim(process)
    file.flow_payload = file.settings(process).flow_payload
    levels: list[Level] = [process]
    for level in levels:
        levels += [e for e in level.flow_elements if isinstance(e, m.SubProcess)]
        _lower_level(file, level)


def _lower_level(file: DiagramFile, level: Level) -> None:
    """Add one container with its nodes and flows."""
    for element in level.flow_elements:
        if isinstance(element, m.FlowNode | m.SequenceFlow):
            file.claim(element)
    wiring = wire(file, level)
    check_wiring(file, wiring)
    starts = begins(file, level, wiring)
    check_reach(file, level, wiring, starts)
    check_data_objects(file, level)
    file.drafts.containers.append(
        ContainerDraft(
            id=level.id,
            name=level.name or "",
            node=level.id if isinstance(level, m.SubProcess) else "",
            starts=starts,
            flow_payload=file.flow_payload,
        )
    )
    _lower_nodes(file, level, wiring)
    _lower_flows(file, level, wiring)


def _lower_nodes(file: DiagramFile, level: Level, wiring: Wiring) -> None:
    lanes = lane_names(level)
    for node in wiring.nodes.values():
        gate.check_node(file, node)
        check_data(file, node)
        kind = KINDS.get(type(node))
        if kind is None:
            gate.refuse_kind(file, node)
            continue
        draft = _lower_node(file, node, kind, level.id)
        draft.lane = lanes.get(node.id, "")
        file.drafts.nodes.append(draft)


def _lower_node(file: DiagramFile, node: m.FlowNode, kind: Kind, container: str) -> NodeDraft:
    draft = NodeDraft(
        id=node.id,
        name=node.name or "",
        kind=kind,
        container=container,
        incoming=node.incoming,
        default=getattr(node, "default", None) or "",
        place=node.place,
    )
    if isinstance(node, m.Event):
        draft.events = compile_events(file, node)
    else:
        settings = file.settings(node)
        draft.work = compile_work(file, node, settings) if isinstance(node, m.Task) else None
    if isinstance(node, m.BoundaryEvent):
        draft.host = node.attached_to_ref
    return draft


def _lower_flows(file: DiagramFile, level: Level, wiring: Wiring) -> None:
    """Add the flows of a container in document order, in which their conditions are asked."""
    conditions: Conditions = {}
    for name, leaving in wiring.leaving.items():
        conditions |= compile_conditions(file, wiring.nodes[name], leaving)
    file.drafts.flows += [
        FlowDraft(
            id=flow.id,
            source=flow.source_ref,
            target=flow.target_ref,
            container=level.id,
            condition=conditions.get(flow.id),
        )
        for flow in wiring.flows
    ]


def lane_names(level: Level) -> dict[str, str]:
    """Per flow node the name of its innermost lane (10.8)."""
    names: dict[str, str] = {}
    sets = list(level.lane_sets)
    for lane_set in sets:
        for lane in lane_set.lanes:
            names |= dict.fromkeys(lane.flow_node_refs, lane.name or lane.id)
            if lane.child_lane_set is not None:
                sets.append(lane.child_lane_set)
    return names
