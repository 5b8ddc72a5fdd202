"""The runs in `diagrams/`, and schedules of records written by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bpmn_xml import formats, model
from bpmn_xml.model import Definitions
from bpmn_xml.render.replay.schedule import Story, schedule
from bpmn_xml.render.runs import Naming
from bpmn_xml.trace.reader import EntryWithValues, TraceLine, TraceReader
from tests.conftest import ROOT

RUNS = ["order", "streaming", "parallel", "calculator"]


def paths(name: str) -> tuple[Path, Path]:
    folder = ROOT / "diagrams" / name
    return folder / f"{name}.bpmn", folder / f"{name}-run.jsonl"


def run_of(name: str) -> tuple[Definitions, list[TraceLine], Naming]:
    diagram, trace = paths(name)
    definitions = formats.read(diagram)
    with TraceReader(trace) as reader:
        return definitions, [*reader.with_values()], Naming(definitions, reader.header.renamed)


def record(type_: str, node: str = "", **fields: Any) -> EntryWithValues:
    if node and node.startswith("f."):
        return EntryWithValues(type_, flow=node, **fields)
    return EntryWithValues(type_, node=node, n=fields.pop("n", 1 if node else 0), **fields)


def of(process: model.Process, *batches: tuple[int, list[EntryWithValues]]) -> Story:
    """A schedule of batches at milliseconds."""
    naming = Naming(model.Definitions(id="d", root_elements=(process,)))
    lines = [TraceLine("i", n, ms * 1000, told) for n, (ms, told) in enumerate(batches, 1)]
    return schedule(lines, naming)


def process(*nodes: Any, flows: dict[str, tuple[str, str]]) -> model.Process:
    made = [
        model.SequenceFlow(id=id_, source_ref=ends[0], target_ref=ends[1])
        for id_, ends in flows.items()
    ]
    return model.Process(id="p", flow_elements=(*nodes, *made))
