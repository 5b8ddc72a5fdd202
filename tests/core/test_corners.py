"""What happens seldom, and must be right all the same."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from bpmn_xml.compiler import compile_models
from bpmn_xml.compiler.program import EventSpec, Repetition, Trigger
from bpmn_xml.core import commands as c
from bpmn_xml.core import records as r
from bpmn_xml.core.machine import Machine
from bpmn_xml.core.state import Incident
from bpmn_xml.errors import CommandRejected
from bpmn_xml.formats import read
from tests.core.drawn import around, compensation
from tests.core.harness import Driver, Dropped, escalation, message, program, signal, timer, when
from tests.core.saved import dump


def test_a_machine_has_twins_for_other_threads() -> None:
    drawn = program("s > t1 > e")
    first, other = Machine(drawn), Machine(drawn).twin()
    state = first.create("i")
    first.send(state, c.StartInstance(0, {}), 0)
    other.send(state, c.CompleteJob("", 1, 1), 1)
    assert state.outcome == "completed"


MAPPED = b"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="t">
<process id="P" isExecutable="true"><startEvent id="s"/><userTask id="t"><extensionElements>
  <camunda:inputOutput><camunda:outputParameter name="out">${a}</camunda:outputParameter>
  </camunda:inputOutput></extensionElements></userTask><endEvent id="e"/>
<sequenceFlow id="f" sourceRef="s" targetRef="t"/><sequenceFlow id="g" sourceRef="t" targetRef="e"/>
</process></definitions>"""


def test_a_twin_that_has_done_nothing_yet_cancels_what_maps_out() -> None:
    first = Machine(compile_models([read(MAPPED)]))
    state = first.create("i")
    first.send(state, c.StartInstance(0, {"a": 7}), 0)
    batch = first.twin().send(state, c.CancelInstance("enough"), 1)
    assert r.VariablesWritten("", {"out": 7}) in batch.records
    assert state.outcome == "cancelled"


@pytest.mark.parametrize("text", ["s > h1 > t1 > e", "s > p; p > e1; p > t1"])
def test_what_has_nothing_to_throw_throws_after_it_was_mended(text: str) -> None:
    thrown = message("paid", "order")
    driver = Driver(program(text, events={"h1": thrown, "e1": thrown})).start()
    assert len(driver.incidents()) == 1
    node = next(x.node for x in driver.records if isinstance(x, r.IncidentRaised))
    driver.send(c.ResolveIncident("", node, 1))
    assert len(driver.incidents()) == 1
    driver.send(c.ResolveIncident("", node, 1, {"order": 4}))
    assert [x.key for x in driver.records if isinstance(x, r.MessageThrown)] == ["4"]
    assert driver.go().outcome == "completed"


def test_a_sub_process_whose_boundary_cannot_be_armed_begins_when_it_was_mended() -> None:
    text = "s > z1 > e; z1: s1 > t1 > e1; z1 !b1; b1 > e"
    driver = Driver(program(text, events={"b1": message("m", "order")})).start()
    assert len(driver.incidents()) == 1
    assert driver.open_jobs() == []
    driver.send(c.ResolveIncident(*driver.job("z1"), {"order": 1}))
    assert driver.go().outcome == "completed"


def test_dropping_the_token_of_a_task_closes_its_boundary() -> None:
    def nothing(_names: Any) -> Any:
        raise Dropped

    drawn = program("s > t1 > e; t1 !b1; b1 > e", events={"b1": timer(5)})
    ran = Driver(drawn, {"t1": nothing}).run()
    assert ran.waits() == []
    assert ran.outcome == "completed"


def test_an_error_passes_by_events_of_other_kinds() -> None:
    events = {"b1": timer(5), "b2": EventSpec(trigger=Trigger.ERROR)}
    ran = Driver(program("s > t1 > e; t1 !b1; t1 !b2; b2 > t2; b1 > e", events=events)).start()
    ran.send(c.ThrowError(*ran.job("t1"), "X"))
    assert ran.go().path() == "b2 t2"


def test_an_inclusive_join_merges_only_what_came_along_the_flows() -> None:
    got: list[Any] = []
    text = "s > o; o >[v > 0] t1 > i; o >[v > 9] t2 > i; i > t3 > e"
    handlers = {"t1": lambda n: {"a": 1}, "t3": lambda n: got.append(dict(n))}
    ran = Driver(program(text, payload=True), handlers).run({"v": 1})
    assert ran.outcome == "completed"
    assert got == [{"a": 1}]


def test_arrivals_that_items_read_are_spent_one_by_one() -> None:
    text = "s > p; p > m1 > j; p > t1 > j; p > t2 > j; j > t3 > e"
    ran = Driver(program(text), {"m1": lambda _: [{"v": 1}]}).run()
    assert ran.count(r.ArrivalSpent) == 2
    assert ran.outcome == "completed"


def test_a_signal_that_ends_another_waiter_does_not_reach_it() -> None:
    text = "s > z1 > e; z1: s1 > c1 > e1; z1 !b1; b1 > e"
    events = {"c1": signal("S"), "b1": signal("S")}
    driver = Driver(program(text, events=events)).start()
    driver.send(c.BroadcastSignal("S"))
    assert driver.path() == "b1"
    assert driver.outcome == "completed"


def test_an_escalation_has_its_effect_before_a_signal_that_would_cut_off_its_thrower() -> None:
    text = "s > p; p > z1 > e; z1: s1 > h1 > u1; z1 !b1; b1 > e; p > h2 > e; z1 !b2; b2 > t2 > e"
    events = {
        "h1": (signal("S"), escalation("X")),
        "b1": signal("S"),
        "h2": signal("other"),
        "b2": escalation("X"),
    }
    driver = Driver(program(text, events=events)).start()
    assert driver.count(r.EscalationThrown) == 1
    assert (driver.count(r.Passed, "b1"), driver.count(r.Passed, "b2")) == (0, 1)
    assert [driver.program.nodes[node].id for _, node, _ in driver.open_jobs()] == ["t2"]


def test_only_conditions_are_looked_at_when_data_changes() -> None:
    text = "s > p; p > c1 > e; p > c2 > e; p > t1 > e"
    driver = Driver(program(text, events={"c1": when("n > 1"), "c2": message("m")})).start()
    driver.send(c.CompleteJob(*driver.job("t1"), {"n": 2}))
    assert driver.path() == "p c1 t1" or driver.path() == "p t1 c1"
    assert driver.waits() == [("c2", "")]


def test_a_broadcast_to_an_instance_that_has_not_begun_does_nothing() -> None:
    driver = Driver(program("s > e"))
    assert driver.send(c.BroadcastSignal("S")).records == []


def test_an_incident_tells_which_text_has_no_value() -> None:
    driver = Driver(program("s > x; x >[n > 1] e; x >[m > 1] a1")).start({"n": 0})
    (incident,) = (driver.state.scopes[""].incidents or {}).values()
    assert incident == Incident("there is no variable 'm'", "in m > 1")


def test_an_inclusive_join_waits_for_what_a_boundary_event_can_still_bring() -> None:
    text = "s > p; p > u1 > e; p > t2 > i; u1 !b1; b1 > i; i > t3 > e"
    driver = Driver(program(text)).start()
    driver.send(c.CompleteJob(*driver.job("t2")))
    assert driver.count(r.Joined) == 0
    driver.send(c.CompleteJob(*driver.job("u1")))
    assert driver.count(r.Joined) == 1


def test_an_inclusive_join_waits_for_the_activity_whose_boundary_event_brought_a_token() -> None:
    text = "s > p; p > u1 > i; p > t2 > i; u1 !b1; b1 > i; u1 !b2; b2 > i; i > t3"
    events = {"b1": message("m"), "b2": message("stop")}
    driver = Driver(program(text, events=events, soft=["b1"])).start().go().happen("b1").go()
    assert driver.count(r.Joined) == 0
    driver.send(c.CompleteJob(*driver.job("u1")))
    assert driver.go().path() == "p t2 b1 u1 t3"
    assert driver.outcome == "completed"


def test_what_was_stuck_in_a_scope_is_gone_when_an_event_sub_process_takes_it_over() -> None:
    text = "s > z1 > t2; z1: s1 > x; z1: x >* t1 > j; z1: x >[1 > 2] j; z1: v1; v1: s2 > t3"
    driver = Driver(program(text, events={"v1": message("m")})).start().go()
    assert len(driver.incidents()) == 1
    driver.happen("v1").go()
    assert driver.path() == "x t1 t3 v1 z1 t2"
    assert driver.outcome == "completed"


def test_two_activities_are_repeated_side_by_side() -> None:
    twice = Repetition(maximum=2)
    drawn = program("s > p; p > t1 > e; p > t2 > e", loops={"t1": twice, "t2": twice})
    ran = Driver(drawn, seed=1).run()
    assert ran.outcome == "completed"
    assert ran.count(r.LoopInstanceDone) == 4


@pytest.mark.parametrize("text", ["s > e; s2 > e", "c1 > e"])
def test_a_process_begins_by_itself_only_where_that_is_clear(text: str) -> None:
    drawn = program(text)
    if text.startswith("c1"):
        inside = msgspec.structs.replace(drawn.containers[0], starts=(), triggered=(0,))
        drawn = msgspec.structs.replace(drawn, containers=(inside,))
    with pytest.raises(CommandRejected, match="name the start event to begin at: "):
        Driver(drawn).start()


def test_a_process_begins_where_it_is_told() -> None:
    drawn = program("s > e; s2 > e")
    assert Driver(drawn).start(start=2).outcome == "completed"


def test_a_command_that_is_rejected_leaves_what_is_due_as_it_was() -> None:
    drawn = program("s > x; x >[1 < 2] x; x >* e")
    machine = Machine(drawn)
    state = machine.create("i")
    assert machine.send(state, c.StartInstance(0, {}), 0, 10).more
    before = dump(state)
    with pytest.raises(CommandRejected):
        machine.send(state, c.StartInstance(0, {}), 0, 10)
    assert dump(state) == before
    other = machine.create("j")
    with pytest.raises(CommandRejected):
        machine.send(other, c.CancelInstance(), 0)
    assert other == machine.create("j")


LATE, WORSE = escalation("LATE"), escalation("WORSE")
CUTTING: dict[str, dict[str, Any]] = {
    "a throw event": {"events": {"h1": (LATE,)}},
    "one with data of its own": {"events": {"h1": (LATE,)}, "frames": {"h1": around("x = 1")}},
    "one with a listener": {"events": {"h1": (LATE,)}, "frames": {"h1": around(before="l1")}},
    "one that undoes, too": {"events": {"h1": (LATE, compensation())}},
    "one that escalates again": {"events": {"h1": (LATE, WORSE)}},
}


@pytest.mark.parametrize("drawn", CUTTING.values(), ids=CUTTING)
def test_nothing_goes_on_where_an_escalation_cuts_off_its_thrower(drawn: dict[str, Any]) -> None:
    text = "s > z1 > e; z1: s1 > h1 > t1 > e1; l1; z1 !b1; b1 > t2 > e; z1 !b2; b2 > t3 > e"
    events = {"b1": LATE, "b2": WORSE, **drawn["events"]}
    driver = Driver(program(text, **drawn | {"events": events}), reload=True).run()
    assert driver.outcome == "completed"
    done = [driver.count(r.Completed, name) for name in ("t1", "t2", "t3")]
    assert done == [0, 1, 0]
    assert driver.count(r.EscalationThrown) == len([e for e in events["h1"] if e.code])


@pytest.mark.parametrize("ends", [(), (EventSpec(trigger=Trigger.TERMINATE),)])
def test_an_end_event_is_passed_where_what_it_throws_cuts_it_off(
    ends: tuple[EventSpec, ...],
) -> None:
    events = {"b1": LATE, "e1": (LATE, *ends)}
    text = "s > z1 > e; z1: s1 > e1; z1 !b1; b1 > t2 > e"
    driver = Driver(program(text, events=events), reload=True).run()
    assert [driver.count(kind, "e1") for kind in (r.Passed, r.TokenConsumed)] == [1, 0]


def test_inclusive_gateways_that_wait_for_each_other_say_so() -> None:
    text = "s > p; p > a1 > i1 > x1; p > a2 > i2 > x2; x1 >[n > 5] i2; x2 >[n > 5] i1"
    ran = Driver(program(f"{text}; x1 >* e; x2 >* e")).run({"n": 0})
    assert ran.incidents() == [
        (
            "stuck at i1: i2, where tokens wait in turn, could bring one on x2-i1 (from 'x2');"
            " a token came on a1-i1 (from 'a1')"
        ),
        (
            "stuck at i2: i1, where tokens wait in turn, could bring one on x1-i2 (from 'x1');"
            " a token came on a2-i2 (from 'a2')"
        ),
    ]
