"""Python that is asked for one value: what it may be, and when it is not asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from bpmn_xml.compiler.program import BeanCalls, Condition, OneValue, Work
from bpmn_xml.errors import UsageError
from bpmn_xml.runtime.binding.answers import HandlerError
from bpmn_xml.runtime.binding.asking import answering, evaluating
from bpmn_xml.runtime.binding.beans import evaluator
from bpmn_xml.runtime.binding.context import CancelFlag, TaskContext
from bpmn_xml.runtime.binding.handlers import adapt

SMALL = Condition("n < 0", "python", lambda names: names["n"] < 0)  # type: ignore[operator] # a number


def context(variables: dict[str, Any]) -> TaskContext:
    return TaskContext(
        instance="i", process="P", node="t", name="", scope="", attempt=0, retries=0,
        variables=variables, fields={}, cancelled=CancelFlag(),
    )  # fmt: skip


def work(*unless: Condition, **more: Any) -> Work:
    return Work(result="answer", question=OneValue(unless), **more)


def half(n: int) -> float:
    return n / 2


def whole(n: int) -> dict[str, int]:
    return {"n": n}


def told(context: TaskContext) -> str:
    return context.node


async def later(n: int) -> int:
    return n


def many(n: int) -> Iterator[int]:
    yield n


CASES: list[tuple[Any, dict[str, Any], tuple[Condition, ...], object]] = [
    (half, {"n": 3}, (), 1.5),
    (whole, {"n": 3}, (), {"n": 3}),
    (told, {}, (), "t"),
    (later, {"n": 3}, (), 3),
    (half, {"n": 3}, (SMALL,), 1.5),
    (half, {"n": -3}, (SMALL,), False),
]


@pytest.mark.parametrize(("function", "variables", "unless", "answer"), CASES)
def test_the_answer_is_one_value(
    function: Any, variables: dict[str, Any], unless: tuple[Condition, ...], answer: object
) -> None:
    handler = answering(adapt(function), work(*unless))
    assert handler.function(context(variables)) == {"answer": answer}


def test_what_is_asked_for_may_be_missing() -> None:
    handler = answering(adapt(half), work())
    with pytest.raises(HandlerError, match="needs the variable 'n'"):
        handler.function(context({}))


def test_many_results_are_no_answer() -> None:
    with pytest.raises(UsageError, match="many results"):
        answering(adapt(many), work())


def test_other_work_stays_as_it_is() -> None:
    handler = adapt(half)
    assert answering(handler, None) is handler
    assert answering(handler, Work()) is handler
    assert evaluating(handler, Work()) is handler
    assert evaluating(handler, work()) is handler


def test_an_expression_calls_nobody_where_it_is_settled() -> None:
    called: list[int] = []

    def check(n: int) -> bool:
        called.append(n)
        return True

    asked = work(SMALL, beans=BeanCalls("${check(n)}", ("check",)))
    assert asked.beans is not None
    handler = evaluating(evaluator(asked.beans, "answer", lambda _: check), asked)
    assert handler.function({"n": -1}) == {"answer": False}
    assert handler.function({"n": 1}) == {"answer": True}
    assert called == [1]
