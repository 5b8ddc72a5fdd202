"""What a program reads and writes: variables that nobody can have written, races between branches.

Only what a diagram says is known: the Python of a task may write any variable, and so may who
starts a process or sends a message. Nothing is told where one of them may have done it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Final

from bpmn_xml import model as m
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
from bpmn_xml.compiler.program import NONE, Container, Flow, Kind, Node, Program
from bpmn_xml.compiler.program.levels import process_of
from bpmn_xml.errors import Finding, Place, Severity
from bpmn_xml.model.about import finding_about
from bpmn_xml.model.walk import walk
from bpmn_xml.reach import reachable

NEVER_WRITTEN: Final = "BX701"
RACE: Final = "BX702"
SHARED: Final = "BX708"


SPLITS: Final = frozenset({Kind.PARALLEL_GATEWAY, Kind.INCLUSIVE_GATEWAY})


class Past:
    """What may have been done before a node, by following a program backwards.

    Attributes:
        open: the nodes before which, or around which, something may write any variable.
        callers: by container, what calls it and passes no more than it says.
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        self._before = defaultdict[int, set[int]](set)
        self.callers = defaultdict[int, list[Node]](list)
        for flow in program.flows:
            self._before[flow.target].add(flow.source)
        for node in program.nodes:
            if node.host != NONE:
                self._before[node.index].add(node.host)
            if node.body != NONE:
                self._before[node.index].update(program.containers[node.body].nodes)
        around = defaultdict[int, list[int]](list)
        for node in program.nodes:
            if node.call and node.call.apart and not node.call.all_in:
                self.callers[node.body].append(node)
            else:
                around[node.body].append(node.index)
        for container in program.containers:
            self._enter(container, around[container.index])
        self.open = self._opened()

    def _enter(self, container: Container, around: Iterable[int]) -> None:
        for start in (*container.starts, *container.triggered):
            self._before[start].update(around)
        for handler in container.handlers:
            self._before[handler] |= {*container.nodes} - {handler}

    def _opened(self) -> set[int]:
        after = defaultdict[int, list[int]](list)
        for node, earlier in self._before.items():
            for one in earlier:
                after[one].append(node)
        program = self.program
        writing = [node.index for node in program.nodes if may_write_all(program, node)]
        first = [later for one in writing for later in after[one]]
        return reachable(first, lambda node: after.get(node, ()))

    def before(self, node: int) -> set[int]:
        """Return every node that may have been done before one, or is around it."""
        return reachable(self._before[node], lambda one: self._before.get(one, ()))

    def calls(self, node: Node) -> list[Node]:
        """Return what calls the process that a node is in, and passes no more than it says."""
        return self.callers[process_of(self.program, node).index]


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
            missing = wanted - declared - _known(program, past, node, owner)
            for call in calls:
                missing -= targets(call.call.inputs) if call.call else Names()
            if missing:
                place = read_at(elements[owner.id], owner, missing)
                yield _never(elements[owner.id], sorted(missing), place, calls)
    steps = _steps(program)
    writing = {node.index for node in program.nodes if writes(node)}
    for node in program.nodes if writing else ():
        if _is_side_by_side(node) and node.id in elements:
            yield from _shared(program, node, elements[node.id])
    for node in program.nodes if len(writing) > 1 else ():
        if node.kind in SPLITS and not program.containers[node.container].flow_payload:
            branches = [
                reachable([program.flows[f].target], steps.__getitem__) for f in node.outgoing
            ]
            yield from _races(program, [branch & writing for branch in branches], elements)


def _known(program: Program, past: Past, node: Node, owner: Node | Flow) -> Names:
    """The variables that may be set before a node; before a flow out of it, its own as well."""
    done = past.before(node.index) | ({node.index} if owner is not node else set())
    nodes = [program.nodes[one] for one in done]
    return frozenset(name for node in nodes for name in (*writes(node), *own_names(node)))


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


def _steps(program: Program) -> dict[int, list[int]]:
    """The nodes that each node of a level leads to."""
    return {
        node.index: [*(program.flows[flow].target for flow in node.outgoing), *node.boundary]
        for node in program.nodes
    }


def _races(program: Program, branches: Iterable[set[int]], elements: Elements) -> Iterator[Finding]:
    """Find the variables that two branches of a split write, by what writes in each."""
    for one, other in combinations(branches, 2):
        both = one & other
        for first in sorted(one - both):
            for second in sorted(other - both):
                yield from _race(program.nodes[first], program.nodes[second], elements)


def _race(first: Node, second: Node, elements: Elements) -> Iterator[Finding]:
    element = elements.get(second.id)
    if element is None:
        return
    for name in sorted(writes(first) & writes(second)):
        message = f"'{first.id}', which runs side by side with it, writes '{name}', too"
        yield finding_about(element, RACE, message)


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
