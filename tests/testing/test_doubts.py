"""What may be a slip is told in a rehearsal: what nobody took, what was asked for in vain."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bpmn_xml.testing import Rehearsal
from tests.documents import DEFINITIONS
from tests.testing.test_rehearsal import BILL, HANDLERS, pytest_run

MAPPED = (
    DEFINITIONS
    + """<process id="P" isExecutable="true"><startEvent id="s"/>
  <serviceTask id="work"><extensionElements xmlns:z="http://camunda.org/schema/zeebe/1.0">
  <z:taskDefinition type="work"/><z:ioMapping>{}</z:ioMapping></extensionElements></serviceTask>
  <sequenceFlow id="f" sourceRef="s" targetRef="work"/></process></definitions>"""
)
INPUT, OUTPUT = '<z:input source="{}" target="x"/>', '<z:output source="{}" target="x"/>'
ORDER = {"order": {"id": 7}, "nothing": None}

SLIP = (
    "'=order.idd' of work gave null: there is no 'idd' in what stands before it; did you mean 'id'?"
)

CASES: dict[str, tuple[str, str]] = {
    "a variable of an output": (
        OUTPUT.format("=reslt"),
        "'=reslt' of work gave null: there is no variable 'reslt'; did you mean 'result'?",
    ),
    "an entry in an output": (
        OUTPUT.format("=order.idd"),
        SLIP,
    ),
    "an entry in an input": (
        INPUT.format("=order.idd"),
        SLIP,
    ),
    "a variable of an input": (
        INPUT.format("=ordr"),
        "nothing has written 'ordr': '=ordr' of work took it for null",
    ),
    "what the task gives": (OUTPUT.format("=result"), ""),
    "null that is there": (OUTPUT.format("=nothing"), ""),
    "an entry of null": (OUTPUT.format("=nothing.at.all"), ""),
    "what says itself what happens": (OUTPUT.format("=if reslt = null then null else 1"), ""),
    "a value all the same": (OUTPUT.format("=[reslt]"), ""),
}  # fmt: skip


@pytest.mark.parametrize(("mapping", "told"), CASES.values(), ids=CASES)
def test_a_mapping_that_gives_null_of_a_slip_is_told(mapping: str, told: str) -> None:
    with Rehearsal(MAPPED.format(mapping).encode(), {"work": lambda: {"result": 1}}) as stage:
        assert stage.start("P", ORDER).outcome == "completed"
        assert stage.doubts == ([told] if told else [])


SENT: dict[str, tuple[Any, str]] = {
    "another name": (
        lambda stage: stage.publish("piad"),
        "message 'piad' was taken by nobody; did you mean 'paid'?",
    ),
    "another key": (
        lambda stage: stage.publish("paid", 7),
        "message 'paid', key '7', was taken by nobody; pay waits for it without a key",
    ),
    "another signal": (
        lambda stage: stage.signal("stip"),
        "signal 'stip' was taken by nobody; did you mean 'stop'?",
    ),
    "another name, to one run": (
        lambda stage: stage.runs[0].publish("piad"),
        "message 'piad' was taken by nobody; did you mean 'paid'?",
    ),
    "what one run takes": (lambda stage: not stage.runs[0].publish("paid"), ""),
    "what is taken": (lambda stage: not stage.publish("paid"), ""),
    "a signal that is heard": (
        lambda stage: not (stage.publish("paid") and stage.signal("stop")),
        "",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("send", "told"), SENT.values(), ids=SENT)
def test_what_nobody_takes_is_told(send: Any, told: str) -> None:
    with Rehearsal(BILL.encode(), HANDLERS) as stage:
        stage.start()
        assert send(stage) is False
        assert stage.doubts == ([told] if told else [])


def test_what_is_kept_until_somebody_waits_is_told_no_more() -> None:
    with Rehearsal(BILL.encode(), HANDLERS) as stage:
        assert not stage.publish("paid")
        assert stage.doubts == ["message 'paid' was taken by nobody"]
        stage.start()
        assert stage.doubts == []


def test_a_report_of_pytest_has_it(tmp_path: Path) -> None:
    (tmp_path / "bill.bpmn").write_text(BILL)
    (tmp_path / "test_bill.py").write_text(
        "def test_it(bpmn):\n"
        "    stage = bpmn('bill.bpmn', {'send': lambda: None, 'remind': lambda: None})\n"
        "    stage.start()\n"
        "    assert stage.publish('piad')\n"
    )
    told = pytest_run(tmp_path, "-q", "-p", "no:cacheprovider")
    assert "note: message 'piad' was taken by nobody; did you mean 'paid'?" in told


LOST = """
from bpmn_xml import BpmnError

def lose():
    raise BpmnError("LOST", "in the post")

def test_it_is_lost(bpmn):
    run = bpmn("bill.bpmn", {"send": lose, "remind": lose}).start()
    assert not run.error
"""


def test_a_report_of_pytest_has_the_error_that_nothing_caught(tmp_path: Path) -> None:
    (tmp_path / "bill.bpmn").write_text(BILL)
    (tmp_path / "test_bill.py").write_text(LOST)
    told = pytest_run(tmp_path, "-q", "-p", "no:cacheprovider")
    assert "P-1: failed; it went start > send\n  error LOST at send: in the post\n" in told
