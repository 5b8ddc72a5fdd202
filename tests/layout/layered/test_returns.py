from __future__ import annotations

from itertools import pairwise

import pytest

from bpmn_xml.layout.layered.place import MANNERS, place
from bpmn_xml.layout.layered.ports import Docking
from bpmn_xml.layout.layered.ranks import rank_cells
from bpmn_xml.layout.layered.returns import is_readable, with_returns
from tests.layout.layered.build import problem

WAYS_BACK = [
    ("ab bg gc gx xb", "", "gx xb"),
    ("ab bg gc gx xy yb", "", "gx xy yb"),
    ("ab bg gc gb", "", ""),
    ("ab bg gc gx xb xd", "", ""),
    ("ab bg gc gx xb ax", "", ""),
    ("ab bg gc gx xb", "gx", ""),
    ("ab bc ca", "", ""),
    ("ab bc bx xb", "", ""),
    ("ab bg gc gx xb gy ya", "", "gx xb gy ya"),
]


@pytest.mark.parametrize(("arcs", "taps", "turned"), WAYS_BACK)
def test_chains_that_lead_back_are_turned_round(arcs: str, taps: str, turned: str) -> None:
    of = problem(arcs, taps=taps)
    found = with_returns(of, rank_cells(of))
    pairs = arcs.split()
    expected = [pair in turned.split() for pair in pairs]
    assert [arc.turned for arc in found.arcs] == expected if found else not any(expected)
    for arc, before in zip(found.arcs if found else (), of.arcs, strict=False):
        ends = (arc.target, arc.source) if arc.turned else (arc.source, arc.target)
        assert ends == (before.source, before.target)


@pytest.mark.parametrize("chain", ["x", "xy", "xyz"])
def test_what_stands_on_a_way_back_stands_below_what_is_done_again(chain: str) -> None:
    """It is entered from the right and left to the left, with two bends in all."""
    steps = f"g{chain}b"
    back = [one + other for one, other in pairwise(steps)]
    of = problem(" ".join(["ab", "bg", "gc", *back]))
    letters = sorted({"a", "b", "c", "g", *chain})
    placed = place(of, manners=MANNERS)
    x = {letter: placed.centres[number][0] for number, letter in enumerate(letters)}
    assert all(x["b"] < x[letter] < x["g"] for letter in chain)
    y = {letter: placed.centres[number][1] for number, letter in enumerate(letters)}
    assert y["a"] == y["b"] == y["g"] == y["c"]
    returning = placed.routes[3:]
    assert returning[0][0][0] == x["g"]
    assert returning[-1][-1][0] == x["b"]
    assert sum(len(route) - 2 for route in placed.routes) == 2


ENDS = [
    (Docking("bottom", "left"), Docking("right", "bottom"), True),
    (Docking("right", "left"), Docking("right", "bottom"), False),
    (Docking("bottom", "left"), Docking("right", "left"), False),
]


@pytest.mark.parametrize(("first", "last", "readable"), ENDS)
def test_no_way_back_begins_or_ends_at_the_way_on(
    first: Docking, last: Docking, readable: bool
) -> None:
    """The turned arcs of g to x to b are placed from b to x to g."""
    of = problem("ab bg gc gx xb")
    turned = with_returns(of, rank_cells(of))
    assert turned
    on = Docking("right", "left")
    assert is_readable(turned, [on, on, on, last, first]) is readable
    assert is_readable(of, [on] * 5)
