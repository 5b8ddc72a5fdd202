from __future__ import annotations

from bpmn_xml.layout.layered.lifts import lifted
from bpmn_xml.layout.layered.place import MANNERS, place
from bpmn_xml.layout.layered.routes import Placement
from tests.layout.layered.build import layered, problem


def test_a_way_back_is_put_first_or_last():
    of = problem("ab bg gc ga")
    layers, columns = layered(of)
    [bends] = [one for one in layers.bends if one]
    routes = [[(0, 0)] * 2] * 3 + [[(0, 0)] * 5]
    above, below = lifted(layers, columns, Placement([], routes, [], 0))
    assert all(column[0] in bends for column in above if set(column) & set(bends))
    assert all(column[-1] in bends for column in below if set(column) & set(bends))
    for found in (above, below):
        assert [sorted(column) for column in found] == [sorted(column) for column in columns]


def test_a_way_back_without_more_corners_than_it_needs_stays():
    of = problem("ab bg gc ga")
    layers, columns = layered(of)
    plain = Placement([], [[(0, 0)] * 2] * 3 + [[(0, 0)] * 4], [], 0)
    assert not [*lifted(layers, columns, plain)]


def test_a_way_back_from_an_event_stays_below_it():
    of = problem("ab bb", taps="bb")
    layers, columns = layered(of)
    assert not [*lifted(layers, columns, Placement([], [[(0, 0)] * 5] * 2, [], 0))]


def test_it_leaves_its_gateway_where_no_other_flow_does():
    """One way back is below, one above, and the flow goes on to the right."""
    placed = place(problem("ab bd dg gc ga gx xd"), manners=MANNERS)
    starts = {route[0] for route in placed.routes[3:6]}
    assert len(starts) == 3
