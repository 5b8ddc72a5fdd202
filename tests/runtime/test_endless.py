"""A process that turns for ever in itself is running, can be stopped, and is held in the end."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bpmn_xml.compiler.options import Options
from bpmn_xml.formats import read
from bpmn_xml.runtime import Engine, ManualClock, Run, TaskContext
from tests.core.harness import program
from tests.documents import DEFINITIONS, flows
from tests.runtime.harness import DRIVERS, WAIT

ENDLESS = "s > x; x >[1 < 2] x; x >* e"


@pytest.mark.parametrize("workers", [0, 1])
def test_an_endless_loop_is_running_until_it_is_cancelled(workers: int) -> None:
    engine = Engine(program(ENDLESS), workers=workers)
    run = engine.start("P")
    assert not run.wait(0.05)
    assert run.status == "running"  # 50 commands of 10,000 steps would have it held
    run.cancel("enough")
    assert run.outcome == "cancelled"
    engine.stop()


def test_who_waits_is_told_that_the_engine_has_stopped() -> None:
    begun, answers = threading.Event(), list[bool]()

    def until_stopped(context: TaskContext) -> None:
        begun.set()
        assert context.cancelled.wait(WAIT)

    engine = Engine(program("s > t1 > t2 > e"), {"t1": until_stopped, "t2": print}, workers=1)
    run = engine.start("P")
    waiting = threading.Thread(target=lambda: answers.append(run.wait()), daemon=True)
    waiting.start()
    assert begun.wait(WAIT)
    engine.stop()
    waiting.join(WAIT)
    assert answers == [False]
    assert not run.wait()
    assert engine.wait(0) is False


HEAD = (
    DEFINITIONS
    + """
  <message id="M" name="m"/><signal id="S" name="s"/><signal id="S2" name="s2"/>"""
)
SENT = '<messageEventDefinition messageRef="M"/>'
SIGN = '<signalEventDefinition signalRef="S"/>'
BACK = '<signalEventDefinition signalRef="S2"/>'
AT_ONCE = "<timerEventDefinition><timeDuration>PT0S</timeDuration></timerEventDefinition>"
PAUSE = "<timerEventDefinition><timeDuration>PT1S</timeDuration></timerEventDefinition>"


def drawn(inside: str, ways: str, name: str = "P") -> str:
    """A process; `a>b` is a flow."""
    drawn_flows = flows(*[way.replace(">", " ") for way in ways.split()])
    return f'<process id="{name}" isExecutable="true">{inside}{drawn_flows}</process>'


def throw(name: str, what: str) -> str:
    return f'<intermediateThrowEvent id="{name}">{what}</intermediateThrowEvent>'


def catch(name: str, what: str) -> str:
    return f'<intermediateCatchEvent id="{name}">{what}</intermediateCatchEvent>'


def begun_by(what: str) -> str:
    """A process that begins itself again, twice."""
    inside = (
        f'<startEvent id="s"/><startEvent id="again">{what}</startEvent><task id="x"/>'
        f'<endEvent id="e1">{what}</endEvent><endEvent id="e2">{what}</endEvent>'
    )
    return drawn(inside, "s>x again>x x>e1 x>e2")


ROUND = '<startEvent id="s"/><exclusiveGateway id="x"/>'
WATCH = (
    '<startEvent id="s"/><userTask id="u"/><subProcess id="v" triggeredByEvent="true">'
    '<startEvent id="vs" isInterrupting="false">{0}</startEvent><endEvent id="ve">{0}</endEvent>'
    '<sequenceFlow id="vf" sourceRef="vs" targetRef="ve"/></subProcess>'
)

STORMS = {
    "task": drawn(ROUND + '<serviceTask id="t"/>', "s>x x>t t>x"),
    "script": drawn(
        ROUND + '<scriptTask id="t" scriptFormat="python"><script>1</script></scriptTask>',
        "s>x x>t t>x",
    ),
    "timer": drawn(ROUND + catch("t", AT_ONCE), "s>x x>t t>x"),
    "message": begun_by(SENT),
    "signal": begun_by(SIGN),
    "message to itself": drawn(
        WATCH.format(SENT) + throw("t", SENT),
        "s>t t>u",
    ),
    "signal to itself": drawn(WATCH.format(SIGN) + throw("t", SIGN), "s>t t>u"),
    "signals in turn": drawn(ROUND + catch("c", SIGN) + throw("t", BACK), "s>x x>c c>t t>x")
    + drawn(
        '<startEvent id="s1"/><exclusiveGateway id="y"/>' + throw("h", SIGN) + catch("d", BACK),
        "s1>y y>h h>d d>y",
        "Q",
    ),
}


@contextmanager
def storm(name: str, workers: int) -> Iterator[list[Run]]:
    """What an endless drawing has come to when nothing moves any more."""
    model = read(f"{HEAD}{STORMS[name]}</definitions>".encode())
    options = Options(stub=True, allow_scripts=True)
    engine = Engine(model, options=options, workers=workers, most_steps=20_000)
    for process in engine.program.processes:
        engine.start(process, start="s" if "again" in STORMS[name] else "")
    assert engine.wait(WAIT)
    yield engine.runs()
    engine.stop()


@pytest.mark.parametrize("workers", DRIVERS.values(), ids=DRIVERS)
@pytest.mark.parametrize("name", STORMS)
def test_what_goes_on_by_itself_is_held(name: str, workers: int) -> None:
    with storm(name, workers) as runs:
        stopped = [run for run in runs if run.status == "incident"]
        messages = [incident.message for run in stopped for incident in run.incidents]
    assert messages
    assert all("allow more steps" in message for message in messages)


@pytest.mark.parametrize(
    ("name", "told", "last"),
    [
        ("script", "5,001 calls of scripts and the like", "t"),
        ("timer", "251 timers that were due at once", "t"),
        ("message to itself", "1,001 messages and signals", "ve"),
    ],
)
def test_what_has_followed_from_one_another_is_told(name: str, told: str, last: str) -> None:
    with storm(name, 0) as (run,):
        assert run.incidents[0].message.startswith(
            f"{told} have followed from one another, the last at '{last}', and nobody was asked: "
        )


def test_a_script_that_counts_long_is_held_after_fewer_calls() -> None:
    def calls(count: int) -> int:
        text = f"=sum(for i in 1..{count} return i)"
        script = f'<scriptTask id="t" scriptFormat="feel"><script>{text}</script></scriptTask>'
        drawing = f"{HEAD}{drawn(ROUND + script, 's>x x>t t>x')}</definitions>"
        options = Options(allow_scripts=True)
        engine = Engine(read(drawing.encode()), options=options, workers=0, most_steps=20_000)
        run = engine.start()
        assert run.wait(WAIT)
        return int(run.incidents[0].message.partition(" ")[0].replace(",", ""))

    assert calls(1) > 4_000
    assert 10 * calls(1_000) < calls(100) * 2 < 4_000


def test_it_is_held_at_the_same_place_each_time() -> None:
    with storm("signals in turn", 0) as runs, storm("signals in turn", 0) as others:
        first, second = ([(run.id, run.incidents[:1]) for run in each] for each in (runs, others))
        assert [(id_, [one.node for one in found]) for id_, found in first] == [
            (id_, [one.node for one in found]) for id_, found in second
        ]


@pytest.mark.parametrize("name", ["task", "timer"])
def test_who_lets_it_go_on_gets_as_much_again(name: str) -> None:
    with storm(name, 0) as (run,):
        run.incidents[0].retry()
        assert run.status == "running"
        assert run.wait(WAIT)
        assert len(run.incidents) == 1


def test_python_that_answers_is_no_storm() -> None:
    left = iter(range(20_000))
    work = {"t": lambda: {"go": next(left) < 19_999}}
    drawing = program("s > t; t > x; x >[go] t; x >* e")
    engine = Engine(drawing, work, workers=0, most_steps=10_000)
    run = engine.start("P")
    assert run.wait(WAIT)
    assert run.outcome == "completed"


def test_time_that_passes_is_no_storm() -> None:
    drawing = f"{HEAD}{drawn(ROUND + catch('t', PAUSE), 's>x x>t t>x')}</definitions>"
    clock = ManualClock()
    engine = Engine(read(drawing.encode()), clock=clock, workers=0, most_steps=4)
    run = engine.start()
    for _ in range(100):
        clock.skip()
        engine.settle()
    assert run.status == "waiting"


def test_messages_from_outside_are_no_storm() -> None:
    drawing = f"{HEAD}{drawn(ROUND + catch('t', SENT), 's>x x>t t>x')}</definitions>"
    engine = Engine(read(drawing.encode()), workers=0, most_steps=4)
    run = engine.start()
    for _ in range(100):
        assert engine.publish("m")
    assert run.status == "waiting"


ASKS = (
    ROUND + throw("t", SENT) + catch("c", SIGN),
    "s>x x>t t>c c>x",
)
ANSWERS = (
    '<startEvent id="bs"/><exclusiveGateway id="bg"/>' + catch("bc", SENT) + throw("bt", SIGN),
    "bs>bg bg>bc bc>bt bt>bg",
)


def test_a_broken_chain_goes_on_where_it_was_broken() -> None:
    drawing = f"{HEAD}{drawn(*ASKS)}{drawn(*ANSWERS, 'B')}</definitions>"
    engine = Engine(read(drawing.encode()), workers=0, most_steps=400)
    answers, asks = engine.start("B"), engine.start("P")
    for _ in range(3):
        assert engine.wait(WAIT)
        (held,) = [run for run in (asks, answers) if run.incidents]
        held.incidents[0].retry()
    engine.stop()


def test_nothing_that_was_thrown_is_lost_when_it_is_too_much() -> None:
    inside = (
        '<startEvent id="s"/><endEvent id="e"/>'
        '<subProcess id="many"><multiInstanceLoopCharacteristics>'
        "<loopCardinality>30</loopCardinality></multiInstanceLoopCharacteristics>"
        f'<startEvent id="ms"/><endEvent id="me">{SENT}</endEvent>'
        '<sequenceFlow id="mf" sourceRef="ms" targetRef="me"/></subProcess><userTask id="u"/>'
    )
    order = drawn(f'<startEvent id="o">{SENT}</startEvent><userTask id="ou"/>', "o>ou", "O")
    inside += '<parallelGateway id="p"/><serviceTask id="busy"/>'
    storm = drawn(inside + throw("t", SENT), "s>p p>busy p>t t>many many>u u>e")
    drawing = f"{HEAD}{storm}{order}</definitions>"
    engine = Engine(read(drawing.encode()), {"busy": print}, workers=0, most_steps=400)
    run = engine.start("P")
    assert engine.wait(WAIT)
    assert run.incidents
    run._instance.chain = None  # as the answer of Python that was busy leaves it
    assert len(engine.tasks()) < 31
    run.incidents[0].retry()
    assert engine.wait(WAIT)
    assert not run.incidents
    assert sorted(task.node for task in engine.tasks()) == ["ou"] * 31 + ["u"]
    engine.stop()


def test_a_pending_timer_is_no_time_that_passes() -> None:
    script = (
        '<scriptTask id="t" scriptFormat="python"><script>1</script></scriptTask>'
        f'<boundaryEvent id="b" attachedToRef="t">{PAUSE}</boundaryEvent><endEvent id="e"/>'
    )
    drawing = f"{HEAD}{drawn(ROUND + script, 's>x x>t t>x b>e')}</definitions>"
    options = Options(allow_scripts=True)
    engine = Engine(
        read(drawing.encode()), options=options, clock=ManualClock(), workers=0, most_steps=400
    )
    run = engine.start("P")
    assert engine.wait(WAIT)
    assert run.incidents
