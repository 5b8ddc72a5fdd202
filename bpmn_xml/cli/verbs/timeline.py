"""Draw a run over time: a bar for each call, wait and standstill."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from bpmn_xml.cli.complaints import complain, say
from bpmn_xml.cli.outcomes import Exit
from bpmn_xml.cli.writing import tell_made, write_out

DESCRIPTION: Final = """Draw a run over time: a bar for each call, wait and standstill.

What ran at once stands one below the other. The trace knows its diagram; it is looked for where
it was, and beside the trace.
"""

EXAMPLES: Final = """  bpmn-xml timeline run.jsonl
  bpmn-xml timeline run.jsonl --by lane -o run.png
  bpmn-xml timeline run.jsonl --by worker
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what may be given."""
    parser.add_argument("trace", metavar="TRACE", help="what bpmn-xml run --trace wrote")
    parser.add_argument(
        "--by",
        choices=("node", "lane", "instance", "worker"),
        default="node",
        help="what is a row (node)",
    )
    parser.add_argument("--instance", metavar="ID", help="only what this instance did")
    parser.add_argument(
        "-o",
        "--output",
        metavar="PICTURE",
        help=".svg, .png, .pdf, .html or .dot; - is stdout (TRACE-time.svg)",
    )
    parser.add_argument("--model", metavar="FILE", help="the .bpmn or .conf that was run")
    parser.add_argument(
        "--theme", metavar="NAME", default="light", help="light, dark or auto, as the screen is"
    )


def execute(arguments: argparse.Namespace) -> int:
    """Draw."""
    from bpmn_xml.cli.pictures import kind_of
    from bpmn_xml.cli.traces import labels_of, model_of, namings_of, opened
    from bpmn_xml.render.drawing import drawn_as
    from bpmn_xml.render.runs import Naming
    from bpmn_xml.render.timeline import MOST_BARS, timeline
    from bpmn_xml.trace.select import of_instance
    from bpmn_xml.trace.spans import Spans

    source = Path(arguments.trace)
    target = arguments.output or str(source.with_name(f"{source.stem}-time.svg"))
    kind = kind_of(target, source)
    with opened(source, "is drawn") as trace:
        file = model_of(trace.header, source, arguments.model)
        labels = labels_of(trace.header, source)
        naming = Naming(file.definitions, trace.header.renamed, labels)
        lines = of_instance(trace, arguments.instance) if arguments.instance else trace
        others = [other.waiting() for other in namings_of(trace.header, source)]
        taken = Spans(naming.waiting().union(*others))
        for line in lines:
            taken.add(line)
        spans = taken.close(until=trace.latest)
    if not spans:
        say("note", f"{source}: nothing in it took time: there was no work and no waiting")
    if len(spans) > MOST_BARS:
        say("note", f"the first {MOST_BARS:,} of {len(spans):,} bars are drawn")
    if arguments.by == "worker" and not any(span.by for span in spans):
        say("note", f"{source} names no workers: there were none, or it is an older trace")
    job = timeline(spans, file.definitions, naming, by=arguments.by, theme=arguments.theme)
    data, notes = drawn_as(kind, job)
    complain(notes)
    write_out(target, data)
    tell_made("drew", target)
    return Exit.COMPLETED
