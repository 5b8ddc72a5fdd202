"""Errors, escalations and cancels: thrown where nothing catches them, caught where none comes.

What leaves a sub-process is for those around it only. Tasks that Python or people do may throw
what is not drawn; nothing is told where one of them may have done it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from bpmn_xml import model as m
from bpmn_xml.compiler.dialects.settings import is_expression
from bpmn_xml.errors import Finding
from bpmn_xml.model.about import finding_about
from bpmn_xml.model.vendors import ZEEBE
from bpmn_xml.model.walk import by_id, running, walk

UNCAUGHT: Final = "BX714"
UNTHROWN: Final = "BX743"


ESCALATING: Final = (m.CallActivity, m.UserTask, m.AdHocSubProcess)
"""What may throw an escalation that is not drawn in it."""

HARMLESS: Final = (m.ManualTask, m.ReceiveTask)
"""Activities that throw no error."""

COMPUTING: Final = frozenset({"script", "calledDecision"})
"""Words of Camunda 8 for what is computed: what goes wrong there is an incident, no error."""

CATCHING: Final = (m.ErrorEventDefinition, m.EscalationEventDefinition)


def uncaught(definitions: m.Definitions) -> Iterator[Finding]:
    """Find errors and cancels that end events of sub-processes throw and nothing catches."""
    found = list(walk(definitions))
    homes = {id(element): container for element, container in found}
    codes = _codes(definitions)
    for event in (one for one, _ in found if isinstance(one, m.EndEvent)):
        level, message = homes[id(event)], ""
        if not isinstance(level, m.SubProcess):
            continue
        errors = [d for d in event.event_definitions if isinstance(d, m.ErrorEventDefinition)]
        if errors and not _is_caught(_code(errors[0], codes), level, homes, codes):
            code = _code(errors[0], codes)
            message = f"nothing around it catches the error {code!r}, so the process ends"
        elif _cancels(event) and isinstance(level, m.Transaction):
            border = _border(homes[id(level)], level.id)
            if not any(map(_cancels, border)):
                message = f"nothing at the border of {level.id!r} goes on when it is cancelled"
        if message:
            yield finding_about(event, UNCAUGHT, message)


def unthrown(definitions: m.Definitions) -> Iterator[Finding]:
    """Find errors and escalations that boundary events of executable processes wait for in vain."""
    found = [one for process in running(definitions) for one in walk(process)]
    hosts, codes = by_id(definitions, m.Activity), _codes(definitions)
    for event, level in found:
        host = hosts.get(event.attached_to_ref) if isinstance(event, m.BoundaryEvent) else None
        if host is None or not isinstance(event, m.BoundaryEvent):
            continue
        for definition in event.event_definitions:
            if isinstance(definition, CATCHING) and _in_vain(definition, host, level, codes):
                word = "error" if isinstance(definition, m.ErrorEventDefinition) else "escalation"
                told = (
                    f"the {word} {code!r}" if (code := _code(definition, codes)) else f"an {word}"
                )
                message = f"nothing in {host.id!r} throws {told} that it waits for"
                yield finding_about(event, UNTHROWN, message)


def _in_vain(
    definition: m.EventDefinition,
    host: m.Activity,
    level: m.Element | None,
    codes: Mapping[str, str],
) -> bool:
    """Whether nothing in an activity throws what is waited for at its border."""
    kind, wanted = type(definition), _code(definition, codes)
    inside = [host, *(one for one, _ in walk(host))]
    thrown = _all_codes((one for one in inside if isinstance(one, m.ThrowEvent)), kind, codes)
    if is_expression(wanted) or thrown & {"", wanted} or (thrown and not wanted):
        return False
    if isinstance(definition, m.ErrorEventDefinition):
        called = any(map(_listens, inside)) or _has_words(definition)
        return not called and all(map(_throws_no_error, inside))
    if not isinstance(host, m.SubProcess) or not wanted:
        return False
    may_come = any(isinstance(one, ESCALATING) for one in inside)
    caught = _all_codes(_border(level, host.id), kind, codes)
    return not may_come or bool(thrown - caught and "" not in caught)


def _has_words(definition: m.EventDefinition) -> bool:
    """Whether a definition has words of a vendor, which may catch what else goes wrong."""
    return bool(definition.extension_elements or definition.extension_attributes)


def _throws_no_error(element: m.Element) -> bool:
    """Whether an element throws no error but one that is drawn."""
    if not isinstance(element, m.Activity) or isinstance(element, HARMLESS):
        return True
    if isinstance(element, m.SubProcess):
        return not isinstance(element, m.AdHocSubProcess)
    words = {one.name for one in element.extension_elements if one.namespace == ZEEBE}
    return bool(words & COMPUTING)


def _listens(element: m.Element) -> bool:
    """Whether somebody's Python is asked at an element, beside its work."""
    return any("Listener" in one.name for one in getattr(element, "extension_elements", ()))


def _cancels(event: m.Element) -> bool:
    definitions = getattr(event, "event_definitions", ())
    return any(isinstance(one, m.CancelEventDefinition) for one in definitions)


def _border(level: m.Element | None, host: str | None) -> list[m.BoundaryEvent]:
    """The boundary events of an activity, which are in the level that it is in."""
    beside = getattr(level, "flow_elements", ())
    return [e for e in beside if isinstance(e, m.BoundaryEvent) and e.attached_to_ref == host]


def _is_caught(
    code: str,
    level: m.Element | None,
    homes: Mapping[int, m.Element | None],
    codes: Mapping[str, str],
) -> bool:
    """Whether an error is caught in a process or sub-process, at its border, or around it."""
    while code and isinstance(level, m.Process | m.SubProcess):
        handlers = [e for e in level.flow_elements if isinstance(e, m.SubProcess)]
        starts = (e for one in handlers if one.triggered_by_event for e in one.flow_elements)
        inside = [one for one in starts if isinstance(one, m.StartEvent)]
        around = homes[id(level)]
        events = [*inside, *_border(around, getattr(level, "id", None))]
        if _all_codes(events, m.ErrorEventDefinition, codes) & {"", code}:
            return True
        level = around
    return not code


def _all_codes(
    events: Iterable[m.Event], kind: type[m.EventDefinition], codes: Mapping[str, str]
) -> set[str]:
    """The codes of what some events throw or catch of one kind."""
    definitions = (one for event in events for one in getattr(event, "event_definitions", ()))
    return {_code(one, codes) for one in definitions if isinstance(one, kind)}


def _codes(definitions: m.Definitions) -> dict[str, str]:
    """By id, the codes that tell errors and escalations from others."""
    roots = definitions.root_elements
    errors = {e.id: e.error_code or e.id for e in roots if isinstance(e, m.Error)}
    return errors | {e.id: e.escalation_code or e.id for e in roots if isinstance(e, m.Escalation)}


def _code(definition: m.EventDefinition, codes: Mapping[str, str]) -> str:
    """The code that tells what is meant from others; empty where any is meant."""
    fields = ("error_ref", "escalation_ref")
    name = next(filter(None, (getattr(definition, field, None) for field in fields)), "")
    return codes.get(name, name)
