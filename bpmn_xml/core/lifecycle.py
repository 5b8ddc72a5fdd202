"""How each node of a program lives: what its kind does, and what is put around that (13.3.2).

A frame, several turns, several tokens: whatever an element has beyond its kind changes what it
does at one step of its life, and is one row of `AROUND`, the innermost first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from bpmn_xml.compiler.program import AdHoc, Join, Kind, Node, Program, Trigger, is_about
from bpmn_xml.core import (
    adhoc,
    compensation,
    frames,
    gathering,
    incidents,
    judging,
    loops,
    routes,
    steering,
)
from bpmn_xml.core import records as r
from bpmn_xml.core.behaviour import (
    BEHAVIOUR,
    ENDINGS,
    activate,
    begin_asking,
    begin_throwing,
    begin_waiting,
    consume,
    end,
    enter,
    join_all,
    leave_at_once,
    leave_by_choice,
    leave_ending,
    leave_straight,
    park,
    pass_along,
    pass_on,
    throwing,
)
from bpmn_xml.core.state import belongs_to, is_at_work
from bpmn_xml.core.view import Begin, Bound, Records, View
from bpmn_xml.core.words import FRAME


class Life(NamedTuple):
    """What a node does when a token comes, when it has become active, and when it is done."""

    arrive: Callable[[Node, View], Records]
    begin: Begin | None
    leave: Begin


def bind(program: Program) -> tuple[Bound, ...]:
    """Bind every node to its behaviour; steps that it never needs are left out."""
    return tuple([_bound(program, node) for node in program.nodes])


def _bound(program: Program, node: Node) -> Bound:
    route = BEHAVIOUR[node.kind].route
    straight = route is routes.take_all or (
        len(node.outgoing) <= 1 and not any(program.flows[f].condition for f in node.outgoing)
    )
    straight = straight and not _changes_variables(node)
    leave: Begin = leave_straight if straight else leave_by_choice
    ad_hoc = _ad_hoc_around(program, node)
    if ad_hoc is not None and ad_hoc.collect is not None and not node.outgoing:
        leave = adhoc.collecting(leave, ad_hoc.collect, ad_hoc.output)
    life = _alone(program, node, leave)
    for concerns, around in AROUND:
        if concerns(node):
            life = around(node, life)
    return Bound(
        node=node,
        arrive=life.arrive,
        begin=life.begin,
        leave=life.leave,
        route=routes.take_all if straight else route,
        straight=life.leave is leave_straight,
        flow_payload=program.containers[node.container].flow_payload,
    )


def _alone(program: Program, node: Node, leave: Begin) -> Life:
    """What a node does by itself; what takes no time is entered if something around it does."""
    arrive, begin, _ = BEHAVIOUR[node.kind]
    if arrive is enter:
        begin = begin or _waits_or_asks(node)
        return Life(enter if begin or node.frame or node.loop else activate, begin, leave)
    if node.frame is not None and begin is begin_throwing and not compensation.is_awaited(node):
        return Life(enter, leave_at_once, throwing(leave, incidents.cannot_leave))
    if _takes_time(program, node):
        if _compensates(node) and any(event.trigger in ENDINGS for event in node.events):
            leave = leave_ending
        return Life(enter, begin or leave_at_once, leave)
    if arrive is pass_on and leave is leave_straight and len(node.outgoing) == 1:
        return Life(pass_along, begin, leave)
    return Life(consume if arrive is end and not node.events else arrive, begin, leave)


def _waits_or_asks(node: Node) -> Begin | None:
    """What an activity begins with whose kind begins with nothing."""
    if node.work is not None and (node.work.user_task_settings or node.work.listened):
        return begin_asking
    return begin_waiting if node.waiters else None


def _takes_time(program: Program, node: Node) -> bool:
    """Whether something happens between coming to a node and leaving it."""
    around = node.frame is not None or node.loop is not None or node.gives > 1
    return around or node.undoes or _compensates(node) or _is_evaluated_after(program, node)


def _compensates(node: Node) -> bool:
    return is_about(node.events, Trigger.COMPENSATION)


def _is_evaluated_after(program: Program, node: Node) -> bool:
    """Whether an ad-hoc sub-process asks something after this node, which would take no time."""
    ad_hoc = _ad_hoc_around(program, node)
    if ad_hoc is None or not ad_hoc.is_evaluated_after_each:
        return False
    ends_path = ad_hoc.by_path and node.kind is Kind.THROW_EVENT and not node.outgoing
    return ends_path or node.kind in PASSING_TASKS


def _changes_variables(node: Node) -> bool:
    """Whether its work may do more to variables than to write them."""
    return node.work is not None and node.work.beans is not None and node.work.beans.apart


def _ad_hoc_around(program: Program, node: Node) -> AdHoc | None:
    """How an ad-hoc sub-process goes, if the node is in one."""
    outer = program.containers[node.container].node
    return program.nodes[outer].ad_hoc if outer >= 0 else None


PASSING_TASKS: Final = frozenset({Kind.TASK, Kind.MANUAL_TASK})


def in_frame(_node: Node, life: Life) -> Life:
    """Begin with what is around the element, then the element itself in there."""

    def begin(node: Node, view: View, n: int) -> Records:
        if view.scope.role != FRAME:
            return frames.begin(node, view, n)
        return life.begin(node, view, n) if life.begin else ()

    return life._replace(begin=begin)


def in_turns(_node: Node, life: Life) -> Life:
    """Begin and leave an activity that is done several times: as a whole, or one instance of it."""

    def begin(node: Node, view: View, n: int) -> Records:
        if not belongs_to(view.scope, node.index):
            return loops.begin(node, view, n)
        return life.begin(node, view, n) if life.begin else ()

    def leave(node: Node, view: View, n: int) -> Records:
        act = loops.leave_instance if belongs_to(view.scope, node.index) else life.leave
        return act(node, view, n)

    return life._replace(begin=begin, leave=leave)


def leaving_frame(_node: Node, life: Life) -> Life:
    """Leave an element that has a frame, or a listener: as a whole, or what is in there."""

    def leave(node: Node, view: View, n: int) -> Records:
        act = frames.leave if view.scope.role == FRAME else life.leave
        return act(node, view, n)

    return life._replace(leave=leave)


def judged(_node: Node, life: Life) -> Life:
    """Leave a task that is done, unless a condition says that it throws an error."""

    def leave(node: Node, view: View, n: int) -> Records:
        if is_at_work(node, view.scope):
            return judging.leave(node, view, n, life.leave)
        return life.leave(node, view, n)

    return life._replace(leave=leave)


def taking(_node: Node, life: Life) -> Life:
    """Begin when as many tokens have come as an activity takes (10.3.2)."""
    return life._replace(arrive=gathering.gathered(life.arrive))


def giving(_node: Node, life: Life) -> Life:
    """Leave an activity with several tokens on each flow (10.3.2)."""

    def leave(node: Node, view: View, n: int) -> Records:
        records = life.leave(node, view, n)
        taken = [record for record in records if isinstance(record, r.FlowTaken)]
        return (*records, *taken * (node.gives - 1))

    return life._replace(leave=leave)


def steering_job(_node: Node, life: Life) -> Life:
    """Ask what an ad-hoc sub-process does next, and do that."""
    return life._replace(arrive=steering.ask, leave=steering.steer)


def joining(node: Node, life: Life) -> Life:
    """Wait for the tokens that are to meet, whatever the kind."""
    return life._replace(arrive=ARRIVE[node.join])


ARRIVE: Final = {Join.ALL: join_all, Join.REACHING: park, Join.ACTIVATING: gathering.come}
"""What happens when a token comes to a node that joins."""


AROUND: Final[Sequence[tuple[Callable[[Node], bool], Callable[[Node, Life], Life]]]] = (
    (lambda node: node.steering is not None, steering_job),
    (lambda node: node.frame is not None, in_frame),
    (lambda node: node.loop is not None, in_turns),
    (lambda node: node.frame is not None or node.kind is Kind.LISTENER, leaving_frame),
    (lambda node: node.work is not None and bool(node.work.errors), judged),
    (lambda node: node.join is Join.ENOUGH, taking),
    (lambda node: node.gives > 1, giving),
    (lambda node: node.join in ARRIVE, joining),
)
"""Whom it concerns, and what it makes of a life."""
