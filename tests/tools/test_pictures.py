"""The pictures in `diagrams/` are those that would be drawn now."""

from __future__ import annotations

from pathlib import Path

import pictures
import pytest


@pytest.mark.parametrize("picture", pictures.pictures(), ids=lambda picture: picture.file.name)
def test_picture_is_fresh(picture: pictures.Picture, tmp_path: Path) -> None:
    assert pictures.is_fresh(picture, tmp_path / "now.svg"), "run tools/pictures.py"


def test_every_diagram_has_its_pictures() -> None:
    folders = {path.parent.name for path in pictures.DIAGRAMS.rglob("*.bpmn")}
    assert folders == {*pictures.RUNS, *pictures.GALLERIES}


def test_a_changed_picture_is_not_fresh(tmp_path: Path) -> None:
    first = pictures.pictures()[0]
    other = first._replace(file=tmp_path / "other.svg")
    assert not pictures.is_fresh(other, tmp_path / "now.svg")
    changed = first.file.read_text("utf-8").replace("add", "sub")
    other.file.write_text(changed, "utf-8")
    assert not pictures.is_fresh(other, tmp_path / "now.svg")
