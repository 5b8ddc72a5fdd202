"""Values: constants, variables, expressions, timers, conditions that are no flow's."""

from __future__ import annotations

from typing import Any

import pytest

from bpmn_xml import expressions
from bpmn_xml import model as m
from bpmn_xml.compiler.elements.values import yes_or_no
from bpmn_xml.compiler.program import EventSpec
from bpmn_xml.compiler.program.scoping import Computed
from bpmn_xml.errors import ExpressionError
from tests.compiler.drawing import around, compiled, said, tells

HOUR = 3_600_000_000


def body(text: str, language: str | None = None) -> m.FormalExpression:
    return m.FormalExpression(body=text, language=language)


def catching(definition: m.EventDefinition, *roots: m.RootElement) -> m.Definitions:
    event = m.IntermediateCatchEvent(id="c", event_definitions=(definition,))
    return around(event, roots=roots)


def timer(**expressions: m.Expression) -> m.Definitions:
    return catching(m.TimerEventDefinition(id="d", **expressions))


def spec(model: m.Definitions) -> EventSpec:
    program = compiled(model)
    return next(node.events[0] for node in program.nodes if node.id == "c")


def named(name: str, **message: Any) -> Computed:
    model = catching(
        m.MessageEventDefinition(id="d", message_ref="M"), m.Message(id="M", name=name, **message)
    )
    found = spec(model).name
    assert found is not None
    return found


def test_names_are_constants_unless_they_ask() -> None:
    assert named("order").evaluate({"order": 1}) == "order"
    assert named("${order}").evaluate({"order": "paid"}) == "paid"
    assert named("#{ order }").evaluate({"order": "paid"}) == "paid"
    assert (named("order").language, bool(named("${order}").language)) == ("", True)


KEYS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    (said(bx_key="order"), {}),
    ({}, said(bx_key="order")),
    ({}, said(bx_key="${order}")),
]


@pytest.mark.parametrize(("on_message", "on_definition"), KEYS)
def test_what_correlates_a_message(
    on_message: dict[str, Any], on_definition: dict[str, Any]
) -> None:
    definition = m.MessageEventDefinition(id="d", message_ref="M", **on_definition)
    key = spec(catching(definition, m.Message(id="M", **on_message))).key
    assert key is not None
    assert key.evaluate({"order": 7}) == 7


def test_a_signal_has_a_name_or_an_id() -> None:
    definition = m.SignalEventDefinition(id="d", signal_ref="S")
    for signal, name in ((m.Signal(id="S", name="alarm"), "alarm"), (m.Signal(id="S"), "S")):
        found = spec(catching(definition, signal)).name
        assert found is not None
        assert found.evaluate({}) == name


TIMERS: list[tuple[dict[str, m.Expression], dict[str, object], list[int | None]]] = [
    ({"time_date": body("1970-01-01T01:00:00Z")}, {}, [HOUR, None]),
    ({"time_duration": body("PT1H")}, {}, [HOUR, None]),
    ({"time_cycle": body("R2/PT1H")}, {}, [HOUR, HOUR]),
    ({"time_duration": body("${wait}")}, {"wait": "PT1H"}, [HOUR, None]),
    ({"time_duration": body("hours + 'H'", "python")}, {"hours": "PT1"}, [HOUR, None]),
]


@pytest.mark.parametrize(("expressions", "names", "dues"), TIMERS)
def test_timers(
    expressions: dict[str, m.Expression], names: dict[str, object], dues: list[int | None]
) -> None:
    due = spec(timer(**expressions)).due
    assert due is not None
    assert [due.next_due(names, 0, count) for count in range(len(dues))] == dues
    assert due.kind == next(iter(expressions))


def test_a_timer_whose_value_is_none_says_so_at_run_time() -> None:
    due = spec(timer(time_duration=body("${wait}"))).due
    assert due is not None
    with pytest.raises(
        ExpressionError, match=r"^its time duration '..wait.': 'soon' is no ISO 8601 "
    ):
        due.next_due({"wait": "soon"}, 0, 0)


def test_a_condition_that_is_no_flows() -> None:
    definition = m.ConditionalEventDefinition(id="d", condition=body("n > 1 "))
    condition = spec(catching(definition)).condition
    assert condition is not None
    assert (condition.text, condition.language) == ("n > 1", "python")
    assert condition.evaluate({"n": 2}) is True


def test_other_languages_than_python_must_give_true_or_false() -> None:
    python = yes_or_no(lambda names: names["n"], "python", "n")
    assert [python({"n": value}) for value in (True, False, 1, "", None)] == [
        True,
        False,
        True,
        False,
        False,
    ]
    other = yes_or_no(lambda names: names["n"], "feel", "n")
    assert [other({"n": value}) for value in (True, False)] == [True, False]
    for value, what in ((None, r"nothing \(None\)"), (3, "a number"), ("x", "text")):
        with pytest.raises(ExpressionError, match=f"'n' gives {what}, neither true nor false"):
            other({"n": value})


def test_no_answer_for_want_of_a_variable_is_told_with_its_name() -> None:
    said = expressions.compile("amount + 1 > 10", "feel")
    test = yes_or_no(said.evaluate, "feel", said.text, said.explain)
    assert test({"amount": 12}) is True
    with pytest.raises(ExpressionError, match=r"nor false: there is no variable 'amount'$"):
        test({})
    with pytest.raises(ExpressionError, match=r"nor false: 'amount' is null$"):
        test({"amount": None})


FAULTS: list[tuple[m.Definitions, list[str]]] = [
    (
        timer(),
        [
            (
                "error BX160 c: its timer has none or several of date, duration and cycle; "
                "give it one of them"
            )
        ],
    ),
    (
        timer(time_date=body("1970-01-01T00:00:00Z"), time_cycle=body("R/PT1H")),
        [
            (
                "error BX160 c: its timer has none or several of date, duration and cycle; "
                "give it one of them"
            )
        ],
    ),
    (
        timer(time_duration=body(" ")),
        [
            (
                "error BX160 c: its timer has none or several of date, duration and cycle; "
                "give it one of them"
            )
        ],
    ),
    (
        timer(time_cycle=body("often")),
        [
            (
                "error BX160 c: its time cycle: 'often' is no ISO 8601 repeating interval such as "
                "R3/PT10S; correct it"
            )
        ],
    ),
    (
        timer(time_duration=body("a +", "python")),
        [
            (
                "error BX110 c: its time duration 'a +' is no Python at character 4: "
                "expected a value but the text ends; correct it"
            )
        ],
    ),
    (
        catching(m.ConditionalEventDefinition(id="d")),
        ["error BX160 c: it has no condition; give it one"],
    ),
    (
        catching(m.ConditionalEventDefinition(id="d", condition=body("x", "ruby"))),
        [
            (
                "error BX111 c: its condition is in Ruby, which cannot be evaluated; "
                "give a constant, or a variable's name"
            )
        ],
    ),
    (
        catching(m.MessageEventDefinition(id="d")),
        ["error BX102 c: it names no message; choose the message that it is about"],
    ),
    (
        catching(m.MessageEventDefinition(id="d", message_ref="M")),
        [
            (
                "error BX102 c: its message 'M' is not in the file; "
                "choose the message that it is about"
            )
        ],
    ),
    (
        catching(m.SignalEventDefinition(id="d", signal_ref="P")),
        [
            (
                "error BX102 c: it names no signal that is in the file; "
                "choose the signal that it is about"
            )
        ],
    ),
]


test_what_has_no_value_is_said = tells(FAULTS)


def test_a_time_without_a_value_is_told_with_the_reason() -> None:
    timer = m.TimerEventDefinition(id="d", time_duration=m.FormalExpression(body="=days * 2"))
    program = compiled(around(m.IntermediateCatchEvent(id="c", event_definitions=(timer,))))
    (due,) = [event.due for node in program.nodes for event in node.events if event.due]
    with pytest.raises(ExpressionError, match=r"no ISO 8601 duration .*: .*days"):
        due.next_due({}, 0, 0)
