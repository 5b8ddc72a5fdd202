"""Where an instance ended, and what ended it if it did not complete."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from bpmn_xml.compiler.program import NONE, Program
from bpmn_xml.core import records as r
from bpmn_xml.core.state import State

COMPLETED: Final = "completed"
FAILED: Final = "failed"
CANCELLED: Final = "cancelled"


class UntimelyEnd(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What has ended an instance.

    Attributes:
        instance, outcome: which, and how: failed, terminated or cancelled.
        node, name: the terminate end event, or the element that threw the error.
        code, message: of the error; the message of a cancellation is its reason.
    """

    instance: str
    outcome: str
    node: str = ""
    name: str = ""
    code: str = ""
    message: str = ""


def end_reached(state: State) -> int:
    """The end event at which an instance ended, the last one, or `NONE`.

    What was cancelled, or failed elsewhere, ended at none, though it had come to some before.
    """
    if state.outcome in ("", CANCELLED) or not state.ends:
        return NONE
    failed_at = state.error.node if state.error and state.outcome == FAILED else NONE
    return state.ends[-1] if failed_at in (NONE, state.ends[-1]) else NONE


def ends_reached(state: State) -> tuple[int, ...]:
    """The end events to which an instance that ended at one has come, each once, the last last."""
    return state.ends if end_reached(state) != NONE else ()


def ending_of(program: Program, instance: str, records: Sequence[r.Record]) -> UntimelyEnd | None:
    """What has ended an instance, of the records of its last batch; None if it completed."""
    last = records[-1] if records else None
    if not isinstance(last, r.InstanceEnded) or last.outcome == COMPLETED:
        return None
    node = None if last.node == NONE else program.nodes[last.node]
    return UntimelyEnd(
        instance=instance,
        outcome=last.outcome,
        node=node.id if node else "",
        name=node.name if node else "",
        code=last.code,
        message=last.message,
    )
