"""One evaluation: what was given, each value once, and what happened on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import msgspec

from bpmn_xml.decisions.values import Decision, DecisionService, DecisionTable, DrgElement

if TYPE_CHECKING:
    from bpmn_xml.expressions import Compiled

MOST: Final = 100
"""Matches and problems that are kept of one evaluation."""

MOST_NULLS: Final = 10
"""Texts of one evaluation of which it is said why they were null."""

Key = tuple[str, str]
"""The namespace of a model and the id of an element in it."""

Act = Callable[[Any, "Evaluation"], Any]
"""A boxed expression as a function of what it sees and of the evaluation that it is part of."""


class Matched(NamedTuple):
    """A rule that matched: its number from 1, its id, what it gave and what was noted about it."""

    number: int
    id: str
    outputs: tuple[Any, ...]
    notes: tuple[str, ...]


class TableMatch(msgspec.Struct, frozen=True, kw_only=True):
    """What a decision table did: the values of its inputs by their labels, the rules that matched.

    `decision` is the name of the decision or function that holds the table.
    """

    decision: str
    policy: str
    inputs: tuple[tuple[str, Any], ...]
    outputs: tuple[str, ...]
    rules: tuple[Matched, ...]


class Null(NamedTuple):
    """A text that was null: whose it is, and what it saw."""

    owner: str
    text: Compiled
    scope: Any


class GivenVariables(dict[str, Any]):
    """The variables that the caller gives, of which it is noted who asks for one that is not there.

    Attributes:
        owner: the name of the element under way.
        missing: by name what was asked for in vain, and the owner that asked first.
    """

    def __init__(self, variables: Mapping[str, Any], missing: dict[str, str]) -> None:
        super().__init__(variables)
        self.owner, self.missing = "", missing

    def __missing__(self, name: str) -> object:
        """Note the name of a variable that is not there."""
        self.missing.setdefault(name, self.owner)
        raise KeyError(name)


class Evaluation:
    """One evaluation of decisions.

    Attributes:
        given: the variables that the caller gives.
        values: what has been evaluated, by key.
        matches: what decision tables did, in order.
        missing: the names that nothing has given, each with the element that asked for it.
        nulls: the first texts that were null, each with its element and what it saw.
        problems: why there is no value somewhere, in words.
        violations: those of them that a hit policy forbids.
    """

    def __init__(self, given: Mapping[str, Any], outer: Evaluation | None = None) -> None:
        self.given = given
        self.values: dict[Key, Any] = {}
        self.missing: dict[str, str] = outer.missing if outer else {}
        self.matches: list[TableMatch] = outer.matches if outer else []
        self.nulls: dict[str, Null] = outer.nulls if outer else {}
        self.problems: list[str] = outer.problems if outer else []
        self.violations: list[str] = outer.violations if outer else []

    def match(self, table: TableMatch) -> None:
        """Keep what a table did."""
        if len(self.matches) < MOST:
            self.matches.append(table)

    def null(self, owner: str, text: Compiled, scope: Any) -> None:
        """Keep that a text was null; why is asked when all is done."""
        if len(self.nulls) < MOST_NULLS:
            self.nulls.setdefault(text.text, Null(owner, text, scope))

    def problem(self, message: str) -> None:
        """Keep why something has no value."""
        if len(self.problems) < MOST and message not in self.problems:
            self.problems.append(message)

    def violation(self, message: str) -> None:
        """Keep what a hit policy forbids."""
        self.problem(message)
        if message in self.problems:
            self.violations.append(message)


class Unit(msgspec.Struct, kw_only=True, eq=False):
    """An element that is ready to be evaluated.

    Attributes:
        names: what it is called in each of the elements that require it; the first is its own.
        needs: the keys of what it requires, each with the name of the import or nothing.
        act: what makes its value.
        faulty: whether something in it is wrong, so that it cannot be evaluated.
    """

    key: Key
    element: DrgElement
    names: tuple[str, ...]
    needs: tuple[tuple[Key, str], ...] = ()
    act: Act
    faulty: bool = False

    def before(self, *, whole: bool) -> tuple[Key, ...]:
        """Return what is evaluated before this; of a service nothing, unless `whole`."""
        if isinstance(self.element, DecisionService) and not whole:
            return ()
        return tuple(key for key, _ in self.needs)


def given_value(unit: Unit, run: Evaluation) -> Any:
    """Return what the caller gives for an element, or None."""
    return next((run.given[name] for name in unit.names if name in run.given), None)


def other_names(unit: Unit, value: Any) -> Iterator[tuple[str, Any]]:
    """Yield the names by which a value is known besides its own.

    Camunda's decisions are known by their ids, and their tables by the names of their outputs.
    """
    for name in unit.names[1:]:
        yield name, value
    table = unit.element.logic if isinstance(unit.element, Decision) else None
    if isinstance(table, DecisionTable):
        one = len(table.outputs) == 1
        for output in table.outputs:
            if output.name and (one or isinstance(value, dict)):
                yield output.name, value if one else value.get(output.name)
