"""What is open in a run and needs a person: incidents, and user tasks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

from bpmn_xml.compiler.program.fields import FormField
from bpmn_xml.core.commands import CompleteJob, FailJob, ResolveIncident, SkipIncident, ThrowError
from bpmn_xml.runtime.forms import checked
from bpmn_xml.runtime.given import given
from bpmn_xml.wording import shorten

if TYPE_CHECKING:
    from bpmn_xml.runtime.runs import Run


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

    def complete(self, variables: Mapping[str, Any] | None = None) -> None:
        """Complete the task with these results.

        Raises:
            FormError: they do not fit the form; the task stays open.
            CommandRejected: it is not open any more.
        """
        self.answer(CompleteJob, values=checked(self.form, given(variables), self.variables))

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
