"""Pictures of diagrams and runs: the format by the suffix, notes to stderr."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, Literal, cast

from bpmn_xml.cli.messages import show_findings
from bpmn_xml.cli.writing import write_output
from bpmn_xml.errors import UsageError
from bpmn_xml.model import Definitions
from bpmn_xml.model.walk import walk
from bpmn_xml.render.drawing import picture
from bpmn_xml.render.overlay import Mark, Overlay, Progress, spoken
from bpmn_xml.trace.summary import ElementSummary, RunSummary

PictureFormat = Literal["svg", "png", "pdf", "dot"]

FORMATS: Final = ("svg", "png", "pdf", "dot")


def picture_format(name: str) -> PictureFormat:
    """The format that a file's suffix asks for; stdout gets SVG.

    Raises:
        UsageError: there is no such format.
    """
    suffix = "svg" if name == "-" else Path(name).suffix.lower().removeprefix(".")
    if suffix not in FORMATS:
        known = ", ".join(f".{known}" for known in FORMATS)
        raise UsageError(f"unknown picture format '{suffix}'", remedy=f"expected one of {known}")
    return cast(PictureFormat, suffix)


def overlay_of(summary: RunSummary) -> Overlay:
    """What a run did, as marks on its diagram."""
    marks = {node.id: _mark(node) for node in summary.nodes}
    for flow in summary.flows:
        state = Progress.WAITING if flow.waiting else Progress.DONE
        marks[flow.id] = Mark(state=state, count=flow.count)
    return Overlay(marks=marks)


def _mark(node: ElementSummary) -> Mark:
    return Mark(
        state=Progress(node.state),
        count=node.count,
        duration=spoken(node.mean / 1e6) if node.total else "",
        badge=f"{node.failures} failed" if node.failures else "",
    )


def draw_run(models: Sequence[Definitions], summary: RunSummary, name: str) -> None:
    """Draw a run on the diagram that most of it happened in."""
    overlay = overlay_of(summary)

    def reached(definitions: Definitions) -> int:
        ids = {getattr(element, "id", None) for element, _ in walk(definitions)}
        return sum(mark in ids for mark in overlay.marks)

    draw_to(max(models, key=reached), name, overlay=overlay)


def draw_to(definitions: Definitions, name: str, **how: Any) -> None:
    """Draw a diagram to a file, or to stdout where it is named `-`."""
    drawn = picture(definitions, format=picture_format(name), **how)
    show_findings(drawn.notes)
    write_output(name, drawn.data)
