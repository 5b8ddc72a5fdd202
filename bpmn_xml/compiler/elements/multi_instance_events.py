"""Events of multi-instance activities: after each instance, the first, or as conditions say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bpmn_xml import model as m
from bpmn_xml.compiler import codes
from bpmn_xml.compiler.elements.events import specs_of
from bpmn_xml.compiler.elements.values import test_of, text_of
from bpmn_xml.compiler.file import DiagramFile
from bpmn_xml.compiler.program import Announcement, Condition
from bpmn_xml.compiler.words import trigger_word

Looped = m.MultiInstanceLoopCharacteristics

THROWN_AT_ONCE: Final = frozenset(
    {
        m.MessageEventDefinition,
        m.SignalEventDefinition,
        m.EscalationEventDefinition,
        m.ErrorEventDefinition,
    }
)
"""What its boundary events can catch of the activity itself."""

REFS: Final = {"None": "none_behavior_event_ref", "One": "one_behavior_event_ref"}
"""Where the event of a behavior is named."""


def announcements(
    file: DiagramFile, activity: m.Activity, looped: Looped
) -> tuple[Announcement, ...]:
    """What a multi-instance activity throws when its instances are done (10.3.8)."""
    if looped.behavior == "Complex":
        return tuple(_complex(file, activity, looped))
    if looped.behavior not in REFS:
        return ()
    name = getattr(looped, REFS[looped.behavior]) or ""
    definition = file.roots.get(name)
    if not isinstance(definition, m.EventDefinition):
        what = f"its behavior is {looped.behavior}, but the event {name!r} is not in the file"
        file.report(codes.EVENT, activity, what, "name an event definition")
        return ()
    return tuple(_thrown(file, activity, definition, first=looped.behavior == "One"))


def _complex(file: DiagramFile, activity: m.Activity, looped: Looped) -> Iterator[Announcement]:
    for stated in looped.complex_behavior_definitions:
        if stated.condition is None or stated.event is None:
            what = "a complex behavior of it has no condition or no event"
            file.report(codes.VALUE, activity, what, "give it both")
            continue
        condition = test_of(file, text_of(activity, "behavior's condition", stated.condition))
        for definition in stated.event.event_definitions:
            yield from _thrown(file, activity, definition, condition)
        for ref in stated.event.event_definition_refs:
            named = file.roots.get(ref)
            if isinstance(named, m.EventDefinition):
                yield from _thrown(file, activity, named, condition)
            else:
                what = f"the event {ref!r} of a behavior is not in the file"
                file.report(codes.EVENT, activity, what, "name an event definition")


def _thrown(
    file: DiagramFile,
    activity: m.Activity,
    definition: m.EventDefinition,
    condition: Condition | None = None,
    *,
    first: bool = False,
) -> Iterator[Announcement]:
    if type(definition) not in THROWN_AT_ONCE:
        what = f"a {trigger_word(definition)} event of a multi-instance activity"
        file.refuse(codes.EVENT, activity, what, "name one of a message, signal or escalation")
        return
    for event in specs_of(file, activity, [definition], file.settings(definition)):
        yield Announcement(event, first, condition)
