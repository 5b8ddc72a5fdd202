"""Expressions that call Python, as in `${mail.send(to)}`: the work of tasks and listeners.

What they call is found once, when tasks are bound, and called once, also if it fails: so the
closures are run bare, as explaining an error would evaluate them again. A call may ask
`execution` for variables and set some, in a listener of a task `task`; what it has set is written
when the expression is done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextvars import ContextVar
from typing import Any, Final

from bpmn_xml import expressions
from bpmn_xml.compiler.elements.execution_facts import TASK_FACTS, functions_of
from bpmn_xml.compiler.elements.people.user_tasks import USER_TASK_SETTINGS, several
from bpmn_xml.compiler.program import BeanCalls
from bpmn_xml.compiler.program.scoping import TOLD, lasting
from bpmn_xml.compiler.times.timers import moment_of
from bpmn_xml.core.data import entries_of
from bpmn_xml.core.values import layered
from bpmn_xml.core.view import BUSINESS_KEY
from bpmn_xml.errors import ExpressionError, UsageError
from bpmn_xml.expressions.clock import NOW
from bpmn_xml.expressions.closures import Builder
from bpmn_xml.expressions.languages import language_named
from bpmn_xml.expressions.tree import Call, walk
from bpmn_xml.runtime.binding.context import TaskContext
from bpmn_xml.runtime.binding.handlers import Handler, all_as_one

AMBIENT: Final = frozenset({NOW, "execution"})
"""What an expression is told besides the variables."""


class Execution(Mapping[str, object]):
    """What an expression and its Python may ask of the process, by the names that it has in Java.

    Its entries are what it knows of itself, such as `processInstanceId`.

    >>> execution = Execution({"a": 1})
    >>> execution.setVariable("b", execution.getVariable("a") + 1)
    >>> execution.getVariable("b"), execution.hasVariable("c"), execution.written
    (2, False, {'b': 2})
    """

    def __init__(
        self, variables: Mapping[str, Any], facts: Mapping[str, object] | None = None
    ) -> None:
        self._seen, self._facts = variables, facts or {}
        self.written: dict[str, Any] = {}

    def __repr__(self) -> str:
        return f"<Execution of {self._facts.get('id', 'no instance')}>"

    def __getitem__(self, fact: str) -> object:
        """What it knows of itself under this name."""
        return self._facts[fact]

    def __iter__(self) -> Iterator[str]:
        """Go through the names of what it knows."""
        return iter(self._facts)

    def __len__(self) -> int:
        """How much it knows."""
        return len(self._facts)

    def getVariable(self, name: str) -> Any:  # noqa: N802 - Java's name
        """The value of a variable; None if there is none."""
        return self.written[name] if name in self.written else self._seen.get(name)

    def hasVariable(self, name: str) -> bool:  # noqa: N802 - Java's name
        """Whether there is a variable of this name."""
        return name in self.written or name in self._seen

    def getVariables(self) -> dict[str, Any]:  # noqa: N802 - Java's name
        """All variables that are seen, those that it has set included; a copy."""
        seen = dict(self._seen) | lasting(self.written)
        return {name: value for name, value in seen.items() if name not in AMBIENT}

    def getVariableNames(self) -> list[str]:  # noqa: N802 - Java's name
        """The names of all variables that are seen."""
        return list(self.getVariables())

    def hasVariables(self) -> bool:  # noqa: N802 - Java's name
        """Whether any variable is seen."""
        return bool(self.getVariables())

    def setVariable(self, name: str, value: Any) -> None:  # noqa: N802 - Java's name
        """Write a variable, when the expression has its value."""
        self.written[name] = value

    def setVariables(self, values: Mapping[str, Any] | None) -> None:  # noqa: N802 - Java's name
        """Write several variables, when the expression has its value.

        Raises:
            ExpressionError: it is no mapping of names to values.
        """
        self.written |= entries_of(values)

    def told(self) -> dict[str, Any]:
        """What a person is told of the task; a copy.

        Raises:
            ExpressionError: there is no task that is open.
        """
        found = self.getVariable(TOLD)
        if found is None:
            raise ExpressionError("there is no task here that anything is known of")
        return dict(found)

    def tell(self, name: str, value: object) -> None:
        """Change what a person is told of the task, by the name of a setting.

        Raises:
            ExpressionError: it is no value for that, or there is no task that is open.
        """
        what, read = USER_TASK_SETTINGS[name]
        try:
            told = None if value is None or value == "" else read(value)
        except ValueError as error:
            raise ExpressionError(f"the {what} cannot be told: {error}") from None
        self.written[TOLD] = self.told() | {name: told}


def facts_of(context: TaskContext) -> dict[str, object]:
    """What `execution` knows of its instance."""
    key = context.variables.get(BUSINESS_KEY)
    return {
        "id": context.instance,
        "processInstanceId": context.instance,
        "businessKey": key,
        "processBusinessKey": key,
    }


_CURRENT: Final[ContextVar[Execution]] = ContextVar("execution")


def _asked_of_execution(method: str, *first: Any) -> Callable[..., Any]:
    """The function that calls a method of the execution whose expression is evaluated."""
    return lambda *rest: getattr(_CURRENT.get(), method)(*first, *rest)


def _task_fact(name: str) -> Callable[[], Any]:
    """The function that tells a setting of the task whose listener is evaluated."""

    def tell() -> Any:
        value = _CURRENT.get().told().get(name)
        return moment_of(value) if name in MOMENTS and value is not None else value

    return tell


def _task_change(name: str, *, adds: bool) -> Callable[[Any], None]:
    """The function that changes a setting of the task whose listener is evaluated."""

    def change(value: Any) -> None:
        execution = _CURRENT.get()
        if adds:
            value = [*(execution.told().get(name) or ()), *several(value)]
        execution.tell(name, value)

    return change


def _name_told(drawn: str | None) -> Callable[[], Any]:
    """The function that tells the name of a task: what it has got, or else what is drawn."""
    return lambda: (_CURRENT.get().getVariable(TOLD) or {}).get("name") or drawn


NAME: Final = "task.name"
MOMENTS: Final = frozenset({"due", "follow_up"})
CHANGES: Final[Mapping[str, tuple[str, bool]]] = {
    "setAssignee": ("assignee", False),
    "setName": ("name", False),
    "setDueDate": ("due", False),
    "setFollowUpDate": ("follow_up", False),
    "setPriority": ("priority", False),
    "addCandidateUser": ("candidate_users", True),
    "addCandidateUsers": ("candidate_users", True),
    "addCandidateGroup": ("candidate_groups", True),
    "addCandidateGroups": ("candidate_groups", True),
}
"""What changes a task: the setting, and whether it is added to what is there."""

ASKED_OF: Final = ("execution", "task")
"""What an expression may ask for variables, and have some written."""

METHODS: Final = ("getVariableNames", "getVariables", "hasVariables", "setVariable", "setVariables")
"""By which it does so, where that is no value of the variables alone."""

_LOCAL: Final = "the engine keeps no variable apart by an expression"
_STAYS: Final = "the engine takes no variable away", "write null to it, by setVariable"
LACKING: Final[Mapping[str, tuple[str, str]]] = {
    **dict.fromkeys(("removeVariable", "removeVariables"), _STAYS),
    **dict.fromkeys(("removeVariableLocal", "removeVariablesLocal"), _STAYS),
    **dict.fromkeys(
        ("getVariableLocal", "getVariableLocalTyped"),
        (_LOCAL, "ask getVariable, which sees those of input parameters first"),
    ),
    "hasVariableLocal": (_LOCAL, "ask hasVariable, which sees those of input parameters too"),
    **dict.fromkeys(
        ("setVariableLocal", "setVariablesLocal"),
        (_LOCAL, "give the activity an input parameter of that name, or write by setVariable"),
    ),
}
"""What is refused of that: why, and what does it instead. Python cannot stand in for it."""


def lacking(path: str) -> tuple[str, str] | None:
    """Why the engine has no method of that path, and what does it instead.

    >>> lacking("execution.removeVariable"), lacking("mail.send")
    (('the engine takes no variable away', 'write null to it, by setVariable'), None)
    """
    context, _, method = path.rpartition(".")
    return LACKING.get(method) if context in ASKED_OF else None


OWN: Final[Mapping[str, Callable[..., Any]]] = {
    **{path: _task_fact(name) for path, name in TASK_FACTS.items()},
    **{
        f"task.get{path[5:6].upper()}{path[6:]}": _task_fact(name)
        for path, name in TASK_FACTS.items()
    },
    **{f"task.{name}": _task_change(to, adds=adds) for name, (to, adds) in CHANGES.items()},
    **{f"{of}.{method}": _asked_of_execution(method) for of in ASKED_OF for method in METHODS},
    "execution.setProcessBusinessKey": _asked_of_execution("setVariable", BUSINESS_KEY),
}
"""What an expression calls of `execution` or a listener's `task` without Python bound to it."""


def evaluator(
    beans: BeanCalls, result: str, find: Callable[[str], Callable[..., Any]], *, stub: bool = False
) -> Handler:
    """The handler that evaluates an expression with what it calls.

    Args:
        beans: the expression and the names of what it calls.
        result: the variable that takes its value; without a name the value is dropped.
        find: what a name stands for.
        stub: what lacks data, and calls nobody's Python, gives nothing.
    """
    passes = stub and OWN.keys() >= set(beans.calls)
    functions = {call: OWN[call] if call in OWN else find(call) for call in beans.calls}
    functions |= functions_of(beans.facts)
    if NAME in beans.facts:
        functions[NAME] = functions["task.getName"] = _name_told(beans.facts[NAME])
    here = {path.partition(".")[2]: fact for path, fact in beans.facts.items()}
    contexts = {"execution", *(path.partition(".")[0] for path in beans.facts)}
    compiled = expressions.compile(beans.text, "juel", functions=functions)
    language = language_named("juel")
    run = Builder(language, {**language.functions, **functions})(compiled.tree)

    def work(variables: Mapping[str, Any], context: object = None) -> dict[str, Any]:
        told = facts_of(context) if isinstance(context, TaskContext) else {}
        execution = Execution(variables, {**told, **here})
        token = _CURRENT.set(execution)
        try:
            value = run(layered(dict.fromkeys(contexts, execution), variables))
        except (KeyError, ExpressionError) as error:
            if not passes and isinstance(error, KeyError):
                raise ExpressionError(f"there is no {error}", text=beans.text) from error
            if not passes:
                raise
            value = None
        finally:
            _CURRENT.reset(token)
        return {**execution.written, result: value} if result else execution.written

    return Handler(function=work, gather=_all_and_place, context_at=1)


def passed_by(beans: BeanCalls) -> dict[str, tuple[str, ...]]:
    """What each call of an expression passes, as names of parameters.

    >>> passed_by(BeanCalls("${mail.send(to, order.price, 5)}", ("mail.send",)))
    {'mail.send': ('to', 'price', 'value')}
    """
    functions = dict.fromkeys(beans.calls, passed_by) | functions_of(beans.facts)
    terms = walk(expressions.compile(beans.text, "juel", functions=functions).tree)
    asked = {call for call in beans.calls if call not in OWN and not lacking(call)}
    return {
        call.function: tuple(getattr(argument, "name", "value") for argument in call.arguments)
        for call in terms
        if isinstance(call, Call) and call.function in asked
    }


def _all_and_place(variables: Mapping[str, Any]) -> tuple[Any, ...]:
    """Gather all variables, also where the context will stand that tells them."""
    return all_as_one(variables) * 2


def bean_method(bean: object, name: str) -> Callable[..., Any]:
    """A public method of an object that the caller has given.

    Raises:
        UsageError: it has none of that name.
    """
    method = None if name.startswith("_") else getattr(bean, name, None)
    if not callable(method):
        raise UsageError(f"{type(bean).__name__} has no method {name!r}")
    found: Callable[..., Any] = method
    return found
