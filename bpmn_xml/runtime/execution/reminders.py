"""What an instance wants to be reminded of: its timers, and failed jobs that are tried again.

Each is a command that the clock brings. One whose wait is over is taken back when the instance
ends, or when there are many of its kind, so that none of them outlives what it was for by much.
"""

from __future__ import annotations

from typing import Final

import msgspec

from bpmn_xml.core.commands import RetryJob, TriggerWait
from bpmn_xml.core.state import State
from bpmn_xml.runtime.execution.standing import overtaken
from bpmn_xml.runtime.execution.timers import Timer, Timers

SWEEP_AT: Final = 32
"""With how many reminders an instance first looks for those that are overtaken."""

Reminded = TriggerWait | RetryJob


class Reminders(msgspec.Struct):
    """The reminders of one instance; only its writer uses them."""

    pending: dict[Reminded, Timer] = msgspec.field(default_factory=dict)
    sweep_at: int = SWEEP_AT

    def add(self, command: Reminded, timer: Timer, state: State, timers: Timers) -> None:
        """Keep what will bring a command; where there are many, take back what is overtaken."""
        if len(self.pending) >= self.sweep_at:
            for gone in [one for one in self.pending if overtaken(state, one)]:
                timers.cancel(self.pending.pop(gone))
            self.sweep_at = max(SWEEP_AT, 2 * len(self.pending))
        self.pending[command] = timer

    def brought(self, command: object) -> None:
        """Forget a reminder that has come."""
        if isinstance(command, RetryJob) or (
            isinstance(command, TriggerWait) and command.values is None
        ):
            self.pending.pop(command, None)

    def take_back(self, timers: Timers) -> None:
        """The instance has ended: nothing is to come any more."""
        for timer in self.pending.values():
            timers.cancel(timer)
        self.pending.clear()
