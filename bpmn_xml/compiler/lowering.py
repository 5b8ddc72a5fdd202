"""From a process to drafts, level by level.

Sub-processes are worked off from a list, so nesting costs no stack.
"""

from __future__ import annotations

from typing import Final

from bpmn_xml import model as m
from bpmn_xml.compiler import gate
from bpmn_xml.compiler.assumptions import assume_ways
from bpmn_xml.compiler.dialects.judge import judge_all
from bpmn_xml.compiler.drafts import ContainerDraft, FlowDraft
from bpmn_xml.compiler.elements.adhoc import steer
from bpmn_xml.compiler.elements.compensation import undoing_flows
from bpmn_xml.compiler.elements.conditions import (
    Conditions,
    check_activations,
    compile_conditions,
)
from bpmn_xml.compiler.elements.data.associations import check_data_objects, own_data
from bpmn_xml.compiler.elements.data.drawn_lines import check_lines
from bpmn_xml.compiler.elements.data.inputs import wait_for_inputs
from bpmn_xml.compiler.elements.links import link_flows
from bpmn_xml.compiler.elements.listeners import (
    check_events_behind_gateway,
    listen_at_cuts,
    listen_to_flow,
    listen_to_process,
)
from bpmn_xml.compiler.elements.local_variables import keep_apart
from bpmn_xml.compiler.elements.nodes import KINDS, lower_node
from bpmn_xml.compiler.elements.python_values import lead_through
from bpmn_xml.compiler.file import DiagramFile, Level
from bpmn_xml.compiler.starts import begins, check_reach, triggered
from bpmn_xml.compiler.wiring import Wiring, check_wiring, has_no_way_in, rings, wire

RUN: Final = (m.FlowNode, m.SequenceFlow)
"""Elements that are run, so that their ids must tell them apart."""


def lower(file: DiagramFile, process: m.Process) -> None:
    """Add a process, with all its sub-processes, to the drafts."""
    file.claim(process)
    judge_all(file, [process])
    file.flow_payload = file.settings(process).flow_payload
    levels: list[Level] = [process]
    for level in levels:
        levels += [e for e in level.flow_elements if isinstance(e, m.SubProcess)]
        _lower_level(file, level)


def _lower_level(file: DiagramFile, level: Level) -> None:
    """Add one container with its nodes and flows."""
    for element in level.flow_elements:
        if isinstance(element, RUN):
            file.claim(element)
    wiring = wire(file, level)
    check_wiring(file, wiring)
    starts = begins(file, level, wiring)
    check_reach(file, level, wiring, starts)
    check_data_objects(file, level)
    check_lines(file, level)
    own = own_data(file, level) if isinstance(level, m.Process) else []
    file.declared |= {level.id: own} if own else {}
    container = ContainerDraft(
        id=level.id,
        name=level.name or "",
        node=_outside(file, level),
        starts=starts,
        triggered=triggered(level, wiring),
        flow_payload=file.flow_payload,
        local=own,
    )
    file.drafts.containers.append(container)
    _lower_nodes(file, level, wiring)
    check_activations(file, wiring)
    flows = _lower_flows(file, level, wiring)
    wait_for_inputs(file, wiring)
    if isinstance(level, m.AdHocSubProcess):
        container.named = _named(file, wiring)
    container.starts = lead_through(file, level.id, starts, flows)
    if isinstance(level, m.Process):
        listen_to_process(file, level, container)
    keep_apart(file, level, wiring)


def _outside(file: DiagramFile, level: Level) -> str:
    """The node whose inside a level is, with what is put between them; nothing for a process."""
    if isinstance(level, m.AdHocSubProcess):
        return steer(file, level)
    return level.id if isinstance(level, m.SubProcess) else ""


def _named(file: DiagramFile, wiring: Wiring) -> dict[str, str]:
    """Where each node begins that an ad-hoc sub-process may choose: with the jobs before it."""
    return {
        name: file.preludes.get(name, [name])[0]
        for name, node in wiring.nodes.items()
        if not (has_no_way_in(node) or getattr(node, "is_for_compensation", False))
    }


def _lower_nodes(file: DiagramFile, level: Level, wiring: Wiring) -> None:
    lanes = lane_names(level)
    for node in wiring.nodes.values():
        gate.check_node(file, node)
        if type(node) not in KINDS:
            gate.refuse_kind(file, node)
            continue
        draft = lower_node(file, node, level)
        draft.lane = lanes.get(node.id, "")
        file.drafts.nodes.append(draft)
    listen_at_cuts(file, level, wiring)


def _lower_flows(file: DiagramFile, level: Level, wiring: Wiring) -> list[FlowDraft]:
    """Add the flows of a container in document order, in which conditions are evaluated."""
    conditions: Conditions = {}
    known = rings(wiring) if file.options.stub else {}
    for name, leaving in wiring.leaving.items():
        node = wiring.nodes[name]
        compiled = compile_conditions(file, node, leaving)
        if file.options.stub:
            compiled = assume_ways(node, leaving, compiled, known)
        conditions |= compiled
    before = len(file.drafts.flows)
    for flow in wiring.flows:
        draft = FlowDraft(
            id=flow.id,
            source=flow.source_ref,
            target=flow.target_ref,
            container=level.id,
            condition=conditions.get(flow.id),
        )
        file.drafts.flows += listen_to_flow(file, flow, draft)
    check_events_behind_gateway(file, wiring)
    file.drafts.flows += link_flows(file, level)
    file.drafts.flows += undoing_flows(file, level, wiring)
    return file.drafts.flows[before:]


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
