"""The invoice process: approved or not, paid at once, late, or never."""

from __future__ import annotations

import pytest

from bpmn_xml.testing import Rehearsal, assert_not_reached, assert_path, assert_waiting
from tests.diagrams.shell import DIAGRAMS, bpmn_xml

INVOICE = DIAGRAMS / "invoice" / "invoice.bpmn"


@pytest.mark.parametrize(("days", "reminders"), [(0, 0), (6, 0), (7, 1), (15, 2), (99, 3)])
def test_reminders_are_sent_until_it_is_paid(days: int, reminders: int) -> None:
    with Rehearsal(INVOICE) as stage:
        run = stage.start("invoice", {"number": 17})
        assert_waiting(run, "approve")
        run.complete("approve", {"approved_by": "Ada"})
        stage.advance(f"P{days}D")
        assert run.passed("remind") == reminders
        assert_waiting(run, "wait")
        assert not stage.publish("paid", "18")
        assert stage.publish("paid", "17", {"amount": 90})
        assert run.outcome == "completed"
        assert_path(run, "wanted", "approve", "send", "wait", "paid")


def test_an_invoice_that_nobody_approves_is_not_sent() -> None:
    with Rehearsal(INVOICE) as stage:
        run = stage.start("invoice", {"number": 17})
        stage.advance("P1Y")
        assert_waiting(run, "approve")
        assert_not_reached(run, "send", "late")


def test_its_answers() -> None:
    answers = str(INVOICE.with_name("answers.json"))
    done = bpmn_xml(
        "run", str(INVOICE), "--var", "number=17", "--answers", answers, "--clock", "manual"
    )
    assert done.code == 0
    assert done.out == (
        "invoice 17 is sent, approved by Ada\ninvoice 17: reminder 1\ninvoice 17: reminder 2\n"
    )
