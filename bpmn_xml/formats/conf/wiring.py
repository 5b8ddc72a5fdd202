"""How results travel: what each task waits for, and what of that can never come.

A task waits for one arrival in each of its slots. Only a join has several slots: a task with
`input_ports=all`, one for each of its success predecessors. A failure does not count as one of
them. It arrives in place of those that it prevents, so that the join never waits for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

import msgspec

from bpmn_xml.formats.conf.tasks import LegacyTask, LegacyType
from bpmn_xml.reach import reachable

SUCCESS: Final = "OnSuccess"
FAILURE: Final = "OnFailure"


class Route(msgspec.Struct, frozen=True):
    """From a task to another, on success or on failure."""

    source: str
    outcome: str
    target: str


Slots: TypeAlias = tuple[tuple[Route, ...], ...]
Tasks: TypeAlias = Mapping[str, LegacyTask]


def routes_between(tasks: Tasks) -> list[Route]:
    """Return all routes that lead to a task which can have an input, in the order of the file."""
    return [
        Route(task.key, outcome, target)
        for task in tasks.values()
        for outcome, targets in ((SUCCESS, task.on_success), (FAILURE, task.on_failure))
        for target in dict.fromkeys(targets)
        if target in tasks and target != task.key and tasks[target].type is not LegacyType.GENERATOR
    ]


def by_target(tasks: Tasks, routes: Iterable[Route]) -> dict[str, list[Route]]:
    """Return the routes into each task."""
    found: dict[str, list[Route]] = {key: [] for key in tasks}
    for route in routes:
        found[route.target].append(route)
    return found


def is_join(task: LegacyTask, routes: Iterable[Route]) -> bool:
    """Say whether a task waits for more than one predecessor."""
    return task.waits_for_all and sum(route.outcome == SUCCESS for route in routes) > 1


def reached(tasks: Tasks, routes: Iterable[Route]) -> set[str]:
    """Return the tasks that a generator leads to, and the generators."""
    following: dict[str, list[str]] = {key: [] for key in tasks}
    for route in routes:
        following[route.source].append(route.target)
    generators = [key for key, task in tasks.items() if task.type is LegacyType.GENERATOR]
    return reachable(generators, following.__getitem__)
