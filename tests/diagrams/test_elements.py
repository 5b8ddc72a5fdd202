"""Every diagram of `diagrams/elements` and `diagrams/patterns` does what is said beside it.

They are what the table of elements stands on: a row that a diagram `shows` must be in it, and its
element on the path.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from generators.feature_rows import ROWS, seen

from bpmn_xml import formats
from bpmn_xml.model import Definitions
from bpmn_xml.model.walk import walk
from tests.diagrams.gallery import compiled, passed_alone, played, told
from tests.diagrams.shell import DIAGRAMS

FOLDERS = (DIAGRAMS / "elements", DIAGRAMS / "patterns")
ALL = sorted(path for folder in FOLDERS for path in folder.glob("*.bpmn"))
ALONE = [path for path in ALL if "runs" not in told(path)]
NEEDED = {"about", "clause", "shows"}
MAY = {"variables", "results", "errors", "steps", "stub"}
KINDS = ({"outcome", "path"}, {"begin", "runs"})

each = pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)


@pytest.mark.parametrize("limit", [1, 10_000])
@pytest.mark.parametrize("path", ALONE, ids=lambda path: path.stem)
def test_the_diagram_does_what_is_said(path: Path, limit: int) -> None:
    said = told(path)
    expected = {"outcome": said["outcome"], "path": said["path"]}
    assert passed_alone(path, said, limit) == [expected]


@pytest.mark.parametrize("path", sorted({*ALL} - {*ALONE}), ids=lambda path: path.stem)
def test_the_diagrams_that_talk_do_what_is_said(path: Path) -> None:
    said = told(path)
    assert played(path, said) == said["runs"]


@each
def test_the_diagram_is_drawn_and_explained(path: Path) -> None:
    said = told(path)
    assert any(said.keys() - MAY == NEEDED | kind for kind in (*KINDS, {"runs"}))
    definitions = formats.read(path)
    drawn = {getattr(e, "bpmn_element", "") for d in definitions.diagrams for e in d.plane.elements}
    assert {node.id for node in compiled(path).nodes if "/" not in node.id} <= drawn


@each
def test_the_diagram_shows_what_it_says(path: Path) -> None:
    said, definitions = told(path), formats.read(path)
    shown = seen(definitions)
    nodes = {node.id for node in compiled(path).nodes}
    reached = entered(definitions, said)
    for row in said["shows"]:
        assert row in shown
        assert shown[row] & reached or not shown[row] & nodes, f"{row} is not on the path"


def entered(definitions: Definitions, said: dict[str, Any]) -> set[str]:
    """All elements on all paths, and what they are in."""
    reached = {name for run in said.get("runs", [said]) for name in run["path"]}
    inside = [(getattr(e, "id", ""), getattr(c, "id", "")) for e, c in walk(definitions)]
    for name, container in reversed(inside):
        if name in reached:
            reached.add(container)
    return reached


def test_every_row_has_a_name_of_its_own() -> None:
    names = [feature.name for features in ROWS.values() for feature in features]
    assert len(names) == len(set(names)) > 90


def test_every_explanation_has_its_diagram() -> None:
    stems = {path.stem for folder in FOLDERS for path in folder.glob("*.toml")}
    assert stems == {path.stem for path in ALL}
