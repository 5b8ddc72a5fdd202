"""What a stub run assumes where it lacks data: without real work there is no real data.

Nothing is assumed of what can be evaluated. Where a condition cannot be, the default flow is taken,
as it is where no condition holds. Only where there is none, or it leads back, a condition is taken
to hold: one that leads away for good if there is such a way, so that no stub run turns in itself.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeVar

import msgspec

from bpmn_xml import expressions
from bpmn_xml import model as m
from bpmn_xml.compiler.program import Condition, Schedule
from bpmn_xml.compiler.program.scoping import Evaluate
from bpmn_xml.errors import ExpressionError

T = TypeVar("T")
Variables = Mapping[str, object]


def assumed(evaluate: Callable[[Variables], T], otherwise: T) -> Callable[[Variables], T]:
    """The function that gives a value also where it cannot be computed.

    >>> from bpmn_xml.expressions import compile
    >>> assumed(compile("n + 1", "python").evaluate, 0)({})
    0
    """

    def evaluate_or_assume(variables: Variables) -> T:
        try:
            return evaluate(variables)
        except ExpressionError:
            return otherwise

    return evaluate_or_assume


def one_at_least(evaluate: Evaluate, *, of_items: bool = False) -> Evaluate:
    """The number or collection of instances; one where there is none, of an item that is null."""

    def evaluate_or_once(variables: Variables) -> object:
        found = assumed(evaluate, None)(variables)
        once: object = [None] if of_items else 1
        return once if found is None else found

    return evaluate_or_once


def supposed(timer: Schedule | None, *, waits: bool) -> Schedule:
    """The timer that has a time for want of one: now where a token waits for it, else never.

    >>> [supposed(None, waits=waits).next_due({}, 5, 0) for waits in (True, False)]
    [5, None]
    """

    def next_due(names: Variables, after: int, count: int) -> int | None:
        now = after if waits and not count else None
        return (
            assumed(lambda names: timer.next_due(names, after, count), now)(names) if timer else now
        )

    return msgspec.structs.replace(timer or Schedule("", next_due), next_due=next_due)


def assume_ways(
    node: m.FlowNode,
    leaving: Sequence[m.SequenceFlow],
    conditions: Mapping[str, Condition],
    rings: Mapping[str, str],
) -> dict[str, Condition]:
    """The conditions of the flows that leave a node, each with what to assume of it.

    `rings` says which nodes a token can come back to, as `wiring.rings` does.
    """
    taken = _assumed_ways(node, leaving, conditions, rings)
    assumptions = {
        name: msgspec.structs.replace(
            condition, evaluate=assumed(condition.evaluate, name in taken)
        )
        for name, condition in conditions.items()
    }
    if len(conditions) < len(leaving):
        return assumptions  # another way is always there
    asked = conditions.values()
    names = frozenset(name for one in asked for name in _names(one))
    others = [assumed(one.evaluate, otherwise=False) for one in asked]
    return assumptions | {name: _leading(assumptions[name], names, others) for name in taken}


def _leading(
    condition: Condition, names: Collection[str], others: Sequence[Callable[[Variables], bool]]
) -> Condition:
    """A condition for a stub run: where data is missing, it holds if no other one does."""

    def evaluate(variables: Variables) -> bool:
        if condition.evaluate(variables):
            return True
        lacking = any(variables.get(name) is None for name in names)
        return lacking and not any(holds(variables) for holds in others)

    return msgspec.structs.replace(condition, evaluate=evaluate)


def _names(condition: Condition) -> tuple[str, ...]:
    """The variables that a condition reads; none where it is a choice."""
    try:
        return expressions.compile(condition.text, condition.language).names
    except ExpressionError:
        return ()


def _assumed_ways(
    node: m.FlowNode,
    leaving: Sequence[m.SequenceFlow],
    asked: Collection[str],
    rings: Mapping[str, str],
) -> set[str]:
    """The flows with a condition that are taken where nothing is known: none beside a default."""
    ahead = [flow.id for flow in leaving if rings[flow.target_ref] != rings[node.id]]
    default = getattr(node, "default", None)
    if default in ahead:
        return set()
    leading = [name for name in ahead if name in asked]
    if not leading and not default:
        leading = [flow.id for flow in leaving if flow.id in asked]
    return set(leading[:1] if isinstance(node, m.ExclusiveGateway) else leading)
