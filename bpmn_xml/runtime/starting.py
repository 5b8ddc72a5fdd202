"""Which process begins, and at which start event, when the caller leaves that open."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from bpmn_xml.compiler.elements.people.entries import entered
from bpmn_xml.compiler.program import NONE, Container, Kind, Program
from bpmn_xml.compiler.program.fields import FormField
from bpmn_xml.compiler.program.scoping import BUSINESS_KEY, EXECUTION, execution_facts
from bpmn_xml.core.conversations import said_by
from bpmn_xml.errors import ExpressionError, UsageError
from bpmn_xml.expressions.clock import NOW
from bpmn_xml.runtime.arguments import require_text
from bpmn_xml.runtime.execution.messages.router import correlated
from bpmn_xml.runtime.forms import resolved
from bpmn_xml.wording import suggest


def container_of(program: Program, process: str) -> int:
    """The index of a process by its id; left out, of the one that no other calls.

    Raises:
        UsageError: there is no such process, or there are several; or it is no id at all.
    """
    known = program.processes
    if isinstance(process, str) and process in known:
        return known[process]
    require_text(process, "first the id of the process, then the variables")
    if not known:
        raise UsageError("there is no process to begin", remedy="give a diagram that has one")
    named = list(known)
    if not process and len(named) > 1:
        named = candidates(program)
    if not process and len(named) == 1:
        return known[named[0]]
    fault = f"there is no process {process!r}" if process else "several processes may begin"
    raise UsageError(fault, remedy=suggest(process, known, f"name one of {', '.join(named)}"))


def start_node_of(program: Program, process: int, start: str) -> int:
    """The index of a start event of a process by its id.

    Raises:
        UsageError: there is no such start event.
    """
    found = program.containers[process]
    nodes = {program.nodes[index].id: index for index in (*found.starts, *found.triggered)}
    if start not in nodes:
        remedy = suggest(start, nodes, f"name one of {', '.join(nodes)}")
        raise UsageError(f"there is no start event {start!r}", remedy=remedy)
    return nodes[start]


def with_defaults(
    program: Program, process: int, start: int, values: dict[str, Any], now: Callable[[], int]
) -> dict[str, Any]:
    """The variables with which a process begins, and what the form of its start event adds.

    What is computed sees the fields before it, the time `now()`, and `execution.businessKey`.

    Raises:
        UsageError: a default has no value, or none of its field's kind.
    """
    starts = program.containers[process].starts if start == NONE else (start,)
    form = program.nodes[starts[0]].prefilled if len(starts) == 1 else ()
    if not form:
        return values
    found, key = dict(values), values.get(BUSINESS_KEY)
    told = {NOW: now(), EXECUTION: execution_facts(key)}
    for field in form:
        if field.name not in values:
            found[field.name] = _default(field, {**found, **told})
    return found


def said_of_conversation(program: Program, start: int, values: Mapping[str, Any]) -> dict[str, str]:
    """What the data of a start event that is named say of its correlation properties (8.4.2)."""
    said: dict[str, str] = {}
    for event in program.nodes[start].events:
        if event.parts and event.name is not None:
            said |= said_by(event, correlated(program, event.name.text, values))
    return said


def _default(field: FormField, names: Mapping[str, Any]) -> object:
    try:
        return entered(field, resolved(field, names).default)
    except (ExpressionError, ValueError) as error:
        what = f"the default of the field {field.name!r} of the start form: {error}"
        raise UsageError(what, remedy=f"give {field.name!r}, or what its default needs") from error


def candidates(
    program: Program, events: Collection[str] = (), others: Collection[str] = ()
) -> list[str]:
    """The processes that may be meant when none is named: what no other calls.

    Among those the ones with a start event of `events`, else those that begin by themselves.
    `others` are begun anyway.
    """
    free = [name for name in uncalled(program) or program.processes if name not in others]
    named = [name for name in free if not set(events).isdisjoint(starts_of(program, name))]
    begin = [name for name in free if container(program, name).starts]
    return named or begin or free


def uncalled(program: Program) -> list[str]:
    """The processes that no call activity calls; all but the first where nobody can know."""
    calls = [node for node in program.nodes if node.kind is Kind.CALL_ACTIVITY]
    if any(node.call is not None and node.call.which is not None for node in calls):
        return list(program.processes)[:1]
    called = {node.body for node in calls}
    return [name for name, index in program.processes.items() if index not in called]


def container(program: Program, process: str) -> Container:
    """A process by its id."""
    return program.containers[program.processes[process]]


def starts_of(program: Program, process: str) -> list[str]:
    """The ids of all events and nodes at which a process can begin."""
    found = container(program, process)
    return [program.nodes[index].id for index in (*found.starts, *found.triggered)]
