"""Start events that wait: who begins a process without being asked by name (10.5.2).

A timer start event is armed when the engine begins; a cycle starts one instance each time. A
conditional one is asked with variables, as there is no instance yet whose data could change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import msgspec

from bpmn_xml.compiler.program import EventSpec, Program, Schedule, Trigger
from bpmn_xml.core.commands import StartInstance
from bpmn_xml.core.values import Values
from bpmn_xml.errors import ExpressionError, UsageError
from bpmn_xml.runtime.execution.chains import Led
from bpmn_xml.runtime.execution.instance import Instance
from bpmn_xml.runtime.execution.messages.carrier import Sender
from bpmn_xml.runtime.execution.messages.gathered import Came


class WaitingStart(msgspec.Struct, frozen=True):
    """A start event of a process, or what else begins it, and one of its definitions."""

    container: int
    node: int
    event: EventSpec
    position: int = 0

    def command(
        self,
        values: Mapping[str, Any],
        held: str = "",
        correlated: Mapping[str, str] | None = None,
    ) -> StartInstance:
        """Begin the process here; it is held at once if there is a reason."""
        where = self.container, values, self.node
        return StartInstance(*where, held=held, correlated=correlated)


def waiting_starts(program: Program, trigger: Trigger) -> Iterator[WaitingStart]:
    """All that begins a process when something of this kind happens."""
    nodes = program.nodes
    for container in program.processes.values():
        for node in program.containers[container].triggered:
            numbered = enumerate(nodes[node].events)
            found = [(event, position) for position, event in numbered if event.trigger is trigger]
            yield from (WaitingStart(container, node, *which) for which in found)


def begin(
    sender: Sender, start: WaitingStart, values: Values, led: Led | None = None
) -> Instance | None:
    """Begin a process because one of its triggers has happened, unless it waits for others."""
    begun = begin_untold(sender, start, values, led)
    if begun is not None:
        sender.carrier.tell_start(begun)
    return begun


def begin_untold(
    sender: Sender,
    start: WaitingStart,
    values: Values,
    led: Led | None,
    correlated: Mapping[str, str] | None = None,
) -> Instance | None:
    """The same, where the caller tells of the start: nobody else is to wait while that is told."""
    node = sender.carrier.program.nodes[start.node]
    if node.needs_all:
        together = sender.gathered.add(node, start.position, Came(values, correlated or {}))
        if together is None:
            return None
        values, correlated = together.values, together.said or None
    if led is None:
        return sender.carrier.begin(start.command(values, correlated=correlated))
    command = start.command(values, led.broken, correlated)
    begun = sender.carrier.begin(command, chain=led.chain)
    if led.broken:
        led.chain.broken = True
        sender.held[begun] = led.chain
    return begun


def begins(start: WaitingStart, name: str) -> bool:
    """Whether a start event waits for this name; one that needs variables waits for none."""
    return awaited(start) == name


def awaited(start: WaitingStart) -> str | None:
    """The name for which a start event waits."""
    computed = start.event.name
    try:
        return None if computed is None else str(computed.evaluate({}))
    except ExpressionError:
        return None


def holding(program: Program, variables: Mapping[str, Any]) -> Iterator[WaitingStart]:
    """The conditional start events whose conditions hold; one without a value does not."""
    for start in waiting_starts(program, Trigger.CONDITIONAL):
        names = start.event.variable_names
        if names and variables.keys().isdisjoint(names):
            continue
        try:
            if start.event.condition is not None and start.event.condition.evaluate(variables):
                yield start
        except ExpressionError:
            continue


def arm_timers(sender: Sender, most: int) -> None:
    """Let every timer start event begin its process when it is due, so often at most.

    Raises:
        UsageError: a time cannot be computed without variables.
    """
    for start in waiting_starts(sender.carrier.program, Trigger.TIMER):
        if start.event.due is not None:
            _arm(sender, start, _limited(start.event.due, most), (sender.carrier.now(), 0, 0))


def _limited(due: Schedule, most: int) -> Schedule:
    """The same timer, which is due so often at most."""

    def next_due(names: Values, after: int, count: int) -> int | None:
        return due.next_due(names, after, count) if count < most else None

    return msgspec.structs.replace(due, next_due=next_due)


def beginning_more(program: Program, now: int, most: int) -> list[str]:
    """The ids of the timer start events that would begin more than so many instances."""
    found = dict.fromkeys(
        program.nodes[start.node].id
        for start in waiting_starts(program, Trigger.TIMER)
        if start.event.due is not None and start.event.due.next_due({}, now, most) is not None
    )
    return list(found)


def _arm(
    sender: Sender, start: WaitingStart, schedule: Schedule, last: tuple[int, int, int]
) -> None:
    """Set the timer for the next time.

    `last` is the time before, how many there were, and how many of them in a row came late.
    """
    after, count, late = last
    try:
        due, now = schedule.next_due({}, after, count), sender.carrier.now()
        late = late + 1 if due is not None and count and due <= now else 0
        if late > schedule.catch_up and schedule.passed is not None:
            after, count = schedule.passed({}, after, count, now)
            due, late = schedule.next_due({}, after, count), 0
    except ExpressionError as error:
        node = sender.carrier.program.nodes[start.node].id
        remedy = "a process that has not begun has no variables"
        raise UsageError(f"the timer of {node!r}: {error}", remedy=remedy) from error
    if due is None:
        sender.carrier.armed.discard(start.node)
        return
    sender.carrier.armed.add(start.node)
    following = due, count + 1, late

    def fire() -> None:
        sender.send_off(partial(begin, sender, start, {}))
        _arm(sender, start, schedule, following)

    sender.carrier.add_timer(due, fire)
