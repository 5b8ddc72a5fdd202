"""What all threads of an engine share: the tasks, the common queue, the timers, the instances.

It holds no lock that a step would need. How entries get done is the driver's: in the caller's
thread (`drivers.inline`) or by workers (`drivers.threads`).
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Mapping
from itertools import chain, count
from math import inf
from typing import Any, Final, TypeVar

import msgspec

from bpmn_xml.compiler.program import Program
from bpmn_xml.compiler.program.fields import FormField
from bpmn_xml.core.budget import MOST_STEPS
from bpmn_xml.core.commands import Command, StartInstance
from bpmn_xml.core.machine import Machine
from bpmn_xml.errors import CommandRejected, UsageError
from bpmn_xml.expressions.spending import spent
from bpmn_xml.model import Definitions
from bpmn_xml.runtime.binding.handlers import Handler
from bpmn_xml.runtime.clock import Clock
from bpmn_xml.runtime.execution.calls.call import AttendedCall, TaskCall
from bpmn_xml.runtime.execution.calls.coroutines import LoopThread
from bpmn_xml.runtime.execution.calls.limits import Slots
from bpmn_xml.runtime.execution.calls.meter import CallCount, CallMeter
from bpmn_xml.runtime.execution.calls.tasks import BoundTask
from bpmn_xml.runtime.execution.chains import STEPS_A_LINK, CauseChain
from bpmn_xml.runtime.execution.desk import MOST_CARRIED, Desk
from bpmn_xml.runtime.execution.drivers.driver import Driver
from bpmn_xml.runtime.execution.instance import Instance, Owners, Question
from bpmn_xml.runtime.execution.log import note
from bpmn_xml.runtime.execution.messages.router import KEEP, Router
from bpmn_xml.runtime.execution.observers import Observers
from bpmn_xml.runtime.execution.standing import LATER, Standing, Until, goes_on, standing
from bpmn_xml.runtime.execution.timers import ALWAYS, Action, Timer, Timers, Wanted
from bpmn_xml.trace.thread_name import THREAD

T = TypeVar("T")

SHARES: Final = 64
"""Into how many dictionaries of owners the instances are dealt."""


class ExecutorSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What an executor is told besides what to run and how.

    Attributes:
        clock: what time it is.
        handlers: per node index what does its work.
        forms: per node index the form of a person's task that Python checks.
        files: what the program was compiled from, as far as it is known.
        metered: count and time the calls.
        most_steps: how many steps may follow by themselves before an instance is held.
        keep: how long a message that nobody waits for is kept, microseconds.
        on_start: is told of each instance that has begun, if that is asked for.
    """

    clock: Clock
    handlers: Mapping[int, Handler] = {}
    forms: Mapping[int, tuple[FormField, ...]] = {}
    files: tuple[Definitions, ...] = ()
    metered: bool = False
    most_steps: int = MOST_STEPS
    keep: int = KEEP
    on_start: Callable[[Executor, Instance], object] | None = None


class Executor:
    """Runs the instances of one program.

    Args:
        program: what is run.
        drive: makes the driver, which gets the work done.
        settings: what else there is to know.

    Attributes:
        tasks: per node index what is called for it, or None.
        works: per node index the node, if something is called for it.
        plain: the tasks that are nothing special, or None.
        queue: calls that are ready to be done, oldest first.
        mail: instances with mail that have been claimed for whoever takes them, oldest first.
        shares: who writes which instance now, for a share of the instances each.
        meter: how often each task was called, and for how long.
        spare: desks that nobody works at, with nothing on them.
        running: the attended calls that have begun and not returned.
        stopping: no call begins any more.
        stopped: what moves now moves no further.
        ending: held by who stops it; others who want to wait until it has stopped.
        most_carried: how many calls a worker carries on with in a row.
        latest: the number of the instance that began last.
        most_links: how long a chain may be, see `chains`.
        armed: the timer start events that will begin their processes.
    """

    def __init__(
        self, program: Program, drive: Callable[[Executor], Driver], settings: ExecutorSettings
    ) -> None:
        self.program, self.settings = program, settings
        self.meter = CallMeter(len(program.nodes), on=settings.metered)
        self.clock, self.now = settings.clock, settings.clock.now
        self.observers = Observers()
        self.queue: deque[Any] = deque()
        self.mail: deque[Instance] = deque()
        self.timers = Timers()
        self.instances: dict[str, Instance] = {}
        self.running: dict[AttendedCall, None] = {}
        self.lost: dict[Instance, BaseException] = {}
        self.stopping = self.stopped = False
        self.ending = threading.RLock()
        self.latest = 0
        self.armed: set[int] = set()
        self.most_carried = MOST_CARRIED
        self.most_links = max(1, settings.most_steps // STEPS_A_LINK)
        self.loop, self.router = LoopThread(self), Router(self, settings.keep)
        self._machine = Machine(program)
        self._machine.budget.allow(settings.most_steps, spent)
        self.shares = [Owners() for _ in range(SHARES)]
        self._number = count(1)
        self.spare: deque[Desk] = deque()
        handlers = settings.handlers
        self.tasks = [
            BoundTask(node, handlers[node.index], self) if node.index in handlers else None
            for node in program.nodes
        ]
        self.works = [None if task is None else task.node for task in self.tasks]
        self.plain = [task if task and task.plain else None for task in self.tasks]
        self.driver = drive(self)
        self.clock.attach(self._time_moved, self.next_due)

    def start(
        self, command: StartInstance, name: str = "", chain: CauseChain | None = None
    ) -> Instance:
        """Begin an instance, to which a chain has led unless it is from outside.

        Raises:
            CommandRejected: it is not clear where it begins, or the name is taken.
        """
        instance = self.begin(command, name, chain)
        self.tell_start(instance)
        return instance

    def tell_start(self, instance: Instance) -> None:
        """Tell who wants to know it that an instance has begun; that one may wait for others."""
        if self.settings.on_start is not None:
            self.settings.on_start(self, instance)

    def begin(
        self, command: StartInstance, name: str = "", chain: CauseChain | None = None
    ) -> Instance:
        """Begin an instance as `start` does, of which somebody is still to be told."""
        number = self.latest = next(self._number)
        name = name or self._made_up(command, number)
        instance = Instance(self._machine.create(name), self.shares[number % SHARES], chain)
        desk = self.desk()
        try:
            self._begin(instance, name, command, desk)
        finally:
            desk.leave()
        return instance

    def _begin(self, instance: Instance, name: str, command: StartInstance, desk: Desk) -> None:
        """Apply an instance's first command, unless another has its name."""
        instances = self.instances
        instance.owners[instance] = desk  # nobody else knows it yet
        try:
            if instances.setdefault(name, instance) is not instance:
                taken = f"there is an instance {name!r} already"
                raise CommandRejected(taken, remedy="name it anew")
            desk.apply(instance, command)
        except BaseException:
            if instances.get(name) is instance:
                del instances[name]
            raise
        finally:
            desk.drain(instance)

    def _made_up(self, command: StartInstance, number: int) -> str:
        """A name for an instance that nobody has named; `number` is no other's."""
        process = self.program.containers[command.container].id
        while (name := f"{process}-{number}") in self.instances:
            number = self.latest = next(self._number)
        return name

    def offer(self, entry: object) -> None:
        """Put an entry into the queue."""
        self.queue.append(entry)
        self.driver.poke()

    def offer_mail(self, instance: Instance) -> None:
        """Let somebody go on with the mailbox of an instance, which the caller has claimed."""
        self.mail.append(instance)
        self.driver.poke()

    def next_with_mail(self) -> Instance | None:
        """The instance that has had mail for longest."""
        try:
            return self.mail.popleft() if self.mail else None
        except IndexError:
            return None

    def drain_mail(self) -> None:
        """Apply what lies in mailboxes, in this thread; calls that become ready go to the queue."""
        while (instance := self.next_with_mail()) is not None:
            with self.desk() as desk:
                instance.act(desk)

    def wants(self, entry: Any) -> bool:
        """Whether an entry of the queue is still to be done; when stopping, only what ends."""
        if self.stopping:
            return isinstance(entry, AttendedCall) and entry.begun > 0
        wanted: bool = entry.wanted()
        return wanted

    def post(self, instance: Instance, command: Command) -> None:
        """Leave a command for whoever works on the instance next; this thread decides nothing."""
        instance.leave_mail(command, THREAD.name)
        if instance.claim(object()):
            self.offer_mail(instance)

    def remind(self, instance: Instance, command: Command, *, passes: bool) -> None:
        """Bring a timer's command, unless what it is for has gone on; whether time has passed."""
        if passes:
            instance.chain = None
        instance.leave_mail(command)
        with self.desk() as desk:
            if instance.claim(desk):
                desk.drain(instance)

    def deliver(self, instance: Instance, command: Command) -> None:
        """Apply a command in a thread that has no desk."""
        with self.desk() as desk:
            desk.deliver(instance, command)

    def ask(self, instance: Instance, action: Callable[[Desk, Instance], T]) -> T:
        """Do something as the instance's writer, or have it done; its result.

        An observer may ask the instance of which it is just told: its thread is the writer.

        Raises:
            UsageError: this thread writes another, for which somebody may wait meanwhile.
        """
        owner = instance.owners.get(instance)
        if isinstance(owner, Desk) and owner.thread == threading.get_ident():
            return action(owner, instance)
        if self.observers.all:
            self.require_no_writer()
        with self.desk() as desk:
            mine = instance.claim(desk)
            if not mine:
                self.require_no_writer()
            if mine and not instance.has_mail:
                try:
                    return action(desk, instance)
                finally:
                    desk.drain(instance)
            question = Question(action)
            instance.leave_mail(question, THREAD.name)
            if mine or instance.claim(desk):
                desk.drain(instance)
        self.driver.wait(question.done, None)
        return question.answer()

    def require_no_writer(self) -> None:
        """Refuse to wait in a thread for which others may wait, as those that write instances.

        Raises:
            UsageError: it writes one, and has told an observer, or made a call that is drawn.
        """
        thread, held = threading.get_ident(), [[*share.values()] for share in self.shares if share]
        for owner in chain.from_iterable(held):
            if isinstance(owner, Desk) and owner.thread == thread:
                what = "an observer may ask the run that it is told of, and wait for no other"
                remedy = "look at others later, by engine.call_at(engine.clock.now(), ...)"
                raise UsageError(what, remedy=remedy)

    def desk(self) -> Desk:
        """A desk for this thread, until it leaves the `with` block."""
        try:
            desk = self.spare.pop()
        except IndexError:
            desk = Desk(self, self._machine.twin())
        desk.thread, desk.name = threading.get_ident(), THREAD.name
        return desk

    def work_off(self) -> None:
        """Do in this thread what is in the queues."""
        with self.desk() as desk:
            while (entry := desk.next()) is not None:
                entry.act(desk)

    def stop(self, grace: float) -> list[TaskCall]:
        """Begin no call any more, cancel those that run, wait for them; those that still run."""
        self.stopping = True
        self.most_carried = 0
        for call in self.running.copy():
            call.cancel()
        busy = self.driver.stop(grace)
        self.stopped = True
        self.timers.end()
        self._wake_all()
        return list(dict.fromkeys([*busy, *self.running.copy()]))

    def add_timer(self, due: int, action: Action, wanted: Wanted = ALWAYS) -> Timer:
        """Have something done at a time."""
        timer = self.timers.add(due, action, wanted)
        self.driver.poke()
        return timer

    def next_due(self) -> int | None:
        """When something is due that is still wanted; None if nothing is, or all has stopped."""
        if self.stopping:
            return None
        self.timers.drop_unwanted()
        return self.timers.next_due()

    def release(self, slots: Slots[AttendedCall]) -> None:
        """Give a place of a task back after its delay."""
        following = slots.release()
        if following is not None:
            following.launch(self.offer)

    def tell_waiter(self, instance: Instance) -> None:
        """Wake who waits for the instance, if nothing in it moves; its writer says so."""
        details = instance.details
        if details is None or details.waiter is None:
            return
        moved = details.moved
        if instance not in self.lost and goes_on(instance.state, self.works, self.now(), moved):
            return
        if self.standing(instance) is not Standing.RUNNING:
            details.waiter.set()
            details.waiter = None

    def standing(
        self, instance: Instance, until: Until = Until.NOW, before: float = inf
    ) -> Standing:
        """How an instance stands, for a caller who waits `before` a time; its writer asks."""
        if instance in self.lost:
            broken_off = self.stopped and not isinstance(self.lost[instance], Exception)
            return Standing.RUNNING if broken_off else Standing.INCIDENT
        state = instance.state
        stands = standing(state, self.works, self.now())
        if until not in LATER or stands not in (Standing.WAITING, Standing.INCIDENT):
            return stands
        if self.clock.runs and LATER[until](self.program, state, before):
            return Standing.RUNNING
        return stands

    def lose(self, instance: Instance, error: BaseException) -> None:
        """Give an instance up: applying a command to it failed by our fault, or was broken off.

        From now on it hears of nothing, and its calls are cancelled.
        """
        if instance in self.lost:
            return
        details = instance.need_details()
        details.lost = True
        self.lost[instance] = error
        for call in details.calls.values():
            call.cancel()
        details.reminders.take_back(self.timers)
        self.router.forget(instance)
        self.tell_waiter(instance)
        if isinstance(error, Exception):  # what else there is goes on to who waits
            note(f"instance {instance.state.instance!r} is lost", error)

    def call(self, given_to: str, action: Callable[..., object], *args: object) -> None:
        """Call what the caller has given; its own fault must end nothing of ours, and is noted."""
        try:
            action(*args)
        except Exception as error:  # noqa: BLE001 - whatever it is
            note(f"{action!r}, given to {given_to}, raised", error)

    def counts(self) -> list[CallCount]:
        """The calls of every task so far."""
        return self.meter.counts([node for node in self.works if node is not None])

    def _wake_all(self) -> None:
        """Tell all who wait that what they wait for will not come."""
        for instance in self.instances.copy().values():
            details = instance.details
            if details is not None and details.waiter is not None:
                details.waiter.set()
        self.router.idle.set()

    def _time_moved(self) -> None:
        self.driver.poke()
