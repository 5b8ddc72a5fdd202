"""What waits for a person: user tasks and incidents, and what may be done with each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

from bpmn_xml.compiler.program import Kind, Program
from bpmn_xml.compiler.program.fields import FormField
from bpmn_xml.compiler.program.scoping import ScopeRules
from bpmn_xml.core.commands import (
    CompleteJob,
    FailJob,
    ResolveIncident,
    SkipIncident,
    TellPerson,
    ThrowError,
)
from bpmn_xml.core.state import State, child_path, is_at_work, is_open, split_key
from bpmn_xml.core.values import Values, copied
from bpmn_xml.core.view import visible
from bpmn_xml.errors import UsageError
from bpmn_xml.runtime.arguments import given, require_text
from bpmn_xml.runtime.binding.answers import Where
from bpmn_xml.runtime.execution.executor import Executor
from bpmn_xml.runtime.execution.log import LOG
from bpmn_xml.runtime.forms import Doubt, answered
from bpmn_xml.runtime.people import form_of, recorded, task_fields
from bpmn_xml.wording import on_one_line, shorten

if TYPE_CHECKING:
    from bpmn_xml.runtime.runs import Run

Answer = CompleteJob | FailJob | ThrowError | TellPerson
Mend = ResolveIncident | SkipIncident


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
    _rules: ScopeRules
    _where: Where
    _mend: Callable[[Mend], object]

    def __repr__(self) -> str:
        return f"<OpenIncident at {self.node} of {self.run.id}: {shorten(self.message)!r}>"

    def retry(self, variables: Mapping[str, Any] | None = None) -> None:
        """Try again what it stopped, after setting these variables.

        Raises:
            CommandRejected: it does not stand any more.
        """
        self._mend(ResolveIncident(*self._where, given(variables, self._rules)))

    def skip(self, variables: Mapping[str, Any] | None = None) -> None:
        """Go on as if what it stopped were done, after setting these variables.

        What turned too long goes on. A join that is stuck goes on with what has come. Where no
        flow can be taken the token ends.

        Raises:
            CommandRejected: it does not stand any more.
        """
        self._mend(SkipIncident(*self._where, given(variables, self._rules)))


class OpenTask(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """A user task that waits for a person: to `complete` it, or to `fail` it.

    It is what it was when it was listed. Who it is for may be changed by `claim`, `assign` and
    `change`, which give it as it is then. They call no listeners of the drawing.

    Attributes:
        id: names it among all tasks of the engine, as long as it is open; see `Engine.task`.
        node, name, lane: the task, as its listeners or its name in Camunda 7 say, and whose it is.
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
    _rules: ScopeRules
    _where: Where
    _answer: Callable[[Answer], object]

    def __repr__(self) -> str:
        whose = self.assignee or ", ".join(self.candidate_groups) or self.lane
        return f"<OpenTask {self.node} of {self.run.id}{f' for {whose}' if whose else ''}>"

    def is_called(self, name: str) -> bool:
        """Whether this is its id in the drawing, or its name, which may be typed on one line."""
        return name in (self.node, self.name) or on_one_line(name) == on_one_line(self.name) != ""

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
        self._answer(TellPerson(*self._where, values, claims))
        return msgspec.structs.replace(self, **task_fields(values))

    def complete(self, variables: Values | None = None, *, doubt: Doubt | None = None) -> None:
        """Complete the task; `doubt`, else the log, is told of names nearly those of its form.

        Raises:
            FormError: they do not fit the form; the task stays open.
            CommandRejected: it is not open any more.
        """
        told = given(variables, self._rules)
        values = answered(self.form, told, self.variables, at=self.node, doubt=doubt or LOG.warning)
        self._answer(CompleteJob(*self._where, values))

    def fail(
        self, message: str = "", *, code: str = "", variables: Mapping[str, Any] | None = None
    ) -> None:
        """Fail the task: with a code as a BPMN error, else as an incident.

        Raises:
            CommandRejected: it is not open any more.
            UsageError: variables are given without a code.
        """
        where, values = self._where, given(variables, self._rules)
        if values and not code:
            raise UsageError("variables go with a BPMN error", remedy="give its code")
        if code:
            self._answer(ThrowError(*where, code, message, values))
        else:
            failed, plain = ("UserTaskFailed",), bool(message)
            self._answer(FailJob(*where, failed, message, retry=False, plain=plain))


def open_tasks(
    run: Run, executor: Executor, state: State, answer: Callable[[Answer], object]
) -> Iterator[OpenTask]:
    """The user tasks of an instance that are open; `answer` has an answer applied."""
    program, forms = executor.program, executor.settings.forms
    for scope in state.scopes.values():
        for key, activation in scope.active.items():
            index, n = split_key(state, key)
            node, told = program.nodes[index], activation.task_settings
            if node.kind is not Kind.USER_TASK or not is_at_work(node, scope):
                continue
            if not is_open(scope, key, activation):
                continue
            seen = visible(state, scope) if activation.payload is None else activation.payload
            fields = {"name": node.name, **task_fields(told)}
            yield OpenTask(
                id=f"{state.instance}/{child_path(scope.path, node.id, n)}",
                run=run,
                node=node.shown,
                lane=node.lane,
                scope=scope.path,
                variables=copied(seen),
                form=form_of(forms.get(index) or (node.work.form if node.work else ()), told),
                _rules=program.containers[node.container].rules,
                _where=(scope.path, index, n),
                _answer=answer,
                **fields,
            )


def open_incidents(
    run: Run, program: Program, state: State, mend: Callable[[Mend], object]
) -> Iterator[OpenIncident]:
    """The incidents of an instance that stand, those of the outermost scopes first."""
    for scope in state.scopes.values():
        for key, incident in (scope.incidents or {}).items():
            index, n = split_key(state, key)
            node = program.nodes[index]
            yield OpenIncident(
                run=run,
                node=node.shown,
                name=node.name,
                scope=scope.path,
                message=incident.message,
                detail=incident.detail,
                _rules=program.containers[node.container].rules,
                _where=(scope.path, index, n),
                _mend=mend,
            )
