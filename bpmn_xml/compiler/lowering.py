"""From the model to drafts: what each element of a container is to the core.

`KINDS` is the table: an element type that has no row cannot be run. Sub-processes are worked off
from a list, so nesting costs no stack.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from bpmn_xml import model as m
from bpmn_xml.compiler import gate
from bpmn_xml.compiler.assemble import ContainerDraft, Drafts, FlowDraft, NodeDraft
from bpmn_xml.compiler.codes import finding
from bpmn_xml.compiler.conditions import always, compile_condition
from bpmn_xml.compiler.dialects.read import read_settings
from bpmn_xml.compiler.dialects.settings import Settings
from bpmn_xml.compiler.events import compile_events
from bpmn_xml.compiler.options import Options
from bpmn_xml.compiler.program import Kind
from bpmn_xml.compiler.work import compile_work
from bpmn_xml.errors import Finding, Severity

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

Level = m.Process | m.SubProcess


class Lowering(msgspec.Struct, kw_only=True):
    """One file on its way to drafts.

    Attributes:
        definitions: the file.
        dialects: whose words were met.
        flow_payload: of the process at work.
        node_ids: all flow nodes of the process at work, on whatever level.
    """

    definitions: m.Definitions
    options: Options
    drafts: Drafts
    findings: list[Finding] = msgspec.field(default_factory=list)
    dialects: list[str] = msgspec.field(default_factory=list)
    flow_payload: bool = False
    node_ids: set[str] = msgspec.field(default_factory=set)

    def report(self, code: str, element: m.BaseElement, message: str, remedy: str = "") -> None:
        """Note a fault; under `stub` what only moves data is a note."""
        soft = self.options.stub and code in gate.DATA_ONLY
        severity = Severity.NOTE if soft else Severity.ERROR
        self.findings.append(finding(code, element, message, remedy, severity=severity))


def lower(work: Lowering, process: m.Process) -> None:
    """Add a process, with all its sub-processes, to the drafts."""
    settings = _settings(work, process)
    work.flow_payload = settings.flow_payload
    levels: list[Level] = [process]
    for level in levels:
        levels += [e for e in level.flow_elements if isinstance(e, m.SubProcess)]
    work.node_ids = {e.id for level in levels for e in level.flow_elements}
    for level in levels:
        if type(level) in (m.Process, m.SubProcess):
            _lower_level(work, level)


def _lower_level(work: Lowering, level: Level) -> None:
    """Add one container with its nodes and flows."""
    nodes = [e for e in level.flow_elements if isinstance(e, m.FlowNode)]
    flows = [e for e in level.flow_elements if isinstance(e, m.SequenceFlow)]
    inside = {node.id for node in nodes}
    connected = [flow for flow in flows if gate.connected(work, flow, inside)]
    gate.check_level(work, level, nodes, connected)
    lanes = _lanes(level)
    work.drafts.containers.append(
        ContainerDraft(
            id=level.id,
            name=level.name or "",
            node=level.id if isinstance(level, m.SubProcess) else "",
            starts=starts(nodes, connected),
            flow_payload=work.flow_payload,
        )
    )
    for node in nodes:
        draft = _lower_node(work, node, level.id)
        if draft is not None:
            draft.lane = lanes.get(node.id, "")
            work.drafts.nodes.append(draft)
    _lower_flows(work, level, connected, nodes)


def starts(nodes: list[m.FlowNode], flows: list[m.SequenceFlow]) -> list[str]:
    """Where a level begins: its none start events, else all that nothing leads to (13.2)."""
    none_starts = [
        node.id
        for node in nodes
        if isinstance(node, m.StartEvent)
        and not node.event_definitions
        and not node.event_definition_refs
    ]
    if none_starts or any(isinstance(node, m.StartEvent) for node in nodes):
        return none_starts
    reached = {flow.target_ref for flow in flows}
    return [
        node.id
        for node in nodes
        if node.id not in reached and not isinstance(node, m.BoundaryEvent)
    ]


def _lower_node(work: Lowering, node: m.FlowNode, container: str) -> NodeDraft | None:
    kind = KINDS.get(type(node))
    if kind is None:
        message = f"a {type(node).__name__} cannot be run yet"
        work.report("BX101", node, message, "draw it with elements that can be run")
        return None
    gate.check_node(work, node)
    definitions = getattr(node, "event_definitions", ())
    settings = _settings(work, node, *definitions)
    return NodeDraft(
        id=node.id,
        name=node.name or "",
        kind=kind,
        container=container,
        default=getattr(node, "default", None) or "",
        host=node.attached_to_ref if isinstance(node, m.BoundaryEvent) else "",
        events=compile_events(work, node, settings) if isinstance(node, m.Event) else (),
        work=compile_work(work, node, settings) if isinstance(node, m.Task) else None,
    )


def _settings(work: Lowering, *elements: m.BaseElement) -> Settings:
    settings = read_settings(*elements)
    work.dialects += settings.dialects
    for code, message, remedy in settings.problems:
        work.report(code, elements[0], message, remedy)
    return settings


def _lower_flows(
    work: Lowering, level: Level, flows: list[m.SequenceFlow], nodes: list[m.FlowNode]
) -> None:
    by_id = {node.id: node for node in nodes}
    language = work.definitions.expression_language
    for flow in flows:
        chosen = work.options.choices.get(flow.source_ref)
        condition = None
        if chosen is not None:
            condition = always(f"--choose {flow.source_ref}={chosen}", holds=chosen == flow.id)
        elif not isinstance(by_id[flow.source_ref], m.ParallelGateway):
            condition, fault = compile_condition(flow, language)
            if fault is not None:
                work.findings.append(fault)
        work.drafts.flows.append(
            FlowDraft(
                id=flow.id,
                source=flow.source_ref,
                target=flow.target_ref,
                container=level.id,
                condition=condition,
            )
        )


def _lanes(level: Level) -> dict[str, str]:
    """Per flow node the name of its innermost lane (10.8)."""
    names: dict[str, str] = {}
    sets = list(level.lane_sets)
    for lane_set in sets:
        for lane in lane_set.lanes:
            names |= dict.fromkeys(lane.flow_node_refs, lane.name or lane.id)
            if lane.child_lane_set is not None:
                sets.append(lane.child_lane_set)
    return names
