"""Handlers around Python: it is asked for one value, or given what is computed as it is called."""

from __future__ import annotations

import asyncio
import inspect
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import wraps
from typing import Any

import pytest

from bpmn_xml import expressions
from bpmn_xml.compiler.program import BeanCalls, Condition, OneValue, Work
from bpmn_xml.compiler.program.scoping import Computed
from bpmn_xml.errors import UsageError
from bpmn_xml.formats import read
from bpmn_xml.runtime import Engine
from bpmn_xml.runtime.binding.answers import HandlerError
from bpmn_xml.runtime.binding.beans import evaluator
from bpmn_xml.runtime.binding.context import CancelFlag, TaskContext
from bpmn_xml.runtime.binding.handlers import adapt
from bpmn_xml.runtime.binding.wrappers import unless_settled, with_given_values, with_one_value
from bpmn_xml.runtime.clock import ManualClock
from tests.core.harness import program
from tests.runtime.harness import DRIVERS, WAIT, bench

SMALL = Condition("n < 0", "python", lambda names: names["n"] < 0)  # type: ignore[operator] # a number
BROKEN = Condition("1 / 0", "python", lambda _: bool(1 / 0))


def context(variables: dict[str, Any]) -> TaskContext:
    return TaskContext(
        instance="i", process="P", node="t", name="", scope="", attempt=0, retries=0,
        variables=variables, fields={}, cancelled=CancelFlag(),
    )  # fmt: skip


def work(*before: Condition, **more: Any) -> Work:
    named = tuple((condition.text, condition) for condition in before)
    return Work(result="answer", question=OneValue(named), **more)


def half(n: int) -> float:
    return n / 2


def whole(n: int) -> dict[str, int]:
    return {"n": n}


def told(context: TaskContext) -> str:
    return context.node


async def later(n: int) -> int:
    return n


@wraps(later)
def at_once(n: int) -> int:
    return n


def many(n: int) -> Iterator[int]:
    yield n


CASES: list[tuple[Any, dict[str, Any], tuple[Condition, ...], dict[str, object]]] = [
    (half, {"n": 3}, (), {"answer": 1.5}),
    (whole, {"n": 3}, (), {"answer": {"n": 3}}),
    (told, {}, (), {"answer": "t"}),
    (later, {"n": 3}, (), {"answer": 3}),
    (later, {"n": -3}, (SMALL,), {"n < 0": True, "answer": False}),
    (at_once, {"n": 3}, (), {"answer": 3}),
    (half, {"n": 3}, (SMALL,), {"n < 0": False, "answer": 1.5}),
    (half, {"n": -3}, (SMALL,), {"n < 0": True, "answer": False}),
    (half, {"n": -3}, (SMALL, BROKEN), {"n < 0": True, "1 / 0": False, "answer": False}),
]


@pytest.mark.parametrize(("function", "variables", "before", "answers"), CASES)
def test_the_answer_is_one_value(
    function: Any,
    variables: dict[str, Any],
    before: tuple[Condition, ...],
    answers: dict[str, object],
) -> None:
    plain = adapt(function)
    handler = with_one_value(plain, work(*before))
    given = handler.function(context(variables))
    assert (asyncio.run(given) if inspect.isawaitable(given) else given) == answers
    assert handler.mode is plain.mode


@pytest.mark.parametrize("driver", DRIVERS)
def test_coroutines_answer_on_the_loop_of_the_engine(driver: str) -> None:
    loops: list[object] = []

    async def answers(n: int) -> int:
        loops.append(asyncio.get_running_loop())
        return n + 1

    async def inside_another_loop() -> None:
        asks = {name: Work(result=name, question=OneValue()) for name in ("t1", "t2")}
        drawn = program("s > t1 > t2 > e", work=asks)
        with bench(drawn, {"t1": answers, "t2": answers}, DRIVERS[driver]) as it:
            assert it.run({"n": 1}).variables == {"n": 1, "t1": 2, "t2": 2}

    asyncio.run(inside_another_loop())
    assert len(loops) == 2
    assert len(set(loops)) == 1


@pytest.mark.parametrize("driver", DRIVERS)
def test_conditions_before_a_question_are_told_the_time_and_its_python_is_not(driver: str) -> None:
    text = 'now() > date and time("2030-01-01T00:00:00Z")'
    late = Condition(
        text, "feel", lambda names: expressions.compile(text, "feel").evaluate(names) is True
    )
    mine = Condition("execution.id", "juel", lambda names: names["execution"]["id"] == "other")  # type: ignore[index] # what it is told
    asks = Work(result="a", question=OneValue((("late", late), ("mine", mine))))
    drawn = program("s > t1 > e", work={"t1": asks})
    seen: list[object] = []

    def asked(context: TaskContext, **given: object) -> bool:
        seen.append((given, dict(context.variables)))
        return True

    for year, verdict in ((2029, False), (2031, True)):
        clock = ManualClock(datetime(year, 1, 1, tzinfo=UTC))
        with bench(drawn, {"t1": asked}, DRIVERS[driver], clock=clock) as it:
            end = it.run({"n": 1}).variables
        assert end == {"n": 1, "late": verdict, "mine": False, "a": not verdict}
    assert seen == [({"n": 1}, {"n": 1})]


def test_a_coroutine_that_is_asked_is_broken_off_with_its_run() -> None:
    ends: list[str] = []
    begun = threading.Event()

    async def asked() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            ends.append("broken off")
            raise

    drawn = program("s > t1 > e", work={"t1": Work(result="a", question=OneValue())})
    with bench(drawn, {"t1": asked}) as it:
        run = it.engine.start("P")
        assert begun.wait(WAIT)
        run.cancel()
    assert ends == ["broken off"]


def test_what_is_asked_for_may_be_missing() -> None:
    handler = with_one_value(adapt(half), work())
    with pytest.raises(HandlerError, match="needs the variable 'n'"):
        handler.function(context({}))


def test_many_results_are_no_answer() -> None:
    with pytest.raises(UsageError, match="many results"):
        with_one_value(adapt(many), work())


def test_other_work_stays_as_it_is() -> None:
    handler = adapt(half)
    assert with_one_value(handler, None) is handler
    assert with_one_value(handler, Work()) is handler
    assert unless_settled(handler, Work()) is handler
    assert unless_settled(handler, work()) is handler


def test_an_expression_calls_nobody_where_it_is_settled() -> None:
    called: list[int] = []

    def check(n: int) -> bool:
        called.append(n)
        return True

    asked = work(SMALL, beans=BeanCalls("${check(n)}", ("check",)))
    assert asked.beans is not None
    handler = unless_settled(evaluator(asked.beans, "answer", lambda _: check), asked)
    assert handler.function({"n": -1}) == {"n < 0": True, "answer": False}
    assert handler.function({"n": 1}) == {"n < 0": False, "answer": True}
    assert called == [1]


ADDRESS = ("to", Computed("${who.email}", expressions.compile("${who.email}").evaluate, "juel"))


def sent(to: str, n: int, context: Any) -> dict[str, Any]:
    return {"to": to, "n": n, "told": context.fields}


def test_values_come_before_variables() -> None:
    handler = with_given_values(adapt(sent), [ADDRESS])
    found = handler.function(context({"who": {"email": "a@b"}, "to": "nobody", "n": 1}))
    assert found == {"to": "a@b", "n": 1, "told": {"to": "a@b"}}


def test_without_values_it_stays_as_it_is() -> None:
    handler = adapt(sent)
    assert with_given_values(handler, []) is handler


def test_a_value_that_cannot_be_computed_is_the_calls_fault() -> None:
    with pytest.raises(HandlerError, match="what it is given cannot be computed"):
        with_given_values(adapt(sent), [ADDRESS]).function(context({"n": 1}))


def test_a_producer_is_given_nothing() -> None:
    with pytest.raises(UsageError, match="it gives many results"):
        with_given_values(adapt(many), [ADDRESS])


LISTENING = b"""
  <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:x">
    <process id="P" isExecutable="true" xmlns:camunda="http://camunda.org/schema/1.0/bpmn">
      <extensionElements>
        <camunda:executionListener event="start" class="org.acme.Audit">
          <camunda:field name="who" expression="${starter}"/>
        </camunda:executionListener>
      </extensionElements>
      <startEvent id="s"/>
      <manualTask id="t" name="Look">
        <extensionElements>
          <camunda:executionListener event="start" class="org.acme.Audit">
            <camunda:field name="who"><camunda:expression>${names.of(starter)}</camunda:expression>
            </camunda:field>
          </camunda:executionListener>
        </extensionElements>
      </manualTask>
      <endEvent id="e"/>
      <sequenceFlow id="f1" sourceRef="s" targetRef="t"/>
      <sequenceFlow id="f2" sourceRef="t" targetRef="e">
        <extensionElements>
          <camunda:executionListener event="take" class="org.acme.Audit">
            <camunda:field name="who" stringValue="${kept}"/>
            <camunda:field name="at" expression="${names.of(execution.currentActivityName)}"/>
          </camunda:executionListener>
        </extensionElements>
      </sequenceFlow>
    </process>
  </definitions>"""


@pytest.mark.parametrize("workers", [0, 2])
def test_fields_of_listeners_are_computed(workers: int) -> None:
    told: list[tuple[str, str | None]] = []

    def audit(who: str, at: str | None = None) -> None:
        told.append((who, at))

    handlers = {"org.acme.Audit": audit, "names.of": str.upper}
    with Engine(read(LISTENING), handlers, workers=workers) as engine:
        run = engine.start("P", {"starter": "ada"})
        assert run.wait(WAIT)
    assert run.outcome == "completed"
    assert told == [("ada", None), ("ADA", None), ("${kept}", "LOOK")]
