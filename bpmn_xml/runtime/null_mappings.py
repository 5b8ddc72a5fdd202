"""Say of mappings that gave null why they did, where they asked for what is not there.

FEEL takes that for null and goes on, so nothing else would tell of a slip in a name. Variables that
inputs lack are told where it is told of all that a run asked for in vain.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from functools import partial
from typing import Any, Final

from msgspec.structs import replace

from bpmn_xml import expressions
from bpmn_xml.compiler.program import Node, Program
from bpmn_xml.compiler.program.scoping import Assign, Computed
from bpmn_xml.expressions import tree
from bpmn_xml.expressions.missing import expects_absence
from bpmn_xml.expressions.nulls import NoResultError
from bpmn_xml.wording import quoted

FEEL: Final = "feel"

MOST: Final = 100
"""So many reasons are told of an engine, and so often a text is looked into."""


def noting(program: Program, notes: MutableMapping[str, None]) -> Program:
    """The program, whose mappings note in `notes` why FEEL gave null in them."""
    nodes = tuple([_noting(node, notes) for node in program.nodes])
    changed = any(new is not old for new, old in zip(nodes, program.nodes, strict=True))
    return replace(program, nodes=nodes) if changed else program


def _noting(node: Node, notes: MutableMapping[str, None]) -> Node:
    frame = node.frame
    if frame is None or not any(a.value.language == FEEL for a in (*frame.inputs, *frame.outputs)):
        return node
    name, looked = node.about or node.id, Counter[str]()

    def note(value: Computed, variables: Mapping[str, Any], *, names: bool = True) -> None:
        looked[value.text] += 1
        if looked[value.text] <= MOST and len(notes) < MOST:
            for reason in _reasons(value, variables, names=names):
                notes[f"{quoted(value.text)} of {name} gave null: {reason}"] = None

    inputs = [_noted(one, partial(note, names=False)) for one in frame.inputs]
    outputs = [_noted(one, note) for one in frame.outputs]
    return replace(node, frame=replace(frame, inputs=tuple(inputs), outputs=tuple(outputs)))


def _noted(assign: Assign, note: Callable[[Computed, Mapping[str, Any]], None]) -> Assign:
    """The assignment, which tells when FEEL gives null."""
    value = assign.value
    if value.language != FEEL:
        return assign

    def evaluate(variables: Mapping[str, Any]) -> object:
        found = value.evaluate(variables)
        if found is None:
            note(value, variables)
        return found

    return replace(assign, value=replace(value, evaluate=evaluate))


def _reasons(value: Computed, variables: Mapping[str, Any], *, names: bool) -> Iterator[str]:
    """What was asked for and is not there; nothing of a text that says what happens then."""
    compiled = expressions.compile(value.text, value.language)
    if expects_absence(compiled.tree):
        return
    parts = {part.at: part for part in tree.walk(compiled.tree) if isinstance(part, ASKING)}
    for reason in compiled.explain(variables):
        part = parts.get(reason.offset)
        lacks = isinstance(part, tree.Name) and names and part.name not in variables
        if lacks or (isinstance(part, tree.Access) and isinstance(reason, NoResultError)):
            yield str(reason)


ASKING: Final = (tree.Name, tree.Access)
"""Parts of a text that ask for what may not be there."""
