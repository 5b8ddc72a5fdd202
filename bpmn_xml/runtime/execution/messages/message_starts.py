"""Processes that messages begin; by the rules of Camunda 8 one instance of a key at a time."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from contextlib import nullcontext
from functools import partial
from typing import Final

from bpmn_xml.compiler.program import Program, Trigger
from bpmn_xml.compiler.program.scoping import BUSINESS_KEY, CAMUNDA7
from bpmn_xml.core.conversations import begins_together, said_by
from bpmn_xml.core.values import Values
from bpmn_xml.runtime.execution.chains import Led
from bpmn_xml.runtime.execution.instance import Instance
from bpmn_xml.runtime.execution.messages.cardinality import Begun, Singles
from bpmn_xml.runtime.execution.messages.carrier import Sender
from bpmn_xml.runtime.execution.messages.kept import SentMessage
from bpmn_xml.runtime.execution.messages.reception import Reception
from bpmn_xml.runtime.execution.messages.starts import (
    WaitingStart,
    awaited,
    begin_untold,
    begins,
    waiting_starts,
)

TURNS: Final = 64
"""Into how many shares keys are dealt of which only one begins a process at a time."""

NO_TURN: Final = nullcontext()


class MessageStarts:
    """Begins processes by messages.

    Args:
        reception: who begins a process takes the message from what is kept there.
        single: what has come with a key begins nothing while an instance of its process goes on
            that a message with the same key has begun; it may when that has ended.
    """

    def __init__(self, sender: Sender, reception: Reception, *, single: bool) -> None:
        self._sender, self._kept = sender, reception.kept
        self._conversations = reception.conversations
        program = sender.carrier.program
        self._together = {
            one for one in program.processes.values() if begins_together(program, one)
        }
        self._singles = Singles() if single else None
        self._turns = [threading.RLock() for _ in range(TURNS)]

    def begin(self, message: SentMessage, led: Led | None) -> bool:
        """Begin the process that waits to be started by a message; whether there is one."""
        program = self._sender.carrier.program
        return any(
            message.is_for(program.nodes[start.node])
            and begins(start, message.name)
            and self._begin_at(start, message, led)
            for start in waiting_starts(program, Trigger.MESSAGE)
        )

    def _begin_at(self, start: WaitingStart, message: SentMessage, led: Led | None) -> bool:
        """Begin a process at a start event, if it may; whether the message is taken."""
        if self._singles is None or not message.key:
            return self._taken(start, message, led)[0]
        begun = start.container, message.key
        if not self._singles.claim(begun):
            return False
        taken, instance = self._taken(start, message, led)
        if instance is None:
            self._singles.give_up(begun)
            self._begin_next(start, begun)  # it may have come meanwhile, and been held
            return taken
        self._singles.note(begun, instance)
        instance.listed = True
        if instance.state.outcome:  # before anybody was told to tell
            self.ended(instance)
        return True

    def _taken(
        self, start: WaitingStart, message: SentMessage, led: Led | None
    ) -> tuple[bool, Instance | None]:
        """Take a message; whether it was still there, and what it has begun.

        What comes with one key to several start events at once begins one after the other, so that
        an instance of the conversation (13.2) finds what was kept for it meanwhile.
        """
        program = self._sender.carrier.program
        several = message.key and len(program.containers[start.container].triggered) > 1
        with self._turns[hash(message.key) % TURNS] if several else NO_TURN:
            said = said_by(start.event, message.key)
            if self._goes_on(start, said) or not self._kept.remove(message):
                return False, None
            values = _with_key(program, start, message)
            instance = begin_untold(self._sender, start, values, led, said or None)
        if instance is not None:
            self._sender.carrier.tell_start(instance)
        return True, instance

    def _goes_on(self, start: WaitingStart, said: Mapping[str, str]) -> bool:
        """Whether there is an instance already of the conversation that would begin (13.2)."""
        container = start.container
        return container in self._together and self._conversations.goes_on(said, container)

    def ended(self, instance: Instance) -> None:
        """An instance has ended: what was kept meanwhile may begin the next of its key."""
        if self._singles is None or (begun := self._singles.ended(instance)) is None:
            return
        for start in waiting_starts(self._sender.carrier.program, Trigger.MESSAGE):
            if start.container == begun[0]:
                self._begin_next(start, begun)

    def _begin_next(self, start: WaitingStart, begun: Begun) -> None:
        """Have the oldest kept message for a start event begin its process."""
        carrier, name = self._sender.carrier, awaited(start)
        fits = partial(SentMessage.is_for, node=carrier.program.nodes[start.node])
        message = self._kept.oldest((name or "", begun[1]), carrier.now(), fits)
        if message is not None:
            self._sender.send_off(partial(self._begin_at, start, message, None))


def _with_key(program: Program, start: WaitingStart, message: SentMessage) -> Values:
    """What a process begins with by a message: in Camunda 7 a key not drawn is its business key."""
    by_rule = program.containers[start.container].rules.dialect == CAMUNDA7.dialect
    if not (by_rule and message.key) or start.event.key is not None:
        return message.values
    return {BUSINESS_KEY: message.key, **message.values}
