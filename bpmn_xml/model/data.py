"""Items and data (10.4)."""

from __future__ import annotations

from bpmn_xml.model.common import Expression, FlowElement, FormalExpression
from bpmn_xml.model.foundation import BaseElement, RootElement


class DataState(BaseElement, frozen=True, kw_only=True):
    """The state of a piece of data, a name defined by the author (10.4)."""

    name: str | None = None


class DataObject(FlowElement, frozen=True, kw_only=True):
    """Data that lives as long as its process or sub-process (10.4)."""

    item_subject_ref: str | None = None
    is_collection: bool = False
    data_state: DataState | None = None


class DataObjectReference(FlowElement, frozen=True, kw_only=True):
    """A place where a data object is shown, in one of its states (10.4)."""

    item_subject_ref: str | None = None
    data_object_ref: str | None = None
    data_state: DataState | None = None


class DataStore(RootElement, frozen=True, kw_only=True):
    """Data that outlives the process (10.4)."""

    name: str | None = None
    capacity: int | None = None
    is_unlimited: bool = True
    item_subject_ref: str | None = None
    data_state: DataState | None = None


class DataStoreReference(FlowElement, frozen=True, kw_only=True):
    """A place where a data store is shown (10.4)."""

    item_subject_ref: str | None = None
    data_store_ref: str | None = None
    data_state: DataState | None = None


class Property(BaseElement, frozen=True, kw_only=True):
    """Data of a process, activity or event that is never drawn (10.4)."""

    name: str | None = None
    item_subject_ref: str | None = None
    data_state: DataState | None = None


class DataInput(BaseElement, frozen=True, kw_only=True):
    """A declaration that some data is needed (10.4)."""

    name: str | None = None
    item_subject_ref: str | None = None
    is_collection: bool = False
    data_state: DataState | None = None


class DataOutput(BaseElement, frozen=True, kw_only=True):
    """A declaration that some data is produced (10.4)."""

    name: str | None = None
    item_subject_ref: str | None = None
    is_collection: bool = False
    data_state: DataState | None = None


class InputSet(BaseElement, frozen=True, kw_only=True):
    """Data inputs that are needed together (10.4)."""

    name: str | None = None
    data_input_refs: tuple[str, ...] = ()
    optional_input_refs: tuple[str, ...] = ()
    while_executing_input_refs: tuple[str, ...] = ()
    output_set_refs: tuple[str, ...] = ()


class OutputSet(BaseElement, frozen=True, kw_only=True):
    """Data outputs that are produced together (10.4)."""

    name: str | None = None
    data_output_refs: tuple[str, ...] = ()
    optional_output_refs: tuple[str, ...] = ()
    while_executing_output_refs: tuple[str, ...] = ()
    input_set_refs: tuple[str, ...] = ()


class InputOutputSpecification(BaseElement, frozen=True, kw_only=True):
    """Which data a task or process needs and produces (10.4)."""

    data_inputs: tuple[DataInput, ...] = ()
    data_outputs: tuple[DataOutput, ...] = ()
    input_sets: tuple[InputSet, ...] = ()
    output_sets: tuple[OutputSet, ...] = ()


class InputOutputBinding(BaseElement, frozen=True, kw_only=True):
    """Which data of a callable element goes to which operation (10.4)."""

    operation_ref: str
    input_data_ref: str
    output_data_ref: str


class DataAssociation(BaseElement, frozen=True, kw_only=True):
    """How data moves between an activity or event and its surroundings (10.4)."""

    source_refs: tuple[str, ...] = ()
    target_ref: str | None = None
    transformation: FormalExpression | None = None
    assignments: tuple[Assignment, ...] = ()


class DataInputAssociation(DataAssociation, frozen=True, kw_only=True):
    """Data moves into an activity or throw event (10.4)."""


class DataOutputAssociation(DataAssociation, frozen=True, kw_only=True):
    """Data moves out of an activity or catch event (10.4)."""


class Assignment(BaseElement, frozen=True, kw_only=True):
    """One expression whose value is put in one place (10.4)."""

    from_: Expression | None = None
    to: Expression | None = None
