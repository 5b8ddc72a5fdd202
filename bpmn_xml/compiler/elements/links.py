"""Link events: each throw leads to the catch of the same name on its level (10.5.5)."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from bpmn_xml import model as m
from bpmn_xml.compiler import codes
from bpmn_xml.compiler.drafts import FlowDraft
from bpmn_xml.compiler.file import DiagramFile, Level
from bpmn_xml.model.links import LinkEvent, link_events
from bpmn_xml.wording import listed, quoted


def link_flows(file: DiagramFile, level: Level) -> list[FlowDraft]:
    """The flows that a level's link events stand for; what has no partner is reported."""
    ends = list(link_events(level.flow_elements))
    targets: dict[str, LinkEvent] = {}
    for event, name in ends:
        if isinstance(event, m.IntermediateCatchEvent):
            targets.setdefault(name, event)
    sources = [(event, name) for event, name in ends if event is not targets.get(name)]
    flows = []
    for event, name in sources:
        target = targets.get(name)
        if isinstance(event, m.IntermediateCatchEvent):
            what = f"another link event catches {quoted(name)} too"
            file.report(codes.LINK, event, what, "keep one of them")
        elif target is None:
            called = [one for one in targets if one]
            known = f" (known: {listed(called)})" if called else ""
            what = f"no link event on its level catches {quoted(name)}{known}"
            file.report(codes.LINK, event, what, "draw one with the same name")
        else:
            flows.append(_flow(event, target, level))
    if len(flows) == len(sources):
        drawn = [one.target_ref for one in level.flow_elements if isinstance(one, m.SequenceFlow)]
        _check_targets(file, targets, {*drawn, *(flow.target for flow in flows)})
    return flows


def _check_targets(
    file: DiagramFile, targets: Mapping[str, LinkEvent], reached: Collection[str]
) -> None:
    """Warn of what no link leads to, where all that are thrown lead somewhere."""
    for event in targets.values():
        if event.id not in reached:
            what = "no link event on its level throws what it catches, so it is never reached"
            file.report(codes.NEVER_REACHED, event, what, "draw one with the same name")


def _flow(source: LinkEvent, target: LinkEvent, level: Level) -> FlowDraft:
    name = f"{source.id}=>{target.id}"
    return FlowDraft(id=name, source=source.id, target=target.id, container=level.id)
