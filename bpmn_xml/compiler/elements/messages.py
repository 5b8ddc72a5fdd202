"""Messages: what they are called, along which flows they go, and what correlates them (8.4, 9).

A message flow says who receives what is thrown: it goes by the name for which its target waits,
whatever the thrower calls it. Where only the flow is drawn, the flow names the message.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from bpmn_xml import expressions
from bpmn_xml import model as m
from bpmn_xml.compiler import codes
from bpmn_xml.compiler.dialects.settings import Settings, is_expression
from bpmn_xml.compiler.elements.python_values import asked_before
from bpmn_xml.compiler.elements.values import SourceText, evaluated, named, telling, text_of
from bpmn_xml.compiler.file import DiagramFile
from bpmn_xml.compiler.program import Correlation, EventSpec, KeyPart, Keys, Trigger
from bpmn_xml.compiler.program.correlation import keyed
from bpmn_xml.compiler.program.scoping import Computed, Evaluate
from bpmn_xml.compiler.wiring import process_of
from bpmn_xml.errors import ExpressionError
from bpmn_xml.model.service import message_named

SENDERS: Final = (m.ThrowEvent, m.SendTask)

TELLING: Final = ("feel", "python")
"""The languages in which a text names all variables that it reads."""

Names = Mapping[str, object]


class Keyed(NamedTuple):
    """What correlates a message at a node, and of what that is made if the standard says it."""

    key: Computed | None = None
    parts: tuple[KeyPart, ...] = ()
    keys: Keys = ()


def message_specs(
    file: DiagramFile, node: m.FlowNode, ref: str | None, settings: Settings
) -> tuple[EventSpec, ...]:
    """What a node sends or receives: several messages if flows lead to several receivers."""
    own = _own_name(file, node, ref)
    sends = isinstance(node, SENDERS)
    known = list(dict.fromkeys(_receivers(file, node, own))) if sends else []
    if not known and own is None:
        if not _assumed(file, node, ref):
            return ()
        own = node.name or node.id
    keyed = _key(file, node, ref, settings)
    sent = known or [(own or "", "")]
    return tuple([_spec(file, node, keyed, receiver) for receiver in sent])


def _assumed(file: DiagramFile, node: m.FlowNode, ref: str | None) -> bool:
    """Whether a message that is not named may be called like its node, as with a receive task."""
    if ref or not isinstance(node, m.ReceiveTask):
        what = f"its message {ref!r} is not in the file" if ref else "it names no message"
        definitions = getattr(node, "event_definitions", ())
        places = [d.place for d in definitions if isinstance(d, m.MessageEventDefinition)]
        remedy, place = "choose the message that it is about", (*places, node.place)[0]
        return file.lack(codes.EVENT, node, what, remedy, place=place)
    what = f"it names no message, so it waits for one that is called {node.name or node.id!r}"
    file.report(codes.ASSUMED, node, what, "choose the message that it is about")
    return True


def message_of(file: DiagramFile, element: m.BaseElement) -> str | None:
    """The message that a task or an event definition names, or its operation takes in (8.5)."""
    return message_named(element, file.operations)


def _spec(
    file: DiagramFile, node: m.FlowNode, keyed: Keyed, receiver: tuple[str, str]
) -> EventSpec:
    """A message by its name and, if that is known, the id of who receives it."""
    name, to = receiver
    text = SourceText(node, "message name", name)
    found = asked_before(file, node, text) or named(file, text)
    return EventSpec(
        trigger=Trigger.MESSAGE,
        name=found,
        key=keyed.key,
        parts=keyed.parts,
        keys=keyed.keys,
        receiver=to,
        variable_names=_read_by(keyed.parts),
    )


def _read_by(parts: Iterable[KeyPart]) -> tuple[str, ...]:
    """The variables that a process's subscription reads; none where these cannot be told."""
    paths = [part.expected for part in parts if part.subscribed and part.expected is not None]
    if any(path.language not in TELLING for path in paths):
        return ()
    names = [expressions.compile(path.text, path.language).names for path in paths]
    return tuple(sorted({name for each in names for name in each}))


def _own_name(file: DiagramFile, node: m.FlowNode, ref: str | None) -> str | None:
    """The name of a node's own message, else of that of a message flow, else the flow's."""
    message = file.roots.get(ref or "")
    if isinstance(message, m.Message):
        return message.name or message.id
    flow = file.first_flows.get(node.id)
    if flow is None or ref:
        return None
    message = file.roots.get(flow.message_ref or "")
    carried = message.name or message.id if isinstance(message, m.Message) else ""
    return carried or flow.name or flow.id


def _receivers(file: DiagramFile, node: m.FlowNode, own: str | None) -> Iterator[tuple[str, str]]:
    """Who receives along a node's message flows: the name it waits for, and its id.

    A pool that shows nothing receives what the node calls its `own` (9.3): that leaves the file.
    """
    for end in [flow.target_ref for flow in file.flows_from.get(node.id, ())]:
        if own is not None and _is_black_box(file, end):
            yield own, end
        for target in _targets(file, end):
            name = _own_name(file, target, _message_ref(file, target))
            if name is not None and not is_expression(name):
                yield name, _catching(file, target)


def _is_black_box(file: DiagramFile, ref: str) -> bool:
    """Whether something is a pool that shows no process, or an empty one (9.3)."""
    pool, _ = file.homes.get(ref, (None, None))
    if not isinstance(pool, m.Participant):
        return False
    process, _ = file.homes.get(pool.process_ref or "", (None, None))
    return not getattr(process, "flow_elements", ())


def _catching(file: DiagramFile, node: m.FlowNode) -> str:
    """The id of what waits: of the start event of an event sub-process the sub-process."""
    _, level = file.homes[node.id]
    if isinstance(node, m.StartEvent) and isinstance(level, m.SubProcess):
        return level.id
    return node.id


def _targets(file: DiagramFile, ref: str) -> Iterable[m.FlowNode]:
    """The node that a message flow leads to; of a pool or process its only message start."""
    element, _ = file.homes.get(ref, (None, None))
    if isinstance(element, m.Participant):
        element, _ = file.homes.get(element.process_ref or "", (None, None))
    if isinstance(element, m.Process):
        starts = [e for e in element.flow_elements if isinstance(e, m.StartEvent)]
        found: Sequence[m.FlowNode] = [start for start in starts if _message_ref(file, start)]
        return found if len(found) == 1 else ()
    receives = isinstance(element, m.CatchEvent | m.BoundaryEvent | m.ReceiveTask)
    return [element] if receives and isinstance(element, m.FlowNode) else ()


def _message_ref(file: DiagramFile, node: m.FlowNode) -> str | None:
    """The message that a node is about."""
    definitions = getattr(node, "event_definitions", ())
    found = (d for d in definitions if isinstance(d, m.MessageEventDefinition))
    return message_of(file, next(found, node))


def _key(file: DiagramFile, node: m.FlowNode, ref: str | None, settings: Settings) -> Keyed:
    """What correlates a node's message: by the dialect's expression, else by the standard's."""
    message = file.roots.get(ref or "")
    text = settings.key
    if not text and isinstance(message, m.Message):
        text = file.settings(message).key
    if text:
        source = SourceText(node, "correlation key", text)
        return Keyed(telling(file, source, evaluated(file, source)))
    if not isinstance(message, m.Message):
        return Keyed()
    known, found = _payload_key(file, message), _properties(file, message.id)
    if known is None:
        return Keyed()
    if isinstance(node, SENDERS):
        return Keyed(known.key, tuple([KeyPart(one.id) for one in found]), known.keys)
    parts = tuple([_expected(file, node, one) for one in found])
    awaited = together([part.expected for part in parts if part.expected is not None], known.keys)
    return Keyed(awaited, parts, known.keys)


def _properties(file: DiagramFile, message: str) -> list[m.CorrelationProperty]:
    """The correlation properties that a message carries, in document order."""
    return [one for one in file.correlated.get(message, ()) if message in retrievals(file, one)]


def retrievals(file: DiagramFile, one: m.CorrelationProperty) -> dict[str, Computed]:
    """Per message how a correlation property is found in what it carries; compiled once."""
    known = file.retrievals.get(one.id)
    if known is None:
        known = file.retrievals[one.id] = {}
        for found in one.correlation_property_retrieval_expressions:
            value = _path(file, one, found.message_path)
            if value is not None:
                known[found.message_ref] = value
    return known


def _path(file: DiagramFile, element: m.BaseElement, path: m.Expression | None) -> Computed | None:
    if path is None or not path.body.strip():
        return None
    return evaluated(file, text_of(element, "correlation property", path))


def _payload_key(file: DiagramFile, message: m.Message) -> Correlation | None:
    """How a message's key is found in what it carries; the program knows it by its name."""
    found = _properties(file, message.id)
    if not found:
        return None
    properties = tuple([one.id for one in found])
    keys = _keys_of(file, properties)
    key = together([retrievals(file, one)[message.id] for one in found], keys)
    known = Correlation(key, properties, keys)
    file.drafts.correlations[message.name or message.id] = known
    return known


def _keys_of(file: DiagramFile, properties: Sequence[str]) -> Keys:
    """The correlation keys that a message carries; what is in none is one by itself."""
    at = {property_: place for place, property_ in enumerate(properties)}
    stated = [key.correlation_property_refs for key in file.correlation_keys]
    carried = [tuple([at[ref] for ref in refs if ref in at]) for refs in stated]
    loose = at.keys() - {ref for refs in stated for ref in refs}
    carried.append(tuple([at[ref] for ref in properties if ref in loose]))
    return tuple(dict.fromkeys(key for key in carried if key))


def _expected(file: DiagramFile, node: m.FlowNode, one: m.CorrelationProperty) -> KeyPart:
    """What the data of a receiver say of a property: by its subscription, or as in a message.

    Without a subscription the data of an earlier message may say it, which stands in variables.
    """
    bound = [_path(file, node, path) for path in _subscribed(file, node, one)]
    values = [value for value in bound if value is not None]
    said = first_of(values or list(retrievals(file, one).values()))
    return KeyPart(one.id, said, subscribed=bool(values))


def _subscribed(
    file: DiagramFile, node: m.FlowNode, one: m.CorrelationProperty
) -> list[m.Expression]:
    """What a process has bound a correlation property to (8.4)."""
    _, level = file.homes.get(node.id, (None, None))
    process = process_of(file, level)
    subscriptions = getattr(process, "correlation_subscriptions", ())
    return [
        binding.data_path
        for subscription in subscriptions
        for binding in subscription.correlation_property_bindings
        if binding.correlation_property_ref == one.id and binding.data_path is not None
    ]


def first_of(values: Sequence[Computed]) -> Computed:
    """The first of several expressions that has a value."""
    if len(values) == 1:
        return values[0]

    def evaluate(names: Names) -> object:
        tried = (_try(value.evaluate, names) for value in values)
        return next((value for value in tried if value is not None), None)

    return Computed(" or ".join(v.text for v in values), evaluate, values[0].language)


def _try(evaluate: Evaluate, names: Names) -> object:
    try:
        return evaluate(names)
    except ExpressionError:
        return None


def together(values: Sequence[Computed], keys: Keys) -> Computed:
    """One key of several properties, as far as correlation keys are whole (8.4.2).

    Null if one property of the only key is, as then it correlates nothing.
    """
    if len(values) == 1:
        return values[0]

    def evaluate(names: Names) -> object:
        found = keyed([_try(value.evaluate, names) for value in values], keys)
        if not found:  # why, the first that has no value says
            for value in values:
                value.evaluate(names)
        return found or None

    return Computed(", ".join(v.text for v in values), evaluate, values[0].language)
