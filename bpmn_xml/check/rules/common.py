"""Foundation and common elements (8): ids, formats, expressions, sequence flows, artifacts."""

from __future__ import annotations

from typing import Final

from bpmn_xml import model as m
from bpmn_xml.check.rules.facts import ITEM_AWARE, Facts
from bpmn_xml.check.rules.rule import Rule, Verdict
from bpmn_xml.check.rules.texts import is_media_type, is_uri

ALWAYS_MEANT: Final = (m.SequenceFlow, m.DataInput, m.DataOutput)
"""Elements that nothing can use unless it refers to them."""

DRAWN: Final = (m.FlowNode, m.Artifact, m.MessageFlow, m.Participant, m.Lane, *ITEM_AWARE)
"""What is meant by associations and shapes, which may refer to any element."""

ENDS: Final = (m.Activity, m.Gateway, m.Event, m.ChoreographyActivity)
"""What sequence flows connect."""


def same_id(element: m.Element, facts: Facts) -> Verdict:
    """Tell whether another element has the id, too."""
    identity = getattr(element, "id", None)
    first = facts.by_id.get(identity or "", element)
    return first is not element and f"the id '{identity}' is used at {first.place}, too"


def _lacks_id(element: m.BaseElement, facts: Facts) -> Verdict:
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


def _is_no_language(element: m.Element, _: Facts) -> Verdict:
    languages = (
        (element.expression_language, element.type_language)
        if isinstance(element, m.Definitions)
        else (getattr(element, "language", None),)
    )
    wrong = [text for text in languages if text and not is_uri(text)]
    return bool(wrong) and f"the language '{wrong[0]}' is not a URI"


def _is_informal(expression: m.Expression, facts: Facts) -> Verdict:
    return not isinstance(expression, m.FormalExpression) and facts.executable(expression)


def _is_empty(expression: m.FormalExpression, _: Facts) -> Verdict:
    return not expression.body.strip() and not expression.foreign_elements


def _begins_at_artifact(flow: m.SequenceFlow | m.MessageFlow, facts: Facts) -> Verdict:
    return facts.find(flow.source_ref, m.Artifact) is not None


def _ends_at_artifact(flow: m.SequenceFlow | m.MessageFlow, facts: Facts) -> Verdict:
    return facts.find(flow.target_ref, m.Artifact) is not None


def is_no_end(end: str, facts: Facts) -> Verdict:
    """Tell why no sequence flow may begin or end at an element."""
    element = facts.by_id.get(end)
    if isinstance(element, m.SubProcess) and element.triggered_by_event:
        return f"'{end}' is an event sub-process, which no sequence flow may touch"
    if element is None or isinstance(element, ENDS):
        return False
    return f"'{end}' is not an activity, a gateway or an event"


def is_not_listed(node: m.FlowNode, facts: Facts) -> Verdict:
    """Tell which flows and which lists of a node disagree."""
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


def _is_alone(flow: m.SequenceFlow, facts: Facts) -> Verdict:
    source = facts.find(flow.source_ref, m.Activity)
    return bool(
        flow.condition_expression and source is not None and len(facts.outgoing(source)) < 2
    )


def _default_leaves_elsewhere(node: m.FlowNode, facts: Facts) -> Verdict:
    default = getattr(node, "default", None)
    if not default or default in {flow.id for flow in facts.outgoing(node)}:
        return False
    return f"the default flow '{default}' does not start here"


def _leaves_pool(flow: m.SequenceFlow, facts: Facts) -> Verdict:
    pools = [facts.pool(facts.by_id.get(end)) for end in (flow.source_ref, flow.target_ref)]
    return None not in pools and pools[0] is not pools[1]


def _crosses_border(flow: m.SequenceFlow, facts: Facts) -> Verdict:
    ends = [facts.find(end, m.FlowNode) for end in (flow.source_ref, flow.target_ref)]
    if None in ends or _leaves_pool(flow, facts):
        return False
    homes = [facts.parent(end) for end in ends if end is not None]
    return homes[0] is not homes[1]


ID: Final = "give each its own id, and let references follow"
MEDIA: Final = "write a media type, as text/plain"
FLOW_END: Final = "connect activities, gateways and events; use an association for artifacts"

COMMON: Final = (
    Rule(2, "8.3", m.Element, "ids must be unique within a file", same_id, remedy=ID),
    Rule(
        3,
        "8.3",
        m.BaseElement,
        "an element that is referred to must have an id",
        _lacks_id,
        remedy="give it the id by which it is referred to",
    ),
    Rule(
        4,
        "8.3",
        m.Documentation,
        "the textFormat of a documentation must be a media type",
        lambda text, _: not is_media_type(text.text_format),
        remedy=MEDIA,
    ),
    Rule(
        6,
        "8.4",
        m.SequenceFlow,
        "a sequence flow must not end at an artifact",
        _ends_at_artifact,
        remedy=FLOW_END,
    ),
    Rule(
        7,
        "8.4",
        m.SequenceFlow,
        "a sequence flow must not begin at an artifact",
        _begins_at_artifact,
        remedy=FLOW_END,
    ),
    Rule(
        8,
        "8.4",
        m.MessageFlow,
        "a message flow must not end at an artifact",
        _ends_at_artifact,
        remedy="connect it to a pool, an activity or an event",
    ),
    Rule(
        9,
        "8.4",
        m.MessageFlow,
        "a message flow must not begin at an artifact",
        _begins_at_artifact,
        remedy="connect it to a pool, an activity or an event",
    ),
    Rule(
        10,
        "8.4",
        m.TextAnnotation,
        "the textFormat of a text annotation must be a media type",
        lambda text, _: not is_media_type(text.text_format),
        remedy=MEDIA,
    ),
    Rule(
        12,
        "8.4",
        m.Expression,
        "expressions of an executable process must be formal",
        _is_informal,
        remedy='write xsi:type="tFormalExpression"',
    ),
    Rule(
        13,
        "8.4",
        m.FormalExpression,
        "a formal expression must have a body",
        _is_empty,
        remedy="write the expression, or remove the element",
    ),
    Rule(
        14,
        "8.4",
        (m.Definitions, m.FormalExpression),
        "the language of expressions and types must be a URI",
        _is_no_language,
        remedy="write the URI of the language, as http://www.w3.org/1999/XPath",
    ),
    Rule(
        21,
        "8.4",
        m.SequenceFlow,
        "a sequence flow must begin at an activity, a gateway or an event",
        lambda flow, facts: is_no_end(flow.source_ref, facts),
        remedy="let it begin at a node of the flow",
    ),
    Rule(
        22,
        "8.4",
        m.SequenceFlow,
        "a sequence flow must end at an activity, a gateway or an event",
        lambda flow, facts: is_no_end(flow.target_ref, facts),
        remedy="let it end at a node of the flow",
    ),
    Rule(
        23,
        "8.4",
        m.FlowNode,
        "both ends of a sequence flow must list it as <incoming> and <outgoing>",
        is_not_listed,
        remedy="correct the lists, or let `bpmn-xml check --fix` do it",
    ),
    Rule(
        24,
        "8.4",
        m.SequenceFlow,
        'isImmediate="false" must not be used in an executable process',
        lambda flow, facts: flow.is_immediate is False and facts.executable(flow),
        remedy="remove the attribute",
    ),
    Rule(
        25,
        "8.4",
        m.SequenceFlow,
        "an activity with a conditional flow must have another outgoing flow",
        _is_alone,
        remedy="remove the condition, or draw what happens otherwise",
    ),
    Rule(
        26,
        "10.6",
        (m.Activity, m.ExclusiveGateway, m.InclusiveGateway, m.ComplexGateway),
        "a default flow must start at its element",
        _default_leaves_elsewhere,
        remedy="name one of the outgoing flows of the element",
    ),
    Rule(
        28,
        "9",
        m.SequenceFlow,
        "a sequence flow must stay within its pool",
        _leaves_pool,
        remedy="use a message flow between pools",
    ),
    Rule(
        152,
        "10.3",
        m.SequenceFlow,
        "a sequence flow must not cross the border of a sub-process",
        _crosses_border,
        remedy="connect the sub-process itself, or use events",
    ),
)
