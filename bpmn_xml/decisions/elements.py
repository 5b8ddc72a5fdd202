"""What each element of a decision model gives when it is evaluated: a row for each (DMN 6.3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Protocol

from msgspec.structs import replace

from bpmn_xml.decisions import values as v
from bpmn_xml.decisions.logic import as_type, logic
from bpmn_xml.decisions.make import Maker
from bpmn_xml.decisions.run import Act, Evaluation, Key, Unit
from bpmn_xml.decisions.types import ANY, from_outside
from bpmn_xml.expressions.feel.values import FeelFunction
from bpmn_xml.expressions.tree import TypeName


class Units(Protocol):
    """The elements of all models, ready to be evaluated."""

    units: dict[Key, Unit]

    def order(self, first: Sequence[Key], given_keys: Iterable[Key] = ()) -> list[Unit]:
        """Return what has to be evaluated, what is required first; not what is given."""

    def fill(self, order: Sequence[Unit], run: Evaluation) -> None:
        """Evaluate units in order."""


def input_act(element: v.InputData, make: Maker, _decisions: Units) -> Act:
    """Read what the caller gives."""
    type_ = make.type(element.type, element.place)
    names = tuple(dict.fromkeys((element.name, element.label, element.id)))

    def run(_scope: Any, run: Evaluation) -> Any:
        if not any(name in run.given for name in names):
            run.missing.setdefault(element.name, "")
        value = next((run.given[name] for name in names if name in run.given), None)
        found = from_outside(value, type_)
        if found is None and value is not None:
            run.problem(f"the input {element.name} is not of its type, {element.type}")
        return found

    return run


def knowledge_act(element: v.BusinessKnowledge, make: Maker, _decisions: Units) -> Act:
    """Make the function that a business knowledge model is."""
    act, type_, owner = logic(element.logic, make), result_type(element, make), make.owner

    def run(scope: Any, run: Evaluation) -> Any:
        function = act(scope, run)
        typed = function and replace(
            function, call=lambda *values: as_type(function.call(*values), type_, owner, run)
        )
        scope[element.name] = typed  # it may call itself
        return typed

    return run


def result_type(element: v.DrgElement, make: Maker) -> TypeName:
    """Return the type of what a function gives; its author may have named that of the function."""
    type_ = make.type(element.type, element.place)
    if type_.name != "function":
        return type_
    return type_.parts[-1] if type_.parts else ANY


def service_act(element: v.DecisionService, make: Maker, decisions: Units) -> Act:
    """Make the function that a decision service is."""
    type_, owner = result_type(element, make), make.owner
    key = (make.model.namespace, element.id)

    def run(_scope: Any, run: Evaluation) -> Any:
        needs = [need for need, _ in decisions.units[key].needs]
        outputs, inputs = needs[: len(element.outputs)], needs[len(element.outputs) :]
        order = decisions.order(outputs, inputs)
        units = [decisions.units[need] for need in inputs]
        names = tuple(unit.names[0] for unit in units)
        types = [make.type(unit.element.type, unit.element.place) for unit in units]

        def call(*arguments: Any) -> Any:
            inner = Evaluation(run.given, run)
            for name, key, argument, asked in zip(names, inputs, arguments, types, strict=True):
                inner.values[key] = found = from_outside(argument, asked)
                if found is None and argument is not None:
                    run.problem(f"the input {name} is not of its type, {asked.name}")
            decisions.fill(order, inner)
            values = {decisions.units[need].names[0]: inner.values[need] for need in outputs}
            value = next(iter(values.values())) if len(values) == 1 else values
            return as_type(value, type_, owner, run)

        return FeelFunction(names, call)

    return run


ACTS: Final[Mapping[type[v.DrgElement], Any]] = {
    v.InputData: input_act,
    v.Decision: lambda element, make, _: logic(element.logic, make, element.type),
    v.BusinessKnowledge: knowledge_act,
    v.DecisionService: service_act,
}
