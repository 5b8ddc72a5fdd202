"""From drafts to problems, container by container."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from bpmn_xml.check.soundness import fragments, reduction
from bpmn_xml.check.soundness.kernel import build
from bpmn_xml.check.soundness.skeleton import DEAD, UnknownKindError, skeleton
from bpmn_xml.check.soundness.space import MOST_MOVES
from bpmn_xml.check.soundness.verdict import Flaw, Trouble, judge
from bpmn_xml.check.soundness.witness import Pilot
from bpmn_xml.compiler.drafts import ContainerDraft, Drafts


def problems(drafts: Drafts, most: int = MOST_MOVES) -> Iterator[Flaw]:
    """All that is not sound in some drafts, container by container.

    Args:
        drafts: what a compiler has made of a process and its sub-processes.
        most: how many moves of a container are tried before it is called unknown.
    """
    for container in drafts.containers:
        told: dict[tuple[Trouble, str], Flaw] = {}
        for found in _inside(drafts, container, most):
            for flaw in _located(drafts, msgspec.structs.replace(found, container=container.id)):
                told.setdefault((flaw.trouble, flaw.where), flaw)
        yield from told.values()


def _located(drafts: Drafts, flaw: Flaw) -> list[Flaw]:
    """A flaw of a kernel; a deadlock at the joins of the diagram that really wait."""
    located = Pilot(drafts, flaw).landed() if flaw.trouble is Trouble.DEADLOCK else []
    return located or [flaw]


def _inside(drafts: Drafts, container: ContainerDraft, most: int) -> Iterator[Flaw]:
    try:
        graph = skeleton(drafts, container)
    except UnknownKindError as error:
        yield Flaw(Trouble.UNKNOWN, error.args[0])
        return
    yield from (Flaw(Trouble.DEAD, flow) for flow in graph.graph[DEAD])
    reduction.reduce(graph)
    while not reduction.is_sound(graph) and fragments.replace(graph, most):
        reduction.reduce(graph)
    if not reduction.is_sound(graph):
        yield from judge(container.id, build(graph), most)
