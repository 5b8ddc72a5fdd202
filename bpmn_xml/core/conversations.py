"""The keys of an instance's conversations: what correlates the messages that it gets (8.4.2).

The first message that is sent or received gives a correlation property its value; later ones have
to agree. What is sent with another value begins a conversation anew. Each turn of an activity that
is done several times, each item and each called process may have values of its own. As long as no
message has said a property, the data say it that are seen as something begins to wait: of turns in
sequence a later one sees what an earlier one has left in the process.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from bpmn_xml.compiler.program import BETWEEN, OPEN, EventSpec, KeyPart, Node, Program
from bpmn_xml.compiler.program.correlation import NOTHING, key_text, keyed
from bpmn_xml.compiler.program.scoping import STANDARD, Computed
from bpmn_xml.core import records as r
from bpmn_xml.core.lacking import lacking
from bpmn_xml.core.state import Scope, State
from bpmn_xml.core.values import Values, layered
from bpmn_xml.core.view import Records, View
from bpmn_xml.core.words import APART, TURN
from bpmn_xml.errors import ExpressionError

ANY: Final = "any"
"""What people are told of a key that is not known yet."""


def values_of(properties: Sequence[str], key: str) -> dict[str, str]:
    """The values of correlation properties in the key of a message; none in what is no such key.

    >>> values_of(["order"], "7"), values_of(["order"], "")
    ({'order': '7'}, {})
    """
    values = key.split(BETWEEN, len(properties) - 1) if key and properties else []
    said = zip(properties, values, strict=True) if len(values) == len(properties) else ()
    return {name: value for name, value in said if value != OPEN}


def said_by(event: EventSpec, key: str) -> dict[str, str]:
    """What the key of a message says of the correlation properties of an event."""
    return values_of([part.property for part in event.parts], key)


def shown_key(key: str) -> str:
    """A key for people, who do not see what stands between its values.

    >>> shown_key(f"7{BETWEEN}{OPEN}"), shown_key(OPEN), shown_key(NOTHING)
    ('7, any', 'any', 'none yet')
    """
    return key.replace(BETWEEN, ", ").replace(OPEN, ANY).replace(NOTHING, "none yet")


def fits(awaited: str, key: str) -> bool:
    """Whether the key of a message agrees with one that is waited for, as far as both are known.

    Something of what is waited for has to be said. A message without a key is for one instance,
    which takes it whatever its key.

    >>> fits(f"7{BETWEEN}{OPEN}", f"7{BETWEEN}8"), fits(f"7{BETWEEN}8", f"7{BETWEEN}9")
    (True, False)
    """
    known = awaited.split(BETWEEN)
    said = key.split(BETWEEN, len(known) - 1)
    if not key or len(known) != len(said):
        return not key
    both = [pair for pair in zip(known, said, strict=True) if OPEN not in pair]
    begins = all(one == OPEN for one in known)
    return begins or (bool(both) and all(mine == its for mine, its in both))


def sent(view: View, event: EventSpec, names: Values) -> str:
    """The key of a message that is sent, by what goes with it; else its conversation's.

    Raises:
        ExpressionError: it has no value, and none is known.
    """
    if event.key is None:
        return ""
    known = [_found(view.state, view.scope, part.property)[0] for part in event.parts]
    of_conversation = keyed(known, event.keys)
    try:
        return key_text(event.key.evaluate(names)) or of_conversation
    except ExpressionError:
        if of_conversation:
            return of_conversation
        raise


def expected(view: View, event: EventSpec) -> str:
    """The key by which a message is recognized: what is not known of it yet stays open.

    Raises:
        ExpressionError: what the process has subscribed to has no value.
    """
    values = [_expected(view, part) for part in event.parts]
    return BETWEEN.join([OPEN if value is None else value for value in values])


def _expected(view: View, part: KeyPart) -> str | None:
    if part.subscribed and part.expected is not None:
        return _subscribed(part.expected, view.names())
    known, inner = _found(view.state, view.scope, part.property)
    if known is None:
        return _said(part, view.names())
    own = _said(part, layered(*inner)) if inner else None
    return known if own is None else own


def _subscribed(bound: Computed, names: Values) -> str:
    """What a process has subscribed to; null says nothing yet, where it is not for want of a name.

    Raises:
        ExpressionError: it has no value.
    """
    value = bound.evaluate(names)
    if value is None and lacking([bound], names):
        raise no_key(bound.text)
    return NOTHING if value is None else key_text(value)


def no_key(text: str) -> ExpressionError:
    """The error of who would wait for a message by null."""
    what = f"the correlation key {text!r} is null, by which no message can be recognized"
    return ExpressionError(what, text=text)


def _said(part: KeyPart, names: Values) -> str | None:
    """What data say of a correlation property as they would in a message, if they do."""
    try:
        value = None if part.expected is None else part.expected.evaluate(names)
    except ExpressionError:
        return None
    return None if value is None else key_text(value)


def _found(state: State, scope: Scope, name: str) -> tuple[str | None, list[Values]]:
    """The nearest value of a correlation property, and the data that are nearer."""
    inner = list[Values]()
    apart = False
    for around in _outwards(state, scope):
        if around.keys is not None and name in around.keys:
            return around.keys[name], inner
        if around.variables and not apart:
            inner.append(around.variables)
        apart = apart or around.role == APART
    return None, inner


def _outwards(state: State, scope: Scope) -> Iterator[Scope]:
    yield scope
    while scope.parent is not None:
        scope = state.scopes[scope.parent]
        yield scope


def filled(view: View, scope: Scope, values: Mapping[str, str]) -> Records:
    """Keep what a message that was sent or received in a scope says, where that is new."""
    state = view.state
    new = {n: value for n, value in values.items() if _found(state, scope, n)[0] != value}
    return (r.KeyFilled(_home(state, scope).path, new),) if new else ()


def _home(state: State, scope: Scope) -> Scope:
    """Whose conversation it is: that of a turn, an item or a process that is called, or of all."""
    around = _outwards(state, scope)
    return next(one for one in around if one.parent is None or _has_its_own(one))


def _has_its_own(scope: Scope) -> bool:
    return scope.role in (TURN, APART) or scope.index >= 0


def begins_together(program: Program, container: int) -> list[int]:
    """What begins a process by messages of one conversation: it leads into one instance (13.2)."""
    process = program.containers[container]
    correlated = [i for i in process.triggered if _is_correlated(program.nodes[i])]
    return correlated if process.rules == STANDARD and len(correlated) > 1 else []


def _is_correlated(node: Node) -> bool:
    """Whether what begins a process takes only messages that a key correlates."""
    return bool(node.events) and all(event.parts for event in node.events)


def takes_part(view: View, node: Node) -> bool:
    """Whether something of the key is known here of each message that a node takes."""
    return all(expected(view, event).strip(OPEN + BETWEEN + NOTHING) for event in node.events)
