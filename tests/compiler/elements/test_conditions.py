"""Conditions: which are asked, and what a choice puts in their place."""

from __future__ import annotations

from typing import Any

import pytest

from bpmn_xml import model as m
from bpmn_xml.compiler import Options, analyse
from bpmn_xml.compiler.program import Lack, Program
from bpmn_xml.core import records as r
from bpmn_xml.errors import ExpressionError
from tests.compiler.drawing import compiled, extended, file, flow, said, tells, word
from tests.core.harness import Driver

START, END = m.StartEvent(id="s"), m.EndEvent(id="e")
ONE, TWO = m.Task(id="t1"), m.Task(id="t2")


def split(*leaving: m.SequenceFlow, kind: Any = m.ExclusiveGateway, **fields: Any) -> m.Definitions:
    """A gateway `g` before tasks t1 and t2."""
    gateway = kind(id="g", **fields)
    return file(START, gateway, ONE, TWO, flow("s g"), *leaving)


def holds(program: Program, name: str, **variables: object) -> bool:
    condition = next(found.condition for found in program.flows if found.id == name)
    assert condition is not None
    return condition.evaluate(variables)


WAYS = "--choose g=g-t1 or --choose g=g-t2"

FAULTS: list[tuple[m.Definitions, dict[str, Any], list[str]]] = [
    (split(flow("g t1", "n > 1"), flow("g t2", "n <= 1")), {}, []),
    (split(flow("g t1", "n > 1"), flow("g t2"), default="g-t2"), {}, []),
    (split(flow("g t1", "n > 1"), flow("g t2")), {}, []),
    (split(flow("g t1", " \n "), flow("g t2"), kind=m.InclusiveGateway), {}, []),
    (split(flow("g t1", "n >\n1\nand m"), flow("g t2", "n < 1")), {}, []),
    (
        split(flow("g t1", "n >"), flow("g t2", "n")),
        {},
        [
            (
                "error BX110 g-t1: its condition 'n >' names no language and is no Python at "
                "character 4: expected a value but the text ends; correct "
                f"it, or answer with {WAYS}"
            )
        ],
    ),
    (
        split(flow("g t1", "if n > 1", id="a"), flow("g t2", "n")),
        {"stub": True},
        [
            (
                "note BX115 a: its condition 'if n > 1' names no language and is no Python at "
                "character 1: expected a value but there is 'if'; correct it, or answer with "
                "--choose g=a or --choose g=g-t2"
            )
        ],
    ),
    (
        split(flow("g t1", "n >", language="python"), flow("g t2", "n")),
        {"stub": True},
        [
            (
                "error BX110 g-t1: its condition 'n >' is no Python at "
                "character 4: expected a value but the text ends; correct "
                f"it, or answer with {WAYS}"
            )
        ],
    ),
    (
        split(flow("g t1", "n > 1"), flow("g t2", "n", language="ruby"), default="g-t2"),
        {},
        [
            (
                "warning BX113 g-t2: its condition is never asked: it is on the default flow; "
                "remove the condition"
            )
        ],
    ),
    (
        split(flow("g t1", "${n}"), flow("g t2"), kind=m.ParallelGateway),
        {},
        [
            (
                "warning BX113 g-t1: its condition is never asked: a "
                "parallel gateway takes all its "
                "flows; remove the condition"
            )
        ],
    ),
    (
        split(flow("g t1"), flow("g t2", "n > 1")),
        {},
        [
            (
                "warning BX114 g: g-t1 has no condition, so g-t2 can never be taken; "
                f"give it a condition, make it the default flow, or take {WAYS}"
            )
        ],
    ),
    (
        split(flow("g t2"), flow("g t1"), default="g-t2"),
        {},
        [
            (
                "warning BX114 g: g-t1 has no condition, so g-t2 can never be taken; give it a "
                "condition, make it the default flow, or take --choose g=g-t2 or --choose g=g-t1"
            )
        ],
    ),
    (split(flow("g t1"), flow("g t2")), {"choices": {"g": "g-t2"}}, []),
    (
        split(flow("g t1", "a()", language="ruby"), flow("g t2", "n >")),
        {"choices": {"g": "g-t2"}},
        [],
    ),
    *(
        (
            split(flow("g t1", name="No"), flow("g t2", name="Oh\n yes"), name="Is it\nso?"),
            {"choices": {gateway: way}},
            [],
        )
        for gateway in ("g", "Is it so?")
        for way in ("g-t2", "Oh yes")
    ),
    (
        split(flow("g t1", name="Yes"), flow("g t2", name="Yes")),
        {"choices": {"g": "Yes"}},
        [
            (
                "error BX112 g: --choose: 2 flows that leave it are 'Yes'; take --choose g=g-t1"
                " ('Yes') or --choose g=g-t2 ('Yes')"
            )
        ],
    ),
    (
        split(flow("g t1", "n > 1"), flow("g t2"), name="Is it\nso?", default="g-t2"),
        {"choices": {"Which way?": "g-t2"}},
        [
            (
                "error BX112: --choose: there is no element 'Which way?' in what is run; "
                "name g ('Is it so?')"
            )
        ],
    ),
    (
        split(flow("g t1"), flow("g t2")),
        {"choices": {"g": "t2"}},
        [f"error BX112 g: --choose: 't2' is no flow that leaves it; take {WAYS}"],
    ),
    (
        split(flow("g t1"), flow("g t2"), kind=m.ParallelGateway),
        {"choices": {"g": "g-t2"}},
        ["error BX112 g: --choose: a parallel gateway without conditions has no choice; remove it"],
    ),
    (
        file(START, ONE, flow("s t1")),
        {"choices": {"s": "s-t1"}},
        ["error BX112 s: --choose: a start event without conditions has no choice; remove it"],
    ),
    (
        file(START, m.ExclusiveGateway(id="g"), flow("s g")),
        {"choices": {"g": "gone"}},
        ["error BX112 g: --choose: 'gone' is no flow that leaves it; remove it"],
    ),
    (
        file(
            START,
            ONE,
            flow("s t1", **extended(word("camunda:executionListener", event="end"))),
        ),
        {},
        [
            (
                "error BX105 s-t1: a listener that is called at 'end' cannot be run yet; "
                "put its work into a task, or leave it out with --stub"
            )
        ],
    ),
    (
        file(
            START,
            m.ExclusiveGateway(id="g"),
            ONE,
            flow("s g"),
            *[flow("g t1", "x y", id=f"f{i}") for i in range(7)][:1],
            *[flow("g t1", f"x{i}", id=f"f{i}") for i in range(1, 7)],
        ),
        {},
        [
            (
                "error BX110 f0: its condition 'x y' names no language and "
                "is no Python at character "
                "3: expected the end but there is 'y'; correct it, or answer with --choose g=f0, "
                "--choose g=f1, --choose g=f2, --choose g=f3, --choose g=f4 "
                "or another of its 7 flows"
            )
        ],
    ),
    (  # a choice answers the condition of a task too
        file(START, ONE, TWO, flow("s t1"), flow("t1 t2", "x", language="ruby"), flow("t1 s2")),
        {"choices": {"t1": "t1-t2"}},
        ["error BX120 t1-s2: its target 's2' is not in the file; connect it, or remove it"],
    ),
    (  # what cannot be run is refused, whoever answers the conditions behind it
        file(START, m.FlowNode(id="c"), ONE, flow("s c"), flow("c t1", "x", language="ruby")),
        {},
        ["error BX101 c: a flow node cannot be run yet; draw a task instead"],
    ),
]


test_what_is_the_matter_with_conditions_is_said = tells(FAULTS)


def lacking(model: m.Definitions) -> list[tuple[str, Lack | None]]:
    """The jobs that answer conditions, and what is said where no Python is bound to them."""
    return [
        (node.id, node.work.lacks)
        for node in compiled(model).nodes
        if node.work is not None and node.work.question is not None
    ]


LACKING: list[tuple[m.Definitions, str, str, str]] = [
    (
        split(flow("g t1", "a()", language="ruby", name="yes"), flow("g t2", name="no  \n way")),
        "g/asked:g-t1",
        "its condition is in Ruby, which cannot be evaluated",
        ('add a line "g-t1" = "python:module:function" to bindings.toml, or answer '
        "with --choose g=g-t1 ('yes') or --choose g=g-t2 ('no way')"),
    ),
    (
        file(START, ONE, flow("s t1", "x", language="urn:mine")),
        "s/asked:s-t1",
        "its condition is in 'urn:mine', which cannot be evaluated",
        ('add a line "s-t1" = "python:module:function" to bindings.toml, or answer '
        "with --choose s=s-t1"),
    ),
    (
        split(flow("g t1", "x", language="ruby", id="it's $HOME"), flow("g t2")),
        "g/asked:it's $HOME",
        "its condition is in Ruby, which cannot be evaluated",
        "--choose 'g=it'\"'\"'s $HOME' or --choose g=g-t2",
    ),
    (
        split(
            flow("g t1", condition_expression=m.FormalExpression(
                language="groovy", **said(camunda_resource="check.groovy")
            )),
            flow("g t2"),
        ),
        "g/asked:g-t1",
        "its condition is in the file 'check.groovy', which cannot be evaluated",
        "--choose g=g-t1",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("model", "name", "what", "remedy"), LACKING)
def test_python_is_asked_what_cannot_be_evaluated(
    model: m.Definitions, name: str, what: str, remedy: str
) -> None:
    ((found, lack),) = lacking(model)
    assert lack is not None
    assert (found, lack.code, lack.what) == (name, "BX111", what)
    assert remedy in lack.remedy


def asked(model: m.Definitions, name: str, answer: object) -> list[str]:
    """What is passed, where Python answers one of the conditions."""
    jobs = {f"g/asked:{name}": lambda _: {f"asked:{name}": answer}}
    driver = Driver(compiled(model), jobs, reload=True).run({"n": 1})
    assert driver.outcome == "completed", driver.incidents()
    written = [
        name for x in driver.records if isinstance(x, r.VariablesWritten) for name in x.values
    ]
    assert written == ["n"]  # an answer is no variable
    return [driver.program.nodes[x.node].id for x in driver.records if isinstance(x, r.Passed)]


@pytest.mark.parametrize(("answer", "way"), [(True, "t1"), (False, "t2")])
def test_what_python_answers_decides(answer: object, way: str) -> None:
    calls = split(flow("g t1", "${shop.open(n)}"), flow("g t2", "${n == 1}"))
    assert way in asked(calls, "g-t1", answer)


def judged_before(model: m.Definitions) -> list[list[tuple[str, str]]]:
    """Per question the conditions that are judged with it, and the variables they go to."""
    works = [node.work for node in compiled(model).nodes if node.work is not None]
    questions = [work.question for work in works if work.question is not None]
    return [[(name, one.text) for name, one in question.before] for question in questions]


def test_earlier_conditions_of_an_exclusive_gateway_are_judged_when_python_is_asked() -> None:
    flows = flow("g t1", "${n == 1}"), flow("g t2", "${shop.open(n)}")
    assert judged_before(split(*flows)) == [[("asked:g-t1", "${n == 1}")]]
    assert judged_before(split(*flows, kind=m.InclusiveGateway)) == [[]]
    again = split(*flows, flow("g t1", "${n == 2}", id="f"), flow("g t2", "${shop.no(n)}", id="f2"))
    first, second = judged_before(again)
    assert (len(first), [name for name, _ in second]) == (
        1, ["asked:g-t1", "asked:g-t2", "asked:f"]
    )  # fmt: skip


VERDICTS: list[tuple[dict[str, Any], str]] = [
    # what the job answers, the way that is taken with n = 1
    ({"asked:g-t1": False, "asked:g-t2": True}, "t2"),
    ({"asked:g-t1": True, "asked:g-t2": False}, "t1"),
    ({"asked:g-t2": False}, "t1"),
]


@pytest.mark.parametrize(("answers", "way"), VERDICTS)
def test_what_was_judged_when_python_was_asked_decides(answers: dict[str, Any], way: str) -> None:
    """The variables of the last case were given by hand, so that the first is judged now."""
    program = compiled(split(flow("g t1", "${n == 1}"), flow("g t2", "${shop.open(n)}")))
    driver = Driver(program, {"g/asked:g-t2": lambda _: answers}, reload=True).run({"n": 1})
    assert driver.path().split()[-1] == way, driver.incidents()


TURNS = m.MultiInstanceLoopCharacteristics(
    id="l", loop_cardinality=m.FormalExpression(body="${times}")
)
BEHIND: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    # fields of the task, answers of Python, where its tokens go
    ({}, {"a": True, "b": True}, "t1 t2"),
    ({}, {"a": False, "b": True}, "t2"),
    ({"default": "t-t2"}, {"a": False}, "t2"),
    ({"loop_characteristics": TURNS}, {"a": True, "b": True}, "t1 t2"),
    ({"loop_characteristics": TURNS, "default": "t-t2"}, {"a": False}, "t2"),
    ({"completion_quantity": 2}, {"a": True, "b": False}, "t1 t1"),
]


@pytest.mark.parametrize("times", [0, 3])
@pytest.mark.parametrize(("fields", "answers", "ways"), BEHIND)
def test_what_an_activity_leaves_by_is_asked_once(
    fields: dict[str, Any], answers: dict[str, Any], ways: str, times: int
) -> None:
    asking = flow("t t1", "${shop.a()}"), flow("t t2", "${shop.b()}" if "b" in answers else "")
    drawn = file(START, m.ServiceTask(id="t", **fields), ONE, TWO, flow("s t"), *asking)
    calls: list[str] = []

    def job(name: str, variable: str, answer: object) -> Any:
        def answers_once(names: Any) -> dict[str, object]:
            calls.append(name)
            return {variable: answer}

        return answers_once

    variables = {"a": "asked:t-t1", "b": "asked:t-t2"}
    jobs = {f"t/{variables[one]}": job(one, variables[one], answers[one]) for one in answers}
    driver = Driver(compiled(drawn), {**jobs, "t": lambda _: {}}, reload=True).run({"times": times})
    assert driver.outcome == "completed", driver.incidents()
    passed = [driver.program.nodes[x.node].id for x in driver.records if isinstance(x, r.Passed)]
    assert " ".join(name for name in passed if name in ("t1", "t2")) == ways
    assert calls == list(answers)


def test_a_condition_answers_true_or_false() -> None:
    program = compiled(split(flow("g t1", "n > 1\nand m"), flow("g t2", "names")))
    assert holds(program, "g-t1", n=2, m="yes") is True
    assert holds(program, "g-t1", n=2, m="") is False
    assert holds(program, "g-t1", n=1, m="yes") is False
    assert holds(program, "g-t2", names=[]) is False
    with pytest.raises(ExpressionError, match="'n'"):
        holds(program, "g-t1")


@pytest.mark.parametrize("kind", [m.ExclusiveGateway, m.InclusiveGateway])
def test_a_choice_takes_its_flow_and_no_other(kind: Any) -> None:
    program = compiled(split(flow("g t1"), flow("g t2"), kind=kind), choices={"g": "g-t2"})
    assert not holds(program, "g-t1")
    assert holds(program, "g-t2")
    text = {found.condition.text for found in program.flows if found.condition}
    assert text == {"--choose g=g-t2"}


def test_a_default_flow_and_a_parallel_gateway_have_no_conditions() -> None:
    drawn = split(flow("g t1", "n > 1"), flow("g t2", "n"), default="g-t2")
    program, _ = analyse([drawn], Options())
    assert program is not None
    assert [found.condition is not None for found in program.flows] == [False, True, False]
