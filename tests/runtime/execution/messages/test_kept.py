"""What is kept, in which order it is found, and what is lost."""

from __future__ import annotations

import threading
import time

import pytest

from bpmn_xml.core.state import State
from bpmn_xml.runtime.execution.messages import kept as module
from bpmn_xml.runtime.execution.messages.kept import Kept, SentMessage
from tests.core.harness import message as caught
from tests.core.harness import program
from tests.runtime.harness import WAIT, bench


def test_of_what_is_kept_the_oldest_that_fits_is_found_and_what_is_late_is_lost() -> None:
    kept = Kept()
    late, other, mine = [
        SentMessage("paid", "", {}, until, receiver)
        for until, receiver in ((5, ""), (9, "elsewhere"), (9, "here"))
    ]
    for one in (late, other, mine):
        kept.add(one, 0)
        kept.settle(one, 0)
    assert kept.oldest(("paid", ""), 5, lambda one: one.receiver in ("", "here")) is mine
    assert kept.oldest(("paid", ""), 5, lambda one: one.receiver == "nowhere") is None
    assert kept.oldest(("sent", ""), 5, lambda _: True) is None
    assert (len(kept), kept.untaken()) == (2, [("paid", "")] * 3)
    assert kept.remove(other)
    assert kept.remove(mine)
    assert not kept.has(("paid", ""))


def test_whatever_comes_sweeps_out_what_is_late() -> None:
    kept = Kept()
    for name, until in (("late", 5), ("soon", 6), ("new", 7)):
        message = SentMessage(name, "", {}, until)
        kept.add(message, until - 2)
        kept.settle(message, until - 2)
    assert (len(kept), kept.has(("late", ""))) == (2, False)
    assert kept.untaken() == [("late", ""), ("soon", ""), ("new", "")]


def test_what_is_being_brought_to_somebody_is_not_lost_and_gone_is_not_taken() -> None:
    kept = Kept()
    taken, gone, late = messages = [SentMessage("paid", "", {}, until=5) for _ in range(3)]
    for one in messages:
        kept.add(one, 5)
    assert kept.oldest(("paid", ""), 5, lambda _: True) is taken
    assert kept.remove(taken)
    kept.settle(gone, 5)
    assert [kept.is_taken(one) for one in messages] == [True, False, False]
    assert (len(kept), kept.untaken()) == (1, [("paid", "")] * 2)
    kept.settle(late, 5)
    assert (len(kept), kept.untaken()) == (0, [("paid", "")] * 2)


def test_of_too_many_the_oldest_goes_that_nobody_is_being_brought(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "MOST_KEPT", 2)
    kept = Kept()
    messages = [SentMessage(name, "", {}, until=5) for name in ("way", "rests", "new", "newer")]
    for one in messages:
        kept.add(one, 0)
        if one.name == "rests":
            kept.settle(one, 0)
    assert [kept.has((one.name, "")) for one in messages] == [True, False, True, False]
    assert kept.untaken()[:2] == [("rests", ""), ("newer", "")]


def test_a_message_to_a_busy_instance_outlasts_others_though_none_is_kept() -> None:
    """An observer holds up the first instance while another one receives a message."""
    held, go, first = threading.Event(), threading.Event(), list[bool]()

    class Holds:
        def on_batch(self, state: State, _batch: object) -> None:
            if state.instance == busy.id and not held.is_set():
                held.set()
                assert go.wait(WAIT)

    drawing = program("s > c1 > e", events={"c1": caught("m")})
    with bench(drawing, {}, 2, message_ttl="PT0S") as it:
        busy, other = it.engine.start("P"), it.engine.start("P")
        assert it.engine.wait(WAIT)
        it.engine.observe(Holds())
        writes = threading.Thread(target=lambda: busy.set_variables({"z": 1}))
        writes.start()
        assert held.wait(WAIT)
        sends = threading.Thread(target=lambda: first.append(busy.publish("m")))
        sends.start()
        while not busy._instance.has_mail:
            time.sleep(0.001)
        assert other.publish("m")
        go.set()
        for thread in (writes, sends):
            thread.join(WAIT)
        assert busy.wait(WAIT)
        assert (first, it.engine.untaken()) == ([True], [])


@pytest.mark.parametrize("workers", [0, 1])
def test_what_is_for_an_instance_alone_is_not_kept_when_that_has_ended(workers: int) -> None:
    drawing = program("s > c1 > e", events={"c1": caught("m")})
    with bench(drawing, {}, workers) as it:
        run = it.run()
        kept = it.engine._executor.router.reception.kept
        assert [run.publish(name) for name in ("early", "other")] == [False, False]
        assert it.engine.publish("early") is False
        assert len(kept) == 3
        assert run.publish("m")
        assert run.wait(WAIT)
        assert len(kept) == 1
        assert it.engine.untaken() == [("early", ""), ("other", ""), ("early", "")]
