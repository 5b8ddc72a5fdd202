"""What a stub run assumes where it lacks data, by tables; what can be evaluated stays."""

from __future__ import annotations

from typing import Any

import pytest

from bpmn_xml import model as m
from bpmn_xml import run
from bpmn_xml.compiler import Options, analyse
from bpmn_xml.errors import ExpressionError
from tests.compiler.drawing import compiled, file, flow

START, END = m.StartEvent(id="s"), m.EndEvent(id="e")
STUB = Options(stub=True)


def gate(kind: Any = m.ExclusiveGateway, **fields: Any) -> Any:
    return kind(id="g", **fields)


def task(name: str) -> m.Task:
    return m.Task(id=name)


BACK = (flow("t1 g"),)

# a gateway, its flows and what follows, and where tokens go without any data
WAYS: dict[str, tuple[Any, tuple[m.SequenceFlow, ...], str]] = {
    "the first": (gate(), (flow("g t1", "n > 1"), flow("g t2", "n < 1")), "t1"),
    "not back": (gate(), (flow("g t1", "n > 1"), flow("g t2", "n < 1"), *BACK), "t2"),
    "the default leads on": (
        gate(default="g-t2"),
        (flow("g t1", "n > 1"), flow("g t2"), *BACK),
        "t2",
    ),
    "the default": (gate(default="g-t2"), (flow("g t1", "n > 1"), flow("g t2")), "t2"),
    "the default of many": (
        gate(m.InclusiveGateway, default="g-t2"),
        (flow("g t1", "n > 1"), flow("g t2")),
        "t2",
    ),
    "no default that leads back": (
        gate(default="g-t1"),
        (flow("g t1"), flow("g t2", "n > 1"), *BACK),
        "t2",
    ),
    "a default beside nothing that leads on": (
        gate(default="g-t1"),
        (flow("g t1"), flow("g t2", "n > 1"), *BACK, flow("t2 g")),
        "t1",
    ),
    "the first in prose": (
        gate(),
        (flow("g t1", "the customer is happy"), flow("g t2", "otherwise")),
        "t1",
    ),
    "the default beside prose": (
        gate(default="g-t2"),
        (flow("g t1", "more than 5 %"), flow("g t2")),
        "t2",
    ),
    "not back in prose": (
        gate(),
        (flow("g t1", "not yet good"), flow("g t2", "it is good"), *BACK),
        "t2",
    ),
    "all of them": (
        gate(m.InclusiveGateway),
        (flow("g t1", "n > 1"), flow("g t2", "n < 1")),
        "t1 t2",
    ),
    "what FEEL finds in nothing": (
        gate(),
        (flow("g t1", '= n = "a"', language="feel"), flow("g t2", '= n = "b"', language="feel")),
        "t1",
    ),
    "but not where data says it": (
        gate(),
        (flow("g t1", '= n = "a"', language="feel"), flow("g t2", "= k = 0", language="feel")),
        "t2",
    ),
    "nor beside a way without a condition": (
        gate(m.InclusiveGateway),
        (flow("g t1", '= n = "a"', language="feel"), flow("g t2")),
        "t2",
    ),
    "in a language that is not known": (
        gate(),
        (flow("g t1", "n > 1", language="groovy"), flow("g t2", "n < 1", language="groovy")),
        "t1",
    ),
    "what is known": (gate(), (flow("g t1", "k > 1"), flow("g t2", "k < 1")), "t2"),
}


@pytest.mark.parametrize(("gateway", "flows", "expected"), WAYS.values(), ids=WAYS)
def test_ways(gateway: Any, flows: tuple[m.SequenceFlow, ...], expected: str) -> None:
    ends = [flow(f"{name} e") for name in ("t1", "t2") if flow(f"{name} g") not in flows]
    model = file(START, gateway, task("t1"), task("t2"), END, flow("s g"), *flows, *ends)
    program, _ = analyse([model], STUB)
    assert program is not None
    taken = [
        f.id.removeprefix("g-")
        for f in program.flows
        if f.source == next(n.index for n in program.nodes if n.id == "g")
        and (f.condition is None or f.condition.evaluate({"k": 0}))
    ]
    default = getattr(gateway, "default", None)
    chosen = [name for name in taken if f"g-{name}" != default] or taken
    assert chosen == expected.split()


def test_without_a_stub_run_nothing_is_assumed() -> None:
    model = file(START, gate(), task("t1"), task("t2"), flow("s g"), *WAYS["the first"][1])
    condition = next(f.condition for f in compiled(model).flows if f.id == "g-t1")
    assert condition is not None
    with pytest.raises(ExpressionError):
        condition.evaluate({})


def test_where_all_ways_come_back_the_first_is_taken() -> None:
    flows = (flow("g t1", "n > 1"), flow("g t2", "n < 1"), flow("t1 g"), flow("t2 g"))
    model = file(START, gate(), task("t1"), task("t2"), flow("s g"), *flows)
    held = {f.id: f.condition.evaluate({}) for f in compiled(model, stub=True).flows if f.condition}
    assert held == {"g-t1": True, "g-t2": False}


def test_what_is_repeated_without_a_collection_is_done_once() -> None:
    looped = m.MultiInstanceLoopCharacteristics(
        id="l",
        loop_cardinality=m.FormalExpression(body="n", language="python"),
        completion_condition=m.FormalExpression(body="m > 1", language="python"),
    )
    model = file(START, m.Task(id="t", loop_characteristics=looped), END, flow("s t"), flow("t e"))
    done = run(model, {}, options=STUB)
    assert done.outcome == "completed"


def test_a_loop_without_data_ends() -> None:
    looped = m.StandardLoopCharacteristics(
        id="l", loop_condition=m.FormalExpression(body="n < 3", language="python")
    )
    model = file(START, m.Task(id="t", loop_characteristics=looped), END, flow("s t"), flow("t e"))
    assert run(model, {}, options=STUB).outcome == "completed"


def test_nothing_is_assumed_where_all_data_is_there() -> None:
    flows = (flow("g t1", "= n = 1", language="feel"), flow("g t2", "= n = 2", language="feel"))
    model = file(START, gate(), task("t1"), task("t2"), END, flow("s g"), *flows)
    (incident,) = run(model, {"n": 7}, options=STUB).incidents
    assert incident.message.startswith("no outgoing flow can be taken")
    assert run(model, {}, options=Options(stub=True, choices={"g": "g-t2"})).outcome == "completed"
