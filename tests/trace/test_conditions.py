"""Why a condition that is waited for has no value: by language, and what it sees."""

from __future__ import annotations

from typing import Any

import pytest

from bpmn_xml import expressions
from bpmn_xml.compiler.compile import compile_models
from bpmn_xml.compiler.elements.values import yes_or_no
from bpmn_xml.compiler.program import Condition
from bpmn_xml.core import commands as c
from bpmn_xml.core.machine import Machine
from bpmn_xml.errors import ExpressionError
from bpmn_xml.formats import read
from bpmn_xml.trace.why import explain, lack
from tests.core.drawn import program, when
from tests.semantics.drawing import drawn

NAMES = {"n": 3, "amount": 5}

LACKS = [
    ("amount > 7", "python", ""),
    ("amuont > 7", "python", "there is no variable 'amuont'; did you mean 'amount'?"),
    ("n > 'a'", "python", "'>' does not work on a number and text"),
    ("amuont > 7", "feel", "there is no variable 'amuont'; did you mean 'amount'?"),
    ('n > "a"', "feel", "'>' has no result for these values (a number and text)"),
    ("n", "feel", "'n' gives a number, neither true nor false"),
    ("${amuont > 7}", "juel", "there is no variable 'amuont'; did you mean 'amount'?"),
]


@pytest.mark.parametrize(("text", "language", "expected"), LACKS)
def test_the_reason_is_told_in_each_language(text: str, language: str, expected: str) -> None:
    evaluate = expressions.compile(text, language).evaluate
    assert lack(Condition(text, language, yes_or_no(evaluate, language, text)), NAMES) == expected


def test_what_cannot_be_read_alone_is_told_as_it_was_raised() -> None:
    def known_to_its_file(_names: object) -> bool:
        raise ExpressionError("it is null")

    assert lack(Condition("(", "feel", known_to_its_file), NAMES) == "it is null"


def lacks(drawing: Any) -> list[str]:
    state = Machine(drawing).create("P-1")
    Machine(drawing).send(state, c.StartInstance(0, NAMES), 5)
    return [wait.lack for still in explain(drawing, state) for wait in still.awaits]


def test_it_sees_what_the_condition_sees() -> None:
    """Variables, or what came along the flow; the time, if it is asked for."""
    catch = "start s\ncatch c cond='{}'\nend e\ns -> c -> e"
    assert lacks(program("s > c > e", payload=True, events={"c": when("n > 3")})) == [""]
    assert lacks(program("s > c > e", payload=True, events={"c": when("m > 3")})) != [""]
    for condition, found in (("n > 3", True), ("m > 3", False)):
        text = drawn(catch.format(f"={condition} and now() = now()"))
        assert [not told for told in lacks(compile_models([read(text)]))] == [found]
