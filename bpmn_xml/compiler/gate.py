"""The gate: what cannot be run faithfully is found before the first step, all at once.

About running only: what the standard forbids but an engine can run faithfully is not refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from bpmn_xml import model as m

if TYPE_CHECKING:
    from bpmn_xml.compiler.lowering import Level, Lowering

DATA_ONLY: Final = frozenset({"BX104", "BX105"})
"""Faults that `stub` turns into notes: without real work there is no real data."""

ATTRIBUTES: Final[Mapping[str, tuple[Callable[[Any], bool], str]]] = {
    "start_quantity": (lambda value: value != 1, "startQuantity other than 1"),
    "completion_quantity": (lambda value: value != 1, "completionQuantity other than 1"),
    "is_for_compensation": (bool, "a compensation handler"),
    "loop_characteristics": (lambda value: value is not None, "a loop or multi-instance"),
    "triggered_by_event": (bool, "an event sub-process"),
    "parallel_multiple": (bool, "an event that needs all its triggers"),
}
"""Attributes that change the flow: the values that cannot be run, and what they are called."""

DATA: Final[Mapping[str, str]] = {
    "io_specification": "an input/output specification",
    "data_input_associations": "a data input association",
    "data_output_associations": "a data output association",
    "properties": "a property",
}
"""Ways of passing data that cannot be run, by the attribute that holds them."""


def connected(work: Lowering, flow: m.SequenceFlow, inside: set[str]) -> bool:
    """Whether both ends of a flow are nodes of its level; says so if not."""
    missing = [end for end in (flow.source_ref, flow.target_ref) if end not in inside]
    if not missing:
        return True
    for end in missing:
        elsewhere = end in work.node_ids
        code = "BX121" if elsewhere else "BX120"
        what = "is on another level" if elsewhere else "is not in the file"
        work.report(code, flow, f"its end {end!r} {what}", "connect it within its level")
    return False


def check_node(work: Lowering, node: m.FlowNode) -> None:
    """Find attributes of a node that cannot be run."""
    for field, (bad, what) in ATTRIBUTES.items():
        if bad(getattr(node, field, None)) if hasattr(node, field) else False:
            work.report("BX103", node, f"{what} cannot be run yet", "draw it without")
    for field, what in DATA.items():
        if getattr(node, field, None):
            work.report("BX104", node, f"{what} cannot be run yet", "use variables instead")
    if isinstance(node, m.BoundaryEvent) and not node.cancel_activity:
        work.report("BX103", node, "a non-interrupting boundary event cannot be run yet")


def check_level(
    work: Lowering, level: Level, nodes: Sequence[m.FlowNode], flows: Sequence[m.SequenceFlow]
) -> None:
    """Find what is wrong with how the nodes of a level hang together."""
    by_id = {node.id: node for node in nodes}
    leaving: dict[str, list[str]] = {node.id: [] for node in nodes}
    for flow in flows:
        leaving[flow.source_ref].append(flow.id)
        if isinstance(by_id[flow.target_ref], m.StartEvent):
            work.report("BX122", flow, f"it leads into start event {flow.target_ref!r}")
        if isinstance(by_id[flow.source_ref], m.EndEvent):
            work.report("BX122", flow, f"it leaves end event {flow.source_ref!r}")
    for node in nodes:
        _check_default(work, node, leaving[node.id])
        _check_host(work, node, by_id)
        _check_choice(work, node, leaving[node.id])
    _check_begin(work, level, nodes, flows)


def _check_default(work: Lowering, node: m.FlowNode, leaving: Sequence[str]) -> None:
    default = getattr(node, "default", None)
    if default and default not in leaving:
        work.report("BX124", node, f"its default flow {default!r} does not leave it")


def _check_host(work: Lowering, node: m.FlowNode, by_id: Mapping[str, m.FlowNode]) -> None:
    if isinstance(node, m.BoundaryEvent):
        host = by_id.get(node.attached_to_ref)
        if not isinstance(host, m.Activity):
            what = f"it is attached to {node.attached_to_ref!r}, which is no activity here"
            work.report("BX123", node, what)


def _check_choice(work: Lowering, node: m.FlowNode, leaving: Sequence[str]) -> None:
    chosen = work.options.choices.get(node.id)
    if chosen is not None and chosen not in leaving:
        known = ", ".join(leaving) or "none"
        what = f"--choose: flow {chosen!r} does not leave it"
        work.report("BX112", node, what, f"name one of {known}")


def _check_begin(
    work: Lowering, level: Level, nodes: Sequence[m.FlowNode], flows: Sequence[m.SequenceFlow]
) -> None:
    events = [node for node in nodes if isinstance(node, m.StartEvent)]
    reached = {flow.target_ref for flow in flows}
    if isinstance(level, m.Process) and not nodes:
        work.report("BX130", level, "there is nothing in it", "draw something")
    elif nodes and not events and all(n.id in reached for n in nodes if _can_begin(n)):
        work.report("BX126", level, "every element has an incoming flow", "draw a start event")
    if isinstance(level, m.SubProcess) and len(events) > 1:
        what = f"a sub-process has {len(events)} start events"
        work.report("BX126", level, what, "keep one, or draw event sub-processes")


def _can_begin(node: m.FlowNode) -> bool:
    return not isinstance(node, m.BoundaryEvent)
