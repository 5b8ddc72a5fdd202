"""What is kept of instances that have ended."""

from __future__ import annotations

import pytest

from bpmn_xml.core import records as r
from bpmn_xml.show import watch
from tests.core.harness import program

ENDINGS = [
    (r.InstanceEnded("completed"), False),
    (r.InstanceEnded("terminated"), False),
    (r.InstanceEnded("failed", code="E1"), True),
    (r.InstanceEnded("cancelled", message="too late"), True),
]


def seen(*endings: tuple[str, r.InstanceEnded]) -> watch.RunWatch:
    """A watch that has seen instances end."""
    found = watch.RunWatch(program("s > e"))
    for instance, ended in endings:
        found.on_batch(None, r.Batch(instance, 2, 0, (r.TokenConsumed("", 1), ended), 0, 0))
    return found


@pytest.mark.parametrize(("ended", "kept"), ENDINGS)
def test_only_an_ending_that_tells_why_is_kept(ended: r.InstanceEnded, *, kept: bool) -> None:
    assert seen(("a", ended)).ended == ({"a": ended} if kept else {})


def test_of_very_many_the_latest_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "MOST_ENDED", 2)
    failed = r.InstanceEnded("failed", code="E1")
    assert list(seen(*[(name, failed) for name in "abc"]).ended) == ["b", "c"]
