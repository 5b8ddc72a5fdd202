"""What a task asks of the outside: Python, a decision, a script, a data store."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec

from bpmn_xml.compiler.program.events import Condition
from bpmn_xml.compiler.program.fields import FormField
from bpmn_xml.compiler.program.scoping import Computed, Evaluate


class DecisionCall(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The decision that a task asks for: its id, what is taken of its value, where that goes.

    `choose` computes the id, where `name` is an expression. `mapping` is Camunda 7's
    `mapDecisionResult`; empty takes the value as it is. An empty `result` keeps nothing. `rows` is
    the variable that takes all rows of the value besides.
    """

    name: str
    choose: Evaluate | None = None
    mapping: str = ""
    result: str = ""
    rows: str = ""


class BeanCalls(msgspec.Struct, frozen=True):
    """A JUEL expression that calls Python, as in `${mail.send(to)}`; it is evaluated as a job.

    `facts` is what it may be told of where it stands, by paths such as `execution.eventName`.
    With `apart` it asks for variables of one scope, or does more than to write them.
    """

    text: str
    calls: tuple[str, ...]
    facts: Mapping[str, str | None] = msgspec.field(default_factory=dict)
    apart: bool = False


class StoreAccess(msgspec.Struct, frozen=True):
    """A job that reads a data store into the variable `name`, or writes that to it (10.4.1).

    A transformation computes what is read or written; the store is a variable of its own name.
    """

    store: str
    name: str
    reads: bool
    transform: Computed | None = None


class Waits(msgspec.Struct, frozen=True):
    """Waits before each further attempt, in microseconds, that are computed of the variables."""

    text: str
    evaluate: Callable[[Mapping[str, object]], tuple[int, ...]]


Failure = tuple[str, str]
"""How a call failed: a message, and details."""


class ErrorRule(msgspec.Struct, frozen=True, gc=False):
    """An error that is thrown where a condition holds when a task is done, or has failed.

    `holds` tells whether it does, given the variables and the failure, if there is one.
    """

    condition: Condition
    holds: Callable[[Mapping[str, Any], Failure | None], bool]
    code: str
    message: str = ""


class AnswerRules(msgspec.Struct, frozen=True, kw_only=True):
    """What a job of Camunda 8 says of the answer of its connector, and of its failures.

    Attributes:
        result: the variable that takes the answer as it is.
        values: computes the variables that are made of it.
        error: computes the BPMN error or the failure that follows, if one does.
    """

    result: str = ""
    values: Computed | None = None
    error: Computed | None = None


class Lack(msgspec.Struct, frozen=True, gc=False):
    """Why a script that is drawn is not run: a code, what is the matter, what to do.

    Python that is bound to its task does its work all the same.
    """

    code: str
    what: str
    remedy: str


class OneValue(msgspec.Struct, frozen=True):
    """The answer of Python is one value, whatever it is.

    Nobody is asked where one of the conditions `before` it holds. What they say is answered too,
    in the variables that are named beside them, so that it is judged at one moment only.
    """

    before: tuple[tuple[str, Condition], ...] = ()


class CallOptions(msgspec.Struct, kw_only=True, gc=False):
    """How the Python of a task is called, and what becomes of what it gives.

    Attributes:
        implementation: `module:qualname` when the diagram itself names the Python.
        local: its result stays in the scope around it, whatever the dialect does.
        many: each result opens an item (a producer).
        promotes: the second result turns the call into a producer (legacy transfer).
        threads: how many calls of this task may run at once; 0 is no limit.
        delay, timeout: microseconds; 0 is none.
        retries: waits before each further attempt, microseconds.
        result: the variable that takes a result which is no mapping.
        max_in_flight: how many items of one call may be under way.
    """

    implementation: str = ""
    local: bool = False
    many: bool = False
    promotes: bool = False
    resumable: bool = False
    threads: int = 0
    delay: int = 0
    timeout: int = 0
    retries: tuple[int, ...] = ()
    result: str = ""
    max_in_flight: int = 1000


class Work(CallOptions, frozen=True, kw_only=True, gc=False):  # type: ignore[misc] # msgspec freezes
    """What a task asks of the outside, for the runtime; the core reads only what it must.

    Attributes:
        names: binding names in the order in which they are looked up.
        decision: the decision that does the work, unless Python of its name does.
        script: the compiled script of a script task, variables -> new variables.
        lacks: why a script that is drawn is not run; then Python must be bound in its place.
        beans: the expression that is the work, where it calls Python.
        name_expression: gives the binding name, where that is an expression.
        store: the data store that it reads or writes.
        question: all that its Python returns goes to `result`, as one value.
        answer: what becomes of what its Python returns, if that is a connector.
        errors: what it throws where a condition says so.
        tries: computes `retries` at the first failure, where they are an expression.
        fields: constants passed to the handler by keyword.
        given: values passed like these that are computed when it is called; without a name the
            entries of a mapping.
        form: what a person is asked who does it.
        user_task_settings: what a person is told of it, by name; `default:field` is a default of
            the form.
        listened: its listeners are told the same in `TOLD`, and may change it.
    """

    names: tuple[str, ...] = ()
    decision: DecisionCall | None = None
    script: Evaluate | None = None
    lacks: Lack | None = None
    beans: BeanCalls | None = None
    name_expression: Computed | None = None
    store: StoreAccess | None = None
    question: OneValue | None = None
    answer: AnswerRules | None = None
    errors: tuple[ErrorRule, ...] = ()
    tries: Waits | None = None
    fields: tuple[tuple[str, str], ...] = ()
    given: tuple[tuple[str, Computed], ...] = ()
    form: tuple[FormField, ...] = ()
    user_task_settings: tuple[tuple[str, Computed], ...] = ()
    listened: bool = False

    @property
    def asked(self) -> Iterator[str]:
        """The names of Python that it asks for."""
        yield from self.names
        yield from [self.decision.name] if self.decision is not None else []
        for call in self.beans.calls if self.beans is not None else ():
            yield from (call, call.rpartition(".")[0])
        yield from [one.name for field in self.form for one in field.validators]
