"""Who receives what is thrown: one receiver for a message, all who wait for a signal (10.5.5).

A message goes to the instance that has waited longest for its name and key, and there to the wait
that began first; one that stays open waits behind the others then. Else it starts a process that
waits to be started by it, else it is kept for a while; one from outside is refused where several
instances wait for it. By the rules of Camunda 8 one in each process receives it. What waits without
a key is reached by the business key of its instance as well, unless a drawn key is the same; a
message to one instance needs no key to reach what waits with one. A signal reaches every instance
and starts every process that waits for it. What an instance throws is carried by an entry of the
common queue, so nobody waits for an instance while writing another.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Final

from msgspec.structs import replace

from bpmn_xml.compiler.program import Program, Trigger
from bpmn_xml.core import records as r
from bpmn_xml.core.commands import BroadcastSignal, HoldInstance, TriggerWait
from bpmn_xml.core.values import Values, key_text
from bpmn_xml.errors import AmbiguousMessage, ExpressionError
from bpmn_xml.runtime.execution.chains import THROW, CauseChain, Led
from bpmn_xml.runtime.execution.instance import Errand, Instance
from bpmn_xml.runtime.execution.messages.cardinality import (
    Copies,
    may_receive,
    receivers,
)
from bpmn_xml.runtime.execution.messages.carrier import Carrier, Writer
from bpmn_xml.runtime.execution.messages.gathered import Gathered
from bpmn_xml.runtime.execution.messages.kept import Kept, SentMessage
from bpmn_xml.runtime.execution.messages.message_starts import MessageStarts
from bpmn_xml.runtime.execution.messages.starts import begin, begins, waiting_starts
from bpmn_xml.runtime.execution.messages.subscriptions import Named, Subscriptions, stands
from bpmn_xml.runtime.execution.standing import Place
from bpmn_xml.trace.thread_name import THREAD

KEEP: Final = 3_600_000_000
"""How long a message that nobody waits for is kept: an hour, in microseconds."""

MOST_NAMED: Final = 5
"""So many of the instances that wait for one message are named, not more."""


Way = tuple[Subscriptions[Instance], Named]
"""How a message may reach an instance: where it is found, and by which name and key."""


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
        by_key: who may wait for which message, by the keys that are drawn.
        by_business_key: who may wait without a key; asked when no drawn key fits.
        listeners: who may wait for which signal; the keys are empty.
        held: the chain for which an instance is held; what that keeps goes on with it.
        idle: set while nothing is on its way.
        thrown: how much has been on its way so far.
    """

    def __init__(self, carrier: Carrier, keep: int) -> None:
        self.carrier, self._keep = carrier, keep
        self._kept, self.gathered = Kept(), Gathered()
        self.by_key, self.by_business_key = Subscriptions[Instance](), Subscriptions[Instance]()
        self.listeners = Subscriptions[Instance]()
        self.held: dict[Instance, CauseChain] = {}
        self._processes = receivers(carrier.program)
        self._starts = MessageStarts(self, self._kept, single=bool(self._processes))
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
        key = key or correlated(self.carrier.program, name, values)
        if instance is None and not to_first:
            self._require_one((name, key))
        until = self.carrier.now() + self._keep
        return self._send_to_each(SentMessage(name, key, values, until, instance=instance))

    def _require_one(self, named: Named) -> None:
        """Refuse a message that is awaited by several instances, where it has one receiver."""
        if self._processes:
            return
        if len(self.by_key.who(named)) + len(self.by_business_key.who(named)) < 2:
            return
        waiting = self._awaiting(self.by_key, named) or self._awaiting(self.by_business_key, named)
        if len(waiting) > 1:
            raise AmbiguousMessage(named[0], waiting)

    def _awaiting(self, subscriptions: Subscriptions[Instance], named: Named) -> list[str]:
        """The names of the first instances that wait for a message now."""
        waiting = list[str]()

        def awaits(_desk: Writer, instance: Instance) -> bool:
            places = subscriptions.where(named, instance)
            return any(stands(instance, place, named) for place in places)

        for instance in subscriptions.who(named):
            if self.carrier.ask(instance, awaits):
                waiting.append(instance.state.instance)
            if len(waiting) == MOST_NAMED:
                break
        return waiting

    def _send_to_each(self, message: SentMessage, led: Led | None = None) -> bool:
        """Bring a message to its receiver, by the rules of Camunda 8 to one in each process."""
        program = self.carrier.program
        known = self._processes if message.instance is None and not message.receiver else ()
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
        self._kept.add(message, self.carrier.now())
        try:
            if message.instance is not None:
                return self._give(message, message.instance)
            begun = self._pass_on(message, led) or self._starts.begin(message, led)
            return begun or self._kept.is_taken(message)
        finally:
            self._kept.settle(message, self.carrier.now())

    def _give(self, message: SentMessage, instance: Instance) -> bool:
        """Bring a message to the instance that it is for; whether it takes it."""

        def receive(desk: Writer, it: Instance) -> bool:
            return self._receive(message, self._ways(message, it), desk, it)

        if not self.by_key.names(message.name, instance):
            return False
        instance.chain = None
        return self.carrier.ask(instance, receive) or self._kept.is_taken(message)

    def _pass_on(self, message: SentMessage, led: Led | None) -> bool:
        """Bring a message to one of the instances that wait for it; whether one takes it."""
        named = message.name, message.key
        for way in ((self.by_key, named), (self.by_business_key, named)):
            receive = partial(self._receive, message, [way])
            for instance in way[0].who(named):
                instance.chain = (instance.chain or led.chain) if led else None
                if self.carrier.ask(instance, receive) or self._kept.is_taken(message):
                    return True
        return False

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
            key = record.key or correlated(self.carrier.program, record.name, values)
            until = self.carrier.now() + self._keep
            self._send_to_each(SentMessage(record.name, key, values, until, record.receiver), led)

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
        return self._kept.untaken()

    def await_message(
        self, instance: Instance, named: Named, business_key: str, place: Place
    ) -> None:
        """Note that an instance begins to wait at a place; its writer says.

        A message that was kept is received once the batch is complete, by whatever waits then: by
        its key, without one by the business key too, with one by what is for the instance itself.
        """
        name, key = named
        instance.listed = True
        self.by_key.add(named, instance, place)
        ways = [named]
        if key:
            ways.append((name, ""))
        elif business_key:
            self.by_business_key.add((name, business_key), instance, place)
            ways.append((name, business_key))
        for way in ways:
            if self._kept.has(way):
                instance.leave_mail(Errand(partial(self._receive_kept, way)), THREAD.name)

    def await_signal(self, instance: Instance, name: str, place: Place) -> None:
        """Note that an instance begins to wait for a signal at a place; its writer says."""
        instance.listed = True
        self.listeners.add((name, ""), instance, place)

    def forget(self, instance: Instance) -> None:
        """Drop an instance that has ended or is lost: it waits for nothing."""
        for subscriptions in (self.by_key, self.by_business_key, self.listeners):
            subscriptions.forget(instance)
        self._kept.forget(instance)
        self._starts.ended(instance)

    def _receive_kept(self, named: Named, desk: Writer, instance: Instance) -> bool:
        """Let the instance receive the oldest kept message that it waits for; whether it has."""
        now, received = self.carrier.now(), False

        def fits(message: SentMessage) -> bool:
            ways = self._ways(message, instance)
            return any(self._wait(message, way, instance, []) is not None for way in ways)

        while not received and (message := self._kept.oldest(named, now, fits)) is not None:
            received = self._receive(message, self._ways(message, instance), desk, instance)
        return received

    def _ways(self, message: SentMessage, instance: Instance) -> Sequence[Way]:
        """How a message may reach an instance; by the drawn key first."""
        if message.instance not in (None, instance):
            return ()
        named = message.name, message.key
        if message.instance is None or message.key:
            return (self.by_key, named), (self.by_business_key, named)
        others = self.by_key.names(message.name, instance)
        return [(self.by_key, one) for one in sorted(others, key=lambda one: one != named)]

    def _receive(
        self, message: SentMessage, ways: Iterable[Way], desk: Writer, instance: Instance
    ) -> bool:
        """Let the oldest wait for a message happen that it reaches; whether it is received."""
        for way in ways:
            over = list[Place]()
            mine = self._wait(message, way, instance, over)
            if mine is not None and self._kept.remove(message):
                over.append(mine)
            else:
                mine = None
            if over:
                subscriptions, named = way
                subscriptions.leave(named, instance, over)
            if mine is not None:
                desk.apply(instance, TriggerWait(*mine, message.values))
                return True
        return False

    def _wait(
        self, message: SentMessage, way: Way, instance: Instance, over: list[Place]
    ) -> Place | None:
        """The instance's oldest wait for a message; older ones that are `over` are noted."""
        nodes, (subscriptions, named) = self.carrier.program.nodes, way
        for place in subscriptions.where(named, instance):
            if not stands(instance, place, named):
                over.append(place)
            elif message.is_for(nodes[place[1]], instance):
                return place
        return None


def correlated(program: Program, name: str, values: Values) -> str:
    """The key of a message by what it carries, where the drawing says how (8.4)."""
    key = program.correlations.get(name)
    try:
        return "" if key is None else key_text(key.evaluate(values))
    except ExpressionError:
        return ""
