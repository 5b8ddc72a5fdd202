"""Scenarios: what is read, in which order it is played, and what is left over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from bpmn_xml.compiler.program import Work
from bpmn_xml.compiler.program.fields import FormField
from bpmn_xml.errors import UsageError
from bpmn_xml.runtime import ManualClock, OpenTask, inbox
from bpmn_xml.runtime.scenario import MessageStep, Play, SignalStep, TaskStep, WaitStep, read_steps
from tests.core.harness import message, program, signal, timer, when
from tests.runtime.harness import DRIVERS, bench

SECOND = 1_000_000


def test_steps_are_read() -> None:
    assert read_steps(
        [
            {"task": "a", "values": {"n": 1}},
            {"task": "a", "error": "NO"},
            {"message": "m", "key": 5, "at": "PT5S"},
            {"signal": "s"},
            {"wait": "P1D"},
        ]
    ) == [
        TaskStep(task="a", values={"n": 1}),
        TaskStep(task="a", error="NO"),
        MessageStep(message="m", key=5, at="PT5S"),
        SignalStep(signal="s"),
        WaitStep(wait="P1D"),
    ]


UNREADABLE: list[tuple[Any, str]] = [
    ({}, "answers are a list"),
    ("x", "answers are a list"),
    (["x"], "answer 1: it must have one of task, message, signal, data, wait"),
    ([{"task": "a", "signal": "b"}], "answer 1: a task has no 'signal'"),
    ([{}], "answer 1: it must have one of"),
    ([{"task": "a", "at": "PT1S"}], r"no 'at' \(put {.wait.: .PT5S.} before it\), but task, "),
    ([{"task": "a", "value": 1}], "answer 1: a task has no 'value', but task, values, "),
    ([{"task": 5}], "answer 1: Expected `str`"),
    ([{"wait": "soon"}], "answer 1: 'soon' is no ISO 8601 duration"),
    ([{"signal": "s", "at": "soon"}], "answer 1: 'soon' is no ISO 8601 duration"),
    ([{"wait": "x"}, {"task": 1}], "answer 1: .*; answer 2: "),
]


@pytest.mark.parametrize(("data", "why"), UNREADABLE)
def test_what_is_no_scenario_is_refused(data: Any, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        read_steps(data)


EVENTS = {"c": message("paid", "k"), "d": signal("go"), "b": timer(10 * SECOND)}

PLAYED: dict[str, tuple[str, list[dict[str, Any]], str, dict[str, Any], int, int]] = {
    # text, steps, status, variables, seconds that went by, steps left
    "nothing to do": ("s > t > e", [], "completed", {}, 0, 0),
    "a task": ("s > u > e", [{"task": "u", "values": {"n": 1}}], "completed", {"n": 1}, 0, 0),
    "nobody answers": ("s > u > e", [], "waiting", {}, 0, 0),
    "another task": ("s > u > e", [{"task": "v"}], "waiting", {}, 0, 1),
    "one after another": (
        "s > u1 > u2 > e",
        [{"task": "u1", "values": {"n": 1}}, {"task": "u2", "values": {"n": 2}}],
        "completed",
        {"n": 2},
        0,
        0,
    ),
    "out of order": ("s > u1 > u2 > e", [{"task": "u2"}, {"task": "u1"}], "waiting", {}, 0, 2),
    "a failure": ("s > u > e", [{"task": "u", "failure": "ill"}], "incident", {}, 0, 0),
    "an error": (
        "s > u > e; u !NO:b; b > q",
        [{"task": "u", "error": "NO", "values": {"n": 1}}],
        "terminated",
        {"n": 1, "caught": "NO"},
        0,
        0,
    ),
    "a message": ("s > c > e", [{"message": "paid", "key": 5}], "completed", {}, 0, 0),
    "a message for another": ("s > c > e", [{"message": "paid", "key": 6}], "waiting", {}, 0, 0),
    "a message that is early": (
        "s > u > c > e",
        [{"message": "paid", "key": "5", "values": {"n": 2}}, {"task": "u"}],
        "completed",
        {"n": 2},
        0,
        0,
    ),
    "a message at its time": (
        "s > c > e",
        [{"message": "paid", "key": 5, "at": "PT5S"}],
        "completed",
        {},
        5,
        0,
    ),
    "a signal": ("s > d > e", [{"signal": "go", "values": {"n": 3}}], "completed", {"n": 3}, 0, 0),
    "too late": ("s > u > e; u !b; b > q", [], "terminated", {}, 10, 0),
    "a task in time": (
        "s > u > e; u !b; b > q",
        [{"wait": "PT9S"}, {"task": "u"}],
        "completed",
        {},
        9,
        0,
    ),
    "a task too late": (
        "s > u > e; u !b; b > q",
        [{"wait": "PT11S"}, {"task": "u"}],
        "terminated",
        {},
        11,
        1,
    ),
    "waiting twice": (
        "s > u1 > u2 > e",
        [{"wait": "PT2S"}, {"task": "u1"}, {"wait": "PT3S"}, {"task": "u2"}],
        "completed",
        {},
        5,
        0,
    ),
}


@pytest.mark.parametrize("workers", DRIVERS.values(), ids=DRIVERS)
@pytest.mark.parametrize("case", PLAYED.values(), ids=PLAYED)
def test_a_scenario_is_played(case: Any, workers: int) -> None:
    text, steps, status, variables, seconds, left = case
    used = {node for node in EVENTS if f"{node} " in text or f"!{node}" in text}
    if "!NO:b" in text:
        used.discard("b")
    drawing = program(
        text.replace("d >", "c >") if "s > d" in text else text,
        events={("c" if n == "d" else n): EVENTS[n] for n in used},
    )
    clock = ManualClock()
    with bench(drawing, {"t": lambda: None}, workers, clock=clock) as at:
        run = at.engine.start("P", {"k": 5})
        play = Play(at.engine, read_steps(steps))
        assert play.go_on(seconds=20)
        assert run.status == status
        assert {k: v for k, v in run.variables.items() if k != "k"} == variables
        if run.outcome:
            assert clock.now() == seconds * SECOND
        assert len(play.left) == left


def test_a_message_that_several_wait_for_goes_to_the_first_and_that_is_told() -> None:
    with bench(program("s > c > e", events={"c": message("paid")}), {}, 0) as it:
        first, second = it.start(), it.start()
        play = Play(it.engine, read_steps([{"message": "paid"}]))
        assert play.go_on()
        assert (first.outcome, second.outcome) == ("completed", "")
        (doubt,) = play.doubts
        assert doubt.startswith("message 'paid' is awaited by several instances: P-1, P-2: say ")
        assert doubt.endswith("; the one that has waited longest gets it")


@pytest.mark.parametrize("workers", DRIVERS.values(), ids=DRIVERS)
def test_data_lets_go_on_what_waits_for_a_condition(workers: int) -> None:
    drawing = program("s > u > e; u !b; b > q", events={"b": when("a > b")})
    with bench(drawing, {}, workers) as at:
        run = at.start({"a": 0, "b": 0})
        play = Play(at.engine, read_steps([{"data": {"b": -1, "a": -1}}, {"data": {"a": 5}}]))
        assert play.go_on(seconds=20)
        assert (run.status, run.variables) == ("terminated", {"a": 5, "b": -1})


def test_data_is_given_to_nobody_who_waits_for_none() -> None:
    with bench("s > u > e", {}, 0) as at:
        run = at.start()
        assert Play(at.engine, read_steps([{"data": {"a": 5}}])).go_on()
        assert dict(run.variables) == {}


def test_an_answer_looks_at_no_more_tasks_than_it_must(monkeypatch: pytest.MonkeyPatch) -> None:
    forms: list[Any] = []
    monkeypatch.setattr(inbox, "form_of", lambda form, _told: forms.append(form) or form)
    with bench("s > u > e", {}, 0) as at:
        runs = [at.start() for _ in range(30)]
        assert Play(at.engine, read_steps([{"task": "u"}] * 30)).go_on()
        assert {run.outcome for run in runs} == {"completed"}
        assert len(forms) == 30


def test_a_wrong_answer_is_told() -> None:
    form = (FormField(name="n", kind="integer", required=True),)
    with bench("s > u > e", workers=0, work={"u": Work(form=form)}) as at:
        at.start()
        play = Play(at.engine, read_steps([{"task": "u"}]))
        with pytest.raises(UsageError, match="the answer for u: n: a value is needed"):
            play.go_on()


def test_a_field_that_is_misspelt_is_told() -> None:
    field = FormField(name="approved", kind="boolean")
    needed = FormField(name="approved", kind="boolean", required=True)
    doubt = "the form has no field 'aproved'; did you mean 'approved'?"
    steps = read_steps([{"task": "u", "values": {"aproved": True, "by": "Ada"}}])
    with bench("s > u > e", workers=0, work={"u": Work(form=(field,))}) as at:
        run, play = at.start(), Play(at.engine, steps)
        play.go_on()
        assert (run.outcome, play.doubts) == ("completed", [f"the answer for u: {doubt}"])
    with bench("s > u > e", workers=0, work={"u": Work(form=(needed,))}) as at:
        at.start()
        with pytest.raises(UsageError, match=f"a value is needed; {doubt}$".replace("?", r"\?")):
            Play(at.engine, steps).go_on()


def test_somebody_improvises_where_no_step_fits() -> None:
    asked: list[str] = []

    def improvise(tasks: Sequence[OpenTask]) -> bool:
        asked.append(tasks[0].node)
        if len(asked) > 2:
            return False
        tasks[0].complete()
        return True

    with bench("s > u1 > u2 > u3 > u4 > e", workers=0) as at:
        run = at.start()
        play = Play(at.engine, read_steps([{"task": "u2"}]), improvise)
        assert play.go_on()
        assert asked == ["u1", "u3", "u4"]
        assert run.status == "waiting"


def test_it_stops_at_its_limit() -> None:
    clock = ManualClock()
    drawing = program("s > u > e; u !b; b > e", events={"b": timer(SECOND, 10**9)}, soft={"b"})
    with bench(drawing, workers=0, clock=clock) as at:
        at.start()
        assert not Play(at.engine).go_on(until=5 * SECOND)
        assert clock.now() == 5 * SECOND
        assert not Play(at.engine).go_on(seconds=0)


def test_a_clock_that_runs_is_waited_for() -> None:
    drawing = program("s > c > e", events={"c": timer(20_000)})
    with bench(drawing, workers=0) as at:
        run = at.start()
        assert Play(at.engine).go_on(seconds=20)
        assert run.outcome == "completed"
    drawing = program("s > c > e", events={"c": timer(3600 * SECOND)})
    with bench(drawing, workers=0) as at:
        at.start()
        assert not Play(at.engine).go_on(seconds=0.01)
