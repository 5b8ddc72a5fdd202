"""Pictures: BPMN diagrams as SVG, PNG, PDF or DOT, the author's own layout, a run on top.

Nothing but Python packages is needed: no browser, no `dot` program, no fonts.

    from bpmn_xml import render

    svg = render.draw(definitions)
    png = render.draw(definitions, theme="dark", format="png")
    for plane in render.planes(definitions):
        print(plane)

A scene (`scene`) is composed from the model and its diagram interchange (`compose`, with the
tables `figures` and `routes`), written as DOT with every position fixed (`dot`), drawn by Graphviz
(`backend`) and decorated (`svg`).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bpmn_xml.render.drawing import Format, Picture, draw, picture, planes
    from bpmn_xml.render.overlay import Mark, Overlay, Progress, spoken
    from bpmn_xml.render.plane import Plane

_HOMES = {
    "Format": "drawing",
    "Mark": "overlay",
    "Overlay": "overlay",
    "Picture": "drawing",
    "Plane": "plane",
    "Progress": "overlay",
    "draw": "drawing",
    "picture": "drawing",
    "planes": "drawing",
    "spoken": "overlay",
}

__all__ = [
    "Format",
    "Mark",
    "Overlay",
    "Picture",
    "Plane",
    "Progress",
    "draw",
    "picture",
    "planes",
    "spoken",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
