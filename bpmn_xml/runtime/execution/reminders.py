"""What an instance wants to be reminded of: its timers, and failed jobs that are tried again.

Each is a command that the clock brings. One whose wait is over is taken back when the instance
ends, or when there are many of its kind, so that none of them outlives what it was for by much.
"""

from __future__ import annotations

from functools import partial

import msgspec

from bpmn_xml.core.commands import RetryJob, TriggerWait
from bpmn_xml.core.state import State
from bpmn_xml.runtime.execution.standing import overtaken
from bpmn_xml.runtime.execution.swept import Swept
from bpmn_xml.runtime.execution.timers import Timer, Timers

Reminded = TriggerWait | RetryJob


class Reminders(msgspec.Struct):
    """The reminders of one instance; only its writer uses them.

    Attributes:
        pending: what will bring each command; None if nothing will.
    """

    pending: Swept[Reminded, Timer] | None = None

    def add(self, command: Reminded, timer: Timer, state: State, timers: Timers) -> None:
        """Keep what will bring a command; where there are many, take back what is overtaken."""
        pending = self.pending = self.pending or Swept()
        for gone in pending.add(command, timer, partial(overtaken, state)).values():
            timers.cancel(gone)

    def brought(self, command: object) -> None:
        """Forget a reminder that has come."""
        if self.pending is None or not isinstance(command, RetryJob | TriggerWait):
            return
        if isinstance(command, RetryJob) or command.values is None:
            self.pending.kept.pop(command, None)
            self.pending = self.pending if self.pending.kept else None

    def take_back(self, timers: Timers) -> None:
        """The instance has ended: nothing is to come any more."""
        for timer in self.pending.kept.values() if self.pending else ():
            timers.cancel(timer)
        self.pending = None
