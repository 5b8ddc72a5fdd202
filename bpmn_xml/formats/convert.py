"""From any format to BPMN: what has no drawing gets one, so that a modeler can open it."""

from __future__ import annotations

import os

from bpmn_xml.formats.registry import read, write
from bpmn_xml.layout import with_drawing
from bpmn_xml.model import Definitions


def convert(
    source: str | os.PathLike[str] | bytes | Definitions,
    target: str | os.PathLike[str] | None = None,
) -> Definitions:
    """Read a file of any format and write it as BPMN, with a drawing.

    Args:
        source: a path, the bytes of a file, or what `read` gave.
        target: where to write it; nothing is written if it is left out.

    Raises:
        ReadError: the file is not what its format promises.
        UsageError: a format is unknown.
        StoreError: a file cannot be read or written.

    >>> from bpmn_xml.model import Process, StartEvent
    >>> process = Process(id="p", flow_elements=(StartEvent(id="s"),))
    >>> drawn = convert(Definitions(id="d", root_elements=(process,)))
    >>> [shape.bpmn_element for shape in drawn.diagrams[0].plane.elements]
    ['s']
    """
    definitions = source if isinstance(source, Definitions) else read(source)
    drawn, _ = with_drawing(definitions)
    if target is not None:
        write(drawn, target)
    return drawn
