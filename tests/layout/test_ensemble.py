from __future__ import annotations

from itertools import combinations

import pytest

from bpmn_xml import model
from bpmn_xml.layout.ensemble import Member, assemble
from bpmn_xml.layout.geometry import Area
from bpmn_xml.layout.satellites import Satellite

TASK = Member(model.Task(id="t"), (100, 80))
GATEWAY = Member(model.ExclusiveGateway(id="g"), (50, 50), "Is it in stock?")
EVENT = Member(model.StartEvent(id="e"), (36, 36), "Order received")
NOTE = Satellite("n", (100, 30), (0, 0), (("a", True),)), True
DATA = Satellite("d", (36, 50), (0, 0), (("b", True),)), False


def boundary(*names):
    return [
        Member(model.BoundaryEvent(id=f"b{n}", attached_to_ref="t"), (36, 36), name)
        for n, name in enumerate(names)
    ]


def test_a_task_alone():
    cell = assemble(TASK, (), ()).cell(lane=2, behind=1)
    assert (cell.left, cell.right, cell.up, cell.down) == (50, 50, 40, 40)
    assert (cell.lane, cell.behind, cell.contour) == (2, 1, "box")
    assert cell.top_free
    assert cell.bottom_free


@pytest.mark.parametrize(("member", "is_above"), [(GATEWAY, True), (EVENT, False)])
def test_where_names_stand(member, is_above):
    ensemble = assemble(member, (), ())
    (label,) = ensemble.labels.values()
    assert (label.bottom < 0) == is_above
    assert abs(label.x + label.width / 2) <= 0.5


def test_names_of_gateways_give_way_to_notes():
    label = assemble(GATEWAY, (), (NOTE,)).labels["g"]
    assert label.y > 0


@pytest.mark.parametrize(
    ("events", "satellites", "data_below", "top_free", "bottom_free"),
    [
        ((), (DATA,), True, True, False),
        ((), (NOTE, DATA), True, False, False),
        (("",), (DATA,), False, False, False),
        (("",), (), None, True, False),
    ],
)
def test_sides(events, satellites, data_below, top_free, bottom_free):
    ensemble = assemble(TASK, boundary(*events), satellites)
    assert (ensemble.top_free, ensemble.bottom_free) == (top_free, bottom_free)
    if data_below is not None:
        assert (ensemble.areas["d"].y > 0) == data_below


def test_data_of_events_stands_above():
    assert assemble(EVENT, (), (DATA,)).areas["d"].bottom < 0


@pytest.mark.parametrize(
    ("names", "width"),
    [
        (("",), 100),
        (("", ""), 100),
        (("",) * 4, 188),
        (("Timeout", "Payment was refused", "Cancelled by the customer"), 202),
    ],
)
def test_boundary_events_find_room_on_the_lower_border(names, width):
    ensemble = assemble(TASK, boundary(*names), ())
    assert ensemble.body.width == width
    areas = [ensemble.areas[f"b{n}"] for n in range(len(names))]
    assert all(area.middle[1] == 40 for area in areas)
    assert not any(one.overlaps(other) for one, other in combinations(areas, 2))
    for label in ensemble.labels.values():
        assert not any(label.overlaps(area) for area in areas)
        assert not any(label.x < dx < label.right for dx in ensemble.taps.values())


def test_the_cell_holds_everything():
    ensemble = assemble(TASK, boundary("A name that takes some lines", ""), (NOTE, DATA))
    cell = ensemble.cell()
    whole = Area(-cell.left, -cell.up, cell.left + cell.right, cell.up + cell.down)
    assert all(whole.holds(area) for area in (*ensemble.areas.values(), *ensemble.labels.values()))
