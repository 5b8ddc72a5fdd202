"""What a program reads and writes: variables that nobody can have written, races between branches.

Only what a diagram says is known: the Python of a task may write any variable, and so may who
starts a process or sends a message. Nothing is told where one of them may have done it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from bpmn_xml import model as m
from bpmn_xml.check.variables.past import Past
from bpmn_xml.check.variables.races import races
from bpmn_xml.check.variables.reads_and_writes import (
    Elements,
    Names,
    expects,
    may_write_all,
    own_names,
    read_at,
    read_by,
    reading,
    reads,
    targets,
    writes,
)
from bpmn_xml.compiler.dialects.settings import is_expression
from bpmn_xml.compiler.program import NONE, Flow, Node, Program
from bpmn_xml.errors import Finding, Place, Severity
from bpmn_xml.model.about import finding_about
from bpmn_xml.model.walk import walk

NEVER_WRITTEN: Final = "BX701"
SHARED: Final = "BX708"


def dataflow(
    program: Program, elements: Elements, declared: Names = frozenset()
) -> Iterator[Finding]:
    """Find variables that nobody can have written, and branches that write the same one.

    Args:
        program: what is run.
        elements: those of its file, by their id; nothing is told about others.
        declared: the names of properties and data objects, which are there without a value.
    """
    past = Past(program)
    for node in program.nodes:
        for owner, wanted in _asked(program, node):
            if not wanted or node.index in past.open or owner.id not in elements:
                continue
            calls = past.calls(node)
            missing = wanted - declared
            missing -= past.known(missing, node, done=owner is not node)
            for call in calls:
                missing -= targets(call.call.inputs) if call.call else Names()
            if missing:
                place = read_at(elements[owner.id], owner, missing)
                yield _never(elements[owner.id], sorted(missing), place, calls)
    for node in program.nodes:
        if _is_side_by_side(node) and node.id in elements:
            yield from _shared(program, node, elements[node.id])
    yield from races(program, elements)


def declared_names(definitions: m.Definitions) -> Names:
    """Return what a file declares: properties and data, by name and id, fields with defaults."""
    kinds = (m.Property, m.DataObject, m.DataObjectReference, m.DataStoreReference, m.DataInput)
    found = [element for element, _ in walk(definitions) if isinstance(element, kinds)]
    names = {name for one in found for name in (one.id, one.name) if name}
    return frozenset(names.union(fields_at_start(definitions, given=True)))


def fields_at_start(definitions: m.Definitions, *, given: bool = False) -> Iterator[str]:
    """Yield the fields of the forms with which processes are started; `given`: with a default."""
    starts = (element for element, _ in walk(definitions) if isinstance(element, m.StartEvent))
    for form in (word for start in starts for word in start.extension_elements):
        for field in form.children if form.name == "formData" else ():
            default = field.attribute("defaultValue")
            if not given or (default and not is_expression(default)):
                yield field.attribute("id") or ""


def _asked(program: Program, node: Node) -> Iterator[tuple[Node | Flow, Names]]:
    """What a node and the flows out of it read, without what the node wrote itself."""
    yield node, _needed(node)
    if not may_write_all(program, node):
        for flow, _ in _choosing(program, node):
            yield flow, _needed(flow)


def _needed(owner: Node | Flow) -> Names:
    """What is read by texts that do not say what happens where it is missing."""
    found = (names for text, names in reading(owner) if not expects(text.text, text.language))
    return frozenset().union(*found)


def _choosing(program: Program, node: Node) -> Iterator[tuple[Flow, Names]]:
    """The variables that the conditions of the flows out of a node read."""
    for flow in (program.flows[index] for index in node.outgoing):
        yield flow, read_by(flow.condition)


def _never(
    element: m.Element, names: list[str], place: Place, calls: Sequence[Node] = ()
) -> Finding:
    told = ", ".join(f"'{name}'" for name in names)
    message = f"nothing before writes {told}: who starts the process must give it"
    remedy = f"start with --var {names[0]}=VALUE, or write it before"
    severity = Severity.NOTE
    if calls:
        message = f"nothing before writes {told}, and {calls[0].id!r}, which calls it, passes none"
        remedy = f"let {calls[0].id!r} pass it, or write it before"
        severity = Severity.WARNING
    return finding_about(element, NEVER_WRITTEN, message, remedy, severity=severity, place=place)


def _is_side_by_side(node: Node) -> bool:
    """Tell whether a node is a sub-process with instances that do not wait for each other."""
    loop = node.loop
    return node.body != NONE and loop is not None and bool(loop.total) and not loop.sequential


def _shared(program: Program, node: Node, element: m.Element) -> Iterator[Finding]:
    """Find what the instances of a sub-process write and read, and do not have for themselves."""
    written, read = set[str](), set[str]()
    waiting = [(node.body, own_names(node))]
    while waiting:
        body, local = waiting.pop()
        for index in program.containers[body].nodes if body != NONE else ():
            inner = program.nodes[index]
            written |= writes(inner) - local
            read |= reads(inner).union(*(names for _, names in _choosing(program, inner))) - local
            waiting.append((inner.body, local | own_names(inner)))
    told = sorted(written & read)
    if told:
        names = ", ".join(f"'{name}'" for name in told)
        message = f"its instances run side by side, and all write and read one {names}"
        remedy = f'give each its own: <property id="..." name="{told[0]}"/> in it, or a mapping'
        yield finding_about(element, SHARED, message, remedy)
