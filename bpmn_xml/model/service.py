"""Services (8.5)."""

from __future__ import annotations

from bpmn_xml.model.foundation import BaseElement, RootElement


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
