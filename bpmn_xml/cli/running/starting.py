"""Which process is run, and where it begins, when not everything was said."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

import msgspec

from bpmn_xml.cli.complaints import say
from bpmn_xml.compiler.program import Container, Kind, Program
from bpmn_xml.errors import UsageError


class Beginning(msgspec.Struct, frozen=True):
    """A process to be begun, at this start event if one is named."""

    process: str
    start: str = ""


def main_process(program: Program, process: str, starts: Sequence[str]) -> str:
    """Return the id of the process to run, or refuse with what can be chosen.

    Raises:
        UsageError: there is no such process.
    """
    others = [name for name in starts if name in program.processes]
    events = [name for name in starts if name not in program.processes]
    main = process or _main(program, events, others)
    if main not in program.processes:
        raise _unknown("process", main, list(program.processes))
    return main


def waits(program: Program, process: str) -> bool:
    """Whether a process begins only when something happens."""
    container = _container(program, process)
    return bool(container.triggered and not container.starts)


def beginnings(
    program: Program,
    main: str,
    starts: Sequence[str],
    *,
    wait: bool = False,
    alone: bool = True,
) -> list[Beginning]:
    """Say what is to be begun, the process that was asked for last.

    Args:
        program: what can be run.
        main: the one that is asked for.
        starts: ids of other processes to be begun before it, and of its start event.
        wait: what begins when something happens really waits for it.
        alone: no process begins but those that are named.

    Raises:
        UsageError: there is no such start event, or nothing begins by itself.
    """
    others = [name for name in starts if name in program.processes]
    events = [name for name in starts if name not in program.processes]
    if not alone and not starts:
        others = [name for name in _free(program) if name != main and _is_plain(program, name)]
    begun = [Beginning(name, _event(program, name, [])) for name in others]
    if wait and not events and waits(program, main):
        return begun
    return [*begun, Beginning(main, _event(program, main, events))]


def _main(program: Program, events: Sequence[str], others: Sequence[str]) -> str:
    """The process to run when none is named: one that no other calls, best one that begins."""
    candidates = [name for name in _free(program) or program.processes if name not in others]
    named = [name for name in candidates if set(events) & set(_events(program, name))]
    begin = [name for name in candidates if _container(program, name).starts]
    best = named or begin or candidates or list(others)
    if len(best) > 1 and (events or others or not all(_is_plain(program, n) for n in best)):
        say("note", f"running {best[0]}, the first of {len(best)}: --process names another one")
    return best[0]


def _free(program: Program) -> list[str]:
    """The processes that no call activity calls; all but the first where nobody can know."""
    calls = [node for node in program.nodes if node.kind is Kind.CALL_ACTIVITY]
    if any(node.call is not None and node.call.which is not None for node in calls):
        return list(program.processes)[:1]
    called = {node.body for node in calls}
    return [name for name, index in program.processes.items() if index not in called]


def _is_plain(program: Program, process: str) -> bool:
    """Whether a process begins without anything having to happen, at one clear place (10.5.2)."""
    starts = [program.nodes[index] for index in _container(program, process).starts]
    return bool(starts) and (len(starts) == 1 or starts[0].kind is not Kind.START_EVENT)


def _container(program: Program, process: str) -> Container:
    return program.containers[program.processes[process]]


def _events(program: Program, process: str) -> list[str]:
    """The ids of all events and nodes at which a process can begin."""
    container = _container(program, process)
    return [program.nodes[index].id for index in (*container.starts, *container.triggered)]


def _event(program: Program, process: str, events: Sequence[str]) -> str:
    """Where a process begins: as named, else by itself, else at its only start event."""
    known = _events(program, process)
    for name in events:
        if name not in known:
            raise _unknown("process or start event", name, [*program.processes, *known])
        return name
    container = _container(program, process)
    if container.starts or not container.triggered:
        return ""
    if len(known) > 1:
        remedy = f"say which one has happened: {' or '.join(f'--start {name}' for name in known)}"
        raise UsageError(f"process {process} begins with one of several events", remedy=remedy)
    say("note", f"process {process} begins as if {known[0]} had happened")
    return known[0]


def _unknown(what: str, name: str, known: list[str]) -> UsageError:
    near = get_close_matches(name, known, n=1)
    remedy = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}"
    return UsageError(f"there is no {what} {name!r}", remedy=remedy)
