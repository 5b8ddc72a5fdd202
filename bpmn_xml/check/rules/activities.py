"""Activities and what they repeat, call and need (10.3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from msgspec.structs import replace

from bpmn_xml import model as m
from bpmn_xml import wording
from bpmn_xml.check.rules.facts import Facts
from bpmn_xml.check.rules.rule import Verdict, rule
from bpmn_xml.check.rules.tasks import inputs
from bpmn_xml.check.rules.texts import is_uri, may_be_boolean
from bpmn_xml.formats.xml.namespaces import MODEL
from bpmn_xml.model.vendors import BX

METHODS: Final = ("##Compensate", "##Image", "##Store")
XSD: Final = "{http://www.w3.org/2001/XMLSchema"
"""How references to the types of XML Schema begin."""

INTERACTIONS: Final = {"conversation", "subConversation", "callConversation", "conversationLink"}
POSITIVE: Final = "write 1 or more"
KEEP_ONE: Final = "keep one of them"


def repeats_twice(activity: m.Activity, facts: Facts) -> Verdict:
    """Tell whether an activity has more than one kind of repetition."""
    return (activity.id, "loop_characteristics") in facts.repeated


class Listed(NamedTuple):
    """What a set says of one of its data: the item, whether it is optional, whether it streams."""

    item: str
    optional: bool
    while_executing: bool


class Shape(NamedTuple):
    """What has to match between a call and what it calls: items, collections, sets."""

    inputs: list[tuple[str, bool]]
    outputs: list[tuple[str, bool]]
    input_sets: list[list[Listed]]
    output_sets: list[list[Listed]]


def shape(specification: m.InputOutputSpecification | None) -> Shape:
    """Return what an input/output specification asks for, whatever it is called."""
    if specification is None or not declared(specification):
        return Shape([], [], [], [])
    known = {one.id: one.item_subject_ref or "" for one in declared(specification)}
    return Shape(
        items(specification.data_inputs),
        items(specification.data_outputs),
        sorted(listed(one, known) for one in specification.input_sets),
        sorted(listed(one, known) for one in specification.output_sets),
    )


def declared(specification: m.InputOutputSpecification) -> list[m.DataInput | m.DataOutput]:
    """Return all data of an input/output specification."""
    return [*specification.data_inputs, *specification.data_outputs]


def listed(one: m.InputSet | m.OutputSet, known: Mapping[str, str]) -> list[Listed]:
    """Return what a set lists in a fixed order, given the item of each piece of data."""
    word = "input" if isinstance(one, m.InputSet) else "output"
    optional, streamed = (
        getattr(one, f"{part}_{word}_refs") for part in ("optional", "while_executing")
    )
    return sorted(
        Listed(known.get(ref, ""), ref in optional, ref in streamed) for ref in data_of(one)
    )


def data_of(one: m.InputSet | m.OutputSet) -> tuple[str, ...]:
    """Return the ids of the data that a set lists."""
    return one.data_input_refs if isinstance(one, m.InputSet) else one.data_output_refs


def items(data: Iterable[m.DataInput | m.DataOutput]) -> list[tuple[str, bool]]:
    """Return the items of data in a fixed order, and whether each is a collection."""
    return sorted((one.item_subject_ref or "", one.is_collection) for one in data)


def names(specification: m.InputOutputSpecification | None) -> set[str]:
    """Return the names of all data, "" for one without."""
    if specification is None:
        return set()
    return {one.name or "" for one in declared(specification)}


def is_no_member(
    item: m.DataInput | m.DataOutput | None, many: str | None, facts: Facts
) -> Verdict:
    """Tell whether an item is not of the type that the elements of a collection have, if any."""
    collection = facts.find(facts.item(facts.by_id.get(many or "")), m.ItemDefinition)
    if collection is None or item is None or facts.is_elsewhere(item.item_subject_ref):
        return False
    single = facts.find(item.item_subject_ref, m.ItemDefinition)
    if single is None:
        return True
    return single.is_collection or (
        collection.structure_ref is not None and collection.structure_ref != single.structure_ref
    )


def is_no_truth(expression: m.Expression | None, facts: Facts) -> Verdict:
    """Tell whether an expression cannot be true or false."""
    kind = getattr(expression, "evaluates_to_type_ref", None) or ""
    item = facts.find(kind, m.ItemDefinition)
    if facts.is_elsewhere(kind) and not kind.startswith(XSD):
        return False
    return not may_be_boolean(expression, item.structure_ref if item else kind)


@rule(37, "10.3", remedy=POSITIVE)
def _takes_no_token(one: m.Activity, _: Facts) -> Verdict:
    """StartQuantity must be at least 1."""
    return one.start_quantity < 1


@rule(38, "10.3", remedy=POSITIVE)
def _gives_no_token(one: m.Activity, _: Facts) -> Verdict:
    """CompletionQuantity must be at least 1."""
    return one.completion_quantity < 1


@rule(39, "10.3", remedy=KEEP_ONE)
def _is_named_and_computed(one: m.ResourceRole, _: Facts) -> Verdict:
    """A resource role must not have both a resourceRef and an assignment expression."""
    return bool(one.resource_ref) and one.resource_assignment_expression is not None


@rule(40, "10.3", remedy="name the resource, or remove the bindings")
def _binds_no_resource(one: m.ResourceRole, _: Facts) -> Verdict:
    """A resource role with parameter bindings must have a resourceRef."""
    return bool(one.resource_parameter_bindings) and not one.resource_ref


@rule(41, "10.3", remedy=KEEP_ONE)
def _task_repeats_twice(one: m.Activity, facts: Facts) -> Verdict:
    """A task must not be both a loop and multi-instance."""
    return not isinstance(one, m.SubProcess) and repeats_twice(one, facts)


@rule(54, "10.3", remedy=KEEP_ONE)
def _sub_process_repeats_twice(one: m.SubProcess, facts: Facts) -> Verdict:
    """A sub-process must not be both a loop and multi-instance."""
    return repeats_twice(one, facts)


_sub_process_has_two_loops = replace(_sub_process_repeats_twice, number=55, same_as=54)


@rule(60, "10.3", remedy="write ##Compensate, or remove the attribute")
def _has_no_method(one: m.Transaction, _: Facts) -> Verdict:
    """The method of a transaction must be a URI or one of ##Compensate, ##Image, ##Store."""
    return one.method not in METHODS and not is_uri(one.method)


@rule(61, "10.3", remedy="draw what may be done in it")
def _holds_no_activity(one: m.AdHocSubProcess, facts: Facts) -> Verdict:
    """An ad-hoc sub-process must hold an activity."""
    return not facts.nodes(one, m.Activity)


@rule(62, "10.3", remedy="remove it, or draw a plain sub-process")
def _holds_foreign_parts(process: m.AdHocSubProcess, _: Facts) -> Verdict:
    """An ad-hoc sub-process must not hold start or end events or parts of choreographies."""
    wrong = (m.StartEvent, m.EndEvent, m.ChoreographyActivity)
    found = [one for one in process.flow_elements if isinstance(one, wrong)]
    if found:
        return f"an ad-hoc sub-process must not hold '{found[0].id}'"
    return any(
        one.name in INTERACTIONS and one.namespace == MODEL for one in process.foreign_elements
    )


@rule(63, "10.3", remedy="declare the same data inputs, outputs and sets for both")
def _calls_otherwise(call: m.CallActivity, facts: Facts) -> Verdict:
    """The data of a call activity must be those of what it calls."""
    called = facts.find(call.called_element, m.CallableElement)
    if called is None:
        return False
    mine, theirs = call.io_specification, called.io_specification
    other = sorted((names(mine) ^ names(theirs)) - {""})
    told = f", unlike {wording.listed(map(repr, other))}" if other else ""
    named = "" not in names(mine) | names(theirs)
    if shape(mine) != shape(theirs) or (named and names(mine) != names(theirs)):
        return f"its data must be those of {called.id!r}, which it calls{told}"
    return False


@rule(64, "8.5", remedy="add an ioBinding for an operation of the interface")
def _lacks_binding(one: m.CallableElement, _: Facts) -> Verdict:
    """A callable element that supports an interface must have an ioBinding."""
    return bool(one.supported_interface_refs) and not one.io_bindings


@rule(65, "8.5", remedy="name an operation of a supported interface, and data of this element")
def binding_fits_not(binding: m.InputOutputBinding, facts: Facts) -> Verdict:
    """An ioBinding must tie an input and an output to an operation that fits."""
    owner = facts.parent(binding)
    if not isinstance(owner, m.CallableElement) or facts.is_elsewhere(binding.operation_ref):
        return False
    known = facts.find(binding.operation_ref, m.Operation)
    interface = facts.parent(known) if known else None
    if known is None or getattr(interface, "id", "") not in owner.supported_interface_refs:
        return "the operation is not one of the interfaces that the element supports"
    for word, reference, kinds, wanted in (
        ("input", binding.input_data_ref, (m.DataInput, m.InputSet), known.in_message_ref),
        ("output", binding.output_data_ref, (m.DataOutput, m.OutputSet), known.out_message_ref),
    ):
        bound = facts.by_id.get(reference)
        if not isinstance(bound, kinds) or facts.parent(bound) is not owner.io_specification:
            return f"the {word} is not one of the element's own"
        message = facts.find(wanted, m.Message)
        data = data_of(bound) if isinstance(bound, m.InputSet | m.OutputSet) else (reference,)
        found = {facts.item(facts.by_id.get(one)) for one in data}
        if message and message.item_ref and found and not found & {message.item_ref, None}:
            return f"the {word} has another item than the message of the operation"
    return False


@rule(
    67,
    "10.3",
    remedy="add a loopCardinality or a loopDataInputRef",
    extended=True,
    law="multi-instance in an executable process must have a loopCardinality or a loopDataInputRef",
)
def _counts_nothing(loop: m.MultiInstanceLoopCharacteristics, facts: Facts) -> Verdict:
    """Multi-instance in an executable process must say how often."""
    counted = (
        loop.loop_cardinality is not None
        or loop.loop_data_input_ref
        or loop.extension_attribute(BX, "collection")
    )
    return not counted and facts.executable(loop)


@rule(68, "10.3", remedy="declare the data input, or name one that there is")
def _takes_no_input(loop: m.MultiInstanceLoopCharacteristics, facts: Facts) -> Verdict:
    """The loopDataInputRef of a task must name one of its data inputs."""
    task = facts.parent(loop)
    return (
        isinstance(task, m.Task)
        and loop.loop_data_input_ref is not None
        and loop.loop_data_input_ref not in {one.id for one in inputs(task)}
    )


@rule(69, "10.3", remedy="give it the item definition of one element")
def _gives_no_member(one: m.MultiInstanceLoopCharacteristics, facts: Facts) -> Verdict:
    """The output item must be of the type that the elements of the output collection have."""
    return is_no_member(one.output_data_item, one.loop_data_output_ref, facts)


@rule(70, "10.3", remedy="give it the item definition of one element")
def _takes_no_member(one: m.MultiInstanceLoopCharacteristics, facts: Facts) -> Verdict:
    """The input item must be of the type that the elements of the input collection have."""
    return is_no_member(one.input_data_item, one.loop_data_input_ref, facts)


@rule(71, "10.3", remedy="write a condition")
def _completes_by_no_truth(one: m.MultiInstanceLoopCharacteristics, facts: Facts) -> Verdict:
    """The completion condition of a multi-instance must be true or false."""
    return is_no_truth(one.completion_condition, facts)


@rule(72, "10.3", remedy="write a condition")
def _asks_no_truth(one: m.ComplexBehaviorDefinition, facts: Facts) -> Verdict:
    """The condition of a complex behaviour must be a formal expression, true or false."""
    return not isinstance(one.condition, m.FormalExpression) or is_no_truth(one.condition, facts)
