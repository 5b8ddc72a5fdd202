"""Several files become one program: ids that are taken get their process's id before them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from itertools import count

import msgspec

from bpmn_xml.compiler import codes
from bpmn_xml.compiler.drafts import Drafts
from bpmn_xml.compiler.file import DiagramFile
from bpmn_xml.compiler.program import EventSpec


class Whole(msgspec.Struct):
    """What is compiled of all files so far; `taken` says which file took which id."""

    drafts: Drafts = msgspec.field(default_factory=Drafts)
    taken: dict[str, str] = msgspec.field(default_factory=dict)


def merge(whole: Whole, file: DiagramFile) -> None:
    """Add what a file has become; a process whose id is taken is reported."""
    own = file.drafts
    for container in own.containers:
        if container.id in whole.taken and not container.node:
            other = whole.taken[container.id] or "another file"
            what = f"{other} has an element with the same id"
            remedy = "rename one of them, or give only one of the files"
            file.report(codes.SAME_ID, file.claimed[container.id], what, remedy)
    if not whole.taken.keys().isdisjoint(ids_of(own)):
        rename(own, renaming(ids_of(own), whole.taken, own.containers[0].id))
    whole.taken |= dict.fromkeys(ids_of(own), file.definitions.place.file)
    whole.drafts.containers += own.containers
    whole.drafts.nodes += own.nodes
    whole.drafts.flows += own.flows
    whole.drafts.correlations |= own.correlations


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


def rename(drafts: Drafts, new: Callable[[str], str]) -> None:
    """Give new names to all drafts, wherever they are named; processes keep theirs."""
    own = {container.id for container in drafts.containers if not container.node}
    for container in drafts.containers:
        container.node = new(container.node)
        container.id = container.id if container.id in own else new(container.id)
        container.starts = [new(start) for start in container.starts]
        container.triggered = [new(start) for start in container.triggered]
        container.closing = new(container.closing)
    for node in drafts.nodes:
        node.container = node.container if node.container in own else new(node.container)
        node.id, node.default, node.host = new(node.id), new(node.default), new(node.host)
        node.incoming = [new(flow) for flow in node.incoming]
        node.activities = [new(activity) for activity in node.activities]
        node.events = tuple([_renamed(event, new) for event in node.events])
        if node.frame is not None:
            node.frame.before = [new(name) for name in node.frame.before]
            node.frame.after = [new(name) for name in node.frame.after]
    for flow in drafts.flows:
        flow.container = flow.container if flow.container in own else new(flow.container)
        flow.id, flow.source, flow.target = new(flow.id), new(flow.source), new(flow.target)


def _renamed(event: EventSpec, new: Callable[[str], str]) -> EventSpec:
    """The event with the new name of who receives its message."""
    if not event.receiver:
        return event
    return msgspec.structs.replace(event, receiver=new(event.receiver))
