"""What the caller holds: a run, which tells what it does and why it has not ended."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, TypeVar

from bpmn_xml.core import records as r
from bpmn_xml.core.commands import CancelInstance, Command, SetVariables
from bpmn_xml.errors import CommandRejected
from bpmn_xml.lazy import tell_names
from bpmn_xml.model.notebook import from_notebook
from bpmn_xml.runtime.arguments import given, message
from bpmn_xml.runtime.binding.process_data import rules_of
from bpmn_xml.runtime.execution.desk import Desk
from bpmn_xml.runtime.execution.executor import Executor
from bpmn_xml.runtime.execution.instance import Instance
from bpmn_xml.runtime.execution.standing import Standing, Until
from bpmn_xml.runtime.execution.waiting import wait_for
from bpmn_xml.runtime.inbox import Answer, OpenIncident, OpenTask, open_incidents, open_tasks
from bpmn_xml.runtime.uncaught_errors import UncaughtBpmnError, uncaught
from bpmn_xml.trace.endings import ends_reached

if TYPE_CHECKING:
    from bpmn_xml.trace.standstill import Since, Standstill


T = TypeVar("T")

UNTIL: Final = {True: Until.END, False: Until.REST}
"""What `Run.wait` waits for, by whether an end is asked for."""


def _variables(_desk: Desk, instance: Instance) -> dict[str, Any]:
    root = instance.state.scopes.get("")
    return dict(root.variables) if root is not None else {}


class Run:
    """One instance of a process, seen from outside. Any thread may use it.

    It tells its `status`, `variables`, `tasks` and `incidents`, `why` it has not ended, or where it
    `ended_at` (or all its `ends`) and by which `error`; it can be waited for (`wait`, `settle`),
    sent a message (`publish`), given other data (`set_variables`), and ended (`cancel`). All that
    stand for the same instance of the same engine are equal.
    """

    __slots__ = ("_executor", "_instance")

    def __init__(self, executor: Executor, instance: Instance) -> None:
        self._executor, self._instance = executor, instance

    def _stand_for(self, run: Run) -> None:
        """Stand for the same instance as another: so a run begins that does more than that."""
        self._executor, self._instance = run._executor, run._instance

    def __eq__(self, other: object) -> bool:
        return self._instance is other._instance if isinstance(other, Run) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._instance)

    def __repr__(self) -> str:
        by = f" by {self.error}" if self.outcome == "failed" else ""
        return f"<Run {self.id}: {self.status}{by}>"

    def _repr_html_(self) -> str:
        """Its drawing: in a notebook with what it did, elsewhere with where it stands now."""
        return str(from_notebook("html_of")(self, self._executor))

    def _ipython_display_(self) -> None:
        """The same, shown anew while it goes on."""
        from_notebook("display_run")(self, self._executor)

    @property
    def id(self) -> str:
        """The name of the instance."""
        return self._instance.state.instance

    @property
    def process(self) -> str:
        """The id of the process that it is an instance of."""
        root = self._instance.state.scopes.get("")
        return self._executor.program.containers[root.container].id if root is not None else ""

    @property
    def outcome(self) -> str:
        """How the run ended: completed, terminated, failed or cancelled; empty while it goes on."""
        return self._instance.state.outcome

    @property
    def ended_at(self) -> str:
        """The id of the end event of the process that it reached last; empty while it goes on.

        Empty too where it ended at none, as by `cancel` or at a task without an outgoing flow.
        """
        return next(reversed(self.ends), "")

    @property
    def ends(self) -> tuple[str, ...]:
        """The ids of all end events that it reached, the last one last; see `ended_at`."""
        nodes = self._executor.program.nodes
        return tuple([nodes[index].id for index in ends_reached(self._instance.state)])

    @property
    def error(self) -> UncaughtBpmnError | None:
        """The BPMN error that nothing caught: of a run that `failed`, what ended it.

        In a file of Camunda 7 such an error ends but its token; the last one is told.
        """
        return uncaught(self._executor.program, self._instance.state)

    @property
    def status(self) -> str:
        """The outcome, or running, waiting (for a person, an event or a time), incident.

        Of what still moved when its engine stopped: stopped.
        """
        stands = self._ask(lambda _desk, it: self._executor.standing(it))
        cut_off = stands is Standing.RUNNING and self._executor.stopped
        return self.outcome or ("stopped" if cut_off else str(stands))

    @property
    def variables(self) -> dict[str, Any]:
        """The variables of the process as they are now; a copy."""
        return self._ask(_variables)

    @property
    def incidents(self) -> list[OpenIncident]:
        """The open incidents, those of the outermost scopes first."""
        program = self._executor.program
        return self._ask(lambda _, it: list(open_incidents(self, program, it.state, self._send)))

    @property
    def tasks(self) -> list[OpenTask]:
        """The user tasks that are open."""
        executor = self._executor
        return self._ask(lambda _, it: list(open_tasks(self, executor, it.state, self._answer)))

    def find_task(self, name: str) -> OpenTask | None:
        """The first open user task that has this id or name in the drawing; None if there is none.

        However many are open, no more are looked at than up to that one.
        """
        executor = self._executor

        def found(_desk: Desk, it: Instance) -> OpenTask | None:
            tasks = open_tasks(self, executor, it.state, self._answer)
            return next((task for task in tasks if task.is_called(name)), None)

        return self._ask(found)

    def why(self, since: Since | None = None) -> tuple[Standstill, ...]:
        """Why it has not ended: where each token stands, and what it waits for; `str` says it.

        Args:
            since: who has noted when everything began; without, that is not told.
        """
        from bpmn_xml.trace.why import explain

        program = self._executor.program
        return self._ask(lambda _desk, it: explain(program, it.state, since))

    def wait(self, timeout: float | None = None, *, ended: bool = False) -> bool:
        """Wait until nothing moves any more without the outside; whether it came to that.

        Then it has ended, or asks a person (user tasks, incidents) or waits for a message or a
        signal; timers beside these go on, but are not waited for. What waits for nothing but time
        goes on, unless the clock is moved by hand.

        Args:
            timeout: seconds; None waits as long as it takes.
            ended: do not come back before it has ended.
        """
        return wait_for(self._executor, self._instance, timeout, UNTIL[ended])

    def settle(self, timeout: float | None = None) -> bool:
        """Wait until nothing moves at this time, whatever is due later; whether it came to that."""
        return wait_for(self._executor, self._instance, timeout, Until.NOW)

    def publish(
        self, name: str, key: object = "", payload: Mapping[str, Any] | None = None
    ) -> bool:
        """Send a message to this instance, whoever else waits for it; see `Engine.publish`.

        Without a key it is for whatever waits for its name here, with a key drawn or not.

        Returns:
            Whether it received it; else the message is kept for it.

        Raises:
            CommandRejected: it has ended, or its engine has stopped.
        """
        self._require_running()
        if self.outcome:
            raise CommandRejected(f"instance {self.id!r} has ended, it gets no message")
        router = self._executor.router
        rules = rules_of(self._executor.program)
        return router.publish(*message(name, key, payload, rules), self._instance)

    def set_variables(self, variables: Mapping[str, Any]) -> None:
        """Set variables of the process; conditions that are waited for see them at once.

        Raises:
            CommandRejected: it has ended.
            UsageError: they are no mapping from names to values.
        """
        self._send(SetVariables("", given(variables, rules_of(self._executor.program))))

    def cancel(self, reason: str = "") -> None:
        """End the instance at once, whatever it does.

        Raises:
            CommandRejected: it has ended before.
        """
        self._send(CancelInstance(reason))

    def _ask(self, action: Callable[[Desk, Instance], T]) -> T:
        return self._executor.ask(self._instance, action)

    def _require_running(self) -> None:
        """Refuse what would lead to nothing, as no call is made any more."""
        if self._executor.stopped:
            remedy = "keep an Engine open as long as its runs are to go on"
            raise CommandRejected(f"the engine of {self.id!r} has stopped", remedy=remedy)

    def _send(self, command: Command) -> r.Batch:
        self._require_running()
        self._instance.chain = None
        chain = self._executor.router.held.pop(self._instance, None)
        batch = self._ask(lambda desk, it: desk.apply(it, command))
        for kept in chain.renew() if chain else ():
            self._executor.router.send_off(kept)
        return batch

    def _answer(self, answer: Answer) -> None:
        batch = self._send(answer)
        if any(type(record) is r.ResultDiscarded for record in batch.records):
            name = self._executor.program.nodes[answer.node].id
            raise CommandRejected(f"user task {name!r} is no longer open in {self.id!r}")


tell_names({"Run": Run}, (OpenIncident, OpenTask))
