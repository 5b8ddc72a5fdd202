"""What a program reads and writes: variables that nobody can have written, races between branches.

Only what a diagram says is known: the Python of a task may write any variable, and so may who
starts a process or sends a message. Nothing is told where one of them may have done it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from itertools import combinations
from typing import Final

from msgspec.structs import replace

from bpmn_xml import model as m
from bpmn_xml.compiler.program import (
    NONE,
    Condition,
    Container,
    Flow,
    Kind,
    Node,
    Program,
    Schedule,
    Trigger,
)
from bpmn_xml.compiler.program.scoping import Assign, Computed
from bpmn_xml.core.numbers import NUMBERS
from bpmn_xml.errors import ExpressionError, Finding, Place, Severity
from bpmn_xml.expressions.compiled import Compiled
from bpmn_xml.expressions.compiled import compile as compile_text
from bpmn_xml.expressions.missing import names_in_filters
from bpmn_xml.model.about import finding_about, place_of
from bpmn_xml.model.walk import walk

NEVER_WRITTEN: Final = "BX701"
RACE: Final = "BX702"
SHARED: Final = "BX708"
TITLES: Final = {
    NEVER_WRITTEN: "A variable is read before anything in the diagram can have written it",
    RACE: "Branches that run side by side write one variable",
    SHARED: "Instances that run side by side write and read one variable",
}
"""The title of each code."""

REMEDIES: Final = {
    NEVER_WRITTEN: "give it at the start with --var, or write it before",
    RACE: "give each branch a variable of its own",
    SHARED: "give each its own: a property of the sub-process, or a mapping",
}
"""What to do about each in general."""

GIVEN: Final = frozenset(
    {
        "loopCounter",
        *NUMBERS,
        "execution",
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

SPLITS: Final = frozenset({Kind.PARALLEL_GATEWAY, Kind.INCLUSIVE_GATEWAY})

Names = frozenset[str]
Elements = Mapping[str, m.Element]


@cache
def parsed(text: str, language: str) -> Compiled | None:
    """Return an expression that was read; None where it cannot be."""
    try:
        return compile_text(text, language)
    except ExpressionError:
        return None


@cache
def names_of(text: str, language: str) -> Names:
    """Return the variables that an expression needs; none where it cannot be read."""
    found = parsed(text, language)
    if found is None:
        return frozenset()
    return frozenset(found.names) - GIVEN - frozenset(names_in_filters(found.tree))


def read_by(*parts: Condition | Computed | None) -> Names:
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
    return _given(node) | targets(node.frame.inputs if node.frame else ())


def _given(node: Node) -> Names:
    """Return the variables that a node has for itself before its inputs."""
    found = {node.loop.element, *node.loop.own} if node.loop else set()
    return frozenset(found.union(node.frame.local if node.frame else ()))


def texts_of(owner: Node | Flow) -> list[Condition | Computed]:
    """Return what a node or a flow evaluates, as far as its diagram says."""
    if isinstance(owner, Flow):
        return [owner.condition] if owner.condition else []
    loop, frame = owner.loop, owner.frame
    inputs = [one.value for one in frame.inputs] if frame else []
    asked = [part for event in owner.events for part in (event.condition, event.key, event.name)]
    turns = (loop.total, loop.condition) if loop else ()
    return [part for part in (*inputs, *asked, *turns) if part is not None]


def all_texts_of(owner: Node | Flow) -> list[Condition | Computed | Schedule]:
    """Return all that a node or a flow evaluates, for its work and after it, and its times too."""
    found: list[Condition | Computed | Schedule] = [*texts_of(owner)]
    if isinstance(owner, Flow):
        return found
    work, call, loop = owner.work, owner.call, owner.loop
    outputs = owner.frame.outputs if owner.frame else ()
    passed = (*call.inputs, *call.outputs) if call else ()
    found += [one.value for one in (*outputs, *owner.sends, *owner.receives, *passed)]
    found += [event.due for event in owner.events if event.due]
    found += [part for part in (loop.until, loop.collect) if part] if loop else []
    if work is not None:
        found += [value for _, value in (*work.given, *work.user_task_settings)]
        found += [work.name_expression] if work.name_expression else []
    return found


def reads(node: Node) -> Names:
    """Return the variables that a node reads of those around it, as far as its diagram says.

    Each of its inputs sees those before it, none sees itself.
    """
    given, found = _given(node), set[str]()
    inputs = node.frame.inputs if node.frame else ()
    for one in inputs:
        found |= read_by(one.value) - given
        given |= targets([one])
    return frozenset(found) | (read_by(*texts_of(node)[len(inputs) :]) - given)


def read_at(element: m.Element, owner: Node | Flow, names: Collection[str]) -> Place:
    """Return where an element reads one of some names first."""
    reading = [one for one in texts_of(owner) if not read_by(one).isdisjoint(names)]
    return place_of(element, reading[0].text) if reading else element.place


def writes(node: Node) -> Names:
    """Return the variables around a node that it writes, as far as its diagram says."""
    work, loop, frame = node.work, node.loop, node.frame
    found = {loop.output if loop else "", *targets(node.receives)}
    if work and not (frame and frame.outputs):
        found |= {work.result, work.decision.result if work.decision else ""}
        found |= {field.name for field in work.form if not field.readonly or field.computes}
    if frame:
        found |= targets(frame.outputs)
    return frozenset(found - {"", *(own_names(node) if loop else ())})


def may_write_all(node: Node) -> bool:
    """Tell whether a node may write variables that its diagram does not name."""
    brings = any(event.trigger in (Trigger.MESSAGE, Trigger.ERROR) for event in node.events)
    return node.kind in OPEN or (brings and not node.receives)


class Past:
    """What may have been done before a node, by following a program backwards.

    Attributes:
        open: the nodes before which, or around which, something may write any variable.
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        self._before = defaultdict[int, set[int]](set)
        for flow in program.flows:
            self._before[flow.target].add(flow.source)
        for node in program.nodes:
            if node.host != NONE:
                self._before[node.index].add(node.host)
            if node.body != NONE:
                self._before[node.index].update(program.containers[node.body].nodes)
        around = defaultdict[int, list[int]](list)
        for node in program.nodes:
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
        writing = [node.index for node in self.program.nodes if may_write_all(node)]
        return reached([later for one in writing for later in after[one]], after)

    def before(self, node: int) -> set[int]:
        """Return every node that may have been done before one, or is around it."""
        return reached(self._before[node], self._before)


def reached(first: Iterable[int], steps: Mapping[int, Iterable[int]]) -> set[int]:
    """Return all that can be reached in some steps, the first ones included."""
    found = set[int]()
    waiting = [*first]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += steps.get(one, ())
    return found


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
            missing = wanted - declared - _known(program, past, node, owner)
            if missing:
                place = read_at(elements[owner.id], owner, missing)
                yield _never(elements[owner.id], sorted(missing), place)
    steps = _steps(program)
    writing = {node.index for node in program.nodes if writes(node)}
    for node in program.nodes if writing else ():
        if _is_side_by_side(node) and node.id in elements:
            yield from _shared(program, node, elements[node.id])
    for node in program.nodes if len(writing) > 1 else ():
        if node.kind in SPLITS and not program.containers[node.container].flow_payload:
            branches = [reached([program.flows[f].target], steps) for f in node.outgoing]
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
            if not given or field.attribute("defaultValue"):
                yield field.attribute("id") or ""


def _asked(program: Program, node: Node) -> Iterator[tuple[Node | Flow, Names]]:
    """What a node and the flows out of it read, without what the node wrote itself."""
    yield node, reads(node)
    if not may_write_all(node):
        yield from _choosing(program, node)


def _choosing(program: Program, node: Node) -> Iterator[tuple[Flow, Names]]:
    """The variables that the conditions of the flows out of a node read."""
    for flow in (program.flows[index] for index in node.outgoing):
        yield flow, read_by(flow.condition)


def _never(element: m.Element, names: list[str], place: Place) -> Finding:
    told = ", ".join(f"'{name}'" for name in names)
    message = f"nothing before writes {told}: who starts the process must give it"
    remedy = f"start with --var {names[0]}=VALUE, or write it before"
    found = finding_about(element, NEVER_WRITTEN, message, severity=Severity.NOTE, remedy=remedy)
    return replace(found, place=place)


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
        mend = REMEDIES[RACE]
        yield finding_about(element, RACE, message, severity=Severity.WARNING, remedy=mend)


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
        yield finding_about(element, SHARED, message, severity=Severity.WARNING, remedy=remedy)
