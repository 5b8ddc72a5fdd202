"""What in decision tables looks like a slip: names that nothing gives, tests that never match.

A cell may ask for any variable of a process, so of names only these are told: one that is like a
known one, a text of the same table without its quotes, the only name among constants, a function
that there is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from bpmn_xml.codes import finding
from bpmn_xml.decisions import values as v
from bpmn_xml.decisions.codes import NEVER, NO_FUNCTION, TABLE, UNKNOWN_NAME
from bpmn_xml.decisions.compiled import requirements_of
from bpmn_xml.decisions.logic import CELL_INPUT
from bpmn_xml.decisions.make import FEEL, TESTS, names_in
from bpmn_xml.errors import ExpressionError, Finding, Severity
from bpmn_xml.expressions import Compiled, language_of, tree
from bpmn_xml.expressions import compile as compile_text
from bpmn_xml.expressions.feel.builtins.table import FUNCTIONS
from bpmn_xml.expressions.feel.scanner import is_ordinary
from bpmn_xml.wording import nearest, quoted, suggest

GIVEN: Final = frozenset({CELL_INPUT, "?", "item", *FUNCTIONS})
"""Names that each cell may use."""

JOINED: Final = {
    "and": "write a range, [25..65], or compare the input by its name, `? >= 25 and ? <= 65`",
    "or": "write a comma between the tests",
}
"""What joins tests instead."""

RANKING: Final = ("PRIORITY", "OUTPUT ORDER")
"""Hit policies that ask for an order of the outputs' values."""

LEAST: Final = 3
"""Letters of a name that may be a misspelt one."""


def doubts(models: Iterable[v.DecisionModel]) -> Iterator[Finding]:
    """Find what in decision tables looks like a slip."""
    for model in models:
        for element in model.elements:
            if isinstance(element, v.Decision) and isinstance(element.logic, v.DecisionTable):
                yield from _Table(model, element, element.logic).doubts()


def asked_by(models: Iterable[v.DecisionModel], name: str) -> frozenset[str]:
    """Return what the tables of a decision ask for, and of those that it requires in its model."""
    found: set[str] = set()
    for model in models:
        known = {one.id: one for one in model.elements}
        waiting = [one for one in model.elements if name in (one.id, one.name)]
        seen: set[str] = set()
        while waiting:
            one = waiting.pop()
            waiting += [known[r.id] for r in requirements_of(one) if r.id in known.keys() - seen]
            seen.add(one.id)
            if isinstance(one, v.Decision) and isinstance(one.logic, v.DecisionTable):
                found |= _Table(model, one, one.logic).asks()
    return frozenset(found)


class _Table:
    """The table of a decision, with its cells compiled."""

    def __init__(
        self, model: v.DecisionModel, decision: v.Decision, table: v.DecisionTable
    ) -> None:
        self.model, self.decision, self.table = model, decision, table
        self.names = [name for name in names_in(model) if not is_ordinary(name)]
        self.required = {one.id for one in requirements_of(decision)}
        self.known = {*GIVEN, *(one.name for one in model.imports), *self._required()}
        self.asked = [self._compiled(one.expression) for one in table.inputs]
        columns = [
            *([rule.tests[at] for rule in table.rules] for at in range(len(table.inputs))),
            *([rule.results[at] for rule in table.rules] for at in range(len(table.outputs))),
        ]
        self.columns = [
            [
                (cell, self._compiled(cell, TESTS if at < len(table.inputs) else FEEL))
                for cell in one
            ]
            for at, one in enumerate(columns)
        ]

    def asks(self) -> set[str]:
        """Return the names of its inputs that nothing in its model gives."""
        return {*self._unknown(self.asked)}

    def doubts(self) -> Iterator[Finding]:
        """Find what in it looks like a slip."""
        yield from self._policy()
        yield from self._calls()
        yield from self._never()
        if self.required:
            yield from self._in_inputs()
        self.known.update(name for one in self.asked if one is not None for name in one.names)
        self.known.update(one.variable for one in self.table.inputs)
        texts = {text for column in self.columns for text in _texts(column)}
        for column in self.columns:
            alone = len(set(self._unknown(found for _, found in column))) == 1
            for cell, found in column:
                yield from self._in_cell(cell, found, texts, alone=alone)

    def _policy(self) -> Iterator[Finding]:
        """A hit policy that cannot do what its table asks for (8.2.8)."""
        policy, aggregation = self.table.hit_policy, self.table.aggregation
        if aggregation and policy != "COLLECT":
            what = f"{policy} aggregates nothing, {aggregation} has no effect"
            yield self._finding(TABLE, self.table, what, "take COLLECT, or no aggregation")
        types = {one.name: one for one in self.model.types}
        ranked = (
            out.values or (out.type in types and types[out.type].allowed)
            for out in self.table.outputs
        )
        if policy in RANKING and not any(ranked):
            what = f"{policy} needs to know which values come first, and no output lists its values"
            yield self._finding(TABLE, self.table, what, "list them, what comes first at first")

    def _calls(self) -> Iterator[Finding]:
        """Calls of functions that neither FEEL nor the model has."""
        known = {*self.known, *names_in(self.model)}
        asked = zip((one.expression for one in self.table.inputs), self.asked, strict=True)
        for text, found in (pair for column in (asked, *self.columns) for pair in column):
            for part in tree.walk(found.tree) if found is not None else ():
                called = part.function if isinstance(part, tree.Invoke) else None
                if not isinstance(called, tree.Name):
                    continue
                self.known.add(called.name)
                if called.name not in known:
                    what = f"there is no function {quoted(called.name)}"
                    remedy = suggest(called.name, FUNCTIONS, "correct the name")
                    yield self._finding(NO_FUNCTION, text, what, remedy)

    def _never(self) -> Iterator[Finding]:
        """Tests that are joined by `and` or `or`, which join truths: they hold for no value."""
        for cell, found in (pair for column in self.columns for pair in column):
            term = found.tree if found is not None else None
            for test in term.tests if isinstance(term, tree.CellTests) else ():
                if isinstance(test, tree.Logic) and any(map(_is_test, test.operands)):
                    what = f"{quoted(cell.text)} holds for no value: '{test.operator}' joins truths"
                    remedy = JOINED[test.operator]
                    yield self._finding(NEVER, cell, what, remedy)

    def _in_inputs(self) -> Iterator[Finding]:
        """Names that inputs ask for and that are like those of what is required."""
        for clause, found in zip(self.table.inputs, self.asked, strict=True):
            for name in self._unknown([found]):
                near = _like(name, self.known - GIVEN)
                if near:
                    yield self._doubt(clause.expression, name, near)

    def _in_cell(
        self, cell: v.BoxedText, found: Compiled | None, texts: set[str], *, alone: bool
    ) -> Iterator[Finding]:
        """Names in a cell; `alone` if they are all that is unknown in its column."""
        for name in self._unknown([found]):
            near = _like(name, self.known - GIVEN) or _like(name, texts, '"')
            quotes = f'"{name}"' if name in texts or _is_name(found) else ""
            sure = bool(near) or name in texts
            if sure or alone:
                yield self._doubt(cell, name, near or quotes, sure=sure)

    def _required(self) -> Iterator[str]:
        """The names by which the decision knows what it requires, and those of all inputs."""
        for one in self.model.elements:
            if one.id in self.required or isinstance(one, v.InputData):
                yield from (one.name, one.label, one.id)
                table = one.logic if isinstance(one, v.Decision) else None
                if isinstance(table, v.DecisionTable):
                    yield from (output.name for output in table.outputs)

    def _compiled(self, text: v.BoxedText, language: str = FEEL) -> Compiled | None:
        """A text of FEEL; nothing where it is empty, in another language, or wrong."""
        if text.text in ("", "-"):
            return None
        if language_of(text.text, text.language, self.model.language or FEEL) != FEEL:
            return None
        try:
            return compile_text(text.text, language, names=self.names)
        except ExpressionError:
            return None  # it is told elsewhere

    def _unknown(self, texts: Iterable[Compiled | None]) -> list[str]:
        """The names in some texts that nothing in the model gives."""
        return [
            name
            for one in texts
            if one is not None
            and not any(isinstance(part, tree.Filter) for part in tree.walk(one.tree))
            for name in one.names
            if name not in self.known
        ]

    def _doubt(self, text: v.BoxedText, name: str, meant: str, *, sure: bool = True) -> Finding:
        told = f"; did you mean {meant}?" if meant else ""
        what = f"nothing in this model gives {quoted(name)}{told}"
        found = self._finding(UNKNOWN_NAME, text, what)
        return found if sure else replace(found, severity=Severity.NOTE)

    def _finding(
        self, code: str, text: v.BoxedExpression, what: str, remedy: str | None = None
    ) -> Finding:
        name = self.decision.label or self.decision.name
        return finding(code, what, remedy, place=text.place, id=self.decision.id, name=name)


def _is_test(term: tree.Term) -> bool:
    """Whether a term stands for a test of the input: a comparison without its left side, a text."""
    return isinstance(term, tree.Interval) or (
        isinstance(term, tree.Literal) and not isinstance(term.value, bool | None)
    )


def _texts(column: Sequence[tuple[v.BoxedText, Compiled | None]]) -> Iterator[str]:
    """The texts in quotes in the cells of a column."""
    for _, found in column:
        for part in tree.walk(found.tree) if found is not None else ():
            if isinstance(part, tree.Literal) and isinstance(part.value, str):
                yield part.value


def _is_name(found: Compiled | None) -> bool:
    """Whether a cell is but a name."""
    return found is not None and found.text.strip() in found.names


def _like(name: str, known: Iterable[str], quote: str = "'") -> str:
    """The known name that is most like one, quoted; nothing where none is."""
    near = nearest(name, sorted(filter(None, known)))[:1] if len(name) >= LEAST else ()
    return "".join(f"{quote}{one}{quote}" for one in near)
