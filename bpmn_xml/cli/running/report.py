"""The report on a run for people: outcome, what it waits for, what went wrong, the numbers."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import msgspec

from bpmn_xml.cli.running.incidents import ToldIncident, faults_of, incident_lines
from bpmn_xml.cli.tables import failure_lines, node_table
from bpmn_xml.cli.waiting import waiting_table
from bpmn_xml.cli.words import fitted
from bpmn_xml.compiler.program import Kind, Program, Trigger
from bpmn_xml.core.records import InstanceEnded
from bpmn_xml.render.overlay import spoken
from bpmn_xml.runtime import Engine, Run
from bpmn_xml.show.watch import MOST_TOLD, RunWatch, Uncaught
from bpmn_xml.trace.standstill import Cause, Standstill
from bpmn_xml.trace.summary import RunSummary
from bpmn_xml.trace.why import unbegun
from bpmn_xml.wording import amount, listed

WORDS: Final = dict.fromkeys(("running", "stopped"), "stopped before its end")
"""Statuses that the report words differently."""


class FinalState(msgspec.Struct, frozen=True, kw_only=True):
    """The state of one run at the end.

    Attributes:
        process, instance: what was run.
        status: the outcome, or waiting, incident, running.
        ended: its last record, if it has ended.
        at: the end events that it reached, in that order.
        uncaught: (element, code, message, how often) of errors that nothing caught.
        catches: which errors the process catches elsewhere.
        incidents: those that are open.
        waiting: the tokens that wait for somebody or something.
        now: the time of the report, microseconds since 1970 UTC.
        number: the how manieth it was that began.
        often: how many runs it stands for.
    """

    process: str
    instance: str
    status: str
    ended: InstanceEnded | None
    variables: dict[str, Any]
    at: str = ""
    uncaught: tuple[tuple[str, str, str, int], ...] = ()
    catches: str = ""
    incidents: tuple[ToldIncident, ...] = ()
    waiting: tuple[Standstill, ...] = ()
    now: int = 0
    number: int = 0
    often: int = 1


def final_states(engine: Engine, watch: RunWatch) -> list[FinalState]:
    """Capture for the report how runs ended, and how others stand, in the order of their beginning.

    Of very many that are alike only some are told, which stand for the others.
    """
    found = [
        FinalState(
            process=ending.process,
            instance=instance,
            status=ending.last.outcome,
            ended=ending.last,
            variables=ending.variables,
            at=listed([watch.called(node) for node in ending.at]),
            uncaught=_told(ending.uncaught, watch),
            catches=caught_by(watch),
            number=ending.number,
            often=ending.often,
        )
        for instance, ending in watch.endings.items()
    ]
    alike: dict[tuple[str, str], list[Run]] = {}
    for run in engine.runs():
        alike.setdefault((run.process, run.status), []).append(run)
    for runs in alike.values():
        *others, last = [_standing(run, watch, engine.clock.now()) for run in runs[:MOST_TOLD]]
        rest = len(runs) - len(others)
        found += [*others, msgspec.structs.replace(last, often=rest)]
    return sorted(found, key=lambda run: run.number)


def _standing(run: Run, watch: RunWatch, now: int) -> FinalState:
    """The state of a run that has not ended."""
    return FinalState(
        process=run.process,
        instance=run.id,
        status=run.status,
        ended=None,
        uncaught=_told(watch.uncaught.get(run.id, {}), watch),
        catches=caught_by(watch),
        variables=run.variables,
        incidents=faults_of(run),
        waiting=tuple(
            still for still in run.why(watch.since(run.id)) if still.cause is not Cause.INCIDENT
        ),
        now=now,
        number=watch.numbers.get(run.id, 0),
    )


def _told(
    uncaught: Mapping[Uncaught, int], watch: RunWatch
) -> tuple[tuple[str, str, str, int], ...]:
    return tuple(
        [
            (watch.called(error.node), error.code, error.message, count)
            for error, count in uncaught.items()
        ]
    )


def not_begun(program: Program, process: str) -> FinalState:
    """The state of a process that was not started: what would start it."""
    return FinalState(
        process=process,
        instance="",
        status="waiting",
        ended=None,
        variables={},
        waiting=unbegun(program, program.processes[process]),
    )


def result_of(runs: Sequence[FinalState]) -> dict[str, Any]:
    """The main run, the last one, as plain data; others stand under `others`."""
    *others, main = runs
    found = _result(main)
    if others:
        found["others"] = [_result(other) for other in others]
    return found


def _result(run: FinalState) -> dict[str, Any]:
    result: dict[str, Any] = {
        "process": run.process,
        "instance": run.instance,
        "status": run.status,
        "outcome": run.ended.outcome if run.ended is not None else "",
        "variables": run.variables,
    }
    if run.at:
        result["at"] = run.at
    if run.ended is not None and run.ended.code:
        result["error"] = {"code": run.ended.code, "message": run.ended.message}
    if run.uncaught:
        result["uncaught"] = [
            {"at": at, "code": code, "message": message} for at, code, message, _ in run.uncaught
        ]
    if run.incidents:
        result["incidents"] = [_told_fault(fault) for fault in run.incidents]
    if run.waiting:
        result["waiting"] = msgspec.to_builtins(run.waiting)
    return result


def _told_fault(fault: ToldIncident) -> dict[str, str]:
    told = {"at": fault.at, "message": fault.message}
    return {**told, "item": fault.item} if fault.item else told


def report(
    runs: Sequence[FinalState],
    summary: RunSummary,
    seconds: float,
    *,
    labels: Mapping[str, str],
    debug: bool,
) -> None:
    """Print how runs ended; `labels` names the nodes of the summary."""
    items = f", {amount(summary.items, 'item')}" if summary.items else ""
    took = f" in {spoken(seconds)}{items}"
    for alike in _alike(runs):
        run = alike[0]
        status = WORDS.get(run.status, run.status)
        count = sum(one.often for one in alike)
        often = f", {count:,} times" if count > 1 else ""
        at = f" at {run.at}" if run.at else ""
        _print(f"{run.process}: {status}{at}{often}{took if run is runs[-1] else ''}")
        for line in (*_error(run), *_waiting(run), *incident_lines(run.incidents, debug=debug)):
            _print(f"  {line}")
    timed = [node for node in summary.nodes if node.active or node.completed or node.cancelled]
    known = {fault.message for run in runs for fault in run.incidents}
    known |= {": ".join(filter(None, one[1:3])) for run in runs for one in run.uncaught}
    for line in (*node_table(timed, labels), *failure_lines(timed, labels, known)):
        _print(f"  {line}")


def report_incidents(runs: Sequence[FinalState], *, debug: bool) -> None:
    """Print incidents only, which even `--quiet` does not hide."""
    for alike in _alike(runs):
        for line in incident_lines(alike[0].incidents, debug=debug):
            _print(f"{alike[0].process}: {line}")


def _alike(runs: Sequence[FinalState]) -> list[list[FinalState]]:
    """Group runs that are reported alike but for times.

    The groups are in the order of their last runs, and each begins with its last run.
    """
    found: dict[object, list[FinalState]] = {}
    for run in reversed(runs):
        waits = tuple((still.node, still.cause) for still in run.waiting)
        key = run.process, run.status, run.at, *_error(run), run.incidents, waits
        found.setdefault(key, []).append(run)
    return [*reversed(found.values())]


def caught_by(watch: RunWatch) -> str:
    """Say which errors a drawing catches anywhere, and where."""
    events = [
        f"{f'error {event.code}' if event.code else 'any error'} by {watch.called(node.index)}"
        for node in watch.program.nodes
        if node.kind in (Kind.BOUNDARY_EVENT, Kind.EVENT_SUB_PROCESS)
        for event in node.events
        if event.trigger is Trigger.ERROR and (event.code or not event.catches_exceptions)
    ]
    return f"what is caught: {listed(events)}" if events else "no event catches any error"


def _error(run: FinalState) -> Iterator[str]:
    for at, code, message, count in run.uncaught:
        times = f" ({count:,} times)" if count > 1 else ""
        yield f"error {code} at {at}{f': {message}' if message else ''}{times}"
    if run.uncaught:
        fate = "" if run.status == "failed" else ", so its token ended"
        yield f"  nothing around it catches it{fate}; {run.catches}"
    elif run.ended is not None and (run.ended.code or run.ended.message):
        yield ": ".join(text for text in (run.ended.code, run.ended.message) if text)


def _waiting(run: FinalState) -> Iterator[str]:
    if run.waiting:
        yield from waiting_table(run.waiting, run.now)


def _print(line: str) -> None:
    print(fitted(line), file=sys.stderr)
