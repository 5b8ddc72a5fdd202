"""What an instance wants to be reminded of: its timers, and failed jobs that are tried again.

Each is a command that the clock brings. One whose wait is over is taken back when the instance
ends, or when there are many of its kind, so that none of them outlives what it was for by much.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from bpmn_xml.core.commands import RetryJob, TriggerWait
from bpmn_xml.runtime.standing import overtaken
from bpmn_xml.runtime.timers import Timer

if TYPE_CHECKING:
    from bpmn_xml.runtime.executor import Executor
    from bpmn_xml.runtime.instance import Instance

SWEEP_AT: Final = 32
"""With how many reminders an instance first looks for those that are overtaken."""

Reminded = TriggerWait | RetryJob


class Reminders(msgspec.Struct):
    """The reminders of one instance; only its writer uses them."""

    pending: dict[Reminded, Timer] = msgspec.field(default_factory=dict)
    sweep_at: int = SWEEP_AT

    def add(self, executor: Executor, instance: Instance, due: int, command: Reminded) -> None:
        """Bring a command to the instance once `due` has come."""
        if len(self.pending) >= self.sweep_at:
            self._sweep(executor, instance)
        self.pending[command] = executor.add_timer(
            due,
            lambda: executor.remind(instance, command),
            lambda: not overtaken(instance.state, command),
        )

    def brought(self, command: object) -> None:
        """Forget a reminder that has come."""
        if type(command) in (TriggerWait, RetryJob):
            self.pending.pop(command, None)  # type: ignore[call-overload] # its type is known now

    def take_back(self, executor: Executor) -> None:
        """The instance has ended: nothing is to come any more."""
        for timer in self.pending.values():
            executor.timers.cancel(timer)
        self.pending.clear()

    def _sweep(self, executor: Executor, instance: Instance) -> None:
        """Take back what is overtaken."""
        gone = [command for command in self.pending if overtaken(instance.state, command)]
        for command in gone:
            executor.timers.cancel(self.pending.pop(command))
        self.sweep_at = max(SWEEP_AT, 2 * len(self.pending))
