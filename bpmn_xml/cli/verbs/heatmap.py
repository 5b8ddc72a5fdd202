"""Draw what many runs did on their diagram: numbers, and colours from cold to hot."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from bpmn_xml.cli.complaints import say
from bpmn_xml.cli.loading import load
from bpmn_xml.cli.outcomes import Exit
from bpmn_xml.cli.verbs.draw import add_look, style_of
from bpmn_xml.cli.writing import tell_made
from bpmn_xml.errors import UsageError
from bpmn_xml.formats.files import files_of
from bpmn_xml.wording import amount

DESCRIPTION: Final = """Draw what many runs did on their diagram: numbers, and colours up to hot.

count is how often tokens came by; mean and p95 are durations; failures is failed calls, thrown
errors and incidents per visit; waiting is how many are there at the end of the traces.
"""

EXAMPLES: Final = """  bpmn-xml heatmap order.bpmn runs/*.jsonl
  bpmn-xml heatmap order.bpmn runs --by p95 -o slow.png
"""

NOTHING: Final = {
    "count": "nothing was reached, so nothing is coloured",
    "mean": "nothing was done that takes time, so nothing is coloured",
    "p95": "nothing was done that takes time, so nothing is coloured",
    "failures": "nothing was reached, so nothing is coloured",
    "waiting": "nothing that is drawn waits at the end of the traces; "
    "--by mean tells where runs spent their time",
}
"""What can be hot, and what is said of a picture that has no colours."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what may be given."""
    parser.add_argument("file", metavar="FILE", help="the .bpmn or .conf that was run")
    parser.add_argument(
        "traces", nargs="+", metavar="TRACE", help="counted together; of a folder all its .jsonl"
    )
    parser.add_argument("--by", choices=tuple(NOTHING), default="count", help="what is hot (count)")
    parser.add_argument(
        "-o",
        "--output",
        metavar="PICTURE",
        help=".svg, .png, .pdf, .html or .dot; - is stdout (FILE-heat.svg)",
    )
    parser.add_argument("--instance", metavar="ID", help="only what this instance did")
    parser.add_argument("--plane", metavar="ID", help="which drawing of the file")
    add_look(parser)


def _within(names: Iterable[str]) -> Iterator[str]:
    """The files that are named, of folders the traces in them.

    Raises:
        UsageError: there is none in a folder.
    """
    for name in names:
        is_folder = Path(name).is_dir()
        found = [*map(str, files_of(Path(name), "*.jsonl"))] if is_folder else [name]
        if not found:
            raise UsageError(f"there is no .jsonl in {name}", remedy="name the traces")
        yield from found


def execute(arguments: argparse.Namespace) -> int:
    """Count and draw."""
    from bpmn_xml.cli.pictures import draw, kind_of
    from bpmn_xml.cli.traces import counted
    from bpmn_xml.render.heat import heat_of, instances_of

    file = load(arguments.file)
    target = arguments.output or str(file.path.with_name(f"{file.path.stem}-heat.svg"))
    kind = kind_of(target, file.path)
    traces = list(_within(arguments.traces))
    summary, naming = counted(file, traces, instance=arguments.instance or "")
    overlay = heat_of(summary, naming, arguments.by)
    look = {"theme": arguments.theme, "style": style_of(arguments), "plane": arguments.plane or ""}
    draw(file.definitions, target, overlay, kind=kind, **look)
    if not overlay.words:
        say("note", NOTHING[arguments.by])
    tell_made("drew", target, f" of {amount(instances_of(summary, naming), 'instance')}")
    return Exit.COMPLETED
