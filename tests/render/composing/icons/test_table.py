from __future__ import annotations

import pytest

from bpmn_xml.render.composing.icons.parts import Draw, extent, place
from bpmn_xml.render.composing.icons.table import ICONS
from bpmn_xml.render.composing.symbols import DEFINITIONS, TASKS
from bpmn_xml.render.geometry import box_of
from bpmn_xml.render.overlay import Progress

EVENTS = {*DEFINITIONS.values(), "multiple", "parallel-multiple"}


@pytest.mark.parametrize("name", ICONS)
def test_an_icon_stays_within_its_unit(name: str) -> None:
    for part in ICONS[name]:
        box = extent(part)
        assert min(box.x, box.y) >= -1.25, part
        assert max(box.right, box.bottom) <= 1.25, part


@pytest.mark.parametrize("name", ICONS)
def test_points_are_as_their_kind_reads_them(name: str) -> None:
    for part in ICONS[name]:
        count = len(part.points)
        assert {
            Draw.OVAL: count == 2,
            Draw.RECT: count == 3,
            Draw.POLYGON: count >= 3,
            Draw.LINE: count >= 2,
            Draw.CURVE: count % 3 == 1,
            Draw.BLOB: count % 3 == 1,
        }[part.draw]


def test_there_is_an_icon_for_all_that_asks_for_one() -> None:
    asked = {f"event/{name}/{way}" for name in EVENTS for way in ("catch", "throw")}
    asked |= {f"task/{name}" for name in TASKS.values()}
    asked |= {f"sign/{state}" for state in Progress if state is not Progress.UNTOUCHED}
    assert asked <= ICONS.keys()


def test_icons_that_mean_different_things_differ() -> None:
    catching = [icon for name, icon in ICONS.items() if name.endswith("/catch")]
    assert len(set(catching)) == len(catching)
    for name in ("message", "signal", "error", "escalation", "compensate", "multiple"):
        assert ICONS[f"event/{name}/catch"] != ICONS[f"event/{name}/throw"]


def test_an_icon_is_put_where_it_belongs() -> None:
    for part in place(ICONS["task/user"], (500, 300), 9):
        box = extent(part)
        assert box_of([(490, 289), (510, 311)]).holds(box.centre)
        assert box.width <= 19
