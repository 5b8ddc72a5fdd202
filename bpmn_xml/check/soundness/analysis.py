"""From drafts to problems, container by container."""

from __future__ import annotations

from collections.abc import Iterator

from bpmn_xml.check.soundness import reduction
from bpmn_xml.check.soundness.kernel import build
from bpmn_xml.check.soundness.skeleton import UnknownKindError, skeleton
from bpmn_xml.check.soundness.space import MOST_MOVES
from bpmn_xml.check.soundness.verdict import Flaw, Trouble, judge
from bpmn_xml.compiler.drafts import ContainerDraft, Drafts


def problems(drafts: Drafts, most: int = MOST_MOVES) -> Iterator[Flaw]:
    """All that is not sound in some drafts, container by container.

    Args:
        drafts: what a compiler has made of a process and its sub-processes.
        most: how many moves of a container are tried before it is called unknown.
    """
    for container in drafts.containers:
        yield from _inside(drafts, container, most)


def _inside(drafts: Drafts, container: ContainerDraft, most: int) -> Iterator[Flaw]:
    try:
        graph = skeleton(drafts, container)
    except UnknownKindError as error:
        yield Flaw(Trouble.UNKNOWN, error.args[0])
        return
    reduction.reduce(graph)
    if not reduction.is_sound(graph):
        yield from judge(container.id, build(graph), most)
