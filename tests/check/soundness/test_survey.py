"""What is asked of one container costs nothing of all the others."""

from __future__ import annotations

from typing import Final

import pytest

from bpmn_xml.check.soundness.analysis import problems
from bpmn_xml.check.soundness.memory import memory
from bpmn_xml.check.soundness.survey import Survey
from tests.core.drawn import drafts
from tests.costs import calls


def asking(count: int, around: str) -> str:
    """Sub-processes, in each of which one thing is asked twice."""
    choice = "z?: s? > x? >[n == 1] a? > y?; z?: x? >* t? > y?; z?: y? > x_? >[n == 1] e?"
    inside = [f"{choice}; z?: x_? >* e_?".replace("?", str(n)) for n in range(count)]
    return "; ".join([around.format(" > ".join(f"z{n}" for n in range(count))), *inside])


IN_A_ROW: Final = "s > {} > e"
BESIDE: Final = "s > p; p > t_a > j; p > t_b > j; j > {} > e"


@pytest.mark.parametrize("around", [IN_A_ROW, BESIDE])
def test_each_of_many_sub_processes_asks_for_its_own(around: str) -> None:
    few, many = drafts(asking(20, around)), drafts(asking(40, around))
    assert [*problems(few)] == [*problems(many)] == []  # what texts mean is remembered
    assert calls(lambda: [*problems(many)]) < 2.2 * calls(lambda: [*problems(few)])


def test_conditions_of_many_texts_are_asked_in_so_many_calls() -> None:
    """What each task forgets of all of them is found once, not text by text."""

    def cost(count: int) -> int:
        parts = (
            f"x{n} >[n == 'v{n}'] a{n} > y{n}; x{n} >* w{n} > y{n}; y{n} > x{n + 1}"
            for n in range(count)
        )
        drawn = drafts("; ".join(["s > x0", *parts, f"x{count} > e"]))
        survey = Survey(drawn, runs=True)
        memory(survey, drawn.containers[0])  # what texts mean is remembered
        return calls(lambda: memory(survey, drawn.containers[0]))

    assert cost(100) < 2.3 * cost(50)
