"""What is written beside an element that a run has reached."""

from __future__ import annotations

import pytest

from bpmn_xml import read
from bpmn_xml.render.runs import Naming, overlay_of
from bpmn_xml.trace.summary import ElementState, ElementSummary, RunSummary
from tests.conftest import ROOT

BADGES = [(0, 0, ""), (2, 0, "2 failed"), (1, 1, "1 error"), (5, 3, "2 failed, 3 errors")]


@pytest.mark.parametrize(("failures", "errors", "badge"), BADGES)
def test_errors_are_told_from_failures(failures: int, errors: int, badge: str) -> None:
    node = ElementSummary(
        id="charge", state=ElementState.DONE, count=1, failures=failures, errors=errors
    )
    naming = Naming(read(ROOT / "diagrams" / "order" / "order.bpmn"))
    overlay = overlay_of(RunSummary(nodes=(node,), flows=()), naming)
    assert overlay.marks["charge"].badge == badge
