"""The DMN test kit, every case through its `.dmn` file: what we answer otherwise is listed here.

The pass rate stands in `test_the_level_is_reached`.
"""

from __future__ import annotations

from collections import defaultdict

import pytest

from bpmn_xml.errors import CheckError

from . import tck

OTHERWISE = {"0076-feel-external-java": 10}
"""Cases by suite that we answer otherwise: functions of Java are null."""

LEVEL = 0.99


def right(case: tck.Case) -> bool:
    """Say whether our answer is the expected one; what is refused must be an error there too."""
    try:
        return tck.agree(tck.answer(case), case.expected)
    except CheckError:
        return case.expected is None


@pytest.fixture(scope="module")
def answers(shared_data):
    """Return our answers to all cases, by suite."""
    found = defaultdict(list)
    for case in tck.cases(shared_data / "dmn-tck"):
        found[case.name.split("/")[0]].append((case, right(case)))
    return found


def test_every_answer_is_the_expected_one(answers):
    wrong = {suite: [case.name for case, ok in cases if not ok] for suite, cases in answers.items()}
    assert {suite: len(names) for suite, names in wrong.items() if names} == OTHERWISE, wrong


def test_the_level_is_reached(answers):
    values = [ok for cases in answers.values() for case, ok in cases if case.expected is not None]
    assert len(values) > 1_400
    assert sum(values) / len(values) >= LEVEL
