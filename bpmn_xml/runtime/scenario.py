"""A scenario: what people and the world around a run do, in order. It is played into an engine.

A step is done when nothing moves any more at the time. One that cannot be done yet, because its
user task is not open or its time has not come, waits for the clock; those behind it wait too.
Messages and signals with a time of their own (`at`, from the begin) come then, whatever else.

>>> read_steps([{"task": "approve", "values": {"ok": True}}, {"signal": "stop", "at": "PT5S"}])[1]
SignalStep(signal='stop', values={}, at='PT5S')
"""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec

from bpmn_xml.compiler.times.timers import time_after
from bpmn_xml.errors import AmbiguousMessage, BpmnXmlError, UsageError
from bpmn_xml.runtime.clock import SECOND, ManualClock, later
from bpmn_xml.runtime.engine import Engine
from bpmn_xml.runtime.inbox import OpenTask


class TaskStep(msgspec.Struct, frozen=True, kw_only=True):
    """A person does a user task, named by id or name: with values, an error, or a failure.

    Attributes:
        error: the code of a BPMN error that is thrown.
        failure: why it cannot be done; it becomes an incident.
    """

    task: str
    values: dict[str, Any] = {}
    error: str = ""
    failure: str = ""


class MessageStep(msgspec.Struct, frozen=True, kw_only=True):
    """A message comes."""

    message: str
    key: str | int = ""
    values: dict[str, Any] = {}
    at: str = ""


class SignalStep(msgspec.Struct, frozen=True, kw_only=True):
    """A signal comes."""

    signal: str
    values: dict[str, Any] = {}
    at: str = ""


class DataStep(msgspec.Struct, frozen=True, kw_only=True):
    """Data comes in: it begins processes, and lets those go on that wait for data (13.5.1)."""

    data: dict[str, Any]


class WaitStep(msgspec.Struct, frozen=True, kw_only=True):
    """Time goes by: a duration in ISO 8601."""

    wait: str


Step = TaskStep | MessageStep | SignalStep | DataStep | WaitStep

STEPS: Final[Mapping[str, type[Step]]] = {
    "task": TaskStep,
    "message": MessageStep,
    "signal": SignalStep,
    "data": DataStep,
    "wait": WaitStep,
}
"""The kinds of steps, by the word that every step of the kind has."""


class StepsError(UsageError):
    """Steps that cannot be read.

    Attributes:
        faults: by the number of the step, from 1, what is wrong with it; 0 is the whole.
    """

    def __init__(self, faults: Mapping[int, str]) -> None:
        self.faults = faults
        super().__init__("; ".join(faults.values()))


def read_steps(data: object) -> list[Step]:
    """Read steps from plain data: a list of objects.

    Raises:
        StepsError: it is something else; all that is wrong at once.
    """
    if not isinstance(data, list):
        raise StepsError({0: "answers are a list"})
    steps, faults = list[Step](), dict[int, str]()
    for number, entry in enumerate(data, 1):
        try:
            steps.append(_step(entry))
        except (ValueError, msgspec.ValidationError) as error:
            faults[number] = f"answer {number}: {error}"
    if faults:
        raise StepsError(faults)
    return steps


def _step(entry: object) -> Step:
    kinds = [kind for kind in STEPS if isinstance(entry, dict) and kind in entry]
    if not isinstance(entry, dict) or not kinds:
        raise ValueError(f"it must have one of {', '.join(STEPS)}")
    known = STEPS[kinds[0]].__struct_fields__
    for name in entry:
        if name not in known:
            before = ' (put {"wait": "PT5S"} before it)' if name == "at" else ""
            raise ValueError(f"a {kinds[0]} has no {name!r}{before}, but {', '.join(known)}")
    step = msgspec.convert(entry, STEPS[kinds[0]])
    for text in (getattr(step, "at", ""), getattr(step, "wait", "")):
        if text:
            time_after(text, 0)
    return step


def _pass(_due: int) -> None:
    """Do nothing: the default for whoever is told of due times."""


class Play:
    """A scenario on its way through an engine.

    Args:
        engine: what it is played into; times count from now.
        steps: what is to be done.
        improvise: asked when no step can be done; whether it did something about the open tasks.
        on_rest: told when something is due next, each time before that is waited for.
        patience: how many seconds timers are waited for where somebody is asked meanwhile and
            nothing is left to do; None: as long as it takes.

    Attributes:
        left: the steps that were not done.
        ahead: when something is due that was not waited for; 0 if nothing is.
        doubts: what of the answers was taken, but may be meant otherwise.
        leaps: how often a clock that stands may still be skipped to what is due next; below 0 when
            that was not enough.
    """

    def __init__(
        self,
        engine: Engine,
        steps: Iterable[Step] = (),
        improvise: Callable[[Sequence[OpenTask]], bool] | None = None,
        on_rest: Callable[[int], None] = _pass,
        patience: float | None = None,
    ) -> None:
        self._engine, self._improvise, self._on_rest = engine, improvise, on_rest
        self._patience, self.ahead = patience, 0
        self.leaps = sys.maxsize
        self._begun = engine.clock.now()
        self._waits_until = 0
        self._coming = 0
        self._unheard: list[MessageStep | SignalStep] = []
        self.left: deque[Step] = deque()
        self.doubts: list[str] = []
        for step in steps:
            if isinstance(step, MessageStep | SignalStep) and step.at:
                self._schedule(step)
            else:
                self.left.append(step)

    def go_on(self, seconds: float | None = None, until: int | None = None) -> bool:
        """Play until nothing is left to do or to wait for; whether it came to that.

        Args:
            seconds: how long it may take.
            until: when to stop by the engine's clock, microseconds since 1970 UTC.

        Raises:
            UsageError: an answer does not fit its task.
        """
        engine = self._engine
        deadline = None if seconds is None else time.monotonic() + seconds
        while True:
            if not engine.settle(_left(deadline)):
                return False
            if self._do_next() or self._improvised():
                continue
            due = engine.next_due()
            if due is None or not self._expects(due):
                return True
            if (until is not None and due > until) or not self._move_to(due, deadline):
                return False

    def untaken(self) -> list[MessageStep | SignalStep]:
        """The messages and signals that have come, but so far to nobody."""
        return still_untaken(self._unheard, self._engine)

    def _expects(self, due: int) -> bool:
        """Whether a timer may still bring what the scenario waits for."""
        engine = self._engine
        if self._waits_until or self._coming or engine.expects_starts:
            return True
        if self.left and self._patience is None:
            return True
        moving = [run for run in engine.runs() if run.status != "incident"]
        if self._patience is None or due - engine.clock.now() <= self._patience * SECOND:
            return bool(moving)
        if moving and all(run.wait(0) for run in moving):
            self.ahead = due
        return bool(moving) and not self.ahead

    def _do_next(self) -> bool:
        """Do the step that comes next, if it can be done."""
        step = self.left[0] if self.left else None
        done = step is not None and DO[type(step)](self, step)
        if done:
            self.left.popleft()
        return done

    def _improvised(self) -> bool:
        tasks = self._engine.tasks() if self._improvise is not None else []
        return bool(tasks) and self._improvise is not None and self._improvise(tasks)

    def _move_to(self, due: int, deadline: float | None) -> bool:
        """Let time go on to when something is due; whether there is time for that."""
        clock, left = self._engine.clock, _left(deadline)
        if isinstance(clock, ManualClock):
            self.leaps -= 1
            return left != 0 and self.leaps >= 0 and clock.skip()
        self._on_rest(due)
        seconds = max(0.0, (due - clock.now()) / SECOND)
        time.sleep(seconds if left is None else min(seconds, left))
        return left is None or seconds < left

    def _schedule(self, step: MessageStep | SignalStep) -> None:
        self._coming += 1

        def come() -> None:
            self._coming -= 1
            DO[type(step)](self, step)

        self._engine.call_at(later(self._begun, step.at), come)

    def answer(self, step: TaskStep) -> bool:
        """Do a user task, if it is open."""
        found = filter(None, (run.find_task(step.task) for run in self._engine.runs()))
        wanted = next(found, None)
        if wanted is None:
            return False
        try:
            if step.error or step.failure:
                wanted.fail(step.failure, code=step.error, variables=step.values)
            else:
                wanted.complete(step.values, doubt=self.doubts.append)
        except BpmnXmlError as error:
            raise UsageError(f"the answer for {step.task}: {error}") from error
        return True

    def publish(self, step: MessageStep) -> bool:
        """Send a message; of several instances that wait for it, to one, and note that."""
        sent = step.message, step.key, step.values
        try:
            received = self._engine.publish(*sent)
        except AmbiguousMessage as error:
            self.doubts.append(f"{error}; the one that has waited longest gets it")
            received = self._engine.publish(*sent, to_first=True)
        if not received:
            self._unheard.append(step)
        return True

    def broadcast(self, step: SignalStep) -> bool:
        """Send a signal."""
        if not self._engine.signal(step.signal, step.values):
            self._unheard.append(step)
        return True

    def tell(self, step: DataStep) -> bool:
        """Ask the conditional start events, and give the data to all that wait for some."""
        waiting = [
            run for run in self._engine.runs() if any(one.waits_for_data for one in run.why())
        ]
        self._engine.evaluate_start_conditions(step.data)
        for run in waiting:
            run.set_variables(step.data)
        return True

    def pause(self, step: WaitStep) -> bool:
        """Let time go by; whether it has."""
        now = self._engine.clock.now()
        if not self._waits_until:
            self._waits_until = later(now, step.wait)
            self._engine.call_at(self._waits_until, lambda: None)
        over = self._waits_until <= now
        if over:
            self._waits_until = 0
        return over


def still_untaken(
    steps: Iterable[MessageStep | SignalStep], engine: Engine
) -> list[MessageStep | SignalStep]:
    """Those of some messages and signals without a receiver that have none still."""
    kept = engine.untaken()
    return [step for step in steps if isinstance(step, SignalStep) or _is_in(kept, step)]


def _is_in(kept: Iterable[tuple[str, str]], step: MessageStep) -> bool:
    """Whether a message is among others; its key may have been found in what it carries."""
    return any(name == step.message and str(step.key) in ("", key) for name, key in kept)


def _left(deadline: float | None) -> float | None:
    return None if deadline is None else max(0.0, deadline - time.monotonic())


DO: Final[Mapping[type, Callable[[Play, Any], bool]]] = {
    TaskStep: Play.answer,
    MessageStep: Play.publish,
    SignalStep: Play.broadcast,
    DataStep: Play.tell,
    WaitStep: Play.pause,
}
"""How each kind of step is done; whether it could be."""
