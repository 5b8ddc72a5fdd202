"""In which order boundary events stand on their activity: those whose way comes back to the right.

The rightmost one's way is drawn uppermost, so what comes back to the main path need not cross
the ways that end apart from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from bpmn_xml.layout.edges import Edge
from bpmn_xml.model import BoundaryEvent

_FAR: Final = 500
"""So many nodes are looked at to see where a way leads."""


def order_handlers(
    attached: Iterable[Mapping[str, list[BoundaryEvent]]], edges: Iterable[Edge]
) -> None:
    """Put boundary events, which come by their host, in the order in which they are drawn."""
    shared = [(host, events) for hosts in attached for host, events in hosts.items() if events[1:]]
    if not shared:
        return
    onward: dict[str, list[str]] = {}
    for edge in edges:
        if edge.kind == "sequence":
            onward.setdefault(edge.source, []).append(edge.target)
    for host, events in shared:
        usual = reached([host], onward)
        back = {event.id: not usual.isdisjoint(reached([event.id], onward)) for event in events}
        events.sort(key=lambda event: back[event.id])


def reached(start: Sequence[str], onward: Mapping[str, Sequence[str]]) -> set[str]:
    """Find what can be reached over flows, near enough to matter.

    >>> sorted(reached(["a"], {"a": ["b"], "b": ["c", "a"], "x": ["y"]}))
    ['a', 'b', 'c']
    """
    found: set[str] = set()
    todo = list(start)
    while todo and len(found) < _FAR:
        node = todo.pop()
        for target in onward.get(node, ()):
            if target not in found:
                found.add(target)
                todo.append(target)
    return found
