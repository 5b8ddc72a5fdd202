"""What a decision model says (DMN 1.5, chapters 6 to 10), as plain frozen values.

Texts in FEEL stay texts here; `make` compiles them.

>>> BoxedText(text="1 + 1").language
''
"""

from __future__ import annotations

from typing import Final

import msgspec

from bpmn_xml.errors import NOWHERE, Place


class BoxedExpression(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A boxed expression (10.2): its id, the type of its value, where it stands."""

    id: str = ""
    type: str = ""
    place: Place = NOWHERE


class BoxedText(BoxedExpression, frozen=True, kw_only=True, gc=False):
    """A literal expression (10.2.1.1): a text in FEEL or in the language that it names."""

    text: str = ""
    language: str = ""


class BoxedEntry(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A name, its type, and the expression behind it; the result of a context has no name."""

    name: str = ""
    type: str = ""
    logic: BoxedExpression | None = None
    place: Place = NOWHERE


class BoxedContext(BoxedExpression, frozen=True, kw_only=True, gc=False):
    """A context (10.2.1.4), whose entries see the ones before them."""

    entries: tuple[BoxedEntry, ...] = ()


class BoxedList(BoxedExpression, frozen=True, kw_only=True, gc=False):
    """A list (10.2.1.5); a row of a relation is one too."""

    items: tuple[BoxedExpression, ...] = ()


class BoxedRelation(BoxedExpression, frozen=True, kw_only=True, gc=False):
    """A relation (10.2.1.6): a list of contexts with the same names."""

    columns: tuple[str, ...] = ()
    rows: tuple[BoxedList, ...] = ()


class BoxedFunction(BoxedExpression, frozen=True, kw_only=True, gc=False):
    """A function (10.2.1.7); one of another kind than FEEL cannot be called."""

    kind: str = "FEEL"
    parameters: tuple[BoxedEntry, ...] = ()
    body: BoxedExpression | None = None


class BoxedInvocation(BoxedExpression, frozen=True, kw_only=True, gc=False):
    """The call of a function with named arguments (10.2.1.3)."""

    function: BoxedExpression | None = None
    arguments: tuple[BoxedEntry, ...] = ()


class BoxedConditional(BoxedExpression, frozen=True, kw_only=True, gc=False):
    """One of two values (10.2.1.8)."""

    test: BoxedExpression | None = None
    then: BoxedExpression | None = None
    otherwise: BoxedExpression | None = None


class BoxedFilter(BoxedExpression, frozen=True, kw_only=True, gc=False):
    """The items for which a test holds (10.2.1.9)."""

    domain: BoxedExpression | None = None
    test: BoxedExpression | None = None


class BoxedLoop(BoxedExpression, frozen=True, kw_only=True, gc=False):
    """`for`, `some` or `every` (10.2.1.10): a name, its domain, what is made or tested."""

    kind: str = "for"
    variable: str = ""
    domain: BoxedExpression | None = None
    body: BoxedExpression | None = None


class TableInput(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An input clause (8.3.2): what is tested, and which values are expected.

    `variable` is the name by which Camunda's cells know the value, besides `cellInput`.
    """

    label: str = ""
    variable: str = ""
    type: str = ""
    expression: BoxedText = BoxedText()
    values: BoxedText | None = None


class TableOutput(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An output clause (8.3.3): a name, the values in order of priority, the default."""

    name: str = ""
    label: str = ""
    type: str = ""
    values: BoxedText | None = None
    default: BoxedText | None = None


class TableRule(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A rule (8.3.4): a test for each input, a value for each output, what people noted."""

    id: str = ""
    tests: tuple[BoxedText, ...] = ()
    results: tuple[BoxedText, ...] = ()
    notes: tuple[str, ...] = ()
    place: Place = NOWHERE


class DecisionTable(BoxedExpression, frozen=True, kw_only=True, gc=False):
    """A decision table (chapter 8)."""

    hit_policy: str = "UNIQUE"
    aggregation: str = ""
    inputs: tuple[TableInput, ...] = ()
    outputs: tuple[TableOutput, ...] = ()
    rules: tuple[TableRule, ...] = ()


def gives_list(table: DecisionTable) -> bool:
    """Whether the value of a table is a list: of what its rules give, or of its defaults."""
    collects = table.hit_policy == "COLLECT" and table.aggregation in ("", "LIST")
    return collects or table.hit_policy in ("RULE ORDER", "OUTPUT ORDER")


class Requirement(msgspec.Struct, frozen=True, gc=False):
    """The element that another one needs (6.3.10), by its namespace if it is of another file."""

    id: str
    namespace: str = ""
    place: Place = NOWHERE


class DrgElement(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An element of the decision requirements graph (6.3): a name and the type of its value."""

    id: str
    name: str
    label: str = ""
    type: str = ""
    place: Place = NOWHERE


class InputData(DrgElement, frozen=True, kw_only=True, gc=False):
    """What a decision is made of (6.3.11)."""


class Decision(DrgElement, frozen=True, kw_only=True, gc=False):
    """A decision (6.3.7)."""

    logic: BoxedExpression | None = None
    requires: tuple[Requirement, ...] = ()


class BusinessKnowledge(DrgElement, frozen=True, kw_only=True, gc=False):
    """A business knowledge model (6.3.9): a function that decisions call."""

    logic: BoxedFunction | None = None
    requires: tuple[Requirement, ...] = ()


class DecisionService(DrgElement, frozen=True, kw_only=True, gc=False):
    """Decisions that are offered as a function (6.3.12)."""

    outputs: tuple[Requirement, ...] = ()
    inputs: tuple[Requirement, ...] = ()


class ItemType(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A type (7.3.2): another one, a list, a structure or a function, and the values allowed."""

    name: str
    type: str = ""
    many: bool = False
    parts: tuple[ItemType, ...] = ()
    function: bool = False
    allowed: BoxedText | None = None
    constraint: BoxedText | None = None
    place: Place = NOWHERE


class DecisionImport(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Another model (6.3.3), whose elements are known by its name and a dot."""

    name: str
    namespace: str
    location: str = ""
    place: Place = NOWHERE


class DecisionModel(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One file of DMN: `definitions` (6.3.2)."""

    id: str = ""
    name: str = ""
    namespace: str = ""
    language: str = ""
    imports: tuple[DecisionImport, ...] = ()
    types: tuple[ItemType, ...] = ()
    elements: tuple[DrgElement, ...] = ()
    place: Place = NOWHERE

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """The decisions, in the order of the file."""
        return tuple(element for element in self.elements if isinstance(element, Decision))


POLICIES: Final = {
    "UNIQUE": "U", "ANY": "A", "PRIORITY": "P", "FIRST": "F",
    "RULE ORDER": "R", "OUTPUT ORDER": "O", "COLLECT": "C",
}  # fmt: skip
"""Hit policies and their letters (8.2.8)."""

AGGREGATIONS: Final = {"": "", "SUM": "+", "MIN": "<", "MAX": ">", "COUNT": "#", "LIST": ""}
"""What `COLLECT` makes of its results, and the signs of it."""
