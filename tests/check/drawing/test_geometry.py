"""Drawings that say something else than their model; shapes that were only moved do not."""

from __future__ import annotations

import pytest

from bpmn_xml.check.drawing import geometry as g
from bpmn_xml.formats import inspect
from tests.check.faults import SHOP

CASES = {
    "the plane of a process": ('bpmnElement="Trade"', 'bpmnElement="sell"', g.OTHER_PLANE),
    "the plane of a task": ('bpmnElement="Trade"', 'bpmnElement="regret"', g.OTHER_PLANE),
    "a shape of a process": ('bpmnElement="Seller"', 'bpmnElement="sell"', g.NOT_DRAWN),
    "edges that are swapped": ('bpmnElement="f2"', 'bpmnElement="f7"', g.ASTRAY),
    "a moved shape": ('x="398" y="233"', 'x="399" y="95.5"', ""),
}


def told(text: str) -> list[str]:
    """The codes of what is said about the drawing of a text."""
    model = inspect(text.encode()).definitions
    assert model is not None
    return [one.code for one in g.geometry(model)]


def test_the_drawing_of_the_shop_says_what_is_meant() -> None:
    assert told(SHOP) == []


@pytest.mark.parametrize(("old", "new", "code"), CASES.values(), ids=CASES)
def test_a_drawing_that_says_something_else(old: str, new: str, code: str) -> None:
    assert old in SHOP
    found = told(SHOP.replace(old, new, 1))
    assert code in found if code else found == []


HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:x" '
    'xmlns:i="http://www.omg.org/spec/BPMN/20100524/DI" '
    'xmlns:c="http://www.omg.org/spec/DD/20100524/DC">'
)
MODEL = (
    '<collaboration id="C"><participant id="A" processRef="a"/>'
    '<participant id="B" processRef="b"/></collaboration>'
    '<process id="a"><task id="t"/><task id="u"/><boundaryEvent id="v" attachedToRef="t"/>'
    '<subProcess id="w"><task id="x"/></subProcess></process>'
    '<process id="b"><task id="y"/></process>'
)
PLACES = {
    "A": (0, 0, 900, 200),
    "B": (0, 200, 900, 200),
    "t": (100, 50, 100, 80),
    "u": (300, 50, 100, 80),
    "v": (130, 110, 36, 36),
    "w": (500, 50, 200, 100),
    "x": (510, 60, 50, 50),
    "y": (100, 250, 100, 80),
}
MOVED = {
    "nothing": ({}, []),
    "a node into the other pool": ({"u": (300, 250, 100, 80)}, [g.OUTSIDE]),
    "an inner node into the other pool": ({"x": (500, 250, 50, 50)}, [g.OUTSIDE]),
    "a node out of all pools": ({"u": (300, 650, 100, 80)}, []),
    "a boundary event to another activity": ({"v": (330, 110, 36, 36)}, [g.OFF]),
    "a boundary event to nothing": ({"v": (230, 20, 36, 36)}, [g.OFF]),
    "a boundary event along the border": ({"v": (90, 80, 36, 36)}, []),
    "a node upon another": ({"u": (100, 50, 100, 80)}, [g.UPON]),
}


def test_a_pool_that_does_not_name_the_process_that_is_drawn_in_it() -> None:
    wanted = {"": [g.OTHER_PLANE], 'processRef="b"': []}
    for named, codes in wanted.items():
        assert told(drawn({}).replace('processRef="b"', named)) == codes


def drawn(moved: dict[str, tuple[int, ...]]) -> str:
    """A file of two pools, with some shapes at other places."""
    shapes = "".join(
        f'<i:BPMNShape bpmnElement="{name}"><c:Bounds x="{x}" y="{y}" width="{w}" height="{h}"/>'
        "</i:BPMNShape>"
        for name, (x, y, w, h) in (PLACES | moved).items()
    )
    plane = f'<i:BPMNDiagram><i:BPMNPlane bpmnElement="C">{shapes}</i:BPMNPlane></i:BPMNDiagram>'
    return f"{HEAD}{MODEL}{plane}</definitions>"


@pytest.mark.parametrize(("moved", "wanted"), MOVED.values(), ids=MOVED)
def test_what_was_moved(moved: dict[str, tuple[int, ...]], wanted: list[str]) -> None:
    assert told(drawn(moved)) == wanted
