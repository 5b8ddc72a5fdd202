"""Which process is run, and where it begins, when not everything was said."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bpmn_xml.cli.complaints import say
from bpmn_xml.compiler.program import Kind, Program
from bpmn_xml.errors import UsageError
from bpmn_xml.runtime.starting import candidates, container, starts_of, uncalled
from bpmn_xml.wording import listed, suggest


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
    found = container(program, process)
    return bool(found.triggered and not found.starts)


def beginnings(
    program: Program, main: str, starts: Sequence[str], *, wait: bool, alone: bool
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
        others = [name for name in uncalled(program) if name != main and _is_plain(program, name)]
    begun = [Beginning(name, _event(program, name, [])) for name in others]
    if wait and not events and waits(program, main):
        return begun
    return [*begun, Beginning(main, _event(program, main, events))]


def _main(program: Program, events: Sequence[str], others: Sequence[str]) -> str:
    """The process to run when none is named: one that no other calls, best one that begins."""
    best = candidates(program, events, others) or list(others)
    if len(best) > 1 and (events or others or not all(_is_plain(program, n) for n in best)):
        say("note", f"running {best[0]}, the first of {len(best)}: --process names another one")
    return best[0]


def _is_plain(program: Program, process: str) -> bool:
    """Whether a process begins without anything having to happen, at one clear place (10.5.2)."""
    starts = [program.nodes[index] for index in container(program, process).starts]
    return bool(starts) and (len(starts) == 1 or starts[0].kind is not Kind.START_EVENT)


def _event(program: Program, process: str, events: Sequence[str]) -> str:
    """Where a process begins: as named, else by itself, else at its only start event."""
    known = starts_of(program, process)
    for name in events:
        if name not in known:
            raise _unknown("process or start event", name, [*program.processes, *known])
        return name
    found = container(program, process)
    if found.starts or not found.triggered:
        return ""
    if len(known) > 1:
        remedy = f"say which one has happened: {' or '.join(f'--start {name}' for name in known)}"
        raise UsageError(f"process {process} begins with one of several events", remedy=remedy)
    hint = "--clock system waits for it"
    say("note", f"process {process} begins as if {known[0]} had happened; {hint}")
    return known[0]


def _unknown(what: str, name: str, known: list[str]) -> UsageError:
    remedy = suggest(name, known, f"use {listed(known, 'or')}")
    return UsageError(f"there is no {what} {name!r}", remedy=remedy)
