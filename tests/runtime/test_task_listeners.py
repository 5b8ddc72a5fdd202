"""What listeners know of their element, and what they change of what a person is told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from bpmn_xml import model as m
from bpmn_xml.compiler import Options
from bpmn_xml.runtime import Engine, ManualClock, Run
from bpmn_xml.runtime.binding.context import TaskContext
from tests.compiler.drawing import around, compiled, extended, said, word
from tests.compiler.elements.data.test_mappings import io7
from tests.runtime.harness import DRIVERS, WAIT

GIVEN = {"boss": "ada", "who": "bob"}
SAID = {"camunda_assignee": "${boss}", "camunda_candidateGroups": "a, b", "camunda_priority": "10"}
DUE = datetime(1970, 1, 3, tzinfo=UTC)


def listener(event: str, text: str = "", **attributes: str) -> m.ForeignElement:
    if text:
        attributes["expression"] = f"${{{text}}}"
    return word("camunda:taskListener", event=event, **attributes)


def task(*listeners: m.ForeignElement, **words: str) -> m.Definitions:
    return around(m.UserTask(id="t", **extended(*listeners), **said(**words)))


def started(engine: Engine) -> Run:
    run = engine.start("P", GIVEN)
    assert run.wait(WAIT)
    return run


CHANGED: list[tuple[list[str], dict[str, Any]]] = [
    ([], {"assignee": "ada", "priority": 10, "candidate_groups": ("a", "b")}),
    (["task.setAssignee(who)"], {"assignee": "bob"}),
    (["task.setAssignee(null)"], {"assignee": ""}),
    (["execution.setVariable('boss', who)"], {"assignee": "ada"}),
    (["execution.setVariable('x', who)", "task.setAssignee(x)"], {"assignee": "bob"}),
    (["task.setPriority(task.priority + 60)"], {"priority": 70}),
    (["task.addCandidateGroup('c')", "task.addCandidateUser(who)"], {
        "candidate_groups": ("a", "b", "c"), "candidate_users": ("bob",),
    }),
    (["task.setDueDate(dateTime().plusDays(2).toDate())"], {"due": DUE}),
    (["task.setFollowUpDate('1970-01-03')", "task.setDueDate(task.getFollowUpDate())"], {
        "due": DUE, "follow_up": DUE,
    }),
]  # fmt: skip


@pytest.mark.parametrize(("texts", "expected"), CHANGED)
def test_what_listeners_change(texts: list[str], expected: Mapping[str, Any]) -> None:
    drawn = task(*[listener("create", text) for text in texts], **SAID)
    with Engine(drawn, workers=0, clock=ManualClock(0)) as engine:
        (found,) = started(engine).tasks
    assert {name: getattr(found, name) for name in expected} == expected
    assert found.variables.keys() <= {"boss", "who", "x"}


@pytest.mark.parametrize("driver", DRIVERS)
def test_python_is_told_of_the_task_that_it_listens_to(driver: str) -> None:
    seen: list[Any] = []

    def note(context: TaskContext) -> None:
        seen.append((context.node, context.task.get("assignee"), *context.variables))

    drawn = task(
        *(listener("create", "task.setAssignee(who)"), listener("assignment", **{"class": "Note"})),
        listener("complete", "task.execution.setVariable('by', task.getExecution().id)"),
        listener("complete", "task.execution.setVariable('by', task.assignee)"),
        *(
            listener("complete", **{"class": "Note"}),
            listener("complete", "log(task.getAssignee())"),
        ),
        **SAID,
    )
    handlers = {"Note": note, "log": seen.append}
    with Engine(drawn, handlers, workers=DRIVERS[driver], clock=ManualClock(0)) as engine:
        run = started(engine)
        run.tasks[0].assign("cleo").complete()
        assert run.wait(WAIT)
    assert run.variables == {**GIVEN, "by": "cleo"}
    assert seen == [
        ("t/assignment", "bob", "boss", "who"),
        ("t/assignment", "cleo", "boss", "who"),
        ("t/complete3", "cleo", "boss", "who", "by"),
        "cleo",
    ]


def test_a_task_of_which_nothing_is_said_is_changed_as_well() -> None:
    with Engine(task(listener("create", "task.setAssignee(who)")), workers=0) as engine:
        assert [one.assignee for one in started(engine).tasks] == ["bob"]
    with Engine(task(listener("create", "execution.setVariable('n', task.assignee)"))) as engine:
        run = started(engine)
        assert (run.tasks[0].assignee, run.variables["n"]) == ("", None)


def test_what_python_computes_is_known_behind_the_listeners() -> None:
    drawn = task(listener("create", "task.setPriority(5)"), camunda_assignee="${team.lead(who)}")
    with Engine(drawn, {"team.lead": lambda who: f"{who}'s"}, workers=0) as engine:
        (found,) = started(engine).tasks
    assert (found.assignee, found.priority) == ("bob's", 5)


@pytest.mark.parametrize("driver", DRIVERS)
def test_what_listeners_change_is_told_of_the_task_that_is_open(driver: str) -> None:
    drawn = task(listener("assignment", "task.setPriority(task.priority + 1)"), **SAID)
    with Engine(drawn, workers=DRIVERS[driver], clock=ManualClock(0)) as engine:
        run = started(engine)
        run.tasks[0].claim("ada").change(priority=20).assign("bob")
        assert run.wait(WAIT)
        assert [(one.assignee, one.priority) for one in run.tasks] == [("bob", 21)]


def test_values_that_cannot_be_told_are_an_incident() -> None:
    with Engine(task(listener("create", "task.setPriority('high')")), workers=0) as engine:
        (found,) = started(engine).incidents
    assert "the priority cannot be told: 'high' is no whole number" in found.message


def test_a_stub_run_changes_what_it_has_data_for() -> None:
    texts = ("task.setPriority(missing + 1)", "task.setAssignee(missing)", "task.setPriority(7)")
    drawn = task(*[listener("create", text) for text in texts], **SAID)
    with Engine(drawn, workers=0, options=Options(stub=True)) as engine:
        (found,) = started(engine).tasks
    assert (found.assignee, found.priority) == ("ada", 7)


def timed(text: str) -> m.Definitions:
    duration = m.ForeignElement(name="timeDuration", namespace="urn:x", text="PT1S")
    timer = m.ForeignElement(name="timerEventDefinition", namespace="urn:x", children=(duration,))
    attributes = {"event": "timeout", "expression": f"${{{text}}}"}
    return task(word("camunda:taskListener", timer, **attributes), **SAID)


def test_a_listener_that_is_called_in_time_knows_and_changes_the_task() -> None:
    clock, seen = ManualClock(0), list[str]()
    with Engine(timed("log(task.assignee)"), {"log": seen.append}, workers=0, clock=clock) as it:
        run = started(it)
        clock.advance("PT2S")
        assert run.wait(WAIT)
    assert seen == ["ada"]
    clock = ManualClock(0)
    with Engine(timed("task.setAssignee(who)"), workers=0, clock=clock) as engine:
        run = started(engine)
        clock.advance("PT2S")
        assert run.wait(WAIT)
        assert [one.assignee for one in run.tasks] == ["bob"]


def test_a_mapping_of_camunda_7_sees_what_all_listeners_behind_a_task_write() -> None:
    """`PvmExecutionImpl.destroy` maps the data when the listeners at `end` have been called."""
    writes = word(
        "camunda:taskListener", event="complete", expression="${execution.setVariable('a', b + 1)}"
    )
    ends = word(
        "camunda:executionListener", event="end", expression="${execution.setVariable('d', a + 1)}"
    )
    mapped = io7(word("camunda:outputParameter", name="c", text="${a * d}"))
    drawn = around(m.UserTask(id="t", **extended(ends, writes, mapped)))
    with Engine(drawn, workers=0) as engine:
        run = engine.start("P")
        run.tasks[0].complete({"b": 1})
        assert run.wait(WAIT)
    assert run.variables == {"b": 1, "a": 2, "c": 6, "d": 3}


def test_listeners_of_camunda_8_are_told_the_headers_of_their_element() -> None:
    def headers(**said: str) -> m.ForeignElement:
        found = [word("zeebe:header", key=key, value=value) for key, value in said.items()]
        return word("zeebe:taskHeaders", *found)

    one = word("zeebe:executionListener", headers(b="3", c="4"), eventType="start", type="L")
    other = word("zeebe:executionListener", eventType="end", type="L")
    listeners = word("zeebe:executionListeners", one, other)
    task = m.ServiceTask(id="t", **extended(listeners, headers(a="1", b="2")))
    fields = {node.id: dict(node.work.fields) for node in compiled(around(task)).nodes if node.work}
    assert fields == {
        "t": {"a": "1", "b": "2"},
        "t/start": {"a": "1", "b": "3", "c": "4"},
        "t/end": {"a": "1", "b": "2"},
    }
