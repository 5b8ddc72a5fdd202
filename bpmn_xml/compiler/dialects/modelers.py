"""What drawing programs note for themselves: which engine a file is for, and colours."""

from __future__ import annotations

from typing import Final

from bpmn_xml import model as m
from bpmn_xml.compiler.dialects.table import Dialect, kept, part, table
from bpmn_xml.model import vendors

FILES: Final = (m.Definitions,)
SHAPES: Final = (m.BPMNShape, m.BPMNEdge, m.BPMNLabel)

MODELER: Final = Dialect(
    name="",
    prefix="modeler",
    namespaces=frozenset({vendors.MODELER, vendors.OPERATON_MODELER}),
    words=table(
        part("@executionPlatform", FILES, "by the rules of which engine it is run"),
        kept("@executionPlatformVersion", FILES, "for the record"),
        kept("@userTaskPlatform @userTaskPlatformVersion", FILES, "for the record"),
    ),
)

BPMN_IO: Final = Dialect(
    name="",
    prefix="bioc",
    namespaces=frozenset({vendors.BIOCOLOR}),
    words=kept("@stroke @fill", SHAPES, "colours of the drawing"),
)

COLOURS: Final = Dialect(
    name="",
    prefix="color",
    namespaces=frozenset({vendors.COLOR}),
    words=kept("@background-color @border-color @color", SHAPES, "colours of the drawing"),
)
