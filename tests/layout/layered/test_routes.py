from __future__ import annotations

import pytest

from bpmn_xml.layout.layered.place import place
from bpmn_xml.layout.layered.routes import TAP_RADIUS
from tests.layout.layered.build import problem


@pytest.mark.parametrize(
    ("arcs", "arc", "corners"),
    [
        ("ab", 0, 0),
        ("ab ac", 1, 2),
        ("ag gb gc", 2, 1),
        ("ab bc cb", 2, 2),
        ("ab bb", 1, 4),
    ],
)
def test_corners(arcs, arc, corners):
    route = place(problem(arcs)).routes[arc]
    assert len(route) - 2 <= corners


def test_boundary_arcs_begin_below_their_event():
    placement = place(problem("ab", taps="ab"))
    (x, y), (route, *_) = placement.centres[0], placement.routes
    assert route[0] == (x + 25, y + 40 + TAP_RADIUS)


def test_shifted_arcs_end_on_the_border_of_a_circle():
    placement = place(problem("ae ae"))
    (x, y), route = placement.centres[1], placement.routes[1]
    assert route[-1] == (x - 14, y + 10) or route[-1] == (x - 15, y + 10)
