"""What expressions of Camunda 7 and their Python may ask of `execution`, and listeners of `task`.

It keeps what is written, so that each call sees those before it, and tells it in the end.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from bpmn_xml.compiler.elements.people.user_tasks import USER_TASK_SETTINGS
from bpmn_xml.compiler.program.scoping import (
    ASKED,
    BUSINESS_KEY,
    CHANGES,
    EXECUTION,
    SEEN,
    TASK,
    TOLD,
    VariableChange,
    execution_facts,
)
from bpmn_xml.core.data import entries_of
from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions.clock import NOW
from bpmn_xml.runtime.binding.context import TaskContext

AMBIENT: Final = frozenset({NOW, EXECUTION})
"""What an expression is told besides the variables."""

ScopesSeen = tuple[int, tuple[Mapping[str, Any], ...]]
"""The variables of each scope, the innermost first, and which of them are the execution's own."""


class Execution(Mapping[str, object]):
    """What an expression and its Python may ask of the process, by the names that it has in Java.

    Its entries are what it knows of itself, such as `processInstanceId`. A listener's task is the
    same at another `place`: that has local variables of its own.

    >>> execution = Execution({"a": 1})
    >>> execution.setVariable("b", execution.getVariable("a") + 1)
    >>> execution.getVariable("b"), execution.hasVariable("c"), execution.written
    (2, False, {'b': 2})
    """

    def __init__(
        self,
        variables: Mapping[str, Any],
        facts: Mapping[str, object] | None = None,
        *,
        place: str = EXECUTION,
    ) -> None:
        self._place, self._facts = place, facts or {}
        self.seen = variables if isinstance(variables, SeenVariables) else SeenVariables(variables)

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

    @property
    def written(self) -> dict[str, Any]:
        """What is to be written when the expression has its value."""
        return self.seen.written()

    def getVariable(self, name: str) -> Any:  # noqa: N802 - Java's name
        """The value of a variable; None if there is none."""
        return self.seen.get(name)

    def hasVariable(self, name: str) -> bool:  # noqa: N802 - Java's name
        """Whether there is a variable of this name."""
        return name in self.seen

    def getVariables(self) -> dict[str, Any]:  # noqa: N802 - Java's name
        """All variables that are seen, those that it has set included; a copy."""
        return {name: value for name, value in self.seen.items() if name not in AMBIENT}

    def getVariableNames(self) -> list[str]:  # noqa: N802 - Java's name
        """The names of all variables that are seen."""
        return list(self.getVariables())

    def hasVariables(self) -> bool:  # noqa: N802 - Java's name
        """Whether any variable is seen."""
        return bool(self.getVariables())

    def setVariable(self, name: str, value: Any) -> None:  # noqa: N802 - Java's name
        """Write a variable, when the expression has its value."""
        self.seen.change(VariableChange(name, value))

    def setVariables(self, values: Mapping[str, Any] | None) -> None:  # noqa: N802 - Java's name
        """Write several variables, when the expression has its value.

        Raises:
            ExpressionError: it is no mapping of names to values.
        """
        for name, value in entries_of(values).items():
            self.setVariable(name, value)

    def removeVariable(self, name: str) -> None:  # noqa: N802 - Java's name
        """Take away a variable of the nearest scope that has it, if one has."""
        self.seen.change(VariableChange(name, removes=True))

    def removeVariables(self, names: Collection[str] | None = None) -> None:  # noqa: N802 - Java's name
        """Take away several variables; all local ones if none is named."""
        if names is None:
            self.removeVariablesLocal()
        for name in names or ():
            self.removeVariable(name)

    def getVariableLocal(self, name: str) -> Any:  # noqa: N802 - Java's name
        """The value of a local variable; None if there is none."""
        return self.seen.own(self._place).get(name)

    def hasVariableLocal(self, name: str) -> bool:  # noqa: N802 - Java's name
        """Whether there is a local variable of this name."""
        return name in self.seen.own(self._place)

    def getVariablesLocal(self) -> dict[str, Any]:  # noqa: N802 - Java's name
        """All local variables; a copy."""
        return dict(self.seen.own(self._place))

    def getVariableNamesLocal(self) -> list[str]:  # noqa: N802 - Java's name
        """The names of all local variables."""
        return list(self.seen.own(self._place))

    def hasVariablesLocal(self) -> bool:  # noqa: N802 - Java's name
        """Whether there is any local variable."""
        return bool(self.seen.own(self._place))

    def setVariableLocal(self, name: str, value: Any) -> None:  # noqa: N802 - Java's name
        """Write a local variable, when the expression has its value."""
        self.seen.change(VariableChange(name, value, self._place))

    def setVariablesLocal(self, values: Mapping[str, Any] | None) -> None:  # noqa: N802 - Java's name
        """Write several local variables, when the expression has its value.

        Raises:
            ExpressionError: it is no mapping of names to values.
        """
        for name, value in entries_of(values).items():
            self.setVariableLocal(name, value)

    def removeVariableLocal(self, name: str) -> None:  # noqa: N802 - Java's name
        """Take away a local variable, if there is one."""
        self.seen.change(VariableChange(name, None, self._place, removes=True))

    def removeVariablesLocal(self, names: Collection[str] | None = None) -> None:  # noqa: N802 - Java's name
        """Take away several local variables, or all of them."""
        for name in self.getVariableNamesLocal() if names is None else names:
            self.removeVariableLocal(name)

    def told(self) -> dict[str, Any]:
        """What a person is told of the task; a copy.

        Raises:
            ExpressionError: there is no task that is open.
        """
        found = self.seen.get(TOLD)
        if found is None:
            raise ExpressionError("there is no task here that anything is known of")
        return dict(found)

    def tell(self, name: str, value: object) -> None:
        """Change what a person is told of the task, by the name of a setting.

        Raises:
            ExpressionError: it is no value for that, or there is no task that is open.
        """
        what, kind = USER_TASK_SETTINGS[name]
        try:
            told = None if value is None or value == "" else kind.read(value)
        except ValueError as error:
            raise ExpressionError(f"the {what} cannot be told: {error}") from None
        self.setVariable(TOLD, self.told() | {name: told})


class SeenVariables(Mapping[str, Any]):
    """The variables that an expression sees, with all that its calls have done to them so far.

    Those of each scope are apart, the innermost first, where `SEEN` tells them so.
    """

    def __init__(self, variables: Mapping[str, Any]) -> None:
        apart: ScopesSeen | None = variables.get(SEEN)
        self._others, self._at = variables, apart[0] if apart else -1
        self._scopes = [dict(scope) for scope in apart[1]] if apart else [{}]
        self._known = frozenset(name for scope in self._scopes for name in scope)
        self._changes: list[VariableChange] = []

    def __getitem__(self, name: str) -> Any:
        for scope in self._scopes:
            if name in scope:
                return scope[name]
        if name in self._known:
            raise KeyError(name)
        return self._others[name]

    def __contains__(self, name: object) -> bool:
        found = any(name in scope for scope in self._scopes)
        return found or (name not in self._known and name in self._others)

    def __iter__(self) -> Iterator[str]:
        """Go through the names of variables."""
        others = [name for name in self._others if name not in self._known]
        own = [name for scope in self._scopes[::-1] for name in scope]
        return (name for name in dict.fromkeys([*others, *own]) if not name.startswith(ASKED))

    def __len__(self) -> int:
        """How many variables there are."""
        return sum(1 for _ in self)

    def own(self, place: str) -> dict[str, Any]:
        """The variables of one scope: the task's, or the execution's.

        Raises:
            ExpressionError: it is not known which these are.
        """
        if self._at < 0:
            raise ExpressionError("there are no scopes here whose variables could be told apart")
        return self._scopes[0 if place == TASK else self._at]

    def change(self, change: VariableChange) -> None:
        """Note what is done to a variable; whoever asks later sees it.

        Raises:
            ExpressionError: it is not known which scope has the variable.
        """
        holding = [scope for scope in self._scopes if change.name in scope]
        scope = holding[0] if holding else self._scopes[-1]
        if change.place or change.removes:
            own = self.own(change.place)
            scope = own if change.place else scope
        if change.removes:
            scope.pop(change.name, None)
        else:
            scope[change.name] = change.value
        self._changes.append(change)

    def written(self) -> dict[str, Any]:
        """All that was done: values by name, or changes in their order where some are others."""
        if any(change.place or change.removes for change in self._changes):
            return {CHANGES: tuple(self._changes)}
        return {change.name: change.value for change in self._changes}


def facts_of(context: object) -> dict[str, object]:
    """What `execution` knows of its instance; nothing where there is no context of a call."""
    if not isinstance(context, TaskContext):
        return {}
    return execution_facts(context.variables.get(BUSINESS_KEY), context.instance)
