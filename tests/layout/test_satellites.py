from __future__ import annotations

from itertools import combinations, pairwise

import pytest

from bpmn_xml.layout.geometry import Area
from bpmn_xml.layout.satellites import Body, Satellite, place_row

TASK = Body(100, 80, "box")


def data(key, *edges, label=(0, 0)):
    return Satellite(key, (36, 50), label, tuple(edges))


def pieces_cross(one, other):
    def meets(a, b, c, d):
        across = a[1] == b[1] and c[0] == d[0]
        return (
            across
            and min(a[0], b[0]) < c[0] < max(a[0], b[0])
            and min(c[1], d[1]) < a[1] < max(c[1], d[1])
        )

    return any(
        meets(a, b, c, d) or meets(c, d, a, b) for a, b in pairwise(one) for c, d in pairwise(other)
    )


@pytest.mark.parametrize(
    ("above", "area", "route"),
    [
        (True, Area(-18, -120, 36, 50), [(0, -40), (0, -70)]),
        (False, Area(-18, 70, 36, 50), [(0, 40), (0, 70)]),
    ],
)
def test_one_stands_over_the_middle(above, area, route):
    row = place_row([data("d", ("e", False))], TASK, above=above)
    assert row.areas == {"d": area}
    assert row.routes == {"e": route}


def test_the_direction_of_a_tether_is_that_of_its_edge():
    row = place_row([data("d", ("out", False), ("in", True))], TASK, above=False)
    assert row.routes["out"][0][1] == row.routes["in"][-1][1] == 40
    assert row.routes["out"][0][0] < row.routes["in"][-1][0]


def test_names_stand_beyond():
    row = place_row([data("d", label=(80, 14))], TASK, above=True)
    assert row.labels == {"d": Area(-40, -136, 80, 14)}


@pytest.mark.parametrize("count", [2, 3, 5, 8])
@pytest.mark.parametrize("contour", ["box", "circle", "diamond"])
def test_rows_do_not_tangle(count, contour):
    body = Body(50, 50, contour) if contour != "box" else TASK
    satellites = [data(f"d{n}", (f"e{n}", True), label=(70, 14)) for n in range(count)]
    row = place_row(satellites, body, above=True)
    areas = list(row.areas.values())
    assert not any(one.grown(8).overlaps(other) for one, other in combinations(areas, 2))
    for one, other in combinations(row.routes.values(), 2):
        assert not pieces_cross(one, other)
        assert one[-1] != other[-1]
    for route in row.routes.values():
        assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(route))


def test_many_tethers_of_one_satellite_stay_on_it():
    row = place_row([data("d", *((f"e{n}", True) for n in range(9)))], TASK, above=False)
    assert all(-18 <= route[0][0] <= 18 for route in row.routes.values())


def test_an_empty_row():
    assert place_row([], TASK, above=True).areas == {}
