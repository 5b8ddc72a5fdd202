"""What the Python of a task takes and gives back, as far as its drawing says so."""

from __future__ import annotations

import keyword
from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import Final

from bpmn_xml import expressions
from bpmn_xml.compiler.program import NONE, Condition, Node, Program, Repetition
from bpmn_xml.compiler.program.levels import levels
from bpmn_xml.compiler.program.scoping import Computed
from bpmn_xml.errors import BpmnXmlError

MOST: Final = 8
"""How many variables that a drawing reads become parameters of a task without a mapping."""

REST: Final = "others"
"""The parameter that takes what no parameter can be named like."""


def read_by(program: Program, file: str) -> Iterator[str]:
    """The variables that the conditions and mappings of one drawing read."""
    nodes = [node for node in program.nodes if node.place.file == file]
    flows = [program.flows[index] for node in nodes for index in node.outgoing]
    conditions = [flow.condition for flow in flows if flow.condition]
    frames = [node.frame for node in nodes if node.frame]
    moved = [assign.value for frame in frames for assign in frame.inputs]
    mapped = [value for value in moved if value.language]
    yield from filter(is_name, _names_of([*conditions, *mapped]))


def read_next(program: Program, node: Node) -> list[str]:
    """The variables that the conditions right behind a task read."""
    flows = [program.flows[index] for index in node.outgoing]
    targets = [program.nodes[flow.target] for flow in flows]
    gateways = [target for target in targets if target.work is None]
    flows += [program.flows[index] for gateway in gateways for index in gateway.outgoing]
    found = _names_of([flow.condition for flow in flows if flow.condition])
    return sorted(filter(is_name, found))


def _collecting(program: Program, node: Node) -> Iterator[Repetition]:
    """The loops that collect what a task gives: its own, and those around it if it is alone."""
    for level in levels(program, node):
        if level.loop is not None:
            yield level.loop
        inside = [program.nodes[one] for one in program.containers[level.container].nodes]
        if len([one for one in inside if one.work is not None or one.body != NONE]) > 1:
            return


def given_back(program: Program, node: Node) -> set[str]:
    """The names of which outputs, or what a loop collects, are computed and which neither gives."""
    made, asked = set[str](), set[str]()
    for loop in _collecting(program, node):
        collects = loop.collect
        made.add(loop.element)
        asked.update(loop.own, _names_of([collects] if collects and collects.language else ()))
    for assign in node.frame.outputs if node.frame else ():
        names = _names_of([assign.value]) if assign.value.language else {}
        asked.update(names)
        if assign.target[0] not in names:
            made.add(assign.target[0])
    return asked - made


def written_by(program: Program, node: Node) -> Iterator[str]:
    """The variables that a task's own mapping, or what is done elsewhere, writes."""
    yield from _inputs(program, node)
    for other in program.nodes:
        if other is not node and other.work is not None:
            yield from (other.work.result, *(field.name for field in other.work.form))
        if other is not node and other.frame is not None:
            yield from (assign.target[0] for assign in other.frame.outputs)


def parameters(program: Program, node: Node, seen: list[str], passed: list[str]) -> Iterator[str]:
    """What is mapped for a task, given by the drawing or read next; else what the drawing reads.

    The item of a task that is done for each of many comes first.
    """
    given, fields = _given_to(program, node)
    mapped = {name: "Any" for name in given if is_name(name)}
    constants = {name: "str" for name in fields if is_name(name)}
    known = constants | mapped
    optional = passed if known else dict.fromkeys([*passed, *seen[:MOST]])
    loops = [level.loop for level in levels(program, node) if level.loop is not None]
    if items := [loop.element for loop in loops if is_name(loop.element)]:
        known = mapped = dict.fromkeys(items, "Any") | mapped | constants
    yield from (f"{name}: {kind}" for name, kind in (mapped | known).items())
    yield from (f"{name}: Any = None" for name in optional if name not in known)
    yield from (f"**{REST}: Any" for _ in by_keyword(program, node)[:1])


def _given_to(program: Program, node: Node) -> tuple[list[str], list[str]]:
    """The names of what is computed for a task, and of the constants that it is given."""
    if node.work is None:
        return [*_inputs(program, node)], []
    fields = [] if node.work.answer else [name for name, _ in node.work.fields]
    return [*_inputs(program, node), *(name for name, _ in node.work.given)], fields


def by_keyword(program: Program, node: Node) -> list[str]:
    """The names of what a task is given that no parameter can be called like."""
    given = dict.fromkeys(name for names in _given_to(program, node) for name in names)
    return [name for name in given if not is_name(name)]


def _inputs(program: Program, node: Node) -> Iterator[str]:
    """The variables that are written for a task alone, before it is done: computed, or asked."""
    if node.frame is None:
        return
    yield from (assign.target[0] for assign in node.frame.inputs)
    for index in takewhile(lambda index: index != node.index, node.frame.chain):
        work = program.nodes[index].work
        if work is not None and work.local:
            yield work.result


def _names_of(values: Iterable[Computed | Condition]) -> dict[str, None]:
    """The variables that expressions read."""
    found: dict[str, None] = {}
    for text, language in dict.fromkeys((value.text, value.language) for value in values):
        try:
            found |= dict.fromkeys(expressions.compile(text, language or None).names)
        except BpmnXmlError:  # no expression, but a constant, a list or another's value
            continue
    return found


def is_name(text: str) -> bool:
    """Say whether a parameter or a function can be called so."""
    return text.isidentifier() and not keyword.iskeyword(text)
