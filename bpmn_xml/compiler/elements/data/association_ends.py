"""Both ends of data associations (10.4.2): data of the node, and data around it.

Modelers draw a line between a node and data, and write an association that does not say which data
of the node's it leads to, or leads to a property that they make up.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bpmn_xml import model as m

PLACEHOLDER: Final = "__targetRef_placeholder"
"""The name of the property that bpmn-js makes up to have an end for a drawn line."""


def associations_of(
    node: m.FlowNode,
) -> tuple[Sequence[m.DataAssociation], Sequence[m.DataAssociation]]:
    """Return the data associations into a node, and those out of it."""
    into = getattr(node, "data_input_associations", ())
    return into, getattr(node, "data_output_associations", ())


def own_refs(node: m.FlowNode, association: m.DataAssociation) -> tuple[str, ...]:
    """Return the data of the node itself at one end of an association of it."""
    if isinstance(association, m.DataOutputAssociation):
        return association.source_refs
    made_up = [p.id for p in getattr(node, "properties", ()) if p.name == PLACEHOLDER]
    target = association.target_ref
    return (target,) if target and target not in made_up else ()


def far_refs(association: m.DataAssociation) -> tuple[str, ...]:
    """Return the data around the node at the other end of an association."""
    if isinstance(association, m.DataInputAssociation):
        return association.source_refs
    return (association.target_ref,) if association.target_ref else ()


def is_line(node: m.FlowNode, association: m.DataAssociation) -> bool:
    """Tell whether an association says nothing but between which data and its node it is drawn."""
    told = association.assignments or association.transformation
    return not (told or own_refs(node, association)) and bool(far_refs(association))
