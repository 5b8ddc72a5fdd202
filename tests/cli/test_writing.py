"""What a verb writes is seen to before, and written whole."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from bpmn_xml.cli.streams import shielded
from bpmn_xml.cli.writing import check_distinct, check_writable, write_out
from bpmn_xml.errors import StoreError, UsageError


@pytest.mark.parametrize("name", [None, "-", "new.txt", "old.txt"])
def test_what_can_be_written_is_not_touched_yet(tmp_path: Path, name: str | None) -> None:
    files = {"old.txt": "old", "source": "drawn"}
    for found, text in files.items():
        (tmp_path / found).write_text(text)
    check_writable(name if name in (None, "-") else str(tmp_path / name), tmp_path / "source")
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == files


def test_a_standard_output_that_is_closed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    with shielded():
        check_writable(None)
        with pytest.raises(StoreError, match="cannot write to the standard output: it is closed"):
            check_writable("-")


OBSTACLES = {
    "a folder": (".", "it is a folder"),
    "no folder": ("no/x", "there is no folder"),
    "the source": ("source", "that is the file that is read"),
    "no name": ("a\0b", "null byte"),
    "a name too long": ("x" * 5000, "too long"),
}


@pytest.mark.parametrize(("name", "why"), OBSTACLES.values(), ids=OBSTACLES)
def test_what_cannot_is_refused_at_once(tmp_path: Path, name: str, why: str) -> None:
    source = tmp_path / "source"
    source.touch()
    with pytest.raises(StoreError, match=why):
        check_writable(str(tmp_path / name), source)


@pytest.mark.parametrize("name", ["locked/new.txt", "old.txt"])
def test_what_may_not_be_written_is_refused(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "locked").mkdir()
    (tmp_path / "old.txt").touch()
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)
    with pytest.raises(StoreError, match="may not be written"):
        check_writable(str(tmp_path / name))


def test_one_target_does_not_overwrite_another(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("new")
    check_distinct([None, "-", str(tmp_path / "new"), None, str(tmp_path / "other")])
    check_distinct([os.devnull, os.devnull])
    for one, other in (("-", "-"), (str(tmp_path / "new"), str(tmp_path / "link"))):
        with pytest.raises(UsageError, match="are the same file"):
            check_distinct([one, other])


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "old.txt"
    target.write_text("old")
    write_out(str(target), b"new")
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


def test_the_standard_output_is_a_dash(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    write_out("-", b"\xff\x00")
    assert capfdbinary.readouterr().out == b"\xff\x00"
