"""Who names a file that is not there is told which may be meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from bpmn_xml.formats.missing import USUAL, instead_of

ASKED = {
    "a misspelt name": ("oder.bpmn", f"did you mean 'order.bpmn'? Else {USUAL}"),
    "a name that is like none": ("x.bpmn", USUAL),
    "what is no diagram is not meant": ("note.txt", USUAL),
    "a folder that is not there": ("gone/order.bpmn", USUAL),
    "a file that may not be read": ("order.bpmn", USUAL),
    "a folder without diagrams": ("empty", "name a file"),
    "a name too long": ("x" * 5000, USUAL),
    "a folder whose name is too long": (f"{'x' * 5000}/order.bpmn", USUAL),
    "no name that can be": ("a\0b", USUAL),
}


@pytest.mark.parametrize(("asked", "remedy"), ASKED.values(), ids=ASKED)
def test_what_is_meant_is_told(tmp_path: Path, asked: str, remedy: str) -> None:
    (tmp_path / "order.bpmn").touch()
    (tmp_path / "notes.txt").touch()
    (tmp_path / "empty").mkdir()
    assert instead_of(tmp_path / asked) == remedy


def test_of_a_folder_a_file_in_it_is_meant(tmp_path: Path) -> None:
    (tmp_path / "order.bpmn").touch()
    assert instead_of(tmp_path) == f"name a file in it, as {tmp_path / 'order.bpmn'}"
