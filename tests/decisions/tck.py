"""Reads the cases of the DMN test kit, and decides them through its `.dmn` files."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from lxml import etree

from bpmn_xml.decisions import Decisions
from bpmn_xml.expressions.feel import compare, temporal
from bpmn_xml.expressions.feel.values import kind_of, number
from bpmn_xml.formats.dmn.reader import read_dmn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

Element = Any
TEMPORAL = {"date", "time", "dateTime", "duration", "dayTimeDuration", "yearMonthDuration"}
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"


class Case(NamedTuple):
    """One expected result: of a decision or service in a model, with inputs."""

    name: str
    model: Path
    asked: str
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
                asked = test.get("invocableName") or result.get("name")
                yield Case(name, model, asked, inputs, wanted)


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


@cache
def decisions_of(path: Path) -> Decisions:
    """Read a model, and those beside it, which it may import."""
    others = sorted(other for other in path.parent.glob("*.dmn") if other != path)
    return Decisions(read_dmn(each.read_bytes(), each.name)[0] for each in (path, *others))


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
    return decisions_of(case.model).decide(case.asked, case.inputs).value
