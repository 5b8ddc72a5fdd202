"""Markings: what they tell apart, what they leave out, and that forks are independent."""

from __future__ import annotations

from bpmn_xml.core.commands import CompleteJob, StartInstance
from bpmn_xml.core.machine import Machine
from bpmn_xml.core.marking import LEFT_OUT, fork, marking
from bpmn_xml.core.state import RARE, Scope, State, Turns
from tests.core.drawn import compensation, program
from tests.core.saved import dump


def started(text: str) -> tuple[Machine, State]:
    machine = Machine(program(text))
    state = machine.create("i")
    machine.send(state, StartInstance(0, {"n": 1}), 0)
    return machine, state


def test_every_field_of_a_scope_is_in_a_marking_or_left_out() -> None:
    told = {"container", "node", "active", "parked", "waits", "loops", "incidents", "dropped"}
    told |= {"role", "done", "led_to", "undoing", "resets", "queued", "terminated"}
    assert told | LEFT_OUT == {*Scope.__struct_fields__, *RARE} - {"rare"}
    assert not told & LEFT_OUT


def test_how_often_and_when_does_not_matter() -> None:
    machine, state = started("s > y > t1 > x; x >[n > 1] e; x >* y")
    first = marking(state)
    machine.send(state, CompleteJob("", machine.program.nodes[2].index, 1), 5)
    assert state.seq > 1
    assert marking(state) == first


def test_what_waits_inside_matters() -> None:
    text = "s > z1 > e; z1: s1 > p; z1: p > t1 > j; z1: p > t2 > j; z1: j > e1"
    machine, state = started(text)
    inside = next(path for path in state.scopes if path)
    index = {node.id: node.index for node in machine.program.nodes}
    other = fork(state)
    machine.send(state, CompleteJob(inside, index["t1"], 1), 0)
    machine.send(other, CompleteJob(inside, index["t2"], 1), 0)
    assert marking(state) != marking(other)


def test_a_fork_goes_its_own_way() -> None:
    machine, state = started("s > p; p > t1 > j; p > t2 > j; j > e")
    before = dump(state)
    other = fork(state)
    assert dump(other) == before
    for node in machine.program.nodes:
        if node.id[0] == "t":
            machine.send(other, CompleteJob("", node.index, 1), 0)
    assert other.outcome == "completed"
    assert marking(other) == ("completed",)
    assert dump(state) == before


def test_what_can_be_undone_and_is_left_to_undo_matters() -> None:
    events = {"b1": compensation(), "b2": compensation(), "h": compensation()}
    text = "s > t1 > t2 > h > e; t1 !b1; b1 > t91; t2 !b2; b2 > t92"
    machine = Machine(program(text, events=events))
    state = machine.create("i")
    machine.send(state, StartInstance(0, {}), 0)
    index = {node.id: node.index for node in machine.program.nodes}
    seen = [marking(state)]
    machine.send(state, CompleteJob("", index["t1"], 1), 0)
    seen.append(marking(state))
    machine.send(state, CompleteJob("", index["t2"], 1), 0)
    seen.append(marking(state))
    other = fork(state)
    inside = next(path for path in state.scopes if path)
    machine.send(state, CompleteJob(inside, index["t92"], 1), 0)
    seen.append(marking(state))
    assert len(set(seen)) == 4
    assert marking(other) == seen[2]


def test_how_many_instances_were_cut_off_matters() -> None:
    states = [
        State(
            "i",
            10,
            scopes={
                "": Scope("", 0, rare={"loops": {14: Turns(3, opened=3, done=2, terminated=n)}})
            },
        )
        for n in (0, 1)
    ]
    assert marking(states[0]) != marking(states[1])
