from __future__ import annotations

from bpmn_xml.layout.layered.layers import BEND_SPACE, Layers, Slot
from bpmn_xml.layout.layered.tighten import LANE_MARGIN, Rows, air, tighten
from tests.layout.layered.build import problem

CELL = Slot(0, 0, 40, 40, 0)
BEND = Slot(0, 0, BEND_SPACE, BEND_SPACE)


def test_air():
    assert air(CELL, CELL) > air(CELL, BEND) == air(BEND, CELL) > air(BEND, BEND) == 0


def test_groups_that_nothing_links_move_up():
    slots = [Slot(0, 0, 40, 40, number) for number in range(3)]
    layers = Layers(slots, [], (), [], [], {})
    rows = tighten(Rows([100, 600, 710], [0, 900]), layers, [[0, 1, 2]], problem("ab"))
    top = LANE_MARGIN + 40
    assert rows == Rows([top, top + 110, top + 220], [0, 3 * 80 + 2 * 30 + 2 * LANE_MARGIN])


def test_linked_slots_move_together():
    slots = [Slot(rank, 0, 40, 40, rank) for rank in (0, 1)]
    layers = Layers(slots, [], (), [(0, 1)], [], {})
    rows = tighten(Rows([500, 650], [0, 900]), layers, [[0], [1]], problem("ab"))
    assert rows.heights == [60, 210]


def test_lanes_close_up_but_keep_their_least_height():
    slots = [Slot(0, lane, 40, 40, lane) for lane in (0, 1)]
    layers = Layers(slots, [], (), [], [], {})
    of = problem("ab", lanes="01", lane_heights=(200, 80, 90))
    rows = tighten(Rows([500, 900], [0, 0, 0]), layers, [[0, 1]], of)
    assert rows == Rows([100, 260], [0, 200, 320, 410])
