"""Standard loops and multi-instance activities."""

from __future__ import annotations

from typing import Any

import pytest

from bpmn_xml.compiler.program import Condition, Repetition
from bpmn_xml.compiler.program.scoping import CAMUNDA7, CAMUNDA8, STANDARD, ScopeRules
from bpmn_xml.core import commands as c
from bpmn_xml.core import records as r
from bpmn_xml.errors import BpmnError
from tests.core.harness import Driver, computed, condition, message, program, timer


def each(of: str, *, sequential: bool = False, until: str = "", **more: Any) -> Repetition:
    return Repetition(
        sequential=sequential,
        total=computed(of),
        element="item",
        output="outs",
        own=("out",),
        collect=computed("out"),
        until=condition(until) if until else None,
        **more,
    )


def double(names: Any) -> Any:
    return {"out": names["item"] * 2}


@pytest.mark.parametrize("sequential", [True, False])
@pytest.mark.parametrize("reload", [True, False])
@pytest.mark.parametrize("seed", [None, 1, 2])
def test_once_for_each_in_the_order_of_the_input(
    *, sequential: bool, reload: bool, seed: int | None
) -> None:
    drawn = program("s > t1 > t2 > e", loops={"t1": each("items", sequential=sequential)})
    ran = Driver(drawn, {"t1": double}, seed=seed, reload=reload).run({"items": [3, 1, 2]})
    assert ran.outcome == "completed"
    assert ran.state.scopes[""].variables == {"items": [3, 1, 2], "outs": [6, 2, 4]}
    assert ran.count(r.Completed, "t1") == 4
    assert ran.state.scopes[""].loops is None


def test_sequential_instances_come_one_after_the_other() -> None:
    driver = Driver(program("s > t1 > e", loops={"t1": each("items", sequential=True)}))
    driver.start({"items": [1, 2]})
    assert len(driver.open_jobs()) == 1


def test_a_number_of_instances_and_their_counter() -> None:
    seen: list[Any] = []
    loop = Repetition(sequential=False, total=computed("3"))
    text = "s > t1 > e"
    for rules in (STANDARD, CAMUNDA7, CAMUNDA8):
        drawn = program(text, loops={"t1": loop}, rules=rules)
        Driver(drawn, {"t1": lambda n: seen.append(n["loopCounter"])}).run()
    assert seen == [1, 2, 3, 0, 1, 2, 1, 2, 3]


@pytest.mark.parametrize("word", ["nrOf", "numberOf"])
@pytest.mark.parametrize(
    ("numbers", "done"),
    [("{}CompletedInstances == 2", 2), ("{}ActiveInstances == 1", 3), ("{}Instances == 4", 1),
     ("{}TerminatedInstances == 1", 4), ("loopCounter == 4", 4)],
)  # fmt: skip
def test_what_is_counted_has_two_names(word: str, numbers: str, done: int) -> None:
    until = condition(numbers.format(word))
    loop = Repetition(sequential=False, total=computed("4"), until=until)
    driver = Driver(program("s > t1 > e", loops={"t1": loop}), {}).run()
    assert driver.outcome == "completed"
    assert sum(isinstance(x, r.LoopInstanceDone) for x in driver.records) == done


def test_an_instance_is_told_what_is_counted() -> None:
    seen: list[Any] = []
    loop = Repetition(sequential=True, total=computed("3"))
    names = ("numberOfInstances", "nrOfActiveInstances", "nrOfCompletedInstances")
    driver = Driver(program("s > z > e; z: s1 > t1 > e1", loops={"z": loop}), {
        "t1": lambda n: seen.append([n[name] for name in names]),
    }).run()  # fmt: skip
    assert driver.outcome == "completed"
    assert seen == [[3, 1, 0], [3, 1, 1], [3, 1, 2]]
    assert driver.state.scopes[""].variables == {}


def test_instances_that_are_done_at_once_are_counted_one_by_one() -> None:
    loop = Repetition(
        sequential=False, total=computed("3"), until=condition("numberOfCompletedInstances == 2")
    )
    drawn = program("s > z > e; z: s1 > x; x >[loopCounter < 3] e1; x >* t1", loops={"z": loop})
    ran = Driver(drawn).start()
    assert ran.outcome == "completed"
    assert ran.count(r.Cancelled, "t1") == 1


@pytest.mark.parametrize(("skipped", "turns"), [(False, 3), (True, 1)])
@pytest.mark.parametrize("sequential", [False, True])
def test_a_completion_condition_without_value_can_be_mended(
    sequential: bool, skipped: bool, turns: int
) -> None:
    loop = Repetition(sequential=sequential, total=computed("3"), until=condition("over"))
    ran = Driver(program("s > t1 > t2 > e", loops={"t1": loop})).start()
    ran.answer(*ran.open_jobs()[0])
    assert ran.incidents() == ["there is no variable 'over'"]
    if not sequential:
        ran.answer(*ran.open_jobs()[0])
    ran.send((c.SkipIncident if skipped else c.ResolveIncident)(*ran.job("t1"), {"over": False}))
    assert ran.go().outcome == "completed"
    done = ran.count(r.LoopInstanceDone, "t1")
    assert done == (turns if sequential or not skipped else 2)
    assert ran.count(r.Completed, "t2") == 1


def test_a_task_that_takes_no_time_waits_for_nothing() -> None:
    loop = Repetition(sequential=False, total=computed("2"))
    drawn = program("s > a1 > e; a1 !b1; b1 > t1", events={"b1": timer(1)}, loops={"a1": loop})
    assert Driver(drawn).run().outcome == "completed"


def test_no_instance_completes_at_once() -> None:
    ran = Driver(program("s > t1 > t2 > e", loops={"t1": each("[]")})).run()
    assert ran.outcome == "completed"
    assert ran.state.scopes[""].variables == {"outs": []}


@pytest.mark.parametrize(
    ("of", "message_"),
    [
        ("-1", "less than 0"),
        ("None", "by 'None', which is nothing"),
        ("'abc'", "of type str"),
        ("x", "x"),
    ],
)
def test_a_wrong_number_of_instances_is_an_incident(of: str, message_: str) -> None:
    ran = Driver(program("s > t1 > e", loops={"t1": each(of)})).run()
    assert message_ in ran.incidents()[0]


def test_more_instances_at_once_than_fit_into_memory_are_an_incident() -> None:
    ran = Driver(program("s > t1 > e", loops={"t1": each("1000000000")})).run()
    assert ran.incidents()[0].startswith("1,000,000,000 instances at once are too many")
    assert len(ran.state.scopes) == 1


def test_the_incident_is_mended_by_a_right_number() -> None:
    ran = Driver(program("s > t1 > e", loops={"t1": each("x")}), {"t1": double}).run()
    ran.send(c.ResolveIncident(*ran.job("t1"), {"x": [1]}))
    assert ran.go().outcome == "completed"


def test_a_completion_condition_ends_the_rest() -> None:
    loop = each("items", until="nrOfCompletedInstances >= 2 and nrOfInstances == 4")
    ran = Driver(program("s > t1 > e", loops={"t1": loop}), {"t1": double}).run(
        {"items": [1, 2, 3, 4]}
    )
    assert ran.outcome == "completed"
    assert ran.state.scopes[""].variables["outs"] == [2, 4]
    assert ran.count(r.Cancelled, "t1") == 2


def test_a_sub_process_for_each() -> None:
    text = "s > z1 > e; z1: s1 > t1 > x; z1: x >[item > 1] t2 > y; z1: x >* y; z1: y > e1"
    ran = Driver(program(text, loops={"z1": each("items")}), {"t1": double}).run({"items": [1, 2]})
    assert ran.outcome == "completed"
    assert ran.state.scopes[""].variables["outs"] == [2, 4]
    assert ran.count(r.Completed, "t2") == 1


def test_a_receive_task_for_each_waits_in_each_instance() -> None:
    drawn = program("s > r1 > e", events={"r1": message("m")}, loops={"r1": each("items")})
    driver = Driver(drawn).start({"items": [1, 2]})
    assert len(driver.waits()) == 2
    assert driver.happen("r1").happen("r1").outcome == "completed"


def test_a_boundary_event_ends_all_instances() -> None:
    drawn = program(
        "s > t1 > e; t1 !b1; b1 > e", events={"b1": timer(5)}, loops={"t1": each("items")}
    )
    driver = Driver(drawn).start({"items": [1, 2, 3]})
    assert driver.waits() == [("b1", "")]
    driver.happen("b1")
    assert driver.outcome == "completed"
    assert driver.count(r.Cancelled, "t1") == 4


def test_an_error_in_one_instance_leaves_the_whole() -> None:
    def broken(names: Any) -> Any:
        raise BpmnError("X")

    drawn = program("s > t1 > e; t1 !b1; b1 > t2 > e", loops={"t1": each("items")})
    ran = Driver(drawn, {"t1": broken}).run({"items": [1, 2]})
    assert ran.outcome == "completed"
    assert ran.path() == "b1 t2"


def test_what_cannot_be_collected_is_an_incident_of_the_instance() -> None:
    loop = Repetition(total=computed("1"), output="outs", collect=computed("gone"))
    ran = Driver(program("s > t1 > e", loops={"t1": loop})).run()
    assert len(ran.incidents()) == 1
    ran.send(c.ResolveIncident(*ran.job("t1", ran.records[-1].scope), {"gone": 7}))
    assert ran.outcome == "completed"
    assert ran.state.scopes[""].variables["outs"] == [7]


@pytest.mark.parametrize("sequential", [True, False])
@pytest.mark.parametrize(
    ("rules", "outs"), [(STANDARD, [6, 2]), (CAMUNDA7, [6, 2]), (CAMUNDA8, [6, 2, None])]
)
def test_what_is_collected_where_not_all_are_done(
    rules: ScopeRules, outs: list[int | None], *, sequential: bool
) -> None:
    loop = each("items", sequential=sequential, until="item == 1")
    drawn = program("s > t1 > e", loops={"t1": loop}, rules=rules)
    ran = Driver(drawn, {"t1": double}, reload=True).run({"items": [3, 1, 2]})
    assert ran.outcome == "completed"
    assert ran.state.scopes[""].variables["outs"] == outs


LOOPS = [
    (Repetition(condition=condition("n < 3")), 3),
    (Repetition(condition=condition("n < 0")), 1),
    (Repetition(condition=condition("n < 0"), before=True), 0),
    (Repetition(condition=condition("n < 9"), maximum=2), 2),
    (Repetition(maximum=4), 4),
    (Repetition(condition=condition("loopCounter < 5"), before=True), 5),
]


@pytest.mark.parametrize(("loop", "turns"), LOOPS)
def test_a_standard_loop(loop: Repetition, turns: int) -> None:
    ran = Driver(program("s > t1 > e", loops={"t1": loop}), {"t1": lambda n: {"n": n["n"] + 1}})
    ran.run({"n": 0})
    assert ran.outcome == "completed"
    assert ran.state.scopes[""].variables == {"n": turns}


def test_a_loop_condition_without_value_is_an_incident() -> None:
    ran = Driver(program("s > t1 > e", loops={"t1": Repetition(condition=condition("gone"))})).run()
    assert len(ran.incidents()) == 1


def test_a_task_without_work_is_passed_as_often() -> None:
    ran = Driver(program("s > a1 > e", loops={"a1": each("items")}), {}).run({"items": [1, 2]})
    assert ran.outcome == "completed"
    assert ran.state.scopes[""].variables["outs"] == [None, None]


def test_ten_thousand_instances() -> None:
    drawn = program(
        "s > t1 > e", loops={"t1": Repetition(sequential=False, total=computed("10000"))}
    )
    driver = Driver(drawn, check=False).start()
    for job in driver.open_jobs():
        driver.send(c.CompleteJob(*job))
    assert driver.outcome == "completed"


@pytest.mark.parametrize("rules", [STANDARD, CAMUNDA8])
@pytest.mark.parametrize("sequential", [True, False])
def test_instances_that_terminate_are_counted_apart(rules: ScopeRules, *, sequential: bool) -> None:
    names = [f"nrOf{name}Instances" for name in ("Completed", "Terminated", "Active")]
    seen: list[list[int]] = []
    until = Condition("seen", "python", lambda n: bool(seen.append([n[k] for k in names])))
    loop = Repetition(sequential=sequential, total=computed("[1, 2]"), element="i", until=until)
    text = "s > z1 > e; z1: s1 > x; z1: x >[i > 1] q1; z1: x >* e1"
    ran = Driver(program(text, loops={"z1": loop}, rules=rules), reload=True).run()
    assert ran.outcome == "completed"
    completed = 1 if rules is STANDARD else 2
    assert seen[-1] == [completed, 2 - completed, 0]
