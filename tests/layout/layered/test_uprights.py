"""What uprights must reach was written down from drawings that people made of such processes."""

from __future__ import annotations

import msgspec
import pytest

from bpmn_xml.layout.layered.place import MANNERS, place
from bpmn_xml.layout.layered.ports import choose_ports
from bpmn_xml.layout.layered.ranks import rank_cells
from bpmn_xml.layout.stacking import tangle
from tests.layout.layered.build import box, layered, placed_rows, problem

SAVED = [
    ("ab ac", "ac", 0),  # what handles an event stands below it
    ("ab ac cd", "ac", 0),
    ("ab bc ad dc", "ad", 1),
    ("gb ga gc ac bc cd", "", 2),  # two go straight to the third, from above and from below
]


def standing(of, *upright):
    """The problem with the arcs of these numbers upright."""
    arcs = [msgspec.structs.replace(a, upright=i in upright) for i, a in enumerate(of.arcs)]
    return msgspec.structs.replace(of, arcs=tuple(arcs))


@pytest.mark.parametrize(("arcs", "taps", "most"), SAVED)
def test_corners_are_saved(arcs, taps, most):
    of = problem(arcs, taps=taps)
    assert tangle(place(of, manners=MANNERS).routes) <= (0, most)
    assert tangle(place(of).routes) > (0, most)


@pytest.mark.parametrize("lanes", ["", "000"])
def test_a_handler_stands_straight_below_its_event(lanes):
    placed = place(problem("ab ac", taps="ac", lanes=lanes), manners=MANNERS)
    (ax, ay), _, (cx, cy) = placed.centres
    (x1, y1), (x2, y2) = placed.routes[1]
    assert x1 == x2 == cx == ax + 25
    assert y1 == ay + 40 + 18
    assert y2 == cy - 40
    assert y2 - y1 > 10


def test_a_handler_in_another_lane_stands_to_the_right():
    placed = place(problem("ab ac", taps="ac", lanes="001"), manners=MANNERS)
    assert placed.centres[2][0] > placed.centres[0][0] + 100


@pytest.mark.parametrize("order", ["ac ad", "ad ac"])
def test_of_two_handlers_one_stands_below(order):
    """The other one turns to the right above it."""
    of = problem(f"ab {order}", taps="ac ad")
    taps = iter((-30, 30))
    cells = (box(width=160, left=80, right=80, down=70), *of.cells[1:])
    arcs = [
        arc if arc.tap is None else msgspec.structs.replace(arc, tap=next(taps)) for arc in of.arcs
    ]
    placed = place(msgspec.structs.replace(of, cells=cells, arcs=tuple(arcs)), manners=MANNERS)
    assert sorted(len(route) for route in placed.routes) == [2, 2, 3]
    assert tangle(placed.routes) == (0, 1)


def test_what_is_no_help_stays_as_it_is():
    """A branch has one corner; two tasks below each other would save it, but flow reads right."""
    of = problem("ag gb gc")
    found, usual = place(of, manners=MANNERS), place(of)
    assert found.centres[2][0] == found.centres[1][0] == usual.centres[1][0]


def test_upright_arcs_stay_in_their_column():
    of = standing(problem("ab ac"), 1)
    assert rank_cells(of).ranks == (0, 1, 0)
    assert rank_cells(problem("ab ac")).ranks == (0, 1, 1)


def free(of):
    layers, columns = layered(of)
    rows = placed_rows(of, layers, columns)
    return [docking.free for docking in choose_ports(of, layers, columns, rows.heights)]


def test_a_side_has_one_upright_arc():
    assert free(standing(problem("ab ac"), 1)) == [True, True]
    both = free(standing(problem("ab ac ad ae"), 1, 2, 3))
    assert not all(both)


def test_upright_arcs_want_the_sides_free():
    of = problem("ab ac")
    walled = tuple(msgspec.structs.replace(c, top_free=False, bottom_free=False) for c in of.cells)
    assert free(standing(msgspec.structs.replace(of, cells=walled), 1)) == [True, False]
