"""What a job that steers an ad-hoc sub-process answers."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from bpmn_xml.compiler.elements.adhoc import planned
from bpmn_xml.errors import ExpressionError

KNOWN = ["a", "b"]

WRONG: Iterable[tuple[object, str]] = [
    ("a", "it says what begins next by 'a', not by a list"),
    (["c"], "there is no 'c' in it to begin with"),
    ([{"variables": {}}], "there is no None in it to begin with"),
    (
        [{"elementId": "a", "variables": [1]}],
        r"the variables of 'a' are \[1\], which is no mapping",
    ),
]


def test_what_an_answer_calls_itself_is_no_variable() -> None:
    told = {"type": "adHocSubProcess", "n": 1}
    assert planned(told, KNOWN).variables == {"n": 1}


@pytest.mark.parametrize(("answer", "why"), WRONG)
def test_what_is_no_answer(answer: object, why: str) -> None:
    with pytest.raises(ExpressionError, match=why):
        planned(answer, KNOWN)
