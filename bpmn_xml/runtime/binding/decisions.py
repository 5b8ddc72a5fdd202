"""Decisions that tasks name, as their handlers: all variables that the task sees go in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from bpmn_xml.compiler.program import DecisionCall
from bpmn_xml.compiler.program.scoping import Evaluate
from bpmn_xml.errors import CheckError
from bpmn_xml.runtime.binding.answers import HandlerError
from bpmn_xml.runtime.binding.handlers import Handler, all_as_one

if TYPE_CHECKING:
    from bpmn_xml.decisions import Decisions
    from bpmn_xml.decisions.values import DecisionModel, DrgElement


ALL: Final = "resultList"
"""The mapping that takes all rows."""


class DecisionFailedError(HandlerError):
    """A decision has no result that a task could take; trying again would not help."""


class DecisionBook:
    """The decision models that an engine was given; each is compiled when a task asks for it.

    Attributes:
        missing: what decisions asked for and nothing had given, each said once.
    """

    def __init__(self, models: Sequence[DecisionModel]) -> None:
        self.models = tuple(models)
        self.missing: dict[str, None] = {}
        self._compiled: dict[int, Decisions] = {}

    def names(self) -> list[str]:
        """The ids and names of all decisions, for suggestions."""
        return [decision.id for model in self.models for decision in model.decisions]

    def handler(self, call: DecisionCall, *, stub: bool = False) -> Handler | None:
        """Return what decides for a task, or None if there is no such decision.

        In a stub run a task passes where an expression gives no decision.

        Raises:
            CheckError: something is wrong with the decision; all findings at once.
        """
        if call.choose is not None:
            return self._chooser(call, call.choose, stub=stub) if self.models else None
        found = self.find(call.name)
        if found is None:
            return None
        faults = found[0].faults(found[1].id)
        if faults:
            raise CheckError(faults)
        decide = self._deciding(*found, call)
        return Handler(function=decide, gather=all_as_one, timed=True, outside=False)

    def find(self, name: str) -> tuple[Decisions, DrgElement] | None:
        """Return the decision of an id or name, with the models that it stands among."""
        for index, model in enumerate(self.models):
            element = offered(model, name)
            if element is not None:
                return self._decisions(index), element
        return None

    def _chooser(self, call: DecisionCall, choose: Evaluate, *, stub: bool) -> Handler:
        """Return what decides where the variables say which decision it is."""

        def decide(variables: Mapping[str, Any]) -> dict[str, Any]:
            name = choose(variables)
            found = self.find(name) if isinstance(name, str) else None
            if found is None and stub:
                return {}
            if found is None:
                known = ", ".join(self.names())
                raise DecisionFailedError(f"there is no decision {name!r} (there are: {known})")
            return self._deciding(*found, call)(variables)

        return Handler(function=decide, gather=all_as_one, timed=True, outside=False)

    def _deciding(
        self, decisions: Decisions, element: DrgElement, call: DecisionCall
    ) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
        """Return the function from variables to what the task writes."""
        from bpmn_xml.expressions.feel.outward import outward

        def decide(variables: Mapping[str, Any]) -> dict[str, Any]:
            decided = decisions.decide(element.id, variables)
            self.missing |= dict.fromkeys(decided.missing)
            if decided.violations:
                raise DecisionFailedError("; ".join(decided.violations))
            mapping = call.mapping
            found = outward(decided.value)
            value = taken(element, found, mapping) if mapping else found
            written = {call.result: value} if call.result else {}
            if call.rows:
                written[call.rows] = taken(element, found, ALL)
            return written

        return decide

    def _decisions(self, index: int) -> Decisions:
        """Return the decisions of a model, which may import the others."""
        if index not in self._compiled:
            from bpmn_xml.decisions import Decisions

            others = (*self.models[:index], *self.models[index + 1 :])
            self._compiled[index] = Decisions((self.models[index], *others))
        return self._compiled[index]


def offered(model: DecisionModel, name: str) -> DrgElement | None:
    """Return the decision of an id, else of a name, or the decision service."""
    from bpmn_xml.decisions.values import Decision, DecisionService

    asked = [each for each in model.elements if isinstance(each, Decision | DecisionService)]
    by_id = next((each for each in asked if each.id == name), None)
    return by_id or next((each for each in asked if each.label == name), None)


def taken(element: DrgElement, value: Any, mapping: str) -> Any:
    """Return what a mapping takes of a decision's value."""
    from bpmn_xml.decisions.results import mapped, rows_of

    try:
        return mapped(mapping, rows_of(element, value))
    except ValueError as error:
        raise DecisionFailedError(str(error)) from error
