"""What a decision may read: the node's scope, its variables, its routes, what is parked.

`check` puts an oracle in the place of `holds`; a decision never looks past its view.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b
from operator import itemgetter
from typing import Any

import msgspec

from bpmn_xml.compiler.program import Flow, Node, Program
from bpmn_xml.compiler.program.scoping import BUSINESS_KEY, EXECUTION, ScopeRules, execution_facts
from bpmn_xml.core.numbers import counted_around
from bpmn_xml.core.reach import Reach
from bpmn_xml.core.records import Record
from bpmn_xml.core.state import Scope, State
from bpmn_xml.core.values import layered
from bpmn_xml.core.words import AGAIN, APART
from bpmn_xml.expressions.chance import BITS, CHANCE
from bpmn_xml.expressions.told import Told

Records = tuple[Record, ...]


Begin = Callable[[Node, "View", int], Records]


class Bound(msgspec.Struct, frozen=True, gc=False):
    """A node's behaviour, bound once at load.

    Attributes:
        node: the node itself.
        arrive: what happens when a token comes.
        begin: what activation `n` begins with, if anything.
        leave: complete activation `n` and go on.
        route: where tokens go; an empty answer means that no flow can be taken.
        straight: leaving depends on no condition.
        flow_payload: results travel along the flows here.
    """

    node: Node
    arrive: Callable[[Node, View], Records]
    begin: Begin | None
    leave: Callable[[Node, View, int], Records]
    route: Callable[[Node, View], Records]
    straight: bool
    flow_payload: bool


class Shared:
    """What all views of one machine count together.

    Attributes:
        searched: how many scopes were searched, and conditions asked, since that was looked at.
        step, drawn: how often something was drawn by chance in the step of which that was last.
    """

    __slots__ = ("drawn", "searched", "step")

    def __init__(self) -> None:
        self.searched = self.drawn = 0
        self.step: tuple[str, int, int] | None = None


class View:
    """A window on one instance, from one of its scopes; the machine moves its own on.

    Attributes:
        bound: the behaviour of each node.
        shared: what it has in common with all others.
        scope: where the decision is made.
        payload: what the token carries, where results travel along flows.
        plain: expressions see the variables, and nothing else.
        time: the command's time, microseconds since 1970 UTC.
    """

    __slots__ = (
        "bound", "payload", "plain", "program", "reach", "scope", "shared", "state", "time",
    )  # fmt: skip

    state: State
    scope: Scope
    payload: Mapping[str, Any] | None

    def __init__(
        self, program: Program, bound: Sequence[Bound], reach: Reach, shared: Shared
    ) -> None:
        self.program, self.bound, self.reach, self.shared = program, bound, reach, shared
        self.plain = not (program.clock or program.answers)
        self.time = 0

    def at(self, scope: Scope, payload: Mapping[str, Any] | None = None) -> View:
        """The view from another scope; this one stays where it is."""
        there = View(self.program, self.bound, self.reach, self.shared)
        there.state, there.time, there.scope, there.payload = self.state, self.time, scope, payload
        return there

    @property
    def rules(self) -> ScopeRules:
        """How data and errors go where the decision is made."""
        return self.program.containers[self.scope.container].rules

    def holds(self, flow: Flow, names: Mapping[str, Any] | None = None) -> bool:
        """Whether a flow's condition holds.

        Args:
            flow: the flow.
            names: what the condition sees, if not just the variables.

        Raises:
            ExpressionError: the condition has no value, or not one of true and false.
        """
        if flow.condition is None:
            return True
        self.shared.searched += 1
        return holds(flow, self.names() if names is None else names)

    def names(self) -> Mapping[str, Any]:
        """What an expression sees here: the variables, the innermost scope's first, and answers."""
        travels = self.program.containers[self.scope.container].flow_payload
        names = (self.payload or {}) if travels else visible(self.state, self.scope)
        if self.plain:
            return names
        told = {self.program.clock: self.time, CHANCE: self.draw}
        return with_answers(self.program, self.state, self.scope, names, told)

    def draw(self) -> int:
        """A number that looks like chance: of the instance, the command and its time.

        So the same commands draw the same again, and no other step does.
        """
        step, shared = (self.state.instance, self.state.seq, self.time), self.shared
        shared.step, shared.drawn = step, shared.drawn + 1 if step == shared.step else 1
        text = f"{step}{shared.drawn}".encode()
        return int.from_bytes(blake2b(text, digest_size=BITS // 8).digest(), "big")

    def next_activation(self, node: Node) -> int:
        """Which activation of the node in this scope the next one is, from 1."""
        if node.once or self.scope.counts is None:
            return 1
        return self.scope.counts.get(node.index, 0) + 1


def holds(flow: Flow, names: Mapping[str, Any]) -> bool:
    """Whether a flow's condition holds with these names; one without a condition always does.

    Raises:
        ExpressionError: the condition has no value, or not one of true and false.
    """
    return flow.condition is None or flow.condition.evaluate(names)


def with_answers(
    program: Program,
    state: State,
    scope: Scope,
    names: Mapping[str, Any],
    told: Mapping[str, Any],
) -> Mapping[str, Any]:
    """Variables, before them what Python answered, and behind them what expressions are told."""
    if program.answers:
        names = layered(answers(state, scope), names)
    return ambient(state, names, told) if program.clock else names


def ambient(state: State, names: Mapping[str, Any], told: Mapping[str, Any]) -> Mapping[str, Any]:
    """Variables, and behind them what expressions are told and what is known of the instance."""
    execution = execution_facts(names.get(BUSINESS_KEY), state.instance)
    return layered(names, {**told, EXECUTION: execution})


def answers(state: State, scope: Scope) -> Mapping[str, Any]:
    """What Python answered for elements that a scope sees; it is told by name and never listed."""
    layers = [scope.answers or {}]
    while scope.parent is not None and scope.role != APART:
        scope = state.scopes[scope.parent]
        layers.append(scope.answers or {})
    found = layered(*layers)
    return Told({name: itemgetter(name) for name in found}, found)


def visible(state: State, scope: Scope) -> Mapping[str, Any]:
    """All variables seen from a scope; only scopes that have any are looked through."""
    if scope.parent is None:
        return scope.variables
    layers: list[Mapping[str, Any]] = [scope.variables] if scope.variables else []
    while scope.parent is not None and scope.role != APART:
        if scope.role in AGAIN and (numbers := counted_around(state, scope)) is not None:
            layers.append(numbers)
        scope = state.scopes[scope.parent]
        if scope.variables:
            layers.append(scope.variables)
    return layers[0] if len(layers) == 1 else layered(*layers)
