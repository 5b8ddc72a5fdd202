"""A rehearsal: an engine in the caller's thread, with a manual clock, that notes every step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from itertools import takewhile
from typing import Any, NoReturn, Self

from bpmn_xml.compiler.program import NONE, Kind, Node, Program
from bpmn_xml.core import records as r
from bpmn_xml.core.commands import Command
from bpmn_xml.core.records import Batch
from bpmn_xml.errors import UsageError
from bpmn_xml.runtime import Engine, ManualClock, OpenTask, Run
from bpmn_xml.runtime.forms import FormError
from bpmn_xml.runtime.options import Models
from bpmn_xml.runtime.scenario import MessageStep, SignalStep, still_untaken
from bpmn_xml.show import untaken_messages, unwritten_variables
from bpmn_xml.trace.course import RunCourse, told_by
from bpmn_xml.trace.standstill import ASIDE, Standstill
from bpmn_xml.wording import on_one_line, quoted, suggest

__tracebackhide__ = True
"""pytest shows the line of the test that failed, none of this module."""

BEGIN = "2026-01-01T00:00Z"
"""When rehearsals begin unless told otherwise."""


class Rehearsal:
    """Runs processes step by step, in one order only.

    Args:
        models: a path, the bytes of a file, or what `read` gave, one or several, as for `Engine`.
        handlers: what does the tasks' work, and stands in for processes that are called, by the id
            of the process or of what calls it.
        begin: the date and time at which the clock stands at first.
        options: as for `Engine`.

    Attributes:
        clock: the manual clock.
        engine: the engine.
        runs: all that has begun, oldest first, by itself or by name.
    """

    def __init__(
        self, models: Models, handlers: object = None, *, begin: str = BEGIN, **options: Any
    ) -> None:
        self.clock = ManualClock(begin)
        self.runs: list[TestedRun] = []
        self._trails: dict[str, list[str]] = {}
        self._course = RunCourse()
        self._unheard: list[MessageStep | SignalStep] = []
        own = {"workers": 0, "clock": self.clock, "on_start": self._began}
        self.engine = Engine(models, handlers, **{**options, **own})
        self.engine.observe(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop the engine of the rehearsal."""
        self.engine.stop(0)

    def start(
        self, process: str = "", variables: Mapping[str, Any] | None = None, **named: Any
    ) -> TestedRun:
        """Begin an instance, and let it go on until it waits; all is given as to `Engine.start`."""
        begun = self.engine.start(process, variables, **named)
        self.engine.settle()
        return next(run for run in self.runs if run.id == begun.id)

    def advance(self, by: str | timedelta) -> None:
        """Let time go by (`P2D`, a `timedelta`), from timer to timer, so that nothing is late."""
        end = ManualClock(self.clock.now())
        end.advance(by)
        self.engine.settle()
        while (due := self.engine.next_due()) is not None and due <= end.now():
            self.clock.advance(microseconds=max(due - self.clock.now(), 0))
            self.engine.settle()
        self.clock.advance(microseconds=end.now() - self.clock.now())

    def skip(self) -> bool:
        """Let time go by until something is due, and let it happen; whether anything was."""
        skipped = self.clock.skip()
        self.engine.settle()
        return skipped

    def publish(
        self, name: str, key: object = "", payload: Mapping[str, Any] | None = None
    ) -> bool:
        """Send a message; whether somebody received it."""
        received = self.engine.publish(name, key, payload)
        return self.sent(MessageStep(message=name, key=str(key)), received=received)

    def signal(self, name: str, payload: Mapping[str, Any] | None = None) -> bool:
        """Send a signal; whether there was somebody to hear it."""
        heard = self.engine.signal(name, payload)
        return self.sent(SignalStep(signal=name), received=heard)

    def sent(self, step: MessageStep | SignalStep, *, received: bool) -> bool:
        """Let all go on after something was sent, and note it if nobody has taken it."""
        self.engine.settle()
        if not received:
            self._unheard.append(step)
        return received

    @property
    def doubts(self) -> list[str]:
        """What may be a slip: what was sent and is taken by nobody, what was asked for in vain."""
        program = self.engine.program
        entered = {element for trail in self._trails.values() for element in trail}
        reached = [node for node in program.nodes if node.shown in entered]
        return [
            *untaken_messages.notes(still_untaken(self._unheard, self.engine), self.engine),
            *unwritten_variables.notes(program, reached, self.runs).values(),
            *self.engine.missing,
        ]

    def on_batch(self, _state: object, batch: Batch) -> None:
        """Note where tokens went."""
        trail = self._trails.setdefault(batch.instance, [])
        trail += entered(self.engine.program, batch, self._course)

    def _began(self, run: Run) -> None:
        trail = self._trails.setdefault(run.id, [])
        self.runs.append(TestedRun(self, run, trail))


def entered(program: Program, batch: Batch, course: RunCourse) -> list[str]:
    """The ids of the elements that tokens entered, and of the flows they took, in order."""
    found: list[str] = []
    joined = NONE  # a join is entered once, whatever follows
    for seen in course.follow(batch.instance, batch.time, told_by(batch)):
        match record := seen.record:
            case r.Passed() if course.visits.is_result(batch.instance, record):
                pass  # an item leaves the producer that made it
            case r.FlowTaken():
                found.append(program.flows[record.flow].id)
            case r.Activated() if not _is_once(program.nodes[record.node], record.scope):
                pass
            case r.Activated() | r.Passed() if program.nodes[record.node].is_stand_in:
                pass  # its call has been entered
            case r.Joined() if program.nodes[record.node].loop is not None:
                pass  # each instance is entered after that
            case r.Joined() | r.Passed() | r.Activated() if record.node != joined:
                found.append(program.nodes[record.node].id)
        joined = record.node if isinstance(record, r.Joined) else NONE
    return found


def _is_once(node: Node, scope: str) -> bool:
    """Whether this is the one entering that counts: each instance, where there are several.

    The scopes around a node alone are those of its instance and of its local data.
    """
    parts = [part.partition(".") for part in reversed(scope.split("/"))]
    own = list(takewhile(lambda part: part[0] == str(node.index) and ":" in part[2], parts))
    return len(own) == (node.loop is not None)


def _refuse(what: str) -> NoReturn:
    """Refuse what may be a slip: in a test it would prove nothing."""
    raise FormError(what, remedy="name a field of the form")


def _label(task: OpenTask) -> str:
    """A task's id, and its name if it has one."""
    return f"{task.node} ({quoted(task.name)})" if task.name else task.node


def _only(name: str, known: Mapping[str, list[str]]) -> str:
    """The one id that a name stands for."""
    found = known.get(name) or known.get(on_one_line(name), [])
    if not found:
        remedy = suggest(name, known, "name an id or a name of the drawing")
        raise UsageError(f"there is no element or flow {name!r}", remedy=remedy)
    if len(found) > 1:
        remedy = f"name an id: {', '.join(found)}"
        raise UsageError(f"{len(found)} elements are called {name!r}", remedy=remedy)
    return found[0]


class TestedRun(Run):
    """One instance of a rehearsal: a run that goes on until it waits, whatever is done to it.

    Attributes:
        trail: ids of the elements that were entered, and of the flows taken, in order.
    """

    __test__ = False  # nothing for pytest to collect

    def __init__(self, stage: Rehearsal, run: Run, trail: list[str]) -> None:
        self._stand_for(run)
        self._stage, self.trail = stage, trail

    def __repr__(self) -> str:
        return f"<TestedRun {self.id}: {self.status}>"

    def _send(self, command: Command) -> Batch:
        batch = super()._send(command)
        self._stage.engine.settle()
        return batch

    @property
    def waiting(self) -> tuple[Standstill, ...]:
        """Where its tokens stand, and what they wait for."""
        return tuple([still for still in self.why() if still.cause not in ASIDE])

    @property
    def way(self) -> list[str]:
        """The ids of the elements that were entered, in order."""
        flows = {flow.id for flow in self._stage.engine.program.flows}
        return [entered for entered in self.trail if entered not in flows]

    def require(self, *elements: str) -> list[str]:
        """The ids of elements and flows, each given by its id, or by a name that it alone has.

        What is drawn beside a listener is its element's name.

        Raises:
            UsageError: there is none: what is misspelt proves nothing.
        """
        program = self._stage.engine.program
        nodes = [node for node in program.nodes if not node.is_stand_in]
        ids = {*(node.id for node in nodes), *(flow.id for flow in program.flows)}
        known = {element: [element] for element in ids}
        for node in nodes:
            name = on_one_line(node.name)
            if name and name not in ids and node.kind is not Kind.LISTENER:
                known.setdefault(name, []).append(node.id)
        return [_only(element, known) for element in elements]

    def passed(self, element: str) -> int:
        """How often an element was entered, or a flow taken.

        Raises:
            UsageError: there is no such element or flow.
        """
        return self.trail.count(*self.require(element))

    def task(self, name: str = "") -> OpenTask:
        """The open user task of this id or name; the first one if none is given.

        Raises:
            UsageError: it is not open.
        """
        found = self.find_task(name) if name else None
        if found is not None:
            return found
        tasks = self.tasks
        if tasks and not name:
            return tasks[0]
        known = f"open: {', '.join(map(_label, tasks))}" if tasks else "no user task is"
        raise UsageError(f"user task {name!r} is not open", remedy=known)

    def complete(self, task: str = "", variables: Mapping[str, Any] | None = None) -> None:
        """Do an open user task, and let the run go on until it waits.

        Raises:
            UsageError: it is not open, or the variables do not fit its form: also what only looks
                like a field of it is refused.
        """
        self.task(task).complete(variables, doubt=_refuse)

    def publish(
        self, name: str, key: object = "", payload: Mapping[str, Any] | None = None
    ) -> bool:
        """Send a message to this run; whether it received it."""
        received = super().publish(name, key, payload)
        return self._stage.sent(MessageStep(message=name, key=str(key)), received=received)
