"""From drafts to problems, container by container."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Set
from typing import Final

import msgspec

from bpmn_xml.check.soundness import fragments, reduction
from bpmn_xml.check.soundness.kernel import build
from bpmn_xml.check.soundness.meeting import met
from bpmn_xml.check.soundness.memory import NOTHING, memory
from bpmn_xml.check.soundness.skeleton import DEAD, Surroundings, UnknownKindError, skeleton
from bpmn_xml.check.soundness.space import MOST_MOVES
from bpmn_xml.check.soundness.survey import Survey
from bpmn_xml.check.soundness.verdict import Flaw, Trouble, judge
from bpmn_xml.check.soundness.witness import Pilot
from bpmn_xml.compiler.drafts import ContainerDraft, Drafts
from bpmn_xml.compiler.program import Kind

CROWDS: Final = (Trouble.UNSAFE, Trouble.UNBOUNDED)


Known = set[tuple[str, tuple[str, ...], bool]]
"""Containers in which no condition is asked, with where they begin and whether they are run."""


def problems(
    drafts: Drafts, most: int = MOST_MOVES, *, runs: bool = False, known: Known | None = None
) -> Iterator[Flaw]:
    """All that is not sound in some drafts, container by container.

    Args:
        drafts: what a compiler has made of a process and its sub-processes.
        most: how many moves of a container are tried before it is called unknown.
        runs: the process is meant to be run: a task without a type does nothing, and a flow
            without condition beside others is taken as the engine takes it.
        known: what was looked at for another process of the file, and is not again; it grows.
    """
    known = set() if known is None else known
    parts, survey = parted(drafts), Survey(drafts, runs=runs)
    ends = {node.id for node in drafts.nodes if node.kind is Kind.END_EVENT}
    for container in drafts.containers:
        same = container.id, tuple(container.starts), runs
        if same in known:
            continue
        if not _asks(parts[container.id]):
            known.add(same)
        told: dict[tuple[Trouble, str], Flaw] = {}
        for found in _inside(survey, parts[container.id], container, most):
            for flaw in _located(drafts, msgspec.structs.replace(found, container=container.id)):
                told.setdefault((flaw.trouble, flaw.where), flaw)
        yield from _causes(ends, list(told.values()))


def _causes(ends: Set[str], flaws: list[Flaw]) -> Iterator[Flaw]:
    """The flaws of a container but for crowds at an end, where they are one somewhere before."""
    before = any(one.trouble in CROWDS and one.where not in ends for one in flaws)
    yield from (
        one for one in flaws if not (before and one.trouble in CROWDS and one.where in ends)
    )


def _located(drafts: Drafts, flaw: Flaw) -> list[Flaw]:
    """A flaw of a kernel: a deadlock at the joins that really wait, a crowd where it has met."""
    if flaw.trouble in CROWDS:
        return [met(drafts, flaw)]
    located = Pilot(drafts, flaw).landed() if flaw.trouble is Trouble.DEADLOCK else []
    return located or [flaw]


def parted(drafts: Drafts) -> dict[str, Drafts]:
    """By container what is in it, in the sub-processes in it and in what it calls."""
    homes = {node.id: node.container for node in drafts.nodes}
    callers = defaultdict[str, list[str]](list)
    for node in drafts.nodes:
        callers[node.called].append(node.container)
    seen_from = {
        one.id: {one.id, homes.get(one.node, ""), *(() if one.node else callers[one.id])}
        for one in drafts.containers
    }
    parts = {
        name: msgspec.structs.replace(drafts, containers=[], nodes=[], flows=[])
        for name in ("", *seen_from)
    }
    for container in drafts.containers:
        for name in seen_from[container.id]:
            parts[name].containers.append(container)
    for node in drafts.nodes:
        for name in seen_from[node.container]:
            parts[name].nodes.append(node)
    for flow in drafts.flows:
        for name in seen_from[flow.container]:
            parts[name].flows.append(flow)
    return parts


def _inside(survey: Survey, part: Drafts, container: ContainerDraft, most: int) -> list[Flaw]:
    """What is wrong in one container, with what is decided together as far as that is known."""
    remembered = memory(survey, container) if _asks(part) else NOTHING
    if remembered is not NOTHING:
        around = Surroundings(memory=remembered, runs=survey.runs)
        found = list(_searched(part, container, around, most))
        if all(flaw.trouble is not Trouble.UNKNOWN for flaw in found):
            return found
    return list(_searched(part, container, Surroundings(runs=survey.runs), most))


def _asks(part: Drafts) -> bool:
    """Whether a condition is asked, for what is remembered of it may differ by process."""
    return any(flow.condition is not None for flow in part.flows)


def _searched(
    part: Drafts, container: ContainerDraft, outside: Surroundings, most: int
) -> Iterator[Flaw]:
    try:
        graph = skeleton(part, container, outside)
    except UnknownKindError as error:
        yield Flaw(Trouble.UNKNOWN, error.args[0])
        return
    yield from (Flaw(Trouble.DEAD, flow) for flow in graph.graph[DEAD])
    reduction.reduce(graph)
    while not reduction.is_sound(graph) and fragments.replace(graph, most):
        reduction.reduce(graph)
    if not reduction.is_sound(graph):
        yield from judge(container.id, build(graph), most)
