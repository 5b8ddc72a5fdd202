"""What drawing programs note for themselves: which engine a file is for, and colours."""

from __future__ import annotations

from typing import Final

from bpmn_xml import model as m
from bpmn_xml.compiler.dialects.vocabulary import Dialect, kept, part, table

FILES: Final = (m.Definitions,)
SHAPES: Final = (m.BPMNShape, m.BPMNEdge, m.BPMNLabel)

MODELER: Final = Dialect(
    name="",
    prefix="modeler",
    namespaces=frozenset({"http://camunda.org/schema/modeler/1.0"}),
    words=table(
        part("@executionPlatform", FILES, "by the rules of which engine it is run"),
        kept("@executionPlatformVersion", FILES, "for the record"),
        kept("@userTaskPlatform @userTaskPlatformVersion", FILES, "for the record"),
    ),
)

BPMN_IO: Final = Dialect(
    name="",
    prefix="bioc",
    namespaces=frozenset({"http://bpmn.io/schema/bpmn/biocolor/1.0"}),
    words=kept("@stroke @fill", SHAPES, "colours of the drawing"),
)

COLOURS: Final = Dialect(
    name="",
    prefix="color",
    namespaces=frozenset({"http://www.omg.org/spec/BPMN/non-normative/color/1.0"}),
    words=kept("@background-color @border-color @color", SHAPES, "colours of the drawing"),
)
