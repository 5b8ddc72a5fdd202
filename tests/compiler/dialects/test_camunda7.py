"""Camunda 7, Activiti and Flowable: what each word sets, keeps or refuses."""

from __future__ import annotations

from typing import Any

import pytest

from bpmn_xml import model as m
from bpmn_xml.compiler import codes
from bpmn_xml.compiler.dialects import forks
from bpmn_xml.compiler.dialects.camunda7 import DIALECT
from bpmn_xml.compiler.dialects.settings import (
    Listener,
    MappedValue,
    PassedData,
    ScriptText,
    Settings,
    ThrownIf,
)
from bpmn_xml.compiler.program.fields import FormField
from bpmn_xml.model import ForeignElement
from tests.compiler.dialects.places import setting
from tests.compiler.drawing import around, extended, said, told, word

WORKING = {"class", "decisionRef", "delegateExpression", "expression", "topic", "type"}

ASKED = {"formData", "formProperty"}

PLACED: dict[str, type[m.Element]] = {
    "decisionRef": m.BusinessRuleTask,
    "mapDecisionResult": m.BusinessRuleTask,
    "errorCodeVariable": m.ErrorEventDefinition,
    "escalationCodeVariable": m.EscalationEventDefinition,
    "errorMessageVariable": m.ErrorEventDefinition,
    "resource": m.ScriptTask,
    "collection": m.MultiInstanceLoopCharacteristics,
    "elementVariable": m.MultiInstanceLoopCharacteristics,
    "assignee": m.UserTask,
    "candidateUsers": m.UserTask,
    "candidateGroups": m.UserTask,
    "dueDate": m.UserTask,
    "followUpDate": m.UserTask,
    "priority": m.UserTask,
    "formKey": m.UserTask,
    "formRef": m.UserTask,
    "initiator": m.StartEvent,
    "variableName": m.ConditionalEventDefinition,
    "variableEvents": m.ConditionalEventDefinition,
    "variableMappingClass": m.CallActivity,
    "variableMappingDelegateExpression": m.CallActivity,
}


def attribute(name: str, value: str = "x") -> Settings:
    settings = setting(f"camunda:{name}", value, PLACED.get(name, m.ServiceTask))
    assert settings.works is (name in WORKING)
    settings.works = False
    return settings


def element(found: ForeignElement) -> Settings:
    asked = m.UserTask if found.name in (*ASKED, "taskListener") else m.ServiceTask
    return setting("", found, m.CallActivity if found.name in ("in", "out") else asked)


ATTRIBUTES: list[tuple[str, str, dict[str, Any]]] = [
    ("class", "org.acme.Pay", {"names": ["org.acme.Pay"]}),
    ("delegateExpression", " ${pay} ", {"names": ["pay"]}),
    ("delegateExpression", "#{pay}", {"names": ["pay"]}),
    ("topic", "pay", {"names": ["pay"]}),
    ("topic", "pay_${by}", {"name_expression": "pay_${by}"}),
    ("topic", "python:a:b", {"implementation": "a:b"}),
    ("expression", "${pay()}", {"expression": "${pay()}"}),
    ("decisionRef", "Risk", {"decision": "Risk", "decision_rows": True}),
    ("mapDecisionResult", "singleEntry", {"decision_mapping": "singleEntry"}),
    ("type", "external", {"external": True}),
    ("type", "mail", {"names": ["mail"]}),
    ("resultVariable", " sum ", {"result": "sum"}),
    ("resultVariableName", "sum", {"result": "sum"}),
    ("variableMappingClass", "org.acme.M", {"passed": PassedData(mapper="org.acme.M")}),
    ("variableMappingDelegateExpression", "${m}", {"passed": PassedData(mapper="m")}),
    ("errorCodeVariable", "c", {"code_variable": "c"}),
    ("escalationCodeVariable", "c", {"code_variable": "c"}),
    ("errorMessageVariable", "m", {"message_variable": "m"}),
    ("resource", "a.groovy", {"resource": "a.groovy"}),
    ("collection", "items", {"collection": "items"}),
    ("elementVariable", "item", {"element": "item"}),
    ("assignee", " ${who} ", {"user_task_settings": {"assignee": "${who}"}}),
    ("candidateUsers", "a, b", {"user_task_settings": {"candidate_users": "a, b"}}),
    ("candidateGroups", "sales", {"user_task_settings": {"candidate_groups": "sales"}}),
    ("dueDate", "${then}", {"user_task_settings": {"due": "${then}"}}),
    ("followUpDate", "${then}", {"user_task_settings": {"follow_up": "${then}"}}),
    ("dueDate", " 2026-01-01 ", {"user_task_settings": {"due": "2026-01-01"}}),
    (
        "dueDate",
        "P1M2DT0.5S",
        {"user_task_settings": {"due": '= now() + duration("P1M") + duration("PT172800.500000S")'}},
    ),
    ("priority", "70", {"user_task_settings": {"priority": "70"}}),
    ("formKey", "embedded:app:a.html", {"user_task_settings": {"form_key": "embedded:app:a.html"}}),
    (
        "formKey",
        "camunda-forms:deployment:review.form",
        {
            "user_task_settings": {"form_key": "camunda-forms:deployment:review.form"},
            "form_name": "review",
        },
    ),
    ("formRef", "review", {"form_name": "review"}),
    ("initiator", " who ", {"starter": "who"}),
    *[(word, "true", {"tried": True}) for word in ("async", "asyncBefore")],
    ("variableName", " n ", {"variable_names": ("n",)}),
    ("variableEvents", "create, update", {"variable_events": ("create", "update")}),
]


@pytest.mark.parametrize(("name", "value", "expected"), ATTRIBUTES)
def test_what_an_attribute_sets(name: str, value: str, expected: dict[str, Any]) -> None:
    assert attribute(name, value) == Settings(**expected)


def rules(**configs: str) -> ForeignElement:
    """The validation of a form field."""
    found = [word("camunda:constraint", name=name, config=c) for name, c in configs.items()]
    return word("camunda:validation", *found)


ELEMENTS: list[tuple[ForeignElement, dict[str, Any]]] = [
    (
        word("camunda:failedJobRetryTimeCycle", text=" R3/PT10S "),
        {"retries": (10_000_000, 10_000_000)},
    ),
    (word("camunda:failedJobRetryTimeCycle"), {}),
    (word("camunda:failedJobRetryTimeCycle", text=" R${n}/PT1S "), {"tries": "R${n}/PT1S"}),
    (word("camunda:field", name="a", stringValue="1"), {"fields": [("a", "1")]}),
    (word("camunda:field", name="a", stringValue=""), {"fields": [("a", "")]}),
    (
        word("camunda:field", word("camunda:string", text="two"), name="b"),
        {"fields": [("b", "two")]},
    ),
    (word("camunda:field", word("camunda:string", text="x")), {"fields": [("", "x")]}),
    (
        word(
            "camunda:connector",
            word("camunda:connectorId", text=" http-connector "),
            word("camunda:field"),
            word(
                "camunda:inputOutput",
                word("camunda:inputParameter", name="url", text="${place}"),
                word("camunda:outputParameter", name="price", text="${response}"),
            ),
        ),
        {
            "works": True,
            "local": True,
            "names": ["http-connector"],
            "inner_inputs": [MappedValue("url", "${place}")],
            "inner_outputs": [MappedValue("price", "${response}")],
        },
    ),
    (
        word("camunda:errorEventDefinition", errorRef="E", expression="${a}"),
        {"errors": [ThrownIf("E", "${a}")]},
    ),
    (word("camunda:formData"), {}),
    (
        word(
            "camunda:formData",
            word("camunda:formField", id="why", label="Why?", type="string", defaultValue="so"),
            word(
                "camunda:formField",
                rules(required="true", min="1", max="9.5", readonly=""),
                id="n",
                type="long",
            ),
            word("camunda:formField", rules(minlength="2", maxlength="3"), id="t", type="string"),
            word("camunda:formField", word("camunda:value", id="a", name="A"), id="c", type="enum"),
            word("camunda:formField", id="d", type="date", defaultValue="${then}"),
            word("camunda:formField", rules(required="false"), word("camunda:properties"), id="b"),
        ),
        {
            "form": [
                FormField(name="why", label="Why?", default="so"),
                FormField(
                    name="n", kind="integer", required=True, least=1.0, most=9.5, readonly=True
                ),
                FormField(name="t", shortest=2, longest=3),
                FormField(name="c", kind="choice", choices=(("a", "A"),)),
                FormField(name="d", kind="date", pattern="%d/%m/%Y"),
                FormField(name="b", kind="any"),
            ],
            "user_task_settings": {"default:d": "${then}"},
        },
    ),
    (
        word("camunda:formProperty", id="n", name="N", type="double", required="true"),
        {"form": [FormField(name="n", label="N", kind="number", required=True)]},
    ),
    (
        word("camunda:formProperty", id="n", variable="m", writable="false", default="1"),
        {"form": [FormField(name="m", kind="any", readonly=True, default="1")]},
    ),
    (
        word(
            "camunda:inputOutput",
            word("camunda:other"),
            word("camunda:inputParameter", word("camunda:other"), text="${a}", name="x"),
            word(
                "camunda:inputParameter",
                word("camunda:script", text="1", scriptFormat="juel"),
                name="s",
            ),
            word(
                "camunda:outputParameter",
                word("camunda:list", word("camunda:value", text="1"), word("camunda:script")),
                name="l",
            ),
            word(
                "camunda:outputParameter",
                word(
                    "camunda:map",
                    word("camunda:entry", text="1", key="a"),
                    word("camunda:entry", word("camunda:list"), key="b"),
                ),
                name="m",
            ),
        ),
        {
            "inputs": [MappedValue("x", "${a}"), MappedValue("s", "1", "script", "juel")],
            "outputs": [
                MappedValue(
                    "l", "", "list", "", (MappedValue("", "1"), MappedValue("", "", "script"))
                ),
                MappedValue(
                    "m", "", "map", "", (MappedValue("a", "1"), MappedValue("b", "", "list"))
                ),
            ],
        },
    ),
    (
        word("camunda:field", word("camunda:expression", text="${n}"), name="a"),
        {"inputs": [MappedValue("a", "${n}")]},
    ),
    (
        word("camunda:field", expression="${n}", name="a"),
        {"inputs": [MappedValue("a", "${n}")]},
    ),
    (
        word("camunda:executionListener", event="end", expression="${a.b()}"),
        {"listeners": [Listener("end", expression="${a.b()}")]},
    ),
    (
        word(
            "camunda:taskListener",
            word("camunda:field", name="a", stringValue="1"),
            word("camunda:script", text="x", scriptFormat="juel", resource="f"),
            event="create",
        ),
        {
            "listeners": [
                Listener(
                    "create", script=ScriptText("x", "juel"), resource="f", fields=(("a", "1"),)
                )
            ]
        },
    ),
    (
        word("camunda:executionListener", delegateExpression="${a}"),
        {"listeners": [Listener("take", "a")]},
    ),
    (
        word("camunda:in", source="a", target="b"),
        {"passed": PassedData(inputs=[MappedValue("b", "a", "variable")])},
    ),
    (
        word("camunda:in", sourceExpression="${a}", target="b"),
        {"passed": PassedData(inputs=[MappedValue("b", "${a}")])},
    ),
    (word("camunda:in", variables="all"), {"passed": PassedData(all_in=True)}),
    (
        word("camunda:in", businessKey="${k}"),
        {"passed": PassedData(inputs=[MappedValue("businessKey", "${k}")])},
    ),
    (
        word("camunda:out", source="a"),
        {"passed": PassedData(outputs=[MappedValue("a", "a", "variable")])},
    ),
    (
        word("camunda:properties", word("camunda:property", name="region", value="north")),
        {"properties": [("region", "north")]},
    ),
    (word("camunda:out", variables="all"), {"passed": PassedData(all_out=True)}),
    (
        word("camunda:out", source="a", local="true"),
        {"passed": PassedData(outputs=[MappedValue("a", "a", "variable")], local_targets=["a"])},
    ),
    (
        word("camunda:in", source="a", target="b", local="true"),
        {"passed": PassedData(local_inputs=[MappedValue("b", "a", "variable")])},
    ),
    (word("camunda:in", variables="all", local="true"), {"passed": PassedData(local_in=True)}),
]


@pytest.mark.parametrize(("found", "expected"), ELEMENTS)
def test_what_an_element_sets(found: ForeignElement, expected: dict[str, Any]) -> None:
    assert element(found) == Settings(**expected)


def test_a_date_pattern_that_is_not_known_is_told() -> None:
    field = word("camunda:formField", id="d", type="date", datePattern="dd/MM/yyyy XXX")
    (problem,) = element(word("camunda:formData", field)).problems
    assert problem.message == (
        "camunda:formData: 'XXX' of the date pattern 'dd/MM/yyyy XXX' is not known"
    )


REFUSED_ELEMENTS = [
    (word("camunda:formProperty", id="a", expression="${b}"), "a form property with an expression"),
]
UNCHECKED = [
    (word("camunda:formField", id="a", type="money"), "type is 'money'"),
]


@pytest.mark.parametrize(("field", "why"), UNCHECKED)
def test_what_is_not_checked_of_a_form_is_told(field: ForeignElement, why: str) -> None:
    settings = element(word("camunda:formData", field))
    (problem,) = settings.problems
    assert problem.code == codes.NO_FORM
    assert problem.message == f"what is given for its field 'a' is not checked: its {why}"
    assert [(one.name, one.kind) for one in settings.form] == [("a", "any")]


def test_a_file_is_taken_as_it_is() -> None:
    settings = element(word("camunda:formData", word("camunda:formField", id="a", type="file")))
    assert not settings.problems
    assert settings.form[0].kind == "any"


@pytest.mark.parametrize(("found", "what"), REFUSED_ELEMENTS)
def test_what_an_element_would_do_is_refused(found: ForeignElement, what: str) -> None:
    ((refused, remedy),) = element(found).refused
    assert refused.startswith(what)
    assert remedy


def test_every_word_that_is_read_is_tested() -> None:
    tested = {f"@{name}" for name, _, _ in ATTRIBUTES}
    tested |= {found.name for found, _ in ELEMENTS}
    assert {row.name for row in DIALECT.words if row.read and row not in forks.WORDS} == tested


def test_a_bad_retry_cycle_is_told_of_its_task() -> None:
    task = m.ServiceTask(id="t", **extended(word("camunda:failedJobRetryTimeCycle", text="often")))
    assert told(around(task)) == [
        (
            "error BX160 t: camunda:failedJobRetryTimeCycle: 'often' is no number of retries such "
            "as 3, R3/PT10S or PT1S,PT5M; correct the value"
        )
    ]


def test_a_condition_may_be_asked_where_a_variable_is_taken_away() -> None:
    asked = m.ConditionalEventDefinition(
        id="c",
        condition=m.FormalExpression(body="${n > 1}"),
        **said(camunda_variableEvents="delete, delete"),
    )
    event = m.IntermediateCatchEvent(id="t", event_definitions=(asked,))
    assert told(around(event)) == []


@pytest.mark.parametrize(
    ("name", "config", "what"),
    [("min", "low", "'low' is no number"), ("maxlength", "2.5", "'2.5' is no whole number")],
)
def test_a_rule_of_a_form_that_cannot_be_read_is_told(name: str, config: str, what: str) -> None:
    rule = word("camunda:validation", word("camunda:constraint", name=name, config=config))
    field = word("camunda:formField", rule, id="n", type="long")
    task = m.UserTask(id="t", **extended(word("camunda:formData", field)))
    assert told(around(task)) == [
        f"error BX160 t: the rule '{name}' of its field 'n': {what}; correct the value"
    ]


def test_listeners_that_cannot_be_called_are_left_out_of_a_stub_run() -> None:
    words = extended(word("camunda:taskListener", event="delete"))
    task = m.UserTask(id="t", **words, **said(camunda_assignee="demo"))
    drawn = around(m.SubProcess(id="z", flow_elements=(task,)))
    assert [line.split(" ")[0] for line in told(drawn)] == ["error"]
    assert told(drawn, stub=True) == [
        (
            "note BX105 t: a listener that is called when its task is cut off (delete) from around "
            "it is left out of this stub run"
        ),
    ]
