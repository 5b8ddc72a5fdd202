"""The short way from one task to the next: one record, decided at once, with nothing queued.

It is taken where leaving a task and arriving at the next depend on nothing but these two. The
records of the long way mean the same; see `records.parts`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from bpmn_xml.compiler.program import Join, Program
from bpmn_xml.core import data
from bpmn_xml.core import records as r
from bpmn_xml.core.behaviour import activate, leave_straight
from bpmn_xml.core.commands import ANY_ATTEMPT, CompleteJob
from bpmn_xml.core.state import AT_REST, FRESH, State
from bpmn_xml.core.view import Bound

_FIRST: Final = (ANY_ATTEMPT, 0)
"""The attempts whose answer a fresh activation takes."""


class ShortWay(NamedTuple):
    """From a node along its only flow to the next, which can come only `once` or more often."""

    flow: int
    next: int
    once: bool


def ways(program: Program, bound: Sequence[Bound]) -> Mapping[int, ShortWay]:
    """The short ways of a program, by the node where they begin."""
    if program.watches or program.chooses:
        return {}
    found = {}
    for here in bound:
        if _leaves_simply(program, here):
            flow = program.flows[here.node.outgoing[0]]
            there = bound[flow.target]
            if not (flow.parks or flow.decided) and _comes_simply(there):
                found[here.node.index] = ShortWay(flow.index, flow.target, there.node.once)
    return found


def _leaves_simply(program: Program, here: Bound) -> bool:
    """Whether nobody else is concerned: no choice, no wait, no undoing, no join that looks on."""
    node = here.node
    straight = here.straight and here.leave is leave_straight and len(node.outgoing) == 1
    alone = not (here.flow_payload or program.containers[node.container].reaching)
    return straight and alone and node.work is not None and not (node.undoes or node.waiters)


def _comes_simply(there: Bound) -> bool:
    """Whether to be reached is to be active, and nothing more."""
    return there.arrive is activate and there.begin is None and there.node.join is Join.EACH


def advance(way: ShortWay, state: State, command: CompleteJob, time: int) -> r.Advanced | None:
    """Complete a task and activate the next; None where anything else has a say in that."""
    path, values = command.scope, command.values
    scope = state.scopes.get(path)
    if scope is None or scope.active.get(command.n * state.size + command.node) is not FRESH:
        return None
    if scope.children or scope.incidents or state.agenda is not AT_REST or time < state.time:
        return None
    if command.dropped or command.attempt not in _FIRST:
        return None
    if values and path and not data.is_wall(scope):
        return None
    flow, following, once = way
    next_n = 1 if once or scope.counts is None else scope.counts.get(following, 0) + 1
    return r.Advanced(path, command.node, command.n, flow, following, next_n, values)
