"""Correlation (8.4)."""

from __future__ import annotations

from bpmn_xml.model.common import FormalExpression
from bpmn_xml.model.foundation import BaseElement, RootElement


class CorrelationProperty(RootElement, frozen=True, kw_only=True):
    """A named piece of data that messages carry, by which they are told apart (8.4)."""

    name: str | None = None
    type: str | None = None
    correlation_property_retrieval_expressions: tuple[
        CorrelationPropertyRetrievalExpression, ...
    ] = ()


class CorrelationPropertyRetrievalExpression(BaseElement, frozen=True, kw_only=True):
    """Where a correlation property is found in one kind of message (8.4)."""

    message_ref: str
    message_path: FormalExpression | None = None


class CorrelationKey(BaseElement, frozen=True, kw_only=True):
    """The correlation properties that together identify a conversation (8.4)."""

    name: str | None = None
    correlation_property_refs: tuple[str, ...] = ()


class CorrelationSubscription(BaseElement, frozen=True, kw_only=True):
    """How a process instance selects messages by the data it holds (8.4)."""

    correlation_key_ref: str
    correlation_property_bindings: tuple[CorrelationPropertyBinding, ...] = ()


class CorrelationPropertyBinding(BaseElement, frozen=True, kw_only=True):
    """The data of the process that a correlation property must equal (8.4)."""

    correlation_property_ref: str
    data_path: FormalExpression | None = None
