"""The engine: processes started, waited for and stopped, in the caller's thread or by workers.

>>> from bpmn_xml import model as m
>>> process = m.Process(id="P", is_executable=True, flow_elements=(
...     m.StartEvent(id="s"), m.ServiceTask(id="greet"), m.EndEvent(id="e"),
...     m.SequenceFlow(id="f1", source_ref="s", target_ref="greet"),
...     m.SequenceFlow(id="f2", source_ref="greet", target_ref="e")))
>>> model = m.Definitions(id="D", root_elements=(process,))
>>> def greet(name):
...     return {"greeting": f"Hello, {name}"}
>>> with Engine(model, {"greet": greet}) as engine:
...     done = engine.start("P", {"name": "Ada"})
...     done.wait(10)
True
>>> done.outcome, done.variables
('completed', {'name': 'Ada', 'greeting': 'Hello, Ada'})
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any, Final, Self, Unpack

from bpmn_xml.compiler.options import Options
from bpmn_xml.compiler.program import NONE, Program
from bpmn_xml.compiler.program.scoping import BUSINESS_KEY
from bpmn_xml.core.commands import StartInstance
from bpmn_xml.errors import BpmnXmlError, UsageError
from bpmn_xml.model.notebook import from_notebook
from bpmn_xml.runtime.arguments import given, message, require_text
from bpmn_xml.runtime.assembly import compiled, driver_of, settings_of, with_producers
from bpmn_xml.runtime.binding.beside import bind_beside
from bpmn_xml.runtime.binding.process_data import rules_of
from bpmn_xml.runtime.clock import Clock
from bpmn_xml.runtime.execution.calls.meter import CallCount, UnfinishedCall
from bpmn_xml.runtime.execution.executor import Executor
from bpmn_xml.runtime.execution.log import LOG
from bpmn_xml.runtime.execution.messages.starts import arm_timers, begin, holding
from bpmn_xml.runtime.execution.observers import Observer
from bpmn_xml.runtime.execution.standing import Until
from bpmn_xml.runtime.execution.waiting import wait_for_all
from bpmn_xml.runtime.inbox import OpenIncident, OpenTask
from bpmn_xml.runtime.null_mappings import noting
from bpmn_xml.runtime.options import (
    EngineOptions,
    Models,
    accepted,
    drawings_of,
    files_of,
)
from bpmn_xml.runtime.runs import Run
from bpmn_xml.runtime.starting import (
    container_of,
    said_of_conversation,
    start_node_of,
    with_defaults,
)
from bpmn_xml.runtime.tracing import Traced, observers_of

WORKERS: Final = 64
"""How many workers may work at once unless somebody says so; they are started when needed."""

PATIENCE: Final = 60.0
"""Seconds that work has to be done when the `with` block is left, unless somebody says so."""

GRACE: Final = 10.0
"""Seconds that calls have to return when an engine stops."""


class Engine:
    """Runs the processes of some diagrams; what they do is kept in memory only.

    `start` gives a run, `publish` and `signal` tell all of something, `runs`, `tasks` and
    `incidents` list what is under way, `run` and `task` find one by its id. Any thread may use it;
    a coroutine waits by `await asyncio.to_thread(engine.wait)`.

    `wait` waits until nothing moves any more, timers included. Who leaves the `with` block without
    that sits no timer out: work that is under way has a minute (`patience`) to be done, then calls
    are told to break off, and have ten seconds (`GRACE`) for that. `stop` does only the latter.

    Args:
        models: a path, the bytes of a file, or what `read` gave, one or several; or a compiled
            program. Beside diagrams also decision models, for the tasks that name a decision.
        handlers: what does the tasks' work: a mapping by name, a module (what it defines itself or
            names in its `__all__`, not what it has imported), an object, a class of which each call
            makes one, or several. What they lack is looked for beside the files of the diagrams. By
            the id of a called process, or of what calls it, one stands in for that.
        options: what `help(bpmn_xml.runtime.options.EngineOptions)` lists: of time `clock`,
            `message_ttl`, `timer_starts`, `patience`; of work `workers`, `most_steps`,
            `strict_data`; of who sees it `trace`, `on_start`, `metered`; of Python `bindings`,
            `folders`, `modules`, `allow_imports`, `workers_from`, `decisions`, `stores`; of
            compiling `stub`, `choices`, `allow_scripts`, `allow_unknown`, `catch_up`.

    Attributes:
        program: what is run.
        bindings: which Python does the work of each task, and how it was found.
        stubbed: ids of the tasks that pass because nothing is bound to them.
        doubts: findings about bindings that keep nothing from running.
        missing: in words, which variables decisions and mappings have asked for so far that nothing
            had given, and which of their texts were null as they have no result.
        unfinished: calls that had not returned when the engine stopped.

    Raises:
        CheckError: the diagrams cannot be run.
        BindingError: tasks have no Python behind them.
        ReadError, StoreError: a file cannot be read, or a trace not be written.
        UsageError: an option is none, or is something else than it has to be.
    """

    def __init__(
        self, models: Program | Models, handlers: object = None, **options: Unpack[EngineOptions]
    ) -> None:
        options = accepted(options)
        compiling = options.get("options", Options())
        files, decisions = ((), ()) if isinstance(models, Program) else files_of(models)
        program = models if isinstance(models, Program) else compiled(files, compiling, handlers)
        options["decisions"] = [*decisions, *options.get("decisions", ())]
        drawings = drawings_of(files, options)
        bound = bind_beside(program, drawings, handlers, options)
        self.program = noting(with_producers(program, bound), bound.missing)
        self.bindings = tuple(bound.resolved)
        self.stubbed = bound.stubbed
        self.doubts, self.missing = tuple(bound.doubts), bound.missing
        self._rules = rules_of(self.program)
        self.unfinished: list[UnfinishedCall] = []
        self._stopped, self._traces = False, ExitStack()
        self._patience = options.get("patience", PATIENCE)
        drive = partial(driver_of, workers=options.get("workers", WORKERS))
        self._executor = Executor(self.program, drive, settings_of(options, bound, files))
        try:
            self._let_see(options.get("trace", ()), drawings)
            arm_timers(self._executor.router, options.get("timer_starts", sys.maxsize))
        except BpmnXmlError:
            self.stop(0)
            raise

    def _let_see(self, trace: Traced | Sequence[Traced], drawings: Sequence[Path]) -> None:
        """Show all batches to whom the options name, and to a notebook."""
        if "ipykernel" in sys.modules:  # its pictures of runs know the past
            from_notebook("observe")(self._executor)
        for observer in observers_of(trace, self.program, drawings, self._traces):
            self.observe(observer)

    def __repr__(self) -> str:
        """Its processes, and how many runs have not ended."""
        state = "stopped" if self._stopped else f"{len(self.runs())} under way"
        return f"<Engine of {', '.join(self.program.processes) or 'no process'}: {state}>"

    def _repr_html_(self) -> str:
        """Its runs, for a notebook."""
        return str(from_notebook("html_of_engine")(self))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_raised: object) -> None:
        """Let work that is under way be done, for `patience` seconds at most, then `stop`.

        These are the calls that are being made, what follows from them, and further attempts of
        those that fail, if they are due by then. Timers, people, messages and signals are not
        waited for. After an exception it stops at once. Calls that have not returned by then are
        `unfinished`, and logged.
        """
        try:
            if kind is None and not wait_for_all(self._executor, Until.DONE, self._patience):
                LOG.warning("after %g s calls are told to break off", self._patience)
        finally:
            for call in self.stop():
                LOG.warning("a call of %s of %s has not returned", call.node, call.instance)

    def start(  # noqa: PLR0913 - but for the first two by keyword
        self,
        process: str = "",
        variables: Mapping[str, Any] | None = None,
        *,
        start: str = "",
        instance: str = "",
        business_key: str = "",
        initiator: str | None = None,
    ) -> Run:
        """Begin an instance of a process.

        Args:
            process: its id; may be left out where there is but one that no other calls.
            variables: what it begins with; the defaults of a start event's form are added.
            start: the id of the start event, where there are several.
            instance: a name for the instance, the `id` of the run; made up if left out.
            business_key: what the business knows it by, as an order's number: `publish` finds it by
                that, Camunda's `execution.processBusinessKey` tells it. It is the variable
                `businessKey`, which may as well be among the variables.
            initiator: who begins it, for the variable in which a start event of Camunda 7 asks it.

        Raises:
            UsageError: there is no such process or start event, or the engine has stopped.
            CommandRejected: there are several start events and none is named, or another instance
                that goes on has this name.
        """
        self._require_running()
        container = container_of(self.program, process)
        node = start_node_of(self.program, container, start) if start else NONE
        told = given(variables, self._rules)
        if business_key:
            told[BUSINESS_KEY] = business_key
        values = with_defaults(self.program, container, node, told, self._executor.now)
        said = said_of_conversation(self.program, node, values) if node != NONE else None
        command = StartInstance(container, values, node, initiator, correlated=said)
        return Run(self._executor, self._executor.start(command, instance))

    def evaluate_start_conditions(self, variables: Mapping[str, Any] | None = None) -> list[Run]:
        """Begin the processes whose conditional start events hold with these variables.

        They begin with the variables; several conditions that hold begin several instances.
        """
        self._require_running()
        holds = list(holding(self.program, values := given(variables, self._rules)))
        begun = [begin(self._executor.router, start, values) for start in holds]
        return [Run(self._executor, instance) for instance in begun if instance is not None]

    def _require_running(self) -> None:
        """Refuse what can come to nothing any more.

        Raises:
            UsageError: the engine has stopped.
        """
        if self._stopped:
            raise UsageError("the engine has stopped")

    @property
    def clock(self) -> Clock:
        """The clock of the engine."""
        return self._executor.clock

    def observe(self, observer: Observer) -> None:
        """Let one more observer see all batches from now on.

        It may ask the run that it is told of; at others it looks by `call_at`.
        """
        self._executor.observers.add(observer)

    def runs(self) -> list[Run]:
        """The runs that have begun and not ended, oldest first."""
        return [Run(self._executor, one) for one in self._executor.instances.copy().values()]

    def run(self, instance: str) -> Run:
        """The run of this `id`, which has begun and not ended.

        Raises:
            UsageError: there is none.
        """
        found = self._executor.instances.get(instance)
        if found is None:
            raise UsageError(f"no run {instance!r} is under way")
        return Run(self._executor, found)

    def tasks(self) -> list[OpenTask]:
        """The open user tasks of all runs."""
        return [task for run in self.runs() for task in run.tasks]

    def task(self, task: str) -> OpenTask:
        """The open user task of this `id`.

        Raises:
            UsageError: there is none.
        """
        heads = [task[:at] for at, letter in enumerate(task) if letter == "/"]
        begun = [one for head in heads if (one := self._executor.instances.get(head)) is not None]
        runs = [Run(self._executor, one) for one in begun]
        for found in (found for run in runs for found in run.tasks if found.id == task):
            return found
        raise UsageError(f"no user task {task!r} is open")

    def incidents(self) -> list[OpenIncident]:
        """The open incidents of all runs, for a person to mend."""
        return [incident for run in self.runs() for incident in run.incidents]

    def counts(self) -> list[CallCount]:
        """The calls of every task so far, if they are metered."""
        return self._executor.counts()

    def publish(
        self,
        name: str,
        key: object = "",
        payload: Mapping[str, Any] | None = None,
        *,
        to_first: bool = False,
    ) -> bool:
        """Send a message to whoever waits for it by name and correlation key.

        `Run.publish` sends it to one instance.

        Args:
            name: of the message.
            key: what correlates it, as text: the value of a key that is drawn, or if none fits, the
                business key of an instance that waits without one; in Camunda 7 also that of one
                that it starts. Left out, it is found as the drawing says.
            payload: what it carries; the receiver's variables.
            to_first: of several instances that wait for it, the one that waits longest gets it;
                for work queues, say so from handlers too.

        Returns:
            Whether somebody received it, or a process was started by it; else it is kept.

        By the standard's correlation what does not know its key yet takes any message that has one,
        and a process that begins in several ways has one instance in each conversation at a time.

        By the rules of Camunda 8 whoever waits longest gets it in each process, and it begins none
        while an instance goes on that was begun with the same key.

        Raises:
            AmbiguousMessage: several instances wait for it; none gets it.
            UsageError: the name is no text, or what it carries is given as the key, or the engine
                has stopped.
        """
        self._require_running()
        sent = message(name, key, payload, self._rules)
        return self._executor.router.publish(*sent, to_first=to_first)

    def untaken(self) -> list[tuple[str, str]]:
        """The names and keys of the messages that nobody has received so far."""
        return self._executor.router.untaken()

    def signal(self, name: str, payload: Mapping[str, Any] | None = None) -> bool:
        """Broadcast a signal to all that wait for it; whether there may be somebody."""
        self._require_running()
        require_text(name, "first the name of the signal, then what it carries")
        return self._executor.router.broadcast(name, given(payload, self._rules))

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until nothing moves any more in any run; whether it came to that in time.

        See `Run.wait`: timers are waited for, but not where people are asked meanwhile.
        """
        return wait_for_all(self._executor, Until.REST, timeout)

    def settle(self, timeout: float | None = None) -> bool:
        """Wait until nothing moves at this time in any run, whatever is due later.

        With a clock that runs, `wait` may wait for timers, and this does not.
        """
        return wait_for_all(self._executor, Until.NOW, timeout)

    @property
    def expects_starts(self) -> bool:
        """Whether a timer will begin a process."""
        return bool(self._executor.armed)

    def next_due(self) -> int | None:
        """When something is due next, in microseconds since 1970 UTC; None if nothing is."""
        return self._executor.next_due()

    def call_at(self, due: int, action: Callable[[], object]) -> None:
        """Have something called at a time, in microseconds since 1970 UTC, of the engine's clock.

        It is called where handlers are; what it raises is written to the log.
        """
        executor, act = self._executor, partial(self._executor.call, "call_at", action)
        executor.add_timer(due, lambda: executor.router.send_off(act))

    def stop(self, grace: float = GRACE) -> list[UnfinishedCall]:
        """Begin no call any more, tell those that run to break off, and give them `grace` seconds.

        They are told by `context.cancelled`, coroutines by being cancelled. Nothing can be begun or
        sent any more; runs that have not ended stay as they are. A second call awaits the first.

        Returns:
            The calls that have not returned; their threads do not hold up the program's exit.

        Raises:
            StoreError: a trace could not be written.
            UsageError: it is called by a coroutine of a handler, for which it would wait.
        """
        self._executor.loop.require_other_thread()
        if self._stopped and self._executor.driver.is_awaited():
            return self.unfinished
        with self._executor.ending:
            if not self._stopped:
                self._stopped = True
                with self._traces:
                    self.unfinished = [
                        UnfinishedCall(call.instance.state.instance, call.task.node.id, call.scope)
                        for call in self._executor.stop(grace)
                    ]
        return self.unfinished
