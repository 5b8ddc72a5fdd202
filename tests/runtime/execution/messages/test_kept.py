"""What is kept, in which order it is found, and what is lost."""

from __future__ import annotations

import pytest

from bpmn_xml.runtime.execution.messages.kept import Kept, SentMessage
from tests.core.harness import message, program
from tests.runtime.harness import WAIT, bench


def test_of_what_is_kept_the_oldest_that_fits_is_found_and_what_is_late_is_lost() -> None:
    kept = Kept()
    late, other, mine = [
        SentMessage("paid", "", {}, until, receiver)
        for until, receiver in ((5, ""), (9, "elsewhere"), (9, "here"))
    ]
    for one in (late, other, mine):
        kept.add(one, 0)
    assert kept.oldest(("paid", ""), 5, lambda one: one.is_for("here")) is mine
    assert kept.oldest(("paid", ""), 5, lambda one: one.is_for("nowhere")) is None
    assert kept.oldest(("sent", ""), 5, lambda _: True) is None
    assert late not in kept
    assert (len(kept), kept.untaken()) == (2, [("paid", "")] * 3)
    assert kept.remove(other)
    assert kept.remove(mine)
    assert not kept.has(("paid", ""))


def test_whatever_comes_sweeps_out_what_is_late() -> None:
    kept = Kept()
    for name, until in (("late", 5), ("soon", 6), ("new", 7)):
        kept.add(SentMessage(name, "", {}, until), until - 2)
    assert (len(kept), kept.has(("late", ""))) == (2, False)
    assert kept.untaken() == [("late", ""), ("soon", ""), ("new", "")]


@pytest.mark.parametrize("workers", [0, 1])
def test_what_is_for_an_instance_alone_is_not_kept_when_that_has_ended(workers: int) -> None:
    drawing = program("s > c1 > e", events={"c1": message("m")})
    with bench(drawing, {}, workers) as it:
        run = it.run()
        kept = it.engine._executor.router._kept
        assert [run.publish(name) for name in ("early", "other")] == [False, False]
        assert it.engine.publish("early") is False
        assert len(kept) == 3
        assert run.publish("m")
        assert run.wait(WAIT)
        assert len(kept) == 1
        assert it.engine.untaken() == [("early", ""), ("other", ""), ("early", "")]
