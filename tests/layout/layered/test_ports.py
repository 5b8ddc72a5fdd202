from __future__ import annotations

import pytest

from bpmn_xml.layout.layered.ports import choose_ports
from tests.layout.layered.build import layered, placed_rows, problem, walled


def ports_of(of):
    layers, columns = layered(of)
    rows = placed_rows(of, layers, columns)
    return choose_ports(of, layers, columns, rows.heights)


@pytest.mark.parametrize(
    ("arcs", "arc", "leaves", "enters"),
    [
        ("ab", 0, "right", "left"),
        ("ag gb gc bd", 2, "bottom", "left"),  # the branch that does not go straight on
        ("ab ac", 1, "bottom", "left"),
        ("ac bc", 1, "right", "left"),  # arcs meet at the side of a task
        ("ae be", 1, "right", "bottom"),  # and anywhere at an event
        ("ab cg bg gd", 1, "right", "top"),
        ("ab bc cb", 2, "bottom", "bottom"),
        ("ab bb", 1, "bottom", "left"),
    ],
)
def test_sides(arcs, arc, leaves, enters):
    docking = ports_of(problem(arcs))[arc]
    opposite = {"top": "bottom", "bottom": "top"}
    flipped = (
        opposite.get(docking.leaves, docking.leaves),
        opposite.get(docking.enters, docking.enters),
    )
    assert (leaves, enters) in {(docking.leaves, docking.enters), flipped}


def test_boundary_arcs_leave_their_event():
    assert ports_of(problem("ab", taps="ab"))[0].leaves == "tap"


def test_sides_that_are_not_free_are_not_used():
    docking = ports_of(walled(problem("ab bc cb")))[2]
    assert (docking.leaves, docking.enters) == ("right", "left")


@pytest.mark.parametrize(
    ("arcs", "shifts"),
    [
        ("ab ab", [0, 10]),
        ("ab ab ab", [0, 10, -10]),
        ("ae ae ae ae ae ae", [0, 4, -4, 8, -8, 12]),
    ],
)
def test_arcs_between_the_same_cells_are_shifted(arcs, shifts):
    assert [docking.shift for docking in ports_of(problem(arcs))] == shifts


def test_arcs_that_change_places_are_shifted():
    of = problem("ac bd")
    layers, columns = layered(of)
    dockings = choose_ports(of, layers, columns, [60, 200, 200, 60])
    assert [docking.shift for docking in dockings] == [10, 0]
