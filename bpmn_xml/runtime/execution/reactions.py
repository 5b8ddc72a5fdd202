"""What a batch asks of the outside: calls to make, the clock to set, messages to carry."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from bpmn_xml.compiler.program import Trigger
from bpmn_xml.core import records as r
from bpmn_xml.core.commands import RetryJob, TriggerWait
from bpmn_xml.core.state import State
from bpmn_xml.core.view import BUSINESS_KEY, visible
from bpmn_xml.runtime.clock import SECOND
from bpmn_xml.runtime.execution.chains import AT_ONCE, TIMER
from bpmn_xml.runtime.execution.reminders import Reminded
from bpmn_xml.runtime.execution.standing import overtaken

if TYPE_CHECKING:
    from bpmn_xml.runtime.execution.desk import Desk
    from bpmn_xml.runtime.execution.instance import Instance

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
    node = desk.executor.program.nodes[record.node].id
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
        desk.executor.router.await_message(instance, (record.name, record.key), key, place)


def _business_key(state: State, scope: str) -> str:
    """The business key of an instance, by which what waits without a key is reached too."""
    key = visible(state, state.scopes[scope]).get(BUSINESS_KEY)
    return "" if key is None else str(key)


def _thrown(desk: Desk, instance: Instance, record: r.MessageThrown | r.SignalThrown) -> bool:
    desk.executor.router.throw(desk, instance, record)
    return False


def _error(desk: Desk, instance: Instance, record: r.ErrorThrown) -> bool:
    if record.uncaught:
        node, told = desk.executor.program.nodes[record.node].id, f"{record.code} {record.message}"
        what = "error at %s of %s, which nothing catches: %s"
        LOG.warning(what, node, instance.state.instance, told.rstrip())
    return False


def _stands_still(desk: Desk, instance: Instance, record: r.IncidentRaised) -> bool:
    node = desk.executor.program.nodes[record.node].id
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
    r.MessageThrown: _thrown,
    r.SignalThrown: _thrown,
}
"""What a record asks of the outside; whether a call is to be made."""
