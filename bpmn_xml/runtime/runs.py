"""What the caller holds: a run, which tells what it does and what is open in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

import msgspec

from bpmn_xml.compiler.program import NONE, Kind, Node
from bpmn_xml.compiler.program.scoping import lasting
from bpmn_xml.core import records as r
from bpmn_xml.core.commands import CancelInstance, Command, ResolveIncident, SkipIncident
from bpmn_xml.core.state import Scope, child_path, is_at_work, is_open, split_key
from bpmn_xml.core.values import Values, copied
from bpmn_xml.core.view import visible
from bpmn_xml.errors import CommandRejected
from bpmn_xml.model.notebook import from_notebook
from bpmn_xml.runtime.execution.standing import Standing, Until
from bpmn_xml.runtime.given import message
from bpmn_xml.runtime.opened import OpenIncident, OpenTask
from bpmn_xml.runtime.people import form_of, task_fields
from bpmn_xml.trace.endings import end_reached

if TYPE_CHECKING:
    from bpmn_xml.runtime.execution.desk import Desk
    from bpmn_xml.runtime.execution.executor import Executor
    from bpmn_xml.runtime.execution.instance import Instance
    from bpmn_xml.trace.why import Since, Standstill


T = TypeVar("T")

UNTIL: Final = {True: Until.END, False: Until.REST}
"""What `Run.wait` waits for, by whether an end is asked for."""


def _variables(_desk: Desk, instance: Instance) -> dict[str, Any]:
    root = instance.state.scopes.get("")
    return lasting(root.variables) if root is not None else {}


class UncaughtBpmnError(msgspec.Struct, frozen=True):
    """A BPMN error that nothing caught.

    Attributes:
        code, message, variables: what was thrown, as by `BpmnError(code, message, variables)`.
        node, name: the element that threw it, its id and what it is called in the drawing.
    """

    code: str
    message: str
    variables: dict[str, Any]
    node: str
    name: str

    def __str__(self) -> str:
        told = f": {self.message}" if self.message else ""
        return f"error {self.code} at {self.node}{told}"


class Run:
    """One instance of a process, seen from outside. Any thread may use it.

    It tells its `status`, `variables`, `tasks` and `incidents`, `why` it has not ended, or where it
    `ended_at` and by which `error`; it can be waited for (`wait`, `settle`), sent a message
    (`publish`), and ended (`cancel`).
    """

    __slots__ = ("_executor", "_instance")

    def __init__(self, executor: Executor, instance: Instance) -> None:
        self._executor, self._instance = executor, instance

    def __repr__(self) -> str:
        by = f" by {self.error}" if self.outcome == "failed" else ""
        return f"<Run {self.id}: {self.status}{by}>"

    def _repr_html_(self) -> str:
        """Its drawing with what it did, for a notebook."""
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
        end = end_reached(self._instance.state)
        return "" if end == NONE else self._executor.program.nodes[end].id

    @property
    def error(self) -> UncaughtBpmnError | None:
        """The BPMN error that nothing caught: of a run that `failed`, what ended it.

        In a file of Camunda 7 such an error ends but its token; the last one is told.
        """
        thrown = self._instance.state.error
        if thrown is None:
            return None
        node, values = self._executor.program.nodes[thrown.node], copied(thrown.values or {})
        return UncaughtBpmnError(thrown.code, thrown.message, values, node.id, node.name)

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
            CommandRejected: it has ended.
        """
        if self.outcome:
            raise CommandRejected(f"instance {self.id!r} has ended, it gets no message")
        router = self._executor.router
        return router.publish(*message(name, key, payload), self._instance)

    def cancel(self, reason: str = "") -> None:
        """End the instance at once, whatever it does.

        Raises:
            CommandRejected: it has ended before.
        """
        self._send(CancelInstance(reason))

    def _ask(self, action: Callable[[Desk, Instance], T]) -> T:
        return self._executor.ask(self._instance, action)

    def _send(self, command: Command) -> r.Batch:
        self._instance.chain = None
        chain = self._executor.router.held.pop(self._instance, None)
        batch = self._ask(lambda desk, it: desk.apply(it, command))
        for kept in chain.renew() if chain else ():
            self._executor.router.send_off(kept)
        return batch

    def _find_incidents(self, _desk: Desk, instance: Instance) -> list[OpenIncident]:
        state, nodes = instance.state, self._executor.program.nodes
        found = []
        for scope in state.scopes.values():
            for key, incident in (scope.incidents or {}).items():
                node, n = split_key(state, key)
                where = (scope.path, node, n)
                found.append(
                    OpenIncident(
                        run=self,
                        node=nodes[node].id,
                        name=nodes[node].name,
                        scope=scope.path,
                        message=incident.message,
                        detail=incident.detail,
                        mend=partial(self._mend, where),
                    )
                )
        return found

    def _mend(
        self,
        where: tuple[str, int, int],
        kind: type[ResolveIncident | SkipIncident],
        variables: Values,
    ) -> None:
        self._send(kind(*where, variables))

    def _find_tasks(self, _desk: Desk, instance: Instance) -> list[OpenTask]:
        state, nodes = instance.state, self._executor.program.nodes
        found = []
        for scope in state.scopes.values():
            for key, activation in scope.active.items():
                index, n = split_key(state, key)
                node = nodes[index]
                if not _is_user_task(node, scope) or not is_open(scope, key, activation):
                    continue
                seen = activation.payload
                if seen is None:
                    seen = visible(state, scope)
                found.append(
                    OpenTask(
                        id=f"{self.id}/{child_path(scope.path, node.id, n)}",
                        run=self,
                        node=node.id,
                        name=node.name,
                        lane=node.lane,
                        scope=scope.path,
                        variables=copied(seen, lasting),
                        form=form_of(node.work.form if node.work else (), activation.task_settings),
                        **task_fields(activation.task_settings),
                        answer=partial(self._answer, (scope.path, index, n)),
                    )
                )
        return found

    def _answer(self, where: tuple[str, int, int], kind: Any, **values: Any) -> None:
        path, node, n = where
        batch = self._send(kind(path, node, n, **values))
        if any(type(record) is r.ResultDiscarded for record in batch.records):
            name = self._executor.program.nodes[node].id
            raise CommandRejected(f"user task {name!r} is no longer open in {self.id!r}")


def _is_user_task(node: Node, scope: Scope) -> bool:
    return node.kind is Kind.USER_TASK and is_at_work(node, scope)
