"""What time it is for an expression: what the variables tell, else what the system says."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bpmn_xml import expressions
from bpmn_xml.expressions.clock import NOW

NOON = datetime(2024, 2, 29, 12, tzinfo=UTC)
TIME = {NOW: 1_709_208_000_000_000, "n": 1}

TOLD = [
    ("feel", "now()", NOON),
    ("feel", "today()", date(2024, 2, 29)),
    ("feel", 'now() + duration("P1D")', NOON + timedelta(days=1)),
    ("feel", "for i in [1] return today()", [date(2024, 2, 29)]),
    ("feel", "{a: now()}.a", NOON),
    ("feel", "now(1)", None),
    ("juel", "${now()}", NOON),
    ("juel", "${dateTime().plusDays(n)}", NOON + timedelta(days=1)),
    ("juel", "${now().after(dateTime())}", False),
]


@pytest.mark.parametrize(("language", "text", "value"), TOLD)
def test_the_time_that_variables_tell(language: str, text: str, value: object) -> None:
    assert expressions.compile(text, language).evaluate(TIME) == value


@pytest.mark.parametrize(("language", "text"), [("feel", "now()"), ("juel", "${now()}")])
def test_else_the_time_of_the_system(language: str, text: str) -> None:
    before = datetime.now(UTC)
    found = expressions.compile(text, language).evaluate({})
    assert isinstance(found, datetime)
    assert before <= found <= datetime.now(UTC)


@pytest.mark.parametrize(("language", "text"), [("feel", "now()"), ("juel", "${now()}")])
def test_a_registered_function_comes_first(language: str, text: str) -> None:
    compiled = expressions.compile(text, language, functions={"now": lambda: "mine"})
    assert compiled.evaluate(TIME) == "mine"
