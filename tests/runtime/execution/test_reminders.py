"""Timers of instances: brought once, taken back when nobody waits for them any more."""

from __future__ import annotations

from bpmn_xml.compiler.program import Work
from bpmn_xml.runtime import ManualClock
from tests.core.harness import program, timer
from tests.runtime.harness import WAIT, bench

HOUR = 3_600_000_000


def pending(at: object) -> int:
    """How many timers the engine holds that were not taken back."""
    timers = at.engine._executor.timers  # type: ignore[attr-defined]
    return sum(waiting.action is not None for waiting in timers._heap)


def drawn(every: int = HOUR) -> object:
    return program("s > t > u > e; u !b; b > q", events={"b": timer(every)})


def test_the_timers_of_an_ended_instance_are_taken_back() -> None:
    with bench(drawn(), {"t": lambda: None}, 0, clock=ManualClock()) as at:
        for _ in range(20):
            run = at.run()
            run.tasks[0].complete()
            assert run.wait(WAIT)
            assert run.outcome == "completed"
        assert pending(at) == 0
        assert not at.engine._executor.instances


def test_the_timers_of_what_is_over_do_not_pile_up_in_an_instance() -> None:
    text = "s > x > u > y; y >[n < 300] x; y >* e; u !b; b > q"
    counted = iter(range(1, 400))
    with bench(program(text, events={"b": timer(HOUR)}), None, 0, clock=ManualClock()) as at:
        run = at.run({"n": 0})
        most = 0
        while run.tasks:
            run.tasks[0].complete({"n": next(counted)})
            most = max(most, pending(at))
        assert run.outcome == "completed"
        assert 1 < most <= 34
        assert pending(at) == 0


def test_skipping_passes_over_what_nobody_waits_for() -> None:
    clock = ManualClock()
    text = "s > p; p > u > e; p > c > e; u !b; b > q"
    drawing = program(text, events={"b": timer(HOUR), "c": timer(2 * HOUR)})
    with bench(drawing, None, 0, clock=clock) as at:
        run = at.run()
        run.tasks[0].complete()
        assert clock.skip()
        assert clock.now() == 2 * HOUR
        assert run.wait(WAIT)
        assert run.outcome == "completed"
        assert not clock.skip()


def test_a_stopped_engine_is_not_skipped_to() -> None:
    clock = ManualClock()
    with bench(drawn(), {"t": lambda: None}, 0, clock=clock) as at:
        at.run()
        assert at.engine._executor.next_due() == HOUR
    assert not clock.skip()


def test_a_job_that_is_tried_again_is_brought_once() -> None:
    clock, seen = ManualClock(), list[int]()

    def fails() -> None:
        seen.append(clock.now())
        raise ValueError

    work = {"t": Work(retries=(5, 7))}
    with bench("s > t > e", {"t": fails}, 0, work=work, clock=clock) as at:
        run = at.run()
        while clock.skip():
            assert run.wait(WAIT)
        assert seen == [0, 5, 12]
        assert run.status == "incident"
        assert pending(at) == 0
