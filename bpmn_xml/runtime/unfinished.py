"""Calls that do not return when an engine stops."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from bpmn_xml.runtime.execution.calls.call import TaskCall


class UnfinishedCall(msgspec.Struct, frozen=True):
    """A call that had not returned when the engine stopped."""

    instance: str
    node: str
    scope: str


def unfinished(call: TaskCall) -> UnfinishedCall:
    """What may be known of a call."""
    return UnfinishedCall(call.instance.state.instance, call.task.node.id, call.scope)
