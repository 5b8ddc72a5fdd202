"""Boundary events on one activity: those whose way comes back stand to the right."""

from __future__ import annotations

import pytest

from bpmn_xml import model
from bpmn_xml.layout import lay_out
from bpmn_xml.layout.handlers import reached
from tests.layout.processes import alone, drawn, flows
from tests.layout.score import score


def on_one_activity(*pairs: tuple[str, str]) -> model.Definitions:
    """`back` and `apart` are boundary events on `work`; the flows are given."""
    nodes = [
        model.Task(id="work"),
        model.BoundaryEvent(id="back", attached_to_ref="work"),
        model.BoundaryEvent(id="apart", attached_to_ref="work"),
        *(model.Task(id=name) for name in ("mend", "tell")),
        *(model.EndEvent(id=name) for name in ("done", "ended")),
    ]
    return alone(*nodes, *flows(("work", "done"), *pairs))


def test_what_comes_back_does_not_cross_what_ends_apart() -> None:
    pairs = (("back", "mend"), ("mend", "done"), ("apart", "tell"), ("tell", "ended"))
    found = lay_out(on_one_activity(*pairs))
    shapes = drawn(found)
    assert shapes["apart"].bounds.x < shapes["back"].bounds.x
    assert shapes["mend"].bounds.y < shapes["tell"].bounds.y
    assert score(found).crossings == 0


@pytest.mark.parametrize(
    "pairs",
    [(), (("back", "mend"), ("apart", "tell")), (("back", "done"), ("apart", "done"))],
    ids=["no ways", "both end apart", "both come back"],
)
def test_equal_ones_keep_their_order(pairs: tuple) -> None:
    shapes = drawn(lay_out(on_one_activity(*pairs)))
    assert shapes["back"].bounds.x < shapes["apart"].bounds.x


def test_not_all_of_a_large_process_is_looked_at() -> None:
    chain = {f"n{n}": [f"n{n + 1}"] for n in range(10_000)}
    assert len(reached(["n0"], chain)) == 500
