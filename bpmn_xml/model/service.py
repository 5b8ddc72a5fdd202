"""Services (8.5), and what can be called that offers them (10.3.6)."""

from __future__ import annotations

from collections.abc import Mapping

from bpmn_xml.model.data import InputOutputBinding, InputOutputSpecification
from bpmn_xml.model.foundation import BaseElement, Element, RootElement


class CallableElement(RootElement, frozen=True, kw_only=True):
    """What a call activity can call (10.3.6)."""

    name: str | None = None
    supported_interface_refs: tuple[str, ...] = ()
    io_specification: InputOutputSpecification | None = None
    io_bindings: tuple[InputOutputBinding, ...] = ()


class Interface(RootElement, frozen=True, kw_only=True):
    """A set of operations that a service offers (8.5)."""

    name: str
    implementation_ref: str | None = None
    operations: tuple[Operation, ...] = ()


class Operation(BaseElement, frozen=True, kw_only=True):
    """One operation: the message in, the message out, the errors (8.5)."""

    name: str
    implementation_ref: str | None = None
    in_message_ref: str | None = None
    out_message_ref: str | None = None
    error_refs: tuple[str, ...] = ()


class EndPoint(RootElement, frozen=True, kw_only=True):
    """The address of a service (8.5)."""


def message_named(element: Element | None, operations: Mapping[str, Element]) -> str | None:
    """The message that a task or an event definition names, or its operation takes in (8.5).

    >>> from bpmn_xml.model import SendTask
    >>> pay = Operation(id="o", name="pay", in_message_ref="m")
    >>> message_named(SendTask(id="s", operation_ref="o"), {"o": pay})
    'm'
    """
    operation = operations.get(getattr(element, "operation_ref", None) or "")
    taken = operation.in_message_ref if isinstance(operation, Operation) else None
    return getattr(element, "message_ref", None) or taken
