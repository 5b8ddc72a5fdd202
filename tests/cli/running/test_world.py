"""Runs in a world that is told of: answers, messages, signals, simulated time."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from bpmn_xml.cli.outcomes import Exit
from bpmn_xml.cli.running import answers, world
from bpmn_xml.errors import UsageError
from bpmn_xml.runtime import ManualClock, SystemClock
from tests.cli.conftest import Cli
from tests.cli.files import HEAD, process
from tests.runtime.harness import own_threads

EVENTS = '<message id="M" name="paid"/><signal id="S" name="alarm"/>'
PAID = '<messageEventDefinition messageRef="M"/>'
DAY = "<timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition>"
EACH_DAY = "<timerEventDefinition><timeCycle>R3/P1D</timeCycle></timerEventDefinition>"
ALARM = '<signalEventDefinition signalRef="S"/>'
RICH = "<conditionalEventDefinition><condition>n &gt; 5</condition></conditionalEventDefinition>"


def flows(*pairs: str) -> str:
    return "".join(
        '<sequenceFlow id="f{0}{1}" sourceRef="{0}" targetRef="{1}"/>'.format(*pair.split("-"))
        for pair in pairs
    )


def file(body: str, **more: Any) -> str:
    return f"{HEAD}{EVENTS}{process(body, **more)}</definitions>"


SIGN = file(
    '<startEvent id="s"/><userTask id="sign" name="Sign it"/><userTask id="file"/>'
    f'<boundaryEvent id="late" attachedToRef="sign">{DAY}</boundaryEvent>'
    '<endEvent id="e"/><endEvent id="l"/>' + flows("s-sign", "sign-file", "file-e", "late-l")
)
WAIT = file(
    f'<startEvent id="s"/><intermediateCatchEvent id="c">{PAID}</intermediateCatchEvent>'
    f'<intermediateCatchEvent id="d">{ALARM}</intermediateCatchEvent><endEvent id="e"/>'
    + flows("s-c", "c-d", "d-e")
)


def begun_by(definition: str) -> str:
    return file(f'<startEvent id="s">{definition}</startEvent><endEvent id="e"/>' + flows("s-e"))


FILES = {
    "sign.bpmn": SIGN,
    "wait.bpmn": WAIT,
    "paid.bpmn": begun_by(PAID),
    "daily.bpmn": begun_by(EACH_DAY),
    "rich.bpmn": begun_by(RICH),
    "odd.bpmn": WAIT.replace(PAID, RICH.replace("n &gt;", "m &gt;")),
    "both.json": json.dumps([{"task": "Sign it", "values": {"by": "Ada"}}, {"task": "file"}]),
    "first.json": json.dumps([{"task": "sign"}]),
    "misspelt.json": json.dumps([{"task": "sing"}]),
    "part.json": '[{"task": "il"}]',
    "late.json": json.dumps([{"wait": "P2D"}, {"task": "sign"}]),
    "paid.json": json.dumps([{"message": "paid", "values": {"n": 1}}, {"signal": "alarm"}]),
    "both.yaml": "- task: sign\n  values: {by: Ada}\n- task: file\n",
    "endless.json": '[{"wait": "P9999Y"}]',
    "years.json": '[{"wait": "P10Y"}]',
    "large.yaml": " " * 600_000,
    "bad.yaml": "- task: sign\n  values: {by\n",
    "bad.json": '[\n{"task": 5},\n {"wait": "P1D"},\n {"signal": "s", "at": "soon"}]',
    "object.json": "{}",
    "data.yaml": "- task: sign\n\n- message: paid\n  data: {sum: 5}\n",
    "none.json": "[",
}

RUNS: dict[str, tuple[str, int, str]] = {
    "nobody answers": ("sign.bpmn --clock manual", 0, r"P: completed"),
    "all answered": ("sign.bpmn --answers both.json", 0, r"P: completed"),
    "as YAML": ("sign.bpmn --answers both.yaml", 0, r"P: completed"),
    "one answered": (
        "sign.bpmn --answers first.json",
        3,
        r"P: waiting(.|\n)*\n  waits at  for       since\n  file      a person",
    ),
    "answered too late": (
        "sign.bpmn --answers late.json --clock manual",
        0,
        r"note: 1 answer not used: sign\n(.|\n)*P: completed",
    ),
    "an answer for a name that is near a task's": (
        "sign.bpmn --answers misspelt.json --clock manual",
        0,
        r"note: 1 answer not used: sing; did you mean 'sign'\?\n",
    ),
    "an answer for a part of a task's name": (
        "sign.bpmn --answers part.json --clock manual",
        0,
        r"note: 1 answer not used: il; did you mean 'file'\?\n",
    ),
    "messages and signals in order": ("wait.bpmn --answers paid.json", 0, "P: completed"),
    "on the command line": ("wait.bpmn --message paid --signal alarm", 0, "P: completed"),
    "at their time": (
        "wait.bpmn --clock 2026-03-01T08:00Z --message paid@PT1H --signal alarm@P1D",
        0,
        "P: completed",
    ),
    "in the wrong order": (
        "wait.bpmn --clock manual --message paid@P1D --signal alarm@PT1H",
        3,
        r"waits at  for           since\n  d         signal alarm  0 ms ago",
    ),
    "with another key": ("wait.bpmn --message paid:7", 3, r"\n  c         message paid  "),
    "a message that starts": ("paid.bpmn --message paid", 0, "P: completed"),
    "nobody starts it": ("paid.bpmn --signal alarm", 3, r"P: waiting(.|\n)*\n  s +message paid"),
    "started by name": ("paid.bpmn --signal alarm --start s", 0, "P: completed"),
    "a timer that starts": ("daily.bpmn --clock manual", 0, "P: completed at e, 3 times"),
    "a condition that starts": ("rich.bpmn --clock manual --var n=6", 0, "P: completed"),
    "a condition that does not": ("rich.bpmn --clock manual --var n=5", 3, r"conditional, n > 5"),
    "a condition without a value": (
        "odd.bpmn --clock manual --var n=6",
        3,
        r"conditional, m > 5: there is no variable 'm'",
    ),
    "not for ever": (
        "sign.bpmn --clock manual --max-time PT12H",
        130,
        "stopped after 43200 s",
    ),
    "a message that is not kept": (
        "sign.bpmn --message paid --message-ttl PT0.5S --clock manual",
        0,
        "P: completed",
    ),
    "no clock": ("sign.bpmn --clock tomorrow", 2, "--clock tomorrow: 'tomorrow' is no ISO 8601"),
    "no time to live": (
        "sign.bpmn --message-ttl soon",
        2,
        "--message-ttl: 'soon' is no ISO 8601 duration",
    ),
    "no message": ("sign.bpmn --message =5", 2, "not of the form NAME"),
    "no JSON": ("sign.bpmn --message paid={", 2, "is no JSON"),
    "no object": ("sign.bpmn --signal alarm=5", 2, "not of the form NAME"),
    "no time": ("sign.bpmn --signal alarm@PX", 2, "'PX' is no ISO 8601 duration"),
    "no time in the calendar": (
        "sign.bpmn --signal alarm@P9999Y",
        2,
        "'P9999Y' leads beyond the calendar",
    ),
    "no end of a wait": (
        "sign.bpmn --answers endless.json",
        2,
        r"endless.json:1: error BX405: answer 1: 'P9999Y' leads beyond the calendar",
    ),
    "a signal after the calendar": (
        "sign.bpmn --signal alarm@P10Y --clock 9995-01-01",
        2,
        "error: 'P10Y' leads beyond the calendar",
    ),
    "a wait beyond the calendar": (
        "sign.bpmn --answers years.json --clock 9995-01-01",
        2,
        "error: 'P10Y' leads beyond the calendar",
    ),
    "much YAML": (
        "sign.bpmn --answers large.yaml",
        2,
        r"large.yaml: error BX405: it has 600,000 characters, (.|\n)*write it as JSON",
    ),
    "no answers": ("sign.bpmn --answers no.json", 2, "cannot read no.json"),
    "bad YAML": ("sign.bpmn --answers bad.yaml", 2, r"bad.yaml:3:1: error BX405: this is no YAML"),
    "bad JSON": ("sign.bpmn --answers none.json", 2, r"none.json:1:2: error BX405: this is no JS"),
    "bad answers": (
        "sign.bpmn --answers bad.json",
        2,
        r"bad.json:2: error BX405: answer 1: Expected `str`(.|\n)*bad.json:4: .* 3: 'soon' is no",
    ),
    "what a message carries": (
        "sign.bpmn --answers data.yaml",
        2,
        r"data.yaml:3: error BX405: answer 2: a message has no 'data', but message, key, values",
    ),
    "no list of answers": ("sign.bpmn --answers object.json", 2, "answers are a list"),
}


@pytest.mark.parametrize("case", RUNS.values(), ids=RUNS)
def test_a_run_in_a_told_world(cli: Cli, folder: Path, case: tuple[str, int, str]) -> None:
    words, code, told = case
    if "yaml" in words:
        pytest.importorskip("yaml")
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf-8")
    done = cli("run", *words.split())
    assert (done.code, re.search(told, done.err) is not None) == (code, True), done.err
    assert own_threads() == []


def test_what_a_message_brings(cli: Cli, folder: Path) -> None:
    (folder / "wait.bpmn").write_text(WAIT, "utf-8")
    message = 'paid={"mail": "ada@home"}@PT5S'
    done = cli("run", "wait.bpmn", "--message", message, "--clock", "manual", "--result", "-")
    found = json.loads(done.out)
    assert (done.code, found["variables"]) == (3, {"mail": "ada@home"})
    assert found["waiting"][0]["awaits"] == [{"at": "d", "trigger": "signal", "name": "alarm"}]


MESSAGES = [
    ("paid", ("paid", "", {}, "")),
    ("new order:urn:a:1", ("new order", "urn:a:1", {}, "")),
    ('paid={"a": "b@PT5S"}', ("paid", "", {"a": "b@PT5S"}, "")),
    ('paid:k={"a": 1}@P1DT2H', ("paid", "k", {"a": 1}, "P1DT2H")),
    ("ada@home", ("ada@home", "", {}, "")),
]


@pytest.mark.parametrize(("text", "expected"), MESSAGES)
def test_messages_are_read(text: str, expected: tuple[object, ...]) -> None:
    found = answers.message(text)
    assert (found.message, found.key, found.values, found.at) == expected


@pytest.mark.parametrize("text", ["paid@5s", "paid@pt5s", "paid:k@5", "paid={}@PT", "paid@PT5S1"])
def test_bad_times_are_no_part_of_a_name(cli: Cli, text: str) -> None:
    done = cli("run", "wait.bpmn", "--message", text)
    assert (done.code, "is no ISO 8601 duration such as PT10S" in done.err) == (2, True)


def test_a_long_rest_is_told_once(cli: Cli, folder: Path) -> None:
    (folder / "sign.bpmn").write_text(SIGN, "utf-8")
    words = ("run", "sign.bpmn", "--max-time", "0.02")
    rests = 'note: nothing is due for 24 h: sign "Sign it" waits for a person or timer, due '
    assert cli(*words).err.count(rests) == 1
    assert rests not in cli(*words, "--quiet").err


def test_a_far_timer_is_not_waited_for_while_somebody_is_asked(cli: Cli, folder: Path) -> None:
    (folder / "sign.bpmn").write_text(SIGN, "utf-8")
    done = cli("run", "sign.bpmn")
    assert done.code == 3
    assert "note: the next timer is due in 24 h, which is not waited for; --clock" in done.err
    assert "note:" not in cli("run", "sign.bpmn", "--quiet").err


def test_a_far_timer_is_not_waited_for_beside_an_incident_though_answers_are_left(
    cli: Cli, folder: Path
) -> None:
    drawing = SIGN.replace('<userTask id="sign" name="Sign it"', '<serviceTask id="sign"')
    (folder / "down.bpmn").write_text(drawing, "utf-8")
    (folder / "down.py").write_text("def sign():\n    raise OSError('down')\n", "utf-8")
    (folder / "a.json").write_text('[{"task": "file"}]', "utf-8")
    done = cli("run", "down.bpmn", "--answers", "a.json")
    assert (done.code, "note: 1 answer not used: file" in done.err) == (4, True)


def test_a_misspelt_field_is_told(cli: Cli, folder: Path) -> None:
    form = '<extensionElements><c:formData><c:formField id="approved" type="boolean"/>'
    task = f'<userTask id="t">{form}</c:formData></extensionElements></userTask>'
    body = f'<startEvent id="s"/>{task}<endEvent id="e"/>' + flows("s-t", "t-e")
    camunda = 'xmlns:c="http://camunda.org/schema/1.0/bpmn"'
    drawing = file(body).replace("<definitions ", f"<definitions {camunda} ", 1)
    (folder / "form.bpmn").write_text(drawing, "utf-8")
    (folder / "a.json").write_text('[{"task": "t", "values": {"aproved": true}}]', "utf-8")
    done = cli("run", "form.bpmn", "--answers", "a.json")
    assert done.code == 0
    told = "warning: the answer for t: the form has no field 'aproved'; did you mean 'approved'?"
    assert told in done.err


UNTAKEN = {
    "a misspelt name": ("--message piad:7", "'piad', key '7', was .* nobody; did you mean 'paid'"),
    "another key": ("--message paid:7", "'paid', key '7', was .*; c waits for it without a key"),
    "another key, lost": ("--message paid:7 --message-ttl PT0S", "message 'paid', key '7', was"),
    "a misspelt signal": ("--message paid --signal alrm", "'alrm' was .*; did you mean 'alarm'"),
    "a signal too early": ("--signal alarm", "note: signal 'alarm' was taken by nobody\n"),
    "an unknown name": ("--message quux", "note: message 'quux' was taken by nobody\n"),
    "all are taken": ("--message paid --signal alarm@PT1S --clock manual", "^$"),
}


@pytest.mark.parametrize(("words", "expected"), UNTAKEN.values(), ids=UNTAKEN)
def test_what_reached_nobody_is_told(cli: Cli, folder: Path, words: str, expected: str) -> None:
    (folder / "wait.bpmn").write_text(WAIT, "utf-8")
    assert re.search(expected, cli("run", "wait.bpmn", "-q", *words.split()).err)


def test_clocks() -> None:
    assert isinstance(world.clock_of(""), SystemClock)
    assert isinstance(world.clock_of("manual"), ManualClock)
    assert world.clock_of("1970-01-02").now() == 86_400_000_000
    with pytest.raises(UsageError):
        world.clock_of("noon")


def test_yaml_without_its_library(cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "yaml", None)
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf-8")
    done = cli("run", "sign.bpmn", "--answers", "both.yaml")
    assert done.code == 2
    assert "install bpmn-xml[yaml], or write it as JSON" in done.err


MANY = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:x">
<process id="p" isExecutable="true"><startEvent id="s"><timerEventDefinition><timeCycle>R150/PT1M\
</timeCycle></timerEventDefinition></startEvent><sequenceFlow id="f" sourceRef="s" targetRef="t"/>
{}<sequenceFlow id="g" sourceRef="t" targetRef="e"/><endEvent id="e"/></process></definitions>"""

COUNTING = """import bpmn_xml
from itertools import count
numbers = count(1)
def work():
    if next(numbers) == 120:
        raise bpmn_xml.BpmnError("X", "bad")
"""

VERY_MANY = {
    "one of them fails": (
        '<serviceTask id="t" implementation="python:many:work"/>',
        Exit.FAILED,
        ("p: completed at e, 149 times", "p: failed"),
    ),
    "all wait": ('<userTask id="t"/>', Exit.WAITING, ("p: waiting, 150 times",)),
}


@pytest.mark.parametrize(("task", "code", "told"), VERY_MANY.values(), ids=VERY_MANY)
def test_however_many_run_all_are_counted(
    cli: Cli, folder: Path, task: str, code: Exit, told: tuple[str, ...]
) -> None:
    (folder / "many.bpmn").write_text(MANY.format(task), "utf-8")
    (folder / "many.py").write_text(COUNTING, "utf-8")
    done = cli("run", "many.bpmn", "--clock", "manual", "--max-time", "P1D")
    assert done.code == code
    lines = [line for line in done.err.splitlines() if line.startswith("p:")]
    assert sorted([line.partition(" in ")[0] for line in lines]) == [*told]


def test_a_timer_begins_some_instances_only_where_time_has_no_end(cli: Cli, folder: Path) -> None:
    (folder / "many.bpmn").write_text(MANY.format('<task id="t"/>').replace("R150", "R"), "utf-8")
    done = cli("run", "many.bpmn", "--clock", "manual")
    assert done.code == Exit.COMPLETED
    assert "note: timer start event s begins 10 instances only; --max-time" in done.err
    assert "p: completed at e, 10 times" in done.err
