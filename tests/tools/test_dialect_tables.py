"""The tables of vendors' words in the documentation are those that the compiler goes by."""

from __future__ import annotations

import sys

import dialect_tables
import pytest

from bpmn_xml.compiler.dialects.read import DIALECTS


def test_the_tables_are_fresh() -> None:
    assert dialect_tables.TARGET.read_text("utf-8") == dialect_tables.rendered(), (
        "run tools/dialect_tables.py"
    )


def test_every_word_is_in_its_table() -> None:
    assert dialect_tables.TITLES.keys() == {dialect.prefix for dialect in DIALECTS}
    for dialect in DIALECTS:
        text = dialect_tables.section(dialect)
        assert all(f"`{name}`" in text for name in dialect.rows)


def test_a_stale_table_is_told(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    target = dialect_tables.Path(str(tmp_path)) / "schemas" / "dialects.md"
    monkeypatch.setattr(dialect_tables, "TARGET", target)
    monkeypatch.setattr(sys, "argv", ["dialect_tables.py", "--check"])
    assert dialect_tables.main() == 1
    monkeypatch.setattr(sys, "argv", ["dialect_tables.py"])
    assert dialect_tables.main() == 0
    monkeypatch.setattr(sys, "argv", ["dialect_tables.py", "--check"])
    assert dialect_tables.main() == 0
    assert "stale" in capsys.readouterr().out
