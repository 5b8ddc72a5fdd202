"""Who receives what is thrown: one receiver for a message, all who wait for a signal (10.5.5).

A message goes to the instance that has waited longest for its name and key, else it starts a
process that waits to be started by it, else it is kept for a while. A signal reaches every
instance and starts every process that waits for it. What an instance throws is carried by an
entry of the common queue, so nobody waits for an instance while writing another.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

import msgspec

from bpmn_xml.compiler.program import Trigger
from bpmn_xml.core import records as r
from bpmn_xml.core.commands import BroadcastSignal, StartInstance, TriggerWait
from bpmn_xml.core.state import State, split_key
from bpmn_xml.errors import ExpressionError

if TYPE_CHECKING:
    from bpmn_xml.runtime.desk import Desk
    from bpmn_xml.runtime.executor import Executor
    from bpmn_xml.runtime.instance import Instance

Values = Mapping[str, Any]

KEEP: Final = 3_600_000_000
"""How long a message that nobody waits for is kept: an hour, in microseconds."""

MOST_KEPT: Final = 10_000
"""How many such messages are kept; the oldest go first."""


class SentMessage(msgspec.Struct, frozen=True):
    """A message on its way. `until`: when nobody need receive it any more."""

    name: str
    key: str
    values: Values
    until: int


class Delivery:
    """An entry of the queue: carry out what an instance has thrown."""

    __slots__ = ("_action", "_router")

    def __init__(self, router: Router, action: Callable[[], object]) -> None:
        self._router, self._action = router, action

    def wanted(self) -> bool:
        """It is always to be carried out."""
        return True

    def act(self, _desk: Desk) -> None:
        """Carry it out."""
        try:
            self._action()
        finally:
            self._router.done()


class Router:
    """Brings messages and signals to those who wait for them.

    Attributes:
        idle: set while nothing is on its way.
    """

    def __init__(self, executor: Executor, *, keep: int = KEEP) -> None:
        self._executor, self._keep = executor, keep
        self._kept: deque[SentMessage] = deque(maxlen=MOST_KEPT)
        self._lock = threading.Lock()
        self._on_their_way = 0
        self.idle = threading.Event()
        self.idle.set()

    def publish(self, name: str, key: str, values: Values) -> bool:
        """Bring a message to its one receiver; whether there was one, or else it is kept."""
        for instance in self._executor.instances.copy():
            if self._executor.ask(instance, lambda desk, it: _receive(desk, it, name, key, values)):
                return True
        for container, node in self._starts(Trigger.MESSAGE, name):
            self._executor.start(StartInstance(container, values, node))
            return True
        until = self._executor.now() + self._keep
        self._kept.append(SentMessage(name, key, values, until))
        return False

    def broadcast(self, name: str, values: Values, thrower: Instance | None = None) -> None:
        """Bring a signal to all but the instance that threw it and has had it already."""
        command = BroadcastSignal(name, values)
        for instance in self._executor.instances.copy():
            if instance is not thrower:
                self._executor.deliver(instance, command)
        for container, node in self._starts(Trigger.SIGNAL, name):
            self._executor.start(StartInstance(container, values, node))

    def later(self, action: Callable[[], object]) -> None:
        """Have something carried out by whoever is free."""
        with self._lock:
            self._on_their_way += 1
            self.idle.clear()
        self._executor.offer(Delivery(self, action))

    def done(self) -> None:
        """Something was carried out."""
        with self._lock:
            self._on_their_way -= 1
            if not self._on_their_way:
                self.idle.set()

    def take_kept(self, name: str, key: str) -> SentMessage | None:
        """Take the oldest message that was kept for such a receiver."""
        now = self._executor.now()
        for message in self._kept.copy():
            if message.until > now and (message.name, message.key) != (name, key):
                continue
            try:
                self._kept.remove(message)
            except ValueError:
                continue
            if message.until > now:
                return message
        return None

    def _starts(self, trigger: Trigger, name: str) -> Iterator[tuple[int, int]]:
        """The start events that wait for a message or signal: container and node."""
        program = self._executor.program
        for index in program.processes.values():
            for start in program.containers[index].triggered:
                events = program.nodes[start].events
                if any(e.trigger is trigger and _named(e.name, name) for e in events):
                    yield index, start


def _named(computed: Any, name: str) -> bool:
    """Whether a start event waits for this name; one that needs variables waits for none."""
    try:
        return computed is not None and str(computed.evaluate({})) == name
    except ExpressionError:
        return False


def _receive(desk: Desk, instance: Instance, name: str, key: str, values: Values) -> bool:
    """Let the instance's oldest wait for a message happen; whether there is one."""
    for wait in _waits(desk, instance.state, name, key):
        batch = desk.apply(instance, TriggerWait(*wait, values))
        if any(type(record) is r.Triggered for record in batch.records):
            return True
    return False


def _waits(desk: Desk, state: State, name: str, key: str) -> list[tuple[str, int, int, int]]:
    nodes = desk.executor.program.nodes
    open_waits = [
        (scope.path, *split_key(state, at), event, wait)
        for scope in state.scopes.values()
        for at, by_event in (scope.waits or {}).items()
        for event, wait in by_event.items()
        if wait.name == name and wait.key == key
    ]
    return [
        (path, node, n, event)
        for path, node, n, event, _ in open_waits
        if nodes[node].events[event].trigger is Trigger.MESSAGE
    ]
