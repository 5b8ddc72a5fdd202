"""Variables that FEEL asked for in vain are noted; others are not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.conftest import Cli

DRAWN = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:x"
  xmlns:bx="urn:bpmn-xml:1.0">
<process id="P" isExecutable="true"><startEvent id="s"/><subProcess id="z"{of_z}>{work}
<exclusiveGateway id="g" default="o"/><endEvent id="e"/>
<sequenceFlow id="f" sourceRef="{first}" targetRef="g"/>
<sequenceFlow id="n" sourceRef="g" targetRef="e">
<conditionExpression>{condition}</conditionExpression></sequenceFlow>
<sequenceFlow id="o" sourceRef="g" targetRef="e"/></subProcess>
<sequenceFlow id="a" sourceRef="s" targetRef="z"/></process></definitions>"""

PLAIN = {"work": '<startEvent id="t"/>', "first": "t", "of_z": ""}
CASES = {
    "asked for in vain": ({"condition": "=amount = 5"}, ["amount"]),
    "two of them": ({"condition": "=amount = limit"}, ["amount", "limit"]),
    "given": ({"condition": "=given = 5"}, []),
    "whether it is there": ({"condition": "=is defined(amount) and amount = 5"}, []),
    "compared with null": ({"condition": "=amount = null"}, []),
    "Python": ({"condition": "given == 5"}, []),
    "an input of the name it reads": (
        {
            "condition": "=true",
            "work": '<task id="t"><extensionElements>'
            '<z:ioMapping xmlns:z="http://camunda.org/schema/zeebe/1.0">'
            '<z:input source="=rate" target="rate"/></z:ioMapping></extensionElements></task>',
        },
        ["rate"],
    ),
    "in items": (
        {
            "condition": "=amount = 5",
            "work": '<serviceTask id="t" bx:emits="many" implementation="python:made:make"/>',
        },
        [],
    ),
}


@pytest.mark.parametrize(("parts", "wanted"), CASES.values(), ids=CASES)
def test_what_was_asked_for_in_vain_is_noted(
    cli: Cli, folder: Path, parts: dict[str, str], wanted: list[str]
) -> None:
    (folder / "made.py").write_text("def make():\n    yield {}\n", "utf-8")
    (folder / "a.bpmn").write_text(DRAWN.format(**{**PLAIN, **parts}), "utf-8")
    done = cli("run", "a.bpmn", "--var", "given=1")
    told = [line for line in done.err.splitlines() if "nothing has written" in line]
    assert [line.split("'")[1] for line in told] == wanted
    assert all(re.search(r" of [nt] took it for null", line) for line in told)


FAILS = """<serviceTask id="t" implementation="python:made:double"><extensionElements>
  <z:ioMapping xmlns:z="http://camunda.org/schema/zeebe/1.0"><z:input source="=rate" target="rate"/>
  </z:ioMapping></extensionElements></serviceTask>"""
EACH = """<task id="t"><multiInstanceLoopCharacteristics><extensionElements>
  <z:loopCharacteristics xmlns:z="http://camunda.org/schema/zeebe/1.0" inputCollection="=rates"/>
  </extensionElements></multiInstanceLoopCharacteristics></task>"""


@pytest.mark.parametrize(("work", "wanted"), [(FAILS, ["rate"]), (EACH, [])])
def test_beside_an_incident_is_noted_what_it_does_not_say(
    cli: Cli, folder: Path, work: str, wanted: list[str]
) -> None:
    (folder / "made.py").write_text("def double(rate):\n    return 2.0 * rate\n", "utf-8")
    text = DRAWN.format(**PLAIN | {"work": f'<startEvent id="q"/>{work}'}, condition="=true")
    begin = '<sequenceFlow id="q_t" sourceRef="q" targetRef="t"/></subProcess>'
    (folder / "a.bpmn").write_text(text.replace("</subProcess>", begin), "utf-8")
    done = cli("run", "a.bpmn")
    assert done.code == 4
    told = [line for line in done.err.splitlines() if "nothing has written" in line]
    assert [line.split("'")[1] for line in told] == wanted


def test_a_stub_run_says_it_otherwise(cli: Cli, folder: Path) -> None:
    text = DRAWN.format(**PLAIN, condition="=amount = 5")
    (folder / "a.bpmn").write_text(text, "utf-8")
    assert "nothing has written" not in cli("run", "a.bpmn", "--stub").err
    assert "nothing has written" not in cli("run", "a.bpmn", "--quiet").err
