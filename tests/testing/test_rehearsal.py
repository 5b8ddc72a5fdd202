"""Rehearsals: what they note, how time goes by in them, and what is asserted of runs."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bpmn_xml.errors import CommandRejected, UsageError
from bpmn_xml.formats import read
from bpmn_xml.testing import (
    Rehearsal,
    TestedRun,
    assert_not_reached,
    assert_path,
    assert_waiting,
)
from tests.conftest import ROOT
from tests.documents import DEFINITIONS

HEAD = (
    DEFINITIONS
    + """
  <message id="M" name="paid"/><signal id="S" name="stop"/>
  <process id="P" isExecutable="true"><startEvent id="start"/>"""
)
BILL = f"""{HEAD}
    <serviceTask id="send"/>
    <receiveTask id="pay" name="Wait for money" messageRef="M"/>
    <boundaryEvent id="late" attachedToRef="pay" cancelActivity="false">
      <timerEventDefinition><timeCycle>R3/P1D</timeCycle></timerEventDefinition></boundaryEvent>
    <serviceTask id="remind"/>
    <userTask id="thank" name="Say thanks"/>
    <boundaryEvent id="stop" attachedToRef="thank">
      <signalEventDefinition signalRef="S"/></boundaryEvent>
    <endEvent id="end"/>
    <sequenceFlow id="f1" sourceRef="start" targetRef="send"/>
    <sequenceFlow id="f2" sourceRef="send" targetRef="pay"/>
    <sequenceFlow id="f3" sourceRef="pay" targetRef="thank"/>
    <sequenceFlow id="f4" sourceRef="thank" targetRef="end"/>
    <sequenceFlow id="f5" sourceRef="late" targetRef="remind"/>
  </process></definitions>"""
HANDLERS = {"send": lambda: None, "remind": lambda: None}


@pytest.fixture
def stage() -> Rehearsal:
    return Rehearsal(BILL.encode(), handlers=HANDLERS)


def test_a_producer_is_entered_once_whatever_it_gives() -> None:
    text = f"""{DEFINITIONS}<process id="P" isExecutable="true"><startEvent id="start"/>
      <serviceTask id="give"/><task id="take"/>
      <sequenceFlow id="f1" sourceRef="start" targetRef="give"/>
      <sequenceFlow id="f2" sourceRef="give" targetRef="take"/></process></definitions>"""

    def give() -> Iterator[dict[str, int]]:
        yield from [{"n": 1}, {"n": 2}]

    with Rehearsal(text.encode(), {"give": give}) as stage:
        run = stage.start("P")
    assert (run.passed("give"), run.passed("f2"), run.passed("take")) == (1, 2, 2)


def test_a_run_is_followed(stage: Rehearsal) -> None:
    run = stage.start("P", {"amount": 5})
    assert_path(run, "start", "send", "pay")
    assert_waiting(run, "pay")
    assert_not_reached(run, "remind", "thank")
    assert (run.status, run.process, run.variables) == ("waiting", "P", {"amount": 5})
    stage.advance("P2D")
    assert run.passed("remind") == 2
    assert stage.skip()
    assert run.passed("remind") == 3
    assert not stage.skip()
    assert stage.publish("paid", payload={"amount": 6})
    assert_waiting(run, "thank")
    assert run.task("Say thanks").node == "thank"
    run.complete()
    assert run.outcome == "completed"
    assert run.trail[-2:] == ["f4", "end"]
    assert run.variables == {"amount": 6}
    assert stage.runs == [run]
    assert repr(run) == "<TestedRun P-1: completed>"


FORM = f"""{HEAD}<userTask id="sign" name="Sign it"><extensionElements
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn"><camunda:formData>
  <camunda:formField id="approved" type="boolean"/>
  </camunda:formData></extensionElements></userTask>
  <userTask id="read"/><sequenceFlow id="f1" sourceRef="start" targetRef="sign"/>
  <sequenceFlow id="f2" sourceRef="start" targetRef="read"/></process></definitions>"""


def test_what_only_looks_like_a_field_is_refused(caplog: pytest.LogCaptureFixture) -> None:
    told = "the answer for sign: the form has no field 'aproved'; did you mean 'approved'?"
    with Rehearsal(FORM.encode()) as stage:
        run = stage.start(business_key="C-7")
        assert run.variables == {"businessKey": "C-7"}
        with pytest.raises(UsageError, match=re.escape(told)):
            run.complete("sign", {"aproved": True})
        assert [task.node for task in run.tasks] == ["sign", "read"]
        with pytest.raises(AssertionError, match="P-1 also waits at read"):
            assert_waiting(run, "sign")
        run.tasks[0].complete({"aproved": True})  # outside of tests it is only told
        assert [task.node for task in run.tasks] == ["read"]
    assert caplog.messages == [told]


def test_each_time_counts_also_if_nothing_is_between() -> None:
    ways = "".join(
        f'<sequenceFlow id="{a}-{b}" sourceRef="{a}" targetRef="{b}"/>'
        for a, b in (("start", "a"), ("start", "b"), ("a", "c"), ("b", "c"))
    )
    nodes = "".join(f'<task id="{name}"/>' for name in "abc")
    with Rehearsal(f"{HEAD}{nodes}{ways}</process></definitions>".encode()) as stage:
        assert stage.start().passed("c") == 2


def test_time_goes_from_timer_to_timer(stage: Rehearsal) -> None:
    run = stage.start()
    stage.advance("P1DT1H")
    assert stage.clock.time.isoformat() == "2026-01-02T01:00:00+00:00"
    stage.advance("PT0.5S")
    assert stage.clock.time.isoformat() == "2026-01-02T01:00:00.500000+00:00"
    run.cancel("by mistake")
    assert (run.outcome, stage.skip()) == ("cancelled", False)


def test_signals_and_incidents(stage: Rehearsal) -> None:
    run = stage.start()
    stage.publish("paid")
    stage.signal("stop")
    assert_path(run, "thank", "stop")
    broken = Rehearsal(read(BILL.encode()), handlers={**HANDLERS, "send": lambda gone: gone})
    run = broken.start(start="start")
    assert [incident.node for incident in run.incidents] == ["send"]
    for named, only in (("send", True), ("send", False), ("pay", True)):
        with pytest.raises(
            AssertionError, match="P-1 stands at send: its Python needs the variable 'gone'"
        ):
            assert_waiting(run, named, only=only)
    with pytest.raises(AssertionError, match="P-1 waits at send, not at pay"):
        assert_waiting(run, "pay", only=False)


def test_what_is_mended_or_done_goes_on(stage: Rehearsal) -> None:
    def send(to: str) -> None:
        sent.append(to)

    sent: list[str] = []
    with Rehearsal(BILL.encode(), handlers={**HANDLERS, "send": send}) as broken:
        run = broken.start()
        (incident,) = run.incidents
        incident.retry({"to": "Ada"})
        assert sent == ["Ada"]
        assert_waiting(run, "pay")
        with pytest.raises(CommandRejected, match=r"no incident stands at 'send' \(any more\)"):
            incident.retry()
        (begun,) = [broken.engine.start()]
        begun.incidents[0].retry({"to": "Grace"})  # as the engine knows it: time lets it go on
        broken.advance("PT1S")
        assert sent == ["Ada", "Grace"]
    run = stage.start()
    stage.publish("paid")
    run.task("thank").complete()
    assert run.outcome == "completed"


@pytest.mark.parametrize("key", [7, "7"])
def test_keys_are_compared_as_text(key: object) -> None:
    keyed = BILL.replace(
        'messageRef="M"/>', 'messageRef="M" b:key="n" xmlns:b="urn:bpmn-xml:1.0"/>'
    )
    with Rehearsal(keyed.encode(), HANDLERS) as stage:
        run = stage.start("P", {"n": 7})
        assert not stage.publish("paid", 8)
        assert stage.publish("paid", key)
        assert_waiting(run, "thank")


def test_what_is_not_so_is_said(stage: Rehearsal) -> None:
    run = stage.start()
    way = "it went start > send > pay"
    with pytest.raises(AssertionError, match=f"after 'send' P-1 did not come to 'thank'; {way}"):
        assert_path(run, "send", "thank")
    with pytest.raises(AssertionError, match="P-1 did not come to 'f4'"):
        assert_path(run, "f4")
    with pytest.raises(AssertionError, match="after 'pay' P-1 did not come to 'send'"):
        assert_path(run, "pay", "send")
    with pytest.raises(AssertionError, match="P-1 waits at pay, not at nothing"):
        assert_waiting(run)
    with pytest.raises(AssertionError, match=r"at pay, not at pay \(2 tokens\)"):
        assert_waiting(run, "pay", "pay")
    with pytest.raises(AssertionError, match=f"P-1 came to send; {way}"):
        assert_not_reached(run, "send", "thank")
    with pytest.raises(UsageError, match=r"user task 'thank' is not open: no user task is$"):
        run.complete("thank")


def test_elements_may_be_named_as_people_call_them(stage: Rehearsal) -> None:
    run = stage.start()
    assert_waiting(run, "Wait for money")
    assert_path(run, "send", "Wait for money")
    assert_not_reached(run, "Say thanks")
    assert run.passed("Wait for money") == 1


def test_the_name_of_an_element_with_a_listener_is_its_own() -> None:
    listener = (
        '<extensionElements><c:taskListener xmlns:c="http://camunda.org/schema/1.0/bpmn"'
        ' event="create" class="org.acme.Tell"/></extensionElements></userTask>'
    )
    told = BILL.replace(
        '<userTask id="thank" name="Say thanks"/>',
        f'<userTask id="thank" name="Say thanks">{listener}',
    )
    with Rehearsal(told.encode(), handlers={**HANDLERS, "org.acme.Tell": print}) as stage:
        run = stage.start()
        assert_not_reached(run, "Say thanks")
        stage.publish("paid")
        assert_waiting(run, "Say thanks")
        assert_path(run, "Wait for money", "Say thanks")


def test_a_name_of_several_lines_is_typed_on_one() -> None:
    drawn = BILL.replace('name="Say thanks"', 'name="Say&#10;  thanks"')
    with Rehearsal(drawn.encode(), HANDLERS) as stage:
        run = stage.start()
        stage.publish("paid")
        assert_waiting(run, "Say thanks")
        with pytest.raises(UsageError, match=r"open: thank \('Say thanks'\)"):
            run.complete("Say thank")
        run.complete("Say thanks")
        assert run.outcome == "completed"


def test_what_stands_at_an_incident_is_no_part_of_a_way() -> None:
    with Rehearsal(BILL.encode(), {**HANDLERS, "send": lambda: 1 / 0}) as stage:
        run = stage.start()
        assert_path(run, "start")
        with pytest.raises(AssertionError, match="P-1 stands at send: ZeroDivisionError"):
            assert_path(run, "start", "send")


AGAIN = f"""{DEFINITIONS}<process id="P" isExecutable="true"><startEvent id="s"/>
  <serviceTask id="t"/><exclusiveGateway id="x" default="f3"/><endEvent id="e"/>
  <sequenceFlow id="f1" sourceRef="s" targetRef="t"/>
  <sequenceFlow id="f2" sourceRef="t" targetRef="x"/>
  <sequenceFlow id="f3" sourceRef="x" targetRef="t"/>
  <sequenceFlow id="f4" sourceRef="x" targetRef="e"><conditionExpression>n == 2
  </conditionExpression></sequenceFlow></process></definitions>"""


def test_a_way_that_was_walked_is_one_though_its_end_is_come_to_again() -> None:
    numbers = iter([1])
    with Rehearsal(AGAIN.encode(), {"t": lambda: {"n": next(numbers)}}) as stage:
        run = stage.start()
        assert run.way == ["s", "t", "x", "t"]
        assert_path(run, "s", "t", "x")
        assert_path(run, "s", "t")
        with pytest.raises(AssertionError, match="P-1 stands at t: "):
            assert_path(run, "s", "t", "x", "t")
        run.incidents[0].skip({"n": 2})
        assert_path(run, "s", "t", "x", "t", "x", "e")


def test_a_name_that_several_have_is_refused() -> None:
    two = BILL.replace("Say thanks", "Wait for money")
    with Rehearsal(two.encode(), handlers=HANDLERS) as stage:
        run = stage.start()
        with pytest.raises(UsageError, match=r"2 elements are called .*: name an id: pay, thank"):
            assert_waiting(run, "Wait for money")


@pytest.mark.parametrize("ask", [assert_path, assert_waiting, assert_not_reached, TestedRun.passed])
def test_an_id_that_is_misspelt_proves_nothing(stage: Rehearsal, ask: Callable[..., Any]) -> None:
    with pytest.raises(UsageError, match="no element or flow 'remnd': did you mean 'remind'"):
        ask(stage.start(), "remnd")


TEST = """
from bpmn_xml.testing import assert_path

def test_it(bpmn):
    stage = bpmn("bill.bpmn", handlers={"send": lambda: None, "remind": lambda: None})
    run = stage.start()
    stage.advance("P1D")
    assert_path(run, "send", "late", "remind")

def test_it_fails(bpmn):
    run = bpmn("bill.bpmn", handlers={"send": lambda: None, "remind": lambda: None}).start()
    assert_path(run, "thank")

def test_it_stands(bpmn):
    def send():
        raise OSError("no net")

    run = bpmn("bill.bpmn", handlers={"send": send, "remind": lambda: None}).start()
    assert run.outcome == "completed"

def test_it_is_misspelt(bpmn):
    run = bpmn("bill.bpmn", handlers={"send": lambda: None, "remind": lambda: None}).start()
    run.complete("thnk")

def test_it_has_no_such_process(bpmn):
    bpmn("bill.bpmn", handlers={"send": lambda: None, "remind": lambda: None}).start("Q")

def test_it_takes_no_time(bpmn):
    bpmn("bill.bpmn", handlers={"send": lambda: None, "remind": lambda: None}).advance("15M")

def test_it_is_no_drawing(bpmn):
    bpmn("bil.bpmn")
"""


def pytest_run(folder: Path, *words: str) -> str:
    command = [sys.executable, "-m", "pytest", "-p", "bpmn_xml.testing.plugin", *words]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.stdout


def test_the_fixture(tmp_path: Path) -> None:
    (tmp_path / "bill.bpmn").write_text(BILL)
    (tmp_path / "test_bill.py").write_text(TEST)
    told = pytest_run(tmp_path, "-q", "-p", "no:cacheprovider")
    assert "6 failed, 1 passed" in told
    assert "P-1 did not come to 'thank'; it went start" in told
    assert "P-1: waiting; it went start > send > pay\n" in told
    late = "or timer, due 2026-01-02T00:00:00Z (late)"
    assert f'\n  pay "Wait for money" waits for message paid {late}\n' in told
    assert "P-1: incident; it went start > send\n  send: OSError: no net\n" in told
    assert "user task 'thnk' is not open" in told
    assert "'15M' is no ISO 8601 duration" in told
    assert not re.findall(r"bpmn_xml/(?!testing/plugin)\S+:\d+", told.replace("reactions.py", ""))


def test_the_fixture_looks_beside_the_test_then_where_it_is_run(tmp_path: Path) -> None:
    folder = tmp_path / "tests"
    folder.mkdir()
    (folder / "bill.bpmn").write_text(BILL)
    (tmp_path / "here.bpmn").write_text(BILL)
    (folder / "test_it.py").write_text(
        "HANDLERS = {'send': lambda: None, 'remind': lambda: None}\n"
        "def test_it(bpmn):\n"
        "    for models in ('bill.bpmn', ['bill.bpmn'], 'here.bpmn'):\n"
        "        assert bpmn(models, HANDLERS).start().passed('send') == 1\n"
    )
    assert "1 passed" in pytest_run(tmp_path, "-q", "-p", "no:cacheprovider")


def test_the_plugin_costs_nothing_where_it_is_not_used() -> None:
    code = (
        "import sys, pytest; before = set(sys.modules); import bpmn_xml.testing.plugin;"
        "print(sorted(n for n in set(sys.modules) - before if not n.startswith('_')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == str(
        ["bpmn_xml", "bpmn_xml.lazy", "bpmn_xml.testing", "bpmn_xml.testing.plugin"]
    )
