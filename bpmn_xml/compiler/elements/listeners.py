"""Listeners are tasks that the compiler puts where they are called: around elements, on flows.

Those of an element stand in its frame, those of a flow on the flow, those of a process before its
start events and behind its end. So a listener is a job like any other: it may fail, be tried
again, throw an error.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from bpmn_xml import model as m
from bpmn_xml.compiler import codes
from bpmn_xml.compiler.dialects.read import read_settings
from bpmn_xml.compiler.dialects.settings import Listener, Settings
from bpmn_xml.compiler.drafts import ContainerDraft, FlowDraft, NodeDraft, in_a_row
from bpmn_xml.compiler.elements.execution_facts import TOLD_AT
from bpmn_xml.compiler.elements.people.user_tasks import tell_of_task
from bpmn_xml.compiler.elements.python_values import answer, frame_of, job, put_behind, question
from bpmn_xml.compiler.elements.values import SourceText, computed, is_evaluated, schedule
from bpmn_xml.compiler.elements.work import listener_work
from bpmn_xml.compiler.file import DiagramFile, Level
from bpmn_xml.compiler.program import EventSpec, Kind, Trigger, Work, is_about
from bpmn_xml.compiler.program.scoping import CAMUNDA7, CAMUNDA8, Computed
from bpmn_xml.compiler.wiring import Wiring, instantiates, is_event_sub_process
from bpmn_xml.model.about import name_of
from bpmn_xml.wording import quoted, suggest

BEFORE: Final = ("start", "create", "creating", "assignment", "assigning")
DONE: Final = ("complete", "completing")
END: Final = ("end",)
"""The events at which listeners are called, in order: before an element's own work, when a task is
done, and when an element ends: in Camunda 7 before its mapping gives data, in Camunda 8 after."""

ASSIGNED: Final = frozenset({"assignment", "assigning"})
BEFORE_ALL: Final = "beforeAll"
"""The event of a multi-instance activity as a whole, before its collection is looked at."""

TAKE: Final = "take"
TIMEOUT: Final = "timeout"

UPDATE: Final = ("update", "updating")
"""The events at which listeners of a user task are called that is changed while it is open."""

CUT: Final = ("delete", "canceling")
"""The events at which listeners of a user task are called that is cut off."""

TASK: Final = "put its work into a task"

Listeners = Sequence[Listener]


def listen(file: DiagramFile, node: m.FlowNode, draft: NodeDraft) -> None:
    """Put the listeners of an element into its frame."""
    settings = _settings(node)
    if settings is None or not settings.listeners:
        return
    called = [one for one in settings.listeners if one.event not in CUT]
    timed = [one for one in called if one.event == TIMEOUT and any(one.timer)]
    if timed:
        _listen_in_time(file, node, draft, timed)
    first = [one for one in called if one.event == BEFORE_ALL and _is_multiple(node)]
    if first:
        names = _drafts(file, node, draft.container, first)
        file.preludes.setdefault(node.id, []).extend(names)
    knowing = [one for one in called if one.event in TOLD_AT and one not in first]
    if knowing and draft.work is not None:
        draft.work = tell_of_task(draft.work, frame_of(file, node, draft))
    called = [one for one in called if one not in timed and one not in first]
    if not called:
        return
    frame = frame_of(file, node, draft)
    for event in BEFORE:
        names = _drafts(file, node, draft.container, _at((event,), called))
        frame.before.extend(names)
        frame.told_first.extend(names if event in TOLD_AT else ())
        frame.assigning.extend(names if event in ASSIGNED else ())
    frame.updating.extend(_drafts(file, node, draft.container, _at(UPDATE, called)))
    frame.done.extend(_drafts(file, node, draft.container, _at(DONE, called)))
    ending = frame.after if CAMUNDA8.dialect in settings.dialects else frame.done
    frame.ending.extend(_drafts(file, node, draft.container, _at(END, called)))
    ending.extend(frame.ending)
    _refuse_others(file, node, called, (*BEFORE, *UPDATE, *DONE, *END))


def _listen_in_time(
    file: DiagramFile, node: m.FlowNode, draft: NodeDraft, timed: Listeners
) -> None:
    """Listeners that are called in time stand behind boundary events that interrupt nothing.

    Each instance of a repeated task has such an event for itself.
    """
    frame = frame_of(file, node, draft)
    for listener, called in zip(timed, _drafts(file, node, draft.container, timed), strict=True):
        kind, text = listener.timer
        due = schedule(file, kind, SourceText(node, "listener's time", text))
        border = NodeDraft(
            id=f"{called}/at",
            kind=Kind.BOUNDARY_EVENT,
            container=draft.container,
            host=node.id,
            interrupting=False,
            events=(EventSpec(trigger=Trigger.TIMER, due=due),),
            place=node.place,
        )
        file.drafts.nodes.append(border)
        frame.inner.append(border.id)
        way = FlowDraft(
            id=f"{called}/on", source=border.id, target=called, container=draft.container
        )
        file.drafts.flows.append(way)


def _settings(element: m.BaseElement) -> Settings | None:
    return read_settings(element) if element.extension_elements else None


def _by_event(listeners: Iterable[Listener]) -> dict[str, Listener]:
    """The first listener at each event."""
    return {one.event: one for one in reversed([*listeners])}


def _at(events: Sequence[str], listeners: Iterable[Listener]) -> list[Listener]:
    """The listeners that are called at some events, in the order of the events."""
    known = [one for one in listeners if one.event in events]
    return sorted(known, key=lambda one: events.index(one.event))


def _refuse_others(
    file: DiagramFile, element: m.BaseElement, listeners: Iterable[Listener], events: Sequence[str]
) -> None:
    """Say of listeners that they would never be called."""
    for event, one in _by_event(listeners).items():
        if event not in events:
            what = f"a listener that is called at {quoted(event)}"
            remedy = suggest(event, events, TASK)
            file.refuse(codes.EXTENSION, element, what, remedy, place=one.place)


def listen_at_cuts(file: DiagramFile, level: Level, wiring: Wiring) -> None:
    """Call the listeners of what boundary events interrupt, before those of the event itself.

    They are told nothing of the variables of the activity, which are gone by then.
    """
    from_around = _cuts_inside(level, wiring)
    for node in wiring.nodes.values():
        settings = _settings(node)
        if settings is None or isinstance(node, m.BoundaryEvent):
            continue
        known = [file.drafted.get(name) for name in wiring.attached[node.id]]
        cutting = [border for border in known if border is not None and _interrupts(border)]
        events = (*CUT, "end") if CAMUNDA7.dialect in settings.dialects else CUT
        listeners = [] if _has_several(node) else _at(events, settings.listeners)
        for border in cutting if listeners else ():
            event = wiring.nodes[border.id]
            names = _drafts(file, node, border.container, listeners, f"/{border.id}")
            frame = frame_of(file, event, border)
            frame.before[:0] = frame.cuts[:0] = names
        for name, one in _by_event(settings.listeners).items():
            if name not in CUT:
                continue
            if _has_several(node) or from_around:
                how = "in several instances at once" if _has_several(node) else "from around it"
                what = f"a listener that is called when its task is cut off ({name}) {how}"
                file.refuse(codes.EXTENSION, node, what, TASK, place=one.place)
            elif not cutting:
                what = f"a listener at {quoted(name)} is never called: nothing cuts its task off"
                file.report_at(one.place, codes.NO_EFFECT, node, what, "remove it")


def _interrupts(border: NodeDraft) -> bool:
    return border.interrupting and not is_about(border.events, Trigger.COMPENSATION)


def _has_several(node: m.FlowNode) -> bool:
    """Whether several instances of an activity may be cut off at once."""
    looped = getattr(node, "loop_characteristics", None)
    return isinstance(looped, m.MultiInstanceLoopCharacteristics) and not looped.is_sequential


def _is_multiple(node: m.FlowNode) -> bool:
    looped = getattr(node, "loop_characteristics", None)
    return isinstance(looped, m.MultiInstanceLoopCharacteristics)


def _cuts_inside(level: Level, wiring: Wiring) -> bool:
    """Whether more than a boundary event can cut off what is in a level."""
    return not isinstance(level, m.Process) or any(
        is_event_sub_process(node) or _terminates(node) for node in wiring.nodes.values()
    )


def _terminates(node: m.FlowNode) -> bool:
    definitions = getattr(node, "event_definitions", ())
    return any(isinstance(one, m.TerminateEventDefinition) for one in definitions)


def _drafts(
    file: DiagramFile,
    element: m.BaseElement,
    container: str,
    listeners: Listeners,
    suffix: str = "",
) -> list[str]:
    """Add a node for each listener; their ids."""
    count, names = Counter[str](), list[str]()
    for listener in with_headers(element, listeners):
        count[listener.event] += 1
        number = count[listener.event]
        name = f"{element.id}/{listener.event}{number if number > 1 else ''}{suffix}"
        given = _field_values(file, element, listener, name)
        names += [job(file, element, container, work) for _, _, work in given if work is not None]
        draft = NodeDraft(
            id=name,
            name=name_of(element),
            kind=Kind.LISTENER,
            container=container,
            work=listener_work(file, element, listener, tuple((n, v) for n, v, _ in given)),
            place=listener.place,
            about=element.id,
        )
        file.drafts.nodes.append(draft)
        names.append(name)
    return names


def with_headers(element: m.BaseElement, listeners: Listeners) -> Listeners:
    """Listeners of Camunda 8, which are told the headers of their element, too."""
    settings = _settings(element)
    if settings is None or CAMUNDA8.dialect not in settings.dialects:
        return listeners
    return [
        one._replace(fields=tuple({**dict(settings.fields), **dict(one.fields)}.items()))
        for one in listeners
    ]


def _field_values(
    file: DiagramFile, element: m.BaseElement, listener: Listener, name: str
) -> list[tuple[str, Computed, Work | None]]:
    """The values that a listener is given: by name, and with the work that Python has before."""
    found = list[tuple[str, Computed, Work | None]]()
    for one in listener.given:
        text = SourceText(element, f"listener's field {quoted(one.target)}", one.text)
        asked = f"{name}.{one.target}"
        work = question(file, text, asked) if is_evaluated(text) else None
        if work is not None and listener.event == TIMEOUT:
            what = "a field that Python computes for a listener that is called in time"
            file.refuse(codes.EXTENSION, element, what, TASK)
            continue
        value = computed(file, text) if work is None else answer(asked)
        if value is not None:
            found.append((one.target, value, work))
    return found


def listen_to_flow(file: DiagramFile, flow: m.SequenceFlow, draft: FlowDraft) -> list[FlowDraft]:
    """The drafts of a flow with the listeners on it: from one to the next, then to its target."""
    settings = _settings(flow)
    if settings is None or not settings.listeners:
        return [draft]
    taken = [one for one in settings.listeners if one.event == TAKE]
    _refuse_others(file, flow, settings.listeners, (TAKE,))
    names = _drafts(file, flow, draft.container, taken)
    target = draft.target
    draft.target = [*names, target][0]
    following = in_a_row(draft.container, [*names, target])
    node = file.drafted.get(target)
    if names and node is not None:
        node.incoming = [f"{names[-1]}/on" if f == flow.id else f for f in node.incoming]
    return [draft, *following]


def check_events_behind_gateway(file: DiagramFile, wiring: Wiring) -> None:
    """See to what is around events behind an event-based gateway; refuse what cannot be there.

    What such an event waits for has happened when the gateway is left (13.4.4). So its listeners
    are called behind it, and what Python computes for it is asked before the gateway, unless that
    begins the process.
    """
    behind = {
        flow.target_ref: (wiring.nodes[name], flow)
        for name, leaving in wiring.leaving.items()
        if isinstance(wiring.nodes[name], m.EventBasedGateway)
        for flow in leaving
    }
    for target, (gateway, flow) in behind.items():
        jobs = file.preludes.pop(target, [])
        if jobs and instantiates(gateway):
            what = "a value that Python computes for an event that begins the process"
            file.refuse(codes.EXTENSION, wiring.nodes[target], what, "give a constant")
        elif jobs:
            file.preludes.setdefault(gateway.id, []).extend(jobs)
        settings = _settings(flow)
        if settings is not None and settings.listeners:
            what = "a listener on the way from an event-based gateway"
            file.refuse(codes.EXTENSION, flow, what, TASK)
        draft = file.drafted.get(target)
        if draft is not None and not _has_all_behind(file, draft):
            what = "data that moves into an event behind an event-based gateway, or a value behind"
            file.refuse(codes.EXTENSION, wiring.nodes[target], f"{what} it", TASK)


def _has_all_behind(file: DiagramFile, draft: NodeDraft) -> bool:
    """Put all that is around an event behind it; whether that can be done."""
    frame = draft.frame
    if frame is None:
        return True
    if frame.local or frame.inputs or frame.output_jobs or draft.id in file.postludes:
        return False
    draft.frame, draft.receives = None, (*draft.receives, *frame.outputs)
    if frame.before or frame.done or frame.after:
        put_behind(file, draft, [*frame.before, *frame.done, *frame.after])
    return True


def listen_to_process(file: DiagramFile, process: m.Process, draft: ContainerDraft) -> None:
    """Put the listeners of a process before its start events, and behind its end."""
    settings = _settings(process)
    if settings is None or not settings.listeners:
        return
    _refuse_others(file, process, settings.listeners, ("start", "end"))
    closing = _drafts(file, process, process.id, _at(("end",), settings.listeners))
    draft.closing = closing[0] if closing else ""
    file.drafts.flows += in_a_row(process.id, closing)
    begin = _at(("start",), settings.listeners)
    starts = {e.id: e for e in process.flow_elements if isinstance(e, m.StartEvent)}
    if begin and not starts:
        what = "a listener of a process without a start event"
        file.refuse(codes.EXTENSION, process, what, "draw a start event")
    names = _drafts(file, process, process.id, begin)
    for node in file.drafts.nodes if begin else ():
        if node.id in starts:
            frame_of(file, starts[node.id], node).before[:0] = names
