"""Loops and multi-instance: how often an activity is done, and what it throws then (10.3.8)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from bpmn_xml import model as m
from bpmn_xml.compiler import codes
from bpmn_xml.compiler.assumptions import one_at_least
from bpmn_xml.compiler.dialects.settings import Settings
from bpmn_xml.compiler.drafts import NodeDraft
from bpmn_xml.compiler.elements.data.associations import moved
from bpmn_xml.compiler.elements.events import specs_of
from bpmn_xml.compiler.elements.python_values import (
    answer,
    ask_first,
    frame_of,
    job,
    python_condition,
    question,
)
from bpmn_xml.compiler.elements.values import (
    SourceText,
    computed,
    evaluated,
    fault,
    is_evaluated,
    test_of,
    text_of,
    variable,
)
from bpmn_xml.compiler.file import DiagramFile
from bpmn_xml.compiler.program import NONE, Announcement, Condition, Repetition, Work
from bpmn_xml.compiler.program.scoping import Computed
from bpmn_xml.compiler.words import trigger_word

NO_COUNT: Final = re.compile(r"-\d+(\.\d+)?|\d+\.\d*[1-9]\d*")
"""A number that is less than 0, or not whole."""

_NAMES: Final = re.compile(r"\s*=?\s*([^\W\d]\w*)(?:\s*\.\s*[^\W\d]\w*)*\s*")
"""An output element that is a variable, or a part of one: each instance has that as its own."""

COUNT: Final = "give loopCardinality a number, or name a collection"
UNTIL: Final = "completion condition"


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


def compile_loop(file: DiagramFile, activity: m.Activity) -> Repetition | None:
    """How often an activity is done; None for once."""
    looped = activity.loop_characteristics
    if looped is not None and file.flow_payload:
        what = "an activity that is done several times, where results travel along flows"
        file.refuse(codes.DATA, activity, what, "draw it in a process without bx:payload")
    if isinstance(looped, m.StandardLoopCharacteristics):
        return _standard(file, activity, looped)
    if isinstance(looped, m.MultiInstanceLoopCharacteristics):
        return _multi_instance(file, activity, looped)
    return None


def _standard(
    file: DiagramFile, activity: m.Activity, looped: m.StandardLoopCharacteristics
) -> Repetition:
    maximum = NONE if looped.loop_maximum is None else looped.loop_maximum
    if looped.loop_maximum is not None and looped.loop_maximum < 0:
        what = f"its loopMaximum is {looped.loop_maximum}, less than 0"
        remedy = "give the number of turns it may take"
        file.report_at(looped.place, codes.VALUE, activity, what, remedy)
    expression = looped.loop_condition
    condition = None
    if expression is not None and expression.body.strip():
        condition = test_of(file, text_of(activity, "loop condition", expression))
    elif looped.loop_maximum is None:
        what = "its loop has neither a condition nor a maximum, so it never ends"
        remedy = "give it a loopCondition or a loopMaximum"
        assumed = file.lack(codes.VALUE, activity, what, remedy, place=looped.place)
        maximum = 1 if assumed else NONE
    return Repetition(condition=condition, before=looped.test_before, maximum=maximum)


def _multi_instance(
    file: DiagramFile, activity: m.Activity, looped: m.MultiInstanceLoopCharacteristics
) -> Repetition:
    settings = file.settings(looped, about=activity)
    until, condition = None, _completion(activity)
    asks = _asks_when_done(file, activity, condition) is not None
    if asks:
        until = python_condition(f"{activity.id}.{UNTIL}", condition.text)
    elif condition.text:
        until = test_of(file, condition)
    own, collect = _collected(file, activity, looped, settings)
    total = _total(file, activity, looped, settings)
    element = settings.element or _item_name(looped.input_data_item)
    if total is not None and file.options.stub:
        once = one_at_least(total.evaluate, of_items=bool(element))
        total = msgspec.structs.replace(total, evaluate=once)
    return Repetition(
        sequential=looped.is_sequential,
        total=total,
        listed=settings.listed and not file.options.stub,
        element=element,
        output=settings.output or moved(file, activity, looped.loop_data_output_ref, out=True),
        collect=collect,
        own=(own,) if own else (),
        until=until,
        asks=asks,
        announces=announcements(file, activity, looped),
    )


def _completion(activity: m.Activity) -> SourceText:
    """The text of a completion condition; empty where there is none."""
    stated = getattr(activity.loop_characteristics, "completion_condition", None)
    return SourceText(activity, UNTIL, "") if stated is None else text_of(activity, UNTIL, stated)


def _asks_when_done(file: DiagramFile, activity: m.Activity, condition: SourceText) -> Work | None:
    """The work that tells after an instance whether the activity is complete."""
    if file.options.stub or not is_evaluated(condition):
        return None
    return question(file, condition, f"{activity.id}.{UNTIL}")


def ask_when_done(file: DiagramFile, activity: m.Activity, draft: NodeDraft) -> None:
    """Ask Python behind all else of each instance whether the activity is complete."""
    work = _asks_when_done(file, activity, _completion(activity))
    if work is not None:
        shared = msgspec.structs.replace(work, local=False)
        asked_last = job(file, activity, draft.container, shared)
        frame_of(file, activity, draft).after.append(asked_last)


def _total(
    file: DiagramFile,
    activity: m.Activity,
    looped: m.MultiInstanceLoopCharacteristics,
    settings: Settings,
) -> Computed | None:
    """The collection, or the number of instances."""
    collection = settings.collection or moved(file, activity, looped.loop_data_input_ref, out=False)
    if collection:
        return _asked(file, activity, SourceText(activity, "collection", collection))
    if looped.loop_cardinality is not None and looped.loop_cardinality.body.strip():
        text = text_of(activity, "loop cardinality", looped.loop_cardinality)
        if NO_COUNT.fullmatch(text.text.strip()):
            what = f"its loop cardinality is {text.text.strip()}, which is no number of instances"
            fault(file, text, codes.VALUE, what, COUNT)
        return _asked(file, activity, text)
    what = "nothing says how many instances it has"
    assumed = file.lack(codes.VALUE, activity, what, COUNT, place=looped.place)
    return variable("") if assumed else None


def _asked(file: DiagramFile, activity: m.Activity, text: SourceText) -> Computed | None:
    """How many instances: a variable, an expression, or what Python says before the activity."""
    name = f"{activity.id}.{text.what}"
    work = question(file, text, name) if is_evaluated(text) else None
    if work is not None:
        ask_first(file, activity, work)
        return answer(name)
    if text.what == "collection":
        return _variable(file, activity, text.what, text.text)
    return evaluated(file, text)


def _collected(
    file: DiagramFile,
    activity: m.Activity,
    looped: m.MultiInstanceLoopCharacteristics,
    settings: Settings,
) -> tuple[str, Computed | None]:
    """The variable that each instance has for itself, and what is collected."""
    if settings.output_element:
        named = _NAMES.fullmatch(settings.output_element)
        own = named[1] if named is not None and named[1] != settings.element else ""
        return own, _variable(file, activity, "output element", settings.output_element)
    name = _item_name(looped.output_data_item)
    return name, _variable(file, activity, "output item", name) if name else None


def _variable(file: DiagramFile, activity: m.Activity, what: str, text: str) -> Computed | None:
    """A variable by its name, or an expression."""
    if text.isidentifier():
        return variable(text)
    return computed(file, SourceText(activity, what, text))


def _item_name(item: m.DataInput | m.DataOutput | None) -> str:
    return "" if item is None else (item.name or item.id)


def announcements(
    file: DiagramFile, activity: m.Activity, looped: Looped
) -> tuple[Announcement, ...]:
    """What a multi-instance activity throws when its instances are done (10.3.8).

    Where no event is named it is a signal by default, whose name nothing can wait for.
    """
    if looped.behavior == "Complex":
        return tuple(_complex(file, activity, looped))
    name = getattr(looped, REFS.get(looped.behavior, ""), None)
    if name is None:
        return ()
    definition = file.roots.get(name)
    if not isinstance(definition, m.EventDefinition):
        what = f"its behavior is {looped.behavior}, but the event {name!r} is not in the file"
        file.report(codes.EVENT, activity, what, "name an event definition")
        return ()
    return tuple(_thrown(file, activity, definition, first=looped.behavior == "One"))


def _complex(file: DiagramFile, activity: m.Activity, looped: Looped) -> Iterator[Announcement]:
    """What is thrown under which condition; a behavior without an event throws nothing."""
    for stated in looped.complex_behavior_definitions:
        if stated.condition is None:
            what = "a complex behavior of it has no condition"
            file.report(codes.VALUE, activity, what, "say when it is to throw its event")
            continue
        condition = test_of(file, text_of(activity, "behavior's condition", stated.condition))
        for definition in stated.event.event_definitions if stated.event else ():
            yield from _thrown(file, activity, definition, condition)
        for ref in stated.event.event_definition_refs if stated.event else ():
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
