"""Constants of a drawing arrive as the types that Python's annotations name."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import Any, Literal, Optional

import pytest

from bpmn_xml import model as m
from bpmn_xml.errors import BindingError
from bpmn_xml.runtime import run
from bpmn_xml.runtime.binding.constants import kind_of
from tests.compiler.drawing import around, extended, word


class Coin(Enum):
    EUR = "eur"


KINDS: list[tuple[Any, str, object]] = [
    (bool, "true", True),
    (int, "5", 5),
    (float, "1.5", 1.5),
    (Decimal, "12.50", Decimal("12.50")),
    (Coin, "eur", Coin.EUR),
    (Literal["a", "b"], "b", "b"),
    (Optional[bool], "false", False),  # noqa: UP045 - as people write it
    (int | None, "5", 5),
    (str, "5", "5"),
    (list[int], "5", "5"),
    (int | bool, "5", "5"),
]
WRONG = [(bool, "maybe"), (int, "1.5"), (Decimal, "much"), (Coin, "usd"), (Literal["a"], "b")]


def drawn(engine: str, text: str) -> m.Definitions:
    if engine == "camunda":
        parameter = word("camunda:inputParameter", name="n", text=text)
        return around(m.ServiceTask(id="t", **extended(word("camunda:inputOutput", parameter))))
    passed = word("zeebe:input", source=text, target="n")
    return around(m.ServiceTask(id="t", **extended(word("zeebe:ioMapping", passed))))


def asking(kind: Any) -> tuple[Any, list[object]]:
    seen: list[object] = []

    def handler(n: Any) -> None:
        seen.append(n)

    handler.__annotations__ = {"n": kind}
    return handler, seen


@pytest.mark.parametrize("engine", ["camunda", "zeebe"])
@pytest.mark.parametrize(("kind", "text", "value"), KINDS)
def test_a_constant_is_of_the_type_that_is_asked_for(
    engine: str, kind: Any, text: str, value: object
) -> None:
    handler, seen = asking(kind)
    run(drawn(engine, text), handlers={"t": handler})
    assert (seen, type(seen[0])) == ([value], type(value))


def test_what_is_computed_stays_as_it_is() -> None:
    handler, seen = asking(bool)
    run(drawn("camunda", "${x}"), {"x": "true"}, handlers={"t": handler})
    assert seen == ["true"]


@pytest.mark.parametrize(("kind", "text"), WRONG)
def test_a_constant_of_another_type_is_refused(kind: Any, text: str) -> None:
    handler, seen = asking(kind)
    with pytest.raises(BindingError, match=f"given '{text}' as n, which is no "):
        run(drawn("camunda", text), handlers={"t": handler})
    assert seen == []


def test_annotations_that_cannot_be_read_say_nothing() -> None:
    handler, seen = asking("Missing")
    run(drawn("camunda", "5"), handlers={"t": handler})
    assert (seen, kind_of(Any)) == (["5"], None)
