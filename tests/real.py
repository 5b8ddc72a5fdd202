"""Drawings as other tools write them: ours, and real ones where they lie beside this checkout."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import ROOT

OURS = ROOT / "tests" / "data"
BESIDE = ROOT.parent / "shared" / "data"


def real_files(*folders: str) -> list[Path]:
    """The drawings in some folders, which are called after tools; in all if none is named."""
    return sorted(
        path
        for root in (OURS, BESIDE)
        for folder in folders or ("*",)
        for path in root.glob(f"{folder}/*.bpmn")
    )
