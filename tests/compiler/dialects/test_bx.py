"""Our own words: what each sets, and what it cannot take."""

from __future__ import annotations

from typing import Any

import pytest

from bpmn_xml import model as m
from bpmn_xml.compiler.dialects.bx import DIALECT
from bpmn_xml.compiler.dialects.settings import Settings
from tests.compiler.dialects.places import setting

PLACED: dict[str, type[m.Element]] = {
    "catch": m.ErrorEventDefinition,
    "errorCodeVariable": m.ErrorEventDefinition,
    "errorMessageVariable": m.ErrorEventDefinition,
    "payload": m.Process,
    "key": m.Message,
    "collection": m.MultiInstanceLoopCharacteristics,
    "element": m.MultiInstanceLoopCharacteristics,
    "output": m.MultiInstanceLoopCharacteristics,
    "outputElement": m.MultiInstanceLoopCharacteristics,
}


def said_of(name: str, value: str) -> Settings:
    """What `bx:name="value"` says where it has an effect."""
    settings = setting(f"bx:{name}", value, PLACED.get(name, m.ServiceTask))
    assert settings.works is bool(settings.implementation)
    settings.works = False
    return settings


VALUES: list[tuple[str, str, dict[str, Any]]] = [
    ("binding", "python:a.b:C.d", {"implementation": "a.b:C.d"}),
    ("binding", " a:b ", {"implementation": "a:b"}),
    ("catch", "exceptions", {"catches_exceptions": True}),
    ("catch", "errors", {"catches_exceptions": False}),
    ("delay", "1.5", {"delay": 1_500_000}),
    ("emits", "many", {"many": True}),
    ("emits", "one", {}),
    ("emits", " transfer ", {"promotes": True}),
    ("errorCodeVariable", "code", {"code_variable": "code"}),
    ("errorMessageVariable", "why", {"message_variable": "why"}),
    ("maxInFlight", "3", {"max_in_flight": 3}),
    ("payload", "flow", {"flow_payload": True}),
    ("payload", "variables", {}),
    ("queueCount", "anything", {}),
    ("resumable", "true", {"resumable": True}),
    ("resumable", "false", {}),
    ("result", " answer ", {"result": "answer"}),
    ("retries", "2", {"retries": (0, 0)}),
    ("threads", " 1000000 ", {"threads": 10**6}),
    ("timeout", "PT1M", {"timeout": 60_000_000}),
    ("key", " =order ", {"key": "=order"}),
    ("collection", "items", {"collection": "items"}),
    ("element", "item", {"element": "item"}),
    ("output", "sums", {"output": "sums"}),
    ("outputElement", "sum", {"output_element": "sum"}),
]


@pytest.mark.parametrize(("name", "value", "expected"), VALUES)
def test_what_a_word_sets(name: str, value: str, expected: dict[str, Any]) -> None:
    assert said_of(name, value) == Settings(**expected)


def test_every_word_is_tested() -> None:
    assert {f"@{name}" for name, _, _ in VALUES} == DIALECT.rows.keys()


REFUSED = [
    ("binding", "os", "bx:binding: 'os' is not of the form python:module:Class.method"),
    ("binding", "python:os:system()", "is not of the form"),
    ("binding", "python:../os:system", "is not of the form"),
    ("binding", ":f", "is not of the form"),
    ("catch", "all", "bx:catch: 'all' is not exceptions or errors"),
    ("delay", "soon", "no duration"),
    ("emits", "MANY", "bx:emits: 'MANY' is not many, one or transfer"),
    ("maxInFlight", "-1", "no whole number"),
    ("payload", "both", "is not flow or variables"),
    ("resumable", "yes", "bx:resumable: 'yes' is not true or false"),
    ("retries", "a few", "no number of retries"),
    ("threads", "1.5", "no whole number"),
    ("threads", "9" * 5000, "no whole number"),
    ("threads", "²", "no whole number"),
    ("threads", "", "no whole number"),
    ("timeout", "", "no duration"),
]


@pytest.mark.parametrize(("name", "value", "what"), REFUSED)
def test_what_a_word_cannot_take(name: str, value: str, what: str) -> None:
    (problem,) = said_of(name, value).problems
    assert problem.code == "BX160"
    assert what in problem.message
    assert len(problem.message) < 200
