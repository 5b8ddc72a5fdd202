"""Foundation and common elements (8): ids, formats, expressions, sequence flows, artifacts."""

from __future__ import annotations

from typing import Final

from bpmn_xml import model as m
from bpmn_xml.check.rules.facts import ITEM_AWARE, Facts
from bpmn_xml.check.rules.rule import Verdict, rule
from bpmn_xml.check.rules.texts import is_media_type, is_uri

ALWAYS_MEANT: Final = (m.SequenceFlow, m.DataInput, m.DataOutput)
"""Elements that nothing can use unless it refers to them."""

DRAWN: Final = (m.FlowNode, m.Artifact, m.MessageFlow, m.Participant, m.Lane, *ITEM_AWARE)
"""What is meant by associations and shapes, which may refer to any element."""

Choosing = m.Activity | m.ExclusiveGateway | m.InclusiveGateway | m.ComplexGateway

ENDS: Final = (m.Activity, m.Gateway, m.Event, m.ChoreographyActivity)
"""What sequence flows connect."""

ID: Final = "give each its own id, and let references follow"
MEDIA: Final = "write a media type, as text/plain"
FLOW_END: Final = "connect activities, gateways and events; use an association for artifacts"


def is_no_end(end: str, facts: Facts) -> Verdict:
    """Tell why no sequence flow may begin or end at an element."""
    element = facts.by_id.get(end)
    if isinstance(element, m.SubProcess) and element.triggered_by_event:
        return f"'{end}' is an event sub-process, which no sequence flow may touch"
    if element is None or isinstance(element, ENDS):
        return False
    return f"'{end}' is not an activity, a gateway or an event"


def _leaves_pool(flow: m.SequenceFlow, facts: Facts) -> Verdict:
    pools = [facts.pool(facts.by_id.get(end)) for end in (flow.source_ref, flow.target_ref)]
    return None not in pools and pools[0] is not pools[1]


@rule(2, "8.3", remedy=ID)
def same_id(element: m.Element, facts: Facts) -> Verdict:
    """Ids must be unique within a file."""
    identity = getattr(element, "id", None)
    first = facts.by_id.get(identity or "", element)
    return first is not element and f"the id '{identity}' is used at {first.place}, too"


@rule(3, "8.3", remedy="give it the id by which it is referred to")
def _lacks_id(element: m.BaseElement, facts: Facts) -> Verdict:
    """An element that is referred to must have an id."""
    if element.id not in facts.unnamed or isinstance(
        facts.parent(element), m.MultiInstanceLoopCharacteristics
    ):
        return False
    if isinstance(element, ALWAYS_MEANT):
        return True
    if isinstance(element, m.FlowNode) and (element.incoming or element.outgoing):
        return True
    missed = facts.missed()
    meant = {*missed, *DRAWN} - {m.BaseElement} if m.BaseElement in missed else missed
    return isinstance(element, tuple(meant))


@rule(4, "8.3", remedy=MEDIA)
def _documents_in_no_media_type(text: m.Documentation, _: Facts) -> Verdict:
    """The textFormat of a documentation must be a media type."""
    return not is_media_type(text.text_format)


@rule(6, "8.4", remedy=FLOW_END)
def _flow_ends_at_artifact(element: m.SequenceFlow, facts: Facts) -> Verdict:
    """A sequence flow must not end at an artifact."""
    return facts.find(element.target_ref, m.Artifact) is not None


@rule(7, "8.4", remedy=FLOW_END)
def _flow_begins_at_artifact(element: m.SequenceFlow, facts: Facts) -> Verdict:
    """A sequence flow must not begin at an artifact."""
    return facts.find(element.source_ref, m.Artifact) is not None


@rule(8, "8.4", remedy="connect it to a pool, an activity or an event")
def _message_ends_at_artifact(element: m.MessageFlow, facts: Facts) -> Verdict:
    """A message flow must not end at an artifact."""
    return facts.find(element.target_ref, m.Artifact) is not None


@rule(9, "8.4", remedy="connect it to a pool, an activity or an event")
def _message_begins_at_artifact(element: m.MessageFlow, facts: Facts) -> Verdict:
    """A message flow must not begin at an artifact."""
    return facts.find(element.source_ref, m.Artifact) is not None


@rule(10, "8.4", remedy=MEDIA)
def _notes_in_no_media_type(text: m.TextAnnotation, _: Facts) -> Verdict:
    """The textFormat of a text annotation must be a media type."""
    return not is_media_type(text.text_format)


@rule(12, "8.4", remedy='write xsi:type="tFormalExpression"')
def _is_informal(expression: m.Expression, facts: Facts) -> Verdict:
    """Expressions of an executable process must be formal."""
    return not isinstance(expression, m.FormalExpression) and facts.executable(expression)


@rule(13, "8.4", remedy="write the expression, or remove the element")
def _is_empty(expression: m.FormalExpression, _: Facts) -> Verdict:
    """A formal expression must have a body."""
    return not expression.body.strip() and not expression.foreign_elements


@rule(14, "8.4", remedy="write the URI of the language, as http://www.w3.org/1999/XPath")
def _is_no_language(element: m.Definitions | m.FormalExpression, _: Facts) -> Verdict:
    """The language of expressions and types must be a URI."""
    languages = (
        (element.expression_language, element.type_language)
        if isinstance(element, m.Definitions)
        else (getattr(element, "language", None),)
    )
    wrong = [text for text in languages if text and not is_uri(text)]
    return bool(wrong) and f"the language '{wrong[0]}' is not a URI"


@rule(21, "8.4", remedy="let it begin at a node of the flow")
def _begins_at_no_node(flow: m.SequenceFlow, facts: Facts) -> Verdict:
    """A sequence flow must begin at an activity, a gateway or an event."""
    return is_no_end(flow.source_ref, facts)


@rule(22, "8.4", remedy="let it end at a node of the flow")
def _ends_at_no_node(flow: m.SequenceFlow, facts: Facts) -> Verdict:
    """A sequence flow must end at an activity, a gateway or an event."""
    return is_no_end(flow.target_ref, facts)


@rule(23, "8.4", remedy="correct the lists, or let `bpmn-xml check --fix` do it")
def is_not_listed(node: m.FlowNode, facts: Facts) -> Verdict:
    """Both ends of a sequence flow must list it as <incoming> and <outgoing>."""
    for word, listed, flows in (
        ("incoming", node.incoming, facts.incoming(node)),
        ("outgoing", node.outgoing, facts.outgoing(node)),
    ):
        said = frozenset(listed)
        missing = [flow.id for flow in flows if flow.id not in said]
        if missing:
            return f"the flow '{missing[0]}' is not listed as <{word}>"
        known = {flow.id for flow in flows}
        for identity in listed:
            if identity not in known and isinstance(facts.by_id.get(identity), m.SequenceFlow):
                return f"the flow '{identity}' is listed as <{word}>, but it is not"
    return False


@rule(24, "8.4", remedy="remove the attribute")
def _is_not_immediate(flow: m.SequenceFlow, facts: Facts) -> Verdict:
    """isImmediate="false" must not be used in an executable process."""
    return flow.is_immediate is False and facts.executable(flow)


@rule(25, "8.4", remedy="remove the condition, or draw what happens otherwise")
def _is_alone(flow: m.SequenceFlow, facts: Facts) -> Verdict:
    """An activity with a conditional flow must have another outgoing flow."""
    source = facts.find(flow.source_ref, m.Activity)
    return bool(
        flow.condition_expression and source is not None and len(facts.outgoing(source)) < 2
    )


@rule(26, "10.6", remedy="name one of the outgoing flows of the element")
def _default_leaves_elsewhere(node: Choosing, facts: Facts) -> Verdict:
    """A default flow must start at its element."""
    default = getattr(node, "default", None)
    if not default or default in {flow.id for flow in facts.outgoing(node)}:
        return False
    return f"the default flow '{default}' does not start here"


@rule(28, "9", remedy="use a message flow between pools")
def _joins_pools(element: m.SequenceFlow, facts: Facts) -> Verdict:
    """A sequence flow must stay within its pool."""
    return _leaves_pool(element, facts)


@rule(152, "10.3", remedy="connect the sub-process itself, or use events")
def _crosses_border(flow: m.SequenceFlow, facts: Facts) -> Verdict:
    """A sequence flow must not cross the border of a sub-process."""
    ends = [facts.find(end, m.FlowNode) for end in (flow.source_ref, flow.target_ref)]
    if None in ends or _leaves_pool(flow, facts):
        return False
    homes = [facts.parent(end) for end in ends if end is not None]
    return homes[0] is not homes[1]
