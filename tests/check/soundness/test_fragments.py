"""Parts of a process are searched alone, as long as that costs no more than it saves."""

from __future__ import annotations

from bpmn_xml.check.soundness.analysis import problems
from bpmn_xml.check.soundness.verdict import Flaw, Trouble
from tests.core.drawn import drafts
from tests.costs import calls


def test_parts_that_are_not_sound_are_tried_in_so_many_calls() -> None:
    """A row of splits, each of which may leave its join waiting: it takes 6 million."""
    row = [
        f"o{n} >[m{n}] t{n} > j{n}; o{n} >[k{n}] w{n} > j{n}; j{n} > o{n + 1}" for n in range(30)
    ]
    told: list[Flaw] = []
    drawn = drafts("; ".join(["s > o0", *row, "o30 > e"]))
    assert calls(lambda: told.extend(problems(drawn))) < 9_000_000
    assert {flaw.trouble for flaw in told} == {Trouble.DEADLOCK}
