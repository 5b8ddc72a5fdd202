"""What an expression calls: a method of the fixed list, a registered function, or the outside.

Values are pure functions of the variables. What asks or changes anything else (beans, tasks, the
engine) has no place in them and is refused before anything runs, all of it at once.

>>> from bpmn_xml.expressions.juel.grammar import parse
>>> called = parse("${mail.send(to) and not empty list.get(0) and now() > due}")
>>> resolve(called, (), (), text="")  # doctest: +ELLIPSIS
Traceback (most recent call last):
    ...
bpmn_xml.expressions.outside.OutsideError: mail.send(): not a value of the variables, ...
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Final

import msgspec

from bpmn_xml.expressions import tree
from bpmn_xml.expressions.juel import spin
from bpmn_xml.expressions.juel.methods import METHODS
from bpmn_xml.expressions.outside import OutsideError

GIVEN: Final = frozenset({"businessKey", "id", "processBusinessKey", "processInstanceId"})
"""What `execution` knows of its instance: entries of the variable `execution`."""

FACTS: Final[Mapping[str, str]] = {
    "getBusinessKey": "businessKey",
    "getCurrentActivityId": "currentActivityId",
    "getCurrentActivityName": "currentActivityName",
    "getCurrentTransitionId": "currentTransitionId",
    "getEventName": "eventName",
    "getId": "id",
    "getProcessBusinessKey": "processBusinessKey",
    "getProcessDefinitionId": "processDefinitionId",
    "getProcessInstanceId": "processInstanceId",
    "getTenantId": "tenantId",
}
"""What `execution` may know of itself; what is not `GIVEN` is a function of the caller's."""

TASK: Final[Mapping[str, str]] = {
    "getEventName": "eventName",
    "getName": "name",
    "getProcessInstanceId": "processInstanceId",
    "getTaskDefinitionKey": "taskDefinitionKey",
}
"""What `task` may know of itself in a listener: functions of the caller's."""

SHARED: Final = frozenset({"task.processInstanceId"})
"""What a task knows of its execution."""

CLOCK: Final = frozenset({"now", "dateTime"})
"""Functions that give the date and time; methods of dates go on from there."""

FAILURE: Final[Mapping[str, str]] = {
    "getErrorDetails": "errorDetails",
    "getErrorMessage": "errorMessage",
}
"""What `externalTask` knows of how it failed."""

LOOKUPS: Final[Mapping[str, bool]] = {"getVariable": False, "hasVariable": True}
CONTEXTS: Final[Mapping[str, Mapping[str, str]]] = {
    "execution": FACTS,
    "externalTask": FAILURE,
    "task": TASK,
}
"""What expressions are evaluated in, with the methods that give what each knows of itself."""

ENTRIES: Final[Mapping[str, Collection[str]]] = {
    "execution": GIVEN,
    "externalTask": FAILURE.values(),
    "task": (),
}
"""What of that is read of the variable of the context's name."""


class Outside(msgspec.Struct, frozen=True):
    """A call or a property that needs the outside, and where it stands."""

    what: str
    at: int


class Resolver:
    """One pass over a tree: what is known is replaced, what is not is noted."""

    def __init__(self, functions: Collection[str], names: Collection[str]) -> None:
        self.functions = functions
        self.contexts = CONTEXTS.keys() - set(names)
        self.outside: list[Outside] = []

    @property
    def calls(self) -> tuple[str, ...]:
        """What needs the outside, each once, in the order of the text."""
        found = sorted(self.outside, key=lambda outside: outside.at)
        return tuple(dict.fromkeys(outside.what for outside in found))

    def __call__(self, term: tree.Term) -> tree.Term:
        """Return the term with all calls in it resolved."""
        match term:
            case tree.Invoke(function=function):
                return self.method(term, named(function))
            case tree.Call(function=name, arguments=()) if self.tells_time(name):
                return tree.Moment(term.at)
            case tree.Call(function=name) if name not in self.functions:
                self.outside.append(Outside(path_of(term), term.at))
            case tree.Access(value=value, name=key):
                context = self.context(value)
                if context is not None:
                    return self.fact(context, key, term)
        return descend(term, self)

    def context(self, term: tree.Term) -> tree.Name | None:
        """Return the context that a term is: a name, or the execution of a task."""
        match term:
            case tree.Name(name=name) if name in self.contexts:
                return term
            case (
                tree.Access(value=tree.Name(name="task"), name="execution")
                | tree.Invoke(
                    function=tree.Access(value=tree.Name(name="task"), name="getExecution"),
                    arguments=(),
                )
            ) if "task" in self.contexts:
                return tree.Name(term.at, "execution")
        return None

    def fact(self, context: tree.Name, key: str, term: tree.Term) -> tree.Term:
        """Return what tells a fact that a context knows of itself."""
        path = f"{context.name}.{key}"
        if path in self.functions:
            return tree.Call(term.at, path, ())
        if path in SHARED and "task.eventName" in self.functions:
            return tree.Access(term.at, tree.Name(term.at, "execution"), key)
        if key not in ENTRIES[context.name]:
            said = path if isinstance(term, tree.Access) else path_of(term)
            self.outside.append(Outside(said, term.at))
        return tree.Access(term.at, context, key)

    def tells_time(self, name: str) -> bool:
        """Whether a function is the clock, unless another is registered by its name."""
        return name in CLOCK and name not in self.functions

    def method(self, term: tree.Invoke, function: tree.Term) -> tree.Term:
        """Return what the call of a method means."""
        path = path_of(function)
        if not isinstance(function, tree.Access):
            self.outside.append(Outside(f"{path}()", term.at))
            return descend(term, self)
        arguments = tuple(map(self, term.arguments))
        context = self.context(function.value)
        path = path if context is None else f"{context.name}.{function.name}"
        if path in self.functions:
            return tree.Call(term.at, path, arguments)
        if context is not None:
            return self.of_context(term, context, function.name, arguments)
        method = METHODS.get(function.name)
        value = self(function.value)
        if function.name == "toString" and not arguments and spin.is_node(function.value):
            return tree.Call(term.at, spin.TEXT, (value,))
        known = method is not None and method.least <= len(arguments) <= method.most
        if not (known and spin.reads(function.name, arguments)):
            self.outside.append(Outside(f"{path}()", term.at))
        return tree.Call(term.at, f".{function.name}", (value, *arguments))

    def of_context(
        self, term: tree.Invoke, context: tree.Name, name: str, arguments: tuple[tree.Term, ...]
    ) -> tree.Term:
        """Return what a method of `execution`, or of what else is around, means."""
        fact = CONTEXTS[context.name].get(name)
        if fact is not None and not arguments:
            return self.fact(context, fact, term)
        here = context.name == "execution" or f"{context.name}.eventName" in self.functions
        if here and name in LOOKUPS and len(arguments) == 1:
            (key,) = arguments
            return tree.Lookup(term.at, key, variable_of(key), LOOKUPS[name])
        self.outside.append(Outside(f"{context.name}.{name}()", term.at))
        return term


def variable_of(key: tree.Term) -> tree.Name | None:
    """Return the variable that a name means, if the name stands in the text."""
    if isinstance(key, tree.Literal) and isinstance(key.value, str):
        return tree.Name(key.at, key.value)
    return None


def named(function: tree.Term) -> tree.Term:
    """Return `value['name']` as `value.name`."""
    match function:
        case tree.Index(at=at, value=value, key=tree.Literal(value=str(name))):
            return tree.Access(at, value, name)
    return function


def path_of(term: tree.Term) -> str:
    """Return what is called, about as it stands in the text."""
    match term:
        case tree.Name(name=name):
            return name
        case tree.Access(value=value, name=name):
            return f"{path_of(value)}.{name}"
        case tree.Index(value=value):
            return f"{path_of(value)}[...]"
        case tree.Call(function=function):
            return f"{function}()"
        case tree.Invoke(function=function):
            return f"{path_of(function)}()"
    return "(...)"


def descend(term: tree.Term, change: Callable[[tree.Term], tree.Term]) -> tree.Term:
    """Return a term with all terms right below it changed."""
    changed: dict[str, object] = {}
    for field in term.__struct_fields__:
        part = getattr(term, field)
        if isinstance(part, tree.Term):
            changed[field] = change(part)
        elif isinstance(part, tuple):
            changed[field] = tuple(
                change(item) if isinstance(item, tree.Term) else item for item in part
            )
    return msgspec.structs.replace(term, **changed)


def resolve(
    term: tree.Term, functions: Iterable[str], names: Iterable[str], *, text: str
) -> tree.Term:
    """Return the tree with its calls resolved, or raise `OutsideError` with all that cannot be.

    `functions` are registered: `name` for `name(...)`, `bean.method` for `bean.method(...)`.
    `names` are variables that are known to be there: `execution` and `task` among them are
    ordinary variables.
    """
    resolver = Resolver(frozenset(functions), frozenset(names))
    resolved = resolver(term)
    if resolver.outside:
        first = min(found.at for found in resolver.outside)
        raise OutsideError(resolver.calls, text=text, offset=first)
    return resolved
