"""Joins: which slots a failure arrives at, cycles through a join, joins of different generators.

Sets of tasks are integers here, one bit for each task: with ten thousand tasks the sets of all
that lead to each task still are made in a moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

import msgspec

from bpmn_xml.formats.conf import codes
from bpmn_xml.formats.conf.faults import Faults
from bpmn_xml.formats.conf.tasks import LegacyTask, LegacyType
from bpmn_xml.formats.conf.wiring import (
    SUCCESS,
    Route,
    Slots,
    Tasks,
    by_target,
    is_join,
)
from bpmn_xml.wording import shorten

if TYPE_CHECKING:
    import networkx as nx


class Reachable(msgspec.Struct, frozen=True):
    """The bit of each task, all tasks below it and all above it, itself included."""

    bit: Mapping[str, int]
    below: Mapping[str, int]
    above: Mapping[str, int]


def graph_of(tasks: Tasks, routes: Iterable[Route]) -> nx.DiGraph[Any]:
    """Return the routes as a graph of keys."""
    import networkx as nx

    graph: nx.DiGraph[Any] = nx.DiGraph()
    graph.add_nodes_from(tasks)
    graph.add_edges_from((route.source, route.target) for route in routes)
    return graph


def reach_of(graph: nx.DiGraph[Any]) -> Reachable:
    """Return what can be reached from where; tasks of one cycle reach the same."""
    import networkx as nx

    bit = {key: 1 << number for number, key in enumerate(graph)}
    cycles = nx.condensation(graph)
    own = {number: sum(bit[key] for key in members) for number, members in cycles.nodes("members")}
    order = list(nx.topological_sort(cycles))
    below, above = dict(own), dict(own)
    for number in reversed(order):
        for following in cycles.successors(number):
            below[number] |= below[following]
    for number in order:
        for preceding in cycles.predecessors(number):
            above[number] |= above[preceding]
    place = cycles.graph["mapping"]
    return Reachable(
        bit=bit,
        below={key: below[place[key]] for key in graph},
        above={key: above[place[key]] for key in graph},
    )


def slots_of(
    tasks: Tasks, routes: Sequence[Route], faults: Faults, *, whole: bool
) -> dict[str, Slots]:
    """Return what each task waits for; joins that could wait for ever are faults.

    Of tasks and routes that are not the `whole` model only cycles can be told.
    """
    arriving = by_target(tasks, routes)
    joins = [key for key, found in arriving.items() if is_join(tasks[key], found)]
    slots: dict[str, Slots] = {key: (tuple(found),) for key, found in arriving.items()}
    if joins:
        graph = graph_of(tasks, routes)
        reach = reach_of(graph)
        for key in joins:
            cyclic = refuse_cycle(tasks[key], arriving[key], graph, reach, faults=faults)
            if whole and not cyclic:
                refuse_mixture(tasks[key], arriving[key], tasks, reach, faults=faults)
                slots[key] = join_slots(tasks[key], arriving[key], tasks, reach, faults=faults)
    return slots


def join_slots(
    join: LegacyTask, arriving: Sequence[Route], tasks: Tasks, reach: Reachable, *, faults: Faults
) -> Slots:
    """Return the slots of a join: each predecessor's success, and the failures in place of it."""
    slots = {route.source: [route] for route in arriving if route.outcome == SUCCESS}
    for route in arriving:
        if route.outcome == SUCCESS:
            continue
        lost = prevented(tasks[route.source], join.key, reach)
        replaced = [slot for source, slot in slots.items() if reach.bit[source] & lost]
        for slot in replaced:
            slot.append(route)
        if not replaced:
            refuse_stray(route, tasks, faults)
    return tuple(map(tuple, slots.values()))


def prevented(task: LegacyTask, join: str, reach: Reachable) -> int:
    """Return the tasks that are not reached when a task fails and its failure goes to the join."""
    lost, kept = reach.bit[task.key], 0
    for target in task.on_success:
        lost |= reach.below.get(target, 0)
    for target in task.on_failure:
        kept |= reach.below.get(target, 0) if target != join else 0
    return lost & ~kept


def refuse_cycle(
    join: LegacyTask,
    arriving: Iterable[Route],
    graph: nx.DiGraph[Any],
    reach: Reachable,
    *,
    faults: Faults,
) -> bool:
    """Refuse a join that leads back to itself: it would wait for what only it can send."""
    import networkx as nx

    source = next((r.source for r in arriving if reach.below[join.key] & reach.bit[r.source]), None)
    if source is None:
        return False
    path = [*nx.shortest_path(graph, join.key, source), join.key]
    message = f"a cycle leads through the join of '{shorten(join.key)}': {listed(path, ' -> ')}"
    line = join.lines["input_ports"]
    remedy = "write input_ports=any, or break the cycle"
    faults.report(codes.JOIN_IN_CYCLE, line, message, remedy, key=join.key)
    return True


def refuse_mixture(
    join: LegacyTask, arriving: Iterable[Route], tasks: Tasks, reach: Reachable, *, faults: Faults
) -> None:
    """Refuse a join whose predecessors get results of different generators: none have a pair."""
    generators = [key for key, task in tasks.items() if task.type is LegacyType.GENERATOR]
    every = sum(reach.bit[key] for key in generators)
    sources = [route.source for route in arriving if route.outcome == SUCCESS]
    above = [reach.above[source] & every for source in sources]
    if len({mask for mask in above if mask}) > 1:
        fed = [
            f"'{shorten(source)}' by {listed(key for key in generators if reach.bit[key] & mask)}"
            for source, mask in zip(sources, above, strict=True)
            if mask
        ]
        message = (
            f"the join of '{shorten(join.key)}' waits for results of different generators: "
            f"{listed(fed, '; ')}"
        )
        remedy = "write input_ports=any, or let the same generators feed all its predecessors"
        faults.report(codes.MIXED_JOIN, join.lines["input_ports"], message, remedy, key=join.key)


def refuse_stray(route: Route, tasks: Tasks, faults: Faults) -> None:
    """Refuse a failure that leads to a join where it stands for none of the predecessors."""
    task = tasks[route.source]
    message = (
        f"the failure of '{shorten(task.key)}' leads to the join of '{shorten(route.target)}', "
        f"but '{shorten(task.key)}' leads to none of what that waits for"
    )
    remedy = f"write input_ports=any in '{shorten(route.target)}', or lead the failure elsewhere"
    faults.report(codes.STRAY_FAILURE, task.lines["OnFailure"], message, remedy, key=task.key)


def listed(keys: Iterable[str], between: str = ", ") -> str:
    """Return the first few keys, for messages."""
    few = list(islice(keys, 9))
    return between.join(map(shorten, few[:8])) + (f"{between}..." if len(few) > 8 else "")
