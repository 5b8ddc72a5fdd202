"""How vendors write data that moves: mappings of activities and events, and what calls pass."""

from __future__ import annotations

from typing import Final

from bpmn_xml.compiler.dialects.settings import MappedValue, PassedData, Refusal, Settings, flag
from bpmn_xml.model import ForeignElement

KEY: Final = "businessKey"
"""The variable that holds an instance's business key."""


def input_output(settings: Settings, element: ForeignElement) -> None:
    """Read `camunda:inputOutput`: parameters are texts, scripts, lists or maps."""
    for child in element.children:
        if child.name in PARAMETERS:
            given = _value(child, child.attribute("name") or "")
            getattr(settings, PARAMETERS[child.name]).append(given)


PARAMETERS: Final = {"inputParameter": "inputs", "outputParameter": "outputs"}


def _value(element: ForeignElement, target: str) -> MappedValue:
    """A value: what the element holds, or else its text; null where there is none."""
    for child in element.children:
        if child.name in SHAPES:
            return _shaped(child, target)
    text = element.text.strip()
    return MappedValue(target, text, "text" if text else "null")


def _shaped(element: ForeignElement, target: str = "") -> MappedValue:
    if element.name == "script":
        language, resource = element.attribute("scriptFormat") or "", element.attribute("resource")
        kind, text = ("resource", resource) if resource else ("script", element.text)
        return MappedValue(target, text, kind, language)
    items = [_item(child) for child in element.children if child.name in ITEMS]
    return MappedValue(target, element.text, element.name, items=tuple(items))


def _item(element: ForeignElement) -> MappedValue:
    """An element of a list, or an entry of a map with its key."""
    if element.name in SHAPES:
        return _shaped(element)
    return _value(element, element.attribute("key") or "")


SHAPES: Final = frozenset({"script", "list", "map"})
ITEMS: Final = SHAPES | {"value", "entry"}


def passed_in(settings: Settings, element: ForeignElement) -> None:
    """Read `camunda:in` of a call, or of a signal that is thrown."""
    key = element.attribute(KEY)
    if key is not None:
        settings.passed.inputs.append(MappedValue(KEY, key))
        return
    passed, local = settings.passed, element.attribute("local") == "true"
    _passed(element, passed.local_inputs if local else passed.inputs)
    if element.attribute("variables") == "all":
        setattr(passed, "local_in" if local else "all_in", True)


def passed_out(settings: Settings, element: ForeignElement) -> None:
    """Read `camunda:out` of a call; all variables of a called process are its own, local ones.

    What is `local` here is written for the call alone, for its mapping and listeners to see.
    """
    target = _passed(element, settings.passed.outputs)
    everything = element.attribute("variables") == "all"
    if element.attribute("local") == "true" and everything:
        what = "all variables that come back for the call alone"
        settings.refused.append(Refusal(what, "name each variable"))
    elif element.attribute("local") == "true" and target:
        settings.passed.local_targets.append(target)
    settings.passed.all_out = settings.passed.all_out or everything


def _passed(element: ForeignElement, into: list[MappedValue]) -> str:
    """One variable, or an expression, with its new name; that, or nothing if there is no value."""
    source, text = element.attribute("source"), element.attribute("sourceExpression")
    target = element.attribute("target") or source or ""
    if source:
        into.append(MappedValue(target, source, "variable"))
    elif text is not None:
        into.append(MappedValue(target, text))
    else:
        return ""
    return target


def io_mapping(settings: Settings, element: ForeignElement) -> None:
    """Read `zeebe:ioMapping`: FEEL, or a constant; targets may be entries of variables.

    An input without a source is null, since Camunda 8.8.
    """
    for child in element.children:
        begins, source = child.name == "input", child.attribute("source") or ""
        into = settings.inputs if begins else settings.outputs
        text = "= null" if begins and not source.strip() else source
        into.append(MappedValue(child.attribute("target") or "", text, "path"))


def called_element(settings: Settings, element: ForeignElement) -> None:
    """Read what `zeebe:calledElement` passes: all variables unless it says otherwise."""
    key = element.attribute("businessId")
    settings.passed = PassedData(
        all_in=flag(element.attribute("propagateAllParentVariables") or "true"),
        all_out=flag(element.attribute("propagateAllChildVariables") or "true"),
        mapped=True,
        inputs=[MappedValue(KEY, key)] if key else [],
    )
