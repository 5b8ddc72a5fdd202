"""The table of elements, and what is made of it, are those that the diagrams make now."""

from __future__ import annotations

import pytest
from generators import features


def test_what_no_diagram_shows_does_not_run(monkeypatch: pytest.MonkeyPatch) -> None:
    only = {"signals": {"shows": ["intermediate catch event: signal"]}}
    monkeypatch.setattr(features, "told", lambda _: only)
    runs = {row["element"]: row["tested"] for row in features.table() if row["runs"]}
    assert runs == {"intermediate catch event: signal": ["diagrams/elements/signals.bpmn"]}


def test_all_is_read() -> None:
    assert [row["element"] for row in features.table() if not row["reads"]] == []
