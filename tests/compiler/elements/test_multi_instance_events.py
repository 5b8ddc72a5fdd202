"""What multi-instance activities announce, and what can be wrong with it."""

from __future__ import annotations

from typing import Any

import pytest

from bpmn_xml import model as m
from bpmn_xml.compiler.program import Announcement, Trigger
from tests.compiler.drawing import around, compiled, told

SIGNAL = m.Signal(id="S", name="done")
THROWN = m.SignalEventDefinition(id="D", signal_ref="S")
TIMER = m.TimerEventDefinition(id="T", time_duration=m.Expression(body="PT1H"))
THREE = m.FormalExpression(body="3", language="python")


def drawn(**fields: Any) -> m.Definitions:
    loop = m.MultiInstanceLoopCharacteristics(id="l", loop_cardinality=THREE, **fields)
    task = m.Task(id="t", loop_characteristics=loop)
    return around(task, roots=(SIGNAL, THROWN, TIMER))


def announced(**fields: Any) -> tuple[Announcement, ...]:
    loop = next(n.loop for n in compiled(drawn(**fields)).nodes if n.id == "t")
    assert loop is not None
    return loop.announces


def complex_behavior(**fields: Any) -> m.ComplexBehaviorDefinition:
    condition = m.FormalExpression(body="nrOfCompletedInstances > 1", language="python")
    event = m.ImplicitThrowEvent(id="i", event_definition_refs=("D",))
    return m.ComplexBehaviorDefinition(
        **{"id": "c", "condition": condition, "event": event} | fields
    )


def test_all_announces_nothing() -> None:
    assert announced() == ()


def test_none_announces_each() -> None:
    (found,) = announced(behavior="None", none_behavior_event_ref="D")
    assert (found.event.trigger, found.first, found.condition) == (Trigger.SIGNAL, False, None)


def test_one_announces_the_first() -> None:
    (found,) = announced(behavior="One", one_behavior_event_ref="D")
    assert found.first


@pytest.mark.parametrize("inline", [False, True])
def test_complex_announces_by_condition(inline: bool) -> None:
    stated = complex_behavior()
    if inline:
        event = m.ImplicitThrowEvent(id="i", event_definitions=(THROWN,))
        stated = complex_behavior(event=event)
    (found,) = announced(behavior="Complex", complex_behavior_definitions=(stated,))
    assert found.condition is not None
    assert found.condition.evaluate({"nrOfCompletedInstances": 2})


@pytest.mark.parametrize("behavior", ["None", "One"])
def test_a_signal_by_default_has_no_name_to_wait_for(behavior: str) -> None:
    assert announced(behavior=behavior) == ()


def test_a_complex_behavior_may_have_no_event() -> None:
    stated = complex_behavior(event=None)
    assert announced(behavior="Complex", complex_behavior_definitions=(stated,)) == ()


FAULTS = [
    (
        drawn(behavior="One", one_behavior_event_ref="gone"),
        (
            "error BX102 t: its behavior is One, but the event 'gone' is not in the file; "
            "name an event definition"
        ),
    ),
    (
        drawn(behavior="None", none_behavior_event_ref="T"),
        (
            "error BX102 t: a timer event of a multi-instance activity cannot be run yet; "
            "name one of a message, signal or escalation"
        ),
    ),
    (
        drawn(behavior="Complex", complex_behavior_definitions=(complex_behavior(condition=None),)),
        (
            "error BX160 t: a complex behavior of it has no condition; "
            "say when it is to throw its event"
        ),
    ),
    (
        drawn(
            behavior="Complex",
            complex_behavior_definitions=(
                complex_behavior(
                    event=m.ImplicitThrowEvent(id="i", event_definition_refs=("gone",))
                ),
            ),
        ),
        (
            "error BX102 t: the event 'gone' of a behavior is not in the file; "
            "name an event definition"
        ),
    ),
]


@pytest.mark.parametrize(("definitions", "line"), FAULTS)
def test_what_is_wrong_is_said(definitions: m.Definitions, line: str) -> None:
    assert told(definitions) == [line]
