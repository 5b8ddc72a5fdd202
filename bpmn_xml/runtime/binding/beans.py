"""Expressions that call Python, as in `${mail.send(to)}`: the work of tasks and listeners.

What they call is found once, when tasks are bound, and called once, also if it fails: so the
closures are run bare, as explaining an error would evaluate them again. A call may ask
`execution` for variables and set some, in a listener of a task `task`; what it has set is written
when the expression is done.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from typing import Any, Final

from bpmn_xml import expressions
from bpmn_xml.compiler.elements.execution_facts import CHANGING, TASK_FACTS, functions_of
from bpmn_xml.compiler.elements.people.user_tasks import several
from bpmn_xml.compiler.program import BeanCalls
from bpmn_xml.compiler.program.scoping import BUSINESS_KEY, EXECUTION, TASK, TOLD
from bpmn_xml.compiler.times.timers import moment_of
from bpmn_xml.core.values import layered
from bpmn_xml.errors import ExpressionError, UsageError
from bpmn_xml.expressions.closures import Builder, Evaluate
from bpmn_xml.expressions.languages import language_named
from bpmn_xml.expressions.tree import Call, Term, walk
from bpmn_xml.runtime.binding.execution import Execution, SeenVariables, facts_of
from bpmn_xml.runtime.binding.handlers import Handler, all_as_one
from bpmn_xml.wording import amount

Change = Callable[[Sequence[Any], Any], Any]
"""What becomes of a setting: of what is there, and what is given."""

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


def _task_change(name: str, how: Change) -> Callable[[Any], None]:
    """The function that changes a setting of the task whose listener is evaluated."""

    def change(value: Any) -> None:
        task = _CURRENT.get()[TASK]
        task.tell(name, how(task.told().get(name) or (), value))

    return change


def _set(_old: Sequence[Any], value: Any) -> Any:
    return value


def _add(old: Sequence[Any], value: Any) -> Any:
    return [*old, *several(value)]


def _take_away(old: Sequence[Any], value: Any) -> Any:
    gone = several(value)
    return [name for name in old if name not in gone]


def _name_told(drawn: str | None) -> Callable[[], Any]:
    """The function that tells the name of a task: what it has got, or else what is drawn."""
    return lambda: (_CURRENT.get()[TASK].getVariable(TOLD) or {}).get("name") or drawn


NAME: Final = "task.name"
MOMENTS: Final = frozenset({"due", "follow_up"})
CHANGES: Final[Mapping[str, tuple[str, Change]]] = {
    "setAssignee": ("assignee", _set),
    "setName": ("name", _set),
    "setDueDate": ("due", _set),
    "setFollowUpDate": ("follow_up", _set),
    "setPriority": ("priority", _set),
    "addCandidateUser": ("candidate_users", _add),
    "addCandidateUsers": ("candidate_users", _add),
    "addCandidateGroup": ("candidate_groups", _add),
    "addCandidateGroups": ("candidate_groups", _add),
    "deleteCandidateUser": ("candidate_users", _take_away),
    "deleteCandidateGroup": ("candidate_groups", _take_away),
}
"""What changes a task: the setting, and what becomes of what is there."""

_FEW: Final = "a task has an assignee and candidates here, and no others"
_PLAIN: Final = "a task has no such thing here"
LACKING: Final[Mapping[str, tuple[str, str]]] = {
    **dict.fromkeys(("setOwner", "getOwner"), (_FEW, "keep an owner in a variable")),
    **dict.fromkeys(
        ("addUserIdentityLink", "deleteUserIdentityLink"),
        (_FEW, "use addCandidateUser, deleteCandidateUser or setAssignee"),
    ),
    **dict.fromkeys(
        ("addGroupIdentityLink", "deleteGroupIdentityLink"),
        (_FEW, "use addCandidateGroup or deleteCandidateGroup"),
    ),
    "getCandidates": (_FEW, "ask whoever adds them"),
    **dict.fromkeys(
        ("setDescription", "getDescription", "setDelegationState", "getCreateTime"),
        (_PLAIN, "keep it in a variable"),
    ),
    "complete": ("a listener completes no task", "complete it from Python"),
    **dict.fromkeys(
        ("createIncident", "resolveIncident"),
        ("only what fails makes an incident", "raise an exception in Python"),
    ),
}
"""What is refused of an execution or a task: why, and what does it instead."""


def lacking(path: str) -> tuple[str, str] | None:
    """Why the engine has no method of that path, and what does it instead.

    >>> lacking("task.getOwner"), lacking("mail.send")
    (('a task has an assignee and candidates here, and no others', 'keep an owner in a variable'), \
None)
    """
    context, _, method = path.rpartition(".")
    return LACKING.get(method) if context in ASKED_OF else None


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
    **{f"task.{name}": _task_change(to, how) for name, (to, how) in CHANGES.items()},
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
