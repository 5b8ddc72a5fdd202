"""Only who may wait for a message is asked."""

from __future__ import annotations

from typing import Any

import pytest

from bpmn_xml.compiler.program import Work
from bpmn_xml.core.state import State
from bpmn_xml.runtime.execution.instance import Instance, Owners
from bpmn_xml.runtime.execution.messages import reception
from bpmn_xml.runtime.execution.messages.subscriptions import Subscriptions, stands
from bpmn_xml.runtime.execution.swept import SWEEP_AT
from tests.core.harness import message, program, signal
from tests.runtime.harness import DRIVERS, WAIT, bench

PAID, SENT = ("paid", "1"), ("sent", "")
AT = ("", 1, 1, 0)


def instance() -> Instance:
    return Instance(State("i", 1), Owners())


def test_who_began_first_is_first_and_who_ended_is_gone() -> None:
    waits, first, other = Subscriptions(), instance(), instance()
    for named in (PAID, SENT):
        waits.add(named, first, AT)
        waits.add(named, other, AT)
    assert waits.who(PAID) == [first, other]
    waits.drop(PAID, first)
    assert waits.who(PAID) == [other]
    assert waits.who(SENT) == [first, other]
    waits.drop(SENT, first)
    waits.drop(SENT, first)
    waits.forget(other)
    waits.forget(first)
    assert waits.who(PAID) == waits.who(SENT) == []
    assert len(waits) == 0


def test_who_waits_at_many_places_is_asked_behind_others_once_one_is_over() -> None:
    waits, first, other = Subscriptions(), instance(), instance()
    places = [("", 1, n, 0) for n in (1, 2, 3)]
    for place in places:
        waits.add(PAID, first, place)
    waits.add(PAID, other, AT)
    assert list(waits.where(PAID, first)) == places
    assert list(waits.where(SENT, first)) == list(waits.where(PAID, instance())) == []
    waits.leave(PAID, first, places[:1])
    assert list(waits.where(PAID, first)) == places[1:]
    assert waits.who(PAID) == [other, first]
    waits.leave(PAID, first, places[1:])
    assert waits.who(PAID) == [other]
    assert list(waits.where(PAID, first)) == []


def test_a_message_is_brought_without_a_look_at_all_that_wait(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looks = [0]

    def counted(*place: Any) -> bool:
        looks[0] += 1
        return stands(*place)

    monkeypatch.setattr(reception, "stands", counted)
    text = "s > m1 > c1 > e"
    items = {"m1": lambda: iter([{"k": k} for k in range(500)])}
    drawn = program(text, events={"c1": message("m", "k")}, work={"m1": Work(many=True)})
    with bench(drawn, items, workers=0) as it:
        run = it.run()
        assert all(it.engine.publish("m", str(k)) for k in reversed(range(500)))
        assert run.wait(WAIT)
        assert run.outcome == "completed"
    assert looks[0] == 500


def test_a_wait_that_was_cut_off_again_and_again_is_not_remembered_for_ever() -> None:
    text = "s > x1 > u1 > x1; u1 !b1; b1 > e1"
    with bench(program(text, events={"b1": message("m")}), workers=0) as it:
        run = it.run()
        waits = it.engine._executor.router.reception.by_key
        (instance,) = it.engine._executor.instances.values()
        for _ in range(5 * SWEEP_AT):
            run.tasks[0].complete()
            assert len(list(waits.where(("m", ""), instance))) <= SWEEP_AT
        assert it.engine.publish("m")
        assert run.wait(WAIT)
        assert run.outcome == "completed"
        assert len(waits) == 0


def test_a_key_that_was_awaited_once_is_not_remembered_for_ever() -> None:
    text = "s > x1 > u1 > x1; u1 !b1; b1 > e1"
    with bench(program(text, events={"b1": message("m", "k")}), workers=0) as it:
        run = it.start({"k": 0})
        waits = it.engine._executor.router.reception.by_key
        (instance,) = it.engine._executor.instances.values()
        for k in range(1, 5 * SWEEP_AT):
            run.tasks[0].complete({"k": k})
            assert len(waits.names("m", instance)) <= SWEEP_AT
        assert not it.engine.publish("m", str(k - 1))
        assert waits.who(("m", "0")) == []
        assert it.engine.publish("m", str(k))
        assert run.wait(WAIT)
        assert len(waits) == 0


@pytest.mark.parametrize("workers", DRIVERS.values(), ids=DRIVERS)
def test_each_message_finds_its_instance_among_many(workers: int) -> None:
    drawn = program("s > c1 > e", events={"c1": message("m", "k")})
    with bench(drawn, workers=workers) as it:
        runs = [it.start({"k": number}) for number in range(1000)]
        assert it.engine.wait(WAIT)
        for number in reversed(range(1000)):
            assert it.engine.publish("m", str(number))
        assert all(run.wait(WAIT) for run in runs)
        assert {run.outcome for run in runs} == {"completed"}
        assert len(it.engine._executor.router.reception.by_key) == 0


def test_an_instance_that_waits_twice_is_asked_twice_and_one_that_gave_up_is_not() -> None:
    text = "s > p; p > c1 > e; p > c2 > e; p > z1 > e; z1: s1 > c3 > e1; z1 !b1; b1 > e"
    events = {f"c{i}": message("m") for i in (1, 2)} | {"c3": message("n"), "b1": signal("stop")}
    with bench(program(text, events=events), workers=0) as it:
        it.run()
        it.engine.signal("stop")
        assert not it.engine.publish("n")
        assert [it.engine.publish("m") for _ in range(3)] == [True, True, False]
        assert len(it.engine._executor.router.reception.by_key) == 0


@pytest.mark.parametrize("workers", [0, 8])
def test_a_signal_comes_to_those_alone_who_wait_for_it(workers: int) -> None:
    text = "s > c1 > u1 > e; u1 !b1; b1 > e1"
    events = {"c1": signal("go"), "b1": signal("again")}
    with bench(program(text, events=events, soft=("b1",)), workers=workers) as it:
        runs = [it.start() for _ in range(100)]
        assert it.engine.wait(WAIT)
        heard = it.engine._executor.router.listeners
        for name, seen in (("go", 100), ("go", 0), ("again", 100), ("again", 100), ("other", 0)):
            before = len(it.recorder.batches)
            assert len(heard.who((name, ""))) == seen
            it.engine.signal(name)
            assert it.engine.wait(WAIT)
            assert len(it.recorder.batches) - before == seen
        for run in runs:
            run.tasks[0].complete()
        assert len(heard) == 0
