"""Decision tables: which rules match, and what the hit policy makes of them (DMN chapter 8)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import msgspec

from bpmn_xml.decisions.run import Act, Evaluation, Matched, TableMatch
from bpmn_xml.decisions.unmatched import told_apart
from bpmn_xml.decisions.values import AGGREGATIONS, POLICIES, DecisionTable, gives_list
from bpmn_xml.expressions.feel import compare, ranges
from bpmn_xml.expressions.feel.builtins.statistics import FUNCTIONS
from bpmn_xml.expressions.feel.scopes import Frame
from bpmn_xml.expressions.meter import spend
from bpmn_xml.expressions.tree import TypeName

if TYPE_CHECKING:
    from bpmn_xml.expressions import Compiled

CELLS_A_STEP: Final = 2
RANKS_A_STEP: Final = 4

Test = Callable[[Any], object]
Outcomes = list[tuple[Any, ...]]
Hits = list[tuple[int, "CompiledRule"]]


class Column(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """An input: its label, the names of its value, what makes it, and which values it may have.

    `tested` are the kinds of values that all its tests are for, if these are constants.
    """

    label: str
    names: tuple[str, ...]
    act: Act
    type: TypeName
    allowed: Test | None = None
    tested: frozenset[str] = frozenset()


class CompiledRule(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """A rule: a test for each input, None where every value will do, and what it gives.

    Of the tests that may have no answer there is besides what can say why.
    """

    id: str
    tests: tuple[Test | None, ...]
    asking: tuple[Compiled | None, ...]
    results: tuple[Act, ...]
    notes: tuple[str, ...]


class CompiledTable(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """A table that can be evaluated.

    Attributes:
        owner: the name of the decision or function that holds it.
        outputs: the names of its outputs.
        defaults: what they are when no rule matches.
        ranks: for each output the values in the order of their priority.
    """

    owner: str
    table: DecisionTable
    columns: tuple[Column, ...]
    rules: tuple[CompiledRule, ...]
    outputs: tuple[str, ...]
    defaults: tuple[Act | None, ...]
    ranks: tuple[Act | None, ...]

    def evaluate(self, scope: Any, run: Evaluation) -> Any:
        """Return the value of the table."""
        frames = list(self.tested(scope, run))
        policy = self.table.hit_policy
        hits = self.hits(frames, first_only=policy == "FIRST")
        found = [self.outcome(rule, scope, run) for _, rule in hits]
        run.match(self.report(frames, hits, found))
        if not found:
            self.explain(frames, run)
            return self.otherwise(scope, run)
        ranks = [rank(scope, run) if rank else None for rank in self.ranks]
        for outcome in found:
            self.compare(outcome, ranks, run)
        if policy in ("PRIORITY", "OUTPUT ORDER"):
            found = sorted(found, key=lambda outcome: priority(outcome, ranks))
        return HIT[policy](self, found, run)

    def tested(self, scope: Any, run: Evaluation) -> Iterator[Frame]:
        """Yield for each input the names that its tests see."""
        for column in self.columns:
            frame = Frame(scope)
            frame["?"] = value = column.act(scope, run)
            if column.allowed and value is not None and column.allowed(frame) is not True:
                run.problem(f"{self.owner}: {column.label} has none of the values that it may have")
                frame["?"] = None
            frame.update(dict.fromkeys(column.names, frame["?"]))
            yield frame

    def hits(self, frames: Sequence[Frame], *, first_only: bool) -> Hits:
        """Return the rules that match, with their numbers."""
        found = []
        for number, rule in enumerate(self.rules, start=1):
            spend(1 + len(frames) // CELLS_A_STEP)
            if all(
                test is None or test(frame) is True
                for test, frame in zip(rule.tests, frames, strict=True)
            ):
                found.append((number, rule))
                if first_only:
                    break
        return found

    def outcome(self, rule: CompiledRule, scope: Any, run: Evaluation) -> tuple[Any, ...]:
        """Return what a rule gives for each output."""
        return tuple([result(scope, run) for result in rule.results])

    def report(
        self,
        frames: list[Frame],
        hits: list[tuple[int, CompiledRule]],
        found: list[tuple[Any, ...]],
    ) -> TableMatch:
        """Return what people want to know of an evaluation."""
        letter = POLICIES[self.table.hit_policy] + AGGREGATIONS[self.table.aggregation]
        labels = [column.label for column in self.columns]
        return TableMatch(
            decision=self.owner,
            policy=letter,
            inputs=tuple(zip(labels, [frame["?"] for frame in frames], strict=True)),
            outputs=self.outputs,
            rules=tuple(
                Matched(number, rule.id, outputs, rule.notes)
                for (number, rule), outputs in zip(hits, found, strict=True)
            ),
        )

    def explain(self, frames: Sequence[Frame], run: Evaluation) -> None:
        """Note what keeps tests from having an answer, when no rule matches."""
        for column, frame in zip(self.columns, frames, strict=True):
            told = told_apart(frame["?"], column.tested) if column.type.name == "Any" else ""
            if told:
                run.problem(f"{self.owner}: {column.label} {told}")
        for rule in self.rules:
            for asking, frame in zip(rule.asking, frames, strict=True):
                if asking is not None:
                    run.null(self.owner, asking, frame)

    def compare(self, outcome: Sequence[Any], ranks: Sequence[Any], run: Evaluation) -> None:
        """Note outputs that are none of the values that they may have."""
        for name, value, rank in zip(self.outputs, outcome, ranks, strict=True):
            if value is not None and rank and place_among(value, rank) == len(rank):
                run.problem(f"{self.owner}: {name} has none of the values that it may have")

    def otherwise(self, scope: Any, run: Evaluation) -> Any:
        """Return what the table gives when no rule matches: the defaults, else null."""
        if self.table.aggregation == "COUNT":
            return 0
        if not any(self.defaults):
            return None
        outputs = [default(scope, run) if default else None for default in self.defaults]
        found = self.shaped(tuple(outputs))
        return [found] if gives_list(self.table) else found

    def shaped(self, outputs: tuple[Any, ...]) -> Any:
        """Return the value of a rule: that of its only output, or a context of all."""
        if len(outputs) == 1:
            return outputs[0]
        return dict(zip(self.outputs, outputs, strict=True))


def priority(outcome: tuple[Any, ...], ranks: Sequence[Any]) -> list[int]:
    """Return the place of a rule in the order of its outputs; what is not listed comes last."""
    return [place_among(value, rank or []) for value, rank in zip(outcome, ranks, strict=True)]


def place_among(value: Any, rank: Sequence[Any]) -> int:
    """Return the place of the first test in a list that holds for a value, or the list's length."""
    spend(len(rank) // RANKS_A_STEP)
    tests = enumerate(rank)
    return next((at for at, test in tests if ranges.matches(value, test) is True), len(rank))


def unique(table: CompiledTable, found: Outcomes, run: Evaluation) -> Any:
    """UNIQUE: one rule may match."""
    if len(found) > 1:
        run.violation(f"{table.owner}: {len(found)} rules match, its hit policy allows one")
        return None
    return table.shaped(found[0])


def any_hit(table: CompiledTable, found: Outcomes, run: Evaluation) -> Any:
    """ANY: all rules that match give the same."""
    if not all(compare.same(list(outcome), list(found[0])) for outcome in found):
        run.violation(f"{table.owner}: the rules that match differ, its hit policy forbids it")
        return None
    return table.shaped(found[0])


def first_hit(table: CompiledTable, found: Outcomes, _run: Evaluation) -> Any:
    """FIRST and PRIORITY: the first one, after sorting."""
    return table.shaped(found[0])


def ordered(table: CompiledTable, found: Outcomes, _run: Evaluation) -> Any:
    """RULE ORDER and OUTPUT ORDER: all of them, after sorting."""
    return [table.shaped(outcome) for outcome in found]


def collect(table: CompiledTable, found: Outcomes, run: Evaluation) -> Any:
    """COLLECT: all of them, or what their sum, least, greatest or number is."""
    outcomes = ordered(table, found, run)
    reduce = REDUCE.get(table.table.aggregation)
    if reduce is None:
        return outcomes
    value = reduce(outcomes)
    if value is None:
        run.problem(f"{table.owner}: what its rules give cannot be aggregated")
    return value


REDUCE: Final[Mapping[str, Callable[[list[Any]], object]]] = {
    "SUM": FUNCTIONS["sum"],
    "MIN": FUNCTIONS["min"],
    "MAX": FUNCTIONS["max"],
    "COUNT": len,
}
HIT: Final[Mapping[str, Callable[[CompiledTable, Outcomes, Evaluation], Any]]] = {
    "UNIQUE": unique,
    "ANY": any_hit,
    "PRIORITY": first_hit,
    "FIRST": first_hit,
    "RULE ORDER": ordered,
    "OUTPUT ORDER": ordered,
    "COLLECT": collect,
}
