"""Draw a diagram to a picture, with what a trace says on top."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Final

from bpmn_xml.cli.complaints import say
from bpmn_xml.cli.loading import Loaded, load
from bpmn_xml.cli.outcomes import Exit
from bpmn_xml.cli.writing import STANDARD_OUTPUT, see_to
from bpmn_xml.errors import UsageError

if TYPE_CHECKING:
    from bpmn_xml.render.drawing import Format
    from bpmn_xml.render.overlay import Overlay

DESCRIPTION: Final = """Draw a diagram as its author laid it out, or laid out anew if nobody did."""

EXAMPLES: Final = """  bpmn-xml draw order.bpmn
  bpmn-xml draw order.bpmn --trace run.jsonl -o run.png
  bpmn-xml draw order.bpmn --theme dark --plane 2 -o detail.svg
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what may be given."""
    parser.add_argument("file", metavar="FILE", help="a .bpmn or .conf")
    parser.add_argument(
        "-o",
        "--output",
        metavar="PICTURE",
        help="its suffix is the format: .svg, .png, .dot or .pdf; - is stdout (FILE.svg)",
    )
    parser.add_argument(
        "--format", choices=("svg", "png", "dot", "pdf"), help="for what the suffix does not say"
    )
    parser.add_argument(
        "--trace", metavar="TRACE", help="draw the run that this trace is of on top"
    )
    parser.add_argument(
        "--plane", metavar="ID", help="which drawing of the file: its number, id or name"
    )
    parser.add_argument("--theme", metavar="NAME", default="light", help="light or dark (light)")


def execute(arguments: argparse.Namespace) -> int:
    """Draw."""
    from bpmn_xml.cli.pictures import draw, format_of

    file = load(arguments.file)
    target = arguments.output or str(file.path.with_suffix(f".{arguments.format or 'svg'}"))
    kind: Format = arguments.format or ("svg" if target == STANDARD_OUTPUT else format_of(target))
    see_to(target, file.path)
    overlay = _overlay(file, arguments.trace) if arguments.trace else None
    draw(
        file.definitions,
        target,
        overlay,
        theme=arguments.theme,
        plane=arguments.plane or "",
        kind=kind,
    )
    if target != STANDARD_OUTPUT:
        say("note", f"drew {target}")
    return Exit.COMPLETED


def _overlay(file: Loaded, path: str) -> Overlay:
    """What a trace says of a file."""
    from bpmn_xml.cli.pictures import Naming, overlay_of
    from bpmn_xml.trace.reader import TraceReader
    from bpmn_xml.trace.summary import summarize, tally_of

    with TraceReader(path) as trace:
        header = trace.header
        naming = Naming(file.definitions, header.renamed)
        tally = tally_of(trace)
        if trace.torn:
            say("note", f"{path}: the last line is cut off; all before it is drawn")
    summary = summarize(tally, people=naming.waiting(), joins=naming.joins())
    overlay = overlay_of(summary, naming)
    if not overlay.marks and summary.nodes:
        of = ", ".join(header.processes) or "none"
        raise UsageError(
            f"{path} is not of this diagram: nothing in it was reached",
            remedy=f"draw the file that was run; the trace is of process {of}",
        )
    if header.files and file.sha256 not in {traced.sha256 for traced in header.files}:
        say("warning", f"{file.path} is not the file that was run, or has changed since")
    return overlay
