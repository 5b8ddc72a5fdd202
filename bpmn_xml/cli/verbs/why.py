"""Say of runs that have not ended why: where each token stands and what it waits for."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from itertools import islice
from typing import Final

import msgspec

from bpmn_xml.cli.complaints import say
from bpmn_xml.cli.loading import Loaded, load_all
from bpmn_xml.cli.outcomes import Exit
from bpmn_xml.cli.traces import opened
from bpmn_xml.cli.waiting import waiting_table
from bpmn_xml.compiler.options import Options
from bpmn_xml.compiler.program import Program
from bpmn_xml.errors import ReadError, UsageError
from bpmn_xml.formats.files import is_special
from bpmn_xml.trace.codec import Codec, TraceHeader
from bpmn_xml.trace.endings import UntimelyEnd
from bpmn_xml.trace.histories import Histories
from bpmn_xml.wording import label, printable

DESCRIPTION: Final = (
    "Say why runs have not ended, from the trace that `bpmn-xml run --trace` wrote: for every\n"
    "token where it is, what it waits for and since when; at joins which flow is missing and\n"
    "who could still bring it. Of runs that failed or were cut short, it says by what, and of\n"
    "processes that have not begun, what would begin them."
)

MOST_INSTANCES: Final = 100
"""At most this many instances are listed."""

EXAMPLES: Final = """  bpmn-xml why run.jsonl
  bpmn-xml why --json run.jsonl order.bpmn
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what may be given."""
    parser.add_argument("trace", metavar="TRACE", help="what `bpmn-xml run --trace` wrote")
    parser.add_argument(
        "files", nargs="*", metavar="FILE", help="what was run; as the trace names it if left out"
    )
    parser.add_argument("--json", action="store_true", help="all of it, as JSON")


def execute(arguments: argparse.Namespace) -> int:
    """Read, replay, explain."""
    others = [file for file in arguments.files if file.endswith(".jsonl")]
    if others:
        remedy = f"ask again: bpmn-xml why {others[0]}"
        raise UsageError(f"{others[0]} is another trace, and one is explained", remedy=remedy)
    with opened(arguments.trace, "counts") as trace:
        files = load_all(arguments.files or _named(trace.header))
        program = _program(files, trace.header)
        histories, now = Histories(program), 0
        try:
            for batch in trace.batches(Codec(program)):
                histories.add(batch)
                now = max(now, batch.time)
        except (LookupError, AssertionError, ReadError) as error:
            message = f"{arguments.trace} was not written by a run of {_names(files)}"
            raise UsageError(message, remedy="name the files that were run") from error
    if arguments.json:
        told = histories.explain(), histories.endings, histories.unbegun()
        found = dict(zip(("waiting", "ended", "unbegun"), told, strict=True))
        print(json.dumps({"now": now, **msgspec.to_builtins(found)}, indent=2))
    else:
        _print(histories)
    return Exit.COMPLETED


def _print(histories: Histories) -> None:
    """Print how instances were ended, where the tokens of the others stand, and what began not."""
    stills, endings, unbegun = histories.explain(), histories.endings, histories.unbegun()
    if not (stills or endings or (unbegun and not histories.begun)):
        print("every token has arrived")
    for ending in endings[:MOST_INSTANCES]:
        print(printable(f"{ending.instance}: {_told(ending)}"))
    for name in islice(histories.states, MOST_INSTANCES):
        print(printable(f"{name}:"))
        for line in waiting_table([still for still in stills if still.instance == name], 0):
            print(f"  {line}")
    for name in islice(unbegun, MOST_INSTANCES):
        print(printable(f"{name} has not begun:"))
        for line in waiting_table(unbegun[name], 0):
            print(f"  {line}")
    more = sum(
        max(0, len(found) - MOST_INSTANCES) for found in (endings, histories.states, unbegun)
    )
    if more:
        print(f"and {more:,} more; --json tells all")


def _told(ending: UntimelyEnd) -> str:
    """Say how an instance ended."""
    error = f": error {ending.code}" if ending.outcome == "failed" else ""
    at = f" at {label(ending.node, ending.name)}" if ending.node else ""
    message = f": {ending.message}" if ending.message else ""
    return f"{ending.outcome}{error}{at}{message}"


def _program(files: Sequence[Loaded], header: TraceHeader) -> Program:
    """What was run, compiled again from its files; bindings do not matter."""
    from bpmn_xml.cli.compiling import marked
    from bpmn_xml.compiler.compile import compile_models

    known = {file.sha256 for file in header.files}
    changed = [file for file in files if file.sha256 not in known]
    if changed:
        say("note", f"{_names(changed)}: changed since the run, so this may be wrong")
    models = [marked(file.definitions, header.processes) for file in files]
    return compile_models(models, Options(stub=True, allow_scripts=True))


def _named(header: TraceHeader) -> list[str]:
    """The files that a trace names; what is a device or a pipe is not opened on its word."""
    for file in header.files:
        if is_special(file.name):
            raise UsageError(f"{file.name} is no file", remedy="name the files that were run")
    return [file.name for file in header.files]


def _names(files: Sequence[Loaded]) -> str:
    return ", ".join(str(file.path) for file in files) or "the files that it names"
