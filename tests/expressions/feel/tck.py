"""Reads the cases of the DMN test kit and answers them with our FEEL.

Only as much of DMN as the expressions need: literal expressions, boxed contexts, lists, relations,
functions and invocations, and what decisions require. Decision tables and item definitions are
left out, with the cases that stand on them.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from lxml import etree

from bpmn_xml import expressions
from bpmn_xml.expressions.feel import compare, temporal
from bpmn_xml.expressions.feel.values import FeelFunction, kind_of, number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

Element = Any
TEMPORAL = {"date", "time", "dateTime", "duration", "dayTimeDuration", "yearMonthDuration"}
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"


class Unsupported(Exception):  # noqa: N818 - a case is skipped by it
    """A case needs more of DMN than there is here."""


class Case(NamedTuple):
    """One expected result: of a decision in a model, with inputs."""

    name: str
    model: Path
    decision: str
    inputs: Mapping[str, Any]
    expected: Any


def local(element: Element) -> str:
    """Return an element's name without its namespace, nothing for a comment."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def below(element: Element, *names: str) -> list[Element]:
    """Return the children of these names."""
    return [child for child in element if local(child) in names]


def cases(folder: Path) -> Iterator[Case]:
    """Yield all cases of the test kit."""
    for path in sorted(folder.glob("*/*/*-test-*.xml")):
        root = etree.parse(path).getroot()
        model = path.parent / below(root, "modelName")[0].text
        for test in below(root, "testCase"):
            inputs = {each.get("name"): value_in(each) for each in below(test, "inputNode")}
            for result in below(test, "resultNode"):
                expected = below(result, "expected")
                name = f"{path.parent.name}/{test.get('id')}/{result.get('name')}"
                wanted = value_in(expected[0]) if expected else None
                yield Case(name, model, result.get("name"), inputs, wanted)


def value_in(element: Element) -> Any:
    """Return the value that a case gives or expects."""
    for child in element:
        if local(child) == "value":
            return scalar(child)
        if local(child) == "list":
            nil = child.get(f"{XSI}nil") == "true"
            return None if nil else [value_in(item) for item in below(child, "item")]
    return {each.get("name"): value_in(each) for each in below(element, "component")} or None


def scalar(element: Element) -> Any:
    """Return a simple value by its type in XML Schema."""
    kind, text = (element.get(f"{XSI}type") or "string").split(":")[-1], element.text or ""
    if element.get(f"{XSI}nil") == "true":
        return None
    if kind == "boolean":
        return text == "true"
    if kind in TEMPORAL:
        return temporal.parse(text)
    return text if kind == "string" else Decimal(text)


class Model:
    """A file of DMN: its decisions and functions by name and by id."""

    def __init__(self, path: Path) -> None:
        root = etree.parse(path).getroot()
        self.elements = {e.get("id"): e for e in root.iter() if local(e) and e.get("id")}
        self.decisions = {e.get("name"): e for e in below(root, "decision")}

    def decide(self, name: str, inputs: Mapping[str, Any]) -> Any:
        """Return the value of a decision."""
        return self.value_of(self.decisions[name], dict(inputs))

    def value_of(self, element: Element, known: dict[str, Any]) -> Any:
        """Return the value of a decision or a function, with all that it requires."""
        scope = dict(known)
        for requirement in below(element, "informationRequirement", "knowledgeRequirement"):
            for reference in requirement:
                self.require(reference.get("href", ""), known, scope)
        if local(element) == "businessKnowledgeModel":
            return self.function(below(element, "encapsulatedLogic")[0], scope)
        logic = [child for child in element if local(child) in BOXED]
        return BOXED[local(logic[0])](self, logic[0], scope) if logic else None

    def require(self, reference: str, known: dict[str, Any], scope: dict[str, Any]) -> None:
        """Put what a decision requires into its scope."""
        element = self.elements.get(reference.partition("#")[2])
        if element is None or local(element) == "decisionService":
            raise Unsupported(reference)
        if local(element) != "inputData":
            scope[element.get("name")] = self.value_of(element, known)

    def literal(self, element: Element, scope: dict[str, Any]) -> Any:
        """Return the value of an expression."""
        text = "".join(each.text or "" for each in below(element, "text"))
        return expressions.compile(text, "feel", names=all_names(scope)).evaluate(scope)

    def context(self, element: Element, scope: dict[str, Any]) -> Any:
        """Return a context, or the value of its last entry without a name."""
        inner, found = dict(scope), {}
        for entry in below(element, "contextEntry"):
            variable = below(entry, "variable")
            value = self.boxed(entry, inner)
            if not variable:
                return value
            inner[variable[0].get("name")] = found[variable[0].get("name")] = value
        return found

    def boxed(self, element: Element, scope: dict[str, Any]) -> Any:
        """Return the value of the boxed expression in an element."""
        for child in element:
            if local(child) in BOXED:
                return BOXED[local(child)](self, child, scope)
        return None

    def listed(self, element: Element, scope: dict[str, Any]) -> Any:
        """Return a list."""
        return [
            BOXED[local(child)](self, child, scope) for child in element if local(child) in BOXED
        ]

    def relation(self, element: Element, scope: dict[str, Any]) -> Any:
        """Return a list of contexts."""
        names = [column.get("name") for column in below(element, "column")]
        rows = [self.listed(row, scope) for row in below(element, "row")]
        return [dict(zip(names, row, strict=True)) for row in rows]

    def function(self, element: Element, scope: dict[str, Any]) -> Any:
        """Return a function."""
        if element.get("kind", "FEEL") != "FEEL":
            return None
        names = tuple(each.get("name") for each in below(element, "formalParameter"))
        return FeelFunction(
            names,
            lambda *values: self.boxed(element, {**scope, **dict(zip(names, values, strict=True))}),
        )

    def invocation(self, element: Element, scope: dict[str, Any]) -> Any:
        """Return the value of a function."""
        function = self.boxed(element, scope)
        given = {
            below(binding, "parameter")[0].get("name"): self.boxed(binding, scope)
            for binding in below(element, "binding")
        }
        if not isinstance(function, FeelFunction) or set(function.parameters) != set(given):
            return None
        return function.call(*[given[name] for name in function.parameters])

    def unsupported(self, element: Element, scope: dict[str, Any]) -> Any:
        """Refuse what is not here."""
        raise Unsupported(local(element))


BOXED = {
    "literalExpression": Model.literal,
    "context": Model.context,
    "list": Model.listed,
    "relation": Model.relation,
    "functionDefinition": Model.function,
    "invocation": Model.invocation,
    **dict.fromkeys(
        ("decisionTable", "conditional", "for", "every", "some", "filter"), Model.unsupported
    ),
}
model_of = cache(Model)


def all_names(scope: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names of variables and of the entries in them."""
    for name, value in scope.items():
        yield name
        if isinstance(value, dict):
            yield from all_names(value)


def agree(ours: Any, expected: Any) -> bool:
    """Say whether a value is the expected one; numbers may differ from the ninth digit on."""
    if isinstance(expected, list):
        return (
            kind_of(ours) == "list"
            and len(ours) == len(expected)
            and all(map(agree, ours, expected))
        )
    if isinstance(expected, dict):
        return (
            kind_of(ours) == "context"
            and ours.keys() == expected.keys()
            and all(agree(ours[key], expected[key]) for key in expected)
        )
    if isinstance(expected, Decimal):
        mine = number(ours)
        return mine is not None and abs(mine - expected) <= Decimal("1e-8") * max(1, abs(expected))
    return compare.same(ours, expected) and temporal.str_of(ours) == temporal.str_of(expected)


def answer(case: Case) -> Any:
    """Return our value of a case."""
    return model_of(case.model).decide(case.decision, case.inputs)
