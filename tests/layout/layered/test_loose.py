"""What is too tangled loses its longest arcs, and only these."""

from __future__ import annotations

import pytest

from bpmn_xml.layout.layered import loose
from bpmn_xml.layout.layered.loose import longest_arcs
from bpmn_xml.layout.layered.place import place
from bpmn_xml.layout.layered.ranks import rank_cells
from tests.layout.layered.build import problem

ARCS = "ab bc cd da ac ad"


@pytest.mark.parametrize(("room", "out"), [(8, set()), (5, {3}), (1, {3, 5}), (0, {3, 4, 5})])
def test_the_longest_arcs_are_taken_out(monkeypatch, room, out):
    monkeypatch.setattr(loose, "_LEAST", room)
    of = problem(ARCS)
    assert longest_arcs(of, rank_cells(of), 0.0) == out


@pytest.mark.parametrize("taps", ["", "da"])
def test_they_are_drawn_straight(monkeypatch, taps):
    monkeypatch.setattr(loose, "MOST_BENDS", 0)
    monkeypatch.setattr(loose, "_LEAST", 0)
    of = problem(ARCS, taps=taps)
    placement = place(of)
    back, forward = placement.routes[3], placement.routes[5]
    (ax, ay), (dx, dy) = placement.centres[0], placement.centres[3]
    assert forward == [(ax + 50, ay), (dx, dy - 40)]
    assert back[0] == ((dx + of.arcs[3].tap, dy + 40 + 18) if taps else (dx - 50, dy))
    assert back[1] == (ax, ay - 40 if dy <= ay else ay + 40)
    assert len(placement.routes) == len(of.arcs)
