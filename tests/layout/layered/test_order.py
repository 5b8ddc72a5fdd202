from __future__ import annotations

from random import Random

import msgspec
import pytest

from bpmn_xml.layout.layered.problem import Arc, RankProblem
from tests.layout.layered.build import box, layered, problem


def crossings(layers, columns):
    place = {slot: number for column in columns for number, slot in enumerate(column)}
    by_gap = {}
    for one, other in layers.links:
        by_gap.setdefault(layers.slots[one].rank, []).append((place[one], place[other]))
    return sum(
        (a - c) * (b - d) < 0
        for links in by_gap.values()
        for index, (a, b) in enumerate(links)
        for c, d in links[:index]
    )


@pytest.mark.parametrize(
    ("arcs", "least"),
    [
        ("ab ac bd cd", 0),
        ("ax by az bz", 0),
        ("ax ay az bx by bz cx cy cz", 9),
        ("ad ae bd be", 1),
        ("ad be cf ae bf cd", 2),
        ("ab bc cd de ca db ec", 1),
    ],
)
def test_few_links_cross(arcs, least):
    assert crossings(*layered(problem(arcs))) == least


def test_lanes_are_never_mixed():
    of = problem("ab ac ad be ce de", lanes="021021"[:5])
    layers, columns = layered(of)
    for column in columns:
        lanes = [layers.slots[slot].lane for slot in column]
        assert lanes == sorted(lanes)


def test_bends_stay_directly_below_their_host():
    of = problem("ab ac ad be ce hx hy ah", taps="hx hy")
    layers, columns = layered(of)
    ((host, stack),) = layers.stacks.items()
    (column,) = [column for column in columns if host in column]
    place = column.index(host)
    assert column[place + 1 : place + 3] == stack


def test_every_slot_is_in_its_column_once():
    of = problem("ab bc cd da ac bd aa")
    layers, columns = layered(of)
    for rank, column in enumerate(columns):
        own = [slot for slot, made in enumerate(layers.slots) if made.rank == rank]
        assert sorted(column) == own


@pytest.mark.parametrize(("count", "most"), [(30, 8), (60, 40), (120, 110)])
def test_crossings_of_random_graphs_stay_few(count, most):
    """The limits are a ratchet: the sum over three graphs when they were set."""
    total = 0
    for seed in range(3):
        random = Random(seed)
        pairs = [(max(0, n - random.randrange(1, 6)), n) for n in range(1, count)]
        pairs += [
            (n, min(count - 1, n + random.randrange(1, 9)))
            for n in random.sample(range(count - 1), count // 5)
        ]
        arcs = tuple(Arc(source=a, target=b) for a, b in pairs)
        total += crossings(*layered(RankProblem(cells=(box(),) * count, arcs=arcs, roots=(0,))))
    assert total <= most


def test_the_order_is_the_same_every_time():
    of = problem("ax by cz ay bz cx ab bc")
    assert layered(of)[1] == layered(of)[1]


@pytest.mark.parametrize(("pull", "place"), [(-1, 0), (1, 2)])
def test_what_is_pulled_is_first_or_last(pull, place):
    of = problem("ab ac ad")
    cells = [msgspec.structs.replace(cell, pull=pull * (n == 2)) for n, cell in enumerate(of.cells)]
    _, columns = layered(msgspec.structs.replace(of, cells=tuple(cells)))
    assert columns[1].index(2) == place
