"""What a drawing forgets: elements without a shape beside others that have one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from bpmn_xml import model
from bpmn_xml.model import BaseElement, Definitions, Element
from bpmn_xml.model.walk import walk

_SHOWN: Final = (
    model.FlowNode,
    model.SequenceFlow,
    model.DataObjectReference,
    model.DataStoreReference,
    model.TextAnnotation,
)


def forgotten(definitions: Definitions) -> tuple[str, ...]:
    """List the ids of what should be drawn and is on no plane, in the order of the file.

    What a collapsed sub-process or a pool without a drawing of its inside holds is not forgotten,
    and a pool may be there without its border (9.3).
    """
    drawn = {
        one.bpmn_element
        for diagram in definitions.diagrams
        for one in diagram.plane.elements
        if isinstance(one, model.BPMNShape | model.BPMNEdge)
    }
    pooled = {
        pool.process_ref
        for root in definitions.root_elements
        if isinstance(root, model.Collaboration)
        for pool in root.participants
    }
    found: list[str] = []
    for level, _ in walk(definitions):
        parts = [*_parts(level)]
        whole = isinstance(level, model.Process) and level.id not in pooled
        if whole or any(part.id in drawn for part in parts):
            found += [part.id for part in parts if part.id not in drawn]
    return tuple(found)


def _parts(level: Element) -> Iterator[BaseElement]:
    """List what is to be drawn directly in an element; messages of choreographies are not."""
    if isinstance(level, model.Collaboration) and not isinstance(level, model.Choreography):
        yield from level.message_flows
    inside: Sequence[BaseElement] = getattr(level, "flow_elements", ())
    for part in (*inside, *getattr(level, "artifacts", ())):
        if isinstance(part, _SHOWN):
            yield part
