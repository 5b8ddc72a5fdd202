"""Pictures of diagrams and of runs: the format by the suffix, the run as marks on top."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from bpmn_xml.cli.complaints import complain
from bpmn_xml.cli.writing import write_out
from bpmn_xml.errors import UsageError
from bpmn_xml.model import (
    ComplexGateway,
    Definitions,
    EventBasedGateway,
    FlowNode,
    InclusiveGateway,
    IntermediateCatchEvent,
    ParallelGateway,
    ReceiveTask,
    SequenceFlow,
    UserTask,
)
from bpmn_xml.model.walk import processes, walk
from bpmn_xml.render.overlay import Mark, Overlay, Progress, spoken
from bpmn_xml.trace.names import escape_id
from bpmn_xml.trace.summary import ElementSummary, RunSummary

if TYPE_CHECKING:
    from bpmn_xml.render.drawing import Format

_WAITING: Final = (UserTask, ReceiveTask, IntermediateCatchEvent, EventBasedGateway)
_JOINING: Final = (ParallelGateway, InclusiveGateway, ComplexGateway)

FORMATS: Final = ("svg", "png", "pdf", "html", "dot")


def format_of(name: str) -> Format:
    """Find the format of a picture by the suffix of its file.

    Raises:
        UsageError: there is no such format.
    """
    suffix = Path(name).suffix.lower().removeprefix(".")
    if suffix not in FORMATS:
        known = ", ".join(f".{known}" for known in FORMATS)
        what = f"unknown picture format '.{suffix}'" if suffix else f"{name} has no suffix"
        raise UsageError(what, remedy=f"expected one of {known}")
    return cast("Format", suffix)


class Naming:
    """What a trace calls the elements of a file.

    Args:
        definitions: the file.
        renamed: names that have the id of their process before them, as the trace says.
    """

    def __init__(self, definitions: Definitions, renamed: Iterable[str] = ()) -> None:
        found = [element for element, _ in walk(definitions)]
        self._prefixes = [f"{escape_id(process.id)}:" for process in processes(definitions)]
        self._renamed = frozenset(renamed)
        self.nodes = {self._name(e.id): e for e in found if isinstance(e, FlowNode)}
        self.flows = {self._name(e.id): e for e in found if isinstance(e, SequenceFlow)}

    def _name(self, id_: str) -> str:
        own = escape_id(id_)
        names = (f"{prefix}{own}" for prefix in self._prefixes)
        return next((name for name in names if name in self._renamed), own)

    def waiting(self) -> set[str]:
        """The names of what waits for somebody or something while it is active."""
        return {name for name, node in self.nodes.items() if isinstance(node, _WAITING)}

    def joins(self) -> dict[str, str]:
        """The names of flows that meet others, and of the gateways where they do."""
        into = defaultdict[str, list[str]](list)
        for name, flow in self.flows.items():
            into[self._name(flow.target_ref)].append(name)
        return {
            flow: node
            for node, flows in into.items()
            if len(flows) > 1 and isinstance(self.nodes.get(node), _JOINING)
            for flow in flows
        }


def overlay_of(summary: RunSummary, naming: Naming) -> Overlay:
    """Say what a run did as marks on the elements of a file."""
    marks = {
        naming.nodes[node.id].id: _mark(node) for node in summary.nodes if node.id in naming.nodes
    }
    for flow in summary.flows:
        if flow.id in naming.flows:
            state = Progress.WAITING if flow.waiting else Progress.DONE
            marks[naming.flows[flow.id].id] = Mark(state=state, count=flow.count)
    return Overlay(marks=marks)


def _mark(node: ElementSummary) -> Mark:
    timed = node.completed + node.cancelled
    return Mark(
        state=Progress(str(node.state)),
        count=node.count,
        duration=spoken(node.mean / 1_000_000) if timed and node.total else "",
        badge=f"{node.failures:,} failed" if node.failures else "",
    )


def draw(
    definitions: Definitions,
    target: str,
    overlay: Overlay | None = None,
    *,
    kind: Format | None = None,
    **options: str,
) -> None:
    """Draw a file to another one; what cannot be drawn as it says is told.

    Args:
        definitions: what is drawn.
        target: the picture's file, its suffix the format; `-` is the standard output.
        overlay: the run on top.
        kind: the format, if it is not to be that of the suffix.
        options: `theme`, `plane` and `style` of `render.picture`, empty for what is usual.

    Raises:
        UsageError: there is no such plane, theme or format.
        StoreError: the file cannot be written.
    """
    from bpmn_xml.render.drawing import picture

    chosen = {key: value for key, value in options.items() if value}
    drawn = picture(definitions, overlay=overlay, format=kind or format_of(target), **chosen)
    complain(drawn.notes)
    write_out(target, drawn.data)
