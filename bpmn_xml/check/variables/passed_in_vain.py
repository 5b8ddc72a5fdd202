"""What an activity passes in for nothing, or expects from inside in vain.

Half a renaming leaves it: an element of a list that nothing reads any more, a result that nothing
gives. Told only of activities all whose inside says what it reads or writes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain
from typing import Final

from msgspec.structs import replace

from bpmn_xml.check.variables.reads_and_writes import (
    OPEN,
    Elements,
    Names,
    all_texts_of,
    inputs_of,
    may_write_all,
    own_names,
    read_by,
    targets,
    writes,
)
from bpmn_xml.compiler.elements.scripts import CompiledScript
from bpmn_xml.compiler.program import NONE, Flow, Kind, Node, Program
from bpmn_xml.errors import Finding, Severity
from bpmn_xml.model.about import finding_about, part_with
from bpmn_xml.wording import nearest

IN_VAIN: Final = "BX747"
NEVER_GIVEN: Final = "BX748"


READERS: Final = (Kind.RECEIVE_TASK, Kind.CALL_ACTIVITY)
"""Kinds of nodes that may write any variable, and read none but those that they name."""


def passed_in_vain(
    program: Program, elements: Elements, declared: Names = frozenset()
) -> Iterator[Finding]:
    """Find names that an activity and its inside do not share.

    Args:
        program: what is run.
        elements: those of its file, by their id; nothing is told about others.
        declared: the names of properties and data objects.
    """
    by_node = {node.index: writes(node) | own_names(node) for node in program.nodes}
    often = Counter(chain.from_iterable(by_node.values()))
    written = declared.union(often)
    for node in program.nodes:
        if node.body == NONE or node.id not in elements:
            continue
        within = list(_within(program, node))
        if not any(map(_is_blind, within)):
            yield from _in_vain(program, node, within, written, elements)
        if not any(may_write_all(program, one) for one in within):
            alone = {name for name in by_node[node.index] if often[name] == 1} - declared
            yield from _never_given(node, within, written - alone, elements)


def _within(program: Program, node: Node) -> Iterator[Node]:
    """All nodes inside of a sub-process or of what is called, however deep; each once."""
    waiting, met = [node.body], {NONE}
    while waiting:
        body = waiting.pop()
        if body in met:
            continue
        met.add(body)
        for index in program.containers[body].nodes:
            yield program.nodes[index]
            waiting.append(program.nodes[index].body)


def _is_blind(node: Node) -> bool:
    """Whether a node may read variables that its diagram does not name."""
    if node.kind is Kind.CALL_ACTIVITY and node.body == NONE:
        return True
    if node.work is not None and isinstance(node.work.script, CompiledScript):
        return False
    return node.work is not None or (node.kind in OPEN and node.kind not in READERS)


def _in_vain(
    program: Program, node: Node, within: list[Node], written: Names, elements: Elements
) -> Iterator[Finding]:
    """What is given to the inside, where that reads some name that nothing writes."""
    owners: list[Node | Flow] = [*within]
    owners += [program.flows[index] for one in within for index in one.outgoing]
    read = read_by(*(text for owner in owners for text in all_texts_of(owner)))
    given = targets(inputs_of(node)) | targets(node.call.inputs if node.call else ())
    given |= {node.loop.element} - {""} if node.loop else Names()
    lost = sorted(read - written - given)
    for name in sorted(given - read - read_by(*all_texts_of(node))) if lost else ():
        what, severity, mend = f"nothing in it reads {name!r}", Severity.NOTE, ""
        if meant := nearest(name, lost):
            what += f", and nothing writes {meant[0]!r}, which it reads"
            severity, mend = Severity.WARNING, f"write {meant[0]!r}, if that is meant"
        found = finding_about(elements[node.id], IN_VAIN, what, mend, severity=severity)
        yield _at(found, node, elements, name)


def _never_given(
    node: Node, within: list[Node], written: Names, elements: Elements
) -> Iterator[Finding]:
    """What is collected of each instance, or taken from what is called."""
    own = Names().union(*map(writes, within))
    loop, call = node.loop, node.call
    wanted = read_by(loop.collect) & {*loop.own} if loop else Names()
    if call is not None:
        passed = targets(call.inputs)
        apart = call.apart and not call.all_in
        taken = [one.value for one in (*call.outputs, *(node.frame.outputs if node.frame else ()))]
        wanted |= read_by(*taken) - passed - (Names() if apart else written - own)
    if loop:
        wanted -= {loop.element}
    for name in sorted(wanted - own - targets(inputs_of(node))):
        what = f"nothing in it writes {name!r}, which it takes from there"
        yield _at(finding_about(elements[node.id], NEVER_GIVEN, what), node, elements, name)


def _at(found: Finding, node: Node, elements: Elements, name: str) -> Finding:
    """A finding at the text that says a name, or else reads it."""
    element = elements[node.id]
    parts = [element, *filter(None, [getattr(element, "loop_characteristics", None)])]
    texts = [name, *(text.text for text in all_texts_of(node) if name in read_by(text))]
    found_in = (part_with(part, text) for text in texts for part in parts)
    where = next((one for one in found_in if one not in parts), element)
    return replace(found, place=where.place)
