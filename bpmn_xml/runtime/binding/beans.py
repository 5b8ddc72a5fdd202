"""Expressions that call Python, as in `${mail.send(to)}`: the work of tasks and listeners.

What they call is found once, when tasks are bound, and called once, also if it fails: so the
closures are run bare, as explaining an error would evaluate them again. A call may ask
`execution` for variables and set some, in a listener of a task `task`; what it has set is written
when the expression is done.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from typing import Any, Final

from bpmn_xml import expressions
from bpmn_xml.compiler.elements.execution_facts import CHANGING, TASK_FACTS, functions_of
from bpmn_xml.compiler.elements.people.user_tasks import several
from bpmn_xml.compiler.program import BeanCalls
from bpmn_xml.compiler.program.scoping import EXECUTION, TASK, TOLD
from bpmn_xml.compiler.times.timers import moment_of
from bpmn_xml.core.values import layered
from bpmn_xml.core.view import BUSINESS_KEY
from bpmn_xml.errors import ExpressionError, UsageError
from bpmn_xml.expressions.closures import Builder, Evaluate
from bpmn_xml.expressions.languages import language_named
from bpmn_xml.expressions.tree import Call, Term, walk
from bpmn_xml.runtime.binding.execution import Execution, SeenVariables, facts_of
from bpmn_xml.runtime.binding.handlers import Handler, all_as_one
from bpmn_xml.wording import amount

Contexts = Mapping[str, Execution]
"""The execution, and in listeners of a user task the task, by what expressions call them."""

_CURRENT: Final[ContextVar[Contexts]] = ContextVar("execution")


def _asked_of(context: str, method: str, *first: Any) -> Callable[..., Any]:
    """The function that calls a method of what an expression is evaluated in."""

    def ask(*rest: Any) -> Any:
        return getattr(_CURRENT.get()[context], method)(*first, *rest)

    taken = list(inspect.signature(getattr(Execution, method)).parameters.values())
    rest = inspect.Signature(taken[1 + len(first) :])
    ask.__signature__ = rest  # type: ignore[attr-defined] # set for inspect
    return ask


def _task_fact(name: str) -> Callable[[], Any]:
    """The function that tells a setting of the task whose listener is evaluated."""

    def tell() -> Any:
        value = _CURRENT.get()[TASK].told().get(name)
        return moment_of(value) if name in MOMENTS and value is not None else value

    return tell


def _task_change(name: str, *, adds: bool) -> Callable[[Any], None]:
    """The function that changes a setting of the task whose listener is evaluated."""

    def change(value: Any) -> None:
        task = _CURRENT.get()[TASK]
        if adds:
            value = [*(task.told().get(name) or ()), *several(value)]
        task.tell(name, value)

    return change


def _name_told(drawn: str | None) -> Callable[[], Any]:
    """The function that tells the name of a task: what it has got, or else what is drawn."""
    return lambda: (_CURRENT.get()[TASK].getVariable(TOLD) or {}).get("name") or drawn


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

ASKED_OF: Final = (EXECUTION, TASK)
"""What an expression may ask for variables, and have some written."""

METHODS: Final = (
    *("getVariableNames", "getVariables", "hasVariables", "setVariable", "setVariables"),
    *CHANGING,
)
"""By which it does so, where that is no value of the variables alone."""


OWN: Final[Mapping[str, Callable[..., Any]]] = {
    **{path: _task_fact(name) for path, name in TASK_FACTS.items()},
    **{
        f"task.get{path[5:6].upper()}{path[6:]}": _task_fact(name)
        for path, name in TASK_FACTS.items()
    },
    **{f"task.{name}": _task_change(to, adds=adds) for name, (to, adds) in CHANGES.items()},
    **{f"{of}.{method}": _asked_of(of, method) for of in ASKED_OF for method in METHODS},
    "execution.setProcessBusinessKey": _asked_of(EXECUTION, "setVariable", BUSINESS_KEY),
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

    Raises:
        UsageError: what it calls takes another number of values.
    """
    passes = stub and OWN.keys() >= set(beans.calls)
    here = {path.partition(".")[2]: fact for path, fact in beans.facts.items()}
    contexts = {"execution", *(path.partition(".")[0] for path in beans.facts)}
    run = _closure(beans, find)

    def work(variables: Mapping[str, Any], context: object = None) -> dict[str, Any]:
        seen = SeenVariables(variables)
        around = _around(seen, {**facts_of(context), **here})
        token = _CURRENT.set(around)
        try:
            value = run(layered({name: around[name] for name in contexts}, seen))
        except (KeyError, ExpressionError) as error:
            if not passes and isinstance(error, KeyError):
                raise ExpressionError(f"there is no {error}", text=beans.text) from error
            if not passes:
                raise
            value = None
        finally:
            _CURRENT.reset(token)
        written = seen.written()
        return {**written, result: value} if result else written

    return Handler(function=work, gather=_all_and_place, context_at=1)


def _closure(beans: BeanCalls, find: Callable[[str], Callable[..., Any]]) -> Evaluate:
    """The function that evaluates an expression of the variables it sees, bare.

    Raises:
        UsageError: what it calls takes another number of values.
    """
    called = {call: OWN[call] if call in OWN else find(call) for call in beans.calls}
    functions = called | functions_of(beans.facts)
    if NAME in beans.facts:
        functions[NAME] = functions["task.getName"] = _name_told(beans.facts[NAME])
    tree = expressions.compile(beans.text, "juel", functions=functions).tree
    _check_arguments(tree, called)
    language = language_named("juel")
    return Builder(language, {**language.functions, **functions})(tree)


def _check_arguments(term: Term, functions: Mapping[str, Callable[..., Any]]) -> None:
    """Refuse calls with more or fewer values than a function takes, as far as that can be seen.

    Raises:
        UsageError: there is one.
    """
    for call in walk(term):
        if not isinstance(call, Call) or call.function not in functions:
            continue
        try:
            signature = inspect.signature(functions[call.function])
            parameters = signature.parameters.values()
        except (TypeError, ValueError):  # of what is written in C nothing is known
            continue
        try:
            signature.bind(*call.arguments)
        except TypeError:
            given = amount(len(call.arguments), "value")
            takes = ", ".join(str(each.replace(annotation=each.empty)) for each in parameters)
            what = f"its expression gives {call.function}() {given}, which takes ({takes})"
            raise UsageError(what, remedy="correct the call, or the Python") from None


def _around(seen: SeenVariables, facts: Mapping[str, object]) -> Contexts:
    """The execution and the task of an expression, which see the same variables."""
    return {place: Execution(seen, facts, place=place) for place in ASKED_OF}


def passed_by(beans: BeanCalls) -> dict[str, tuple[str, ...]]:
    """What each call of an expression passes, as names of parameters.

    >>> passed_by(BeanCalls("${mail.send(to, order.price, 5)}", ("mail.send",)))
    {'mail.send': ('to', 'price', 'value')}
    """
    functions = dict.fromkeys(beans.calls, passed_by) | functions_of(beans.facts)
    terms = walk(expressions.compile(beans.text, "juel", functions=functions).tree)
    asked = {call for call in beans.calls if call not in OWN}
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
