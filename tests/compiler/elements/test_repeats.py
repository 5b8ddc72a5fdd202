"""Loops and multi-instance: how often an activity is done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from bpmn_xml import model as m
from bpmn_xml.compiler import Options, compile_models
from bpmn_xml.compiler.program import NONE, Repetition
from bpmn_xml.core.commands import CompleteJob
from tests.compiler.drawing import around, compiled, extended, file, said, tells, told, word
from tests.core.harness import Driver


def body(text: str | None) -> m.FormalExpression | None:
    return None if text is None else m.FormalExpression(body=text)


def loop(condition: str | None = None, **fields: Any) -> m.Task:
    found = m.StandardLoopCharacteristics(id="l", loop_condition=body(condition), **fields)
    return m.ServiceTask(id="t", loop_characteristics=found)


def several(count: str | None = None, until: str | None = None, **fields: Any) -> m.Task:
    found = m.MultiInstanceLoopCharacteristics(
        id="l", loop_cardinality=body(count), completion_condition=body(until), **fields
    )
    return m.ServiceTask(id="t", loop_characteristics=found)


def repetition(task: m.Task, **fields: Any) -> Repetition:
    program = compiled(around(task, **fields))
    found = next(node.loop for node in program.nodes if node.id == "t")
    assert found is not None
    return found


def test_an_activity_without_characteristics_is_done_once() -> None:
    program = compiled(around(m.Task(id="t")))
    assert all(node.loop is None for node in program.nodes)


def test_standard_loops() -> None:
    found = repetition(loop("n < 3", test_before=True, loop_maximum=5))
    assert found.condition is not None
    assert found.condition.evaluate({"n": 2}) is True
    assert (found.before, found.maximum, found.total) == (True, 5, None)
    found = repetition(loop(" ", loop_maximum=0))
    assert (found.condition, found.before, found.maximum) == (None, False, 0)
    assert repetition(loop("n")).maximum == NONE


def test_a_number_of_instances() -> None:
    found = repetition(several("n * 2", until="done", is_sequential=True))
    assert found.total is not None
    assert found.until is not None
    assert found.total.evaluate({"n": 2}) == 4
    assert found.until.evaluate({"done": ""}) is False
    assert found.sequential
    assert not repetition(several("3", until=" ")).sequential


ITEM, SUM = m.DataInput(id="in", name="item"), m.DataOutput(id="sum")

COLLECTIONS: list[tuple[m.Task, str, str, tuple[str, ...]]] = [
    (
        several(loop_data_input_ref="d", input_data_item=ITEM),
        "item",
        "",
        (),
    ),
    (
        several(loop_data_input_ref="d", loop_data_output_ref="o", output_data_item=SUM),
        "",
        "o",
        ("sum",),
    ),
    (
        several(**said(camunda_collection="${orders}", camunda_elementVariable="item")),
        "item",
        "",
        (),
    ),
    (several("7", **said(bx_collection="orders", bx_element="item")), "item", "", ()),
    (several(loop_data_input_ref="orders"), "", "", ()),
]


@pytest.mark.parametrize(("task", "element", "output", "own"), COLLECTIONS)
def test_a_collection(task: m.Task, element: str, output: str, own: tuple[str, ...]) -> None:
    held = m.DataObject(id="d", name="orders"), m.DataObject(id="o", name="all sums")
    program = compiled(around(task, *held))
    found = next(node.loop for node in program.nodes if node.id == "t")
    assert found is not None
    assert found.total is not None
    assert found.total.evaluate({"orders": [1, 2]}) == [1, 2]
    assert (found.element, found.output, found.own) == (element, output, own)


def test_what_is_collected() -> None:
    found = repetition(several("2", output_data_item=SUM, loop_data_output_ref="sums"))
    assert found.collect is not None
    assert found.collect.evaluate({"sum": 3}) == 3
    assert found.collect.evaluate({}) is None
    words = said(bx_collection="c", bx_output="outs", bx_outputElement="${sum}")
    found = repetition(several(**words))
    assert found.collect is not None
    assert (found.own, found.collect.evaluate({"sum": 4})) == ((), 4)
    assert repetition(several("2")).collect is None


IN = word("zeebe:ioMapping", word("zeebe:input", source="= 10", target="m"))
OWN = word("zeebe:ioMapping", word("zeebe:output", source="= out", target="out"))


@pytest.mark.parametrize(
    ("element", "mapped", "outs", "leaks"),
    [
        ("= out", {}, [2, 4], False),
        ("= out", extended(OWN), [2, 4], False),
        ("out", {}, [2, 4], False),
        ("= out.part", {}, [None, None], False),
        ("= n", {}, [1, 2], True),
        ("= out + 1", {}, [3, 5], True),
        ("= out + m", extended(IN), [12, 14], True),
    ],
)
def test_the_variable_that_is_collected_is_each_instances_own(
    element: str, mapped: dict[str, Any], outs: list[Any], leaks: bool
) -> None:
    words = {"inputCollection": "= all", "inputElement": "n", "outputCollection": "outs"}
    spoken = extended(word("zeebe:loopCharacteristics", outputElement=element, **words))
    several = m.MultiInstanceLoopCharacteristics(id="l", **spoken)
    task = m.ServiceTask(id="t", loop_characteristics=several, **mapped)
    twice = {"t": lambda names: {"out": names["n"] * 2}}
    ran = Driver(compiled(around(task)), twice, reload=True).run({"all": [1, 2]})
    left = {"outs": outs, "all": [1, 2]}
    assert ran.state.scopes[""].variables == left | ({"out": 4} if leaks else {})


def test_in_camunda_8_a_number_is_no_collection() -> None:
    spoken = extended(word("zeebe:loopCharacteristics", inputCollection="= all"))
    several = m.MultiInstanceLoopCharacteristics(id="l", **spoken)
    drawn = compiled(around(m.ServiceTask(id="t", loop_characteristics=several)))
    ran = Driver(drawn, {"t": lambda _: {}}).run({"all": 5})
    (incident,) = ran.state.scopes[""].incidents.values()
    assert incident.message.endswith("which is of type int, not a list")


FAULTS: list[tuple[m.Definitions, list[str]]] = [
    (
        around(loop(loop_maximum=-1)),
        [
            (
                "error BX160 t: its loopMaximum is -1, less than 0; "
                "give the number of turns it may take"
            )
        ],
    ),
    (
        around(loop()),
        [
            (
                "error BX160 t: its loop has neither a condition nor a maximum, so it never ends; "
                "give it a loopCondition or a loopMaximum"
            )
        ],
    ),
    (
        around(loop("n <")),
        [
            (
                "error BX110 t: its loop condition 'n <' is no Python at character 4: "
                "expected a value but the text ends; correct it"
            )
        ],
    ),
    (
        around(several()),
        [
            (
                "error BX160 t: nothing says how many instances it has; "
                "give loopCardinality a number, or name a collection"
            )
        ],
    ),
    *[
        (
            around(several(number)),
            [
                (
                    f"error BX160 t: its loop cardinality is {number}, which is no number of "
                    "instances; give loopCardinality a number, or name a collection"
                )
            ],
        )
        for number in ("-3", "2.5")
    ],
    (
        around(several("n n", until="m m")),
        [
            (
                "error BX110 t: its completion condition 'm m' is no Python at character 3: "
                "expected the end but there is 'm'; correct it"
            ),
            (
                "error BX110 t: its loop cardinality 'n n' is no Python at character 3: "
                "expected the end but there is 'n'; correct it"
            ),
        ],
    ),
    (
        around(several("2", behavior="One", one_behavior_event_ref="gone")),
        [
            (
                "error BX102 t: its behavior is One, but the event 'gone' is not in the file; "
                "name an event definition"
            )
        ],
    ),
    (
        around(several("2", **extended(word("camunda:failedJobRetryTimeCycle", text="x")))),
        [
            (
                "error BX160 t: camunda:failedJobRetryTimeCycle: 'x' is no number of retries such "
                "as 3, R3/PT10S or PT1S,PT5M; correct the value"
            )
        ],
    ),
]


test_what_never_counts_is_said = tells(FAULTS)


def test_python_says_before_the_activity_what_is_gone_through() -> None:
    found = m.MultiInstanceLoopCharacteristics(
        id="l", **said(camunda_collection="${shop.lines(order)}", camunda_elementVariable="line")
    )
    task = m.ServiceTask(id="t", loop_characteristics=found)
    program = compiled(around(task))
    before = next(node for node in program.nodes if node.id == "t/asked:t.collection")
    assert [program.nodes[program.flows[f].target].id for f in before.outgoing] == ["t"]
    assert len(before.incoming) == 1
    work = {"t/asked:t.collection": lambda _: {"asked:t.collection": [1, 2]}}
    driver = Driver(program, work, reload=True).run()
    assert driver.outcome == "completed"
    alone = compiled(file(task))
    assert [alone.nodes[start].id for start in alone.containers[0].starts] == [
        "t/asked:t.collection"
    ]


def until(text: str, *, sequential: bool = True) -> m.ServiceTask:
    looped = m.MultiInstanceLoopCharacteristics(
        id="l", is_sequential=sequential, loop_cardinality=m.FormalExpression(body="5"),
        completion_condition=m.FormalExpression(body=text),
    )  # fmt: skip
    return m.ServiceTask(id="t", loop_characteristics=looped)


def test_python_says_after_each_instance_whether_it_was_the_last() -> None:
    answers, name = iter([False, True]), "asked:t.completion condition"
    work = {"t": lambda _: {}, f"t/{name}": lambda _: {name: next(answers)}}
    driver = Driver(compiled(around(until("${shop.is_done(loopCounter)}"))), work, reload=True)
    assert driver.run().outcome == "completed"
    assert driver.path().count(name) == 2
    assert next(answers, None) is None


@pytest.mark.parametrize("seed", [None, *range(6)])
@pytest.mark.parametrize("sequential", [True, False])
def test_a_question_counts_its_own_instance_and_those_asked_before(
    seed: int | None, sequential: bool
) -> None:
    name, seen = "asked:t.completion condition", list[tuple[int, ...]]()

    def is_done(names: Mapping[str, Any]) -> dict[str, Any]:
        done, active = names["nrOfCompletedInstances"], names["nrOfActiveInstances"]
        seen.append((done, done + active, names["numberOfInstances"]))
        return {name: done == 4}

    task = until("${shop.is_done(nrOfCompletedInstances)}", sequential=sequential)
    work = {"t": lambda _: {}, f"t/{name}": is_done}
    driver = Driver(compiled(around(task)), work, reload=True, seed=seed)
    assert driver.run().outcome == "completed"
    opened = [(done, done if sequential else 5, 5) for done in range(1, 6)]
    assert set(opened[:4] if sequential else opened[3:4]) <= set(seen) <= set(opened)
    assert len(set(seen)) == len(seen)


def test_a_stub_run_does_once_what_nothing_is_said_of() -> None:
    assert told(around(several()), stub=True) == [
        (
            "note BX115 t: nothing says how many instances it has; "
            "give loopCardinality a number, or name a collection"
        )
    ]
    for program in (
        compile_models([around(loop())], Options(stub=True)),
        compile_models([around(loop(loop_maximum=1))], Options()),
    ):
        assert [node.loop.maximum for node in program.nodes if node.loop] == [1]
    program = compile_models([around(several())], Options(stub=True))
    total = next(node.loop for node in program.nodes if node.id == "t")
    assert total is not None
    assert total.total is not None
    assert total.total.evaluate({}) == 1
    spoken = extended(word("zeebe:loopCharacteristics", inputCollection="= xs", inputElement="n"))
    items = m.MultiInstanceLoopCharacteristics(id="l", is_sequential=True, **spoken)
    drawn = compile_models(
        [around(m.ServiceTask(id="t", loop_characteristics=items))], Options(stub=True)
    )
    for given, seen in (({}, [None]), ({"xs": [1, 2]}, [1, 2])):
        ran = Driver(drawn, {"t": lambda names: {"seen": [*names.get("seen", []), names["n"]]}})
        assert ran.run(given).state.scopes[""].variables["seen"] == seen


def test_a_listener_in_time_is_called_for_each_instance() -> None:
    due = word("other:timerEventDefinition", word("other:timeDuration", text="PT1H"))
    listener = word("camunda:taskListener", due, event="timeout", **{"class": "L"})
    looped = m.MultiInstanceLoopCharacteristics(id="l", loop_cardinality=body("2"))
    task = m.UserTask(id="t", loop_characteristics=looped, **extended(listener))
    driver = Driver(compile_models([around(task)]), reload=True).start()
    assert [name for name, _ in driver.waits()] == ["t/timeout/at"] * 2
    driver.happen("t/timeout/at").go()
    for job in driver.open_jobs(users=True):
        driver.send(CompleteJob(*job))
    assert (driver.outcome, driver.waits()) == ("completed", [])
