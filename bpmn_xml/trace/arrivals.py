"""Which tokens wait on flows for a join: one pass over what happened.

Whoever counts, draws or explains a run asks this of joins, as it asks `visits` of elements.
`CHANGES` is the table from the type of a record to what it changes. Flows, scopes and nodes are
whatever the records call them: indices, or names.

>>> from bpmn_xml.core.records import FlowTaken, Joined
>>> arrivals = Arrivals({3: 7, 4: 7})
>>> arrivals.take("i", 5, "FlowTaken", FlowTaken("", 3))
{7: 1}
>>> arrivals.of("i")
{'': {3: [5]}}
>>> arrivals.take("i", 9, "Joined", Joined("", 7, (3,)))
{7: -1}
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from bpmn_xml.compiler.program import Program

Came = dict[str, dict[Any, list[int]]]
"""When each token came that waits, by scope and then by flow; the oldest first."""

Difference = Mapping[Any, int]
"""How many more tokens wait, by the node that joins them; fewer are less than 0."""


def joins_of(program: Program) -> dict[int, int]:
    """The flows of a program on which tokens wait, and the nodes that join them."""
    return {flow.index: flow.target for flow in program.flows if flow.parks}


class Arrivals:
    """The tokens that wait for joins in any number of instances.

    Args:
        joins: the flows that lead to joins, and these; on others nothing waits.
    """

    def __init__(self, joins: Mapping[Any, Any]) -> None:
        self.joins = joins
        self._instances: dict[str, Came] = {}

    def take(self, instance: str, time: int, type_: str, record: Any) -> Difference:
        """Take the next record of an instance, and say what that changes."""
        change = CHANGES.get(type_)
        if change is None:
            return {}
        return change(self.joins, self._instances.setdefault(instance, {}), time, record)

    def of(self, instance: str) -> Came:
        """What waits in an instance."""
        return self._instances.get(instance, {})

    def per_flow(self) -> Counter[Any]:
        """How many tokens wait on each flow, in all instances together."""
        found = Counter[Any]()
        for came in self._instances.values():
            for here in came.values():
                found.update({flow: len(times) for flow, times in here.items()})
        return found

    def begun(self) -> Counter[Any]:
        """How many times each node has begun to join and waits for more tokens, in all instances.

        Tokens of one flow are joined one after the other (13.4.1), those of several together.
        """
        found = Counter[Any]()
        for came in self._instances.values():
            for here in came.values():
                found.update(_begun(self.joins, here))
        return found

    def forget(self, instance: str) -> None:
        """Drop an instance that has ended."""
        self._instances.pop(instance, None)


def _begun(joins: Mapping[Any, Any], here: Mapping[Any, list[int]]) -> dict[Any, int]:
    often = dict[Any, int]()
    for flow, times in here.items():
        often[joins[flow]] = max(often.get(joins[flow], 0), len(times))
    return often


def _flow_taken(joins: Mapping[Any, Any], came: Came, time: int, record: Any) -> Difference:
    join = joins.get(record.flow)
    if join is None:
        return {}
    came.setdefault(record.scope, {}).setdefault(record.flow, []).append(time)
    return {join: 1}


def _joined(joins: Mapping[Any, Any], came: Came, _time: int, record: Any) -> Difference:
    return _used(joins, came.get(record.scope, {}), record.flows)


def _arrival_spent(joins: Mapping[Any, Any], came: Came, _time: int, record: Any) -> Difference:
    return _used(joins, came.get(record.scope, {}), (record.flow,))


def _used(joins: Mapping[Any, Any], here: dict[Any, list[int]], flows: Iterable[Any]) -> Difference:
    """One token on each of these flows, the oldest, is gone."""
    gone = Counter[Any]()
    for flow in flows:
        if flow in here:
            gone[joins[flow]] -= 1
            here[flow].pop(0)
            if not here[flow]:
                del here[flow]
    return dict(gone)


def _scope_closed(joins: Mapping[Any, Any], came: Came, _time: int, record: Any) -> Difference:
    gone = Counter[Any]()
    for flow, times in came.pop(record.scope, {}).items():
        gone[joins[flow]] -= len(times)
    return dict(gone)


CHANGES: Final[Mapping[str, Callable[[Mapping[Any, Any], Came, int, Any], Difference]]] = {
    "FlowTaken": _flow_taken,
    "Joined": _joined,
    "GatewayReset": _joined,
    "ArrivalSpent": _arrival_spent,
    "ScopeClosed": _scope_closed,
    "ScopeInterrupted": _scope_closed,
}
"""What a record changes, by its type. Other types change nothing."""
