"""What is written beside an element that a run has reached."""

from __future__ import annotations

from operator import attrgetter
from pathlib import Path

import pytest

from bpmn_xml import read
from bpmn_xml.compiler import compile_models
from bpmn_xml.compiler.program import Kind
from bpmn_xml.render.runs import Naming, overlay_of
from bpmn_xml.trace.codec import header_of
from bpmn_xml.trace.summary import ElementState, ElementSummary, RunSummary
from bpmn_xml.trace.why import waiting
from tests.conftest import ROOT
from tests.diagrams.gallery import compiled
from tests.documents import DEFINITIONS

REMARKS = [(0, 0, ""), (2, 0, "2 failed"), (1, 1, "1 error"), (5, 3, "2 failed, 3 errors")]


@pytest.mark.parametrize(("failures", "errors", "remark"), REMARKS)
def test_errors_are_told_from_failures(failures: int, errors: int, remark: str) -> None:
    node = ElementSummary(
        id="charge", state=ElementState.DONE, count=1, failures=failures, errors=errors
    )
    naming = Naming(read(ROOT / "diagrams" / "order" / "order.bpmn"))
    overlay = overlay_of(RunSummary(nodes=(node,), flows=()), naming)
    assert overlay.marks["charge"].remark == remark


@pytest.mark.parametrize(
    ("state", "remark"), [(ElementState.DONE, "1 interrupted"), (ElementState.INTERRUPTED, "")]
)
def test_what_was_interrupted_is_told_from_what_is_done(state: ElementState, remark: str) -> None:
    node = ElementSummary(id="charge", state=state, count=3, cancelled=1, interrupted=1)
    naming = Naming(read(ROOT / "diagrams" / "order" / "order.bpmn"))
    assert overlay_of(RunSummary(nodes=(node,), flows=()), naming).marks["charge"].remark == remark


def test_names_of_elements_lead_to_their_files() -> None:
    """Ids that have colons of their own, or look as if they were renamed, mislead nobody."""
    inside = '<startEvent id="s"/><task id="pay:a"/><task id="Q:s"/>'
    head = f"{DEFINITIONS}<process isExecutable='true' id="
    texts = [f"{head}'{name}'>{inside}</process></definitions>" for name in "PQ"]
    models = [read(text.encode()) for text in texts]
    renamed = header_of(compile_models(models)).renamed
    first, second = (Naming(model, renamed).nodes for model in models)
    assert {name: node.id for name, node in first.items()} == {
        "s": "s", "pay:a": "pay:a", "Q:s": "Q:s",
    }  # fmt: skip
    assert {name: node.id for name, node in second.items()} == {
        "Q:2:s": "s", "Q:pay:a": "pay:a", "Q:Q:s": "Q:s",
    }  # fmt: skip


NOW = [
    (ElementState.WAITING, {"count": 2, "waiting": 1}, 1),
    (ElementState.WAITING, {"count": 1, "waiting": 1}, None),
    (ElementState.ACTIVE, {"count": 3, "active": 2}, 2),
    (ElementState.FAILED, {"count": 9, "incidents": 1}, 1),
    (ElementState.DONE, {"count": 3}, None),
    (ElementState.DONE, {"count": 3, "completed": 2, "cancelled": 1}, 2),
    (ElementState.INTERRUPTED, {"count": 3, "cancelled": 3}, None),
]


@pytest.mark.parametrize(("state", "numbers", "now"), NOW)
def test_what_is_over_is_told_from_what_is_not(
    state: ElementState, numbers: dict[str, int], now: int | None
) -> None:
    node = ElementSummary(id="charge", state=state, **numbers)
    naming = Naming(read(ROOT / "diagrams" / "order" / "order.bpmn"))
    mark = overlay_of(RunSummary(nodes=(node,), flows=()), naming).marks["charge"]
    assert mark.now == now


ELEMENTS = sorted((ROOT / "diagrams" / "elements").glob("*.bpmn"))
NEVER_ACTIVE = {Kind.START_EVENT, Kind.THROW_EVENT}
"""Links are flows to a program, and what receives and begins is a start."""


@pytest.mark.parametrize("path", ELEMENTS, ids=attrgetter("stem"))
def test_the_drawing_and_the_program_say_the_same_of_what_waits(path: Path) -> None:
    program, naming = compiled(path), Naming(read(path))
    active = {node.id for node in program.nodes if node.kind not in NEVER_ACTIVE}
    said = {program.nodes[index].id for index in waiting(program)}
    assert said & set(naming.nodes) == naming.waiting() & active
