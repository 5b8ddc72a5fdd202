"""Data in the standard's own words (10.4): what is local, and what associations move.

Data objects, properties, data inputs and outputs are variables: by their name if it is one, else
by their id. Those of an activity that something moves in or out are local to it; what no
association moves is an ordinary variable. What a mere line means, see `drawn_lines`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from bpmn_xml import model as m
from bpmn_xml.compiler import codes
from bpmn_xml.compiler.dialects.read import VENDORS
from bpmn_xml.compiler.drafts import NodeDraft
from bpmn_xml.compiler.elements.data.association_ends import (
    PLACEHOLDER,
    associations_of,
    far_refs,
    is_line,
    own_refs,
)
from bpmn_xml.compiler.elements.data.mappings import THROWING
from bpmn_xml.compiler.elements.python_values import frame_of, job
from bpmn_xml.compiler.elements.values import computed, evaluated, text_of, variable
from bpmn_xml.compiler.file import DiagramFile, Level
from bpmn_xml.compiler.program import StoreAccess, Work
from bpmn_xml.compiler.program.scoping import Assign, Computed
from bpmn_xml.errors import ExpressionError

_PATH: Final = re.compile(r"\s*[$#]?\{?\s*/*\s*([^\W\d]\w*(?:[./][^\W\d]\w*)*)\s*\}?\s*")
"""What an assignment puts its value into: `order.total`, `${total}`, or the XPath `order/total`."""

_STATE: Final = re.compile(r"\s*\[[^\]]*\]\s*$")
"""The state of a data object, as in `order [paid]`."""

LITERAL: Final = "http://www.jboss.org/drools"
"""The namespace of an engine for which the expressions of assignments are texts as they stand."""

Associations = Iterable[m.DataAssociation]


def add_data(file: DiagramFile, node: m.FlowNode, draft: NodeDraft) -> None:
    """Add to a node's draft the data that the standard's words move around it."""
    local = own_data(file, node)
    inputs, outputs = _associations(file, node, throws=draft.kind in THROWING)
    sources = [a for a in inputs if store_of(file, a.source_refs)]
    sinks = [a for a in outputs if store_of(file, (a.target_ref or "",))]
    moved_in = _assigned(file, node, [a for a in inputs if a not in sources])
    moved_out = _assigned(file, node, [a for a in outputs if a not in sinks])
    if draft.kind in THROWING and not sources:
        draft.sends = (*draft.sends, *moved_in)
    elif draft.events and not sinks and _only_receives(node, *local, *inputs):
        draft.receives = (*draft.receives, *moved_out)
        draft.outputs = _outputs(file, node)
    elif local or moved_in or moved_out or sources or sinks:
        held = [ref for a in outputs for ref in a.source_refs]
        held += [a.target_ref for a in sinks if a.target_ref and not a.source_refs]
        names = dict.fromkeys([*local, *(held_name(file, ref) for ref in held)])
        frame = frame_of(file, node, draft)
        frame.local.extend(names)
        frame.inputs[:0] = moved_in
        frame.outputs.extend(moved_out)
        frame.before.extend(_store_jobs(file, node, draft, sources, reads=True))
        frame.after.extend(_store_jobs(file, node, draft, sinks, reads=False))


def _only_receives(node: m.FlowNode, *others: object) -> bool:
    """Whether no data but what it brings moves around an element that waits."""
    return isinstance(node, m.CatchEvent) or (isinstance(node, m.ReceiveTask) and not others)


def bring_in(file: DiagramFile, sub: m.SubProcess, draft: NodeDraft, start: m.StartEvent) -> None:
    """Add what is written of the data that begins an event sub-process (10.5.1).

    Its own data is inside; all other is around it. A store is written before anything else.
    """
    _, outputs = _associations(file, start, throws=False)
    sinks = [a for a in outputs if store_of(file, (a.target_ref or "",))]
    moved = _assigned(file, start, [a for a in outputs if a not in sinks])
    own, draft.outputs = set(own_data(file, sub)), _outputs(file, start)
    draft.receives = (*draft.receives, *[one for one in moved if own.isdisjoint(one.target[:1])])
    draft.carries = tuple([one for one in moved if not own.isdisjoint(one.target[:1])])
    if sinks:
        held = [held_name(file, ref) for a in sinks for ref in own_refs(start, a)[:1]]
        draft.carries += tuple([Assign((name,), variable(name)) for name in held])
        writes = _store_jobs(file, start, draft, sinks, reads=False)
        frame_of(file, sub, draft).before.extend(writes)


def _outputs(file: DiagramFile, node: m.FlowNode) -> tuple[str, ...]:
    """The names of an event's data outputs, where associations move them."""
    outputs = node.data_outputs if isinstance(node, m.CatchEvent) and minds_sets(file) else ()
    return tuple([held_name(file, output.id) for output in outputs])


def own_data(file: DiagramFile, holder: m.FlowNode | m.Process) -> list[str]:
    """The names of the properties and data objects of an activity or a process (10.4.1).

    For vendors' engines what a process has is an ordinary variable, whoever called it.
    """
    if isinstance(holder, m.Process) and is_vendors(file):
        return []
    return [*_properties(holder), *_data_objects(file, holder)]


def _properties(holder: m.FlowNode | m.Process) -> list[str]:
    found = getattr(holder, "properties", ())
    return [p.name or p.id for p in found if p.name != PLACEHOLDER]


def _data_objects(file: DiagramFile, holder: m.FlowNode | m.Process) -> list[str]:
    """The names of the data objects inside; for vendors they are only drawn."""
    if not isinstance(holder, m.SubProcess | m.Process) or is_vendors(file):
        return []
    return [held_name(file, e.id) for e in holder.flow_elements if isinstance(e, m.DataObject)]


def is_vendors(file: DiagramFile) -> bool:
    """Whether a file is drawn for an engine to which data objects mean nothing."""
    spoken = {namespace for _, namespace in file.definitions.namespaces.bindings}
    return any(dialect.name for ns, dialect in VENDORS.items() if ns in spoken)


def minds_sets(file: DiagramFile) -> bool:
    """Whether input and output sets are evaluated; for some engines they mean nothing."""
    return not (is_vendors(file) or _takes_texts(file))


def _takes_texts(file: DiagramFile) -> bool:
    return any(namespace == LITERAL for _, namespace in file.definitions.namespaces.bindings)


def check_data_objects(file: DiagramFile, level: Level) -> None:
    """Say that the data objects of a vendor's sub-process are no variables of its own."""
    if isinstance(level, m.Process) or not is_vendors(file):
        return
    for element in level.flow_elements:
        if isinstance(element, m.DataObject):
            what = "it is only drawn: what is written inside belongs to the process"
            file.report(codes.DRAWN, element, what, "")


def _associations(
    file: DiagramFile, node: m.FlowNode, *, throws: bool
) -> tuple[list[m.DataAssociation], list[m.DataAssociation]]:
    """The associations that move something, in and out; the collections of a loop move apart."""
    looped = getattr(node, "loop_characteristics", None)
    refs = {getattr(looped, f"loop_data_{end}_ref", None) for end in ("input", "output")}

    def moves(association: m.DataAssociation) -> bool:
        if refs.intersection(_ends(association)):
            return False
        if not is_line(node, association):
            ends = own_refs(node, association) and far_refs(association)
            return bool(ends or association.assignments or association.transformation)
        by_name = throws or bool(store_of(file, far_refs(association)))
        return by_name and not is_vendors(file)

    into, out = associations_of(node)
    return [*filter(moves, into)], [*filter(moves, out)]


def _ends(association: m.DataAssociation) -> set[str | None]:
    return {*association.source_refs, association.target_ref} - {None}


def _assigned(
    file: DiagramFile, node: m.FlowNode, associations: Associations
) -> tuple[Assign, ...]:
    """What associations move, in their order (10.4.2)."""
    return tuple([assign for a in associations for assign in _assigns(file, node, a)])


def _assigns(
    file: DiagramFile, node: m.FlowNode, association: m.DataAssociation
) -> Iterator[Assign]:
    """One association: its transformation or its source to its target, then its assignments."""
    target, refs = association.target_ref, association.source_refs
    if isinstance(association, m.DataInputAssociation):
        target = next(iter((*own_refs(node, association), *refs)), None)
    if target and not (association.assignments and not association.transformation):
        value = _transformed(file, node, association)
        if value is None and not association.transformation:
            value = _moved_value(file, node, refs[0], held_name(file, target))
        if value is not None:
            yield Assign((held_name(file, target),), value)
    for assignment in association.assignments:
        place = _PATH.fullmatch(assignment.to.body) if assignment.to is not None else None
        if place is None or assignment.from_ is None:
            what = "an assignment whose target is no variable"
            file.refuse(codes.DATA, node, what, "name the variable")
            continue
        value = _value(file, node, "assigned value", assignment.from_)
        if value is not None:
            names = re.split(r"[./]", place[1])
            yield Assign((held_name(file, names[0]), *names[1:]), value)


def _moved_value(file: DiagramFile, node: m.FlowNode, ref: str, target: str) -> Computed:
    """What one end holds. An output without a value leaves what the other end holds.

    Where that has none either, no output set of an activity is complete with it: a fault (10.4.2).
    """
    held = variable(held_name(file, ref))
    stated = node.io_specification if isinstance(node, m.Activity) else None
    outputs = stated.data_outputs if stated else getattr(node, "data_outputs", ())
    if not minds_sets(file) or all(output.id != ref for output in outputs):
        return held
    needed = not file.options.stub and stated is not None and _is_needed(stated, ref)

    def evaluate(names: Mapping[str, object]) -> object:
        value = held.evaluate(names)
        value = names.get(target) if value is None else value
        if value is None and needed:
            raise ExpressionError(f"its output {held.text!r} has no value")
        return value

    return Computed(held.text, evaluate, held.language)


def _is_needed(stated: m.InputOutputSpecification, ref: str) -> bool:
    """Whether no output set is complete without an output (10.4.2)."""
    return all(
        ref in one.data_output_refs
        and ref not in (*one.optional_output_refs, *one.while_executing_output_refs)
        for one in stated.output_sets
    )


def _transformed(
    file: DiagramFile, node: m.FlowNode, association: m.DataAssociation
) -> Computed | None:
    if association.transformation is None:
        return None
    return _value(file, node, "transformation", association.transformation)


def _value(
    file: DiagramFile, node: m.FlowNode, what: str, expression: m.Expression
) -> Computed | None:
    """What an expression gives; in a stub run what cannot be evaluated is left out."""
    read = computed if _takes_texts(file) else evaluated
    text = text_of(node, what, expression)
    return read(file, text._replace(code=codes.DATA) if file.options.stub else text)


def held_name(file: DiagramFile, ref: str) -> str:
    """The variable that a data element stands for: its name, that of the store, or else its id.

    All references to a data object are one variable: that of the object, which takes its name
    from the first of them where it has none. The state in brackets is no part of a name.
    """
    element, _ = file.homes.get(ref, (None, None))
    if isinstance(element, m.DataObjectReference) and element.data_object_ref:
        ref = element.data_object_ref
        element, _ = file.homes.get(ref, (None, None))
    labels = (store_of(file, [ref]), getattr(element, "name", None), file.shown_as.get(ref))
    names = [_STATE.sub("", label) for label in labels if label]
    return next((name for name in names if name.isidentifier()), ref)


def moved(file: DiagramFile, activity: m.Activity, ref: str | None, *, out: bool) -> str:
    """The variable behind a loop's collection: what its association moves, or itself."""
    if not ref:
        return ""
    associations: Associations = (
        activity.data_output_associations if out else activity.data_input_associations
    )
    for found in associations:
        if out and ref in found.source_refs and found.target_ref:
            return held_name(file, found.target_ref)
        if not out and found.target_ref == ref and found.source_refs:
            return held_name(file, found.source_refs[0])
    return held_name(file, ref)


def store_of(file: DiagramFile, refs: Iterable[str]) -> str:
    """The name of the data store that one of some references is to; empty if none is."""
    for ref in refs:
        element, _ = file.homes.get(ref, (None, None))
        if isinstance(element, m.DataStoreReference):
            root = file.roots.get(element.data_store_ref or "")
            return getattr(root, "name", None) or element.name or ref
    return ""


def _store_jobs(
    file: DiagramFile, node: m.FlowNode, draft: NodeDraft, found: Associations, *, reads: bool
) -> list[str]:
    """The nodes of the jobs that read a data store, or write to it (10.4.1)."""
    names = []
    for number, association in enumerate(found, 1):
        ends = far_refs(association)
        held = next(iter((*own_refs(node, association), *ends)))
        transform = _transformed(file, node, association)
        if association.assignments:
            what = "a data store that is moved by assignments"
            file.refuse(codes.DATA, node, what, "move it whole, or by a transformation")
            continue
        access = StoreAccess(
            store_of(file, ends), held_name(file, held), reads=reads, transform=transform
        )
        work = Work(store=access, result=f"{'reads' if reads else 'writes'}{number}", local=reads)
        names.append(job(file, node, draft.container, work))
    return names
