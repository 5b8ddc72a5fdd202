"""What is told of a user task, and where its form comes from."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bpmn_xml import model as m
from bpmn_xml.compiler.program import Work
from bpmn_xml.compiler.program.fields import FormField
from bpmn_xml.errors import ExpressionError
from tests.compiler.drawing import around, compiled, extended, said, told, word

FORM = json.dumps({"components": [{"type": "textfield", "key": "note"}]})
NOTE = (FormField(name="note", strict=True),)


def work(*words: m.ForeignElement, options: dict[str, Any] | None = None, **said_: str) -> Work:
    task = m.UserTask(id="t", **extended(*words), **said(**said_))
    program = compiled(around(task), **(options or {}))
    found = next(node.work for node in program.nodes if node.id == "t")
    assert found is not None
    return found


def value(names: dict[str, Any], **said_: str) -> Any:
    ((_, computed),) = work(**said_).user_task_settings
    return computed.evaluate(names)


VALUES: list[tuple[dict[str, str], dict[str, Any], Any]] = [
    ({"camunda_assignee": "ada"}, {}, "ada"),
    ({"camunda_assignee": "${who}"}, {"who": "ada"}, "ada"),
    ({"camunda_assignee": "${who}"}, {"who": None}, None),
    ({"camunda_assignee": "${who}"}, {"who": ""}, None),
    ({"camunda_candidateUsers": "ada, , grace"}, {}, ["ada", "grace"]),
    ({"camunda_candidateGroups": "${groups}"}, {"groups": ["a", "b"]}, ["a", "b"]),
    ({"camunda_dueDate": "2023-11-14T22:13:20Z"}, {}, 1_700_000_000_000_000),
    ({"camunda_followUpDate": "${d}"}, {"d": "1970-01-02"}, 86_400_000_000),
    ({"camunda_priority": "70"}, {}, 70),
    ({"camunda_priority": "${10 + 5}"}, {}, 15),
    ({"camunda_formKey": "embedded:app:a.html"}, {}, "embedded:app:a.html"),
]


@pytest.mark.parametrize(("said_", "names", "expected"), VALUES)
def test_what_is_told(said_: dict[str, str], names: dict[str, Any], expected: Any) -> None:
    assert value(names, **said_) == expected


WRONG: list[tuple[dict[str, str], dict[str, Any], str]] = [
    ({"camunda_assignee": "${who}"}, {"who": 5}, "the assignee cannot be told: '5' is no text"),
    ({"camunda_candidateUsers": "${who}"}, {"who": 5}, "'5' is no list of names"),
    ({"camunda_dueDate": "${d}"}, {"d": "soon"}, "the due date cannot be told: 'soon' is no ISO"),
    ({"camunda_priority": "${p}"}, {"p": "high"}, "'high' is no whole number"),
]


@pytest.mark.parametrize(("said_", "names", "what"), WRONG)
def test_what_cannot_be_told(said_: dict[str, str], names: dict[str, Any], what: str) -> None:
    with pytest.raises(ExpressionError, match=what):
        value(names, **said_)


def test_wrong_constants_and_texts_are_found_before() -> None:
    task = m.UserTask(id="t", **said(camunda_priority="high", camunda_assignee="${a b"))
    lines = told(around(task))
    assert any("its assignee '${a b' is no JUEL" in line for line in lines)
    assert any(
        "error BX160 t: its priority: 'high' is no whole number; correct it" in line
        for line in lines
    )


def test_the_words_of_camunda_8() -> None:
    found = work(word("zeebe:assignmentDefinition", candidateGroups='= ["a", who]'))
    ((name, computed),) = found.user_task_settings
    assert name == "candidate_groups"
    assert computed.evaluate({"who": "b"}) == ["a", "b"]


def test_a_default_that_is_an_expression_is_told() -> None:
    field = word("camunda:formField", id="n", type="long", defaultValue="${1 + 1}")
    found = work(word("camunda:formData", field))
    assert found.form == (FormField(name="n", kind="integer"),)
    ((name, computed),) = found.user_task_settings
    assert (name, computed.evaluate({})) == ("default:n", 2)


def test_a_form_stands_beside_the_drawing() -> None:
    assert work(camunda_formRef="review", options={"forms": {"review": FORM}}).form == NOTE


def test_a_form_is_in_the_file() -> None:
    form = m.ForeignElement(
        name="userTaskForm",
        namespace="http://camunda.org/schema/zeebe/1.0",
        prefix="zeebe",
        attributes=(m.ForeignAttribute(name="id", value="F"),),
        text=FORM,
    )
    key = word("zeebe:formDefinition", formKey="camunda-forms:bpmn:F")
    task = m.UserTask(id="t", **extended(key))
    program = compiled(around(task, **extended(form)))
    assert [node.work.form for node in program.nodes if node.work] == [NOTE]


def test_a_form_that_is_not_here_is_noted() -> None:
    task = m.UserTask(id="t", **said(camunda_formRef="review"))
    assert told(around(task)) == [
        (
            "note BX164 t: its form 'review' is not here, so what is answered is not checked; "
            "put 'review.form' beside the drawing"
        )
    ]


def test_a_form_that_cannot_be_read_is_refused() -> None:
    task = m.UserTask(id="t", **said(camunda_formRef="review"))
    assert told(around(task), forms={"review": "[]"}) == [
        (
            "error BX160 t: its form 'review' (review.form, or the .form of that id, beside the"
            " drawing): it has no list of components; correct the form"
        )
    ]
