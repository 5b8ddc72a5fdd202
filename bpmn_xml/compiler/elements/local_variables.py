"""Where Camunda 7 keeps local variables: with activities that are scopes, else around them.

An activity is a scope there that has data of its own, events at its border, or an inside. All
others share the scope around them, but a token in one of several branches has an execution of its
own; that is refused, as nothing here is kept with a token.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from bpmn_xml import model as m
from bpmn_xml.compiler import codes
from bpmn_xml.compiler.drafts import NodeDraft
from bpmn_xml.compiler.elements.execution_facts import LOCAL
from bpmn_xml.compiler.elements.python_values import frame_of
from bpmn_xml.compiler.file import DiagramFile, Level
from bpmn_xml.compiler.program import Kind
from bpmn_xml.compiler.program.scoping import EXECUTION
from bpmn_xml.compiler.wiring import Wiring, is_event_sub_process

SCOPES: Final = frozenset(
    {
        Kind.CATCH_EVENT,
        Kind.RECEIVE_TASK,
        Kind.SUB_PROCESS,
        Kind.EVENT_SUB_PROCESS,
        Kind.CALL_ACTIVITY,
        Kind.TRANSACTION,
        Kind.AD_HOC,
    }
)
"""Kinds that have local variables, whatever stands at them."""

REMEDY: Final = "give the activity an input parameter, or write by setVariable"


def keep_apart(file: DiagramFile, level: Level, wiring: Wiring) -> None:
    """See to it that what is local to an activity stays there; refuse what cannot be kept."""
    branches = _has_branches(level, wiring)
    for draft in [one for one in file.drafts.nodes if one.container == level.id]:
        call = _local_call(draft)
        if call is None:
            continue
        of, about = wiring.nodes.get(draft.about or draft.id), draft.about or draft.id
        own, borders = file.drafted.get(about), wiring.attached.get(about, ())
        cut = any(draft.id.endswith(f"/{border}") for border in borders)
        if of is not None and own is not None and not cut and is_scope(own, borders):
            frame_of(file, of, own)
        elif cut or (branches and draft.about != level.id):
            what = f"{call}() of what is cut off" if cut else f"{call}() in one of several branches"
            file.refuse(codes.EXTENSION, of or level, what, REMEDY, place=draft.place)


def _local_call(draft: NodeDraft) -> str | None:
    """The method that an expression calls and that is about an execution's own variables."""
    beans = draft.work.beans if draft.work is not None else None
    calls = beans.calls if beans is not None and beans.apart else ()
    return next((call for call in calls if _is_local(call)), None)


def _is_local(call: str) -> bool:
    context, _, method = call.rpartition(".")
    return context == EXECUTION and method in LOCAL


def is_scope(draft: NodeDraft, borders: Collection[object]) -> bool:
    """Whether an element has local variables of its own, with these events at its border."""
    frame = draft.frame
    moved = frame is not None and bool(frame.local or frame.inputs or frame.outputs)
    return moved or draft.loop is not None or bool(borders) or draft.kind in SCOPES


def _has_branches(level: Level, wiring: Wiring) -> bool:
    """Whether several tokens may be in a level at once."""
    choosing = (m.ExclusiveGateway, m.EventBasedGateway)
    split = any(
        len(leaving) > 1 and not isinstance(wiring.nodes[name], choosing)
        for name, leaving in wiring.leaving.items()
    )
    return isinstance(level, m.AdHocSubProcess) or split or any(map(_adds, wiring.nodes.values()))


def _adds(node: m.FlowNode) -> bool:
    """Whether an event puts a token beside those that are there."""
    if isinstance(node, m.BoundaryEvent):
        return not node.cancel_activity
    if not (isinstance(node, m.SubProcess) and is_event_sub_process(node)):
        return False
    return any(
        isinstance(one, m.StartEvent) and not one.is_interrupting for one in node.flow_elements
    )
