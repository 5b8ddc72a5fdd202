"""Every rule finds what violates it, and finds nothing in what is valid."""

from __future__ import annotations

from pathlib import Path

import pytest

from bpmn_xml.check import schema
from bpmn_xml.check.examples import Example, examples, examples_in
from bpmn_xml.check.rules.facts import Facts
from bpmn_xml.check.rules.table import RULES, judge
from bpmn_xml.check.shorthand import xml
from bpmn_xml.errors import Finding
from bpmn_xml.formats import inspect
from tests.conftest import ROOT

BY_CODE = {rule.code: rule for rule in RULES}


def judged(shorthand: str) -> list[Finding]:
    """What the rules say about a diagram."""
    found = inspect(xml(shorthand))
    assert found.definitions is not None
    return list(judge(Facts(found.definitions, found.unnamed, found.repeated)))


VARIANTS = examples_in(
    "".join(file.read_text("utf-8") for file in Path(__file__).parent.glob("variants/*.txt"))
)
"""Of each rule: other elements, deeper levels, pools, definitions that are shared; near misses."""

OF_RULES = {code: group for code, group in examples().items() if code.startswith("EXT")}
CASES = [
    pytest.param(code, example, id=f"{code} {'+' if example.valid else '-'}{number}")
    for code, group in OF_RULES.items()
    for number, example in enumerate((*group, *VARIANTS[code]), 1)
]


@pytest.mark.parametrize(("code", "example"), CASES)
def test_a_rule_tells_what_violates_it_from_what_is_valid(code: str, example: Example) -> None:
    found = judged(example.shorthand)
    if example.valid:
        assert [str(one) for one in found] == []
        assert schema.validate(xml(example.shorthand), "") == []
    else:
        assert code in {one.code for one in found}, [str(one) for one in found]


def test_every_rule_has_examples_of_both_kinds() -> None:
    for known in (OF_RULES, VARIANTS):
        assert known.keys() == BY_CODE.keys()
        for code, group in known.items():
            assert {example.valid for example in group} == {True, False}, code


def test_there_are_as_many_rules_as_the_literature_has() -> None:
    assert len(RULES) == len(BY_CODE) == 143
    assert [rule.number for rule in RULES] == sorted(rule.number for rule in RULES)


def test_a_finding_says_where_what_why_and_what_to_do() -> None:
    (found,) = judged("s > t > e\nt > s\n")
    assert found.code == "EXT096"
    assert found.id == "s"
    assert found.place.line == 3
    assert found.message == "a start event must not have an incoming flow (10.5)"
    assert found.remedy == "let the flow lead to what follows the start event"


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("", ["EXT133"]),
        ('xmlns:camunda="http://camunda.org/schema/1.0/bpmn"', []),
        (
            'xmlns:m="http://camunda.org/schema/modeler/1.0" m:executionPlatform="Camunda Cloud"',
            [],
        ),
        ('xmlns:color="http://www.omg.org/spec/BPMN/non-normative/color/1.0"', ["EXT133"]),
    ],
)
def test_the_engine_that_a_file_is_drawn_for_knows_other_times(said: str, codes: list[str]) -> None:
    timer = "s > e\nstartEvent s\n  timerEventDefinition\n    timeCycle : 0 0 9 * * MON-FRI\n"
    text = xml(timer).replace(b"<definitions ", f"<definitions {said} ".encode())
    found = inspect(text)
    assert found.definitions is not None
    assert [one.code for one in judge(Facts(found.definitions))] == codes
    daily = inspect(text.replace(b"0 0 9 * * MON-FRI", b"every day"))
    assert daily.definitions is not None
    assert [one.code for one in judge(Facts(daily.definitions))] == ["EXT133"]


@pytest.mark.parametrize("file", sorted(ROOT.glob("diagrams/**/*.bpmn")), ids=lambda one: one.stem)
def test_our_own_diagrams_break_no_rule_but_name_no_operations(file: Path) -> None:
    found = inspect(file)
    assert found.definitions is not None
    broken = judge(Facts(found.definitions, found.unnamed, found.repeated))
    assert [str(one) for one in broken if one.code != "EXT128"] == []


ELSEWHERE = """\
s > e
endEvent e
  escalationEventDefinition escalationRef=imp:X
--
s > c > e
intermediateCatchEvent c
  eventDefinitionRef : imp:D
--
s > c > d > e
intermediateCatchEvent c
  eventDefinitionRef : imp:D
intermediateCatchEvent d
  signalEventDefinition
--
s > t > e
boundaryEvent b attachedToRef=t
  eventDefinitionRef : imp:D
b > e
--
s > e
subProcess h triggeredByEvent=true
  startEvent s2
    eventDefinitionRef : imp:D
  s2 > e2
--
s > g > c > e
g > r > e
eventBasedGateway g
receiveTask r
intermediateCatchEvent c
  eventDefinitionRef : imp:D
--
collaboration C
  participant p processRef=P
  participant q
  messageFlow f sourceRef=q targetRef=s
  messageFlow h sourceRef=e targetRef=q
process P
  s > e
  startEvent s
    eventDefinitionRef : imp:D
  endEvent e
    eventDefinitionRef : imp:D
--
globalTask T
  supportedInterfaceRef : imp:I
  ioSpecification
    dataInput i
    dataOutput o
    inputSet
      dataInputRefs : i
    outputSet
      dataOutputRefs : o
  ioBinding operationRef=imp:O inputDataRef=i outputDataRef=o
--
s > t > e
task t
  multiInstanceLoopCharacteristics
    loopCardinality : 3
    completionCondition formal evaluatesToTypeRef=imp:Answer : done
"""


@pytest.mark.parametrize("shorthand", ELSEWHERE.split("--\n"))
def test_nothing_is_said_of_what_another_file_holds(shorthand: str) -> None:
    text = xml(shorthand).replace(b"<definitions ", b'<definitions xmlns:imp="urn:other" ')
    found = inspect(text)
    assert found.definitions is not None
    assert [str(one) for one in judge(Facts(found.definitions, found.unnamed))] == []


OWN_WORDS = """executable
message M
s > t > c > e
task t
  multiInstanceLoopCharacteristics
intermediateCatchEvent c
  messageEventDefinition messageRef=M
"""


@pytest.mark.parametrize(("engine", "severity"), [("Camunda Cloud", "note"), ("Other", "error")])
def test_what_an_engine_has_words_of_its_own_for_is_noted(engine: str, severity: str) -> None:
    """Its modeler cannot write an operation, nor a cardinality in the standard's words."""
    text = xml(OWN_WORDS).decode()
    platform = f'xmlns:m="http://camunda.org/schema/modeler/1.0" m:executionPlatform="{engine}"'
    found = inspect(text.replace("<definitions ", f"<definitions {platform} ", 1).encode())
    assert found.definitions is not None
    told = judge(Facts(found.definitions, found.unnamed, found.repeated))
    assert {one.code: one.severity for one in told} == {"EXT067": severity, "EXT128": severity}


def test_words_of_an_engine_are_as_good_as_its_name() -> None:
    used = 'xmlns:c="http://camunda.org/schema/1.0/bpmn"'
    for word, severity in (("", "error"), (' c:historyTimeToLive="P1D"', "note")):
        text = xml(OWN_WORDS).decode().replace("<definitions ", f"<definitions {used} ", 1)
        found = inspect(text.replace("<process ", f"<process{word} ", 1).encode())
        assert found.definitions is not None
        assert {one.severity for one in judge(Facts(found.definitions))} == {severity}


def test_our_own_collection_says_how_many_instances_there_are() -> None:
    own = "executable\ns > t > e\ntask t\n  multiInstanceLoopCharacteristics bx:collection=orders"
    for uri, codes in (("urn:bpmn-xml:1.0", set()), ("urn:other", {"EXT067"})):
        text = xml(own).replace(b"<definitions", f'<definitions xmlns:bx="{uri}"'.encode())
        found = inspect(text)
        assert found.definitions is not None
        assert {one.code for one in judge(Facts(found.definitions))} == codes
