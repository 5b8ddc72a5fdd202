"""The straight step: one task is done, the next begins, and nothing else is concerned.

Nearly every step of a sequence is one, so it is decided and applied at once, in half the time that
`core.advance` and the row of an advance take for it. They mean the same; tests compare them.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from bpmn_xml.compiler.program import Program
from bpmn_xml.core.evolve.active import MOST_SHARED, alone
from bpmn_xml.core.records.advances import Advanced, Along, Place
from bpmn_xml.core.state import AT_REST, FRESH, Activation, State
from bpmn_xml.core.values import Values
from bpmn_xml.core.ways import WORK, ShortWays

Job = tuple[str, int, int]
"""(scope, node, n): an activation whose work is done."""


class Straight(msgspec.Struct, frozen=True, gc=False):
    """From a task to the next, where each can come only once.

    Attributes:
        before, after: what is active, if nothing else is.
        to, along: as in `Advanced`.
    """

    before: Mapping[int, Activation]
    after: Mapping[int, Activation]
    to: tuple[Place, ...]
    along: Along


def find_straight(program: Program, ways: ShortWays) -> tuple[Straight | None, ...]:
    """Per node the straight step from it, if there is one."""
    size, found = len(program.nodes), list[Straight | None]()
    for node, way in zip(program.nodes, ways.after, strict=True):
        known = way is not None and way.known and way.goal is WORK and len(way.to) == 1
        apart = node.work is None or node.container in ways.itemized
        if way is None or not known or apart or 2 * size > MOST_SHARED:
            found.append(None)
            continue
        before, after = alone(size + node.index), alone(size + way.to[0][1])
        found.append(Straight(before, after, way.to, way.along))
    return tuple(found)


def go_straight(
    step: Straight, state: State, job: Job, values: Values | None, time: int
) -> Advanced | None:
    """Do a step in a process, at the job's first attempt; nothing if anything else has a say."""
    path, node, n = job
    if path or n != 1 or state.agenda is not AT_REST or time < state.time:
        return None
    scope = state.scopes.get("")
    if scope is None or scope.incidents:
        return None
    active = scope.active
    if active is step.before:
        scope.active = step.after
    elif len(active) > 1 and active.get(state.size + node) is FRESH:
        del active[state.size + node]  # type: ignore[attr-defined] # one of several is its own
        active[state.size + step.to[0][1]] = FRESH  # type: ignore[index] # the same
    else:
        return None
    if values:
        variables = scope.variables
        variables |= values
    state.seq += 1
    state.time = time
    return Advanced(path, node, n, step.to, values, step.along)
