"""An element of every class on which a vendor's word may stand, in a file that is compiled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bpmn_xml import model as m
from bpmn_xml.compiler import Options, analyse
from bpmn_xml.compiler.dialects.read import read_settings
from bpmn_xml.compiler.dialects.settings import Settings
from tests.compiler.drawing import around, extended, file, flow, said, word

Words = dict[str, Any]


def node(kind: type[m.FlowNode], **more: Any) -> Callable[[Words], m.Definitions]:
    """A file in which words stand on a node."""
    return lambda words: around(kind(id="x", **more, **words))


def ended_by(definition: type[m.EventDefinition], **more: Any) -> Callable[[Words], m.Definitions]:
    """A file in which words stand on the definition of a boundary event."""

    def made(words: Words) -> m.Definitions:
        found = definition(id="d", **more, **words)
        event = m.BoundaryEvent(id="x", attached_to_ref="t", event_definitions=(found,))
        roots = (m.Message(id="M", name="m"), m.Signal(id="S", name="s"))
        return around(m.Task(id="t"), event, roots=roots)

    return made


def loop(words: Words) -> m.Definitions:
    cardinality = m.FormalExpression(body="= 2")
    looped = m.MultiInstanceLoopCharacteristics(id="l", loop_cardinality=cardinality, **words)
    return around(m.Task(id="x", loop_characteristics=looped))


def sub_process(kind: type[m.SubProcess]) -> Callable[[Words], m.Definitions]:
    inside = (m.StartEvent(id="i"), m.EndEvent(id="j"), flow("i j"))
    return node(kind, flow_elements=inside)


def steered(words: Words) -> m.Definitions:
    """A sub-process whose job worker is named where a word is about that."""
    if any(
        one.name in ("jobPriorityDefinition", "retryCounter") for one in sum(words.values(), ())
    ):
        worker = word("zeebe:taskDefinition", type="w")
        words = {**words, "extension_elements": (worker, *words.get("extension_elements", ()))}
    return sub_process(m.AdHocSubProcess)(words)


def message(words: Words) -> m.Definitions:
    task = m.ReceiveTask(id="t", message_ref="M")
    return around(task, roots=(m.Message(id="M", name="m", **words),))


def expression(words: Words) -> m.Definitions:
    asked = m.FormalExpression(body="= a > 1", **words)
    drawn = m.SequenceFlow(id="x", source_ref="g", target_ref="e", condition_expression=asked)
    gateway = m.ExclusiveGateway(id="g")
    ends = m.StartEvent(id="s"), m.EndEvent(id="e")
    return file(*ends, gateway, drawn, flow("s g"))


def start(words: Words) -> m.Definitions:
    return file(m.StartEvent(id="s", **words), m.EndEvent(id="e"), flow("s e"))


def end(words: Words) -> m.Definitions:
    thrown = m.MessageEventDefinition(id="d", message_ref="M")
    event = m.EndEvent(id="e", event_definitions=(thrown,), **words)
    return file(m.StartEvent(id="s"), event, flow("s e"), roots=(m.Message(id="M", name="m"),))


def throw(words: Words) -> m.Definitions:
    thrown = m.MessageEventDefinition(id="d", message_ref="M")
    event = m.IntermediateThrowEvent(id="x", event_definitions=(thrown,), **words)
    return around(event, roots=(m.Message(id="M", name="m"),))


def thrown_message(words: Words) -> m.Definitions:
    thrown = m.MessageEventDefinition(id="d", message_ref="M", **words)
    event = m.IntermediateThrowEvent(id="x", event_definitions=(thrown,))
    return around(event, roots=(m.Message(id="M", name="m"),))


def thrown_signal(words: Words) -> m.Definitions:
    thrown = m.SignalEventDefinition(id="d", signal_ref="S", **words)
    event = m.IntermediateThrowEvent(id="x", event_definitions=(thrown,))
    return around(event, roots=(m.Signal(id="S", name="s"),))


def condition(words: Words) -> m.Definitions:
    asked = m.FormalExpression(body="= a")
    return ended_by(m.ConditionalEventDefinition, condition=asked)(words)


PLACES: dict[type[m.Element], Callable[[Words], m.Definitions]] = {
    m.Element: node(m.Task),
    m.FlowNode: node(m.ExclusiveGateway),
    m.Activity: node(m.Task),
    m.Event: start,
    m.Task: node(m.Task),
    m.ServiceTask: node(m.ServiceTask),
    m.SendTask: node(m.SendTask),
    m.BusinessRuleTask: node(m.BusinessRuleTask),
    m.ScriptTask: node(m.ScriptTask),
    m.UserTask: node(m.UserTask),
    m.ReceiveTask: lambda words: around(
        m.ReceiveTask(id="x", message_ref="M", **words), roots=(m.Message(id="M", name="m"),)
    ),
    m.CallActivity: node(m.CallActivity, called_element="P"),
    m.AdHocSubProcess: steered,
    m.StartEvent: start,
    m.EndEvent: end,
    m.IntermediateThrowEvent: throw,
    m.BoundaryEvent: lambda words: around(
        m.Task(id="t"),
        m.BoundaryEvent(
            id="x",
            attached_to_ref="t",
            event_definitions=(m.ErrorEventDefinition(id="d"),),
            **words,
        ),
    ),
    m.SequenceFlow: lambda words: file(
        m.StartEvent(id="s"), m.EndEvent(id="e"), flow("s e", **words)
    ),
    m.DataObject: lambda words: around(m.Task(id="t"), m.DataObject(id="x", name="x", **words)),
    m.FormalExpression: expression,
    m.MessageEventDefinition: thrown_message,
    m.SignalEventDefinition: thrown_signal,
    m.ErrorEventDefinition: ended_by(m.ErrorEventDefinition),
    m.EscalationEventDefinition: ended_by(m.EscalationEventDefinition),
    m.ConditionalEventDefinition: condition,
    m.MultiInstanceLoopCharacteristics: loop,
    m.Message: message,
    m.Error: lambda words: file(m.StartEvent(id="s"), roots=(m.Error(id="x", **words),)),
    m.Process: lambda words: file(m.StartEvent(id="s"), m.EndEvent(id="e"), flow("s e"), **words),
    m.Definitions: lambda words: m.Definitions(
        id="D", root_elements=file(m.StartEvent(id="s")).root_elements, **words
    ),
}


NEEDED: dict[type[m.Element], dict[str, Any]] = {
    **{kind: {} for kind in PLACES},
    m.BoundaryEvent: {"attached_to_ref": "t"},
    m.SequenceFlow: {"source_ref": "s", "target_ref": "t"},
    m.Process: {},
}
ALONE: dict[type[m.Element], m.Element] = {
    kind: kind(**{"id": "x", **more})
    for kind, more in NEEDED.items()
    if kind not in (m.Element, m.FlowNode, m.Activity, m.Event)
}


def setting(tag: str, value: str | m.ForeignElement, kind: type[m.Element]) -> Settings:
    """What `camunda:name="value"` or an extension element says on an element of a class."""
    import msgspec

    words = said(**{tag.replace(":", "_"): value}) if isinstance(value, str) else extended(value)
    settings = read_settings(msgspec.structs.replace(ALONE[kind], **words))
    settings.dialects.clear()
    return settings


def told_on(kind: type[m.Element], words: Words, **options: Any) -> list[str]:
    """What the compiler says about words on an element of a class, beside what it says anyway."""
    before = {str(found) for found in analyse([PLACES[kind]({})], Options(**options))[1]}
    after = analyse([PLACES[kind](words)], Options(**options))[1]
    return [str(f).removeprefix("<memory>: ") for f in after if str(f) not in before]


def on(tag: str) -> Words:
    """A word as it stands on an element: `prefix:@name` or `prefix:name`."""
    prefix, _, name = tag.partition(":")
    if name.startswith("@"):
        return said(**{f"{prefix}_{name[1:]}": "1"})
    return extended(word(tag))
