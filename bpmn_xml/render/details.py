"""What no shape of a drawing shows: who does the work, what is decided, awaited, and when.

>>> from bpmn_xml import read
>>> details = details_of(read(b'''
...   <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:x"
...       xmlns:camunda="http://camunda.org/schema/1.0/bpmn">
...     <process id="p"><serviceTask id="t" camunda:type="external" camunda:topic="pay"/></process>
...   </definitions>'''))
>>> details["t"]
['done by pay']
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from bpmn_xml import model
from bpmn_xml.compiler.dialects.read import read_settings
from bpmn_xml.compiler.dialects.settings import Listener, Settings
from bpmn_xml.compiler.elements.people.user_tasks import USER_TASK_SETTINGS
from bpmn_xml.model import Definitions, Element, Expression
from bpmn_xml.model.vendors import called_by
from bpmn_xml.model.walk import walk
from bpmn_xml.render.composing.lettering import clean, one_line
from bpmn_xml.render.words import kind_of

_TIMES: Final = {"at": "time_date", "after": "time_duration", "every": "time_cycle"}
_REFERENCES: Final = {
    "message": "message_ref",
    "signal": "signal_ref",
    "error": "error_ref",
    "escalation": "escalation_ref",
}

_TECHNOLOGIES: Final = {"webService", "other", "unspecified"}
"""How drafts of the standard wrote what is `##WebService` now."""


def details_of(definitions: Definitions) -> Mapping[str, Sequence[str]]:
    """Say of each element, by its id, what is not drawn; a line for each thing."""
    found = defaultdict[str, list[str]](list)
    elements = [element for element, _ in walk(definitions)]
    names = {
        e.id: clean(getattr(e, "name", "")) or kind_of(e)
        for e in elements
        if isinstance(e, model.BaseElement)
    }
    for element in elements:
        if isinstance(element, model.SequenceFlow):
            if condition := _text(element.condition_expression):
                target = names.get(element.target_ref, element.target_ref)
                found[element.source_ref].append(f"to {one_line(target, 60)} if {condition}")
        elif isinstance(element, model.FlowNode | model.TextAnnotation):
            found[element.id] += filter(None, _told(element, names))
    return {key: lines for key, lines in found.items() if lines}


def _told(
    element: model.FlowNode | model.TextAnnotation, names: Mapping[str, str]
) -> Iterator[str]:
    """Say all of one element."""
    if isinstance(element, model.TextAnnotation):
        yield one_line(clean(element.text.text)) if element.text else ""
        return
    settings = read_settings(element)
    if isinstance(element, model.Activity):
        yield from _repeated(element)
    yield from _work(element, settings)
    yield from _moved(settings)
    yield from _awaited([element, *getattr(element, "event_definitions", ())], names)
    for name, (word, _) in USER_TASK_SETTINGS.items():
        yield _said(word, settings.user_task_settings.get(name))
    yield from map(_heard, settings.listeners)


def _repeated(activity: model.Activity) -> Iterator[str]:
    """Say what else begins an activity than a flow, and how often it is done."""
    if getattr(activity, "triggered_by_event", False):
        yield "begins with an event in it"
    if activity.is_for_compensation:
        yield "undoes what a compensation event is attached to"
    looped = activity.loop_characteristics
    if isinstance(looped, model.StandardLoopCharacteristics):
        most = f", {looped.loop_maximum} times at most" if looped.loop_maximum else ""
        yield f"repeated{_said(' while', _text(looped.loop_condition))}{most}"
    if isinstance(looped, model.MultiInstanceLoopCharacteristics):
        way = "one after the other" if looped.is_sequential else "at once"
        told = read_settings(looped)
        of = told.collection or looped.loop_data_input_ref
        times = _text(looped.loop_cardinality) or "several"
        how_often = _said("for each item of", of) or f"{times} times"
        yield f"{how_often}, {way}{_said(', called', told.element)}"
        yield _said("until", _text(looped.completion_condition))


def _moved(settings: Settings) -> Iterator[str]:
    """Say what goes in and out, and what a form asks for."""
    passed = settings.passed
    yield "passes all variables" if passed.all_in else ""
    yield "takes back all variables" if passed.all_out else ""
    for word, given in (
        ("takes", (*settings.inputs, *passed.inputs)),
        ("gives", (*settings.outputs, *passed.outputs)),
    ):
        yield from (_said(word, f"{one.target}{_said(' from', one.text)}") for one in given)
    yield _said("asks for", ", ".join(f"{field.name} ({field.kind})" for field in settings.form))


def _work(element: model.FlowNode, settings: Settings) -> Iterator[str]:
    """Say who or what does the work of an activity, and what it calls or asks."""
    implementation = getattr(element, "implementation", "")
    technology = implementation.startswith("##") or implementation in _TECHNOLOGIES
    own = "" if technology or isinstance(element, model.UserTask) else implementation
    bound = f"python:{settings.implementation}" if settings.implementation else ""
    named = bound or (settings.names[0] if settings.names else settings.name_expression)
    yield _said("done by", named or own or settings.expression)
    yield _said("asks the decision", settings.decision)
    if isinstance(element, model.CallActivity):
        yield _said("calls", called_by(element))
    if isinstance(element, model.ScriptTask):
        yield _said("a script in", element.script_format)


def _awaited(elements: Iterable[Element], names: Mapping[str, str]) -> Iterator[str]:
    """Say what is sent, awaited, thrown or caught, and when timers are due."""
    for element in elements:
        for word, field in _REFERENCES.items():
            reference = getattr(element, field, None) or ""
            yield _said(word, names.get(reference, reference))
        for word, field in _TIMES.items():
            yield _said(word, _text(getattr(element, field, None)))
        yield _said("if", _text(getattr(element, "condition", None)))


def _heard(listener: Listener) -> str:
    """Say what is called when something happens."""
    called = listener.name or listener.name_expression or listener.expression
    return _said(f"calls at {clean(listener.event)}", called or "a script")


def _said(word: str, text: str | None) -> str:
    """Put a word before a text; nothing where there is none."""
    told = one_line(clean(text))
    return f"{word} {told}" if told else ""


def _text(expression: Expression | None) -> str:
    return one_line(clean(expression.body)) if expression is not None else ""
