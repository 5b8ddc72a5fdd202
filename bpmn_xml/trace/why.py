"""Why has a token not arrived? Where each stands, what it waits for, and since when.

`explain` looks at the state of one instance; `histories` makes the states of a trace's batches.
`unbegun` tells where the tokens of a process would come from of which there is no instance yet.

>>> from bpmn_xml.compiler.program import Container, Program
>>> from bpmn_xml.core.state import Scope, State
>>> program = Program(nodes=(), flows=(), containers=(Container(index=0, id="P"),), processes={})
>>> explain(program, State("P-1", 0, scopes={"": Scope("", 0)}))
()
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, Final

import msgspec

from bpmn_xml import expressions
from bpmn_xml.compiler.program import (
    DATA,
    NONE,
    WAITING,
    Condition,
    EventSpec,
    Join,
    Kind,
    Node,
    Program,
)
from bpmn_xml.core.conversations import shown_key
from bpmn_xml.core.joins import lacking
from bpmn_xml.core.reach import Reach
from bpmn_xml.core.state import (
    FRESH,
    Activation,
    Scope,
    State,
    Wait,
    around,
    descendants,
    has_inside,
    is_at_work,
    key_of,
    layers,
    split_key,
)
from bpmn_xml.core.view import visible, with_answers
from bpmn_xml.core.words import FRAME
from bpmn_xml.errors import ExpressionError
from bpmn_xml.trace.names import TraceNames
from bpmn_xml.trace.standstill import ACTIVATION, Awaited, Cause, Lacking, Since, Standstill

FEEL: Final = "feel"


def explain(program: Program, state: State, since: Since | None = None) -> tuple[Standstill, ...]:
    """Say for every token of an instance where it stands and what it waits for.

    A pure function of program and state; tokens inside a sub-process are told, it is not.
    """
    return tuple(standstills(program, state, since))


def standstills(program: Program, state: State, since: Since | None = None) -> Iterator[Standstill]:
    """The same one after the other, for who need not know all of them."""
    look = _Look(program, state, since or Since())
    return chain.from_iterable(map(look.scope, state.scopes.values()))


class _Look:
    """Explains the tokens of one instance."""

    def __init__(self, program: Program, state: State, since: Since) -> None:
        self.program, self.state, self.since = program, state, since
        self.names, self.reach = TraceNames(program), Reach(program)

    def scope(self, scope: Scope) -> Iterator[Standstill]:
        """The tokens of one scope: active elements, then joins, then what is no element's.

        Last stand events that may happen beside them: event sub-processes, and events at the
        border of what goes on inside.
        """
        incidents = scope.incidents or {}
        for key, activation in scope.active.items():
            index, n = split_key(self.state, key)
            node = self.program.nodes[index]
            told = key in incidents or key in (scope.undoing or ())
            if not (told or _is_around(node, scope)) and _stands_still(node):
                yield self._active(scope, node, n, activation)
        for index in sorted(self._waiting_joins(scope)):
            if index not in incidents:  # the key of activation 0, where a join is stuck
                yield self._join(scope, self.program.nodes[index])
        for key, incident in incidents.items():
            index, n = split_key(self.state, key)
            node = self.program.nodes[index]
            joins = not n and node.join is not Join.EACH
            stuck = self._join(scope, node) if joins else self._still(scope, node, Cause.INCIDENT)
            began = self.since.active.get((scope.path, index, n))
            yield msgspec.structs.replace(
                stuck, cause=Cause.INCIDENT, message=incident.message, since=began
            )
        yield from self._beside(scope)

    def _beside(self, scope: Scope) -> Iterator[Standstill]:
        nodes = self.program.nodes
        begin = [(nodes[at], 0, [at], FRESH) for at in self._handlers(scope)]
        for key, activation in scope.active.items() if scope.waits else ():
            index, n = split_key(self.state, key)
            if has_inside(nodes[index]):
                begin.append((nodes[index], n, [*nodes[index].waiters], activation))
        for node, n, waiters, activation in begin:
            awaits = [self._waits(scope, nodes[at], n, activation) for at in waiters]
            if found := tuple(chain.from_iterable(awaits)):
                begins = node.index in self._handlers(scope)
                yield msgspec.structs.replace(
                    self._still(scope, node, Cause.BESIDE if begins else Cause.INSIDE),
                    since=self.since.active.get((scope.path, node.index, n)),
                    awaits=found,
                )

    def _handlers(self, scope: Scope) -> tuple[int, ...]:
        """The event sub-processes, and start events of its conversation, that may begin in it."""
        inside = self.program.containers[scope.container]
        return (*inside.handlers, *inside.triggered) if scope.waits else ()

    def _waiting_joins(self, scope: Scope) -> set[int]:
        """The joins at which tokens wait. What items have read only stays for other items."""
        read = scope.read or ()
        return {self.program.flows[flow].target for flow in scope.parked or () if flow not in read}

    def _still(self, scope: Scope, node: Node, cause: Cause) -> Standstill:
        return Standstill(
            instance=self.state.instance,
            scope=self.names.scope_text(scope.path),
            item=self.names.scope_text(self._item(scope).path),
            node=node.shown,
            name=node.name,
            cause=cause,
        )

    def _item(self, scope: Scope) -> Scope:
        """The innermost item, or instance of what is repeated, around a scope; else the root."""
        while scope.parent is not None and (scope.index < 0 or scope.role == FRAME):
            scope = self.state.scopes[scope.parent]
        return scope

    def _active(self, scope: Scope, node: Node, n: int, activation: Activation) -> Standstill:
        cause = Cause.RETRY if activation.due else CAUSES.get(node.kind, Cause.CALL)
        return msgspec.structs.replace(
            self._still(scope, node, cause),
            since=self.since.active.get((scope.path, node.index, n)),
            awaits=tuple(self._awaited(scope, node, n, activation)),
            due=activation.due,
        )

    def _awaited(
        self, scope: Scope, node: Node, n: int, activation: Activation
    ) -> Iterator[Awaited]:
        """What opens a way on: for the element itself, behind it, or at its border."""
        nodes = self.program.nodes
        for at, index, number in layers(self.state, scope, node.index, n):
            for waiter in nodes[index].waiters:
                yield from self._waits(at, nodes[waiter], number, activation)

    def _waits(
        self, scope: Scope, catching: Node, n: int, activation: Activation
    ) -> Iterator[Awaited]:
        """What one catching element waits for."""
        waits = (scope.waits or {}).get(key_of(self.state, catching.index, n), {})
        for event, wait in waits.items():
            definition = catching.events[event]
            found = awaited(catching.id, definition, wait)
            if definition.condition is not None:
                names = self._names(scope, activation)
                found = msgspec.structs.replace(found, lack=lack(definition.condition, names))
            yield found

    def _names(self, scope: Scope, activation: Activation) -> Mapping[str, Any]:
        """What the condition that an activation waits for sees now; the time is the last step's."""
        travels = self.program.containers[scope.container].flow_payload
        names = activation.payload or {} if travels else visible(self.state, scope)
        told = {self.program.clock: self.state.time}
        return with_answers(self.program, self.state, scope, names, told)

    def _join(self, scope: Scope, gateway: Node) -> Standstill:
        """A join: what has come, what is waited for, and who could still bring it."""
        flows, missing = self.program.flows, lacking(gateway, self.state, scope)
        came = [flow for flow in gateway.incoming if flow not in missing]
        arrived = self.since.arrived.get(scope.path, {})
        times = [arrived[flow][0] for flow in came if flow in arrived]
        asks = gateway.activation
        return msgspec.structs.replace(
            self._still(scope, gateway, Cause.JOIN),
            since=min(times, default=None),
            arrived=tuple([flows[flow].id for flow in came]),
            lacking=self._lacking(scope, gateway, missing),
            awaits=(Awaited(at=gateway.id, trigger=ACTIVATION, text=asks.text),) if asks else (),
        )

    def _lacking(self, scope: Scope, join: Node, missing: Sequence[int]) -> tuple[Lacking, ...]:
        """The flows on which a join waits for a token, with those that may bring it.

        What takes several tokens waits for more on flows, too, on which some have come; an
        inclusive gateway for nothing that cannot come (13.4.3).
        """
        places, flows = self._places(scope), self.program.flows
        wanted = join.incoming if join.join is Join.ENOUGH else missing
        found = [Lacking(flows[flow].id, self._bringers(flow, places)) for flow in wanted]
        if join.join in SPARING:
            found = [one for one in found if one.bringers] or found
        return tuple(found)

    def _places(self, scope: Scope) -> list[int]:
        """The nodes at which tokens of the scope, of those around an item and of items stand."""
        places: dict[int, None] = {}
        below = [at for at in descendants(self.state, scope) if at.container == scope.container]
        for at in (*around(self.state, scope), *below):
            starts = [place for place in self._handlers(at) if place in (at.waits or ())]
            for key in (*at.active, *starts):
                places[split_key(self.state, key)[0]] = None
            for flow in at.parked or ():
                places[self.program.flows[flow].target] = None
        return list(places)

    def _bringers(self, flow: int, places: Iterable[int]) -> tuple[str, ...]:
        join, nodes = self.program.flows[flow].target, self.program.nodes
        others = [place for place in places if place != join]
        return tuple([nodes[place].id for place in self.reach.bringers(flow, others)])


CAUSES: Final = {
    Kind.USER_TASK: Cause.PERSON,
    Kind.CATCH_EVENT: Cause.EVENT,
    Kind.RECEIVE_TASK: Cause.EVENT,
    Kind.EVENT_GATEWAY: Cause.EVENT,
    Kind.INPUT: Cause.EVENT,
}
"""What an active element waits for, by its kind; all others wait for their Python."""


SPARING: Final = frozenset({Join.REACHING, Join.ENOUGH})
"""Joins that do without a token on each flow."""


def waiting(program: Program) -> set[int]:
    """Number what waits for a person or an event, and for nothing else, while it is active."""
    return {node.index for node in program.nodes if node.kind in CAUSES and node.body == NONE}


def _stands_still(node: Node) -> bool:
    """Whether an element waits while it is active; others only do so while all is held."""
    return node.work is not None or node.kind in CAUSES


def _is_around(node: Node, scope: Scope) -> bool:
    """Whether an active element is only the frame of what is told by itself."""
    return has_inside(node) or not is_at_work(node, scope)


def awaited(at: str, event: EventSpec, wait: Wait | None = None) -> Awaited:
    """What an event waits for: as it waits now, or, at a start, as it is drawn."""
    found = wait or Wait()
    name = found.name
    if not name and event.name is not None and not event.name.language:
        name = event.name.text
    told = event.condition or event.due
    return Awaited(
        at=at,
        trigger=event.trigger.value if told is None or told.language != DATA else DATA,
        name=name,
        key=shown_key(found.key),
        due=found.due,
        text=told.text if told is not None else "",
    )


def lack(condition: Condition, names: Mapping[str, Any]) -> str:
    """Say why a condition is neither true nor false; empty where it is one of them.

    Until it has a value it does not hold (10.5.5). A name with a typing error and one that nothing
    has written yet look alike, so that is no incident.

    >>> greater = expressions.compile("n > m", "python").evaluate
    >>> lack(Condition("n > m", "python", greater), {"n": 1})
    "there is no variable 'm'"
    """
    try:
        condition.evaluate(names)
    except ExpressionError as error:
        null = condition.language == FEEL
        why = expressions.why_null(condition.text, FEEL, names) if null else ""
        return why or str(error)
    return ""


def unbegun(program: Program, container: int) -> tuple[Standstill, ...]:
    """What would begin an instance of a process: where its tokens would come from."""
    nodes = [program.nodes[index] for index in program.containers[container].triggered]
    return tuple(
        [
            Standstill(
                instance="",
                node=node.id,
                name=node.name,
                cause=Cause.EVENT,
                awaits=(awaited(node.id, event),),
            )
            for node in nodes
            for event in node.events
            if event.trigger in WAITING
        ]
    )
