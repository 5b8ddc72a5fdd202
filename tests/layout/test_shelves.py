from __future__ import annotations

import pytest

from bpmn_xml.layout.geometry import Area
from bpmn_xml.layout.shelves import fill_shelves


@pytest.mark.parametrize("count", [0, 1, 7, 60])
def test_boxes_do_not_touch(count):
    sizes = [(50 + 37 * n % 200, 30 + 53 * n % 90) for n in range(count)]
    shelves = fill_shelves(sizes, 0)
    areas = [Area(x, y, *size) for (x, y), size in zip(shelves.corners, sizes, strict=True)]
    assert not any(
        one.grown(9).overlaps(other) for i, one in enumerate(areas) for other in areas[:i]
    )
    assert max((area.right for area in areas), default=0) == shelves.width
    assert max((area.bottom for area in areas), default=0) == shelves.height


def test_a_wide_box_has_a_row_of_its_own():
    assert fill_shelves([(900, 50), (50, 50)], 0).corners == [(0, 0), (0, 90)]


def test_the_width_asked_for_is_used():
    assert fill_shelves([(100, 50)] * 8, 1200).height == 50
