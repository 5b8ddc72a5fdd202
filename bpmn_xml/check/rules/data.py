"""Items, data and data associations (10.4)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from bpmn_xml import model as m
from bpmn_xml.check.rules.facts import ITEM_AWARE, Facts
from bpmn_xml.check.rules.rule import Verdict, rule

Collecting = m.DataObject | m.DataInput | m.DataOutput
SAME: Final = "write the same isCollection for both"
LIST: Final = "list it among the data of the set"


def _collects_otherwise(data: Collecting, facts: Facts) -> Verdict:
    item = facts.find(data.item_subject_ref, m.ItemDefinition)
    return item is not None and item.is_collection != data.is_collection


def specification_of_process(data: m.Element | None, facts: Facts) -> bool:
    """Tell whether data is declared by a process itself."""
    outer = facts.parent(data) if data is not None else None
    return isinstance(outer, m.InputOutputSpecification) and isinstance(
        facts.parent(outer), m.Process
    )


def sets_around(data: m.Element, facts: Facts) -> list[Any]:
    """Return the input or output sets that may list a piece of data."""
    outer = facts.parent(data)
    if isinstance(outer, m.InputOutputSpecification):
        return [*outer.input_sets] if isinstance(data, m.DataInput) else [*outer.output_sets]
    return [
        one
        for one in (getattr(outer, "input_set", None), getattr(outer, "output_set", None))
        if one
    ]


def _is_in_no_set(data: m.DataInput | m.DataOutput, facts: Facts) -> Verdict:
    sets = sets_around(data, facts)
    field = "data_input_refs" if isinstance(data, m.DataInput) else "data_output_refs"
    item = isinstance(facts.parent(data), m.MultiInstanceLoopCharacteristics)
    return not item and not any(data.id in getattr(one, field) for one in sets)


def _beside(apart: Sequence[str], listed: Sequence[str]) -> Verdict:
    """What a set sets apart and does not list."""
    others = [ref for ref in apart if ref not in listed]
    return bool(others) and f"'{others[0]}' is not one of the data of this set"


@rule(20, "8.4", remedy=SAME)
def _data_collects_otherwise(data: Collecting, facts: Facts) -> Verdict:
    """IsCollection of data must agree with its item definition."""
    return _collects_otherwise(data, facts)


@rule(76, "10.4", remedy="write the name of the object, then the state in brackets")
def _is_called_otherwise(reference: m.DataObjectReference, facts: Facts) -> Verdict:
    """A data object reference must be named after its object, with its state in brackets."""
    known = facts.find(reference.data_object_ref, m.DataObject)
    name = " ".join((reference.name or "").split())
    base = " ".join(((known.name if known else "") or "").split())
    if not base:
        return False
    state = reference.data_state.name if reference.data_state else None
    if state:
        return name != f"{base} [{state}]" and f"the name must be '{base} [{state}]'"
    noted = name.startswith(f"{base} [") and name.endswith("]")
    return name != base and not noted and f"the name must be '{base}'"


@rule(77, "10.4", remedy=SAME, same_as=20)
def _object_collects_otherwise(data: m.DataObject, facts: Facts) -> Verdict:
    """IsCollection of a data object must agree with its item definition."""
    return _collects_otherwise(data, facts)


@rule(79, "10.4", remedy="let what is inside use the data directly")
def _has_specification(one: m.SubProcess, _: Facts) -> Verdict:
    """A sub-process must not have an ioSpecification."""
    return one.io_specification is not None


@rule(80, "10.4", remedy="let it lead to the data input of an activity")
def _fills_input(association: m.DataAssociation, facts: Facts) -> Verdict:
    """The data input of a process must not be the target of a data association."""
    data = facts.find(association.target_ref, m.DataInput)
    return specification_of_process(data, facts)


@rule(81, "10.4", remedy=SAME, same_as=20)
def _input_collects_otherwise(data: m.DataInput, facts: Facts) -> Verdict:
    """IsCollection of a data input must agree with its item definition."""
    return _collects_otherwise(data, facts)


@rule(82, "10.4", remedy="let it come from the data output of an activity")
def _drains_output(association: m.DataAssociation, facts: Facts) -> Verdict:
    """The data output of a process must not be the source of a data association."""
    found = [facts.find(source, m.DataOutput) for source in association.source_refs]
    return any(specification_of_process(data, facts) for data in found)


@rule(83, "10.4", remedy=SAME, same_as=20)
def _output_collects_otherwise(data: m.DataOutput, facts: Facts) -> Verdict:
    """IsCollection of a data output must agree with its item definition."""
    return _collects_otherwise(data, facts)


@rule(84, "10.4", remedy="list it as dataInputRefs of an inputSet")
def _input_is_in_no_set(element: m.DataInput, facts: Facts) -> Verdict:
    """A data input must be in an input set."""
    return _is_in_no_set(element, facts)


@rule(85, "10.4", remedy=LIST)
def _optional_input_is_no_input(one: m.InputSet, _: Facts) -> Verdict:
    """An optional input must be one of the set's inputs."""
    return _beside(one.optional_input_refs, one.data_input_refs)


@rule(86, "10.4", remedy=LIST)
def _streamed_input_is_no_input(one: m.InputSet, _: Facts) -> Verdict:
    """A while-executing input must be one of the set's inputs."""
    return _beside(one.while_executing_input_refs, one.data_input_refs)


@rule(87, "10.4", remedy="add the reference on the other side")
def _is_not_answered(one: m.InputSet | m.OutputSet, facts: Facts) -> Verdict:
    """Input sets and output sets must refer to one another from both sides."""
    if isinstance(one, m.InputSet):
        found = [facts.find(ref, m.OutputSet) for ref in one.output_set_refs]
        return any(other is not None and one.id not in other.input_set_refs for other in found)
    others = [facts.find(ref, m.InputSet) for ref in one.input_set_refs]
    return any(other is not None and one.id not in other.output_set_refs for other in others)


@rule(88, "10.4", remedy="list it as dataOutputRefs of an outputSet")
def _output_is_in_no_set(element: m.DataOutput, facts: Facts) -> Verdict:
    """A data output must be in an output set."""
    return _is_in_no_set(element, facts)


@rule(89, "10.4", remedy=LIST)
def _optional_output_is_no_output(one: m.OutputSet, _: Facts) -> Verdict:
    """An optional output must be one of the set's outputs."""
    return _beside(one.optional_output_refs, one.data_output_refs)


@rule(90, "10.4", remedy=LIST)
def _streamed_output_is_no_output(one: m.OutputSet, _: Facts) -> Verdict:
    """A while-executing output must be one of the set's outputs."""
    return _beside(one.while_executing_output_refs, one.data_output_refs)


@rule(91, "10.4", remedy="give both the same item definition, or add a transformation")
def _changes_item(association: m.DataAssociation, facts: Facts) -> Verdict:
    """Source and target of a data association must have the same item, or a transformation."""
    if association.transformation is not None or len(association.source_refs) != 1:
        return False
    ends = [
        facts.by_id.get(end or "") for end in (*association.source_refs, association.target_ref)
    ]
    items = [facts.item(end) for end in ends]
    return all(isinstance(end, ITEM_AWARE) for end in ends) and items[0] != items[1]


@rule(92, "10.4", remedy="add a transformation, or draw several associations")
def _joins_sources(one: m.DataAssociation, _: Facts) -> Verdict:
    """A data association with several sources must have a transformation."""
    return len(one.source_refs) > 1 and one.transformation is None
