from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpmn_xml.layout.geometry import Area
from bpmn_xml.layout.routing.field import Areas, Strips, line_area, new_field
from tests.costs import calls

CROSS = [[(0, 50), (100, 50)], [(50, 0), (50, 100)]]


def test_areas_are_found_where_they_are():
    areas = Areas({})
    big, small = Area(-300, -300, 900, 900), Area(10, 10, 5, 5)
    areas.add("big", big)
    areas.add("small", small)
    assert areas.meeting(Area(12, 12, 1, 1)) == {"big": big, "small": small}
    assert areas.meeting(Area(500, 500, 9, 9)) == {"big": big}
    areas.remove("big", big)
    assert areas.meeting(Area(0, 0, 600, 600)) == {"small": small}


@pytest.mark.parametrize(
    ("area", "count"),
    [
        (Area(40, 40, 20, 20), 2),
        (Area(0, 40, 20, 20), 1),
        (Area(0, 0, 20, 20), 0),
        (Area(0, 50, 20, 20), 0),  # upon its border is beside it
        (Area(101, 40, 20, 20), 0),
    ],
)
def test_lines_in(area, count):
    assert new_field({}, {}, CROSS).lines_in(area) == count


@pytest.mark.parametrize(
    ("line", "is_level", "piece", "across", "beside"),
    [
        ((20, 0, 100), True, (0, 100), 1, 0),
        ((53, 0, 100), True, (0, 100), 1, 1),
        ((56, 0, 100), True, (0, 100), 1, 0),
        ((51, 0, 200), True, (100, 200), 0, 0),
        ((48, 0, 100), False, (0, 100), 1, 1),
        ((20, 0, 100), True, (0, 50), 1, 0),  # what is met at the end counts
        ((20, 0, 100), True, (50, 90), 0, 0),  # and not again at the next beginning
        ((120, 0, 100), True, (0, 100), 0, 0),
    ],
)
def test_what_a_straight_line_meets(line, is_level, piece, across, beside):
    rail = new_field({}, {}, CROSS).rail(line, is_level=is_level, near=6)
    assert rail.between(*piece)[:2] == (across, beside)


@pytest.mark.parametrize(
    ("line", "is_level", "heads"),
    [
        ((96, 0, 100), False, 1),
        ((84, 0, 100), False, 0),
        ((107, 0, 100), False, 0),
        ((96, 0, 44), False, 0),
        ((96, 0, 100), True, 1),
        ((4, 0, 100), True, 0),  # the other end has none
    ],
)
def test_heads_that_a_straight_line_meets(line, is_level, heads):
    field = new_field({}, {}, CROSS)
    assert field.rail(line, is_level=is_level, near=6).between(0, 100)[2] == heads
    field.remove_route(CROSS[0])
    field.remove_route(CROSS[1])
    assert field.rail(line, is_level=is_level, near=6).between(0, 100)[2] == 0


@pytest.mark.parametrize(
    ("piece", "count"), [((0, 9), 0), ((0, 10), 1), ((12, 14), 1), ((20, 40), 0), ((0, 100), 2)]
)
@pytest.mark.parametrize("is_level", [True, False])
def test_names_that_a_straight_line_meets(is_level, piece, count):
    names = {"a": (10, 10), "b": (60, 10), "ignored": (30, 10), "elsewhere": (60, 60)}
    areas = {
        key: Area(*(spot if is_level else reversed(spot)), 10, 10) for key, spot in names.items()
    }
    rail = new_field({}, areas, ()).rail(
        (15, 0, 100), is_level=is_level, near=6, ignored={"ignored"}
    )
    assert rail.between(*piece) == (0, 0, count)


def test_ends_of_routes_are_known():
    assert new_field({}, {}, [[(0, 0), (5, 0), (5, 5)]]).ends.keys() == {(0, 0), (5, 5)}


def test_line_area():
    assert line_area((5, 9), (5, 2)) == Area(5, 2, 1, 8)


def test_a_line_can_be_taken_away():
    field = new_field({}, {}, CROSS)
    assert field.crossings([(20, 50), (80, 50)]) == 1
    assert field.crossings([(50, 50), (80, 50)]) == 0  # it begins there
    field.add_route(CROSS[1])
    field.remove_route(CROSS[1])
    assert field.crossings([(20, 50), (80, 50)]) == 1
    assert field.ends[50, 0] == 1
    field.remove_route(CROSS[1])
    assert field.crossings([(20, 50), (80, 50)]) == 0
    assert (50, 0) not in field.ends
    assert (0, 50) in field.ends


LEVELS = st.tuples(st.integers(-40, 40), st.integers(-2000, 2000), st.integers(0, 3000))


@given(st.lists(LEVELS, max_size=12), LEVELS, st.integers(0, 9))
def test_lines_are_found_as_if_all_were_asked(drawn, asked, more):
    """Strips are only a way to ask few: all that has a part in the range is found, once."""
    known = [(at, start, start + length) for at, start, length in drawn]
    lines = Strips({}, set())
    for line in known:
        lines.add(line)
    for line in known[::3]:
        lines.remove(line)
    del known[::3]
    low, start, length = asked
    found = lines.between(low, low + more, start, start + length)
    assert sorted(found) == sorted(
        line
        for line in known
        if low <= line[0] <= low + more and line[1] <= start + length and start <= line[2]
    )


def test_few_lines_are_asked_of_many():
    """A thousand messages, one below the other: each meets what is beside it, however many are."""

    def cost(count: int) -> int:
        routes = [[(50, 100 * number), (50, 100 * number + 80)] for number in range(count)]
        field = new_field({}, {}, routes)
        return calls(lambda: field.rail((50, 1000, 2000), is_level=False, near=6))

    assert cost(2000) == cost(200)


def test_a_large_area_asks_no_more_than_there_is():
    areas = Areas({})
    areas.add("one", Area(0, 0, 50, 50))
    large = Area(-100_000, -100_000, 200_000, 200_000)
    assert areas.meeting(large) == {"one": Area(0, 0, 50, 50)}
    assert calls(lambda: areas.meeting(large)) < 20
