"""Callable elements (10.3.6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpmn_xml.model.foundation import RootElement

if TYPE_CHECKING:
    from bpmn_xml.model.data import InputOutputBinding, InputOutputSpecification


class CallableElement(RootElement, frozen=True, kw_only=True):
    """What a call activity can call (10.3.6)."""

    name: str | None = None
    supported_interface_refs: tuple[str, ...] = ()
    io_specification: InputOutputSpecification | None = None
    io_bindings: tuple[InputOutputBinding, ...] = ()
