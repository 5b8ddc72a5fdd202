"""The element templates that are shipped are those that the code makes."""

from __future__ import annotations

import sys
from pathlib import Path

import element_templates
import pytest

from bpmn_xml.runtime.binding.templates import as_text, general


def test_the_templates_are_fresh() -> None:
    assert element_templates.TARGET.read_text("utf-8") == as_text(general()), (
        "run tools/element_templates.py"
    )


def test_stale_templates_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(element_templates, "TARGET", tmp_path / "python-task.json")
    monkeypatch.setattr(sys, "argv", ["element_templates.py", "--check"])
    assert element_templates.main() == 1
    monkeypatch.setattr(sys, "argv", ["element_templates.py"])
    assert element_templates.main() == 0
    monkeypatch.setattr(sys, "argv", ["element_templates.py", "--check"])
    assert element_templates.main() == 0
