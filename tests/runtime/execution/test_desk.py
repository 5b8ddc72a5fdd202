"""The rules of the executor, in every order that a seeded scheduler finds."""

from __future__ import annotations

import random
import threading
from typing import Any

import pytest

from bpmn_xml.compiler.program import Work
from bpmn_xml.core import records as r
from bpmn_xml.core.commands import BroadcastSignal
from bpmn_xml.errors import BpmnError, CommandRejected
from tests.core.harness import message, program, signal
from tests.runtime.harness import WAIT, bench
from tests.runtime.stepped import Stepped

SEEDS = range(60)


def play(
    text: str,
    handlers: dict[str, Any],
    seed: int,
    *,
    workers: int | None = None,
    work: dict[str, Work] | None = None,
    variables: dict[str, Any] | None = None,
    payload: bool = False,
) -> Stepped:
    """Run an instance in the order of a seed, until nothing moves."""
    many = random.Random(seed).choice([1, 2, 3, 5]) if workers is None else workers
    it = Stepped(program(text, work=work, payload=payload), handlers, seed, many)
    it.outside(lambda: it.start(variables) and None)
    it.play()
    it.end()
    return it


def emit(*values: int) -> Any:
    def producer() -> Any:
        for value in values:
            yield {"v": value}

    return producer


def broken(v: int) -> None:
    if v == 2:
        raise BpmnError("TWO")


def puts(resultQ: Any) -> None:
    for value in (1, 2, 3):
        resultQ.put({"v": value})


# text, handlers, work
TABLE = [
    ("s > p; p > t1 > j; p > t2 > j; p > t3 > j; j > t4 > e",
     {f"t{i}": (lambda i=i: {f"r{i}": i}) for i in range(1, 5)}, {}),
    ("s > p; p > t1 > i; p > t2 > i; p > t3 > t4 > i; i > t5 > e",
     {f"t{i}": (lambda i=i: {f"r{i}": i}) for i in range(1, 6)}, {}),
    ("s > m1 > p; p > t1 > j; p > t2 > j; j > t3 > e",
     {"m1": emit(1, 2, 3), "t1": lambda v: {"a": v}, "t2": lambda v: {"b": v},
      "t3": lambda a, b: {"c": a + b}}, {}),
    ("s > m1 > p; p > t1 > j; p > t2 > j; j > t3 > e",
     {"m1": emit(1, 2, 3), "t1": lambda v: {"a": v}, "t2": lambda v: {"b": v},
      "t3": lambda a, b: {"c": a + b}}, {"m1": Work(many=True, max_in_flight=1)}),
    ("s > m1 > t1 > e", {"m1": puts, "t1": lambda v: {"a": v}},
     {"m1": Work(many=True, max_in_flight=1)}),
    ("s > m1 > m2 > t1 > e", {"m1": puts, "m2": puts, "t1": lambda v: {"a": v}},
     {"m1": Work(many=True, max_in_flight=1), "m2": Work(many=True, max_in_flight=2)}),
    ("s > p; p > m1 > j; p > t1 > j; j > t3 > e",
     {"m1": emit(1, 2, 3), "t1": lambda: {"rate": 7}, "t3": lambda v, rate: {"got": v * rate}},
     {"m1": Work(many=True, max_in_flight=2)}),
    ("s > p; p > t1 > j; p > t2 > j; p > t3 > j; j > e",
     {f"t{i}": (lambda i=i: {f"r{i}": i}) for i in range(1, 4)},
     {"t1": Work(threads=1), "t2": Work(threads=1)}),
    ("s > m1 > t1 > t2 > e; t1 !TWO:b1; b1 > e2",
     {"m1": emit(1, 2, 3), "t1": broken, "t2": lambda v: {"a": v}}, {"t2": Work(threads=1)}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "handlers", "work"), TABLE)
def test_every_order_tells_the_same_per_scope(
    text: str, handlers: dict[str, Any], work: dict[str, Work]
) -> None:
    with bench(program(text, work=work), handlers, 0) as it:
        assert it.run().outcome == "completed"
        told = it.recorder.told("P-1")
    for seed in SEEDS:
        played = play(text, handlers, seed, work=work)
        assert played.recorder.told("P-1") == told, seed
        assert played.engine.runs() == []


def test_seeds_are_different_orders() -> None:
    text, handlers, work = TABLE[0]
    played = [play(text, handlers, seed, work=work) for seed in SEEDS]
    orders = {tuple(repr(record) for record in it.recorder.records()) for it in played}
    assert len(orders) >= 4


@pytest.mark.parametrize("seed", SEEDS)
def test_the_same_seed_plays_the_same_game(seed: int) -> None:
    text, handlers, work = TABLE[2]
    first, second = (play(text, handlers, seed, work=work) for _ in range(2))
    assert first.recorder.records() == second.recorder.records()


@pytest.mark.parametrize("seed", SEEDS)
def test_never_two_write_one_instance(seed: int) -> None:
    text = "s > p; p > t1 > j; p > t2 > j; p > t3 > j; j > e"
    played = play(text, {f"t{i}": lambda: None for i in (1, 2, 3)}, seed, workers=3)
    assert [batch.seq for batch in played.recorder.batches] == [1, 2, 3, 4]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("limit", [1, 2])
def test_a_limit_of_threads_holds_and_is_first_come_first_served(seed: int, limit: int) -> None:
    inside, most, order = set[int](), [0], list[int]()
    it: Stepped

    def narrow(v: int) -> None:
        inside.add(v)
        order.append(v)
        most[0] = max(most[0], len(inside))
        it.turns.point()
        inside.discard(v)

    it = Stepped(
        program("s > m1 > t1 > e", work={"t1": Work(threads=limit)}),
        {"m1": emit(0, 1, 2, 3, 4, 5), "t1": narrow},
        seed,
        4,
    )
    it.outside(lambda: it.start() and None)
    it.play()
    it.end()
    assert most[0] <= limit
    assert sorted(order) == list(range(6))
    if limit == 1:
        assert order == list(range(6))


@pytest.mark.parametrize("seed", SEEDS)
def test_back_pressure_holds_for_generators_and_puts(seed: int) -> None:
    open_items, most = set[int](), [0]

    def first(v: int) -> None:
        open_items.add(v)
        most[0] = max(most[0], len(open_items))

    for producer in (emit(1, 2, 3, 4, 5), lambda resultQ: [resultQ.put({"v": v}) for v in "abcd"]):
        work = {"m1": Work(many=True, max_in_flight=2)}
        handlers = {"m1": producer, "t1": first, "t2": lambda v: open_items.discard(v)}
        played = play("s > m1 > t1 > t2 > e", handlers, seed, work=work)
        assert played.engine.runs() == []
    assert most[0] <= 2


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_cancelled_is_not_begun_and_late_answers_are_discarded(seed: int) -> None:
    text = "s > z1 > e; z1 !X:b1; b1 > e2; z1: p > t1 > f; z1: p > t2 > t3 > e1; z1: p > t4 > e3"
    handlers = {
        "t1": lambda: (_ for _ in ()).throw(BpmnError("X")),
        "t2": lambda: {"a": 1},
        "t3": lambda: {"b": 1},
        "t4": lambda: {"c": 1},
    }
    played = play(text, handlers, seed)
    records = played.recorder.records()
    cancelled = {(x.node, x.n) for x in records if isinstance(x, r.Cancelled)}
    discarded = [(x.node, x.n) for x in records if isinstance(x, r.ResultDiscarded)]
    assert len(set(discarded)) == len(discarded)
    assert set(discarded) <= cancelled
    assert records[-1] == r.InstanceEnded("completed") or records[-1].__class__ is r.ResultDiscarded
    assert played.engine.runs() == []


@pytest.mark.parametrize("seed", SEEDS)
def test_the_outside_may_come_at_any_time(seed: int) -> None:
    text = "s > p; p > t1 > t2 > j; p > u1 > j; p > t3 > j; j > e"
    handlers = {f"t{i}": lambda: None for i in (1, 2, 3)}
    it = Stepped(program(text), handlers, seed, 2)
    refused = []

    def complete() -> None:
        for task in it.engine.tasks():
            try:
                task.complete({"answer": 1})
            except CommandRejected as error:
                refused.append(error)

    it.outside(lambda: it.start() and None)
    it.play()
    for _ in range(2):
        it.outside(complete)
    it.play()
    it.end()
    assert it.engine.runs() == []
    assert it.count(r.Completed, "u1") == 1
    assert len(refused) <= 1


@pytest.mark.parametrize("seed", SEEDS)
def test_cancelling_a_run_at_any_time_ends_it(seed: int) -> None:
    text = "s > m1 > p; p > t1 > j; p > t2 > j; j > e"
    handlers = {"m1": emit(1, 2, 3), "t1": lambda: None, "t2": lambda: None}
    it = Stepped(program(text, work={"m1": Work(many=True, max_in_flight=1)}), handlers, seed, 3)

    def cancel() -> None:
        for run in it.engine.runs():
            try:
                run.cancel()
            except CommandRejected:
                assert run.outcome == "completed"

    it.outside(lambda: it.start() and None)
    it.outside(cancel)
    it.play()
    it.outside(cancel)
    it.play()
    it.end()
    assert it.engine.runs() == []
    assert not it.engine._executor.running


@pytest.mark.parametrize("seed", SEEDS)
def test_no_message_is_lost_whenever_it_comes(seed: int) -> None:
    events = {"c1": message("A"), "c2": message("B"), "c3": message("B")}
    drawing = program("s > g1; g1 > c1 > c3 > e; g1 > c2 > e2", events=events)
    it = Stepped(drawing, {}, seed, 2)
    for name in "ABAB":
        it.outside(lambda name=name: it.engine.publish(name, to_first=True) and None)
    for _ in range(2):
        it.outside(lambda: it.start() and None)
    it.play()
    it.end()
    assert it.engine.runs() == []
    assert it.count(r.Triggered) + len(it.engine.untaken()) == 4


def test_ten_thousand_results_of_a_split_lose_or_double_nothing() -> None:
    text = "s > m1 > p; p > t1 > j; p > t2 > j; j > t3 > e"
    handlers = {
        "m1": emit(*range(200)),
        "t1": lambda v: {"a": v + 1},
        "t2": lambda v: {"b": v + 2},
        "t3": lambda v, a, b: {"ok": (a, b) == (v + 1, v + 2)},
    }
    for seed in range(5):
        played = play(text, handlers, seed, workers=5)
        done = [x.values for x in played.recorder.records() if isinstance(x, r.Completed)]
        assert sum(values == {"ok": True} for values in done) == 200


@pytest.mark.parametrize("workers", [0, 1])
@pytest.mark.parametrize("metered", [False, True])
def test_calls_that_follow_straight_tell_the_same(workers: int, *, metered: bool) -> None:
    text = "s > t0 > x > t1 > t2 > y; y >[n < 300] x; y >* t3 > e"
    handlers = {f"t{i}": (lambda n, i=i: {"n": n + i}) for i in range(4)}
    told = []
    for most in (64, 0):
        with bench(text, handlers, workers, metered=metered) as it:
            it.engine._executor.most_carried = most
            told.append([it.run({"n": 0}).variables, it.recorder.told("P-1")])
    assert told[0] == told[1]
    assert told[0][0] == {"n": 303}


@pytest.mark.parametrize("workers", [0, 1])
def test_what_lacks_a_variable_is_told_where_calls_follow_straight(workers: int) -> None:
    with bench("s > t0 > t1 > e", {"t0": lambda: {"a": 1}, "t1": lambda b: b}, workers) as it:
        (incident,) = it.run().incidents
    assert (incident.node, "'b'" in incident.message) == ("t1", True)


@pytest.mark.parametrize("workers", [0, 1, 8])
@pytest.mark.parametrize("metered", [False, True])
@pytest.mark.parametrize("whole", [False, True])
def test_what_mail_has_cancelled_is_not_called(workers: int, *, metered: bool, whole: bool) -> None:
    """The mail comes while the answer is applied that makes the next call ready."""
    called, begun = list[str](), threading.Event()
    handlers = {f"t{i}": (lambda i=i: called.append(f"t{i}")) for i in range(4)}
    handlers["t0"] = lambda: begun.wait(WAIT) and called.append("t0")
    drawing = program("s > t0 > t1 > t2 > t3 > e; P: v1; v1: s7 > e7", events={"v1": signal("no")})

    class Stops:
        def on_batch(self, _state: object, _batch: r.Batch) -> None:
            if called == ["t0", "t1"]:
                (instance,) = executor.instances.values()
                instance.leave_mail(BroadcastSignal("no"))

    with bench(drawing, handlers, workers, metered=metered) as it:
        executor = it.engine._executor
        it.engine.observe(Stops())
        run = it.start()
        begun.set()
        assert it.engine.wait(None if whole else WAIT)
        assert (run.outcome, called) == ("completed", ["t0", "t1"])


@pytest.mark.parametrize("eager", [False, True])
def test_the_answer_of_a_first_attempt_is_not_that_of_the_second(*, eager: bool) -> None:
    """A call is made twice here: it answers when it has failed and is tried again already."""
    answers = [OSError(), None]

    def answer() -> None:
        if (found := answers.pop(0)) is not None:
            raise found

    work = {"t1": Work(retries=(3_600_000_000,))}
    with bench("s > t1 > e", {"t1": answer}, 0, work=work) as it:
        it.start()
        with it.engine._executor.desk() as desk:
            desk.eager = eager
            call = desk.next()
            assert call is not None
            call.act(desk)
            it.engine._executor.timers.fire(2**62)
            call.act(desk)
        assert (it.count(r.JobFailed), it.count(r.ResultDiscarded), answers) == (1, 1, [])
