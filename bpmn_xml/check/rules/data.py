"""Items, data and data associations (10.4)."""

from __future__ import annotations

from typing import Any, Final

from bpmn_xml import model as m
from bpmn_xml.check.rules.facts import ITEM_AWARE, Facts
from bpmn_xml.check.rules.rule import Rule, Verdict

COLLECTING: Final = (m.DataObject, m.DataInput, m.DataOutput)


def _collects_otherwise(data: Any, facts: Facts) -> Verdict:
    item = facts.find(data.item_subject_ref, m.ItemDefinition)
    return item is not None and item.is_collection != data.is_collection


def _is_called_otherwise(reference: m.DataObjectReference, facts: Facts) -> Verdict:
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


def specification_of_process(data: m.Element | None, facts: Facts) -> bool:
    """Tell whether data is declared by a process itself."""
    outer = facts.parent(data) if data is not None else None
    return isinstance(outer, m.InputOutputSpecification) and isinstance(
        facts.parent(outer), m.Process
    )


def _fills_input(association: m.DataAssociation, facts: Facts) -> Verdict:
    data = facts.find(association.target_ref, m.DataInput)
    return specification_of_process(data, facts)


def _drains_output(association: m.DataAssociation, facts: Facts) -> Verdict:
    found = [facts.find(source, m.DataOutput) for source in association.source_refs]
    return any(specification_of_process(data, facts) for data in found)


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


def are_others(part: str, whole: str) -> Any:
    """Make the judge of sets that list data apart which they do not list."""

    def broken(one: Any, _: Facts) -> Verdict:
        others = [ref for ref in getattr(one, part) if ref not in getattr(one, whole)]
        return bool(others) and f"'{others[0]}' is not one of the data of this set"

    return broken


def _is_not_answered(one: m.InputSet | m.OutputSet, facts: Facts) -> Verdict:
    if isinstance(one, m.InputSet):
        found = [facts.find(ref, m.OutputSet) for ref in one.output_set_refs]
        return any(other is not None and one.id not in other.input_set_refs for other in found)
    others = [facts.find(ref, m.InputSet) for ref in one.input_set_refs]
    return any(other is not None and one.id not in other.output_set_refs for other in others)


def _changes_item(association: m.DataAssociation, facts: Facts) -> Verdict:
    if association.transformation is not None or len(association.source_refs) != 1:
        return False
    ends = [
        facts.by_id.get(end or "") for end in (*association.source_refs, association.target_ref)
    ]
    items = [facts.item(end) for end in ends]
    return all(isinstance(end, ITEM_AWARE) for end in ends) and items[0] != items[1]


def like_item(number: int, kind: type[m.Element] | tuple[type[m.Element], ...], word: str) -> Rule:
    """Make the rule that data is a collection where its item is one."""
    return Rule(
        number,
        "10.4" if number != 20 else "8.4",
        kind,
        f"isCollection of {word} must agree with its item definition",
        _collects_otherwise,
        remedy="write the same isCollection for both",
        same_as=0 if number == 20 else 20,
    )


def subset(number: int, kind: type[m.Element], part: str, whole: str, law: str) -> Rule:
    """Make the rule that a set only sets apart what it lists."""
    return Rule(
        number,
        "10.4",
        kind,
        law,
        are_others(part, whole),
        remedy="list it among the data of the set",
    )


DATA: Final = (
    like_item(20, COLLECTING, "data"),
    Rule(
        76,
        "10.4",
        m.DataObjectReference,
        "a data object reference must be named after its object, with its state in brackets",
        _is_called_otherwise,
        remedy="write the name of the object, then the state in brackets",
    ),
    like_item(77, m.DataObject, "a data object"),
    Rule(
        79,
        "10.4",
        m.SubProcess,
        "a sub-process must not have an ioSpecification",
        lambda one, _: one.io_specification is not None,
        remedy="let what is inside use the data directly",
    ),
    Rule(
        80,
        "10.4",
        m.DataAssociation,
        "the data input of a process must not be the target of a data association",
        _fills_input,
        remedy="let it lead to the data input of an activity",
    ),
    like_item(81, m.DataInput, "a data input"),
    Rule(
        82,
        "10.4",
        m.DataAssociation,
        "the data output of a process must not be the source of a data association",
        _drains_output,
        remedy="let it come from the data output of an activity",
    ),
    like_item(83, m.DataOutput, "a data output"),
    Rule(
        84,
        "10.4",
        m.DataInput,
        "a data input must be in an input set",
        _is_in_no_set,
        remedy="list it as dataInputRefs of an inputSet",
    ),
    subset(
        85,
        m.InputSet,
        "optional_input_refs",
        "data_input_refs",
        "an optional input must be one of the set's inputs",
    ),
    subset(
        86,
        m.InputSet,
        "while_executing_input_refs",
        "data_input_refs",
        "a while-executing input must be one of the set's inputs",
    ),
    Rule(
        87,
        "10.4",
        (m.InputSet, m.OutputSet),
        "input sets and output sets must refer to one another from both sides",
        _is_not_answered,
        remedy="add the reference on the other side",
    ),
    Rule(
        88,
        "10.4",
        m.DataOutput,
        "a data output must be in an output set",
        _is_in_no_set,
        remedy="list it as dataOutputRefs of an outputSet",
    ),
    subset(
        89,
        m.OutputSet,
        "optional_output_refs",
        "data_output_refs",
        "an optional output must be one of the set's outputs",
    ),
    subset(
        90,
        m.OutputSet,
        "while_executing_output_refs",
        "data_output_refs",
        "a while-executing output must be one of the set's outputs",
    ),
    Rule(
        91,
        "10.4",
        m.DataAssociation,
        "source and target of a data association must have the same item, or a transformation",
        _changes_item,
        remedy="give both the same item definition, or add a transformation",
    ),
    Rule(
        92,
        "10.4",
        m.DataAssociation,
        "a data association with several sources must have a transformation",
        lambda one, _: len(one.source_refs) > 1 and one.transformation is None,
        remedy="add a transformation, or draw several associations",
    ),
)
