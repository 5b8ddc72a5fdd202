"""Traces that verbs are given: opened, counted, and the drawings that they are of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bpmn_xml.cli.complaints import say
from bpmn_xml.cli.loading import Loaded, load
from bpmn_xml.errors import BpmnXmlError, UsageError
from bpmn_xml.formats.files import is_file
from bpmn_xml.render.runs import Naming
from bpmn_xml.render.traced import count
from bpmn_xml.trace.codec import TraceHeader
from bpmn_xml.trace.names import labels, plain_id
from bpmn_xml.trace.reader import TraceReader
from bpmn_xml.trace.summary import RunSummary


@contextmanager
def opened(path: Path | str, done: str) -> Iterator[TraceReader]:
    """Open a trace; after the block say of one that is cut off what is `done` with the rest."""
    with TraceReader(path) as trace:
        yield trace
        if trace.torn:
            tell_torn(path, done)


def tell_torn(path: Path | str, done: str) -> None:
    """Say of a trace that is cut off what is done with the rest."""
    say("note", f"{path}: the last line is cut off; all before it {done}")


def counted(
    file: Loaded, paths: Sequence[str], *, instance: str = "", item: str = ""
) -> tuple[RunSummary, Naming]:
    """Count traces of a file, together, and print which are cut off or of another state of it."""
    found = count(file.definitions, paths, instance=instance, item=item)
    for path in found.torn:
        tell_torn(path, "is counted")
    for path, header in found.headers.items():
        _tell_other(file, header, path)
    return found.summary, found.naming


def model_of(header: TraceHeader, trace: Path, given: str | None) -> Loaded:
    """Find and read the diagram of a trace.

    Raises:
        UsageError: it is not where it was, nor beside the trace.
    """
    file = load(given or str(_found(header, trace)))
    _tell_other(file, header, trace)
    return file


def _tell_other(file: Loaded, header: TraceHeader, trace: Path | str) -> None:
    """Warn of a file that is not what was run, as far as the trace knows that."""
    known = {traced.sha256 for traced in header.files}
    if known and file.sha256 not in known:
        say("warning", f"{file.path} is not the file that {trace} is of, or has changed since")


def labels_of(header: TraceHeader, trace: Path) -> dict[str, str]:
    """What people call the nodes of a trace, as far as its drawings have not changed since."""
    named: dict[str, str] = {}
    for naming in namings_of(header, trace):
        named |= {name: node.name or "" for name, node in naming.nodes.items()}
    known = labels((plain_id(name), text) for name, text in named.items())
    return dict(zip(named, known, strict=True))


def namings_of(header: TraceHeader, trace: Path) -> Iterator[Naming]:
    """What a trace calls the elements of each of its drawings that has not changed since."""
    for traced in header.files:
        for place in filter(is_file, _places(Path(traced.name), trace)):
            try:
                file = load(str(place))
            except BpmnXmlError:  # what is there now was not run
                continue
            if file.sha256 == traced.sha256:
                yield Naming(file.definitions, header.renamed)


def _places(name: Path, trace: Path) -> tuple[Path, Path]:
    """Where a drawing may be: where it was, and beside the trace."""
    return name, trace.parent / name.name


def _found(header: TraceHeader, trace: Path) -> Path:
    names = [Path(traced.name) for traced in header.files]
    for name in names:
        for place in _places(name, trace):
            if is_file(place):
                return place
    paths = ", ".join(map(str, names)) or "none"
    raise UsageError(
        f"the diagram of {trace} is not where it was ({paths}), nor beside the trace",
        remedy="name it with --model",
    )
