from __future__ import annotations

import pytest

from bpmn_xml import model
from bpmn_xml.layout.block import empty_block
from bpmn_xml.layout.edges import Edge
from bpmn_xml.layout.geometry import Area
from bpmn_xml.layout.labels import is_movable, settle_names_of_shapes, write_names_of_edges
from bpmn_xml.layout.outline import Outline
from bpmn_xml.layout.routing.field import new_field

ROUTE = [(0, 0), (200, 0), (200, 100)]


def name_of(route, *, kind="sequence", shapes=(), others=(), names=()):
    drawing = empty_block()
    drawing.routes["f"] = route
    shapes = {f"s{n}": area for n, area in enumerate(shapes)}
    field = new_field(shapes, {f"s{n}": area for n, area in enumerate(names)}, [route, *others])
    write_names_of_edges(drawing, field, [Edge("f", kind, "a", "b", "Yes")])
    return drawing.labels["f"]


def test_a_name_stands_above_the_beginning_of_its_line():
    label = name_of(ROUTE)
    assert (label.x, label.bottom) == (6, -4)


def test_messages_are_named_at_their_longest_piece():
    label = name_of([(0, 0), (0, 30), (300, 30), (300, 60)], kind="message")
    assert label.bottom == 26


@pytest.mark.parametrize(
    "way",
    [
        {"shapes": [Area(-50, -60, 400, 59)]},
        {"others": [[(0, -10), (200, -10)]]},
    ],
)
def test_a_name_goes_where_nothing_is(way):
    assert name_of(ROUTE, **way).y > 0


def test_a_name_stands_beside_its_own_line_only():
    shared = [(0, 0), (100, 0)]
    label = name_of(ROUTE, others=[shared])
    assert label.x >= 100


def test_a_name_does_not_stand_right_above_that_of_a_shape():
    """Up from a gateway whose name is beside the line: the other side of the line is free."""
    up = [(100, 0), (100, -52)]
    assert name_of(up).x > 100
    assert name_of(up, names=[Area(111, -18, 60, 14)]).right < 100


def test_lines_to_the_left_are_named_where_they_begin():
    label = name_of([(200, 0), (0, 0)])
    assert label.right == 194


def test_edges_without_name_or_route_get_none():
    drawing = empty_block()
    drawing.routes["f"] = ROUTE
    edges = [Edge("f", "sequence", "a", "b"), Edge("g", "sequence", "a", "b", "Yes")]
    write_names_of_edges(drawing, new_field({}, {}, []), edges)
    assert drawing.labels == {}


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        ([], "above"),
        ([[(50, 0), (50, -90)]], "below"),
        ([[(50, 0), (50, -90)], [(50, 50), (50, 120)]], "corner"),
        ([[(50, 0), (50, -90)], [(-99, -10), (199, -10)], [(-99, 55), (199, 55)]], "beside"),
        ([[(x, -8), (x, 58)] for x in range(-60, 160, 10)], "farther above"),
    ],
)
def test_names_of_gateways_avoid_lines(lines, place):
    gateway = model.ExclusiveGateway(id="g")
    outline = Outline("p", (), (), {}, {"g": "p"}, {"g": gateway}, [])
    drawing = empty_block()
    drawing.areas["g"] = Area(25, 0, 50, 50)
    drawing.labels["g"] = Area(20, -18, 60, 14)
    field = new_field({}, dict(drawing.labels), lines)
    settle_names_of_shapes(outline, drawing, field, ["g"])
    label = drawing.labels["g"]
    side = "above" if label.bottom < 0 else "below" if label.y > 50 else "beside"
    farther = "farther " * (label.bottom < -10)
    assert farther + ("corner" if side != "beside" and label.x != 20 else side) == place
    assert field.names.meeting(label) == {"g": label}


def test_a_name_at_a_corner_leaves_room_for_an_arrow_head():
    """Arrows come to the gateway from above and from below; a head reaches 5 px to its sides."""
    drawing = empty_block()
    drawing.areas["g"] = Area(25, 0, 50, 50)
    drawing.labels["g"] = Area(10, -18, 80, 14)
    arrows = [[(50, -90), (50, 0)], [(50, 120), (50, 50)]]
    field = new_field(drawing.areas, drawing.labels, arrows)
    gateway = model.ExclusiveGateway(id="g")
    outline = Outline("p", (), (), {}, {"g": "p"}, {"g": gateway}, [])
    settle_names_of_shapes(outline, drawing, field, ["g"])
    assert drawing.labels["g"].x >= 50 + 5 + 4


@pytest.mark.parametrize(
    ("element", "movable"),
    [
        (model.StartEvent(id="a"), True),
        (model.InclusiveGateway(id="a"), True),
        (model.BoundaryEvent(id="a", attached_to_ref="t"), False),
        (model.DataObjectReference(id="a"), True),
        (model.DataStoreReference(id="a"), True),
        (model.TextAnnotation(id="a"), False),
        (None, False),
    ],
)
def test_is_movable(element, movable):
    assert is_movable(element) == movable
