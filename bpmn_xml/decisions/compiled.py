"""Decision models become units that require each other, and are evaluated, each at most once.

Names that a unit sees are those of what it requires, and all variables that are no element's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, cast

import msgspec
from msgspec.structs import replace

from bpmn_xml.codes import FindingDetails, finding
from bpmn_xml.decisions import codes
from bpmn_xml.decisions import values as v
from bpmn_xml.decisions.elements import ACTS
from bpmn_xml.decisions.make import Maker
from bpmn_xml.decisions.run import (
    Evaluation,
    GivenVariables,
    Key,
    TableMatch,
    Unit,
    given_value,
    other_names,
)
from bpmn_xml.errors import CheckError, ExpressionError, Finding, UsageError
from bpmn_xml.expressions.called import calls
from bpmn_xml.expressions.compiled import Compiled
from bpmn_xml.expressions.feel.builtins.table import FUNCTIONS
from bpmn_xml.expressions.feel.scopes import Frame
from bpmn_xml.expressions.meter import metered
from bpmn_xml.expressions.nulls import NoResultError
from bpmn_xml.expressions.weight import count_values
from bpmn_xml.model.notebook import from_notebook
from bpmn_xml.wording import did_you_mean, quoted

ASKED: Final = (v.Decision, v.DecisionService)
"""What can be asked for."""

TEXTS_A_VALUE: Final = 20
"""Texts of models that count as one value of the data: each may be evaluated several times."""


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """The result of a decision: its value, what its tables did, why values are missing.

    `missing` are those of the problems that tell of names which nothing has given and of texts
    that have no result for their values, `violations` those that a hit policy forbids.
    """

    value: Any
    matches: tuple[TableMatch, ...]
    problems: tuple[str, ...]
    missing: tuple[str, ...] = ()
    violations: tuple[str, ...] = ()

    def _repr_html_(self) -> str:
        """Its value and the rules that led to it, for a notebook."""
        return str(from_notebook("html_of_decided")(self))


class Decisions:
    """Some decision models, ready to decide.

    Attributes:
        findings: what is wrong with them; a decision that stands on something wrong is refused.
        expected: names that may be missing, and texts that may be null, as what asks for them says
            itself what happens then.
        required: the keys of all elements that another one requires.
        texts: how many texts and cells stand in them.
        read: what these are, each once.
    """

    def __init__(self, models: Iterable[v.DecisionModel]) -> None:
        self.models = tuple(models)
        self.findings: list[Finding] = []
        self.units: dict[Key, Unit] = {}
        self.expected: set[str] = set(FUNCTIONS)
        self.read: list[Compiled] = []
        self.texts = 0
        by_namespace = {model.namespace: model for model in reversed(self.models)}
        for model in self.models:
            self.add(model, by_namespace)
        for model in self.models:
            self.connect(model)
        self.refuse_circles()
        self.required = {need for unit in self.units.values() for need, _ in unit.needs}

    def add(self, model: v.DecisionModel, known: Mapping[str, v.DecisionModel]) -> None:
        """Compile the elements of a model."""
        imported = {}
        for each in model.imports:
            if each.namespace in known:
                imported[each.name] = known[each.namespace]
            elif "/DMN/" in each.namespace or not each.location.endswith((".xsd", ".pmml")):
                message = f"the model {each.namespace[:200]!r} is imported, and was not given"
                self.report(codes.IMPORT, message, each, "give its file too")
        make = Maker(model, imported)
        for element in model.elements:
            make.begin(element)
            act = ACTS[type(element)](element, make, self)
            names = tuple(dict.fromkeys((element.name, element.label, element.id)))
            unit = Unit(key=(model.namespace, element.id), element=element, names=names, act=act)
            unit.faulty = element.id in make.faulty
            self.units.setdefault(unit.key, unit)
        for item, name in make.kinds.unknown():
            self.report(codes.TYPE, f"there is no type {quoted(name)}", item, "correct the name")
        self.findings += make.findings
        self.texts += make.read
        self.read += make.texts.values()
        self.expected |= make.expected

    def connect(self, model: v.DecisionModel) -> None:
        """Find what elements require."""
        prefixes = {each.namespace: each.name for each in model.imports}
        for element in model.elements:
            unit = self.units[model.namespace, element.id]
            needs = []
            for one in requirements_of(element):
                key = (one.namespace or model.namespace, one.id)
                if key == unit.key and isinstance(element, v.BusinessKnowledge):
                    continue  # it knows itself
                if key in self.units:
                    needs.append((key, prefixes.get(one.namespace, "")))
                else:
                    message = f"it requires {quoted(one.id)}, which is not there"
                    self.report(codes.DANGLING, message, element, "correct the reference", unit)
            unit.needs = tuple(needs)

    def report(
        self, code: str, message: str, about: Any, remedy: str, unit: Unit | None = None
    ) -> None:
        """Note a fault; a unit that has it cannot be evaluated."""
        details = FindingDetails(place=about.place, id=getattr(about, "id", ""), name=about.name)
        self.findings.append(finding(code, message, remedy, **details))
        if unit is not None:
            unit.faulty = True

    def refuse_circles(self) -> None:
        """Mark the units that require themselves, whatever is between."""
        for unit in self.circular():
            message = "it requires itself, through what it requires"
            self.report(codes.CYCLE, message, unit.element, "remove a requirement", unit)
            unit.needs = ()

    def circular(self) -> list[Unit]:
        """Return the units that cannot be put in an order."""
        left = {key: {need for need, _ in unit.needs} for key, unit in self.units.items()}
        users: dict[Key, list[Key]] = {key: [] for key in left}
        for key, needs in left.items():
            for need in needs:
                users[need].append(key)
        free = [key for key, needs in left.items() if not needs]
        while free:
            done = free.pop()
            del left[done]
            for user in users[done]:
                left[user].discard(done)
                if not left[user]:
                    free.append(user)
        return [self.units[key] for key in left]

    def names(self) -> list[str]:
        """Return the ids of all that can be asked for."""
        return [unit.element.id for unit in self.units.values() if isinstance(unit.element, ASKED)]

    def find(self, name: str = "") -> Unit:
        """Return the decision or service of an id or name; the only decision if none is named.

        Raises:
            UsageError: there is none, or several.
        """
        asked = [unit for unit in self.units.values() if isinstance(unit.element, ASKED)]
        for unit in asked:
            if unit.element.id == name:
                return unit
        named = [unit for unit in asked if name in unit.names]
        last = named if name else [unit for unit in asked if unit.key not in self.required]
        if len(last) == 1:
            return last[0]
        known = ", ".join(self.names()) or "none"
        if not name:
            raise UsageError(f"there are {len(last)} decisions", remedy=f"name one of {known}")
        what = f"several decisions are called {name!r}" if named else f"no decision {name!r}"
        near = did_you_mean(name, self.names()).removeprefix("; ")
        raise UsageError(what, remedy=near or f"name one of {known}")

    def order(
        self, first: Sequence[Key], given_keys: Iterable[Key] = (), *, whole: bool = False
    ) -> list[Unit]:
        """Return what has to be evaluated, what is required first; not what is given.

        What services offer is evaluated when they are called, and left out unless `whole`.
        """
        done, placed = set(given_keys), []
        waiting = [(key, False) for key in reversed(first)]
        while waiting:
            key, ready = waiting.pop()
            if ready:
                placed.append(self.units[key])
            elif key not in done:
                done.add(key)
                waiting.append((key, True))
                waiting += [(need, False) for need in reversed(self.units[key].before(whole=whole))]
        return placed

    def decide(self, name: str, variables: Mapping[str, Any]) -> Decided:
        """Evaluate a decision, or a service with the variables as its arguments.

        Raises:
            UsageError: there is no such decision.
            CheckError: it stands on something that is wrong with the model.
            ExpressionError: it takes too many steps, or a text that is not FEEL has no value.
        """
        asked = self.find(name)
        faults = self.faults(name)
        if faults:
            raise CheckError(faults)
        order = self.order([asked.key])
        run = Evaluation(variables)
        service = asked.element if isinstance(asked.element, v.DecisionService) else None

        def evaluate(_scope: Any) -> Any:
            try:
                self.fill(order, run)
            except ExpressionError as error:
                under_way = next(unit for unit in order if unit.key not in run.values)
                raise _placed(error, under_way.element) from error
            value = run.values[asked.key]
            if service is None:
                return value
            inputs = self.units[asked.key].needs[len(service.outputs) :]
            return value.call(*[given_value(self.units[key], run) for key, _ in inputs])

        value = metered(evaluate, self.values)(variables)
        decided = Decided(
            value=value,
            matches=tuple(run.matches),
            missing=tuple(self.unknown(run)),
            problems=tuple(run.problems),
            violations=tuple(run.violations),
        )
        missing = (*decided.missing, *(self.reasons(run) if run.nulls else ()))
        return replace(decided, missing=missing, problems=(*decided.problems, *missing))

    def values(self, variables: Mapping[str, Any]) -> int:
        """Return how many values there are to read: those given, and the texts of the model."""
        return count_values(variables.values()) + self.texts // TEXTS_A_VALUE

    def unknown(self, run: Evaluation) -> Iterator[str]:
        """Say which names an evaluation asked for that nothing has given, and nobody expects so."""
        for name, owner in run.missing.items():
            if name not in self.expected:
                named = {name for unit in self.units.values() for name in unit.names}
                where = f"{owner}: " if owner else ""
                if any(calls(text.tree, name) for text in self.read):
                    near = did_you_mean(name, {*FUNCTIONS, *named})
                    yield f"{where}there is no function {quoted(name)}{near}"
                else:
                    near = did_you_mean(name, {*run.given, *(named if owner else ())})
                    yield f"{where}nothing has given {quoted(name)}, it was null{near}"

    def reasons(self, run: Evaluation) -> tuple[str, ...]:
        """Say why texts were null that have no result, evaluating them once more."""
        nulls = [null for null in run.nulls.values() if null.text.text not in self.expected]

        def explain(_scope: Any) -> tuple[str, ...]:
            told = (
                f"{owner}: {quoted(text.text)} was null: {reason}"
                for owner, text, scope in nulls
                for reason in text.explain(scope)
                if isinstance(reason, NoResultError)
            )
            return tuple(dict.fromkeys(told))

        return cast("tuple[str, ...]", metered(explain, self.values)(run.given))

    def faults(self, name: str) -> list[Finding]:
        """Return what keeps a decision from being evaluated.

        Raises:
            UsageError: there is no such decision.
        """
        order = self.order([self.find(name).key], whole=True)
        wrong = {unit.element.id for unit in order if unit.faulty}
        return [finding for finding in self.findings if finding.id in wrong]

    def fill(self, order: Sequence[Unit], run: Evaluation) -> None:
        """Evaluate units in order."""
        base = GivenVariables(run.given, run.missing)
        for unit in order:
            base.owner = unit.element.label or unit.element.name
            run.values[unit.key] = unit.act(self.scope(unit, base, run), run)

    def scope(self, unit: Unit, base: Mapping[str, Any], run: Evaluation) -> Frame:
        """Return the names that a unit sees."""
        frame = Frame(base)
        if isinstance(unit.element, v.InputData):
            return frame
        required = [
            (self.units[key], prefix, run.values[key])
            for key, prefix in unit.needs
            if key in run.values
        ]
        for need, _, value in required:
            frame.update(other_names(need, value))
        for need, prefix, value in required:
            if prefix:
                frame.setdefault(prefix, {})[need.names[0]] = value
            else:
                frame[need.names[0]] = value
        return frame


def requirements_of(element: v.DrgElement) -> tuple[v.Requirement, ...]:
    """Return what an element requires; a service its outputs, then its inputs."""
    if isinstance(element, v.DecisionService):
        return (*element.outputs, *element.inputs)
    if isinstance(element, v.Decision | v.BusinessKnowledge):
        return element.requires
    return ()


def _placed(error: ExpressionError, element: v.DrgElement) -> ExpressionError:
    """The same error, which tells whose text has no value, and which."""
    where = f", in {quoted(error.text)}" if error.text else ""
    told = f"{element.label or element.name}: {error}{where}"
    return ExpressionError(told, text=error.text, offset=error.offset)
