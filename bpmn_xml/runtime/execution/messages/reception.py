"""Who receives a message: the instance that has waited longest for its name and key (8.4.2).

There the wait that began first gets it; one that stays open waits behind the others then. What
waits without a key is reached by the business key of its instance as well, unless a drawn key is
the same. What waits in a conversation that has no key yet takes any message that is not of
another's conversation. A message to one instance needs no key to reach what waits with one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Final

from bpmn_xml.compiler.program import OPEN
from bpmn_xml.compiler.program.correlation import found_by
from bpmn_xml.core import records as r
from bpmn_xml.core.commands import TriggerWait
from bpmn_xml.core.conversations import fits, said_by
from bpmn_xml.core.state import Scope, State, Wait, descendants, split_key
from bpmn_xml.errors import AmbiguousMessage
from bpmn_xml.runtime.execution.chains import Led
from bpmn_xml.runtime.execution.instance import Errand, Instance
from bpmn_xml.runtime.execution.messages.carrier import Carrier, Writer
from bpmn_xml.runtime.execution.messages.conversations import Conversations
from bpmn_xml.runtime.execution.messages.kept import Kept, SentMessage
from bpmn_xml.runtime.execution.messages.looks import Looks
from bpmn_xml.runtime.execution.messages.subscriptions import (
    Named,
    Subscriptions,
    stands,
)
from bpmn_xml.runtime.execution.standing import Place, wait_at
from bpmn_xml.trace.thread_name import THREAD

MOST_NAMED: Final = 5
"""So many of the instances that wait for one message are named, not more."""

Way = tuple[Subscriptions[Instance], Named]
"""How a message may reach an instance: where it is found, and by which name and key."""


class Reception:
    """Who waits for messages, and the messages that nobody has received yet.

    Args:
        carrier: the executor, which carries instances on.

    Attributes:
        kept: the messages that nobody has received.
        by_key: who may wait for which message, by the keys that are drawn; `OPEN` is any.
        by_business_key: who may wait without a key; asked when no drawn key fits.
        conversations: who takes part in which.
    """

    def __init__(self, carrier: Carrier) -> None:
        self._carrier, self.kept = carrier, Kept()
        self.by_key, self.by_business_key = Subscriptions[Instance](), Subscriptions[Instance]()
        self.conversations = Conversations[Instance]()
        self._awaited: dict[Instance, Looks] = {}

    def await_message(
        self, instance: Instance, named: Named, business_key: str, place: Place
    ) -> None:
        """Note that an instance begins to wait at a place; its writer says.

        A message that was kept is received once the batch is complete, by whatever waits then: by
        its key, without one by the business key too, with one by what is for the instance itself.
        """
        name, key = named
        instance.listed = True
        ways = self._found_by(name, key)
        for way in ways:
            self.by_key.add(way, instance, place)
        if key:
            ways.append((name, ""))
        elif business_key:
            self.by_business_key.add((name, business_key), instance, place)
            ways.append((name, business_key))
        for way in ways:
            if self.kept.has(way):
                self._look_later(instance, way)

    def _found_by(self, name: str, key: str) -> list[Named]:
        """By what somebody is found who waits by a key."""
        known = self._carrier.program.correlations.get(name)
        return [(name, found) for found in found_by(key, known.keys if known else ())]

    def _look_later(self, instance: Instance, way: Named) -> None:
        """Have what is kept looked through once the batch is complete, all ways together."""
        if instance not in self._awaited:
            self._awaited[instance] = Looks()
            instance.leave_mail(Errand(self._receive_kept), THREAD.name)
        self._awaited[instance].add(way)

    def fill(self, instance: Instance, record: r.KeyFilled) -> None:
        """Note what a message has said of a conversation; the writer of the instance says."""
        state = instance.state
        scope = state.scopes.get(record.scope)
        if scope is None:
            return
        instance.listed = True
        if scope.parent is None:
            self.conversations.fill(instance, scope.container, record.keys)
        for place, wait in _all_waits(state, scope):
            known = self._found_by(wait.name, wait.key) != [(wait.name, OPEN)]
            if known and place in self.by_key.where((wait.name, OPEN), instance):
                self.await_message(instance, (wait.name, wait.key), "", place)

    def forget(self, instance: Instance) -> None:
        """Drop an instance that has ended or is lost: it waits for nothing."""
        self.by_key.forget(instance)
        self.by_business_key.forget(instance)
        self.conversations.forget(instance)
        self.kept.forget(instance)
        self._awaited.pop(instance, None)

    def require_one(self, message: SentMessage) -> None:
        """Refuse a message that several instances wait for, where it has one receiver.

        Raises:
            AmbiguousMessage: there are several.
        """
        ways = [(way, way[0].who(way[1])) for way in self._all_ways(message)]
        if sum(len(who) for _, who in ways) < 2:
            return
        for way, who in ways:
            waiting = self._awaiting(message, way, who)
            if len(waiting) > 1:
                raise AmbiguousMessage(message.name, waiting)
            if waiting:
                return

    def _awaiting(self, message: SentMessage, way: Way, among: Sequence[Instance]) -> list[str]:
        """The names of the first instances that wait for a message now."""
        waiting = list[str]()

        def awaits(_desk: Writer, instance: Instance) -> bool:
            return self._wait(message, way, instance, []) is not None

        for instance in among:
            if self._may_join(message, way, instance) and self._carrier.ask(instance, awaits):
                waiting.append(instance.state.instance)
            if len(waiting) == MOST_NAMED:
                break
        return waiting

    def give(self, message: SentMessage, instance: Instance) -> bool:
        """Bring a message to the instance that it is for; whether it takes it."""

        def receive(desk: Writer, it: Instance) -> bool:
            return self._receive(message, self._ways(message, it), desk, it)

        if not self.by_key.names(message.name, instance):
            return False
        instance.chain = None
        return self._carrier.ask(instance, receive) or self.kept.is_taken(message)

    def pass_on(self, message: SentMessage, led: Led | None) -> bool:
        """Bring a message to one of the instances that wait for it; whether one takes it."""
        for way in self._all_ways(message):
            receive = partial(self._receive, message, [way])
            for instance in way[0].who(way[1]):
                if not self._may_join(message, way, instance):
                    continue
                instance.chain = (instance.chain or led.chain) if led else None
                if self._carrier.ask(instance, receive) or self.kept.is_taken(message):
                    return True
        return False

    def _all_ways(self, message: SentMessage) -> Iterator[Way]:
        """How a message may reach instances; by the drawn keys first."""
        for named in message.ways:
            if named[1] != OPEN:
                yield self.by_key, named
        yield self.by_business_key, (message.name, message.key)
        if message.key:
            yield self.by_key, (message.name, OPEN)

    def _may_join(self, message: SentMessage, way: Way, instance: Instance) -> bool:
        """Whether an instance whose key is open may receive what is of no other's conversation."""
        subscriptions, named = way
        meant = message.instance is not None or named[1] != OPEN
        if meant or not subscriptions.where(named, instance):
            return True
        return self.conversations.are_for(instance, message.said)

    def _ways(self, message: SentMessage, instance: Instance) -> Sequence[Way]:
        """How a message may reach an instance; by the drawn key first."""
        if message.instance not in (None, instance):
            return ()
        if message.instance is None or message.key:
            ways = self._all_ways(message)
            return [way for way in ways if self._may_join(message, way, instance)]
        named = message.name, message.key
        others = self.by_key.names(message.name, instance)
        return [(self.by_key, one) for one in sorted(others, key=lambda one: one != named)]

    def _receive_kept(self, desk: Writer, instance: Instance) -> None:
        """Let the instance receive the oldest kept message that it waits for, then look again."""
        looks = self._awaited.pop(instance, Looks())
        while looks:
            message = self._oldest(looks.first, instance)
            if message is None:
                looks.drop()
            elif looks.is_oldest(self.kept.age(message)):
                ways = self._ways(message, instance)
                if self._receive(message, ways, desk, instance):
                    self._look_again(instance, looks)
                    return

    def _look_again(self, instance: Instance, looks: Looks) -> None:
        """Have the rest looked through, and what is waited for since, unless all has ended."""
        more = self._awaited.get(instance)
        if more is not None:
            looks.take(more)
        elif not instance.state.outcome:
            instance.leave_mail(Errand(self._receive_kept), THREAD.name)
        if not instance.state.outcome:
            self._awaited[instance] = looks

    def _oldest(self, named: Named, instance: Instance) -> SentMessage | None:
        """The oldest kept message of a name and key for which an instance waits."""

        def waited_for(message: SentMessage) -> bool:
            ways = self._ways(message, instance)
            return any(self._wait(message, way, instance, []) is not None for way in ways)

        return self.kept.oldest(named, self._carrier.now(), waited_for)

    def _receive(
        self, message: SentMessage, ways: Iterable[Way], desk: Writer, instance: Instance
    ) -> bool:
        """Let the oldest wait for a message happen that it reaches; whether it is received."""
        for way in ways:
            over = list[Place]()
            mine = self._wait(message, way, instance, over)
            if mine is not None and self.kept.remove(message):
                over.append(mine)
            else:
                mine = None
            if over:
                subscriptions, named = way
                subscriptions.leave(named, instance, over)
            if mine is not None:
                event = self._carrier.program.nodes[mine[1]].events[mine[3]]
                said = said_by(event, message.key)
                desk.apply(instance, TriggerWait(*mine, message.values, said or None))
                return True
        return False

    def _wait(
        self, message: SentMessage, way: Way, instance: Instance, over: list[Place]
    ) -> Place | None:
        """The instance's oldest wait for a message; older ones that are `over` are noted."""
        nodes, (subscriptions, named) = self._carrier.program.nodes, way
        for place in subscriptions.where(named, instance):
            if not stands(instance, place, named):
                over.append(place)
            elif message.is_for(nodes[place[1]], instance):
                wait = wait_at(instance.state, *place)
                known = "" if wait is None else wait.key
                if known in ("", message.key) or fits(known, message.key):
                    return place
        return None


def _all_waits(state: State, scope: Scope) -> Iterator[tuple[Place, Wait]]:
    """All that is waited for in a scope and inside, and where."""
    for inner in (scope, *descendants(state, scope)):
        for key, waits in (inner.waits or {}).items():
            node, n = split_key(state, key)
            yield from (((inner.path, node, n, event), wait) for event, wait in waits.items())
