"""Which icon lies on an element, and which markers stand at its foot: tables over types."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import msgspec

from bpmn_xml import model
from bpmn_xml.model.vendors import called_by
from bpmn_xml.render.composing.icons.parts import Icon, place
from bpmn_xml.render.composing.icons.table import ICONS
from bpmn_xml.render.composing.outlines import circle
from bpmn_xml.render.composing.subject import Subject
from bpmn_xml.render.geometry import Box

DEFINITIONS: Final[Mapping[type, str]] = {
    model.CancelEventDefinition: "cancel",
    model.CompensateEventDefinition: "compensate",
    model.ConditionalEventDefinition: "conditional",
    model.ErrorEventDefinition: "error",
    model.EscalationEventDefinition: "escalation",
    model.LinkEventDefinition: "link",
    model.MessageEventDefinition: "message",
    model.SignalEventDefinition: "signal",
    model.TerminateEventDefinition: "terminate",
    model.TimerEventDefinition: "timer",
}
"""Icons of event definitions (10.5)."""

TASKS: Final[Mapping[type, str]] = {
    model.BusinessRuleTask: "business-rule",
    model.GlobalBusinessRuleTask: "business-rule",
    model.GlobalManualTask: "manual",
    model.GlobalScriptTask: "script",
    model.GlobalUserTask: "user",
    model.ManualTask: "manual",
    model.ReceiveTask: "receive",
    model.ScriptTask: "script",
    model.SendTask: "send",
    model.ServiceTask: "service",
    model.UserTask: "user",
}
"""Icons of task types (10.3)."""

TASK_ICON, MARKER, SMALLEST = 9.0, 6.5, 4.0
"""Half sides of task icons and of markers, and the least they shrink to, in px."""

LOW = 36.0
"""Below this height there is no room for a name and a marker under it, in px."""

SILL = 5.0
"""How far above the lower border markers stand, in px."""


def trigger(subject: Subject) -> str:
    """Name what an event waits for or throws; empty for a none event.

    Several definitions are "multiple", or "parallel-multiple" when all are awaited (10.5).
    """
    event = subject.element
    missing = getattr(event, "event_definition_refs", ())
    found = [*getattr(event, "event_definitions", ()), *missing]
    if len(found) > 1:
        return "parallel-multiple" if getattr(event, "parallel_multiple", False) else "multiple"
    return DEFINITIONS.get(type(found[0]), "") if found else ""


def event_icon(subject: Subject) -> Icon:
    """Draw what an event waits for (outlined) or throws (filled)."""
    name = trigger(subject)
    if not name:
        return ()
    direction = "throw" if subject.throws else "catch"
    radius = min(subject.box.width, subject.box.height) / 2
    return place(ICONS[f"event/{name}/{direction}"], subject.box.centre, radius * 0.92)


_GATEWAYS: Final[Mapping[type, str]] = {
    model.ComplexGateway: "complex",
    model.EventBasedGateway: "event-based",
    model.ExclusiveGateway: "exclusive",
    model.InclusiveGateway: "inclusive",
    model.ParallelGateway: "parallel",
}


def gateway_icon(subject: Subject) -> Icon:
    """Draw the sign of a gateway; an exclusive one has it only where the file says so (10.6)."""
    gateway = subject.element
    name = _GATEWAYS.get(type(gateway), "")
    if name == "exclusive" and not subject.shape.is_marker_visible:
        return ()
    if isinstance(gateway, model.EventBasedGateway) and gateway.instantiate:
        name += f"/{gateway.event_gateway_type.lower()}-start"
    half = min(subject.box.width, subject.box.height) / 2
    return place(ICONS[f"gateway/{name}"], subject.box.centre, half) if name else ()


def task_icon_place(subject: Subject) -> Box | None:
    """Find the corner where the icon of an activity lies; nothing if it has none."""
    if not _task_sign(subject):
        return None
    box = subject.box
    half = max(SMALLEST, min(TASK_ICON, box.width / 8, box.height / 6))
    return Box(box.x + half * 0.6, box.y + half * 0.6, 2 * half, 2 * half)


def _task_sign(subject: Subject) -> str:
    """Name the icon of a task, or of the global task that is called; empty when there is none."""
    activity, nodes = subject.element, subject.nodes
    if isinstance(activity, model.CallActivity):
        activity = nodes.elements.get(called_by(activity), activity)
    if isinstance(activity, model.ReceiveTask) and activity.instantiate:
        return "task/receive/start"
    sign = TASKS.get(type(activity))
    return f"task/{sign}" if sign else ""


def task_icon(subject: Subject) -> Icon:
    """Draw the type of a task in its upper left corner."""
    corner = task_icon_place(subject)
    return place(ICONS[_task_sign(subject)], corner.centre, corner.width / 2) if corner else ()


def called_task(subject: Subject) -> bool:
    """Tell whether a call activity calls a global task, which has nothing to unfold."""
    call = subject.element
    called = called_by(call) if isinstance(call, model.CallActivity) else ""
    return isinstance(subject.nodes.elements.get(called), model.GlobalTask)


def _several(subject: Subject) -> str:
    loop = getattr(subject.element, "loop_characteristics", None)
    if isinstance(loop, model.MultiInstanceLoopCharacteristics):
        return "sequential" if loop.is_sequential else "parallel"
    return "loop" if loop is not None else _choreographed(subject)


_LOOPS: Final[Mapping[str, str]] = {
    "Standard": "loop",
    "MultiInstanceSequential": "sequential",
    "MultiInstanceParallel": "parallel",
}


def _choreographed(subject: Subject) -> str:
    return _LOOPS.get(getattr(subject.element, "loop_type", ""), "")


_FOLDABLE: Final = (
    model.SubProcess,
    model.CallActivity,
    model.SubChoreography,
    model.CallChoreography,
    model.SubConversation,
)
_HAS_MARKER: Final[Mapping[str, Callable[[Subject], bool]]] = {
    "sub-process": lambda s: (
        isinstance(s.element, _FOLDABLE) and not s.expanded and not called_task(s)
    ),
    "ad-hoc": lambda s: isinstance(s.element, model.AdHocSubProcess),
}


def _markers(subject: Subject) -> list[str]:
    """Name the markers of an activity, from the left to the right (10.3)."""
    undoes = bool(getattr(subject.element, "is_for_compensation", False))
    first = ["compensation" if undoes else "", _several(subject)]
    more = [name for name, holds in _HAS_MARKER.items() if holds(subject)]
    return [*filter(None, first), *more]


def markers(subject: Subject) -> Icon:
    """Draw the markers in a row at the foot of an activity."""
    return row(_markers(subject), subject.inner or subject.box)


def row(names: list[str], box: Box) -> Icon:
    """Draw markers side by side at the middle of a box's foot."""
    half = _half(box)
    middle, y = box.centre[0], box.bottom - half - SILL
    start = middle - (len(names) - 1) * half * 1.35
    parts: list[Icon] = [
        place(ICONS[f"marker/{name}"], (start + i * half * 2.7, y), half)
        for i, name in enumerate(names)
    ]
    return tuple(part for icon in parts for part in icon)


def _half(box: Box) -> float:
    return max(SMALLEST, min(MARKER, box.width / 9, box.height / 7))


def foot(subject: Subject) -> float:
    """Tell how much room the markers take at the foot, in px."""
    return 2 * _half(subject.box) + SILL if _markers(subject) else 0.0


def data_icon(subject: Subject) -> Icon:
    """Draw that data comes in or goes out (in the corner), and that it is a collection (10.4)."""
    box, parts = subject.box, []
    arrow = _ARROWS.get(type(subject.element))
    half = max(SMALLEST, min(MARKER, box.width / 5, box.height / 6))
    if arrow:
        at = (box.x + half + 3, box.y + half + 3)
        parts.append(place(ICONS[f"marker/{arrow}"], at, half))
    if _is_collection(subject):
        at = (box.centre[0], box.bottom - half - 2.5)
        parts.append(place(ICONS["marker/parallel"], at, half * 0.85))
    return tuple(part for icon in parts for part in icon)


_ARROWS: Final[Mapping[type, str]] = {model.DataInput: "input", model.DataOutput: "output"}


def _is_collection(subject: Subject) -> bool:
    data, nodes = subject.element, subject.nodes
    if isinstance(data, model.DataObjectReference):
        data = nodes.elements.get(data.data_object_ref or "", data)
    return bool(getattr(data, "is_collection", False))


def crowd(subject: Subject) -> Icon:
    """Draw that a pool or a participant's band stands for several participants (9.2, 11.5).

    In a low one the marker stands behind the name, else below it.
    """
    if not _is_crowd(subject):
        return ()
    box, half = subject.box, _half(subject.box)
    if box.height >= LOW:
        return row(["parallel"], box)
    return place(ICONS["marker/parallel"], (box.right - half - SILL, box.centre[1]), half)


def crowd_foot(subject: Subject) -> float:
    """Tell how much room that marker takes at the foot, in px."""
    is_below = _is_crowd(subject) and subject.box.height >= LOW
    return 2 * _half(subject.box) + SILL if is_below else 0.0


def _is_crowd(subject: Subject) -> bool:
    """Tell whether there are several participants, unless the file says "exactly one".

    Modelers write a multiplicity without numbers, which have defaults, when they mean several.
    """
    many = getattr(subject.element, "participant_multiplicity", None)
    return many is not None and (many.minimum, many.maximum) != (1, 1)


def started_by(subject: Subject) -> Icon:
    """Draw, on a folded event sub-process, the event that starts it (10.3)."""
    if not subject.waits_for_event() or subject.expanded:
        return ()
    content = getattr(subject.element, "flow_elements", ())
    start = next((node for node in content if isinstance(node, model.StartEvent)), None)
    if start is None:
        return ()
    half = max(SMALLEST, min(10.0, subject.box.width / 7, subject.box.height / 6))
    corner = Box(subject.box.x + 5, subject.box.y + 5, 2 * half, 2 * half)
    event = msgspec.structs.replace(subject, element=start, box=corner)
    dash = "" if event.interrupts() else "3,2"
    return (*circle(corner, width=1.2, dash=dash), *event_icon(event))
