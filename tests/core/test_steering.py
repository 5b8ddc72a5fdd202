"""Ad-hoc sub-processes that a job steers: what begins, when it is asked, when it is enough."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from bpmn_xml import model as m
from bpmn_xml.compiler import Options, compile_models
from bpmn_xml.compiler.program import Program
from bpmn_xml.core import commands as c
from bpmn_xml.core import records as r
from tests.compiler.drawing import around, extended, flows, word
from tests.core.harness import Driver

WORKER = word("zeebe:taskDefinition", type="agent")
COLLECTS = word("zeebe:adHoc", outputCollection="results", outputElement="={id: id, got: got}")


def drawn(*words: m.ForeignElement, **options: Any) -> Program:
    """An ad-hoc sub-process with a task, and a task with another behind it."""
    content = (m.ServiceTask(id="a"), m.ServiceTask(id="b"), m.Task(id="b2"), *flows("b b2"))
    sub = m.AdHocSubProcess(id="z", flow_elements=content, **extended(WORKER, *words))
    return compile_models([around(sub)], Options(**options))


def element(name: str, **variables: Any) -> dict[str, Any]:
    return {"elementId": name, "variables": variables}


def answers(*told: object) -> Callable[[Mapping[str, Any]], dict[str, object]]:
    """A job that answers one after the other, and then nothing."""
    left = list(told)
    return lambda _names: {"asked:z": left.pop(0) if left else None}


def ran(program: Program, *told: object, seed: int | None = None) -> Driver:
    handlers = {"z/ask": answers(*told), "a": lambda _: {"got": "A"}, "b": lambda _: {"got": "B"}}
    return Driver(program, handlers, reload=True, seed=seed).run({"results": "none"})


RUNS: list[tuple[str, list[object], str]] = [
    ("nothing", [], ""),
    ("one", [["a"]], "a"),
    ("one after the other", [["a"], ["b"]], "a b b2"),
    ("the same again", [["a"], ["a"]], "a a"),
    ("two, with data", [{"activateElements": [element("a", got=""), "b"]}], "a b b2"),
    ("enough at once", [{"isCompletionConditionFulfilled": True}], ""),
    ("enough after one more", [["a"], {
        "isCompletionConditionFulfilled": True, "activateElements": ["b"]}, ["a"]], "a b b2"),
]  # fmt: skip


@pytest.mark.parametrize(("told", "done"), [run[1:] for run in RUNS], ids=[run[0] for run in RUNS])
def test_what_begins(told: list[object], done: str) -> None:
    driver = ran(drawn(), *told)
    assert driver.outcome == "completed", driver.incidents()
    assert [name for name in driver.path().split() if name[0] in "ab"] == done.split()


@pytest.mark.parametrize("seed", range(4))
def test_data_of_an_element_is_its_own_and_is_collected(seed: int) -> None:
    both = [element("a", id=1, got=""), element("b", id=2, got="")]
    driver = ran(drawn(COLLECTS), both, {"seen": 1}, seed=seed)
    assert driver.outcome == "completed", driver.incidents()
    results = driver.state.scopes[""].variables.pop("results")
    assert sorted(results, key=lambda one: one["id"]) == [
        {"id": 1, "got": "A"}, {"id": 2, "got": "B"},
    ]  # fmt: skip
    assert driver.state.scopes[""].variables == {"seen": 1}


def test_what_is_enough_for_one_is_not_for_another_inside_it() -> None:
    """The inner one is asked until its own job says that it is enough."""
    content = (m.ServiceTask(id="a"), m.ServiceTask(id="b"))
    inner = m.AdHocSubProcess(id="y", flow_elements=content, **extended(WORKER))
    outer = m.AdHocSubProcess(id="z", flow_elements=(inner,), **extended(WORKER))
    left: list[object] = [["a"], ["b"], None]
    handlers = {
        "z/ask": answers({"activateElements": ["y"], "isCompletionConditionFulfilled": True}),
        "y/ask": lambda _: {"asked:y": left.pop(0)},
        "a": lambda _: {},
        "b": lambda _: {},
    }
    driver = Driver(compile_models([around(outer)]), handlers, reload=True).run()
    assert (driver.outcome, left) == ("completed", [])
    assert (driver.count(r.Completed, "a"), driver.count(r.Completed, "b")) == (1, 1)


def test_what_was_asked_before_is_withdrawn() -> None:
    driver = Driver(drawn(), reload=True).start()
    inside = next(path for path in driver.state.scopes if path)
    driver.send(c.CompleteJob(*driver.job("z/ask", inside), {"asked:z": ["a", "b"]}))
    jobs = [job for job in driver.open_jobs() if driver.program.nodes[job[1]].id in "ab"]
    for job in jobs:
        driver.send(c.CompleteJob(*job))
    asked = [job for job in driver.open_jobs() if driver.program.nodes[job[1]].id == "z/ask"]
    assert [n for _, _, n in asked] == [3]
    assert driver.count(r.Cancelled, "z/ask") == 1


def test_what_is_still_active_is_cut_off_when_that_is_enough() -> None:
    driver = Driver(drawn(), reload=True).start()
    inside = next(path for path in driver.state.scopes if path)
    driver.send(c.CompleteJob(*driver.job("z/ask", inside), {"asked:z": ["a", "b"]}))
    (done,) = [job for job in driver.open_jobs() if driver.program.nodes[job[1]].id == "a"]
    driver.send(c.CompleteJob(*done))
    over = {"isCompletionConditionFulfilled": True, "isCancelRemainingInstances": True, "n": 5}
    driver.send(c.CompleteJob(*driver.job("z/ask", inside, 2), {"asked:z": over}))
    assert driver.outcome == "completed"
    assert driver.count(r.Cancelled, "b") == 1
    assert driver.state.scopes[""].variables == {"n": 5}


def test_a_stub_run_begins_with_all_once() -> None:
    driver = ran(drawn(stub=True))
    assert driver.outcome == "completed"
    assert [name for name in driver.path().split() if name[0] in "ab"] == ["a", "b", "b2"]


def test_a_wrong_answer_is_an_incident() -> None:
    driver = ran(drawn(), ["c"])
    assert driver.outcome == ""
    assert list(driver.incidents()) == ["there is no 'c' in it to begin with"]
