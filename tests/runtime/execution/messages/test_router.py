"""Messages find their one receiver, signals all of theirs, across the instances of an engine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bpmn_xml.errors import AmbiguousMessage, CommandRejected, UsageError
from bpmn_xml.formats import read
from bpmn_xml.runtime import Engine, ManualClock, Run
from tests.documents import CAMUNDA_DEFINITIONS, DEFINITIONS, flows

HEAD = (
    DEFINITIONS
    + """
  <message id="M" name="paid"/><message id="N" name="order"/><signal id="S" name="alarm"/>"""
)
MESSAGE = '<messageEventDefinition messageRef="M"/>'
KEY = 'bx:key="number"'
KEYED = f'<messageEventDefinition messageRef="M" {KEY}/>'
SIGNAL = '<signalEventDefinition signalRef="S"/>'


def process(name: str, inside: str, *chain: str) -> str:
    return f'<process id="{name}" isExecutable="true">{inside}{flows(" ".join(chain))}</process>'


def waiting(definition: str, name: str = "P", prefix: str = "p") -> str:
    inside = (
        f'<startEvent id="{prefix}s"/><intermediateCatchEvent id="{prefix}c">{definition}'
        f'</intermediateCatchEvent><endEvent id="{prefix}e"/>'
    )
    return process(name, inside, f"{prefix}s", f"{prefix}c", f"{prefix}e")


def throwing(definition: str) -> str:
    inside = f'<startEvent id="qs"/><endEvent id="qe">{definition}</endEvent>'
    return process("Q", inside, "qs", "qe")


def started(definition: str) -> str:
    inside = f'<startEvent id="rs">{definition}</startEvent><endEvent id="re"/>'
    return process("R", inside, "rs", "re")


@pytest.fixture(params=[0, 1, 8])
def workers(request: pytest.FixtureRequest) -> Iterator[int]:
    return request.param


def engine(workers: int, *processes: str) -> Engine:
    model = read(f"{HEAD}{''.join(processes)}</definitions>".encode())
    return Engine(model, workers=workers, clock=ManualClock())


def test_a_message_has_one_receiver(workers: int) -> None:
    with engine(workers, waiting(MESSAGE)) as at:
        run = at.start("P")
        assert at.wait(10)
        assert at.publish("paid", payload={"sum": 5})
        assert at.wait(10)
        assert (run.outcome, run.variables) == ("completed", {"sum": 5})
        assert not at.publish("other")


@pytest.mark.parametrize(("definition", "key"), [(MESSAGE, ""), (KEYED, "7")])
def test_a_message_that_several_instances_wait_for_is_refused(
    workers: int, definition: str, key: str
) -> None:
    with engine(workers, waiting(definition)) as at:
        runs = [at.start("P", {"number": 7}) for _ in range(7)]
        assert at.wait(10)
        with pytest.raises(AmbiguousMessage, match=r"'paid' is awaited by .*: P-1, P-2") as caught:
            at.publish("paid", key)
        assert caught.value.instances == ("P-1", "P-2", "P-3", "P-4", "P-5")
        assert at.untaken() == []
        assert at.run("P-2").publish("paid", key, {"sum": 5})
        with pytest.raises(CommandRejected, match="'P-2' has ended"):
            runs[1].publish("paid")
        with pytest.raises(UsageError, match="no run 'P-2' is under way"):
            at.run("P-2")
        for run in runs[2:6]:
            run.cancel()
        assert at.publish("paid", key, to_first=True)
        assert at.wait(10)
        assert [run.outcome for run in runs[:3]] == ["completed", "completed", "cancelled"]
        assert runs[1].variables == {"number": 7, "sum": 5}


def test_a_message_for_an_instance_is_kept_for_it_alone(workers: int) -> None:
    inside = "<startEvent id='s'/><userTask id='u'/><receiveTask id='c' messageRef='M'/>"
    with engine(workers, process("P", inside, "s", "u", "c"), started(MESSAGE)) as at:
        first, second = at.start("P"), at.start("P")
        assert at.wait(10)
        assert not second.publish("paid")
        for task in at.tasks():
            task.complete()
        assert at.wait(10)
        assert [first.outcome, second.outcome, len(at.runs())] == ["", "completed", 1]


def test_what_waits_without_a_key_is_found_by_the_business_key(workers: int) -> None:
    with engine(workers, waiting(MESSAGE)) as at:
        first, second = (at.start("P", business_key=f"T-{number}") for number in (1, 2))
        assert at.wait(10)
        assert not at.publish("paid", "T-3")
        assert at.publish("paid", "T-2")
        assert at.wait(10)
        assert [first.outcome, second.outcome] == ["", "completed"]
        assert at.publish("paid")
        assert not at.publish("paid", "T-2")
        late = at.start("P", {"businessKey": "T-3"})
        assert at.wait(10)
        assert [first.outcome, late.outcome] == ["completed", "completed"]


def test_a_drawn_key_comes_before_the_same_business_key(workers: int) -> None:
    with engine(workers, waiting(KEYED), waiting(MESSAGE, "Q", "q")) as at:
        first = at.start("Q", business_key="7")
        keyed = at.start("P", {"number": 7})
        at.start("Q", business_key="7")
        assert at.wait(10)
        assert at.publish("paid", "7")
        assert at.wait(10)
        assert (first.outcome, keyed.outcome) == ("", "completed")
        with pytest.raises(AmbiguousMessage, match=r": Q-1, Q-3: .*run\(id\).*to_first=True"):
            at.publish("paid", "7")
        assert at.publish("paid", "7", to_first=True)
        assert at.wait(10)
        assert first.outcome == "completed"


@pytest.mark.parametrize("early", [False, True])
def test_a_message_to_an_instance_needs_no_key(workers: int, early: bool) -> None:
    inside = f'<startEvent id="s"/><userTask id="u"/><receiveTask id="c" {KEY} messageRef="M"/>'
    with engine(workers, process("P", inside, "s", "u", "c")) as at:
        first, second = (at.start("P", {"number": 7}) for _ in range(2))
        assert at.wait(10)
        assert not (early and second.publish("paid"))
        for task in at.tasks():
            task.complete()
        assert at.wait(10)
        assert early or not second.publish("paid", "8")
        assert early or second.publish("paid", payload={"sum": 5})
        assert at.wait(10)
        assert [first.outcome, second.outcome] == ["", "completed"]
        assert at.untaken() == ([] if early else [("paid", "8")])


@pytest.mark.parametrize(
    ("head", "definition", "key"),
    [
        ("camunda:", MESSAGE, "T-1"),
        ("camunda:", KEYED, None),
        ("zeebe:", MESSAGE, None),
        ("", MESSAGE, None),
    ],
)
def test_in_camunda_7_the_key_of_a_message_that_begins_a_process_is_its_business_key(
    workers: int, head: str, definition: str, key: str | None
) -> None:
    begun: list[Run] = []
    drawn = started(definition).replace('"R"', f'"R" {head}versionTag="1"' if head else '"R"')
    text = f"{HEAD}{drawn}</definitions>".replace(DEFINITIONS, CAMUNDA_DEFINITIONS)
    model = read(text.encode())
    with Engine(model, workers=workers, on_start=begun.append) as at:
        assert at.publish("paid", "T-1")
        assert at.publish("paid")
    assert [run.variables.get("businessKey") for run in begun] == [key, None]


def test_a_message_finds_its_receiver_by_key(workers: int) -> None:
    with engine(workers, waiting(KEYED)) as at:
        first, second = at.start("P", {"number": 1}), at.start("P", {"number": 2})
        assert at.wait(10)
        assert at.publish("paid", "2")
        assert at.wait(10)
        assert (first.outcome, second.outcome) == ("", "completed")


def test_a_message_is_kept_for_who_comes_later(workers: int) -> None:
    with engine(workers, waiting(MESSAGE)) as at:
        assert not at.publish("paid", payload={"sum": 7})
        late = at.start("P")
        assert at.wait(10)
        assert late.outcome == "completed"
        assert late.variables == {"sum": 7}


def test_a_message_that_was_kept_comes_before_a_timer(workers: int) -> None:
    gateway = (
        '<startEvent id="s"/><eventBasedGateway id="g"/>'
        f'<intermediateCatchEvent id="c">{MESSAGE}</intermediateCatchEvent>'
        '<intermediateCatchEvent id="t"><timerEventDefinition>'
        "<timeDuration>PT1H</timeDuration></timerEventDefinition></intermediateCatchEvent>"
        '<endEvent id="e"/><endEvent id="late"/>'
        '<sequenceFlow id="gt" sourceRef="g" targetRef="t"/>'
        '<sequenceFlow id="tl" sourceRef="t" targetRef="late"/>'
    )
    with engine(workers, process("P", gateway, "s", "g", "c", "e")) as at:
        at.publish("paid", payload={"sum": 7})
        run = at.start("P")
        assert run.wait(10)
        assert (run.outcome, run.variables) == ("completed", {"sum": 7})


OTHER = '<messageEventDefinition messageRef="N"/>'
GATEWAY = (
    '<startEvent id="s"/><eventBasedGateway id="g"/><endEvent id="e"/><endEvent id="e2"/>'
    f'<intermediateCatchEvent id="c">{MESSAGE}</intermediateCatchEvent>'
    f'<intermediateCatchEvent id="o">{OTHER}</intermediateCatchEvent>'
)
BORDER = (
    '<startEvent id="s"/><endEvent id="e"/><endEvent id="e2"/><receiveTask id="c" messageRef="M"/>'
    f'<boundaryEvent id="o" attachedToRef="c">{OTHER}</boundaryEvent>'
)
LATER = '<receiveTask id="later" messageRef="N"/>'
INTERRUPTED = {
    "gateway": (f"{GATEWAY}{LATER}{flows('g c later e')}", "s", "g", "o", "e2"),
    "gateway, in vain": (f"{GATEWAY}{flows('g c e')}", "s", "g", "o", "e2"),
    "border": (f"{BORDER}{LATER}{flows('o e2')}", "s", "c", "later", "e"),
    "border, in vain": (f"{BORDER}{flows('o e2')}", "s", "c", "e"),
}


@pytest.mark.parametrize("name", INTERRUPTED)
def test_a_kept_message_whose_wait_is_over_is_kept_for_the_next(workers: int, name: str) -> None:
    with engine(workers, process("P", *INTERRUPTED[name])) as at:
        assert not at.publish("paid")
        assert not at.publish("order")
        run = at.start("P")
        assert run.wait(10)
        left = [("order", "")] if name.endswith("in vain") else []
        assert (run.outcome, at.untaken()) == ("completed", left)


def test_of_two_waits_each_takes_a_kept_message(workers: int) -> None:
    split = (
        '<startEvent id="s"/><parallelGateway id="p"/><receiveTask id="c" messageRef="M"/>'
        '<receiveTask id="d" messageRef="M"/><endEvent id="e"/>'
        '<sequenceFlow id="pd" sourceRef="p" targetRef="d"/>'
        '<sequenceFlow id="de" sourceRef="d" targetRef="e"/>'
    )
    with engine(workers, process("P", split, "s", "p", "c", "e")) as at:
        for _ in range(3):
            at.publish("paid")
        run = at.start("P")
        assert run.wait(10)
        assert (run.outcome, at.untaken()) == ("completed", [("paid", "")])


def test_a_message_is_not_kept_for_ever() -> None:
    clock = ManualClock()
    model = read(f"{HEAD}{waiting(MESSAGE)}</definitions>".encode())
    with Engine(model, workers=0, clock=clock) as at:
        at.publish("paid")
        clock.advance(seconds=3601)
        late = at.start("P")
        assert at.wait(10)
        assert (late.outcome, at.untaken()) == ("", [("paid", "")])


def test_processes_talk_to_each_other(workers: int) -> None:
    with engine(workers, waiting(MESSAGE), throwing(MESSAGE)) as at:
        one = at.start("P")
        assert at.wait(10)
        other = at.start("Q")
        assert at.wait(10)
        assert (one.outcome, other.outcome) == ("completed", "completed")


def test_a_signal_reaches_all(workers: int) -> None:
    with engine(workers, waiting(SIGNAL), throwing(SIGNAL)) as at:
        several = [at.start("P") for _ in range(5)]
        assert at.wait(10)
        at.start("Q")
        assert at.wait(10)
        assert [run.outcome for run in several] == ["completed"] * 5


@pytest.mark.parametrize("definition", [MESSAGE, SIGNAL])
def test_messages_and_signals_start_processes(workers: int, definition: str) -> None:
    seen: list[str] = []

    class Names:
        def on_batch(self, state: object, batch: object) -> None:
            seen.append(batch.instance)  # type: ignore[attr-defined]

    with engine(workers, started(definition)) as at:
        at.observe(Names())
        if definition is MESSAGE:
            assert at.publish("paid")
        else:
            at.signal("alarm")
        assert at.wait(10)
    assert seen == ["R-1"]
