"""Where a token stands, and what it waits for, in words."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from bpmn_xml import Engine, ManualClock
from bpmn_xml.trace.standstill import Awaited, Cause, Lacking, Standstill, reason
from tests.conftest import ROOT

PAID = Awaited(at="pay", trigger="message", name="paid", key="17")
LATE = Awaited(at="late", trigger="timer", due=2_000_000, text="PT2S")

TOLD: dict[str, tuple[dict[str, Any], str]] = {
    "a person": ({"cause": Cause.PERSON}, "n waits for a person"),
    "its name": ({"cause": Cause.CALL, "name": "Pack\nall"}, 'n "Pack all" waits for its Python'),
    "events": (
        {"cause": Cause.EVENT, "node": "pay", "awaits": (PAID, LATE)},
        "pay waits for message paid, key 17 or timer, due 1970-01-01T00:00:02Z (late)",
    ),
    "another attempt": (
        {"cause": Cause.RETRY, "due": 1_000_000},
        "n waits for the next attempt, due 1970-01-01T00:00:01Z",
    ),
    "other tokens": (
        {"cause": Cause.JOIN, "lacking": (Lacking("b-n", ("b",)),)},
        "n waits for a token on b-n (b may bring it)",
    ),
    "an item": (
        {"cause": Cause.CALL, "item": "read.1:3"},
        "n (item read.1:3) waits for its Python",
    ),
    "an incident": ({"cause": Cause.INCIDENT, "message": "no\nway"}, "n: no\\nway"),
}


@pytest.mark.parametrize(("fields", "told"), TOLD.values(), ids=TOLD)
def test_a_standstill_is_told_in_words(fields: dict[str, Any], told: str) -> None:
    assert str(Standstill(**{"instance": "P-1", "node": "n", **fields})) == told


def test_a_gateway_to_which_all_have_come_waits_for_its_condition() -> None:
    asks = Awaited(at="g", trigger="activation condition", text="n > 1")
    told = Standstill(instance="P-1", node="g", cause=Cause.JOIN, awaits=(asks,))
    assert reason(told) == "activation condition, n > 1"
    more = msgspec.structs.replace(told, lacking=(Lacking("b-g", ("b",)),))
    assert reason(more) == "a token on b-g (b may bring it) or activation condition, n > 1"


def test_a_run_says_why_in_words() -> None:
    with Engine(ROOT / "diagrams" / "invoice" / "invoice.bpmn", clock=ManualClock()) as engine:
        run = engine.start("invoice", {"number": 17})
        run.wait()
        assert [str(still) for still in run.why()] == [
            'approve "Approve the invoice" waits for a person',
        ]
