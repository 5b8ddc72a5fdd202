"""Start events that wait: timers and conditions begin processes, once for each time."""

from __future__ import annotations

import pytest

from bpmn_xml.compiler.options import Options
from bpmn_xml.errors import UsageError
from bpmn_xml.formats import read
from bpmn_xml.runtime import Engine, ManualClock, Run
from bpmn_xml.runtime.execution.messages import gathered
from tests.documents import CAMUNDA_DEFINITIONS, DEFINITIONS
from tests.runtime.harness import DRIVERS

HEAD = (
    DEFINITIONS
    + '<process id="P" isExecutable="true"><startEvent id="s">{}</startEvent><endEvent id="e"/>'
    '<sequenceFlow id="f" sourceRef="s" targetRef="e"/></process></definitions>'
)
HOUR = 3_600_000_000


def timed(text: str, kind: str = "timeCycle", language: str = "") -> bytes:
    said = f' language="{language}"' if language else ""
    inside = f"<timerEventDefinition><{kind}{said}>{text}</{kind}></timerEventDefinition>"
    return HEAD.format(inside).encode()


def rich(condition: str) -> bytes:
    inside = f"<condition>{condition}</condition>"
    return HEAD.format(
        f"<conditionalEventDefinition>{inside}</conditionalEventDefinition>"
    ).encode()


TIMES = [
    ("R3/PT1H", "timeCycle", [1, 2, 3]),
    ("PT2H", "timeDuration", [2]),
    ("1970-01-01T05:00Z", "timeDate", [5]),
    ("R2/1970-01-01T03:00Z/PT1H", "timeCycle", [3, 4]),
    ("0 */4 * * *", "timeCycle", [4, 8, 12]),
    ("R0/PT1H", "timeCycle", []),
]


@pytest.mark.parametrize("workers", DRIVERS.values(), ids=DRIVERS)
@pytest.mark.parametrize(("text", "kind", "hours"), TIMES)
def test_a_timer_begins_a_process(text: str, kind: str, hours: list[int], workers: int) -> None:
    clock, begun = ManualClock(), list[float]()
    with Engine(
        read(timed(text, kind)),
        workers=workers,
        clock=clock,
        on_start=lambda _run: begun.append(clock.now() / HOUR),
    ) as engine:
        assert engine.expects_starts is bool(hours)
        while len(begun) < 3 and clock.skip():
            assert engine.wait(20)
        assert begun == hours
        assert engine.expects_starts is ("*" in text)


def test_a_leap_over_several_times_begins_one_each() -> None:
    clock, runs = ManualClock(), list[Run]()
    model = read(timed("R/PT1H"))
    with Engine(model, clock=clock, workers=0, on_start=runs.append) as engine:
        clock.advance("PT5H")
        assert engine.wait(20)
        assert [run.outcome for run in runs] == ["completed"] * 5


def test_timers_need_not_begin_anything() -> None:
    clock = ManualClock()
    with Engine(read(timed("R/PT1H")), clock=clock, workers=0, timer_starts=0) as engine:
        assert not clock.skip()
        assert not engine.expects_starts


def test_a_time_that_depends_on_variables_is_refused() -> None:
    with pytest.raises(UsageError, match="the timer of 's'"):
        Engine(read(timed("delay", "timeDuration", "python")), workers=0)


def test_conditions_begin_processes() -> None:
    with Engine(read(rich("n &gt; 5")), workers=0) as engine:
        assert engine.evaluate_start_conditions({"n": 5}) == []
        assert engine.evaluate_start_conditions() == []
        runs = engine.evaluate_start_conditions({"n": 6})
        assert engine.wait(20)
        assert [(run.outcome, run.variables) for run in runs] == [("completed", {"n": 6})]
        assert runs[0].process == "P"


def test_missed_starts_are_caught_up_with_to_a_number() -> None:
    clock, runs = ManualClock(), list[Run]()
    options = Options(catch_up=2)
    model = read(timed("R/PT1H"))
    with Engine(model, clock=clock, workers=0, on_start=runs.append, options=options) as engine:
        clock.advance("P10D")
        assert engine.wait(20)
        assert len(runs) == 3
        clock.advance("PT1H")
        assert engine.wait(20)
        assert len(runs) == 4


@pytest.mark.parametrize(("given", "begins"), [({"n": 6, "other": 1}, 1), ({"other": 6}, 0)])
def test_a_condition_that_is_asked_for_one_variable(given: dict[str, int], begins: int) -> None:
    """The condition is about another one, so that what is asked for alone decides."""
    text = rich("other &gt; 0").replace(
        b"<conditionalEventDefinition>",
        b'<conditionalEventDefinition xmlns:camunda="http://camunda.org/schema/1.0/bpmn"'
        b' camunda:variableName="n">',
    )
    with Engine(read(text), workers=0) as engine:
        assert len(engine.evaluate_start_conditions(given)) == begins


ASKED = (
    CAMUNDA_DEFINITIONS
    + """
 <process id="P" isExecutable="true"><startEvent id="s" camunda:initiator="starter"/>
 <endEvent id="e"/><sequenceFlow id="f" sourceRef="s" targetRef="e"/></process></definitions>"""
)


@pytest.mark.parametrize("initiator", ["ada", None])
def test_who_begins_a_process_is_a_variable(initiator: str | None) -> None:
    with Engine(read(ASKED.encode()), workers=0) as engine:
        run = engine.start("P", {"n": 1}, initiator=initiator)
        assert run.wait(20)
        assert run.variables == {"n": 1, "starter": initiator}


@pytest.mark.parametrize("initiator", ["ada", None])
def test_a_variable_that_is_given_comes_after_who_begins(initiator: str | None) -> None:
    with Engine(read(ASKED.encode()), workers=0) as engine:
        run = engine.start("P", {"starter": "eva"}, initiator=initiator)
        assert run.wait(20)
        assert run.variables == {"starter": "eva"}


def test_who_begins_a_process_that_does_not_ask() -> None:
    plain = ASKED.replace('camunda:initiator="starter"', "").encode()
    with Engine(read(plain), workers=0) as engine:
        run = engine.start("P", initiator="ada")
        assert run.wait(20)
        assert run.variables == {}


ALL = (
    DEFINITIONS + '<message id="M" name="paid"/><signal id="S" name="open"/>'
    '<process id="P" isExecutable="true">'
    '<startEvent id="s" parallelMultiple="true"><messageEventDefinition messageRef="M"/>'
    '<signalEventDefinition signalRef="S"/><timerEventDefinition><timeCycle>R2/PT1H</timeCycle>'
    "</timerEventDefinition><conditionalEventDefinition><condition>n > 1</condition>"
    '</conditionalEventDefinition></startEvent><endEvent id="e"/>'
    '<sequenceFlow id="f" sourceRef="s" targetRef="e"/></process></definitions>'
)


@pytest.mark.parametrize("workers", DRIVERS.values(), ids=DRIVERS)
def test_a_start_event_may_need_all_its_triggers(workers: int) -> None:
    clock, runs = ManualClock(), list[Run]()
    model = read(ALL.encode())
    with Engine(model, clock=clock, workers=workers, on_start=runs.append) as engine:
        engine.publish("paid", payload={"a": 1})
        engine.publish("paid", payload={"a": 2})
        engine.signal("open", {"b": 3})
        clock.advance("PT2H")
        assert engine.wait(20)
        assert runs == []
        begun = engine.evaluate_start_conditions({"n": 4})
        assert [run.variables for run in begun] == [{"a": 1, "b": 3, "n": 4}]
        assert engine.evaluate_start_conditions({"n": 5}) == []
        engine.signal("open", {"b": 6})
        assert engine.wait(20)
        assert [run.variables for run in runs[1:]] == [{"a": 2, "b": 6, "n": 5}]


def test_of_a_trigger_that_happens_without_end_the_latest_are_remembered(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(gathered, "MOST_GATHERED", 3)
    clock, runs = ManualClock(), list[Run]()
    with Engine(read(ALL.encode()), clock=clock, workers=0, on_start=runs.append) as engine:
        for a in range(7):
            engine.publish("paid", payload={"a": a})
        for b in range(3):
            engine.signal("open", {"b": b})
        clock.advance("PT1H")
        assert engine.wait(20)
        begun = engine.evaluate_start_conditions({"n": 4})
        assert [run.variables for run in begun] == [{"a": 4, "b": 0, "n": 4}]
    (noted,) = [record.getMessage() for record in caplog.records]
    assert "start event 's'" in noted
    assert "one has happened 3 times before another did" in noted
