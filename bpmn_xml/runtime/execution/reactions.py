"""What a batch asks of the outside: calls to make, the clock to set, messages to carry.

Calls that are under way are told what of it concerns them: that they are no longer wanted, and
that one of their items is gone or waits for a person.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from bpmn_xml.compiler.program import Trigger
from bpmn_xml.compiler.program.correlation import key_text
from bpmn_xml.compiler.program.scoping import BUSINESS_KEY
from bpmn_xml.core import records as r
from bpmn_xml.core.commands import RetryJob, TriggerWait
from bpmn_xml.core.state import State
from bpmn_xml.core.view import visible
from bpmn_xml.runtime.clock import SECOND
from bpmn_xml.runtime.execution.chains import AT_ONCE, TIMER
from bpmn_xml.runtime.execution.instance import Details, Instance
from bpmn_xml.runtime.execution.reminders import Reminded
from bpmn_xml.runtime.execution.standing import overtaken, rests
from bpmn_xml.runtime.uncaught_errors import nearly_caught

if TYPE_CHECKING:
    from bpmn_xml.runtime.execution.desk import Desk

INCIDENTS: Final = "bpmn_xml.incidents"
"""The logger that is told of each incident, as somebody has to mend it, of errors that nothing
catches, and, as information, of failed attempts."""

LOG: Final = logging.getLogger(INCIDENTS)
LOG.addHandler(logging.NullHandler())  # whoever sets up no logging finds them at the run

Opening = r.Activated | r.JobRetried | r.IncidentResolved
"""From now on the work of an activation is wanted."""


def _opened(desk: Desk, instance: Instance, record: Opening) -> bool:
    return desk.open(instance, record.scope, record.node, record.n)


def _advanced(desk: Desk, instance: Instance, record: r.Advanced) -> bool:
    if record.ended:
        return _ended(desk, instance, record)
    opened = False
    for _, node, n in record.to:
        if n > 0 and desk.open(instance, record.scope, node, n):
            opened = True
    return opened


def _ended(desk: Desk, instance: Instance, _record: r.InstanceEnded | r.Advanced) -> bool:
    """Let only who holds its run still know an instance."""
    executor = desk.executor
    if instance.details is not None:
        instance.details.reminders.take_back(executor.timers)
    if instance.listed:
        executor.router.forget(instance)
    executor.instances.pop(instance.state.instance, None)
    return False


def _failed(desk: Desk, instance: Instance, record: r.JobFailed) -> bool:
    node = desk.executor.program.nodes[record.node].shown
    where = record.attempt, node, instance.state.instance
    wait = max(0, record.due - desk.executor.now()) / SECOND
    told = ": ".join(filter(None, (record.error, record.message)))
    LOG.info("attempt %s at %s of %s failed, the next in %.3g s: %s", *where, wait, told)
    _remind(desk, instance, record.due, RetryJob(record.scope, record.node, record.n))
    return False


def _waits(desk: Desk, instance: Instance, record: r.WaitOpened) -> bool:
    if record.due:
        if record.due < desk.executor.now() + AT_ONCE:
            held = desk.executor.router.count(instance, TIMER, record.node)
            if held is not None:
                instance.leave_mail(held)
        fire = TriggerWait(record.scope, record.node, record.n, record.event)
        _remind(desk, instance, record.due, fire)
    else:
        _note_who_waits(desk, instance, record)
    return False


def _remind(desk: Desk, instance: Instance, due: int, command: Reminded) -> None:
    """Have the clock bring a command to the instance, unless it is overtaken by then."""
    executor, state = desk.executor, instance.state
    passes = due >= executor.now() + AT_ONCE
    timer = executor.add_timer(
        due,
        lambda: executor.remind(instance, command, passes=passes),
        lambda: not overtaken(state, command),
    )
    instance.need_details().reminders.add(command, timer, state, executor.timers)


def _note_who_waits(desk: Desk, instance: Instance, record: r.WaitOpened) -> None:
    """Let the router know who waits for a message or a signal, unless that is cut off already."""
    if record.scope not in instance.state.scopes:
        return
    definition = desk.executor.program.nodes[record.node].events[record.event]
    place = record.scope, record.node, record.n, record.event
    if definition.trigger is Trigger.SIGNAL:
        desk.executor.router.await_signal(instance, record.name, place)
    elif definition.trigger is Trigger.MESSAGE:
        key = "" if record.key else _business_key(instance.state, record.scope)
        desk.executor.router.reception.await_message(
            instance, (record.name, record.key), key, place
        )


def _filled(desk: Desk, instance: Instance, record: r.KeyFilled) -> bool:
    desk.executor.router.reception.fill(instance, record)
    return False


def _business_key(state: State, scope: str) -> str:
    """The business key of an instance, by which what waits without a key is reached too."""
    return key_text(visible(state, state.scopes[scope]).get(BUSINESS_KEY))


def _thrown(desk: Desk, instance: Instance, record: r.MessageThrown | r.SignalThrown) -> bool:
    desk.executor.router.throw(desk, instance, record)
    return False


def _error(desk: Desk, instance: Instance, record: r.ErrorThrown) -> bool:
    if record.uncaught:
        program = desk.executor.program
        near = nearly_caught(program, record.code)
        told = f"{record.code} {record.message}".rstrip() + (near and f"; {near}")
        what = "error at %s of %s, which nothing catches: %s"
        LOG.warning(what, program.nodes[record.node].shown, instance.state.instance, told)
    return False


def _stands_still(desk: Desk, instance: Instance, record: r.IncidentRaised) -> bool:
    node = desk.executor.program.nodes[record.node].shown
    told = f"{record.message}\n{record.detail}".rstrip()
    LOG.warning("incident at %s of %s: %s", node, instance.state.instance, told)
    return False


REACTIONS: Final[Mapping[type, Callable[[Desk, Instance, Any], bool]]] = {
    r.Activated: _opened,
    r.Advanced: _advanced,
    r.InstanceEnded: _ended,
    r.JobFailed: _failed,
    r.JobRetried: _opened,
    r.ErrorThrown: _error,
    r.IncidentRaised: _stands_still,
    r.IncidentResolved: _opened,
    r.WaitOpened: _waits,
    r.KeyFilled: _filled,
    r.MessageThrown: _thrown,
    r.SignalThrown: _thrown,
}
"""What a record asks of the outside; whether a call is to be made."""


def attend(desk: Desk, instance: Instance, details: Details, records: Sequence[r.Record]) -> None:
    """Tell the calls of an instance which of a batch's records concern them."""
    for record in r.expanded(records):
        notice = NOTICES.get(type(record))
        if notice is not None:
            notice(desk, instance, details, record)
    if details.suspects:
        _look_at_items(desk, instance, details, records)


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


def _look_at_items(
    desk: Desk, instance: Instance, details: Details, records: Sequence[r.Record]
) -> None:
    """See which of the items that were touched wait for a person now."""
    state = instance.state
    touched = dict.fromkeys(getattr(record, "scope", "") for record in records)
    items = dict.fromkeys(item for path in touched for item in _items_around(state, path))
    for item in items:
        producer = details.producers.get(producer_of(item))
        if item in details.suspects and producer is not None:
            resting = rests(state, item, desk.executor.works)
            if producer.room.item_rests(item, rests=resting):
                desk.ready.append(producer)
