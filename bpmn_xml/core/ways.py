"""Where there are short ways: from an element along what takes no time to what must wait.

A way is found once, when the program is loaded; `advance` goes it. There is none where a wait or
anything that looks on has a say: there a token goes step by step.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import msgspec

from bpmn_xml.compiler.program import NONE, Join, Kind, Program
from bpmn_xml.core.behaviour import (
    activate,
    begin_inside,
    consume,
    enter,
    join_all,
    leave_straight,
    park,
    pass_along,
    pass_on,
)
from bpmn_xml.core.records.advances import ENDS, WAITS, Along, Place
from bpmn_xml.core.routes import CHOICES
from bpmn_xml.core.settle import LATE
from bpmn_xml.core.view import Bound

LONGEST: Final = 32
"""How many gateways and events a way leads along at most."""

WIDEST: Final = 64
"""Into joins of more flows there are none: each would have to know all the others."""


WORK: Final = "work"  # how often it has come, if that can be more than once
SCOPE: Final = "scope"  # the same; the inside of an activity begins
JOIN: Final = "join"  # what is parked there
REACHING: Final = "reaching"  # what is parked there, and what can still come
CHOICE: Final = "choice"  # the variables
END: Final = "end"  # whether anything else is left
"""What there is at the end of a way, and what it depends on how it goes on there."""


class ShortWay(msgspec.Struct, frozen=True, gc=False):
    """From an element along all its flows at once to what has to wait.

    Attributes:
        goal: what it leads to.
        to: its ends, with the first activations; several only where all are work.
        along: what it leads along, as in `Advanced`.
        first: nothing it leads to can have come before, so that `to` is right as it stands.
        known: the same, and nobody there waits for what can still come.
        needed: the flows on which tokens are to meet at a join; `others`: all but its own; `other`:
            that, if it is only one.
        met: where all have met at a join, what has been passed then, and the way from there.
    """

    goal: str
    to: tuple[Place, ...]
    along: Along = ()
    first: bool = False
    known: bool = False
    needed: tuple[int, ...] = ()
    others: frozenset[int] = frozenset()
    other: int = NONE
    met: tuple[Along, ShortWay] | None = None


Went = tuple[tuple[Place, ...], Along, str]
"""Where a token comes to a choice or to rest, what it has passed, and the goal there."""

Standing = tuple[int, ...]
"""The keys of what is active in a scope, the one that is left before them, `NONE`, the flows on
which tokens are parked; then for each choice on the way `NONE` and the flows that it takes."""


class ShortWays(msgspec.Struct, frozen=True):
    """The short ways of a program.

    Attributes:
        after: per node, from what is done, where a container begins, or where tokens have met.
        chosen: along a flow that a choice has taken.
        start: per container the only event where it begins, if that is all that happens then, and
            the way from there.
        watched: per container in which joins wait for what can still come, the flows to these.
        itemized: the containers in which results become items.
        rests: what comes of a token that goes on while others stand somewhere, as far as that was
            asked for; see `core.follow`.
    """

    after: tuple[ShortWay | None, ...]
    chosen: dict[int, ShortWay]
    start: dict[int, tuple[int, ShortWay]]
    watched: dict[int, frozenset[int]]
    itemized: frozenset[int]
    rests: dict[Standing, Went]


def no_ways(program: Program) -> ShortWays:
    """None at all: every token goes step by step."""
    return ShortWays((None,) * len(program.nodes), {}, {}, {}, frozenset(), {})


def find_ways(program: Program, bound: Sequence[Bound]) -> ShortWays:
    """The short ways of a program."""
    if program.watches or program.evaluates_ad_hoc:
        return no_ways(program)
    after: list[ShortWay | None] = [None] * len(bound)
    chosen, start = dict[int, ShortWay](), dict[int, tuple[int, ShortWay]]()
    watched, itemized = _watched(program), _itemized(program)
    for here in bound:
        node, begins = here.node, _begins(program, here)
        if not _is_alone(here) or (node.container in itemized and node.container in watched):
            continue
        if begins or _leaves(here) or _joins(here) or _joins_late(here):
            way = after[node.index] = _way(program, bound, node.outgoing)
            start |= {node.container: (node.index, way)} if way and begins else {}
        if _chooses(here) and not program.clock:
            found = [(flow, _way(program, bound, (flow,))) for flow in node.outgoing]
            chosen |= {flow: way for flow, way in found if way}
    met = tuple([_met(way, after) for way in after])
    return ShortWays(met, chosen, start, watched, itemized, {})


def _met(way: ShortWay | None, after: Sequence[ShortWay | None]) -> ShortWay | None:
    """The same way, with how it goes on behind the join that it leads to."""
    if way is None or way.goal is not JOIN:
        return way
    flow, node, _ = way.to[0]
    following = after[node]
    if following is None or len(way.along) > LONGEST:
        return way
    along = (*way.along, (flow, node, *way.needed), *following.along)
    return msgspec.structs.replace(way, met=(along, following))


def _watched(program: Program) -> dict[int, frozenset[int]]:
    """Per container the flows to joins that are decided when nothing moves."""
    found: dict[int, frozenset[int]] = {}
    for node in program.nodes:
        if node.join in LATE:
            found[node.container] = found.get(node.container, frozenset()).union(node.incoming)
    return found


def _itemized(program: Program) -> frozenset[int]:
    return frozenset([node.container for node in program.nodes if node.work and node.work.many])


def _is_alone(here: Bound) -> bool:
    """Whether nobody else is concerned: nothing is to be undone, and no result travels."""
    return not (here.flow_payload or here.node.undoes)


def _begins(program: Program, here: Bound) -> bool:
    """Whether a process or a sub-process begins with just this event."""
    node, container = here.node, program.containers[here.node.container]
    only = container.starts == (node.index,) and not container.handlers
    plain = node.kind is Kind.START_EVENT and _passes(here) and not node.incoming
    return only and plain and not (node.receives or node.starter)


def _leaves(here: Bound) -> bool:
    """Whether its work is done outside or inside it, and then it is left without anything else."""
    working = here.node.work is not None or _opens(here)
    return here.leave is leave_straight and working and not here.node.waiters


def _opens(here: Bound) -> bool:
    """Whether to be reached is to be active, and to begin with what is inside."""
    node, opening = here.node, here.arrive is enter and here.begin is begin_inside
    plain = node.call is None and node.ad_hoc is None and not node.waiters
    return opening and plain and node.join is Join.EACH


def _joins(here: Bound) -> bool:
    """Whether tokens meet there, and go on along all its flows."""
    return here.arrive is join_all and here.straight and here.node.frame is None


def _joins_late(here: Bound) -> bool:
    """The same for tokens that wait until no other can come."""
    reaching = here.arrive is park and here.node.join is Join.REACHING
    return reaching and here.straight and here.node.frame is None


def _chooses(here: Bound) -> bool:
    """Whether it takes flows by what the variables are, and nothing else."""
    choosing = here.arrive is pass_on and here.route in CHOICES and not here.straight
    return choosing and here.node.join is Join.EACH


def _passes(here: Bound) -> bool:
    """Whether it takes no time and leads on."""
    passing = here.arrive is pass_along or here.arrive is pass_on
    return passing and here.straight and here.node.join is Join.EACH


def _works(here: Bound) -> bool:
    """Whether to be reached is to be active, and nothing more."""
    return here.arrive is activate and here.begin is None and here.node.join is Join.EACH


def _ends(here: Bound) -> bool:
    return here.arrive is consume or (_passes(here) and not here.node.outgoing)


GOALS: Final[Mapping[str, tuple[Callable[[Bound], bool], int]]] = {
    SCOPE: (_opens, 1),
    JOIN: (_joins, WAITS),
    REACHING: (_joins_late, WAITS),
    CHOICE: (_chooses, WAITS),
    END: (_ends, ENDS),
}
"""What a way can lead to beside work, and how its end stands in `ShortWay.to`."""


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
        first = all(end.node.once for end in ends)
        known = first and not program.containers[ends[0].node.container].reaching
        return ShortWay(WORK, tuple(to), tuple(along), first, known)
    return _open(program, ends[0], flows[0], along) if len(ends) == 1 else None


def _open(
    program: Program, end: Bound, flow: int, along: Sequence[tuple[int, int]]
) -> ShortWay | None:
    """The way to where the state of an instance says how it goes on, if it says no more."""
    goal = next((goal for goal, (leads_to, _) in GOALS.items() if leads_to(end)), "")
    node, container = end.node, program.containers[end.node.container]
    lasts = container.closing != NONE or container.handlers
    needed = node.incoming if goal in {JOIN, REACHING} else ()
    if not goal or (goal is CHOICE and program.clock) or (goal is END and lasts):
        return None
    if len(needed) > WIDEST:
        return None
    to = ((flow, node.index, GOALS[goal][1]),)
    others = frozenset(needed).difference((flow,))
    other = min(others) if len(others) == 1 else NONE
    return ShortWay(goal, to, tuple(along), needed=needed, others=others, other=other)
