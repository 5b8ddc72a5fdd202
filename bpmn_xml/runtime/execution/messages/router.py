"""Who receives what is thrown: one receiver for a message, all who wait for a signal (10.5.5).

A message goes to an instance that waits for it, see `Reception`. Else it starts a process that
waits to be started by it, else it is kept for a while; one from outside is refused where several
instances wait for it. By the rules of Camunda 8 one in each process receives it. A signal reaches
every instance and starts every process that waits for it. What an instance throws is carried by an
entry of the common queue, so nobody waits for an instance while writing another.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final

from msgspec.structs import replace

from bpmn_xml.compiler.program import Program, Trigger
from bpmn_xml.compiler.program.correlation import key_text
from bpmn_xml.core import records as r
from bpmn_xml.core.commands import BroadcastSignal, HoldInstance
from bpmn_xml.core.values import Values
from bpmn_xml.errors import ExpressionError
from bpmn_xml.runtime.execution.chains import THROW, CauseChain, Led
from bpmn_xml.runtime.execution.instance import Instance
from bpmn_xml.runtime.execution.messages.cardinality import (
    Copies,
    may_receive,
    receivers,
)
from bpmn_xml.runtime.execution.messages.carrier import Carrier, Writer
from bpmn_xml.runtime.execution.messages.gathered import Gathered
from bpmn_xml.runtime.execution.messages.kept import SentMessage
from bpmn_xml.runtime.execution.messages.message_starts import MessageStarts
from bpmn_xml.runtime.execution.messages.reception import Reception
from bpmn_xml.runtime.execution.messages.starts import begin, begins, waiting_starts
from bpmn_xml.runtime.execution.messages.subscriptions import Named, Subscriptions
from bpmn_xml.runtime.execution.standing import Place

KEEP: Final = 3_600_000_000
"""How long a message that nobody waits for is kept: an hour, in microseconds."""


class Delivery:
    """An entry of the queue: carry out what an instance has thrown."""

    __slots__ = ("_action", "_router")

    def __init__(self, router: Router, action: Callable[[], object]) -> None:
        self._router, self._action = router, action

    def wanted(self) -> bool:
        """A delivery is always carried out."""
        return True

    def act(self, _desk: Writer) -> None:
        """Carry it out."""
        try:
            self._action()
        finally:
            self._router.done()


class Router:
    """Brings messages and signals to those who wait for them.

    Args:
        carrier: the executor, which carries instances on.
        keep: how long a message that nobody waits for is kept, microseconds.

    Attributes:
        carrier: the executor.
        gathered: what has happened of what start events with several triggers wait for.
        reception: who waits for messages, and those that nobody has received.
        listeners: who may wait for which signal; the keys are empty.
        held: the chain for which an instance is held; what that keeps goes on with it.
        idle: set while nothing is on its way.
        thrown: how much has been on its way so far.
    """

    def __init__(self, carrier: Carrier, keep: int) -> None:
        self.carrier, self._keep = carrier, keep
        self.reception, self.gathered = Reception(carrier), Gathered()
        self.listeners = Subscriptions[Instance]()
        self.held: dict[Instance, CauseChain] = {}
        self._processes = receivers(carrier.program)
        self._ids = {node.id for node in carrier.program.nodes}
        self._elsewhere: dict[str, frozenset[int]] = {}
        self._starts = MessageStarts(self, self.reception, single=bool(self._processes))
        self._lock = threading.Lock()
        self._on_their_way = self.thrown = 0
        self.idle = threading.Event()
        self.idle.set()

    def publish(
        self,
        name: str,
        key: str,
        values: Values,
        instance: Instance | None = None,
        *,
        to_first: bool = False,
    ) -> bool:
        """Bring a message from outside to its one receiver; whether there was one, or it is kept.

        Raises:
            AmbiguousMessage: several instances wait for it, and it is neither for a certain one
                nor for the first.
        """
        message = self._addressed(name, key, values, instance)
        if not (instance or to_first or self._processes):
            self.reception.require_one(message)
        return self._send_to_each(message)

    def _addressed(
        self, name: str, key: str, values: Values, instance: Instance | None = None
    ) -> SentMessage:
        """A message with its key, which is found in what it carries if nobody says it (8.4)."""
        program, until = self.carrier.program, self.carrier.now() + self._keep
        key = key or correlated(program, name, values)
        known = program.correlations.get(name)
        return SentMessage(name, key, values, until, instance=instance, correlation=known)

    def _send_to_each(self, message: SentMessage, led: Led | None = None) -> bool:
        """Bring a message to its receiver, by the rules of Camunda 8 to one in each process."""
        program = self.carrier.program
        meant = message.receiver or message.instance is not None or message.nodes is not None
        known = () if meant else self._processes
        found = [nodes for nodes in known if may_receive(program, nodes, message.name)]
        if len(found) < 2:
            return self._send(message, led)
        copies = Copies()
        sent = [replace(message, nodes=nodes, copies=copies) for nodes in found]
        return sum(self._send(one, led) for one in sent) > 0

    def _send(self, message: SentMessage, led: Led | None = None) -> bool:
        """Bring a message to its one receiver; whether there was one, or else it is kept.

        It is kept before anybody is asked, so that whoever begins to wait meanwhile finds it.
        It comes from outside, unless something has `led` to it.
        """
        if message.instance is not None:
            message.instance.listed = True
        reception, kept = self.reception, self.reception.kept
        kept.add(message, self.carrier.now())
        try:
            if message.instance is not None:
                return reception.give(message, message.instance)
            begun = reception.pass_on(message, led) or self._starts.begin(message, led)
            return begun or kept.is_taken(message)
        finally:
            kept.settle(message, self.carrier.now())

    def broadcast(
        self, name: str, values: Values, thrower: Instance | None = None, led: Led | None = None
    ) -> bool:
        """Bring a signal to all but the instance that threw it and has had it already.

        Whoever hears it waits for it no more, or begins to wait again. Returns whether there was
        anybody who waited, or had waited and is not forgotten yet.
        """
        command, listeners = BroadcastSignal(name, values), self.listeners.who((name, ""))
        for instance in listeners:
            instance.chain = (instance.chain or led.chain) if led else None
            if instance is not thrower:
                self.listeners.drop((name, ""), instance)
                self.carrier.deliver(instance, command)
        waiting = waiting_starts(self.carrier.program, Trigger.SIGNAL)
        starts = [start for start in waiting if begins(start, name)]
        for start in starts:
            begin(self, start, values, led)
        return bool(listeners or starts)

    def throw(
        self, desk: Writer, instance: Instance, record: r.MessageThrown | r.SignalThrown
    ) -> None:
        """Have what an instance throws delivered once its batch is complete."""
        chain = instance.caused(self.carrier.most_links)
        self.send_off(lambda: self._bring(chain, instance, record), desk.ready.append)

    def count(self, instance: Instance, links: int, node: int) -> HoldInstance | None:
        """Count what follows by itself at a node; the command to hold the instance, if too much."""
        chain = instance.caused(self.carrier.most_links)
        held = chain.hold(links, self.carrier.program.nodes[node])
        if held is not None:
            self.held[instance] = chain
        return held

    def _bring(
        self, chain: CauseChain, thrower: Instance, record: r.MessageThrown | r.SignalThrown
    ) -> None:
        """Bring what is thrown, unless too much has led to it.

        Then hold who threw it and keep it for later; if that one has ended, hold whom it begins.
        """
        led = Led(chain)
        if not chain.goes_on(THROW):
            reason = chain.reason(self.carrier.program.nodes[record.node].shown)
            if not chain.broken and not thrower.state.outcome:
                chain.broken = True
                self.held[thrower] = chain
                self.carrier.deliver(thrower, HoldInstance(record.node, reason))
            if chain.broken:
                chain.kept.append(lambda: self._bring(chain, thrower, record))
                return
            led = Led(chain, reason)
        values = dict(record.values or {})
        if isinstance(record, r.SignalThrown):
            self.broadcast(record.name, values, thrower, led)
        else:
            sent = self._addressed(record.name, record.key, values)
            if record.receiver in self._ids:
                sent = replace(sent, receiver=record.receiver)
            elif record.receiver:
                sent = replace(sent, nodes=self._outside(record.node))
            self._send_to_each(sent, led)

    def _outside(self, thrower: int) -> frozenset[int]:
        """The nodes of other files: one of them may show what a pool in the thrower's does not."""
        nodes = self.carrier.program.nodes
        file = nodes[thrower].place.file
        if file not in self._elsewhere:
            others = [node.index for node in nodes if node.place.file != file]
            self._elsewhere[file] = frozenset(others)
        return self._elsewhere[file]

    def send_off(
        self, action: Callable[[], object], offer: Callable[[Delivery], None] | None = None
    ) -> None:
        """Have an action carried out by any worker, from the common queue unless said."""
        with self._lock:
            self._on_their_way += 1
            self.thrown += 1
            self.idle.clear()
        (offer or self.carrier.offer)(Delivery(self, action))

    def done(self) -> None:
        """Count one delivery as done."""
        with self._lock:
            self._on_their_way -= 1
            if not self._on_their_way:
                self.idle.set()

    def untaken(self) -> list[Named]:
        """The names and keys of the messages that nobody has received."""
        return self.reception.kept.untaken()

    def await_signal(self, instance: Instance, name: str, place: Place) -> None:
        """Note that an instance begins to wait for a signal at a place; its writer says."""
        instance.listed = True
        self.listeners.add((name, ""), instance, place)

    def forget(self, instance: Instance) -> None:
        """Drop an instance that has ended or is lost: it waits for nothing."""
        self.reception.forget(instance)
        self.listeners.forget(instance)
        self._starts.ended(instance)


def correlated(program: Program, name: str, values: Values) -> str:
    """The key of a message by what it carries, where the drawing says how (8.4)."""
    known = program.correlations.get(name)
    try:
        return "" if known is None else key_text(known.key.evaluate(values))
    except ExpressionError:
        return ""
