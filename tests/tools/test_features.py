"""The table of elements, and what is made of it, are those that the diagrams make now."""

from __future__ import annotations

import sys
from pathlib import Path

import features
import pytest


@pytest.mark.parametrize("path", features.files(), ids=lambda path: path.parent.name)
def test_what_is_made_is_fresh(path: Path) -> None:
    assert path.read_text("utf-8") == features.files()[path], "run tools/features.py"


def test_what_no_diagram_shows_does_not_run(monkeypatch: pytest.MonkeyPatch) -> None:
    only = {"signals": {"shows": ["intermediate catch event: signal"]}}
    monkeypatch.setattr(features, "told", lambda _: only)
    runs = {row["element"]: row["tested"] for row in features.table() if row["runs"]}
    assert runs == {"intermediate catch event: signal": ["diagrams/elements/signals.bpmn"]}


def test_all_is_read() -> None:
    assert [row["element"] for row in features.table() if not row["reads"]] == []


def test_stale_files_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(features, "ROOT", tmp_path)
    monkeypatch.setattr(features, "TABLE", tmp_path / "features.json")
    monkeypatch.setattr(features, "GALLERIES", {})
    codes = []
    for words in (["--check"], [], ["--check"]):
        monkeypatch.setattr(sys, "argv", ["features.py", *words])
        codes.append(features.main())
    assert codes == [1, 0, 0]
