"""Our own extension: `urn:bpmn-xml:1.0`, prefix `bx`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bpmn_xml import model as m
from bpmn_xml.compiler.dialects.settings import (
    BX,
    Dialect,
    Settings,
    flag,
    kept,
    one_of,
    positive,
)
from bpmn_xml.compiler.durations import microseconds, retry_waits

PYTHON: Final = "python:"

WORKING: Final = (m.ServiceTask, m.SendTask, m.ScriptTask, m.BusinessRuleTask)
"""Tasks that Python does."""

PLACES: Final[Mapping[str, tuple[type[m.Element], ...]]] = {
    "catch": (m.BoundaryEvent, m.ErrorEventDefinition),
    "payload": (m.Process,),
    "key": (m.MessageEventDefinition, m.Message, m.ReceiveTask, m.SendTask),
    "collection": (m.MultiInstanceLoopCharacteristics,),
    "element": (m.MultiInstanceLoopCharacteristics,),
    "output": (m.MultiInstanceLoopCharacteristics,),
    "outputElement": (m.MultiInstanceLoopCharacteristics,),
}
"""Where a setting has an effect; all others have theirs on the tasks that Python does."""


def has_effect(name: str, element: m.Element) -> bool:
    """Whether a setting does something where it stands."""
    return isinstance(element, PLACES.get(name, WORKING))


def python_name(settings: Settings, text: str) -> None:
    """Take `python:module:Class.method` as the implementation."""
    module, separator, name = text.strip().removeprefix(PYTHON).partition(":")
    words = [*module.split("."), *name.split(".")]
    if not separator or not all(word.isidentifier() for word in words):
        raise ValueError(f"{text[:80]!r} is not of the form python:module:Class.method")
    settings.works, settings.implementation = True, f"{module}:{name}"


def _emits(settings: Settings, text: str) -> None:
    word = one_of(text, ("many", "one", "transfer"))
    settings.many, settings.promotes = word == "many", word == "transfer"


def _set_threads(settings: Settings, text: str) -> None:
    settings.threads = positive(text)


def _delay(settings: Settings, text: str) -> None:
    settings.delay = microseconds(text)


def _timeout(settings: Settings, text: str) -> None:
    settings.timeout = microseconds(text)


def _catch(settings: Settings, text: str) -> None:
    settings.catches_exceptions = one_of(text, ("exceptions", "errors")) == "exceptions"


def _payload(settings: Settings, text: str) -> None:
    settings.flow_payload = one_of(text, ("flow", "variables")) == "flow"


def _resumable(settings: Settings, text: str) -> None:
    settings.resumable = flag(text)


def _in_flight(settings: Settings, text: str) -> None:
    settings.max_in_flight = positive(text)


def _retries(settings: Settings, text: str) -> None:
    settings.retries = retry_waits(text, first_counts=False)


def _result(settings: Settings, text: str) -> None:
    settings.result = text.strip()


def _key(settings: Settings, text: str) -> None:
    settings.key = text.strip()


def _collection(settings: Settings, text: str) -> None:
    settings.collection = text.strip()


def _element(settings: Settings, text: str) -> None:
    settings.element = text.strip()


def _output(settings: Settings, text: str) -> None:
    settings.output = text.strip()


def _output_element(settings: Settings, text: str) -> None:
    settings.output_element = text.strip()


DIALECT: Final = Dialect(
    name="standard",
    namespaces=frozenset({BX}),
    attributes={
        "binding": python_name,
        "catch": _catch,
        "collection": _collection,
        "delay": _delay,
        "element": _element,
        "emits": _emits,
        "key": _key,
        "maxInFlight": _in_flight,
        "output": _output,
        "outputElement": _output_element,
        "payload": _payload,
        "queueCount": kept,
        "resumable": _resumable,
        "result": _result,
        "retries": _retries,
        "threads": _set_threads,
        "timeout": _timeout,
    },
    elements={},
)
