"""Messages and signals that the given files throw but do not catch, or catch but do not throw.

A note, no fault: others may send and receive them. What a message flow leads to or from is
exchanged with its pool.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Final, NamedTuple

from bpmn_xml import model as m
from bpmn_xml.check.imports import imported
from bpmn_xml.compiler.dialects.settings import is_expression
from bpmn_xml.compiler.words import with_article
from bpmn_xml.errors import Finding, Severity
from bpmn_xml.model.about import finding_about
from bpmn_xml.model.service import message_named
from bpmn_xml.model.vendors import called_by
from bpmn_xml.model.walk import by_id, homes, message_flows, processes, running, walk
from bpmn_xml.wording import listed, quoted

NOBODY_SENDS: Final = "BX711"
NOBODY_RECEIVES: Final = "BX712"
NO_NAME: Final = "BX713"
OTHER_MESSAGE: Final = "BX749"
SAME_TRIGGER: Final = "BX750"
NOT_MARKED: Final = "BX715"


REFERENCES: Final = ("message_ref", "signal_ref", "error_ref", "escalation_ref")
"""How elements refer to what is exchanged."""

GOES_TO_ONE: Final = (
    m.CancelEventDefinition,
    m.ErrorEventDefinition,
    m.EscalationEventDefinition,
)
"""What the first that catches it gets, and no other."""


class Exchange(NamedTuple):
    """One end of an exchange: a message or a signal, its name, who sends or receives it."""

    word: str
    name: str
    element: m.FlowNode
    sends: bool


def exchanges(
    definitions: m.Definitions,
    among: Iterable[m.Process] | None = None,
    imports: Iterable[m.Definitions] = (),
) -> Iterator[Exchange]:
    """Yield every message and signal that executable processes name, or those among some."""
    known = {name: one for model in (*imports, definitions) for name, one in by_id(model).items()}
    among = running(definitions) if among is None else among
    for element in (element for process in among for element, _ in walk(process)):
        if isinstance(element, m.SendTask | m.ReceiveTask):
            found = known.get(message_named(element, known) or "")
            if isinstance(found, m.Message) and found.name:
                yield Exchange("message", found.name, element, isinstance(element, m.SendTask))
        elif isinstance(element, m.CatchEvent | m.ThrowEvent):
            yield from _named(element, known)


def _named(
    event: m.CatchEvent | m.ThrowEvent, known: dict[str, m.BaseElement]
) -> Iterator[Exchange]:
    """Yield what the definitions of an event name."""
    shared = [known.get(reference) for reference in event.event_definition_refs]
    sends = isinstance(event, m.ThrowEvent)
    for definition in (*event.event_definitions, *shared):
        if isinstance(definition, m.MessageEventDefinition):
            found = known.get(message_named(definition, known) or "")
            if isinstance(found, m.Message) and found.name:
                yield Exchange("message", found.name, event, sends)
        elif isinstance(definition, m.SignalEventDefinition):
            found = known.get(definition.signal_ref or "")
            if isinstance(found, m.Signal) and found.name:
                yield Exchange("signal", found.name, event, sends)


def one_sided(
    definitions: m.Definitions, others: Sequence[m.Definitions] = ()
) -> Iterator[Finding]:
    """Find the messages and signals of a file of which there is only one side."""
    imports = imported(definitions)
    own = list(exchanges(definitions, imports=imports))
    beside = [one for model in (*others, *imports) for one in exchanges(model)]
    everywhere = [*own, *beside]
    ends = {(one.word, one.name, one.sends) for one in everywhere}
    drawn = _drawn(definitions, {one.element.id for one in everywhere})
    for one in own:
        missing = (one.word, one.name, not one.sends) not in ends
        if missing and one.element.id not in drawn and not is_expression(one.name):
            yield _finding(one)


def _drawn(definitions: m.Definitions, talking: Set[str]) -> set[str]:
    """What a message flow joins with a pool, or with what sends or awaits messages."""
    nodes = {getattr(e, "id", None) for process in running(definitions) for e, _ in walk(process)}
    silent = nodes - talking
    drawn = set[str]()
    for flow in message_flows(definitions):
        drawn |= {flow.source_ref} if flow.target_ref not in silent else set()
        drawn |= {flow.target_ref} if flow.source_ref not in silent else set()
    return drawn


def mismatched(definitions: m.Definitions) -> Iterator[Finding]:
    """Find message flows between nodes that name different messages, or that name another one."""
    named = defaultdict[tuple[str, bool], set[str]](set)
    for one in exchanges(definitions, [*processes(definitions)]):
        if one.word == "message":
            named[one.element.id, one.sends].add(one.name)
    names = {one.id: one.name for one in by_id(definitions, m.Message).values()}
    for flow in message_flows(definitions):
        sent, awaited = named[flow.source_ref, True], named[flow.target_ref, False]
        carried = {names.get(flow.message_ref or "") or ""} - {""}
        ends = [found for found in (sent, carried, awaited) if found]
        if ends and not set.intersection(*ends) and not any(map(is_expression, set.union(*ends))):
            told = listed([quoted(min(found)) for found in ends])
            message = f"its ends are about different messages: {told}"
            yield finding_about(flow, OTHER_MESSAGE, message)


def doubled(definitions: m.Definitions) -> Iterator[Finding]:
    """Find handlers that wait for what another one of their level, or of their activity, gets."""
    first: dict[tuple[int, str, type, str], m.FlowNode] = {}
    for element, level in walk(definitions):
        if not isinstance(element, m.SubProcess | m.BoundaryEvent):
            continue
        at = getattr(element, "attached_to_ref", None) or ""
        for definition in _triggers(element):
            what = _cause(definition)
            other = first.setdefault((id(level), at, type(definition), what), element)
            if what and other is not element:
                message = f"it waits for {what!r}, as {other.id!r} does"
                yield finding_about(element, SAME_TRIGGER, message)


def _cause(definition: m.EventDefinition) -> str:
    """What an event is about, by the id of that; there is one way to be cancelled."""
    if isinstance(definition, m.CancelEventDefinition):
        return "cancel"
    return next(filter(None, (getattr(definition, field, None) for field in REFERENCES)), "")


def _triggers(handler: m.SubProcess | m.BoundaryEvent) -> Iterator[m.EventDefinition]:
    """What an event sub-process is started by; what comes to one border event, and no other."""
    if isinstance(handler, m.BoundaryEvent):
        yield from (one for one in handler.event_definitions if isinstance(one, GOES_TO_ONE))
    elif handler.triggered_by_event:
        for start in handler.flow_elements:
            yield from start.event_definitions if isinstance(start, m.StartEvent) else ()


def nameless(definitions: m.Definitions) -> Iterator[Finding]:
    """Find messages and signals in use without a name, errors and escalations without a code."""
    inside = [element for process in running(definitions) for element, _ in walk(process)]
    used = {getattr(element, field, None) for element in inside for field in REFERENCES}
    for root in definitions.root_elements:
        if root.id not in used:
            continue
        if isinstance(root, m.Message | m.Signal):
            missing = "" if (root.name or "").strip() else "name"
        elif isinstance(root, m.Error | m.Escalation):
            code = root.error_code if isinstance(root, m.Error) else root.escalation_code
            missing = "" if (code or "").strip() else "code"
        else:
            continue
        if missing:
            message = f"it has no {missing}, by which it would be told from others"
            yield finding_about(root, NO_NAME, message, f"give it {with_article(missing)}", name="")


def unsaid(definitions: m.Definitions) -> Iterator[Finding]:
    """Find the events of executable processes that throw an error and do not say which."""
    inside = (one for process in running(definitions) for one, _ in walk(process))
    for event in (one for one in inside if isinstance(one, m.EndEvent)):
        for definition in event.event_definitions:
            if isinstance(definition, m.ErrorEventDefinition) and not definition.error_ref:
                message = "it does not say which error it throws: only what catches all gets it"
                remedy = "name the error that it is about, in errorRef"
                yield finding_about(event, NO_NAME, message, remedy)


def unmarked_processes(definitions: m.Definitions, engine: str = "") -> Iterator[Finding]:
    """Find processes that are not marked executable, though executable ones need them.

    Args:
        definitions: the file.
        engine: the one that it is drawn for, which runs nothing that is not marked.
    """
    known = processes(definitions)
    run = {one.id for one in running(definitions)}
    if len(run) == len(known):
        return
    home = homes(definitions)
    for process in known:
        if process.id in run:
            continue
        why, severity = "", Severity.WARNING
        if process.is_executable is None and engine and len(known) == 1:
            why = f"{engine}, for which it is drawn, does not run it"
        elif run and (caller := _caller(definitions, process.id, run, home)):
            why = f"but {caller!r} calls it"
        elif flow := _flow_between(definitions, process.id, run, home):
            why, severity = f"so nothing comes along the message flow {flow!r}", Severity.NOTE
        if why:
            message = f"it is not marked executable: {why}"
            yield finding_about(process, NOT_MARKED, message, severity=severity)


def _caller(
    definitions: m.Definitions, process: str, run: set[str], home: Mapping[str, str]
) -> str:
    """The call activity of an executable process that calls a process; "" if there is none."""
    for element, _ in walk(definitions):
        calls = isinstance(element, m.CallActivity) and called_by(element) == process
        if calls and home.get(getattr(element, "id", "")) in run:
            return getattr(element, "id", "")
    return ""


def _flow_between(
    definitions: m.Definitions, process: str, run: set[str], home: Mapping[str, str]
) -> str:
    """A message flow between a process and an executable one; "" if there is none."""
    for flow in message_flows(definitions):
        ends = (home.get(flow.source_ref), home.get(flow.target_ref))
        if process in ends and run.intersection(ends):
            return flow.id
    return ""


def _finding(one: Exchange) -> Finding:
    what = f"the {one.word} '{one.name}'"
    message = f"nothing here awaits {what}" if one.sends else f"nothing here sends {what}"
    remedy = (
        "give the other file, too" if one.sends else f"send it from outside, as with --{one.word}"
    )
    return finding_about(
        one.element, NOBODY_RECEIVES if one.sends else NOBODY_SENDS, message, remedy
    )
