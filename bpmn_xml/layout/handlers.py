"""In which order boundary events stand on their activity: those whose way comes back to the right.

The rightmost one's way is drawn uppermost, so what comes back to the main path need not cross
the ways that end apart from it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bpmn_xml.layout.edges import Edge
    from bpmn_xml.layout.outline import DrawnScope

_FAR: Final = 500
"""So many nodes are looked at to see where a way leads."""


def order_handlers(scopes: Iterable[DrawnScope], edges: Iterable[Edge]) -> None:
    """Put boundary events that share an activity in the order in which they are drawn."""
    several = [scope for scope in scopes if any(len(one) > 1 for one in scope.boundary.values())]
    if not several:
        return
    onward: dict[str, list[str]] = {}
    for edge in edges:
        if edge.kind == "sequence":
            onward.setdefault(edge.source, []).append(edge.target)
    for scope in several:
        for host, events in scope.boundary.items():
            if len(events) > 1:
                usual = reached([host], onward)
                events.sort(key=lambda event: not usual.isdisjoint(reached([event.id], onward)))


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
