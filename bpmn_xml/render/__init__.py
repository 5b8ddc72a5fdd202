r"""Pictures: BPMN diagrams as SVG, PNG, PDF, HTML or DOT, the author's own layout, a run on top.

Nothing but Python packages is needed: no browser, no `dot` program, no fonts.

    from bpmn_xml import render

    svg = render.draw(definitions)
    png = render.draw(definitions, theme="dark", format="png")
    now = render.draw(definitions, trace="run.jsonl", instance="order-1")
    for plane in render.planes(definitions):
        print(plane)
    print("\n".join(render.describe(definitions)))

A run is laid over a drawing as an `Overlay`, which `overlay_of` and `heat_of` make of what traces
say, `overlay_of_trace` of a file; `replay_page` makes a film of one:

    from bpmn_xml.trace.reader import TraceReader
    from bpmn_xml.trace.summary import summarize
    from bpmn_xml.trace.tally import RunTally

    naming = render.Naming(definitions)
    tally = RunTally(naming.joins())
    with TraceReader("run.jsonl") as trace:
        tally.add_lines(trace)
    overlay = render.heat_of(summarize(tally), naming, "p95")
    with TraceReader("run.jsonl") as trace:
        page = render.replay_page(definitions, trace.with_values(), naming)

A scene (`scene`) is composed from the model and its diagram interchange (`compose`, with the
tables `figures` and `routes`), written as DOT with every position fixed (`dot`), drawn by Graphviz
(`backend`) and decorated (`svg`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bpmn_xml.lazy import importer

if TYPE_CHECKING:
    from bpmn_xml.render.composing.plane import Plane
    from bpmn_xml.render.description import describe
    from bpmn_xml.render.drawing import Format, Picture, draw, picture, planes
    from bpmn_xml.render.heat import heat_of
    from bpmn_xml.render.overlay import Mark, Overlay, Progress, spoken
    from bpmn_xml.render.replay.pages import replay_page
    from bpmn_xml.render.runs import Naming, overlay_of
    from bpmn_xml.render.traced import overlay_of_trace

_NAMES: Final = {
    "composing.plane": "Plane",
    "description": "describe",
    "drawing": "Format Picture draw picture planes",
    "heat": "heat_of",
    "overlay": "Mark Overlay Progress spoken",
    "replay.pages": "replay_page",
    "runs": "Naming overlay_of",
    "traced": "overlay_of_trace",
}

__all__ = [
    "Format",
    "Mark",
    "Naming",
    "Overlay",
    "Picture",
    "Plane",
    "Progress",
    "describe",
    "draw",
    "heat_of",
    "overlay_of",
    "overlay_of_trace",
    "picture",
    "planes",
    "replay_page",
    "spoken",
]

__getattr__, __dir__ = importer(__name__, _NAMES)
