"""What a trace says is laid over the drawing of its file."""

from __future__ import annotations

from pathlib import Path

import pytest

from bpmn_xml import Engine, draw, read
from bpmn_xml.errors import ReadError, StoreError, UsageError
from bpmn_xml.render import overlay_of_trace
from bpmn_xml.render.overlay import Progress
from tests.conftest import ROOT

INVOICE = ROOT / "diagrams" / "invoice" / "invoice.bpmn"


@pytest.fixture
def trace(tmp_path: Path) -> Path:
    """Invoices of which the first is approved and sent."""
    path = tmp_path / "run.jsonl"
    with Engine(INVOICE, trace=path) as engine:
        for number in (17, 18, 19):
            engine.start("invoice", {"number": number})
        engine.wait()
        engine.tasks()[0].complete({"approved_by": "Ada"})
        engine.wait()
    return path


def test_all_instances_are_counted_together(trace: Path) -> None:
    mark = overlay_of_trace(read(INVOICE), trace).marks["approve"]
    assert (mark.state, mark.count, mark.now) == (Progress.WAITING, 3, 2)


def test_one_instance_is_told_apart(trace: Path) -> None:
    first, second = (
        overlay_of_trace(read(INVOICE), trace, instance=f"invoice-{n}").marks for n in (1, 2)
    )
    assert (first["approve"].state, second["approve"].state) == (Progress.DONE, Progress.WAITING)
    assert "send" in first
    assert "send" not in second


def test_a_picture_takes_a_trace(trace: Path) -> None:
    plain, whole = draw(INVOICE), draw(INVOICE, trace=str(trace))
    one = draw(INVOICE, trace=trace, instance="invoice-2")
    assert len({plain, whole, one}) == 3
    overlay = overlay_of_trace(read(INVOICE), trace)
    assert whole == draw(INVOICE, overlay=overlay)
    pages = draw(INVOICE, trace=trace, format="html"), draw(INVOICE, overlay=overlay, format="html")
    assert pages[0] == pages[1]


def test_a_run_that_goes_on_is_drawn_as_it_is_now(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    with Engine(INVOICE, trace=path) as engine:
        for number in range(3):
            run = engine.start("invoice", {"number": number})
            run.wait()
            (task,) = run.tasks
            assert overlay_of_trace(read(INVOICE), path).marks["approve"].now == (
                1 if number else None
            )
            task.complete({"approved_by": "Ada"})
            run.wait()
            marks = overlay_of_trace(read(INVOICE), path, instance=run.id).marks
            assert marks["approve"].state is Progress.DONE


def test_what_does_not_fit_is_refused(trace: Path) -> None:
    with pytest.raises(UsageError, match="no instance 'invoice-9'"):
        draw(INVOICE, trace=trace, instance="invoice-9")
    with pytest.raises(UsageError, match=r"--trace|trace="):
        draw(INVOICE, instance="invoice-1")
    with pytest.raises(UsageError, match="not of this diagram"):
        draw(ROOT / "diagrams" / "order" / "order.bpmn", trace=trace)
    with pytest.raises(UsageError, match="one overlay"):
        draw(INVOICE, trace=trace, overlay=overlay_of_trace(read(INVOICE), trace))
    with pytest.raises(StoreError, match="cannot read the trace"):
        draw(INVOICE, trace=trace.with_name("no.jsonl"))
    with pytest.raises(ReadError, match="no trace"):
        draw(INVOICE, trace=INVOICE)


def test_an_option_that_a_picture_has_not_is_refused() -> None:
    with pytest.raises(UsageError, match="no option 'tracee'; did you mean 'trace'"):
        draw(INVOICE, tracee="run.jsonl")  # type: ignore[call-arg] # a slip
