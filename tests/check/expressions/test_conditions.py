"""Conditions that ask nothing, and those that another engine reads as texts."""

from __future__ import annotations

import pytest

from bpmn_xml.check.checking import check
from bpmn_xml.check.expressions.conditions import CONSTANT, TEXT
from bpmn_xml.check.shorthand import xml
from bpmn_xml.errors import Finding

CAMUNDA = b' xmlns:camunda="http://camunda.org/schema/1.0/bpmn"'
ZEEBE = b' xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"'
CHOICE = "s > g\n{}\ng > b\na > e\nb > e\nexclusiveGateway g default=g_b\n"
LOOP = "s > a > e\ntask a\n  multiInstanceLoopCharacteristics\n    {}\n"


def told(shorthand: str, declaration: bytes = b"", word: bytes = b"") -> list[Finding]:
    """What is said about conditions."""
    text = xml(f"executable\n{shorthand}").replace(b'id="a"', b'id="a"' + word, 1)
    found = check(text.replace(b"<definitions", b"<definitions" + declaration), aim="run")
    return [one for one in found if one.code in (TEXT, CONSTANT)]


ASKING_NOTHING = {
    "${true}": (CONSTANT, "is always true"),
    "=true": (CONSTANT, "is always true"),
    "${1==1}": (CONSTANT, "is always true"),
    "=1 > 2": (CONSTANT, "is never true"),
    "false": (CONSTANT, "is never true"),
    "=1": (CONSTANT, "is a number"),
    "=null": (CONSTANT, "is nothing"),
    "${1/0 == 'a'}": (CONSTANT, "has no value"),
    "'yes'": (TEXT, "is a text, which asks nothing"),
    "#{'yes'}": (TEXT, "is a text, which asks nothing"),
    '="no"': (TEXT, "is a text, which asks nothing"),
}


@pytest.mark.parametrize(("text", "wanted"), ASKING_NOTHING.items(), ids=ASKING_NOTHING)
def test_a_condition_without_variables_asks_nothing(text: str, wanted: tuple[str, str]) -> None:
    (found,) = told(CHOICE.format(f"g > a ? {text}"))
    assert (found.code, found.id) == (wanted[0], "g_a")
    assert wanted[1] in found.message
    assert found.remedy


ASKING = (
    "ok",
    "${ok}",
    "=is defined(a)",
    "=now() > a",
    "=random number() > 0.5",
    "${rules.hold(1)}",
)


@pytest.mark.parametrize("text", ASKING)
def test_what_asks_is_not_told(text: str) -> None:
    assert told(CHOICE.format(f"g > a ? {text}")) == []


def test_a_conditional_event_asks_too() -> None:
    event = (
        "s > c > e\nintermediateCatchEvent c\n  conditionalEventDefinition\n    condition : {}\n"
    )
    assert [one.id for one in told(event.format("=true"))] == ["c"]
    assert told(event.format("=a")) == []


MEANT = {
    "a text": (CAMUNDA, "ok", ["g_a"]),
    "an expression": (CAMUNDA, "${ok}", []),
    "FEEL": (CAMUNDA, "=ok", ["g_a"]),
    "JUEL": (ZEEBE, "${ok}", ["g_a"]),
    "FEEL for FEEL": (ZEEBE, "=ok", []),
    "for nobody": (b"", "ok", []),
    "a slip in Python, or XPath": (b"", "n = 1", ["g_a"]),
}


@pytest.mark.parametrize(("declaration", "text", "ids"), MEANT.values(), ids=MEANT)
def test_a_condition_is_in_the_language_of_its_engine(
    declaration: bytes, text: str, ids: list[str]
) -> None:
    word = b' camunda:asyncBefore="true"' if declaration == CAMUNDA else b""
    word = b' zeebe:modelerTemplate="t"' if declaration == ZEEBE else word
    found = told(CHOICE.format(f"g > a ? {text}"), declaration, word)
    assert [one.id for one in found] == ids


REPEATED = {
    "a number of instances": ("loopCardinality : three", ["its number of instances 'three'"]),
    "a completion": (
        "loopCardinality : 3\n    completionCondition : done",
        ["its completion condition 'done'"],
    ),
    "a plain number": ("loopCardinality : 3", []),
}


@pytest.mark.parametrize(("inside", "wanted"), REPEATED.values(), ids=REPEATED)
def test_what_repeats_is_in_the_language_of_its_engine(inside: str, wanted: list[str]) -> None:
    found = told(LOOP.format(inside), CAMUNDA, b' camunda:asyncBefore="true"')
    assert [one.message.partition(" is read")[0] for one in found] == wanted


@pytest.mark.parametrize(("text", "ids"), [("${late}", ["c"]), ("=late", []), ("PT1H", [])])
def test_a_time_is_in_the_language_of_its_engine(text: str, ids: list[str]) -> None:
    event = (
        f"s > c > e\nintermediateCatchEvent c\n  timerEventDefinition\n    timeDuration : {text}\n"
    )
    shorthand = f"task a\n{event}"
    found = told(shorthand, ZEEBE, b' zeebe:modelerTemplate="t"')
    assert [one.id for one in found] == ids
