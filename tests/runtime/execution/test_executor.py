"""What all threads share: observers, faults of our own, timers of waits, bounded commands."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from bpmn_xml.compiler.program import Repetition, Work
from bpmn_xml.core import records as r
from bpmn_xml.core.commands import BroadcastSignal
from bpmn_xml.errors import InternalError
from bpmn_xml.runtime import ManualClock
from bpmn_xml.runtime.execution import desk as rules
from bpmn_xml.runtime.execution.instance import Instance, Owners, Question
from bpmn_xml.trace.thread_name import THREAD
from tests.core.harness import message, program, timer
from tests.runtime.harness import DRIVERS, WAIT, Turnstile, bench

each_driver = pytest.mark.parametrize("workers", DRIVERS.values(), ids=DRIVERS)
HOUR = 3_600_000_000


def test_an_end_is_waited_for_until_all_that_follows_from_it_is_done() -> None:
    came, go = threading.Event(), threading.Event()

    class Slow:
        def on_batch(self, state: Any, _batch: r.Batch) -> None:
            if state.outcome:
                came.set()
                assert go.wait(WAIT)

    with bench("s > t1 > e", {"t1": lambda: None}, 2) as it:
        it.engine.observe(Slow())
        run = it.start()
        waits = threading.Thread(target=run.wait)
        assert came.wait(WAIT)
        waits.start()
        waits.join(0.05)
        assert waits.is_alive()
        go.set()
        waits.join(WAIT)
        assert run.ended_at == "e"


@each_driver
def test_a_lost_instance_hears_of_nothing_more(workers: int) -> None:
    called = []

    def breaks() -> None:
        (instance,) = it.engine._executor.instances.values()
        instance.state.scopes[""].active = None  # type: ignore[assignment] # what never happens

    drawing = program("s > p; p > t1 > e; p > c1 > t2 > e2", events={"c1": timer(HOUR)})
    handlers = {"t1": breaks, "t2": lambda: called.append("t2")}
    with bench(drawing, handlers, workers) as it:
        run = it.start()
        with pytest.raises(InternalError):
            run.wait(WAIT)
        with pytest.raises(InternalError):
            run.cancel()
        it.engine._executor.timers.fire(2**62)
        assert not called
        assert (run.status, run.variables) == ("incident", {})


def test_an_instance_that_is_lost_just_before_a_call_is_carried_on_hears_of_nothing() -> None:
    class LostMeanwhile(Owners):
        def setdefault(self, instance: Instance, owner: object = None) -> object:
            if called and not it.engine._executor.lost:
                it.engine._executor.lose(instance, RuntimeError("in another thread"))
            return super().setdefault(instance, owner)

    called: list[str] = []
    handlers = {"t1": lambda: called.append("t1"), "t2": lambda: called.append("t2")}
    with bench("s > t1 > t2 > e", handlers, 0) as it:
        run = it.start()
        (instance,) = it.engine._executor.instances.values()
        instance.owners = LostMeanwhile()
        with pytest.raises(InternalError):
            run.wait()  # with a time to wait for, no call is carried on
        assert (run.status, called) == ("incident", ["t1"])


@each_driver
def test_an_instance_that_a_fault_of_ours_has_hit_is_given_up_alone(
    workers: int, caplog: pytest.LogCaptureFixture
) -> None:
    begun = threading.Event()

    def breaks() -> dict[str, int]:
        assert begun.wait(WAIT)
        (instance,) = it.engine._executor.instances.values()
        instance.state.scopes[""].active = None  # type: ignore[assignment] # what never happens
        return {}

    with bench("s > t1 > e", {"t1": breaks}, workers) as it:
        run = it.start()
        begun.set()
        with pytest.raises(InternalError, match="please report it"):
            run.wait(WAIT)
        assert run.status == "incident"
    assert "instance 'P-1' is lost" in caplog.text


def test_what_a_question_raises_is_for_who_asked() -> None:
    stand = Turnstile()
    with bench("s > t1 > e", {"t1": stand}, 2) as it:
        it.start()
        stand.wait_for()
        (instance,) = it.engine._executor.instances.values()
        token = object()
        assert instance.claim(token)
        question: Question[int] = Question(lambda _desk, _instance: 1 // 0)
        instance.leave_mail(question)
        with it.engine._executor.desk() as desk:
            desk.drain(instance)
        with pytest.raises(ZeroDivisionError):
            question.answer()
        stand.open.set()


@pytest.mark.parametrize("workers", [0, 1])
def test_a_full_mailbox_lets_others_have_a_turn(
    workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "MOST_COMMANDS", 2)
    with bench("s > u1 > e", {}, workers) as it:
        run = it.run()
        executor = it.engine._executor
        (instance,) = executor.instances.values()
        assert instance.claim("the test")
        for k in range(7):
            executor.deliver(instance, BroadcastSignal(str(k)))
        assert len(it.recorder.batches) == 1
        with executor.desk() as desk:
            desk.drain(instance)
        assert run.wait(WAIT)
        assert run.tasks
        assert [batch.seq for batch in it.recorder.batches] == list(range(1, 9))


class _Bringers:
    """Remembers in whose name each batch was applied."""

    def __init__(self) -> None:
        self.who: list[str] = []

    def on_batch(self, _state: object, _batch: r.Batch) -> None:
        self.who.append(THREAD.name)


def test_what_lay_in_the_mailbox_is_applied_in_the_name_of_who_brought_it() -> None:
    with bench("s > u1 > e", {}, 0) as it:
        seen = _Bringers()
        it.engine.observe(seen)
        it.run()
        executor = it.engine._executor
        (instance,) = executor.instances.values()
        assert instance.claim("the test")
        for name in ("bpmn-xml-worker-7", "another's"):
            arguments = (instance, BroadcastSignal(name))
            bringing = threading.Thread(target=executor.deliver, args=arguments, name=name)
            bringing.start()
            bringing.join(WAIT)
        with executor.desk() as desk:
            desk.drain(instance)
        assert seen.who == ["", "worker-7", ""]
        assert THREAD.name == ""


def test_what_is_asked_of_an_instance_is_not_told_as_the_work_of_who_drains_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    left = threading.Semaphore(0)
    leave = Instance.leave_mail

    def tells(instance: Instance, mail: Any, bringer: str = "") -> None:
        leave(instance, mail, bringer)
        left.release()

    drawing = program("s > p; p > u1 > j; p > c1 > j; j > e", events={"c1": message("late")})
    with bench(drawing, {}, 0) as it:
        run, seen = it.run(), _Bringers()
        it.engine.observe(seen)
        executor = it.engine._executor
        (instance,), (task,) = executor.instances.values(), run.tasks
        monkeypatch.setattr(Instance, "leave_mail", tells)
        assert instance.claim("the test")
        for name, action in (
            ("another's", task.complete),
            ("bpmn-xml-worker-3", lambda: it.engine.publish("late")),
        ):
            threading.Thread(target=action, name=name).start()
            assert left.acquire(timeout=WAIT)

        def drains() -> None:
            with executor.desk() as desk:
                desk.drain(instance)

        worker = threading.Thread(target=drains, name="bpmn-xml-worker-7")
        worker.start()
        worker.join(WAIT)
        assert seen.who == ["", "worker-3"]
    assert run.outcome == "completed"


def test_an_answer_is_applied_in_the_name_of_the_worker_that_ran_the_call() -> None:
    ran: list[str] = []

    def handler() -> None:
        ran.append(threading.current_thread().name.removeprefix("bpmn-xml-"))

    with bench("s > t1 > t2 > e", {"t1": handler, "t2": handler}, 2) as it:
        seen = _Bringers()
        it.engine.observe(seen)
        it.run()
    assert ran
    assert seen.who == ["", *ran]


@each_driver
def test_a_command_that_does_more_than_its_bound_is_continued(workers: int) -> None:
    chain = " > ".join(f"a{i}" for i in range(10_050))
    with bench(f"s > {chain} > t1 > e", {"t1": lambda: None}, workers) as it:
        assert it.run().outcome == "completed"
    assert [batch.more for batch in it.recorder.batches] == [True, False, False]


@each_driver
def test_timers_fire_when_time_has_come(workers: int) -> None:
    clock = ManualClock()
    drawn = program("s > c1 > t1 > e", events={"c1": timer(HOUR)})
    with bench(drawn, {"t1": lambda: {"done": 1}}, workers, clock=clock) as it:
        run = it.run()
        assert run.status == "waiting"
        clock.advance(microseconds=HOUR - 1)
        assert run.wait(WAIT)
        assert run.outcome == ""
        clock.advance(microseconds=1)
        assert run.wait(WAIT, ended=True)
        assert run.variables == {"done": 1}


def test_timers_of_the_system_clock_fire_too() -> None:
    drawn = program("s > c1 > e", events={"c1": timer(5_000)})
    for workers in (0, 4):
        with bench(drawn, {}, workers) as it:
            assert it.run().outcome == "completed"


@each_driver
def test_a_boundary_timer_interrupts_a_call(workers: int) -> None:
    clock, began = ManualClock(), threading.Event()

    def long(context: Any) -> None:
        began.set()
        if workers:
            assert context.cancelled.wait(WAIT)
        else:
            clock.advance(microseconds=HOUR)

    drawn = program("s > t1 > e; t1 !b1; b1 > t2 > e2", events={"b1": timer(HOUR)})
    with bench(drawn, {"t1": long, "t2": lambda: {"late": 1}}, workers, clock=clock) as it:
        run = it.start()
        if workers:
            assert began.wait(WAIT)
            clock.advance(microseconds=HOUR)
        assert run.wait(WAIT)
        if workers:
            assert run.wait(WAIT, ended=True)
            assert run.variables == {"late": 1}


@each_driver
def test_the_timer_of_what_is_over_is_no_news(workers: int) -> None:
    clock = ManualClock()
    drawn = program("s > t1 > u1 > e; t1 !b1; b1 > e2", events={"b1": timer(HOUR)})
    with bench(drawn, {"t1": lambda: None}, workers, clock=clock) as it:
        run = it.run()
        batches = len(it.recorder.batches)
        clock.advance(microseconds=2 * HOUR)
        it.engine._executor.timers.fire(clock.now())
        assert len(it.recorder.batches) == batches
        run.tasks[0].complete()
        assert run.outcome == "completed"


@each_driver
def test_retries_of_what_is_over_are_no_news(workers: int) -> None:
    clock = ManualClock()

    def fails() -> None:
        raise OSError

    work = {"t1": Work(retries=(HOUR,))}
    text = "s > p; p > t1 > e; p > u1 > q"
    with bench(text, {"t1": fails}, workers, work=work, clock=clock) as it:
        run = it.run()
        run.tasks[0].complete()
        assert run.outcome == "terminated"
        batches = len(it.recorder.batches)
        clock.advance(microseconds=HOUR)
        it.engine._executor.timers.fire(clock.now())
        assert len(it.recorder.batches) == batches


@each_driver
def test_an_activity_that_is_done_several_times_is_called_per_instance(workers: int) -> None:
    got = []
    loop = Repetition(sequential=False, total=None, maximum=3)
    drawn = program("s > t1 > e", loops={"t1": loop})
    with bench(drawn, {"t1": lambda loopCounter: got.append(loopCounter)}, workers) as it:
        assert it.run().outcome == "completed"
    assert sorted(got) == [1, 2, 3]


@each_driver
def test_user_tasks_that_are_done_several_times_are_listed_per_instance(workers: int) -> None:
    loop = Repetition(sequential=True, maximum=2)
    with bench(program("s > u1 > e", loops={"u1": loop}), {}, workers) as it:
        run = it.run()
        for turn in (1, 2):
            (task,) = run.tasks
            assert task.variables["loopCounter"] == turn
            task.complete()
        assert run.outcome == "completed"


@pytest.mark.parametrize("workers", [0, 1])
def test_finished_instances_are_freed(workers: int) -> None:
    import gc
    import weakref

    class Big(dict[str, int]):
        pass

    with bench("s > t1 > e", {"t1": lambda: None}, workers) as it:
        it.engine._executor.observers.all = ()
        value = Big()
        seen = weakref.ref(value)
        run = it.engine.start("P", {"big": value})
        assert run.wait(WAIT)
        del value
        assert seen() is not None
        del run
        assert it.engine.start("P").wait(WAIT)  # desks remember what they did last
        gc.collect()
        assert seen() is None
        assert not it.engine._executor.instances
