"""The DMN test kit: what we answer otherwise is listed here, suite by suite, with the reason."""

from __future__ import annotations

from collections import defaultdict

import pytest

from . import tck

NEEDS_TYPES = "the types of decisions and item definitions are no part of FEEL itself"
NO_JAVA = "functions of Java are null"
OTHERWISE = {
    "0070-feel-instance-of": (12, NEEDS_TYPES),
    "0076-feel-external-java": (10, NO_JAVA),
    "0082-feel-coercion": (24, NEEDS_TYPES),
}
LEVEL = 0.98


def right(case: tck.Case) -> bool | None:
    """Say whether our answer is the expected one; None if the case needs more than FEEL."""
    try:
        return tck.agree(tck.answer(case), case.expected)
    except tck.Unsupported:
        return None
    except tck.ExpressionError:
        return case.expected is None


@pytest.fixture(scope="module")
def answers(shared_data):
    """Return our answers to all cases, by suite."""
    found = defaultdict(list)
    for case in tck.cases(shared_data / "dmn-tck"):
        found[case.name.split("/")[0]].append((case.name, right(case)))
    return found


def test_every_answer_is_the_expected_one(answers):
    wrong = {suite: [name for name, ok in cases if ok is False] for suite, cases in answers.items()}
    counted = {suite: len(names) for suite, names in wrong.items() if names}
    assert counted == {suite: count for suite, (count, _) in OTHERWISE.items()}, wrong


def test_the_level_is_reached(answers):
    answered = [ok for cases in answers.values() for _, ok in cases if ok is not None]
    assert len(answered) > 2_400
    assert sum(answered) / len(answered) >= LEVEL
