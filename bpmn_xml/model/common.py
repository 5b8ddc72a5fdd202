"""Common elements (8.4)."""

from __future__ import annotations

from typing import Literal

from bpmn_xml.model.foundation import BaseElement, BaseElementWithMixedContent, Element, RootElement

AssociationDirection = Literal["None", "One", "Both"]
ItemKind = Literal["Information", "Physical"]


class Expression(BaseElementWithMixedContent, frozen=True, kw_only=True):
    """A text in natural language or an expression of undeclared language (8.4)."""


class FormalExpression(Expression, frozen=True, kw_only=True):
    """An expression that names its language and can be evaluated (8.4)."""

    language: str | None = None
    evaluates_to_type_ref: str | None = None


class FlowElement(BaseElement, frozen=True, kw_only=True):
    """What can appear in a process: nodes, sequence flows and data (8.4)."""

    name: str | None = None
    auditing: Auditing | None = None
    monitoring: Monitoring | None = None
    category_value_refs: tuple[str, ...] = ()


class FlowNode(FlowElement, frozen=True, kw_only=True):
    """What sequence flows connect (8.4)."""

    incoming: tuple[str, ...] = ()
    outgoing: tuple[str, ...] = ()


class SequenceFlow(FlowElement, frozen=True, kw_only=True):
    """The order of two flow nodes, with a condition where there is a choice (8.4)."""

    source_ref: str
    target_ref: str
    is_immediate: bool | None = None
    condition_expression: Expression | None = None


class Auditing(BaseElement, frozen=True, kw_only=True):
    """Auditing properties, defined by a tool (8.4)."""


class Monitoring(BaseElement, frozen=True, kw_only=True):
    """Monitoring properties, defined by a tool (8.4)."""


class Artifact(BaseElement, frozen=True, kw_only=True):
    """What tells more about a process without changing its flow (8.4)."""


class Association(Artifact, frozen=True, kw_only=True):
    """A line between an artifact and what it tells about, or to a compensation handler (8.4)."""

    source_ref: str
    target_ref: str
    association_direction: AssociationDirection = "None"


class Group(Artifact, frozen=True, kw_only=True):
    """A box around elements of one category; it has no effect (8.4)."""

    category_value_ref: str | None = None


class TextAnnotation(Artifact, frozen=True, kw_only=True):
    """A note for the reader (8.4)."""

    text_format: str = "text/plain"
    text: Text | None = None


class Text(Element, frozen=True, kw_only=True):
    """The text of a note (8.4)."""

    text: str = ""


class Category(RootElement, frozen=True, kw_only=True):
    """A user-defined kind, with its values (8.4)."""

    name: str | None = None
    category_values: tuple[CategoryValue, ...] = ()


class CategoryValue(BaseElement, frozen=True, kw_only=True):
    """One value of a category; groups show it (8.4)."""

    value: str | None = None


class ItemDefinition(RootElement, frozen=True, kw_only=True):
    """The structure of data or of a physical item (8.4)."""

    structure_ref: str | None = None
    is_collection: bool = False
    item_kind: ItemKind = "Information"


class Message(RootElement, frozen=True, kw_only=True):
    """The content of a communication between two participants (8.4)."""

    name: str | None = None
    item_ref: str | None = None


class Error(RootElement, frozen=True, kw_only=True):
    """An error that events throw and catch by its code (8.4)."""

    name: str | None = None
    error_code: str | None = None
    structure_ref: str | None = None


class Escalation(RootElement, frozen=True, kw_only=True):
    """An escalation that events throw and catch by its code (8.4)."""

    name: str | None = None
    escalation_code: str | None = None
    structure_ref: str | None = None


class Resource(RootElement, frozen=True, kw_only=True):
    """Who or what can be made responsible (8.4)."""

    name: str
    resource_parameters: tuple[ResourceParameter, ...] = ()


class ResourceParameter(BaseElement, frozen=True, kw_only=True):
    """A parameter by which a resource is chosen (8.4)."""

    name: str | None = None
    type: str | None = None
    is_required: bool | None = None
