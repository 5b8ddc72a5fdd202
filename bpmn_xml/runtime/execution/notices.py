"""What calls that are looked after must hear of a batch: cancelled, item gone, item waits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from bpmn_xml.core import records as r
from bpmn_xml.core.state import State
from bpmn_xml.runtime.execution.standing import rests

if TYPE_CHECKING:
    from bpmn_xml.runtime.execution.desk import Desk
    from bpmn_xml.runtime.execution.instance import Details, Instance


def attend(desk: Desk, instance: Instance, details: Details, batch: r.Batch) -> None:
    """Tell the calls of an instance which of a batch's records concern them."""
    for record in r.expanded(batch.records):
        notice = NOTICES.get(type(record))
        if notice is not None:
            notice(desk, instance, details, record)
    if details.suspects:
        _look_at_items(desk, instance, details, batch)


def producer_of(path: str) -> str:
    """The part of an item's path that names the producing activation; empty for other scopes.

    >>> producer_of("4.1:7"), producer_of("4.1:7/5.1"), producer_of("")
    ('4.1', '', '')
    """
    producer, colon, index = path.rpartition(":")
    return producer if colon and "/" not in index else ""


def _cancelled(_desk: Desk, _instance: Instance, details: Details, record: r.Cancelled) -> None:
    call = details.calls.get((record.scope, record.node, record.n))
    if call is not None:
        call.cancel()


def _closed(desk: Desk, _instance: Instance, details: Details, record: r.ScopeClosed) -> None:
    details.suspects.discard(record.scope)
    producer = details.producers.get(producer_of(record.scope))
    if producer is not None and producer.room.item_gone(record.scope):
        desk.ready.append(producer)


def _activated(desk: Desk, instance: Instance, details: Details, record: r.Activated) -> None:
    if desk.executor.tasks[record.node] is None:
        _suspect(desk, instance, details, record)


def _suspect(
    _desk: Desk, instance: Instance, details: Details, record: r.Activated | r.IncidentRaised
) -> None:
    details.suspects.update(_items_around(instance.state, record.scope))


NOTICES: Final[Mapping[type, Callable[[Desk, Instance, Details, Any], None]]] = {
    r.Activated: _activated,
    r.Cancelled: _cancelled,
    r.IncidentRaised: _suspect,
    r.ScopeClosed: _closed,
}


def _items_around(state: State, path: str) -> Iterator[str]:
    """The items that a scope is or lies in."""
    scope = state.scopes.get(path)
    while scope is not None:
        if scope.index >= 0:
            yield scope.path
        scope = None if scope.parent is None else state.scopes.get(scope.parent)


def _look_at_items(desk: Desk, instance: Instance, details: Details, batch: r.Batch) -> None:
    """See which of the items that were touched wait for a person now."""
    state = instance.state
    touched = dict.fromkeys(getattr(record, "scope", "") for record in batch.records)
    items = dict.fromkeys(item for path in touched for item in _items_around(state, path))
    for item in items:
        producer = details.producers.get(producer_of(item))
        if item in details.suspects and producer is not None:
            resting = rests(state, item, desk.executor.works)
            if producer.room.item_rests(item, rests=resting):
                desk.ready.append(producer)
