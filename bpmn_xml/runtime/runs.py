"""What the caller holds: a run, which tells what it does and what is open in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

import msgspec

from bpmn_xml.compiler.program.fields import FormField
from bpmn_xml.core import records as r
from bpmn_xml.core.commands import (
    CancelInstance,
    Command,
    CompleteJob,
    FailJob,
    ResolveIncident,
    SetVariables,
    SkipIncident,
    TellPerson,
    ThrowError,
)
from bpmn_xml.core.values import Values
from bpmn_xml.errors import CommandRejected
from bpmn_xml.model.notebook import from_notebook
from bpmn_xml.runtime.execution.standing import Standing, Until
from bpmn_xml.runtime.forms import LOG, Doubt, answered
from bpmn_xml.runtime.given import given, message, require_text
from bpmn_xml.runtime.people import open_incidents, open_tasks, recorded, task_fields
from bpmn_xml.runtime.uncaught import UncaughtBpmnError, uncaught
from bpmn_xml.trace.endings import ends_reached
from bpmn_xml.wording import shorten

if TYPE_CHECKING:
    from bpmn_xml.runtime.execution.desk import Desk
    from bpmn_xml.runtime.execution.executor import Executor
    from bpmn_xml.runtime.execution.instance import Instance
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
    sent a message (`publish`), given other data (`set_variables`), and ended (`cancel`).
    """

    __slots__ = ("_executor", "_instance")

    def __init__(self, executor: Executor, instance: Instance) -> None:
        self._executor, self._instance = executor, instance

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
        return self._ask(self._find_incidents)

    @property
    def tasks(self) -> list[OpenTask]:
        """The user tasks that are open."""
        return self._ask(self._find_tasks)

    def why(self, since: Since | None = None) -> tuple[Standstill, ...]:
        """Why it has not ended: where each token stands, and what it waits for.

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
        return self._executor.wait(self._instance, timeout, UNTIL[ended])

    def settle(self, timeout: float | None = None) -> bool:
        """Wait until nothing moves at this time, whatever is due later; whether it came to that."""
        return self._executor.wait(self._instance, timeout, Until.NOW)

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
        return router.publish(*message(name, key, payload), self._instance)

    def set_variables(self, variables: Mapping[str, Any]) -> None:
        """Set variables of the process; conditions that are waited for see them at once.

        Raises:
            CommandRejected: it has ended.
            UsageError: they are no mapping from names to values.
        """
        self._send(SetVariables("", given(variables)))

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

    def _find_incidents(self, _desk: Desk, instance: Instance) -> list[OpenIncident]:
        found = open_incidents(self._executor.program, instance.state)
        return [
            OpenIncident(run=self, mend=partial(self._mend, where), **fields)
            for where, fields in found
        ]

    def _mend(
        self,
        where: tuple[str, int, int],
        kind: type[ResolveIncident | SkipIncident],
        variables: Values,
    ) -> None:
        self._send(kind(*where, variables))

    def _find_tasks(self, _desk: Desk, instance: Instance) -> list[OpenTask]:
        found = open_tasks(self._executor.program, instance.state)
        return [
            OpenTask(run=self, answer=partial(self._answer, where), **fields)
            for where, fields in found
        ]

    def _answer(self, where: tuple[str, int, int], kind: Any, **values: Any) -> None:
        path, node, n = where
        batch = self._send(kind(path, node, n, **values))
        if any(type(record) is r.ResultDiscarded for record in batch.records):
            name = self._executor.program.nodes[node].id
            raise CommandRejected(f"user task {name!r} is no longer open in {self.id!r}")


class OpenIncident(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """A fault that a person must mend, by `retry` or `skip`.

    Attributes:
        node, name: the element where it happened.
        scope: the path of its scope.
        message, detail: what happened; the detail of a Python exception is its traceback.
    """

    run: Run
    node: str
    name: str
    scope: str
    message: str
    detail: str
    mend: Any

    def __repr__(self) -> str:
        return f"<OpenIncident at {self.node} of {self.run.id}: {shorten(self.message)!r}>"

    def retry(self, variables: Mapping[str, Any] | None = None) -> None:
        """Try again what it stopped, after setting these variables.

        Raises:
            CommandRejected: it does not stand any more.
        """
        self.mend(ResolveIncident, given(variables))

    def skip(self, variables: Mapping[str, Any] | None = None) -> None:
        """Go on as if what it stopped were done, after setting these variables.

        What turned too long goes on. A join that is stuck goes on with what has come. Where no
        flow can be taken the token ends.

        Raises:
            CommandRejected: it does not stand any more.
        """
        self.mend(SkipIncident, given(variables))


class OpenTask(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """A user task that waits for a person: to `complete` it, or to `fail` it.

    It is what it was when it was listed. Who it is for may be changed by `claim`, `assign` and
    `change`, which give it as it is then. They call no listeners of the drawing.

    Attributes:
        id: names it among all tasks of the engine, as long as it is open; see `Engine.task`.
        node, name, lane: the task, and whose it is.
        scope: the path of its scope.
        variables: what could be seen there when it was listed.
        form: what the drawing asks the person for.
        form_key: the name of a form of another program.
        assignee, candidate_users, candidate_groups: whose it is, or may be.
        due, follow_up: when it should be done and looked at again, UTC.
        priority: how urgent it is; 50 where nothing is said.
    """

    id: str
    run: Run
    node: str
    name: str
    lane: str
    scope: str
    variables: dict[str, Any]
    form: tuple[FormField, ...] = ()
    form_key: str = ""
    assignee: str = ""
    candidate_users: tuple[str, ...] = ()
    candidate_groups: tuple[str, ...] = ()
    due: datetime | None = None
    follow_up: datetime | None = None
    priority: int = 50
    answer: Any

    def __repr__(self) -> str:
        whose = self.assignee or ", ".join(self.candidate_groups) or self.lane
        return f"<OpenTask {self.node} of {self.run.id}{f' for {whose}' if whose else ''}>"

    def claim(self, user: str) -> OpenTask:
        """Make it this user's, unless it is another's; return it as it is then.

        This object stays what it was, as all that the engine tells of a moment.

        Raises:
            CommandRejected: it is, or it is not open any more.
        """
        require_text(user, "a task is claimed for the name of a user")
        return self._told({"assignee": user}, claims=True)

    def assign(self, user: str = "") -> OpenTask:
        """Make it this user's, whoever's it is, or nobody's; return it as it is then.

        Raises:
            CommandRejected: it is not open any more.
        """
        require_text(user, "a task is assigned to the name of a user")
        return self._told({"assignee": user})

    def change(
        self,
        *,
        candidate_users: Iterable[str] | None = None,
        candidate_groups: Iterable[str] | None = None,
        due: datetime | None = None,
        follow_up: datetime | None = None,
        priority: int | None = None,
    ) -> OpenTask:
        """Change whose it may be, its times or its priority; what is left out stays.

        Raises:
            CommandRejected: it is not open any more.
            UsageError: candidates are no list.
        """
        asked = {"candidate_users": candidate_users, "candidate_groups": candidate_groups}
        told = asked | {"due": due, "follow_up": follow_up, "priority": priority}
        return self._told(recorded(told))

    def _told(self, values: dict[str, Any], *, claims: bool = False) -> OpenTask:
        self.answer(TellPerson, values=values, claims=claims)
        return msgspec.structs.replace(self, **task_fields(values))

    def complete(self, variables: Values | None = None, *, doubt: Doubt = LOG.warning) -> None:
        """Complete the task; `doubt` is told of names that only look like a field of its form.

        Raises:
            FormError: they do not fit the form; the task stays open.
            CommandRejected: it is not open any more.
        """
        values = answered(self.form, given(variables), self.variables, at=self.node, doubt=doubt)
        self.answer(CompleteJob, values=values)

    def fail(
        self, message: str = "", *, code: str = "", variables: Mapping[str, Any] | None = None
    ) -> None:
        """Fail the task: with a code as a BPMN error, else as an incident.

        Raises:
            CommandRejected: it is not open any more.
        """
        if code:
            self.answer(ThrowError, code=code, message=message, variables=given(variables))
        else:
            named = {"errors": ("UserTaskFailed",), "message": message, "plain": bool(message)}
            self.answer(FailJob, retry=False, **named)
