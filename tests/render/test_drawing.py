from __future__ import annotations

from typing import Any

import msgspec
import pytest

from bpmn_xml import model, render
from bpmn_xml.errors import UsageError
from bpmn_xml.layout.arrange import TANGLED
from bpmn_xml.render.drawing import job_of
from bpmn_xml.render.notes import FORGOTTEN, NO_ELEMENT
from bpmn_xml.render.overlay import Mark, Overlay, Progress
from tests.layout.processes import complete
from tests.render.build import SVG, definitions, order, parse, shape

SIGNATURES = {"svg": b"<?xml", "png": b"\x89PNG", "dot": b"digraph", "pdf": b"%PDF"}


@pytest.mark.parametrize("format_", SIGNATURES)
def test_every_format(format_: Any) -> None:
    picture = render.picture(order(), format=format_)
    assert picture.data.startswith(SIGNATURES[format_])
    assert picture.format == format_
    assert picture.data == render.draw(order(), format=format_) or format_ == "pdf"


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(UsageError, match="unknown format 'gif': use one of svg, png, pdf"):
        render.draw(order(), format="gif")  # type: ignore[arg-type] # on purpose


def test_a_file_without_a_process_is_refused() -> None:
    with pytest.raises(UsageError, match="there is nothing to draw"):
        render.draw(model.Definitions(id="d"))


def _several() -> model.Definitions:
    sub = model.SubProcess(id="sub", name="Inner", flow_elements=(model.Task(id="deep"),))
    content = definitions([sub], [shape("sub", 0, 0, 100, 80)])
    second = model.BPMNDiagram(
        id="second",
        plane=model.BPMNPlane(
            id="plane2", bpmn_element="sub", elements=(shape("deep", 5, 5, 100, 80),)
        ),
    )
    empty = model.BPMNDiagram(id="empty", name="Nothing", plane=model.BPMNPlane(id="plane0"))
    diagrams = (empty, *content.diagrams, second)
    return msgspec.structs.replace(content, diagrams=diagrams)


def test_planes_are_listed() -> None:
    assert [str(plane) for plane in render.planes(_several())] == [
        "1: Nothing (0 shapes, 0 edges)",
        "2: process (1 shapes, 0 edges)",
        "3: Inner (1 shapes, 0 edges)",
    ]


@pytest.mark.parametrize(
    ("plane", "shown"),
    [
        (None, {"sub"}), (2, {"sub"}), ("2", {"sub"}), ("second", {"deep"}), ("plane2", {"deep"}),
        ("sub", {"deep"}), ("Inner", {"deep"}), (3, {"deep"}), (1, set()),
    ],
)  # fmt: skip
def test_each_plane_is_a_picture_of_its_own(plane: Any, shown: set[str]) -> None:
    svg = parse(render.draw(_several(), plane=plane))
    assert {found.get("id") for found in svg.iter(f"{SVG}g")} - {None} == shown


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ({"deep": Progress.DONE}, {"deep"}),
        ({"sub": Progress.DONE, "deep": Progress.DONE}, {"sub"}),
        ({"sub": Progress.UNTOUCHED, "deep": Progress.FAILED}, {"deep"}),
        ({}, {"sub"}),
    ],
)
def test_a_run_is_drawn_on_the_plane_that_shows_it(told: Any, shown: set[str]) -> None:
    run = Overlay(marks={name: Mark(state=state) for name, state in told.items()})
    svg = parse(render.draw(_several(), overlay=run))
    assert {found.get("id") for found in svg.iter(f"{SVG}g")} & {"sub", "deep"} == shown
    page = render.draw(_several(), overlay=run, format="html").decode()
    assert [page.count(f'id="{name}"') for name in ("sub", "deep")] == [1, 1]


@pytest.mark.parametrize("plane", [0, 4, "nowhere", ""])
def test_an_unknown_plane_is_refused_with_those_there_are(plane: Any) -> None:
    with pytest.raises(UsageError, match="there is 1: Nothing"):
        render.draw(_several(), plane=plane)


@pytest.mark.parametrize("diagrams", [(), (model.BPMNDiagram(plane=model.BPMNPlane()),)])
def test_a_file_without_a_drawing_is_laid_out(diagrams: Any) -> None:
    bare = msgspec.structs.replace(order(), diagrams=diagrams)
    svg = parse(render.draw(bare))
    ids = {found.get("id") for found in svg.iter(f"{SVG}g")} - {None}
    assert ids == {"start", "task", "end", "start_task", "task_end"}


def test_what_its_own_layout_tells_is_told_of_the_picture() -> None:
    assert [note.code for note in render.picture(complete(40)).notes] == [TANGLED]


@pytest.mark.parametrize("format_", SIGNATURES)
def test_a_drawing_of_nothing_is_empty(format_: Any) -> None:
    nothing = definitions([model.Task(id="t")], [shape("elsewhere", 0, 0, 1, 1)])
    picture = render.picture(nothing, format=format_)
    assert picture.data.startswith(SIGNATURES[format_])
    assert [note.code for note in picture.notes] == [NO_ELEMENT, FORGOTTEN]


def test_public_names_are_loaded_when_used() -> None:
    for name in render.__all__:
        assert getattr(render, name)
    with pytest.raises(AttributeError, match="nosuch"):
        _ = render.nosuch  # type: ignore[attr-defined] # on purpose


def test_flows_that_were_taken_lie_on_those_that_were_not() -> None:
    """Where they meet, a grey arrow head would cover the green one."""
    marks = {"start_task": Mark(state=Progress.DONE, count=1)}
    ids = [line.element for line in job_of(order(), overlay=Overlay(marks=marks)).scene.lines]
    assert ids[-1] == "start_task"
    assert sorted(ids) == sorted(line.element for line in job_of(order()).scene.lines)
