"""Events of multi-instance activities: its own boundary events may catch them (10.3.8, 13.3.7)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bpmn_xml.compiler.program import WAITING, Condition, EventSpec, Node
from bpmn_xml.core import faults, waits
from bpmn_xml.core import records as r
from bpmn_xml.core.view import Records, View


def announced(
    node: Node, view: View, n: int, done: int, holds: Callable[[Condition], bool]
) -> tuple[Records, bool]:
    """What follows from the events of an instance that is done, and whether the whole is cut off.

    Raises:
        ExpressionError: a condition or a name has no value.
    """
    records = list[r.Record]()
    assert node.loop is not None
    for announcement in node.loop.announces:
        due = done == 1 or not announcement.first
        if not due or not (announcement.condition is None or holds(announcement.condition)):
            continue
        for catcher, event in _catchers(node, view, announcement.event):
            records += _caught(view, catcher, n, event)
            if catcher.interrupting:
                return tuple(records), True
    return tuple(records), False


def _catchers(node: Node, view: View, thrown: EventSpec) -> Iterator[tuple[Node, int]]:
    """The first definition of each boundary event that waits for this."""
    for index in node.boundary:
        boundary = view.program.nodes[index]
        for event, caught in enumerate(boundary.events):
            if _is_same(view, caught, thrown):
                yield boundary, event
                break


def _is_same(view: View, caught: EventSpec, thrown: EventSpec) -> bool:
    if caught.trigger is not thrown.trigger:
        return False
    if caught.trigger in WAITING:
        return _name(view, caught) == _name(view, thrown)
    return caught.code in ("", thrown.code)


def _name(view: View, event: EventSpec) -> str:
    return str(event.name.evaluate(view.names())) if event.name else ""


def _caught(view: View, boundary: Node, n: int, event: int) -> Records:
    if boundary.events[event].trigger in WAITING:
        return waits.fire(boundary, view, n, event)
    cut: Records = ()
    if boundary.interrupting:
        cut = faults.cancel_activity(view, view.scope, boundary.host, n)
    return (*cut, r.TokenPlaced(view.scope.path, boundary.index, view.payload))
