"""Engines from outside: the same outcome with every driver, and the ways of starting and ending."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bpmn_xml.core import records as r
from bpmn_xml.errors import BpmnError, CommandRejected, UsageError
from bpmn_xml.formats import read
from bpmn_xml.runtime import Engine, ManualClock, Run
from tests.core.harness import program
from tests.documents import DEFINITIONS
from tests.runtime.harness import DRIVERS, WAIT, bench, own_threads

each_driver = pytest.mark.parametrize("workers", DRIVERS.values(), ids=DRIVERS)


def count_up(n: int) -> dict[str, int]:
    return {"n": n + 1}


def out_of_stock(n: int) -> None:
    raise BpmnError("OUT", "none left", {"left": n})


def explode() -> None:
    raise ZeroDivisionError("by nothing")


# text, handlers, outcome, variables at the end
TABLE = [
    ("s > t1 > t2 > e", {"t1": count_up, "t2": count_up}, "completed", {"n": 2}),
    ("s > p; p > t1 > j; p > t2 > j; j > e", {"t1": lambda: {"a": 1}, "t2": lambda: {"b": 2}},
     "completed", {"n": 0, "a": 1, "b": 2}),
    ("s > y > t1 > x; x >[n < 50] y; x >* e", {"t1": count_up}, "completed", {"n": 50}),
    ("s > t1 > e; t1 !OUT:b1; b1 > t2", {"t1": out_of_stock, "t2": lambda left: {"n": left}},
     "completed", {"n": 0, "left": 0, "caught": "OUT"}),
    ("s > t1 > e; t1 !ZeroDivisionError:b1; b1 > e2", {"t1": explode}, "completed",
     {"n": 0, "caught": "ZeroDivisionError"}),
    ("s > t1 > e; t1 !exceptions:b1; b1 > e2", {"t1": explode}, "completed",
     {"n": 0, "caught": "ZeroDivisionError"}),
    ("s > t1 > e", {"t1": out_of_stock}, "failed", {"n": 0}),
    ("s > p; p > t1 > q; p > u1 > e", {"t1": count_up}, "terminated", {"n": 1}),
    ("s > z1 > t2 > e; z1: s1 > t1 > e1", {"t1": count_up, "t2": count_up}, "completed", {"n": 2}),
    ("s > t1 > e", {"t1": lambda: "text"}, "completed", {"n": 0, "t1": "text"}),
    ("s > t1 > e", {"t1": lambda **all_of: {"seen": sorted(all_of)}}, "completed",
     {"n": 0, "seen": ["n"]}),
]  # fmt: skip


@each_driver
@pytest.mark.parametrize(("text", "handlers", "outcome", "variables"), TABLE)
def test_outcome(
    text: str, handlers: dict[str, Any], outcome: str, variables: dict[str, Any], workers: int
) -> None:
    with bench(text, {"t2": count_up, **handlers}, workers) as it:
        run = it.run({"n": 0})
        assert (run.outcome, run.variables) == (outcome, variables)
        assert run.status == outcome
        assert it.engine.runs() == []


@each_driver
def test_an_exception_is_an_incident_that_can_be_mended(workers: int) -> None:
    with bench("s > t1 > e", {"t1": lambda n: {"got": 10 // n}}, workers) as it:
        run = it.run({"n": 0})
        assert (run.outcome, run.status) == ("", "incident")
        (incident,) = run.incidents
        assert incident.node == "t1"
        assert incident.message == "ZeroDivisionError: integer division or modulo by zero"
        assert "10 // n" in incident.detail
        assert "runtime/execution/calls/call.py" not in incident.detail
        incident.retry({"n": 5})
        assert run.wait(WAIT)
        assert run.variables == {"n": 5, "got": 2}
        with pytest.raises(CommandRejected, match="no incident stands at 't1' "):
            incident.retry()


@each_driver
def test_user_tasks_wait_for_a_person(workers: int) -> None:
    with bench("s > u1 > u2 > e; u2 !NO:b1; b1 > e2", {}, workers) as it:
        run = it.run({"n": 1})
        assert run.status == "waiting"
        (task,) = it.engine.tasks()
        assert (task.node, task.variables, task.run.id) == ("u1", {"n": 1}, run.id)
        task.complete({"n": 2})
        with pytest.raises(CommandRejected, match="'u1' is no longer open"):
            task.complete()
        assert run.wait(WAIT)
        (task,) = run.tasks
        task.fail("not today", code="NO")
        assert run.wait(WAIT)
        assert (run.outcome, run.variables) == ("completed", {"n": 2, "caught": "NO"})


@each_driver
def test_a_user_task_that_fails_without_code_is_an_incident(workers: int) -> None:
    with bench("s > u1 > e", {}, workers) as it:
        run = it.run()
        with pytest.raises(UsageError, match="variables go with a BPMN error: give its code"):
            run.tasks[0].fail("lost the form", variables={"n": 1})
        run.tasks[0].fail("lost the form")
        assert run.status == "incident"
        assert [i.message for i in run.incidents] == ["lost the form"]
        assert run.tasks == []
        run.incidents[0].retry()
        run.tasks[0].complete()
        assert run.outcome == "completed"


@each_driver
def test_a_missing_variable_fails_clearly_and_is_not_retried(workers: int) -> None:
    with bench("s > t1 > e", {"t1": lambda amount: {"paid": amount}}, workers) as it:
        run = it.run({"price": 3})
        (incident,) = run.incidents
        assert incident.message == (
            "its Python needs the variable 'amount', which is not set (set: price)"
        )
        incident.retry({"amount": 4})
        assert run.wait(WAIT)
        assert run.variables["paid"] == 4


@each_driver
def test_cancel_ends_a_run(workers: int) -> None:
    with bench("s > u1 > e", {}, workers) as it:
        run = it.run()
        run.cancel("enough")
        assert run.outcome == "cancelled"
        with pytest.raises(CommandRejected, match="not running"):
            run.cancel()


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (("Q", None), "there is no process 'Q': name one of P"),
        (("P", 3), "variables are a mapping"),
        (("P", {1: 2}), "the name of a variable is text, not 1"),
        (({"n": 1}, None), "first the id of the process, then the variables"),
    ],
)
def test_a_start_that_cannot_be(asked: tuple[Any, Any], message: str) -> None:
    with bench("s > e") as it, pytest.raises(UsageError, match=message):
        it.engine.start(*asked)


@pytest.mark.parametrize(
    ("send", "message"),
    [
        (lambda engine: engine.publish({"n": 1}), "first the name of the message, then its key"),
        (lambda engine: engine.publish("m", {"n": 1}), "without a key say payload="),
        (lambda engine: engine.signal({"n": 1}), "first the name of the signal"),
    ],
)
def test_what_is_sent_has_a_name(send: Any, message: str) -> None:
    with bench("s > e") as it, pytest.raises(UsageError, match=message):
        send(it.engine)


def test_files_are_no_handlers() -> None:
    with pytest.raises(UsageError, match=r"not 'b.bpmn': give several files as a list"):
        Engine(program("s > e"), "b.bpmn")


def test_a_start_event_is_chosen_by_its_id() -> None:
    with bench("s > t1 > e; s2 > t2 > e", {"t1": count_up, "t2": count_up}, 0) as it:
        run = it.engine.start("P", {"n": 1}, start="s2")
        run.wait(WAIT)
        assert it.count(r.Completed, "t2") == 1
        assert it.count(r.Completed, "t1") == 0
        with pytest.raises(UsageError, match="name one of s, s2"):
            it.engine.start("P", start="s3")
    with bench("start > e") as it, pytest.raises(UsageError, match=r"did you mean 'start'\?"):
        it.engine.start("P", start="stort")


def test_the_only_process_needs_no_name_and_instances_may_have_one() -> None:
    with bench("s > e") as it:
        assert it.engine.start(instance="mine").id == "mine"
        assert it.engine.start().id == "P-2"


def test_no_two_instances_that_go_on_have_one_name() -> None:
    with bench("s > u > e") as it:
        first = it.engine.start(instance="P-3")
        with pytest.raises(CommandRejected, match="an instance 'P-3' already"):
            it.engine.start(instance="P-3")
        assert [it.engine.start().id, it.engine.start().id] == ["P-4", "P-5"]
        assert it.engine.run("P-3").id == first.id
        first.cancel()
        assert it.engine.start(instance="P-3").status == "waiting"


def test_what_cannot_begin_leaves_its_name_free() -> None:
    with bench("s > e; s2 > u > e") as it:
        with pytest.raises(CommandRejected, match="several start events"):
            it.engine.start(instance="mine")
        assert it.engine.runs() == []
        assert it.engine.start(start="s2", instance="mine").id == "mine"


def test_people_find_their_tasks_and_incidents() -> None:
    with bench("s > p; p > z > j; z: s1 > u > e1; p > t > j; j > e", {"t": explode}, 0) as it:
        for name in ("a", "a/z.1"):
            it.engine.start(instance=name)
        it.engine.settle()
        ids = [task.id for task in it.engine.tasks()]
        assert len(set(ids)) == 2
        assert [it.engine.task(task).run.id for task in ids] == ["a", "a/z.1"]
        assert [found.run.id for found in it.engine.incidents()] == ["a", "a/z.1"]
        it.engine.task(ids[0]).complete()
        with pytest.raises(UsageError, match=r"no user task 'a/.*/u.1' is open"):
            it.engine.task(ids[0])


def test_leaving_the_engine_waits_for_what_moves() -> None:
    with Engine(program("s > t1 > u1 > e"), {"t1": count_up}, workers=2) as engine:
        run = engine.start("P", {"n": 1})
    assert run.variables == {"n": 2}
    assert run.status == "waiting"
    assert own_threads() == []
    with pytest.raises(UsageError, match="has stopped"):
        engine.start("P")


ASKING = [
    '<userTask id="t"/>',
    '<receiveTask id="t" messageRef="M"/>',
    '<serviceTask id="t"/>',  # which raises
]
DUE = "<timerEventDefinition><timeDuration>{}</timeDuration></timerEventDefinition>"


@each_driver
@pytest.mark.parametrize("task", ASKING)
def test_timers_are_not_waited_for_where_somebody_is_asked(task: str, workers: int) -> None:
    late = f'<boundaryEvent id="late" attachedToRef="t">{DUE.format("P2D")}</boundaryEvent>'
    model = read(
        f"""{DEFINITIONS}<message id="M" name="m"/><process id="P" isExecutable="true">
        <startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="t"/>{task}{late}
        </process></definitions>""".encode()
    )
    with Engine(
        model, {"t": explode} if "serviceTask" in task else None, workers=workers
    ) as engine:
        run = engine.start()
        assert engine.wait(WAIT)
        assert run.status == ("incident" if run.incidents else "waiting")
    assert run.outcome == ""


@each_driver
def test_where_nobody_is_asked_time_is_waited_for(workers: int) -> None:
    model = read(
        f"""{DEFINITIONS}<process id="P" isExecutable="true"><startEvent id="s"/>
        <intermediateCatchEvent id="t">{DUE.format("PT0.05S")}</intermediateCatchEvent>
        <sequenceFlow id="f" sourceRef="s" targetRef="t"/></process></definitions>""".encode()
    )
    with Engine(model, workers=workers) as engine:
        run = engine.start()
        assert run.status == "waiting"
        assert engine.wait(WAIT)
        assert run.outcome == "completed"


AFTER: list[Callable[[Run], object]] = [
    lambda run: run.publish("paid"),
    lambda run: run.set_variables({"n": 1}),
    lambda run: run.tasks[0].complete(),
    lambda run: run.cancel(),
]


@pytest.mark.parametrize("act", AFTER)
def test_a_run_whose_engine_has_stopped_is_only_looked_at(act: Callable[[Run], object]) -> None:
    with Engine(program("s > u1 > e"), workers=0) as engine:
        run = engine.start("P")
    with pytest.raises(CommandRejected, match="the engine of 'P-1' has stopped: keep an Engine"):
        act(run)
    assert (run.status, run.tasks[0].node) == ("waiting", "u1")


@pytest.mark.parametrize("ask", ["start", "evaluate_start_conditions", "publish", "signal"])
def test_nothing_begins_once_the_engine_has_stopped(ask: str) -> None:
    engine = Engine(program("s > e"), workers=0)
    engine.stop()
    with pytest.raises(UsageError, match="the engine has stopped"):
        getattr(engine, ask)(*["P"][: ask != "evaluate_start_conditions"])


@each_driver
def test_waiting_gives_up_in_time(workers: int) -> None:
    with bench("s > u1 > e", {}, workers) as it:
        run = it.run()
        assert not run.wait(0.01, ended=True)
        assert run.wait(0.01)


@each_driver
def test_calls_are_counted_when_metered(workers: int) -> None:
    handlers = {"t1": count_up, "t2": explode}
    with bench("s > t1 > t2 > e", handlers, workers, metered=True) as it:
        it.run({"n": 1})
        first, second = it.engine.counts()
        assert (first.node, first.started, first.done, first.failed) == ("t1", 1, 1, 0)
        assert (second.node, second.done, second.failed, second.active) == ("t2", 0, 1, 0)
        assert 0 <= first.seconds < WAIT


def test_nothing_is_counted_otherwise() -> None:
    with bench("s > t1 > e", {"t1": count_up}) as it:
        it.run({"n": 1})
        assert it.engine.counts() == []


def test_all_missing_variables_are_told_and_what_may_be_meant() -> None:
    with bench(
        "s > t > e", {"t": lambda amount, here, customer: (amount, here, customer)}, 0
    ) as it:
        assert it.run({"amuont": 3, "here": 1}).incidents[0].message == (
            "its Python needs the variables 'amount' (did you mean 'amuont'?) and 'customer', "
            "which are not set (set: amuont, here)"
        )


def rows() -> Iterator[dict[str, int]]:
    yield from ({"row": number} for number in range(2))


def test_what_only_items_wrote_is_missing_behind_their_sub_process() -> None:
    text = "s > z1 > t2 > e; z1: s1 > z2 > e1; z2: s2 > m1 > t1 > e2"
    with bench(text, {"m1": rows, "t1": count_up, "t2": lambda row: row}, 0) as it:
        assert it.run({"n": 0}).incidents[0].message == (
            "its Python needs the variable 'row', which is not set (set: n)"
            "; what items of 'm1' write ends with them"
        )


def test_an_incident_of_an_item_that_stands_no_more_is_told_with_its_place() -> None:
    with bench("s > z1 > e; z1: s1 > m1 > t1 > e1", {"m1": rows, "t1": explode}, 0) as it:
        incidents = it.run().incidents
        for incident, place in zip(incidents, ("item 0 of 'm1'", "item 1 of 'm1'"), strict=True):
            incident.skip()
            with pytest.raises(CommandRejected, match=f"stands at 't1' in {place} "):
                incident.skip()


def test_what_is_called_later_and_raises_is_its_callers_own(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def late() -> None:
        raise ValueError("too late")

    clock = ManualClock()
    with bench("s > e", {}, 1, clock=clock) as it:
        it.engine.call_at(clock.now() + 1, late)
        clock.advance("PT1S")
        it.engine.settle(WAIT)
    assert "late" in caplog.text
    assert "given to call_at, raised" in caplog.text
    assert "report" not in caplog.text


@pytest.mark.parametrize("workers", [0, 1])
def test_who_is_told_of_starts_and_raises_stops_none(
    workers: int, caplog: pytest.LogCaptureFixture
) -> None:
    def told(run: Run) -> None:
        raise ValueError(run.id)

    with bench("s > t > e", {"t": lambda: None}, workers, on_start=told) as it:
        assert it.run().outcome == "completed"
    assert "given to on_start, raised" in caplog.text
    assert "report" not in caplog.text


def test_an_incident_is_skipped() -> None:
    with bench("s > t > e", {"t": lambda missing: missing}, 0) as at:
        run = at.run({"here": 1})
        incident = run.incidents[0]
        assert incident.message == (
            "its Python needs the variable 'missing', which is not set (set: here)"
        )
        incident.skip({"missing": 2})
        assert run.wait(WAIT)
        assert (run.outcome, run.variables) == ("completed", {"here": 1, "missing": 2})
        with pytest.raises(CommandRejected):
            incident.skip()
