"""Whose conversation a message is of, however many have part of its key."""

from __future__ import annotations

from bpmn_xml.runtime.execution.messages.conversations import Conversations
from tests.costs import calls


def test_who_knows_nothing_else_takes_part() -> None:
    talks = Conversations[str]()
    talks.fill("i", 1, {"order": "7"})
    assert talks.are_for("i", {"order": "7", "invoice": "70"})
    assert not talks.are_for("k", {"order": "7", "invoice": "70"})
    talks.fill("i", 1, {"invoice": "71"})
    assert talks.are_for("k", {"order": "7", "invoice": "70"})
    assert not talks.are_for("k", {"invoice": "71"})
    assert talks.are_for("k", {})
    assert not talks.goes_on({}, 1)


def test_a_conversation_goes_on_in_its_own_process() -> None:
    talks = Conversations[str]()
    talks.fill("i", 1, {"order": "7"})
    assert talks.goes_on({"order": "7"}, 1)
    assert not talks.goes_on({"order": "7"}, 2)


def test_a_conversation_is_over_when_another_begins_or_its_instance_ends() -> None:
    talks = Conversations[str]()
    talks.fill("i", 1, {"order": "7"})
    talks.fill("i", 1, {"order": "8"})
    assert not talks.goes_on({"order": "7"}, 1)
    assert talks.goes_on({"order": "8"}, 1)
    talks.forget("i")
    talks.forget("i")
    assert not talks.goes_on({"order": "8"}, 1)
    assert talks.are_for("k", {"order": "8"})


def test_many_of_one_customer_are_not_all_looked_at() -> None:
    def looks(count: int) -> int:
        talks = Conversations[int]()
        for who in range(count):
            talks.fill(who, 1, {"customer": "5"})
        asked = {"customer": "5"}
        return calls(lambda: (talks.are_for(-1, asked), talks.goes_on(asked, 1)))

    assert looks(1000) == looks(10)
