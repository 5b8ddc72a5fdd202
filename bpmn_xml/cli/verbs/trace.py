"""Say what traces hold: per node how often, how long, how many failures."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from bpmn_xml.cli.outcomes import Exit
from bpmn_xml.cli.tables import failure_lines, node_table, table
from bpmn_xml.cli.traces import labels_of, opened
from bpmn_xml.cli.words import fitted
from bpmn_xml.errors import UsageError
from bpmn_xml.render.overlay import spoken
from bpmn_xml.trace.reader import TraceReader
from bpmn_xml.trace.summary import RunSummary, summarize
from bpmn_xml.trace.tally import RunTally
from bpmn_xml.wording import amount, nearest, printable

DESCRIPTION: Final = (
    "Count what happened in runs, from the traces that `bpmn-xml run --trace` wrote."
)

EXAMPLES: Final = """  bpmn-xml trace stats run.jsonl
  bpmn-xml trace stats --json monday.jsonl tuesday.jsonl
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what may be given."""
    parser.add_argument("what", metavar="stats", type=_what, help="counts and durations per node")
    parser.add_argument("files", nargs="+", metavar="TRACE", help="they are counted together")
    parser.add_argument(
        "--json", action="store_true", help="all numbers, durations in microseconds"
    )
    parser.add_argument("--flows", action="store_true", help="how often flows were taken, too")


def _what(text: str) -> str:
    if text != "stats":
        meant = "stats" if nearest(text, ["stats"]) else f"stats {text}"
        remedy = f"did you mean bpmn-xml trace {meant}?"
        raise UsageError(f"{text!r} is not a report on traces", remedy=remedy)
    return text


def execute(arguments: argparse.Namespace) -> int:
    """Count and print."""
    tally = RunTally()
    for path in dict.fromkeys(arguments.files):
        with opened(path, "is counted") as trace:
            tally.add_lines(trace, f"{path}\0")  # instances of different files apart
    summary = summarize(tally)
    if arguments.json:
        print(json.dumps(msgspec.to_builtins(summary), indent=2))
        return Exit.COMPLETED
    print(printable(headline(summary)))
    labels = _labels(arguments.files)
    for line in (*node_table(summary.nodes, labels), *failure_lines(summary.nodes, labels)):
        print(fitted(f"  {line}"))
    if arguments.flows:
        rows = [[fitted(flow.id, 40), f"{flow.count:,}"] for flow in summary.flows]
        for line in ("", *table(("flow", "taken"), rows)):
            print(f"  {line}".rstrip())
    return Exit.COMPLETED


def _labels(paths: Sequence[str]) -> Mapping[str, str]:
    """What people call the nodes of traces, as far as the drawings are where they were."""
    found: dict[str, str] = {}
    for path in dict.fromkeys(paths):
        with TraceReader(path) as trace:
            found |= labels_of(trace.header, trace.path)
    return found


def headline(summary: RunSummary) -> str:
    """Say in one line what was counted."""
    ended = [f"{count:,} {outcome}" for outcome, count in summary.outcomes.items()]
    if summary.running:
        ended.append(f"{summary.running:,} not ended")
    items = f", {amount(summary.items, 'item')}" if summary.items else ""
    took = spoken((summary.ended - summary.begun) / 1_000_000)
    return f"{amount(summary.instances, 'instance')} ({', '.join(ended)}){items} in {took}"
