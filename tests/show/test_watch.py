"""What is kept of instances that have ended."""

from __future__ import annotations

from collections import Counter

import pytest

from bpmn_xml.core import records as r
from bpmn_xml.show import watch
from tests.core.harness import program

FAILED = r.InstanceEnded("failed", code="E1")
THROWN = r.ErrorThrown("", 1, "E1", "why")
E1 = watch.Uncaught(1, "E1", "why")

ENDINGS: dict[str, tuple[tuple[r.Record, ...], watch.InstanceEnding | None]] = {
    "goes on": ((r.Passed("", 0),), None),
    "at an end event": (
        (r.Passed("", 1), r.TokenConsumed("", 1), r.InstanceEnded("completed")),
        watch.InstanceEnding(r.InstanceEnded("completed"), 1),
    ),
    "an end event inside": (
        (r.Passed("0.1", 1), r.InstanceEnded("completed")),
        watch.InstanceEnding(r.InstanceEnded("completed")),
    ),
    "failed": (
        (r.Passed("", 1), THROWN, FAILED),
        watch.InstanceEnding(FAILED, 1, Counter({E1: 1})),
    ),
    "its token ended": (
        (THROWN, r.TokenConsumed("", 1)),
        watch.InstanceEnding(uncaught=Counter({E1: 1})),
    ),
    "caught": ((THROWN, r.TokenPlaced("", 1)), None),
    "an incident": ((THROWN, r.IncidentRaised("", 1, 1, "nobody")), None),
}


def seen(*batches: tuple[str, tuple[r.Record, ...]]) -> watch.RunWatch:
    """A watch that has seen batches of instances."""
    found = watch.RunWatch(program("s > e"))
    for instance, records in batches:
        found.on_batch(None, r.Batch(instance, 2, 0, records, 0, 0))
    return found


@pytest.mark.parametrize(("records", "ending"), ENDINGS.values(), ids=ENDINGS)
def test_where_and_why_it_ended(
    records: tuple[r.Record, ...], ending: watch.InstanceEnding | None
) -> None:
    assert seen(("a", records)).endings.get("a") == ending


def test_errors_are_counted() -> None:
    thrown = (THROWN, r.TokenConsumed("", 1))
    assert seen(("a", thrown), ("a", thrown)).endings["a"].uncaught == {E1: 2}


def test_of_very_many_the_latest_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "MOST_ENDED", 2)
    assert list(seen(*[(name, (FAILED,)) for name in "abc"]).endings) == ["b", "c"]
