"""Ad-hoc sub-processes: what begins, in which order, and when it is enough."""

from __future__ import annotations

from typing import Any

import pytest

from bpmn_xml.compiler.program import AdHoc
from bpmn_xml.core import commands as c
from bpmn_xml.core import records as r
from tests.core.harness import Driver, compensation, computed, condition, everywhere, program

TEXT = "s > A1 > e; A1: t1; A1: t2 > t3; A1: t4"


def until(text: str, **more: Any) -> AdHoc:
    return AdHoc(until=condition(text), **more)


def enough(driver: Driver, *tasks: str) -> Driver:
    """Do these tasks, of which t2 and t4 say that it is enough."""
    inside = next(path for path in driver.state.scopes if path)
    for task in tasks:
        job = driver.job(task, inside)
        driver.send(c.CompleteJob(*job, {"enough": task in ("t2", "t4")}))
    return driver


# how it is chosen, tasks done in order, cut off, jobs that are open then, outcome
CHOICES: list[Any] = [
    (AdHoc(), "t1 t2 t3 t4", 0, "", "completed"),
    (AdHoc(), "t4 t2", 0, "t1 t3", ""),
    (AdHoc(sequential=True), "t1", 0, "t2", ""),
    (AdHoc(sequential=True), "t1 t2", 0, "t3", ""),
    (AdHoc(sequential=True), "t1 t2 t3 t4", 0, "", "completed"),
    (until("enough"), "t1 t2", 1, "", "completed"),
    (until("enough"), "t4", 2, "", "completed"),
    (until("enough", cancels=False), "t4", 0, "t1 t2", ""),
    (until("enough", cancels=False), "t4 t1 t2 t3", 0, "", "completed"),
    (until("enough", sequential=True), "t1 t2", 0, "", "completed"),
    (AdHoc(elements=computed("['t4', 't1', 't4']")), "t1 t4", 0, "", "completed"),
    (AdHoc(elements=computed("['t3', 't1']"), sequential=True), "t3", 0, "t1", ""),
    (AdHoc(elements=computed("[]")), "", 0, "", "completed"),
]


@pytest.mark.parametrize(("ad_hoc", "done", "cut", "open_", "outcome"), CHOICES)
@pytest.mark.parametrize("reload", [False, True])
def test_an_ad_hoc_sub_process(
    ad_hoc: AdHoc, done: str, cut: int, open_: str, outcome: str, reload: bool
) -> None:
    driver = Driver(program(TEXT, choices={"A1": ad_hoc}), reload=reload).start({"enough": False})
    if done:
        enough(driver, *done.split())
    names = sorted(driver.program.nodes[node].id for _, node, _ in driver.open_jobs())
    assert names == open_.split()
    assert driver.outcome == outcome
    assert sum(isinstance(x, r.Cancelled) for x in driver.records) == cut


def test_tasks_that_take_no_time_are_asked_after_too() -> None:
    text = "s > A1 > e; A1: a1; A1: a2; A1: u3"
    drawn = program(text, choices={"A1": until("True")})
    ran = Driver(drawn).start()
    assert ran.outcome == "completed"
    assert ran.count(r.Completed, "a1") == 1


@pytest.mark.parametrize(
    ("ad_hoc", "why"),
    [
        (AdHoc(elements=computed("['gone', 'lost', 't1']")), "no 'gone' and no 'lost'"),
        (AdHoc(elements=computed("'t1'")), "not by a list of ids"),
        (AdHoc(elements=computed("gone")), "gone"),
    ],
)
def test_what_it_begins_with_must_be_there(ad_hoc: AdHoc, why: str) -> None:
    ran = Driver(program(TEXT, choices={"A1": ad_hoc})).run()
    assert why in ran.incidents()[0]


@pytest.mark.parametrize("gone", [False, True])
def test_a_condition_without_value_is_asked_again_when_it_has_one(gone: bool) -> None:
    driver = Driver(program(TEXT, choices={"A1": until("gone")})).start()
    enough(driver, "t1")
    assert "its completion condition: there is no variable 'gone'" in driver.incidents()[0]
    inside = next(path for path in driver.state.scopes if path)
    driver.send(c.ResolveIncident(*driver.job("A1", inside, 0), {"gone": gone}))
    assert driver.outcome == ("completed" if gone else "")
    if not gone:
        enough(driver, "t4", "t2", "t3")
        assert "condition does not hold ('gone'; gone is False)" in driver.incidents()[-1]
        driver.send(c.ResolveIncident(*driver.job("A1", inside, 0), {"gone": True}))
        assert driver.outcome == "completed"


def test_each_time_anew() -> None:
    text = "s > y > A1 > t9 > x; x >[n < 2] y; x >* e; A1: t1; A1: t2"
    drawn = program(text, choices={"A1": AdHoc(sequential=True)})
    ran = everywhere(drawn, {"n": 0}, {"t9": lambda names: {"n": names["n"] + 1}})
    assert ran.outcome == "completed"
    assert ran.count(r.Completed, "t1") == 2


def collecting(**more: Any) -> AdHoc:
    return AdHoc(output="all", collect=computed("one * 2"), **more)


def done(driver: Driver, *tasks: str) -> Driver:
    """Do these tasks; each says its own number."""
    inside = next(path for path in driver.state.scopes if path)
    for task in tasks:
        driver.send(c.CompleteJob(*driver.job(task, inside), {"one": int(task[1:])}))
    return driver


# how it is chosen, tasks done in order, what is collected: of each path its end
COLLECTED: list[Any] = [
    (collecting(), "t1 t2 t3 t4", [2, 6, 8]),
    (collecting(), "t4 t2 t3 t1", [8, 6, 2]),
    (collecting(sequential=True), "t1 t2 t3 t4", [2, 6, 8]),
    (collecting(until=condition("one > 3")), "t1 t4", [2, 8]),
    (collecting(elements=computed("['t4']")), "t4", [8]),
    (collecting(elements=computed("[]")), "", []),
]


@pytest.mark.parametrize(("ad_hoc", "tasks", "collected"), COLLECTED)
def test_what_is_collected(ad_hoc: AdHoc, tasks: str, collected: list[int]) -> None:
    driver = Driver(program(TEXT, choices={"A1": ad_hoc}), reload=True).start({"one": 0})
    if tasks:
        done(driver, *tasks.split())
    assert driver.outcome == "completed"
    assert driver.state.scopes[""].variables["all"] == collected


def test_tasks_that_take_no_time_are_collected_too() -> None:
    drawn = program("s > A1 > e; A1: a1; A1: a2", choices={"A1": collecting()})
    driver = Driver(drawn, reload=True).run({"one": 4})
    assert driver.outcome == "completed"
    assert driver.state.scopes[""].variables["all"] == [8, 8]


def test_what_was_done_before_it_was_asked_is_collected() -> None:
    enough = collecting(until=condition("True"))
    driver = Driver(program("s > A1 > e; A1: a1; A1: a2", choices={"A1": enough}), reload=True)
    driver.run({"one": 4})
    assert driver.outcome == "completed"
    assert [driver.count(r.Completed, name) for name in ("a1", "a2")] == [1, 1]
    assert driver.state.scopes[""].variables["all"] == [8, 8]


@pytest.mark.parametrize("reload", [False, True])
def test_what_has_no_value_is_collected_when_it_has(reload: bool) -> None:
    ad_hoc = AdHoc(output="all", collect=computed("gone + one"))
    driver = Driver(program(TEXT, choices={"A1": ad_hoc}), reload=reload).start()
    inside = next(path for path in driver.state.scopes if path)
    done(driver, "t1", "t4")
    told = driver.incidents()
    assert len(told) == 2
    assert "it cannot be collected: there is no variable 'gone'" in told[0]
    driver.send(c.ResolveIncident(*driver.job("t4", inside), {"gone": 10, "one": 4}))
    driver.send(c.ResolveIncident(*driver.job("t1", inside), {"one": 1}))
    done(driver, "t2", "t3")
    assert driver.outcome == "completed"
    assert driver.state.scopes[""].variables["all"] == [14, 11, 13]


def test_what_is_undone_inside_is_not_collected() -> None:
    text = "s > A1 > h > e; A1: t1; A1: t1 !b1; A1: b1 > t91"
    throws = dict.fromkeys(("b1", "h"), compensation())
    drawn = program(text, choices={"A1": collecting()}, events=throws)
    driver = Driver(drawn, reload=True).run({"one": 4})
    assert driver.outcome == "completed"
    assert driver.count(r.Completed, "t91") == 1
    assert driver.state.scopes[""].variables["all"] == [8]


def test_what_is_no_list_any_more_takes_no_more() -> None:
    driver = Driver(program(TEXT, choices={"A1": collecting()}), reload=True).start()
    inside = next(path for path in driver.state.scopes if path)
    driver.send(c.CompleteJob(*driver.job("t4", inside), {"one": 4, "all": 5}))
    (told,) = driver.incidents()
    assert "it cannot be collected: 'all' has what is no list" in told
    driver.send(c.ResolveIncident(*driver.job("t4", inside), {"all": [3]}))
    assert driver.state.scopes[inside].variables["all"] == [3, 8]
