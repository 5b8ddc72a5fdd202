"""Several files become one program: ids that are taken get their process's id before them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from itertools import count
from typing import Final

import msgspec

from bpmn_xml.compiler import codes
from bpmn_xml.compiler.drafts import Drafts, renamed
from bpmn_xml.compiler.file import DiagramFile
from bpmn_xml.compiler.program import Origin

RENAME: Final = "rename one of them, or give only one of the files"


class Whole(msgspec.Struct):
    """What is compiled of all files so far; `taken` says which file took which id."""

    drafts: Drafts = msgspec.field(default_factory=Drafts)
    taken: dict[str, str] = msgspec.field(default_factory=dict)


def merge(whole: Whole, file: DiagramFile) -> None:
    """Add what a file has become; a process whose id is taken is reported."""
    own = file.drafts
    processes = [container for container in own.containers if not container.node]
    for container in processes:
        if container.id in whole.taken:
            what = taken_by(whole.taken[container.id])
            file.report(codes.SAME_ID, file.claimed[container.id], what, RENAME)
    if not whole.taken.keys().isdisjoint(ids_of(own)):
        kept = {container.id for container in processes}
        first = processes[0].id
        new = renaming(ids_of(own), whole.taken.keys() - kept, first)
        origins = {new(name): Origin(first, name) for name in ids_of(own) if new(name) != name}
        whole.drafts.renamed |= origins
        own = renamed(own, new)
    whole.taken |= dict.fromkeys(ids_of(own), file.definitions.place.file)
    whole.drafts.containers += own.containers
    whole.drafts.nodes += own.nodes
    whole.drafts.flows += own.flows
    whole.drafts.correlations |= own.correlations


def taken_by(file: str) -> str:
    """What is said of a process whose id another file has taken."""
    return f"{file or 'another file'} has an element with the same id"


def ids_of(drafts: Drafts) -> list[str]:
    """The ids of all drafts."""
    return [draft.id for part in (drafts.containers, drafts.nodes, drafts.flows) for draft in part]


def renaming(ids: Collection[str], taken: Collection[str], prefix: str) -> Callable[[str], str]:
    """Make the function from old names to new ones.

    >>> new = renaming(["a", "b", "b"], {"b", "P:b"}, "P")
    >>> new("a"), new("b")
    ('a', 'P:2:b')
    """
    names: dict[str, str] = {}
    used = {*taken, *ids}
    for name in ids:
        if name in taken and name not in names:
            tries = (f"{prefix}:{f'{n}:' * (n > 1)}{name}" for n in count(1))
            names[name] = next(new for new in tries if new not in used)
            used.add(names[name])
    return lambda name: names.get(name, name)
