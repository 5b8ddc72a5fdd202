"""The rules of the executor, in one place; inline, threads and tests run on them.

- One writer per instance: a command is applied by whoever can claim the instance, else it waits
  in the mailbox. A writer applies at most `MOST_COMMANDS`, then puts the instance into the queue
  of those with mail, which workers look at before they begin another call.
- Handlers run after the instance was let go.
- The worker carries on: of what a command made ready it runs the first itself; the others go to
  the common queue. After `MOST_CARRIED` calls in a row it takes the oldest entry of the queue.
- A call that follows straight from another, in a sequence, is made with nothing put down between.
- A job that was cancelled while it waited is not begun.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Protocol, Self

from bpmn_xml.compiler.elements.producers import producers_inside
from bpmn_xml.core import records as r
from bpmn_xml.core.commands import Command, CompleteJob, Continue
from bpmn_xml.core.machine import FIRST, Machine, Outcome, as_batch, as_records
from bpmn_xml.core.records import Advanced
from bpmn_xml.core.records.advances import WAITS
from bpmn_xml.core.state import FRESH, Activation
from bpmn_xml.core.view import visible
from bpmn_xml.errors import CommandRejected, InternalError
from bpmn_xml.runtime.binding.answers import failed, missing
from bpmn_xml.runtime.execution.calls.call import AttendedCall, TaskCall, beside
from bpmn_xml.runtime.execution.calls.streams import Producer
from bpmn_xml.runtime.execution.instance import Errand, Instance, Mail
from bpmn_xml.runtime.execution.reactions import REACTIONS, attend
from bpmn_xml.runtime.execution.standing import overtaken
from bpmn_xml.trace.thread_name import THREAD

if TYPE_CHECKING:
    from bpmn_xml.runtime.execution.calls.tasks import BoundTask
    from bpmn_xml.runtime.execution.executor import Executor

MOST_COMMANDS: Final = 64
"""How many commands of a mailbox one worker applies before it lets others have a turn.

`Continue` is as much as all of them: it comes where a command had more steps than one may have.
"""

MOST_CARRIED: Final = 64
"""How many calls a worker carries on with before it takes the oldest entry of the queue."""


LOST: Final = "the instance was lost, please report it"
"""What whoever asks for it is told of an instance that a fault of ours has ended."""

Following = tuple["BoundTask", str, int, tuple[Any, ...]]
"""A call that follows straight on: its task, scope, activation and arguments."""


class Entry(Protocol):
    """Something to be done by a worker."""

    def act(self, desk: Desk) -> None:
        """Do what the entry stands for."""


class Desk:
    """What one thread needs to work: a machine, and the entries its commands have made ready.

    Attributes:
        eager: a call may be followed by the next at once, with no look at anything in between.
        thread, name: who works at it, as `threading.get_ident` and `trace.thread_name` say.
    """

    __slots__ = (
        "_carried", "_complete", "_now", "_observers", "_plain", "_send", "_tasks", "_timers",
        "eager", "executor", "name", "ready", "tally", "thread",
    )  # fmt: skip

    def __init__(self, executor: Executor, machine: Machine) -> None:
        self.executor = executor
        self.ready: list[Any] = []
        self.tally = executor.meter.new()
        self._send, self._complete, self._tasks = machine.send, machine.complete, executor.tasks
        self._observers, self._timers = executor.observers, executor.timers
        self._plain, self._now = executor.plain, executor.clock.now
        self._carried = 0
        self.eager, self.thread, self.name = False, 0, ""

    def __enter__(self) -> Self:
        return self

    def leave(self, *_raised: object) -> None:
        """Be done here: what is ready is for all. Where each step passes, `with` takes 500 ns."""
        if self.ready:
            self.share()
        self.eager = False
        self.executor.spare.append(self)

    __exit__ = leave

    def next(self) -> Entry | None:
        """What to do next: what the last command made ready, or the oldest entry of the queues."""
        ready = self.ready
        while ready and self._carried < self.executor.most_carried:
            entry: Entry = ready.pop(0)
            if self.executor.wants(entry):
                self._carried += 1
                if ready:
                    self.share()
                return entry
        self._carried = 0
        if ready:
            self.share()
        return self._oldest()

    def _oldest(self) -> Entry | None:
        executor = self.executor
        if executor.mail and (instance := executor.next_with_mail()) is not None:
            return instance
        queue = executor.queue
        while queue:
            try:
                entry: TaskCall = queue.popleft()
            except IndexError:
                return None
            if executor.wants(entry) if executor.stopping else entry.wanted():
                return entry
        return None

    def share(self) -> None:
        """Give all that is ready to the common queue."""
        if self.ready:
            self.executor.queue.extend(self.ready)
            self.ready.clear()
            self.executor.driver.poke()

    def deliver(self, instance: Instance, command: Command) -> None:
        """Apply a command as the instance's writer, or leave it to whoever is.

        What lies in the mailbox came before, so it is applied before; so is what was due while a
        handler was busy. What comes when all has stopped comes to nothing.
        """
        now = self._now()
        if self._timers.earliest <= now:
            if self.executor.stopped:
                return
            self._timers.fire(now)
        mine = instance.claim(self)
        if not mine or instance.has_mail or instance in self.executor.lost:
            instance.leave_mail(command, THREAD.name)
            if mine or instance.claim(self):
                self.drain(instance)
            return
        try:
            self._follow(instance, self._send(instance.state, command, now))
        except BaseException as error:  # noqa: BLE001 - the instance is lost, the worker must not be
            self._lose(instance, error)
        if instance.let_go() and instance.claim(self):
            self.drain(instance)

    def _lose(self, instance: Instance, error: BaseException) -> None:
        """Give an instance up; what is no `Exception` ends more than it, so it is raised again."""
        self.executor.lose(instance, error)
        if isinstance(error, Exception):
            return
        self.drain(instance)
        raise error

    def carry_on(self, call: TaskCall) -> None:
        """Make a call at its first attempt, then those that follow straight, as `deliver` does."""
        complete, clock, timers = self._complete, self._now, self._timers
        instance, tally = call.instance, self.tally
        state, owners = instance.state, instance.owners
        variables = state.scopes[""].variables  # one mapping as long as it lives
        following: Following | None = call.task, call.scope, call.n, call.args
        while following is not None:
            task, path, n, args = following
            call.task = task  # it may have to be named
            handler, job = task.call, (path, task.index, n)
            try:
                values = handler(tally, args)
            except BaseException as error:  # noqa: BLE001 - whatever it raises is its answer
                self.deliver(instance, failed(job, FIRST, error, task.values_of))
                return
            now = clock()
            mine = timers.earliest > now and owners.setdefault(instance, self) is self
            details = instance.details  # it may have been lost until it was claimed
            if not mine or details is not None:
                if mine:
                    del owners[instance]
                self.deliver(instance, CompleteJob(*job, values, FIRST))
                return
            try:
                following, done = None, complete(state, job, values, now)
                if done is None:
                    command = CompleteJob(*job, values, FIRST)
                    self._follow(instance, self._send(state, command, now))
                elif self._observers.all:
                    following = self._shown(instance, done, variables)
                else:
                    following = self._go_on(instance, done, variables)
            except BaseException as error:  # noqa: BLE001 - as in `deliver`
                self._lose(instance, error)
                following = None
            del owners[instance]
            if instance.details is not None and instance.has_mail and instance.claim(self):
                following = self._drained(instance, following)

    def see_to(self, instance: Instance, errand: Errand[None]) -> None:
        """Do an errand as the instance's writer, or leave it to whoever is."""
        if instance.details is None and instance.claim(self):
            self._take_mail(instance, errand, THREAD.name)
        else:
            instance.leave_mail(errand, THREAD.name)
            if not instance.claim(self):
                return
        self.drain(instance)

    def _drained(self, instance: Instance, following: Following | None) -> Following | None:
        """Apply what others have brought; the call that followed, if it is still to be made."""
        self.drain(instance)
        if following is None:
            return None
        task, path, n, args = following
        return following if TaskCall(instance, task, path, n, 0, args).wanted() else None

    def _shown(
        self, instance: Instance, done: Outcome, variables: Mapping[str, Any]
    ) -> Following | None:
        """Let observers see what was done; the call that follows then, unless they meddle."""
        state, alone = instance.state, self._observers.alone
        if alone is not None and type(done) is Advanced:
            try:
                alone.on_advance(state, done, self.name)
            except Exception as error:  # noqa: BLE001 - as in `show`
                self._observers.drop(alone, error)
            return self._go_on(instance, done, variables)
        seq = state.seq
        self._observers.show(state, as_batch(state, done))
        if state.seq == seq:
            return self._go_on(instance, done, variables)
        self._react(instance, as_records(done))
        return None

    def _go_on(
        self, instance: Instance, done: Outcome, variables: Mapping[str, Any]
    ) -> Following | None:
        """The call that follows straight from what was done; else, as `_follow`, what it asks."""
        last: Any = done if isinstance(done, Advanced) else done.records[-1]  # an advance as well
        to = last.to
        _, node, n = to[0]
        task = self._plain[node]
        if task is not None and self._carried < self.executor.most_carried:
            path, state = last.scope, instance.state
            names = visible(state, state.scopes[path]) if path else variables
            try:
                args = task.gather(names)
            except KeyError:
                args = None
            if args is not None and (
                len(to) == 1 or self._offer(beside(self._plain, instance, last, names))
            ):
                self._carried += 1
                return task, path, n, args
        if n != WAITS or instance.details is not None:
            self._react(instance, as_records(done))
        return None

    def _offer(self, calls: Sequence[TaskCall] | None) -> bool:
        """Make all calls ready for all, if it is clear what they are; whether it is."""
        self.ready += calls or ()
        self.share()
        return calls is not None

    def drain(self, instance: Instance) -> None:
        """Apply what is in the mailbox and let the instance go; the caller has claimed it."""
        left = MOST_COMMANDS
        while True:
            posted = instance.next_mail() if left > 0 else None
            if posted is not None:
                left -= MOST_COMMANDS if type(posted[0]) is Continue else 1
                self._take_mail(instance, *posted)
            elif not instance.has_mail:
                if not instance.let_go() or not instance.claim(self):
                    return
            else:
                instance.owners[instance] = object()
                self.executor.offer_mail(instance)
                return

    def apply(self, instance: Instance, command: Command) -> r.Batch:
        """Send a command to the machine and start what it asks of the outside.

        Raises:
            CommandRejected: the instance is not in a state that allows the command.
            InternalError: the instance is lost by a fault of ours.
        """
        if instance in self.executor.lost:
            raise InternalError(LOST) from self.executor.lost[instance]
        try:
            batch = self._send(instance.state, command, self._now())
            self._follow(instance, batch)
        except CommandRejected:
            raise
        except BaseException as error:
            self.executor.lose(instance, error)
            if isinstance(error, Exception):
                raise InternalError(LOST) from error
            raise
        return batch

    def _follow(self, instance: Instance, batch: r.Batch) -> None:
        """Let observers see a batch, and start what it asks of the outside."""
        if self._observers.all:
            self._observers.show(instance.state, batch)
        self._react(instance, batch.records, more=batch.more)

    def _react(
        self, instance: Instance, records: Sequence[r.Record], *, more: bool = False
    ) -> None:
        """Start what records ask of the outside; `more` of them may follow."""
        opened = False
        for record in records:
            react = REACTIONS.get(type(record))
            if react is not None and react(self, instance, record):
                opened = True
        if more:
            instance.leave_mail(Continue())
        if instance.details is not None:
            self._tend(instance, records, quiet=not opened)

    def _tend(self, instance: Instance, records: Sequence[r.Record], *, quiet: bool) -> None:
        """Tell calls, and who waits for the instance, what concerns them; free what is empty."""
        details = instance.details
        if details is not None and (details.calls or details.producers):
            attend(self, instance, details, records)
        if quiet:
            self.executor.tell_waiter(instance)
            instance.drop_details()

    def _take_mail(self, instance: Instance, mail: Mail, bringer: str) -> None:
        if type(mail) is Continue and self.executor.stopping:
            return
        own, THREAD.name = THREAD.name, bringer
        try:
            if isinstance(mail, Errand):
                mail.put(self, instance)
                return
            if instance.details is not None:
                instance.details.reminders.brought(mail)
            if instance not in self.executor.lost and not overtaken(instance.state, mail):
                self.apply(instance, mail)
        except BaseException as error:  # noqa: BLE001 - as in `deliver`
            self._lose(instance, error)
        finally:
            THREAD.name = own

    def open(self, instance: Instance, path: str, node: int, n: int) -> bool:
        """Make a call ready, if it is wanted; whether it is. Its arguments are those of now."""
        task, state = self._tasks[node], instance.state
        scope = state.scopes.get(path)
        if task is None or scope is None:
            return False
        activation = scope.active.get(n * state.size + node)
        if activation is FRESH and task.plain and scope.parent is None:
            variables: Mapping[str, Any] = scope.variables
        elif activation is not None and task.is_open(state, scope, n):
            variables = {} if task.late else task.sees(state, scope, activation)
        else:
            return False
        attempt = activation.attempts
        gather, make = task.gather, task.make
        try:
            args = gather(variables)
        except KeyError as error:
            lacking = [name for name in task.handler.needs if name not in variables]
            producers = producers_inside(self.executor.program, task.node.container)
            fault = missing(lacking or [str(error.args[0])], variables, producers)
            instance.leave_mail(failed((path, node, n), attempt, fault))
            return True
        call = make(instance, task, path, n, attempt, args)
        if task.plain:
            self.ready.append(call)
        else:
            self._admit(call, activation, variables)
        return True

    def _admit(self, call: TaskCall, activation: Activation, variables: Mapping[str, Any]) -> None:
        """Look after a call if need be, and make it ready once its task has a place for it."""
        if not isinstance(call, AttendedCall):
            self.ready.append(call)
            return
        call.expect(activation, variables)
        details = call.instance.need_details()
        details.calls[call.where] = call
        if isinstance(call, Producer):
            call.prepare(activation.emitted)
            details.producers[call.items] = call
        slots = call.task.slots
        if slots is None or slots.admit(call):
            call.launch(self.ready.append)
