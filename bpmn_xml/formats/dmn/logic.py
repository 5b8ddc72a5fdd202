"""Boxed expressions and decision tables, out of the tree: a row for each element (10.2, 8.3)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from bpmn_xml.decisions import values as v
from bpmn_xml.formats import codes
from bpmn_xml.formats.dmn.tree import Tree, below, child, name_in, text_in, type_in
from bpmn_xml.model import ForeignElement

Read = Callable[["ForeignElement", Tree], v.BoxedExpression]


def logic_in(element: ForeignElement | None, tree: Tree) -> v.BoxedExpression | None:
    """Return the boxed expression that an element holds, if it holds one."""
    for found in below(element, *LOGIC) if element else ():
        return LOGIC[found.name](found, tree)
    return None


def text_of(element: ForeignElement, _tree: Tree | None = None) -> v.BoxedText:
    """Read a literal expression, a unary test or another text, which is where its tag stands."""
    found = child(element, "text")
    return v.BoxedText(
        id=element.attribute("id") or "",
        type=type_in(element),
        place=found.place if found else element.place,
        text=text_in(element, "text"),
        language=element.attribute("expressionLanguage") or "",
    )


def optional_text(element: ForeignElement, name: str) -> v.BoxedText | None:
    """Read a text that may be missing or empty."""
    found = child(element, name)
    text = text_of(found) if found else None
    return text if text and text.text else None


def entry_of(element: ForeignElement, tree: Tree, name: str) -> v.BoxedEntry:
    """Read an expression and the name before it, which stands in a child."""
    named = child(element, name)
    return v.BoxedEntry(
        name=name_in(named) if named else "",
        type=type_in(named) if named else "",
        logic=logic_in(element, tree),
        place=element.place,
    )


def context(element: ForeignElement, tree: Tree) -> v.BoxedExpression:
    """Read a context."""
    found = below(element, "contextEntry")
    return v.BoxedContext(
        type=type_in(element),
        place=element.place,
        entries=tuple(entry_of(entry, tree, "variable") for entry in found),
    )


def items(element: ForeignElement, tree: Tree) -> v.BoxedList:
    """Read a list, or a row of a relation."""
    found = tuple(LOGIC[each.name](each, tree) for each in below(element, *LOGIC))
    return v.BoxedList(type=type_in(element), place=element.place, items=found)


def relation(element: ForeignElement, tree: Tree) -> v.BoxedExpression:
    """Read a relation; each of its rows has as many cells as there are columns."""
    columns = tuple(name_in(column) for column in below(element, "column"))
    rows = []
    for row in below(element, "row"):
        rows.append(items(row, tree))
        if len(rows[-1].items) != len(columns):
            told = f"a row has {len(rows[-1].items)} cells for {len(columns)} columns"
            tree.fault(codes.UNEVEN, row, told)
    return v.BoxedRelation(
        type=type_in(element), place=element.place, columns=columns, rows=tuple(rows)
    )


def function(element: ForeignElement, tree: Tree) -> v.BoxedFunction:
    """Read a function and its parameters."""
    parameters = below(element, "formalParameter")
    return v.BoxedFunction(
        type=type_in(element),
        place=element.place,
        kind=element.attribute("kind") or "FEEL",
        parameters=tuple(
            v.BoxedEntry(name=name_in(one), type=type_in(one), place=one.place)
            for one in parameters
        ),
        body=logic_in(element, tree),
    )


def invocation(element: ForeignElement, tree: Tree) -> v.BoxedExpression:
    """Read the call of a function."""
    found = below(element, "binding")
    return v.BoxedInvocation(
        type=type_in(element),
        place=element.place,
        function=logic_in(element, tree),
        arguments=tuple(entry_of(one, tree, "parameter") for one in found),
    )


def conditional(element: ForeignElement, tree: Tree) -> v.BoxedExpression:
    """Read a choice between two values."""
    test, then, otherwise = (
        logic_in(child(element, name), tree) for name in ("if", "then", "else")
    )
    return v.BoxedConditional(
        type=type_in(element), place=element.place, test=test, then=then, otherwise=otherwise
    )


def selection(element: ForeignElement, tree: Tree) -> v.BoxedExpression:
    """Read a filter."""
    return v.BoxedFilter(
        type=type_in(element),
        place=element.place,
        domain=logic_in(child(element, "in"), tree),
        test=logic_in(child(element, "match"), tree),
    )


def loop(element: ForeignElement, tree: Tree) -> v.BoxedExpression:
    """Read a loop or a quantifier."""
    body = child(element, "return" if element.name == "for" else "satisfies")
    return v.BoxedLoop(
        type=type_in(element),
        place=element.place,
        kind=element.name,
        variable=name_in(element, "iteratorVariable"),
        domain=logic_in(child(element, "in"), tree),
        body=logic_in(body, tree),
    )


def table(element: ForeignElement, tree: Tree) -> v.BoxedExpression:
    """Read a decision table."""
    inputs = tuple(input_of(one) for one in below(element, "input"))
    outputs = tuple(output_of(one) for one in below(element, "output"))
    if not outputs:
        tree.fault(codes.UNEVEN, element, "a decision table without an output")
    found = v.DecisionTable(
        id=element.attribute("id") or "",
        type=type_in(element),
        place=element.place,
        hit_policy=tree.word(element, "hitPolicy", v.POLICIES, "UNIQUE"),
        aggregation=tree.word(element, "aggregation", v.AGGREGATIONS, ""),
        inputs=inputs,
        outputs=outputs,
        rules=tuple(rule_of(one) for one in below(element, "rule")),
    )
    for one, rule in zip(below(element, "rule"), found.rules, strict=True):
        check_rule(one, rule, found, tree)
    return found


def check_rule(
    element: ForeignElement, rule: v.TableRule, table: v.DecisionTable, tree: Tree
) -> None:
    """See that a rule has a cell for each column."""
    for cells, columns, what in (
        (rule.tests, table.inputs, "input"),
        (rule.results, table.outputs, "output"),
    ):
        if len(cells) != len(columns):
            told = f"a rule has {len(cells)} {what} cells for {len(columns)} {what} columns"
            tree.fault(codes.UNEVEN, element, told)


def input_of(element: ForeignElement) -> v.TableInput:
    """Read an input clause; Camunda's may name a variable only."""
    expression, variable = child(element, "inputExpression"), name_in(element, "inputVariable")
    text = text_of(expression) if expression else None
    return v.TableInput(
        label=name_in(element, "label"),
        variable=variable,
        type=type_in(expression) if expression else "",
        expression=text if text and text.text else v.BoxedText(text=variable, place=element.place),
        values=optional_text(element, "inputValues"),
    )


def output_of(element: ForeignElement) -> v.TableOutput:
    """Read an output clause."""
    return v.TableOutput(
        name=name_in(element),
        label=name_in(element, "label"),
        type=type_in(element),
        values=optional_text(element, "outputValues"),
        default=optional_text(element, "defaultOutputEntry"),
    )


def rule_of(element: ForeignElement) -> v.TableRule:
    """Read a rule; Camunda keeps what was noted about it as its description."""
    notes = [text_in(note, "text") for note in below(element, "annotationEntry")]
    return v.TableRule(
        id=element.attribute("id") or "",
        tests=tuple(text_of(one) for one in below(element, "inputEntry")),
        results=tuple(text_of(one) for one in below(element, "outputEntry")),
        notes=tuple(note for note in (text_in(element, "description"), *notes) if note),
        place=element.place,
    )


LOGIC: Final[Mapping[str, Read]] = {
    "literalExpression": text_of,
    "context": context,
    "list": items,
    "relation": relation,
    "functionDefinition": function,
    "invocation": invocation,
    "conditional": conditional,
    "filter": selection,
    **dict.fromkeys(("for", "some", "every"), loop),
    "decisionTable": table,
}
