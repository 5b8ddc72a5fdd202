"""What is thrown has its effect later: when no token can move, the oldest throw first (13.5).

A message leaves the instance at once, as a record; who receives it is found outside. An escalation
has its effect at once, so that who catches it hears of it even if its thrower then ends all around.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from bpmn_xml.compiler.program import EventSpec, Node, Trigger
from bpmn_xml.core import calls, compensation, conversations, data, faults, incidents, waits
from bpmn_xml.core import records as r
from bpmn_xml.core.state import Effect, Scope, State, WaitPlace, descendants, key_of, split_key
from bpmn_xml.core.values import Values, layered
from bpmn_xml.core.view import Records, View
from bpmn_xml.core.words import FRAME
from bpmn_xml.errors import ExpressionError


def throw_events(node: Node, view: View, n: int = 0) -> tuple[Records, bool]:
    """Throw each event definition of a node, or of its activation `n`, in order.

    What ends the scope around it is no throw.

    Returns:
        What happens, and whether that has cut off the thrower; then no other escalation is caught.

    Raises:
        ExpressionError: a name or a correlation key has no value.
    """
    records, over = list[r.Record](), False
    for definition in node.events:
        throw = THROWS.get(definition.trigger)
        if throw:
            records.append(throw(node, view, n, definition))
            if definition.parts:
                records += _begun(view, definition, records[-1])
        if definition.trigger is Trigger.ESCALATION and not over:
            effect, over = faults.escalate(view, node.index, n, _thrown(node, view, definition))
            records += effect
    return tuple(records), over


def throw_error(view: View, node: Node, n: int) -> Records:
    """An error end event throws into the scopes around it (13.5.6)."""
    event = next(event for event in node.events if event.trigger is Trigger.ERROR)
    try:
        thrown = _thrown(node, view, event)
    except ExpressionError as error:
        return incidents.cannot_begin(view, node.index, n, error)
    reached = () if n else (r.Passed(view.scope.path, node.index),)
    return (*reached, *faults.throw(view, node.index, n, thrown))


def _thrown(node: Node, view: View, event: EventSpec) -> faults.Thrown:
    """An error or escalation with the data that goes with it (10.5.1)."""
    sent, names = _sent(node, view)
    said = event.message if event.says is None else event.says.evaluate(names)
    message = "" if said is None else str(said)
    code = faults.code_of(event, view)
    return faults.Thrown(code, message, sent or {}, trigger=event.trigger)


def _message(node: Node, view: View, _n: int, definition: EventSpec) -> r.Record:
    sent, names = _sent(node, view)
    name = str(definition.name.evaluate(names)) if definition.name else ""
    key, to = conversations.sent(view, definition, names), definition.receiver
    return r.MessageThrown(view.scope.path, node.index, name, key, sent, receiver=to)


def _begun(view: View, definition: EventSpec, thrown: r.Record) -> Records:
    """What a message that is sent says of its correlation properties holds from now on (8.4.2)."""
    key = thrown.key if isinstance(thrown, r.MessageThrown) else ""
    return conversations.filled(view, view.scope, conversations.said_by(definition, key))


def _sent(node: Node, view: View) -> tuple[Values | None, Values]:
    """The data that goes with what a node throws (10.5.1), and all that its name and key see.

    What the node's own mapping brings in is seen too, though its scope is closed by now.
    """
    names, local = view.names(), dict[str, Any]()
    if node.frame is not None and view.scope.role != FRAME:
        local = data.assigned(node.frame.inputs, names, anew=True)
    if node.call is None and not node.sends:
        return None, layered(local, names) if local else names
    seen = layered(local, names)
    sent = calls.passed_in(node, view, local) | data.assigned(node.sends, seen)
    return sent, layered(sent, seen)


def _signal(node: Node, view: View, _n: int, definition: EventSpec) -> r.Record:
    sent, names = _sent(node, view)
    name = str(definition.name.evaluate(names)) if definition.name else ""
    return r.SignalThrown(view.scope.path, node.index, name, sent)


def _escalation(node: Node, view: View, _n: int, definition: EventSpec) -> r.Record:
    code = faults.code_of(definition, view)
    return r.EscalationThrown(view.scope.path, node.index, code)


def _compensation(node: Node, view: View, n: int, definition: EventSpec) -> r.Record:
    return r.CompensationThrown(view.scope.path, node.index, n, definition.activity)


THROWS: Final[Mapping[Trigger, Callable[[Node, View, int, EventSpec], r.Record]]] = {
    Trigger.MESSAGE: _message,
    Trigger.SIGNAL: _signal,
    Trigger.ESCALATION: _escalation,
    Trigger.COMPENSATION: _compensation,
}


def apply(view: View, effect: Effect) -> Iterator[Records]:
    """Let a throw have its effect, in parts: each is applied before the next is decided."""
    if isinstance(effect, r.SignalThrown):
        yield from deliver_signal(view, effect.name, effect.values)
    else:
        yield compensation.start(view, effect)


def deliver_signal(view: View, name: str, values: Values | None) -> Iterator[Records]:
    """Bring a signal to all that wait for it in the instance, outermost scopes first."""
    for path, node, n, event in _waiting(view, name):
        scope = view.state.scopes.get(path)
        key = key_of(view.state, node, n)
        if scope is None or event not in (scope.waits or {}).get(key, {}):
            continue
        yield from waits.happen(view.at(scope), view.program.nodes[node], n, event, values)


def _waiting(view: View, name: str) -> list[WaitPlace]:
    """Who waits for a signal, in the order of the scopes that are searched."""
    listening, root = view.state.listening, view.state.scopes.get("")
    noted = None if listening is None else list(listening.get(name, ()))
    if root is None or (noted is not None and len(noted) < 2):
        return noted or []
    inside = descendants(view.state, root) if noted is None else _inside(view.state, noted)
    scopes = [root, *inside]
    view.shared.searched += len(scopes)
    waits = [
        (scope.path, *split_key(view.state, key), event)
        for scope in scopes
        for key, by_event in (scope.waits or {}).items()
        for event, wait in by_event.items()
        if wait.name == name
    ]
    nodes = view.program.nodes
    return [
        (path, node, n, event)
        for path, node, n, event in waits
        if nodes[node].events[event].trigger is Trigger.SIGNAL
    ]


def _inside(state: State, noted: Sequence[WaitPlace]) -> list[Scope]:
    """The scopes inside of the root in which something waits, or deeper, in their usual order."""
    within: dict[str, dict[str, None]] = {}
    for place in noted:
        path = place[0]
        while path and path not in within.get(parent := state.scopes[path].parent or "", ()):
            within.setdefault(parent, {})[path] = None
            path = parent
    found, waiting = list[str](), [""]
    while waiting:
        path = waiting.pop()
        found.append(path)
        some = within.get(path, {})
        inner = state.scopes[path].children or () if len(some) > 1 else some
        waiting += [each for each in inner if each in some]
    return [state.scopes[path] for path in reversed(found[1:])]
