"""What traces say of a file, counted and laid over its drawing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from os import PathLike
from pathlib import Path
from typing import NamedTuple

from bpmn_xml.compiler.program import Origin
from bpmn_xml.errors import UsageError
from bpmn_xml.model import Definitions
from bpmn_xml.render.overlay import Overlay
from bpmn_xml.render.runs import Naming, overlay_of
from bpmn_xml.trace.codec import TraceHeader
from bpmn_xml.trace.reader import TraceLine, TraceReader
from bpmn_xml.trace.select import of_instance, of_item
from bpmn_xml.trace.summary import RunSummary, summarize
from bpmn_xml.trace.tally import RunTally
from bpmn_xml.trace.writer import write_up_to_now

Trace = str | PathLike[str]


class Counted(NamedTuple):
    """What traces of a file say together, their headers, and which of them are cut off."""

    summary: RunSummary
    naming: Naming
    headers: dict[str, TraceHeader]
    torn: tuple[str, ...]


def overlay_of_trace(
    definitions: Definitions, trace: Trace, *, instance: str = "", item: str = ""
) -> Overlay:
    """Lay over a file what a trace of it says; see `count`."""
    found = count(definitions, [trace], instance=instance, item=item)
    return overlay_of(found.summary, found.naming)


def count(
    definitions: Definitions, traces: Sequence[Trace], *, instance: str = "", item: str = ""
) -> Counted:
    """Count traces of a file, together; all of them, or one instance or item.

    Raises:
        UsageError: they are not of this file, or there is no such instance or item.
        ReadError: one is no trace.
        StoreError: one cannot be read.
    """
    headers: dict[str, TraceHeader] = {}
    for path in map(str, traces):
        write_up_to_now(Path(path))
        with TraceReader(path) as trace:
            headers[path] = trace.header
    naming = Naming(definitions, _renamed([*headers.values()]))
    tally, torn = RunTally(naming.joins()), list[str]()
    for path in headers:
        with TraceReader(path) as trace:
            tally.add_lines(_selected(trace, instance, item), f"{path}\0")
            torn += [path] if trace.torn else []
    summary = summarize(tally, people=naming.waiting())
    if summary.nodes and not any(node.id in naming.nodes for node in summary.nodes):
        path, header = next(iter(headers.items()))
        raise UsageError(
            f"{path} is not of this diagram: nothing in it was reached",
            remedy="name the file that was run; the trace is of process "
            f"{', '.join(header.processes) or 'none'}",
        )
    return Counted(summary, naming, headers, tuple(torn))


def _selected(trace: TraceReader, instance: str, item: str) -> Iterable[TraceLine]:
    lines: Iterable[TraceLine] = trace
    if instance:
        lines = of_instance(lines, instance)
    return of_item(lines, item) if item else lines


def _renamed(headers: Sequence[TraceHeader]) -> dict[str, Origin]:
    renamed = headers[0].renamed
    if any(header.renamed != renamed for header in headers):
        raise UsageError(
            "the traces name the elements differently: other files were run together",
            remedy="count them one by one",
        )
    return renamed
