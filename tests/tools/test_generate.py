"""Everything that is made of the package's tables is fresh."""

from __future__ import annotations

import sys
from pathlib import Path

import generate
import pytest
from generators import ROOT

MADE = generate.files()


@pytest.mark.parametrize("path", MADE, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_is_made_is_fresh(path: Path) -> None:
    assert path.read_text("utf-8") == MADE[path], "run tools/generate.py"


def test_nothing_else_lies_among_the_schemas() -> None:
    made = {path for path in MADE if ROOT / "schemas" in path.parents}
    assert {path for path in (ROOT / "schemas").rglob("*") if path.is_file()} == made


def test_what_is_stale_is_told_and_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(generate, "ROOT", tmp_path)
    monkeypatch.setattr(generate, "files", lambda: {tmp_path / "schemas" / "a.xsd": "new"})
    codes = []
    for words in (["--check"], [], ["--check"]):
        monkeypatch.setattr(sys, "argv", ["generate.py", *words])
        codes.append(generate.main())
    assert codes == [1, 0, 0]
    assert "schemas/a.xsd is stale" in capsys.readouterr().out
    assert (tmp_path / "schemas" / "a.xsd").read_text("utf-8") == "new"
