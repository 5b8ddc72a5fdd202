"""Conditions that ask nothing, and those that the drawing's own engine would read differently."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from msgspec.structs import replace

from bpmn_xml import model as m
from bpmn_xml.check.variables.reads_and_writes import parsed
from bpmn_xml.compiler.program import Condition, Node, Program, Schedule
from bpmn_xml.compiler.program.scoping import CAMUNDA7, CAMUNDA8, Computed
from bpmn_xml.compiler.words import language_word
from bpmn_xml.errors import ExpressionError, Finding
from bpmn_xml.expressions import compile as compile_text
from bpmn_xml.expressions import tree
from bpmn_xml.expressions.wording import describe
from bpmn_xml.model.about import finding_about, part_with
from bpmn_xml.wording import quoted

TEXT: Final = "BX704"
CONSTANT: Final = "BX705"


MARKS: Final = {
    CAMUNDA7.dialect: (("python", "feel"), "${...}"),
    CAMUNDA8.dialect: (("python", "juel"), "FEEL behind ="),
    "": (("xpath",), "a language that it names"),
}
"""What the engine of a dialect reads as a text, and how a condition is marked, by dialect.

Without an engine a single `=` may be a slip in Python.
"""

LANGUAGES: Final = frozenset({"python", "xpath", "juel", "feel"})
"""What conditions are read in."""

ASKING: Final = (tree.Name, tree.Call, tree.Invoke, tree.Lookup, tree.Moment)
"""Terms that need not give the same each time."""

DECIDING: Final = ("loop condition", "completion condition")
"""What holds or not, among what a loop asks."""

ANSWERS: Final = {True: "always true", False: "never true"}


class Stated(NamedTuple):
    """What an element evaluates, what it is called, and whether the flow hangs on its answer."""

    element: m.Element
    what: str
    part: Condition | Computed | Schedule
    asks: bool


def conditions(
    program: Program, elements: Mapping[str, m.Element], engine: str = ""
) -> Iterator[Finding]:
    """Find conditions that ask nothing, or are texts for the engine that they are drawn for."""
    texts, mark = MARKS.get(engine, ((), ""))
    for stated in _all(program, elements):
        part = part_with(stated.element, stated.part.text)
        if stated.part.language in texts and not getattr(part, "language", None):
            what = f"is read as {language_word(stated.part.language)}, for want of {mark}"
            found = _doubt(stated, TEXT, what, f"write it in {mark}")
        elif stated.asks and is_constant(stated.part):
            found = _constant(stated)
        elif (stated.asks or stated.what in DECIDING) and _is_joined(stated.part):
            what = "is a text, because not all of it is between the braces"
            found = _doubt(stated, TEXT, what, "let ${ and } enclose all of it")
        elif not stated.asks and _is_text(stated.part):
            found = _doubt(stated, TEXT, "is a text, not a list", "leave the quotes out")
        else:
            continue
        yield replace(found, place=part.place)


def _all(program: Program, elements: Mapping[str, m.Element]) -> Iterator[Stated]:
    for flow in program.flows:
        element = elements.get(flow.id)
        if flow.condition is not None and isinstance(element, m.SequenceFlow):
            yield Stated(element, "condition", flow.condition, asks=True)
    for node in program.nodes:
        if node.id in elements:
            yield from _of_node(elements[node.id], node)


def _of_node(element: m.Element, node: Node) -> Iterator[Stated]:
    for event in node.events:
        if event.condition is not None:
            yield Stated(element, "condition", event.condition, asks=True)
        if event.due is not None:
            yield Stated(element, "time", event.due, asks=False)
    if node.loop is not None:
        parts = {
            "loop condition": node.loop.condition,
            "completion condition": node.loop.until,
            "number of instances": node.loop.total,
        }
        for what, part in parts.items():
            if part is not None and (not is_constant(part) or _is_text(part)):
                yield Stated(element, what, part, asks=False)


def is_constant(part: Condition | Computed | Schedule) -> bool:
    """Whether what is evaluated reads no variable, no clock, and asks nobody."""
    if part.language not in LANGUAGES:
        return False
    read = parsed(part.text, part.language)
    return read is not None and not any(isinstance(one, ASKING) for one in tree.walk(read.tree))


def _is_joined(part: Condition | Computed | Schedule) -> bool:
    """Whether a text is joined of expressions and what stands beside them."""
    read = parsed(part.text, part.language) if part.language in LANGUAGES else None
    return read is not None and isinstance(read.tree, tree.Template)


def _is_text(part: Condition | Computed | Schedule) -> bool:
    """Whether a number of instances is a text that is written out: no list, and no number."""
    read = parsed(part.text, part.language) if isinstance(part, Computed) else None
    return read is not None and isinstance(getattr(read.tree, "value", None), str)


def _constant(stated: Stated) -> Finding:
    """What a condition that asks nothing gives."""
    try:
        value = compile_text(stated.part.text, stated.part.language).evaluate({})
    except ExpressionError as error:
        return _doubt(stated, CONSTANT, f"has no value: {error}", "correct it")
    if isinstance(value, str):
        return _doubt(stated, TEXT, "is a text, which asks nothing", "compare a variable with it")
    if not isinstance(value, bool):
        return _doubt(stated, CONSTANT, f"is {describe(value)}, which asks nothing", "correct it")
    remedy = "compare a variable" if value else "remove the flow, or compare a variable"
    remedy += "; what is taken where nothing else holds is drawn as the default flow"
    return _doubt(stated, CONSTANT, f"is {ANSWERS[value]}, whatever the data", remedy)


def _doubt(stated: Stated, code: str, what: str, remedy: str) -> Finding:
    message = f"its {stated.what} {quoted(stated.part.text)} {what}"
    return finding_about(stated.element, code, message, remedy)
