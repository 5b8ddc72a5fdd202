"""What nodes and flows of a program read and write, as far as their diagram says."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final

from bpmn_xml import model as m
from bpmn_xml.compiler.elements.scripts import CompiledScript, names_read
from bpmn_xml.compiler.program import (
    Condition,
    EventSpec,
    Flow,
    Kind,
    Node,
    Program,
    Schedule,
    Trigger,
)
from bpmn_xml.compiler.program.scoping import EXECUTION, LOOP_COUNTER, Assign, Computed
from bpmn_xml.core.numbers import NUMBERS
from bpmn_xml.errors import ExpressionError, Place
from bpmn_xml.expressions.compiled import Compiled
from bpmn_xml.expressions.compiled import compile as compile_text
from bpmn_xml.expressions.missing import expects_absence, names_in_filters
from bpmn_xml.model.about import place_of

GIVEN: Final = frozenset(
    {
        LOOP_COUNTER,
        *NUMBERS,
        EXECUTION,
        "task",
    }
)
"""Names that the engine itself gives."""

OPEN: Final = frozenset(
    {
        Kind.SERVICE_TASK,
        Kind.SEND_TASK,
        Kind.SCRIPT_TASK,
        Kind.BUSINESS_RULE_TASK,
        Kind.USER_TASK,
        Kind.RECEIVE_TASK,
        Kind.CALL_ACTIVITY,
        Kind.LISTENER,
    }
)
"""Kinds of nodes that may write variables which the diagram does not name."""

VARIABLE: Final = "variable"
"""The language of a text that is no more than a variable's name."""

MOST_KEPT: Final = 10_000
"""So many expressions are remembered, with what they read."""

Names = frozenset[str]
Text = Condition | Computed | Schedule
Elements = Mapping[str, m.Element]


@lru_cache(MOST_KEPT)
def parsed(text: str, language: str) -> Compiled | None:
    """Return an expression that was read; None where it cannot be, or is a mere text."""
    try:
        return compile_text(text, language) if language else None
    except ExpressionError:
        return None


@lru_cache(MOST_KEPT)
def names_of(text: str, language: str) -> Names:
    """Return the variables that an expression needs; none where it cannot be read."""
    if language == VARIABLE:
        return frozenset({text})
    found = parsed(text, language)
    if found is None:
        return _names_of_script(text, language)
    return frozenset(found.names) - GIVEN - frozenset(names_in_filters(found.tree))


def _names_of_script(text: str, language: str) -> Names:
    """Return the variables that the lines of a script need; none where they cannot be read."""
    try:
        return frozenset(names_read(text, language)) - GIVEN
    except ExpressionError:
        return frozenset()


def owners(program: Program, elements: Elements) -> Iterator[tuple[m.Element, Node | Flow]]:
    """Yield the nodes and flows of a program that are of a file, behind their elements."""
    every: list[Node | Flow] = [*program.nodes, *program.flows]
    yield from ((elements[one.id], one) for one in every if one.id in elements)


def read_by(*parts: Text | None) -> Names:
    """Return the variables that some expressions read."""
    found: Names = frozenset()
    for part in parts:
        if part is not None and part.language:
            found |= names_of(part.text, part.language)
    return found


def targets(assigned: Iterable[Assign]) -> Names:
    """Return the variables that are written."""
    return frozenset(one.target[0] for one in assigned if one.target)


def own_names(node: Node) -> Names:
    """Return the variables that a node has for itself alone."""
    return _local_names(node) | targets(node.frame.inputs if node.frame else ())


def _local_names(node: Node) -> Names:
    """Return the variables that a node has for itself before its inputs."""
    found = {node.loop.element, *node.loop.own} if node.loop else set()
    return frozenset(found.union(node.frame.local if node.frame else ()))


def texts_of(owner: Node | Flow) -> list[Text]:
    """Return what a node or a flow evaluates before its work and for it, in that order."""
    if isinstance(owner, Flow):
        return [owner.condition] if owner.condition else []
    loop, work, call = owner.loop, owner.work, owner.call
    found: list[Text | None] = [loop.total if loop else None]
    found += [one.value for one in inputs_of(owner)]
    for event in owner.events:
        found += [event.condition, *_keys(event), event.name, event.due]
    found += [loop.condition] if loop else []
    found += [one.value for one in call.inputs] if call else []
    if work is not None:
        found += [value for _, value in (*work.given, *work.user_task_settings)]
        script = work.script
        if isinstance(script, CompiledScript):
            found.append(Computed(script.text, script, script.language))
    return [part for part in found if part is not None]


def _keys(event: EventSpec) -> list[Text | None]:
    """Return what has to be known of a key: of what is received all may be filled (8.4.2).

    That is so where the process has not subscribed to data of its own.
    """
    if all(part.expected is None for part in event.parts):
        return [event.key]
    return [part.expected for part in event.parts if part.subscribed]


def all_texts_of(owner: Node | Flow) -> list[Text]:
    """Return all that a node or a flow evaluates, for its work and after it, and its times too."""
    found = texts_of(owner)
    if isinstance(owner, Flow):
        return found
    parts = [part for event in owner.events for part in event.parts if not part.subscribed]
    found += [part.expected for part in parts if part.expected is not None]
    work, call, loop = owner.work, owner.call, owner.loop
    outputs = owner.frame.outputs if owner.frame else ()
    passed = call.outputs if call else ()
    found += [
        one.value for one in (*outputs, *owner.sends, *owner.receives, *owner.carries, *passed)
    ]
    found += [part for part in (loop.until, loop.collect) if part] if loop else []
    if work is not None and work.name_expression:
        found.append(work.name_expression)
    return found


def texts_in(program: Program, elements: Elements) -> Iterator[tuple[m.Element, Text]]:
    """Yield all that a program evaluates of a file, each behind its element."""
    for element, owner in owners(program, elements):
        yield from ((element, text) for text in all_texts_of(owner))


def inputs_of(node: Node) -> tuple[Assign, ...]:
    """Return what is written in a node's own scope before its work."""
    return node.frame.inputs if node.frame else ()


def reading(owner: Node | Flow) -> Iterator[tuple[Text, Names]]:
    """Yield each text of a node or flow, with the variables around that it reads.

    Each input of a node sees those before it, none sees itself.
    """
    texts = texts_of(owner)
    if isinstance(owner, Flow):
        yield from ((text, read_by(text)) for text in texts)
        return
    around = 1 if owner.loop and owner.loop.total else 0  # asked before there is an own scope
    inputs, given = inputs_of(owner), Names()
    for at, text in enumerate(texts):
        if at == around:
            given = _local_names(owner)
        yield text, read_by(text) - given
        if around <= at < around + len(inputs):
            given |= targets([inputs[at - around]])


def reads(node: Node) -> Names:
    """Return the variables that a node reads of those around it, as far as its diagram says."""
    return frozenset().union(*(names for _, names in reading(node)))


@lru_cache(MOST_KEPT)
def expects(text: str, language: str) -> bool:
    """Tell whether an expression says itself what happens where a variable is missing."""
    found = parsed(text, language) if language != VARIABLE else None
    return language != VARIABLE and (found is None or expects_absence(found.tree))


def read_at(element: m.Element, owner: Node | Flow, names: Collection[str]) -> Place:
    """Return where an element reads one of some names first."""
    found = [text for text, read in reading(owner) if not read.isdisjoint(names)]
    return place_of(element, found[0].text) if found else element.place


def writes(node: Node) -> Names:
    """Return the variables around a node that it writes, as far as its diagram says."""
    work, loop, frame, call = node.work, node.loop, node.frame, node.call
    found = {node.starter, loop.output if loop else "", *targets(node.receives)}
    if work and not (frame and frame.outputs):
        found |= {work.result, work.decision.result if work.decision else ""}
        found |= {field.name for field in work.form if not field.readonly or field.computes}
        found |= {*work.script.sets} if isinstance(work.script, CompiledScript) else set()
    if frame:
        found |= targets(frame.outputs)
    if call:
        found |= targets(call.outputs)
    return frozenset(found - {"", *(own_names(node) if loop else ())})


def may_write_all(program: Program, node: Node) -> bool:
    """Tell whether a node may write variables that its diagram does not name."""
    rules = program.containers[node.container].rules
    if rules.local_results and node.frame and node.frame.outputs:
        return False  # what else is written stays in it
    brings = any(event.trigger in (Trigger.MESSAGE, Trigger.ERROR) for event in node.events)
    if node.kind not in OPEN:
        return brings and not (node.receives or node.carries)
    work, call = node.work, node.call
    if node.kind is Kind.CALL_ACTIVITY:
        return call is None or call.all_out
    decides = work is not None and work.decision is not None and bool(work.decision.result)
    return not (decides or (work is not None and isinstance(work.script, CompiledScript)))
