"""What comes to an event whose mapping fails is kept, until a person mends that."""

from __future__ import annotations

import pytest

from bpmn_xml import model as m
from bpmn_xml.compiler import compile_models
from bpmn_xml.core import commands as c
from bpmn_xml.core import records as r
from tests.compiler.drawing import around, extended, file, flows
from tests.compiler.elements.data.test_mappings import SIGNAL, TAKEN, io7, out
from tests.core.harness import Driver, index

BROKEN = extended(io7(out("x", "${got + b}")))
BY_SIGNAL = (m.SignalEventDefinition(id="d", signal_ref="S"),)
PERSON = m.UserTask(id="t")


def beside(event: m.StartEvent) -> m.SubProcess:
    return m.SubProcess(id="z", triggered_by_event=True, flow_elements=(event,))


def at_border(*, cancel: bool) -> m.BoundaryEvent:
    return m.BoundaryEvent(
        id="z", attached_to_ref="t", cancel_activity=cancel, event_definitions=BY_SIGNAL, **BROKEN
    )


CHOICE = (
    m.EventBasedGateway(id="g"),
    m.IntermediateCatchEvent(id="z", event_definitions=BY_SIGNAL, **BROKEN),
)
HELD: dict[str, tuple[m.Definitions, int, int]] = {
    # the drawing, how many signals are caught, how many user tasks are cut off by it
    "a catch event": (around(m.IntermediateCatchEvent(
        id="z", event_definitions=BY_SIGNAL, **BROKEN), roots=(SIGNAL,)), 1, 0),
    "a boundary event": (around(PERSON, at_border(cancel=True), roots=(SIGNAL,)), 1, 1),
    "one beside": (around(PERSON, at_border(cancel=False), roots=(SIGNAL,)), 2, 0),
    "an event sub-process": (around(PERSON, beside(
        m.StartEvent(id="s2", event_definitions=BY_SIGNAL, **BROKEN)), roots=(SIGNAL,)), 1, 1),
    "behind a gateway": (
        file(m.StartEvent(id="s"), *CHOICE, *flows("s g,g z"), roots=(SIGNAL,)), 1, 0),
}  # fmt: skip


@pytest.mark.parametrize(("drawn", "times", "cut"), HELD.values(), ids=HELD)
def test_what_cannot_be_written_is_kept_where_it_came(
    drawn: m.Definitions, times: int, cut: int
) -> None:
    driver = Driver(compile_models([drawn]), reload=True).start()
    for _ in range(2):
        driver.send(c.BroadcastSignal("S", TAKEN))
    assert driver.incidents() == ["there is no variable 'b'"] * times
    assert driver.count(r.Cancelled, "t") == cut
    caught = index(driver.program, "z")
    driver.send(c.ResolveIncident("", caught, 1))
    assert driver.incidents() == ["there is no variable 'b'"] * times
    driver.send(c.ResolveIncident("", caught, 1, {"b": 2}))
    assert driver.state.scopes[""].variables == {**TAKEN, "b": 2, "x": 7}
    for n in range(1, times):
        driver.send(c.SkipIncident("", caught, n + 1))
    assert driver.incidents() == []
    assert driver.count(r.Completed, "z") == times
    for job in driver.open_jobs(users=True):
        driver.send(c.CompleteJob(*job))
    assert driver.outcome == "completed"


BOTH = (*BY_SIGNAL, m.SignalEventDefinition(id="d2", signal_ref="S2"))
ALL: dict[str, tuple[m.Definitions, int]] = {
    # the drawing, how many user tasks are cut off by what needs both signals
    "a catch event": (around(m.IntermediateCatchEvent(
        id="z", event_definitions=BOTH, parallel_multiple=True, **BROKEN),
        roots=(SIGNAL, m.Signal(id="S2", name="S2"))), 0),
    "a boundary event": (around(PERSON, m.BoundaryEvent(
        id="z", attached_to_ref="t", event_definitions=BOTH, parallel_multiple=True, **BROKEN),
        roots=(SIGNAL, m.Signal(id="S2", name="S2"))), 1),
    "an event sub-process": (around(PERSON, beside(m.StartEvent(
        id="s2", event_definitions=BOTH, parallel_multiple=True, **BROKEN)),
        roots=(SIGNAL, m.Signal(id="S2", name="S2"))), 1),
}  # fmt: skip


@pytest.mark.parametrize(("drawn", "cut"), ALL.values(), ids=ALL)
@pytest.mark.parametrize("first", ["S", "S2"])
def test_what_several_events_bring_is_written_when_all_have_come(
    drawn: m.Definitions, cut: int, first: str
) -> None:
    driver = Driver(compile_models([drawn]), reload=True).start()
    carried = {"S": TAKEN, "S2": {"b": 2}}
    for signal in (first, first, *({"S", "S2"} - {first})):
        assert driver.count(r.Cancelled, "t") == 0
        driver.send(c.BroadcastSignal(signal, carried[signal]))
    assert driver.count(r.Cancelled, "t") == cut
    assert driver.incidents() == []
    assert driver.state.scopes[""].variables["x"] == 7
    assert driver.outcome == "completed"


def test_what_several_events_bring_is_kept_where_it_cannot_be_written() -> None:
    driver = Driver(compile_models([ALL["a catch event"][0]]), reload=True).start()
    driver.send(c.BroadcastSignal("S", TAKEN))
    driver.send(c.BroadcastSignal("S2"))
    assert driver.incidents() == ["there is no variable 'b'"]
    driver.send(c.ResolveIncident("", index(driver.program, "z"), 1, {"b": 2}))
    assert driver.state.scopes[""].variables["x"] == 7
    assert driver.outcome == "completed"


def test_what_a_start_event_cannot_write_is_kept_there() -> None:
    start = m.StartEvent(id="z", event_definitions=BY_SIGNAL, **BROKEN)
    drawn = file(start, m.Task(id="t"), *flows("z t"), roots=(SIGNAL,))
    program = compile_models([drawn])
    driver = Driver(program, reload=True).start({"got": 1}, start=index(program, "z"))
    assert driver.count(r.Passed, "t") == 0
    driver.send(c.ResolveIncident("", index(program, "z"), 1, {"b": 2}))
    assert driver.outcome == "completed"
    assert driver.state.scopes[""].variables == {"got": 1, "b": 2, "x": 3}


def test_an_escalation_that_cannot_be_written_is_kept_where_it_is_caught() -> None:
    thrown = m.EscalationEventDefinition(id="d", escalation_ref="X")
    end = m.EndEvent(id="e2", event_definitions=(thrown,))
    border = m.BoundaryEvent(
        id="z", attached_to_ref="t", event_definitions=(thrown,), **extended(io7(out("x", "${b}")))
    )
    inside = m.SubProcess(id="t", flow_elements=(m.StartEvent(id="s2"), end, *flows("s2 e2")))
    drawn = around(inside, border, roots=(m.Escalation(id="X", escalation_code="X"),))
    driver = Driver(compile_models([drawn]), reload=True).start()
    assert driver.incidents() == ["there is no variable 'b'"]
    driver.send(c.ResolveIncident("", index(driver.program, "z"), 1, {"b": 2}))
    assert (driver.outcome, driver.count(r.Cancelled, "t")) == ("completed", 1)
    assert driver.state.scopes[""].variables == {"b": 2, "x": 2}


def test_a_gateway_that_begins_with_all_waits_for_the_others_meanwhile() -> None:
    other = m.IntermediateCatchEvent(
        id="y", event_definitions=(m.SignalEventDefinition(id="d2", signal_ref="S2"),)
    )
    gateway = m.EventBasedGateway(id="g", instantiate=True, event_gateway_type="Parallel")
    drawn = file(
        gateway,
        CHOICE[1],
        other,
        m.ParallelGateway(id="j"),
        *flows("g z,g y,z j,y j"),
        roots=(SIGNAL, m.Signal(id="S2", name="S2")),
    )
    program = compile_models([drawn])
    driver = Driver(program, reload=True).start({"got": 1}, start=index(program, "z"))
    driver.send(c.BroadcastSignal("S2"))
    driver.send(c.ResolveIncident("", index(program, "z"), 1, {"b": 2}))
    assert (driver.outcome, driver.count(r.Joined, "j")) == ("completed", 1)
