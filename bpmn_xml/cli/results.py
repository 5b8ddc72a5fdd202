"""How runs came out, for people and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from bpmn_xml.cli.messages import say
from bpmn_xml.render.overlay import spoken
from bpmn_xml.runtime import Run
from bpmn_xml.trace.summary import ElementSummary, RunSummary
from bpmn_xml.trace.values import json_text, tagged


def results_text(runs: Sequence[Run]) -> str:
    """Outcome and variables as JSON: an object for one run, a list for several."""
    told = [_result(run) for run in runs]
    return json_text(told[0] if len(told) == 1 else told) + "\n"


def _result(run: Run) -> dict[str, Any]:
    return {"instance": run.id, "outcome": run.status, "variables": tagged(run.variables)}


def show_runs(runs: Sequence[Run], summary: RunSummary) -> None:
    """Say how each run came out, and what its nodes did."""
    took = time_text(summary.ended - summary.begun)
    items = f", {summary.items} items" if summary.items else ""
    for run in runs:
        say(f"{run.id}: {run.status} in {took}{items}")
    for run in runs:
        for incident in run.incidents:
            say(f"incident at {incident.node}: {incident.message}")
            for line in incident.detail.splitlines():
                say(f"    {line}")
    for line in node_table(summary.nodes):
        say(line)


def show_tasks(runs: Sequence[Run]) -> None:
    """Say what waits for a person."""
    for run in runs:
        for task in run.tasks:
            lane = f" (for {task.lane})" if task.lane else ""
            name = f" {task.name!r}" if task.name else ""
            say(f"waiting: user task {task.node}{name}{lane}")


def node_table(nodes: Sequence[ElementSummary]) -> list[str]:
    """One line per node: how often, how many failures, how long."""
    if not nodes:
        return []
    rows = [["node", "count", "failed", "min", "mean", "p95"]]
    for node in nodes:
        times = (node.shortest, node.mean, node.p95) if node.total else ()
        rows.append([node.id, str(node.count), str(node.failures or ""), *map(time_text, times)])
    widths = [max(map(len, column)) for column in zip_longest(*rows, fillvalue="")]
    return [_aligned(row, widths) for row in rows]


def time_text(microseconds: int) -> str:
    """A length of time for people."""
    return spoken(microseconds / 1_000_000)


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *rest = zip(row, widths, strict=False)
    cells = [first[0].ljust(first[1]), *[text.rjust(width) for text, width in rest]]
    return "  " + "  ".join(cells).rstrip()
