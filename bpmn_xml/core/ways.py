"""Where there are short ways: from an element along what takes no time to what has to wait.

A way is found once, when the program is loaded; `advance` goes it. There is none where a choice,
a wait or anything that looks on has a say: there a token goes step by step.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from bpmn_xml.compiler.program import NONE, Join, Kind, Program
from bpmn_xml.core.behaviour import activate, consume, join_all, leave_straight, pass_along, pass_on
from bpmn_xml.core.records.advances import ENDS, WAITS, Along, Place
from bpmn_xml.core.routes import take_first
from bpmn_xml.core.settle import LATE
from bpmn_xml.core.view import Bound

LONGEST: Final = 32
"""How many gateways and events a way leads along at most."""


WORK: Final = "work"  # how often it has come, if that can be more than once
JOIN: Final = "join"  # what is parked there
CHOICE: Final = "choice"  # the variables
END: Final = "end"  # whether anything else is left
"""What there is at the end of a way, and what it depends on how it goes on there."""


class ShortWay(msgspec.Struct, frozen=True, gc=False):
    """From an element along all its flows at once to what has to wait.

    Attributes:
        goal: what it leads to.
        to: its ends, with the first activations; several only where all are work.
        along: what it leads along, as in `Advanced`.
        known: nothing it leads to can have come before, so that `to` is right as it stands.
        needed: the flows on which tokens are to meet at a join.
    """

    goal: str
    to: tuple[Place, ...]
    along: Along = ()
    known: bool = False
    needed: tuple[int, ...] = ()


class ShortWays(msgspec.Struct, frozen=True):
    """The short ways of a program.

    Attributes:
        after: from a task that is done, or a gateway at which tokens have met.
        chosen: along a flow that a choice has taken.
        start: per process, the only event where it begins, if a way leads from there to work.
        watched: per container in which joins wait for what can still come, the flows to these.
    """

    after: dict[int, ShortWay]
    chosen: dict[int, ShortWay]
    start: dict[int, int]
    watched: dict[int, frozenset[int]]


NO_WAYS: Final = ShortWays({}, {}, {}, {})


def find_ways(program: Program, bound: Sequence[Bound]) -> ShortWays:
    """The short ways of a program."""
    if program.watches or program.chooses:
        return NO_WAYS
    after, chosen, start = dict[int, ShortWay](), dict[int, ShortWay](), dict[int, int]()
    for here in filter(_is_alone, bound):
        node, begins = here.node, _begins(program, here)
        if begins or _leaves(here) or _joins(here):
            way = _way(program, bound, node.outgoing)
            after |= {node.index: way} if way else {}
            start |= {node.container: node.index} if way and begins and way.goal is WORK else {}
        if _chooses(program, here):
            found = [(flow, _way(program, bound, (flow,))) for flow in node.outgoing]
            chosen |= {flow: way for flow, way in found if way}
    return ShortWays(after, chosen, start, _watched(program))


def _watched(program: Program) -> dict[int, frozenset[int]]:
    """Per container the flows to joins that are decided when nothing moves."""
    found: dict[int, frozenset[int]] = {}
    for node in program.nodes:
        if node.join in LATE:
            found[node.container] = found.get(node.container, frozenset()).union(node.incoming)
    return found


def _is_alone(here: Bound) -> bool:
    """Whether nobody else is concerned: nothing is to be undone, and no result travels."""
    return not (here.flow_payload or here.node.undoes)


def _begins(program: Program, here: Bound) -> bool:
    """Whether a process begins with just this event."""
    node, container = here.node, program.containers[here.node.container]
    only = container.node == NONE and container.starts == (node.index,)
    plain = node.kind is Kind.START_EVENT and _passes(here) and not node.incoming
    return only and plain and not (container.handlers or node.receives or node.starter)


def _leaves(here: Bound) -> bool:
    """Whether its work is done outside, and then it is left without anything else."""
    return here.leave is leave_straight and here.node.work is not None and not here.node.waiters


def _joins(here: Bound) -> bool:
    """Whether tokens meet there, and go on along all its flows."""
    return here.arrive is join_all and here.straight and here.node.frame is None


def _chooses(program: Program, here: Bound) -> bool:
    """Whether it takes one flow by what the variables are, and nothing else."""
    choosing = here.arrive is pass_on and here.route is take_first
    return choosing and here.node.join is Join.EACH and not program.clock


def _passes(here: Bound) -> bool:
    """Whether it takes no time and leads on."""
    passing = here.arrive is pass_along or here.arrive is pass_on
    return passing and here.straight and here.node.join is Join.EACH


def _works(here: Bound) -> bool:
    """Whether to be reached is to be active, and nothing more."""
    return here.arrive is activate and here.begin is None and here.node.join is Join.EACH


def _ends(here: Bound) -> bool:
    return here.arrive is consume or (_passes(here) and not here.node.outgoing)


def _way(program: Program, bound: Sequence[Bound], flows: Sequence[int]) -> ShortWay | None:
    """The way along some flows at once, if there is one."""
    along: list[tuple[int, int]] = []
    while len(flows) == 1 and len(along) < LONGEST:
        there = bound[program.flows[flows[0]].target]
        if not _passes(there) or _ends(there):
            break
        along.append((flows[0], there.node.index))
        flows = there.node.outgoing
    ends = [bound[program.flows[flow].target] for flow in flows]
    nodes = [end.node.index for end in ends]
    if ends and all(map(_works, ends)) and len(set(nodes)) == len(nodes):
        to = [(flow, node, 1) for flow, node in zip(flows, nodes, strict=True)]
        alone = not program.containers[ends[0].node.container].reaching
        known = alone and all(end.node.once for end in ends)
        return ShortWay(WORK, tuple(to), tuple(along), known)
    return _open(program, ends[0], flows[0], along) if len(ends) == 1 else None


def _open(
    program: Program, end: Bound, flow: int, along: Sequence[tuple[int, int]]
) -> ShortWay | None:
    """The way to where the state of an instance says how it goes on, if it says no more."""
    node, container = end.node, program.containers[end.node.container]
    passed, to = tuple(along), ((flow, node.index, WAITS),)
    if _joins(end):
        return ShortWay(JOIN, to, passed, needed=node.incoming)
    if _chooses(program, end):
        return ShortWay(CHOICE, to, passed)
    if _ends(end) and container.closing == NONE:
        return ShortWay(END, ((flow, node.index, ENDS),), passed)
    return None
