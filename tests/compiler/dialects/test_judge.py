"""No word of a known vendor passes in silence, wherever it stands."""

from __future__ import annotations

import pytest

from bpmn_xml import model as m
from bpmn_xml.compiler.dialects.read import DIALECTS
from bpmn_xml.compiler.dialects.table import Verdict
from tests.compiler.drawing import around, compiled, extended, read_text, said, told, word


def service(**words: object) -> m.ServiceTask:
    return m.ServiceTask(id="t", **words)


LET = "let it pass with --allow-unknown"

MAY = (
    "bx:binding, bx:delay, bx:emits, bx:maxInFlight, bx:queueCount, bx:resumable, bx:result, "
    "bx:retries, bx:threads and bx:timeout"
)

UNKNOWN = [
    (
        said(bx_thread="2"),
        "error BX160 t: bx:thread is not known; did you mean 'threads'? Else remove it",
    ),
    (
        said(bx_retry="2"),
        "error BX160 t: bx:retry is not known; did you mean 'retries'? Else remove it",
    ),
    (
        extended(word("bx:anything")),
        f"error BX160 t: bx:anything is not known; remove it; here may stand {MAY}",
    ),
    (
        said(camunda_asyncBefor="true"),
        (
            "error BX105 t: camunda:asyncBefor is not known; did you mean 'asyncBefore' or "
            f"'asyncAfter'? Else remove it, or {LET} camunda:asyncBefor"
        ),
    ),
    (
        extended(word("zeebe:odd")),
        f"error BX105 t: zeebe:odd is not known; remove it, or {LET} zeebe:odd",
    ),
    (
        extended(word("zeebe:taskDefinition", type="pay", retrie="3")),
        (
            "error BX105 t: zeebe:taskDefinition/retrie is not known; did you mean 'retries'? "
            f"Else remove it, or {LET} zeebe:taskDefinition/retrie"
        ),
    ),
    (
        extended(word("zeebe:taskHeaders", word("zeebe:head"))),
        (
            "error BX105 t: zeebe:taskHeaders/zeebe:head is not known; did you mean 'header'? "
            f"Else remove it, or {LET} zeebe:taskHeaders/zeebe:head"
        ),
    ),
    (
        said(modeler_executionPlatfrom="x"),
        (
            "error BX105 t: modeler:executionPlatfrom is not known; remove it, or "
            f"{LET} modeler:executionPlatfrom"
        ),
    ),
]


@pytest.mark.parametrize(("words", "line"), UNKNOWN)
def test_unknown_words_are_refused(words: dict[str, object], line: str) -> None:
    assert told(around(service(**words))) == [line]


@pytest.mark.parametrize(("words", "line"), UNKNOWN[2:])
def test_unknown_words_can_be_let_pass(words: dict[str, object], line: str) -> None:
    spelled = line.split(" ")[3]
    assert told(around(service(**words)), allow_unknown=frozenset({spelled})) == [
        f"note BX163 t: {spelled} is not known"
    ]


def test_what_is_refused_cannot_be_let_pass() -> None:
    task = service(**said(camunda_triggerable="true"))
    (line,) = told(around(task), allow_unknown=frozenset({"camunda:triggerable"}))
    assert line.startswith("error BX105 t: a service task that waits cannot be run yet")


def test_words_of_namespaces_that_nobody_knows_are_nobodys_business() -> None:
    task = service(**said(other_threads="x"), **extended(word("other:script", text="rm -rf /")))
    assert told(around(task)) == []


def test_what_nobody_knows_may_stand_inside_of_what_is_known() -> None:
    definition = word("zeebe:taskDefinition", word("other:note"), type="pay")
    assert told(around(service(**extended(definition)))) == []


ELSEWHERE = [
    ("P", '<process id="P" isExecutable="true" camunda:odd="1"><startEvent id="s"/></process>'),
    (
        "L",
        (
            '<process id="P" isExecutable="true"><laneSet id="A">'
            '<lane id="L" zeebe:odd="1"/></laneSet>'
            '<startEvent id="s"/></process>'
        ),
    ),
    (
        "M",
        (
            '<message id="M"><extensionElements><zeebe:odd/></extensionElements></message>'
            '<process id="P" isExecutable="true"><startEvent id="s"/></process>'
        ),
    ),
    (
        "A",
        (
            '<collaboration id="C">'
            '<participant id="A" camunda:odd="1" processRef="P"/></collaboration>'
            '<process id="P" isExecutable="true"><startEvent id="s"/></process>'
        ),
    ),
    (
        "t",
        (
            '<process id="P" isExecutable="true"><startEvent id="t"><extensionElements>'
            "<camunda:formData><camunda:formField><camunda:odd/></camunda:formField>"
            "</camunda:formData></extensionElements></startEvent></process>"
        ),
    ),
    (
        "t",
        (
            '<process id="P" isExecutable="true"><task id="t"><multiInstanceLoopCharacteristics '
            'id="l" camunda:odd="1"><loopCardinality>1</loopCardinality>'
            "</multiInstanceLoopCharacteristics></task></process>"
        ),
    ),
]


@pytest.mark.parametrize(("owner", "body"), ELSEWHERE)
def test_words_are_judged_wherever_they_stand(owner: str, body: str) -> None:
    (line,) = told(read_text(body))
    assert f" BX105 {owner}: " in line
    assert "odd is not known" in line


def test_words_of_processes_that_are_not_run_are_left_alone() -> None:
    drawn = read_text(
        '<process id="P" isExecutable="true"><startEvent id="s"/></process>'
        '<process id="Q" isExecutable="false"><task id="t" camunda:odd="1"/></process>'
    )
    assert told(drawn) == []


def test_a_word_without_prefix_is_spelled_without() -> None:
    drawn = read_text(
        """<process id="P" isExecutable="true"><task id="t"><extensionElements>
        <odd xmlns="urn:bpmn-xml:1.0"/></extensionElements></task></process>"""
    )
    assert told(drawn) == ["a.bpmn:3:9: error BX160 t: odd is not known; remove it"]


def test_under_stub_an_unknown_word_of_ours_is_still_an_error() -> None:
    assert told(around(service(**said(bx_thread="2"))), stub=True) == [
        "error BX160 t: bx:thread is not known; did you mean 'threads'? Else remove it"
    ]
    assert told(around(service(**said(camunda_odd="2"))), stub=True) == [
        f"note BX105 t: camunda:odd is not known; remove it, or {LET} camunda:odd"
    ]


NO_EFFECT = [
    (m.ExclusiveGateway(id="t", **said(bx_threads="2")), "bx:threads", "an exclusive gateway"),
    (m.UserTask(id="t", **said(bx_retries="none")), "bx:retries", "a user task"),
    (m.Task(id="t", **said(bx_emits="many")), "bx:emits", "a task"),
    (service(**said(bx_catch="exceptions")), "bx:catch", "a service task"),
    (m.SubProcess(id="t", **said(bx_payload="flow")), "bx:payload", "a sub-process"),
    (service(**said(bx_collection="items")), "bx:collection", "a service task"),
    (m.SendTask(id="t", **said(bx_payload="flow")), "bx:payload", "a send task"),
    (service(**said(camunda_assignee="demo")), "camunda:assignee", "a service task"),
    (m.Task(id="t", **extended(word("zeebe:script"))), "zeebe:script", "a task"),
]


@pytest.mark.parametrize(("node", "name", "where"), NO_EFFECT)
def test_words_are_warned_of_where_they_mean_nothing(
    node: m.FlowNode, name: str, where: str
) -> None:
    (line,) = told(around(node))
    assert line.startswith(f"warning BX161 t: {name} has no effect on {where}; remove it")


def test_where_a_word_has_an_effect_is_told() -> None:
    caught = m.MessageEventDefinition(id="d")
    event = m.IntermediateCatchEvent(id="t", event_definitions=(caught,), **said(bx_key="n"))
    (line,) = [one for one in told(around(event)) if "BX161" in one]
    places = "a message event definition, a message, a receive task or a send task"
    assert line.endswith(f"remove it, or put it on {places}")
    boundary = m.BoundaryEvent(id="t", attached_to_ref="x", **said(bx_items="all"))
    (line,) = [one for one in told(around(boundary)) if "bx:items" in one]
    words = "bx:catch, bx:errorCodeVariable and bx:errorMessageVariable"
    assert line.endswith(f"bx:items is not known; remove it; here may stand {words}")


def test_what_is_refused_is_told_once_for_each_element() -> None:
    twice = said(camunda_rules="a", camunda_exclude="true")
    (line,) = told(around(m.ServiceTask(id="t", **twice)))
    assert line.startswith("error BX105 t: rules of another engine cannot be run yet")


def test_what_is_refused_stands_on_elements_of_the_model() -> None:
    refused = [w for d in DIALECTS for w in d.words if w.verdict is Verdict.REFUSED]
    assert refused
    assert not [word.name for word in refused if any(isinstance(spot, str) for spot in word.on)]


def test_our_words_may_be_noted_as_properties() -> None:
    notes = [
        word("camunda:property", name="bx:threads", value="2"),
        word("camunda:property", name="bx:retries", value=" "),
        word("camunda:property", name="colour", value="red"),
    ]
    task = service(**extended(word("camunda:properties", *notes)))
    (node,) = [node for node in compiled(around(task)).nodes if node.work]
    assert node.work is not None
    assert (node.work.threads, node.work.retries) == (2, ())
    odd = word("zeebe:properties", word("zeebe:property", name="bx:thread", value="2"))
    assert told(around(service(**extended(odd)))) == [
        "error BX160 t: bx:thread is not known; did you mean 'threads'? Else remove it"
    ]


def test_what_means_nothing_to_people_is_not_told() -> None:
    data = word("camunda:formData", word("other:note"), word("camunda:formField", id="a"))
    who = word("zeebe:assignmentDefinition", assignee="ada")
    odd = m.ForeignAttribute(name="odd", value="1", namespace="urn:other", prefix="other")
    task = m.UserTask(id="t", **extended(data))
    assert told(around(task)) == []
    import msgspec

    who = msgspec.structs.replace(who, attributes=(*who.attributes, odd))
    assert told(around(m.UserTask(id="t", **extended(who)))) == []
