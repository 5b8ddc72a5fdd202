"""Elements one by one: a diagram in a line, what is done and how it ends."""

from __future__ import annotations

import pytest

from bpmn_xml.core import records as r
from bpmn_xml.core.state import AT_REST
from tests.core.harness import everywhere, program

# text, variables, expected path of completed/passed work, outcome
PATHS = [
    ("s > e", {}, "e", "completed"),
    ("s > t1 > e", {}, "t1 e", "completed"),
    ("t1 > t2", {}, "t1 t2", "completed"),
    ("s > a1 > t1", {}, "a1 t1", "completed"),
    ("s > t1; s > t2", {}, "t1 t2", "completed"),
    ("s > t1 > a1 > e; s > t2 > a1", {}, "a1 a1 e e t1 t2", "completed"),
    ("s > x; x >[n == 1] t1 > e; x >[n == 2] t2 > e", {"n": 1}, "e t1 x", "completed"),
    ("s > x; x >[n == 1] t1 > e; x >* t2 > e", {"n": 9}, "e t2 x", "completed"),
    ("s > x; x >* t2 > e; x >[n == 1] t1 > e", {"n": 1}, "e t1 x", "completed"),
    ("s > x; x > t2 > e; x >[n == 1] t1 > e", {"n": 1}, "e t2 x", "completed"),
    ("s > p; p > t1 > j; p > t2 > j; j > e", {}, "e p t1 t2", "completed"),
    (
        "s > o; o >[n > 0] t1 > i; o >[n > 1] t2 > i; o >* t3 > i; i > e",
        {"n": 2},
        "e o t1 t2",
        "completed",
    ),
    (
        "s > o; o >[n > 0] t1 > i; o >[n > 1] t2 > i; o >* t3 > i; i > e",
        {"n": 1},
        "e o t1",
        "completed",
    ),
    (
        "s > o; o >[n > 0] t1 > i; o >[n > 1] t2 > i; o >* t3 > i; i > e",
        {"n": 0},
        "e o t3",
        "completed",
    ),
    ("s > p; p > i; p > a1 > i; p > a2 > a3 > i; i > t1 > e", {}, "a1 a2 a3 e p t1", "completed"),
    (
        "s > p; p > i1; p > a1; a1 > x > i2; a1 > i1; p > a2 > i1; i1 > i2; i2 > t1 > e",
        {},
        "a1 a2 e p t1 x",
        "completed",
    ),
    ("s > t1; t1 >[n > 0] t2; t1 >[n > 1] t3; t1 >* t4", {"n": 2}, "t1 t2 t3", "completed"),
    ("s > t1; t1 >[n > 0] t2; t1 >[n > 1] t3; t1 >* t4", {"n": 0}, "t1 t4", "completed"),
    ("s > z1 > t1; z1: s1 > t2 > e1", {}, "e1 t1 t2 z1", "completed"),
    ("s > z1 > t1; z1: s1 > z2 > e1; z2: s2 > t2 > e2", {}, "e1 e2 t1 t2 z1 z2", "completed"),
    ("s > z1; z1: t2; z1: t3", {}, "t2 t3 z1", "completed"),
    ("s > p; p > u1 > e; p > q", {}, "p q", "terminated"),
    ("s > z1 > t1; z1: s1 > p1; z1: p1 > u1; z1: p1 > q", {}, "p1 q t1 z1", "completed"),
    ("s > z1 > e; z1: s1 > f; z1 !FAULT:b1; b1 > t1", {}, "b1 f t1", "completed"),
    ("s > z1 > e; z1: s1 > f; z1 !b1; b1 > t1; z1 !FAULT:b2; b2 > t2", {}, "b2 f t2", "completed"),
    ("s > f", {}, "f", "failed"),
    ("s > z1; z1: s1 > f; z1 !OTHER:b1; b1 > t1", {}, "f", "failed"),
]


@pytest.mark.parametrize(("text", "variables", "path", "outcome"), PATHS)
def test_path(text: str, variables: dict[str, object], path: str, outcome: str) -> None:
    ran = everywhere(program(text), variables)
    assert ran.outcome == outcome
    done = [
        ran.program.nodes[record.node].id
        for record in ran.records
        if isinstance(record, r.Completed | r.Passed)
    ]
    assert sorted(node for node in done if node[0] != "s") == sorted(path.split())
    root = ran.state.scopes[""]
    assert list(ran.state.scopes) == [""]
    assert not root.active
    assert not root.parked
    assert ran.state.agenda is AT_REST
