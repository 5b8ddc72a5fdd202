"""Make a film of a run: a page in which tokens travel along the drawing, or an SVG that moves."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from bpmn_xml.cli.complaints import say
from bpmn_xml.cli.outcomes import Exit
from bpmn_xml.cli.verbs.draw import style_of
from bpmn_xml.cli.writing import STANDARD_OUTPUT, check_writable, tell_made, write_out
from bpmn_xml.errors import UsageError

DESCRIPTION: Final = """Make a film of a run from its trace.

An .html is one file that needs no network: play, pause, step, speed, one item alone, and the
variables of any token. An .svg moves by itself, without a script, for a README. The trace knows
its diagram; it is looked for where it was, and beside the trace. Of a very long run the beginning
is shown.
"""

EXAMPLES: Final = """  bpmn-xml replay run.jsonl
  bpmn-xml replay run.jsonl --model order.bpmn -o run.svg
"""

KINDS: Final = (".html", ".svg")

MOST_RECORDS: Final = {".html": 100_000, ".svg": 10_000}
"""Suffix -> records shown at most: a page of 3 MB, and as much as browsers can animate."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what may be given."""
    parser.add_argument("trace", metavar="TRACE", help="what bpmn-xml run --trace wrote")
    parser.add_argument(
        "-o", "--output", metavar="FILE", help=".html or .svg; - is stdout (TRACE.html)"
    )
    parser.add_argument("--model", metavar="FILE", help="the .bpmn or .conf that was run")
    parser.add_argument("--plane", metavar="ID", help="which drawing of the file")
    parser.add_argument("--style", metavar="CSS", help="rules that follow ours")


def execute(arguments: argparse.Namespace) -> int:
    """Make the film."""
    from bpmn_xml.cli.traces import model_of, opened
    from bpmn_xml.render.replay.animated import animated
    from bpmn_xml.render.replay.pages import replay_page
    from bpmn_xml.render.runs import Naming
    from bpmn_xml.trace.select import FirstRecords

    source = Path(arguments.trace)
    target = arguments.output or str(source.with_suffix(KINDS[0]))
    kind = KINDS[0] if target == STANDARD_OUTPUT else Path(target).suffix.lower()
    if kind not in KINDS:
        raise UsageError(f"cannot replay to {target}", remedy=f"use one of {', '.join(KINDS)}")
    check_writable(target, source)
    with opened(source, "is shown") as trace:
        file = model_of(trace.header, source, arguments.model)
        check_writable(target, file.path)
        naming = Naming(file.definitions, trace.header.renamed)
        film = replay_page if kind == KINDS[0] else animated
        options = {"plane": arguments.plane, "style": style_of(arguments)}
        lines = FirstRecords(trace.with_values(), MOST_RECORDS[kind])
        data = film(file.definitions, lines, naming, **options)
    if lines.shown < lines.records:
        say("note", f"the first {lines.shown:,} of {lines.records:,} records are shown")
    write_out(target, data)
    tell_made("wrote", target)
    return Exit.COMPLETED
