"""Processes and the levels of their flow (10.2, 10.3, 10.5): what each must have, and may not."""

from __future__ import annotations

from typing import Final

from bpmn_xml import model as m
from bpmn_xml.check.rules.facts import Facts, Level
from bpmn_xml.check.rules.rule import Verdict, rule
from bpmn_xml.compiler.wiring import instantiates
from bpmn_xml.formats.xml.namespaces import MODEL

LEVELS: Final = (m.Process, m.SubProcess)
CHOREOGRAPHY: Final = "draw a task instead, or put it into a choreography"


def _holds_choreography(level: Level, facts: Facts) -> Verdict:
    found = facts.nodes(level, m.ChoreographyActivity)
    return bool(found) and f"'{found[0].id}' belongs into a choreography"


def stands_alone(node: m.FlowNode, level: m.Element | None) -> bool:
    """Tell whether a node needs no sequence flow at all."""
    if isinstance(level, m.AdHocSubProcess) or not isinstance(level, LEVELS):
        return True
    if isinstance(node, m.SubProcess) and node.triggered_by_event:
        return True
    return isinstance(node, m.Activity) and node.is_for_compensation


def cannot_be_called(process: m.Process, facts: Facts) -> bool:
    """Tell whether a process has no plain start event."""
    starts = facts.nodes(process, m.StartEvent)
    plain = any(not start.event_definition_refs and not facts.events(start) for start in starts)
    return bool(facts.nodes(process, m.FlowNode)) and not plain


@rule(35, "10.2", remedy="make it private, or not executable")
def _public_runs(process: m.Process, _: Facts) -> Verdict:
    """A public process must not be executable."""
    return process.process_type == "Public" and process.is_executable is True


@rule(36, "10.2", remedy=CHOREOGRAPHY)
def _process_holds_choreography(element: m.Process, facts: Facts) -> Verdict:
    """A process must not hold choreography activities."""
    return _holds_choreography(element, facts)


@rule(56, "10.3", remedy=CHOREOGRAPHY)
def _sub_process_holds_choreography(element: m.SubProcess, facts: Facts) -> Verdict:
    """A sub-process must not hold choreography activities."""
    return _holds_choreography(element, facts)


@rule(78, "10.4", remedy="move the property to a process, an activity or an event")
def _holds_property(element: m.Element, _: Facts) -> Verdict:
    """Only processes, activities and events may have properties."""
    return any(
        one.name == "property" and one.namespace == MODEL for one in element.foreign_elements
    )


@rule(97, "10.5", remedy="draw a start event")
def _lacks_start(level: Level, facts: Facts) -> Verdict:
    """Where a level has an end event, it must have a start event."""
    return bool(facts.nodes(level, m.EndEvent)) and not any(
        isinstance(node, m.StartEvent) or instantiates(node) for node in level.flow_elements
    )


@rule(99, "10.5", remedy="add a plain start event")
def _lacks_none_start(element: m.Process | m.CallActivity, facts: Facts) -> Verdict:
    """A process that is called must have a start event without definition."""
    if isinstance(element, m.CallActivity):
        called = facts.find(element.called_element, m.Process)
        if called is None or called.place.file == element.place.file:
            return False
        return cannot_be_called(called, facts)
    return bool(facts.users(element)) and cannot_be_called(element, facts)


@rule(105, "10.5", remedy="draw an end event")
def _lacks_end(level: Level, facts: Facts) -> Verdict:
    """Where a level has a start event, it must have an end event."""
    return bool(facts.nodes(level, m.StartEvent)) and not facts.nodes(level, m.EndEvent)


@rule(150, "10.5", remedy="draw what leads to it")
def _is_unreached(node: m.FlowNode, facts: Facts) -> Verdict:
    """Where a level has a start event, every other node must have an incoming flow."""
    level = facts.parent(node)
    if facts.incoming(node) or instantiates(node) or stands_alone(node, level):
        return False
    if isinstance(node, m.StartEvent | m.BoundaryEvent):
        return False
    if isinstance(node, m.CatchEvent) and facts.is_caused(node, m.LinkEventDefinition):
        return False
    return isinstance(level, LEVELS) and bool(facts.nodes(level, m.StartEvent))


@rule(151, "10.5", remedy="draw what follows it")
def _leads_nowhere(node: m.FlowNode, facts: Facts) -> Verdict:
    """Where a level has an end event, every other node must have an outgoing flow."""
    level = facts.parent(node)
    if facts.outgoing(node) or stands_alone(node, level):
        return False
    if isinstance(node, m.EndEvent | m.BoundaryEvent):
        return False
    if isinstance(node, m.ThrowEvent) and facts.is_caused(node, m.LinkEventDefinition):
        return False
    return isinstance(level, LEVELS) and bool(facts.nodes(level, m.EndEvent))
