"""Which words of vendors a file uses, and what is told of them."""

from __future__ import annotations

from bpmn_xml import model as m
from bpmn_xml.compiler.dialects.inventory import Use, uses
from tests.compiler.drawing import around, extended, said, word


def test_words_are_counted_wherever_they_stand() -> None:
    mapping = word(
        "camunda:inputOutput",
        word("camunda:inputParameter", name="a", text="1"),
        word("camunda:inputParameter", name="b", text="2"),
    )
    task = m.ServiceTask(
        id="t",
        **said(
            camunda_topic="x",
            camunda_asyncAfter="true",
            camunda_assignee="me",
            bx_thread="1",
            camunda_triggerable="true",
        ),
        **extended(mapping, word("other:thing")),
    )
    found = uses(around(task))
    assert [(use.verdict, use.spelled, count) for use, count in found.items()] == [
        ("refused", "camunda:triggerable", 1),
        ("unknown", "bx:thread", 1),
        ("no effect", "camunda:assignee", 1),
        ("runs", "camunda:topic", 1),
        ("mapped", "camunda:inputOutput", 1),
        ("mapped", "camunda:inputOutput/camunda:inputParameter", 2),
        ("mapped", "camunda:inputParameter/name", 2),
        ("kept", "camunda:asyncAfter", 1),
    ]
    assert (
        Use(
            "kept",
            "camunda:asyncAfter",
            "nothing is rolled back to a save point: what fails stands as an incident",
        )
        in found
    )


def test_a_file_without_words_has_none() -> None:
    assert uses(around(m.Task(id="t"))) == {}
