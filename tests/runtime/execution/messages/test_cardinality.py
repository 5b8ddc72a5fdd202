"""How often a message is received by the rules of Camunda 8 (its docs, "message cardinality")."""

from __future__ import annotations

import pytest

from bpmn_xml.runtime import Engine
from bpmn_xml.runtime.execution.messages.kept import Kept, SentMessage
from bpmn_xml.testing import Rehearsal
from tests.documents import CAMUNDA_DEFINITIONS, flows
from tests.runtime.harness import DRIVERS, WAIT

PAID = (
    '<message id="M" name="paid"><extensionElements>'
    '<zeebe:subscription correlationKey="=id"/></extensionElements></message>'
)


def drawn(*processes: str, roots: str = PAID) -> bytes:
    return f"{CAMUNDA_DEFINITIONS}{roots}{''.join(processes)}</definitions>".encode()


def waiting(name: str) -> str:
    """A process that waits for a message."""
    return (
        f'<process id="{name}" isExecutable="true"><startEvent id="{name}s"/>'
        f'<receiveTask id="{name}m" messageRef="M"/>{flows(f"{name}s {name}m")}</process>'
    )


def started(name: str, word: str = "M") -> str:
    """A process that a message begins, and that has a task of a person."""
    return (
        f'<process id="{name}" isExecutable="true"><startEvent id="{name}s">'
        f'<messageEventDefinition messageRef="{word}"/></startEvent>'
        f'<userTask id="{name}u"/>{flows(f"{name}s {name}u")}</process>'
    )


def test_one_instance_of_each_process_receives_a_message() -> None:
    with Rehearsal(drawn(waiting("P"), waiting("Q"), waiting("R"))) as stage:
        runs = [stage.start(name, {"id": "7"}) for name in ("P", "P", "Q")]
        other = stage.start("R", {"id": "8"})
        assert stage.publish("paid", "7", {"sum": 5})
        assert [run.outcome for run in runs] == ["completed", "", "completed"]
        assert (runs[2].variables, other.outcome) == ({"id": "7", "sum": 5}, "")
        assert stage.engine.untaken() == []
        assert stage.publish("paid", "7")
        assert runs[1].outcome == "completed"


def test_a_kept_message_is_received_once_in_each_process() -> None:
    with Rehearsal(drawn(waiting("P"), waiting("Q"))) as stage:
        assert not stage.publish("paid", "7")
        assert stage.engine.untaken() == [("paid", "7")]
        runs = [stage.start(name, {"id": "7"}) for name in ("P", "Q", "P", "Q")]
        assert [run.outcome for run in runs] == ["completed", "completed", "", ""]


def test_a_message_begins_each_process_that_waits_for_it() -> None:
    with Rehearsal(drawn(started("P"), started("Q"), waiting("R"))) as stage:
        waits = stage.start("R", {"id": "7"})
        assert stage.publish("paid", "7")
        assert sorted(run.process for run in stage.runs) == ["P", "Q", "R"]
        assert waits.outcome == "completed"


def test_a_message_that_is_thrown_is_received_in_each_process() -> None:
    thrower = (
        '<process id="T" isExecutable="true"><startEvent id="ts"/><endEvent id="te">'
        f'<messageEventDefinition messageRef="M"/></endEvent>{flows("ts te")}</process>'
    )
    with Rehearsal(drawn(thrower, waiting("P"), waiting("Q"))) as stage:
        runs = [stage.start(name, {"id": "7"}) for name in ("P", "Q")]
        stage.start("T", {"id": "7"})
        assert [run.outcome for run in runs] == ["completed", "completed"]


def test_an_instance_that_goes_on_holds_the_next_of_its_key() -> None:
    with Rehearsal(drawn(started("P"))) as stage:
        assert stage.publish("paid", "7", {"n": 1})
        assert not stage.publish("paid", "7", {"n": 2})
        assert not stage.publish("paid", "7", {"n": 3})
        assert stage.publish("paid", "8")
        assert [run.variables.get("n") for run in stage.runs] == [1, None]
        stage.runs[0].complete("Pu")
        assert [run.variables.get("n") for run in stage.runs] == [1, None, 2]
        stage.runs[2].cancel()
        stage.engine.settle()
        assert [run.variables.get("n") for run in stage.runs] == [1, None, 2, 3]


def test_a_message_that_was_held_too_long_is_lost() -> None:
    with Rehearsal(drawn(started("P"))) as stage:
        stage.publish("paid", "7")
        assert not stage.publish("paid", "7")
        stage.advance("PT2H")
        stage.runs[0].complete("Pu")
        assert len(stage.runs) == 1


def test_messages_without_a_key_begin_what_they_will() -> None:
    with Rehearsal(drawn(started("P"))) as stage:
        assert stage.publish("paid")
        assert stage.publish("paid")
        assert len(stage.runs) == 2


def test_an_instance_that_is_over_at_once_holds_nobody() -> None:
    over = (
        '<process id="P" isExecutable="true"><startEvent id="s">'
        '<messageEventDefinition messageRef="M"/></startEvent></process>'
    )
    with Rehearsal(drawn(over)) as stage:
        assert [stage.publish("paid", "7") for _ in range(3)] == [True, True, True]
        assert len(stage.runs) == 3


def test_a_message_that_comes_while_another_is_taken_elsewhere_is_not_held(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    remove = Kept.remove
    with Rehearsal(drawn(started("P"))) as stage:

        def remove_late(kept: Kept, message: SentMessage) -> bool:
            monkeypatch.undo()
            stage.engine.publish("paid", "7", {"n": 2})
            remove(kept, message)
            return False

        monkeypatch.setattr(Kept, "remove", remove_late)
        stage.publish("paid", "7", {"n": 1})
        assert [run.variables["n"] for run in stage.runs] == [2]


@pytest.mark.parametrize("driver", DRIVERS)
def test_of_many_messages_at_once_one_begins_and_the_others_follow(driver: str) -> None:
    task = '<serviceTask id="t"><extensionElements><zeebe:taskDefinition type="w"/>'
    over = (
        '<process id="P" isExecutable="true"><startEvent id="s">'
        '<messageEventDefinition messageRef="M"/></startEvent>'
        f"{task}</extensionElements></serviceTask>{flows('s t')}</process>"
    )
    seen, under_way = list[int](), list[int]()

    def work(n: int) -> None:
        under_way.append(n)
        seen.append(len(under_way))
        under_way.remove(n)

    with Engine(drawn(over), {"w": work}, workers=DRIVERS[driver]) as engine:
        for n in range(50):
            engine.publish("paid", "7", {"n": n})
        assert engine.wait(WAIT)
    assert seen == [1] * 50
