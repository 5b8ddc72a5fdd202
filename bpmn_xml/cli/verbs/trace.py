"""Say what a trace holds: per node how often, how many failures, how long."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Final

import msgspec

from bpmn_xml.cli import outcomes
from bpmn_xml.cli.messages import plain
from bpmn_xml.cli.results import node_table, time_text
from bpmn_xml.trace.reader import TraceReader
from bpmn_xml.trace.summary import RunSummary, summarize, tally_of

EXAMPLE: Final = "bpmn-xml trace stats run.jsonl"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say which options there are."""
    parser.add_argument("what", choices=("stats",), help="stats: counts and times per node")
    parser.add_argument("file", metavar="TRACE", help="a trace, as `run --trace` writes it")
    parser.add_argument("--json", action="store_true", help="print JSON; times in microseconds")


def execute(asked: argparse.Namespace) -> int:
    """Say it."""
    with TraceReader(asked.file) as reader:
        summary = summarize(tally_of(reader))
    if asked.json:
        json.dump(msgspec.to_builtins(summary), sys.stdout, indent=2)
        sys.stdout.write("\n")
    else:
        sys.stdout.write(plain("\n".join([headline(summary), *node_table(summary.nodes), ""])))
    return outcomes.COMPLETED


def headline(summary: RunSummary) -> str:
    """Of how many runs it is, and how they ended."""
    ended = [f"{count} {outcome}" for outcome, count in summary.outcomes.items()]
    if summary.running:
        ended.append(f"{summary.running} not ended")
    took = time_text(summary.ended - summary.begun)
    runs = "1 run" if summary.instances == 1 else f"{summary.instances} runs"
    return f"{runs} in {took}: {', '.join(ended) or 'none begun'}"
