"""`bpmn-xml why`: what the tokens of a run wait for, from its trace."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from bpmn_xml.cli.verbs import why
from tests.cli.conftest import Cli
from tests.cli.files import bpmn, process
from tests.semantics.drawing import drawn

WAITS = process(
    '<startEvent id="s"/><parallelGateway id="p"/><userTask id="ask" name="Ask \x85 them"/>'
    '<task id="note"/><parallelGateway id="j"/><endEvent id="e"/>'
    '<sequenceFlow id="f1" sourceRef="s" targetRef="p"/>'
    '<sequenceFlow id="f2" sourceRef="p" targetRef="ask"/>'
    '<sequenceFlow id="f3" sourceRef="p" targetRef="note"/>'
    '<sequenceFlow id="f4" sourceRef="ask" targetRef="j"/>'
    '<sequenceFlow id="f5" sourceRef="note" targetRef="j"/>'
    '<sequenceFlow id="f6" sourceRef="j" targetRef="e"/>',
    executable=False,
)


def traced(cli: Cli, folder: Path) -> None:
    (folder / "waits.bpmn").write_text(bpmn(WAITS), "utf-8")
    assert cli("run", "waits.bpmn", "--process", "P", "--trace", "run.jsonl", "-q").code == 3


def test_what_waits_is_told(cli: Cli, folder: Path) -> None:
    traced(cli, folder)
    told = cli("why", "run.jsonl")
    assert told.code == 0
    lines = [line.rpartition("  20")[0].split("  ")[1:] for line in told.out.splitlines()[2:]]
    assert [[cell.strip() for cell in line if cell] for line in lines] == [
        ['ask "Ask them"', "a person"],
        ["j", "a token on f4 (ask may bring it)"],
    ]
    assert told.out.startswith("P-1:\n")


def test_times_are_told_to_the_second(cli: Cli, folder: Path) -> None:
    traced(cli, folder)
    assert re.search(r"a person +20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ\n", cli("why", "run.jsonl").out)


def test_a_condition_without_a_value_says_why(cli: Cli, folder: Path) -> None:
    """Though it was compiled as for a stub run, which assumes much."""
    text = drawn("start s\ncatch c cond='=amuont > 5'\nend e\ns -> c -> e")
    (folder / "odd.bpmn").write_bytes(text)
    assert cli("run", "odd.bpmn", "--var", "amount=6", "--trace", "run.jsonl", "-q").code == 3
    lack = "there is no variable 'amuont'; did you mean 'amount'?"
    assert f"conditional, =amuont > 5: {lack}  20" in cli("why", "run.jsonl").out
    found = json.loads(cli("why", "run.jsonl", "--json").out)
    assert found["waiting"][0]["awaits"][0]["lack"] == lack


def test_as_json(cli: Cli, folder: Path) -> None:
    traced(cli, folder)
    found = json.loads(cli("why", "run.jsonl", "--json").out)
    assert [(w["node"], w["cause"]) for w in found["waiting"]] == [
        ("ask", "a person"),
        ("j", "other tokens"),
    ]
    assert found["waiting"][1]["lacking"] == [{"flow": "f4", "bringers": ["ask"]}]
    assert found["waiting"][1]["arrived"] == ["f5"]


def test_a_run_that_has_ended(cli: Cli) -> None:
    assert cli("run", "greet.bpmn", "--trace", "run.jsonl", "-q").code == 0
    assert cli("why", "run.jsonl").out == "every token has arrived\n"


def test_what_has_ended_a_run_is_told(cli: Cli, folder: Path) -> None:
    text = drawn("start s\nservice t name='Do it'\nend e\ns -> t -> e")
    (folder / "fails.bpmn").write_bytes(text)
    (folder / "fails.py").write_text(
        "import bpmn_xml\n\n\ndef t():\n    raise bpmn_xml.BpmnError('NO', 'too dear')\n"
    )
    assert cli("run", "fails.bpmn", "--trace", "run.jsonl", "-q").code == 1
    assert cli("why", "run.jsonl").out == 'P-1: failed: error NO at t "Do it": too dear\n'
    (found,) = json.loads(cli("why", "run.jsonl", "--json").out)["ended"]
    assert (found["outcome"], found["node"], found["code"]) == ("failed", "t", "NO")


def test_a_file_that_has_changed_is_told(cli: Cli, folder: Path) -> None:
    traced(cli, folder)
    with (folder / "waits.bpmn").open("a") as file:
        file.write("<!-- changed -->")
    assert "waits.bpmn: changed since the run" in cli("why", "run.jsonl").err


def test_a_trace_of_something_else_is_refused(cli: Cli, folder: Path) -> None:
    traced(cli, folder)
    told = cli("why", "run.jsonl", "greet.bpmn")
    assert told.code == 2
    assert "run.jsonl was not written by a run of greet.bpmn" in told.err


def test_a_trace_that_is_cut_off(cli: Cli, folder: Path) -> None:
    traced(cli, folder)
    path = folder / "run.jsonl"
    path.write_bytes(path.read_bytes() + b'{"instance":')
    assert "the last line is cut off" in cli("why", "run.jsonl").err


def test_one_trace_is_explained(cli: Cli) -> None:
    told = cli("why", "run.jsonl", "other.jsonl")
    assert (told.code, "other.jsonl is another trace" in told.err) == (2, True)


def test_what_is_no_trace(cli: Cli) -> None:
    told = cli("why", "greet.bpmn")
    assert told.code == 2
    assert "this is no trace" in told.err


def test_no_device_is_read_on_the_word_of_a_trace(cli: Cli, folder: Path) -> None:
    traced(cli, folder)
    text = (folder / "run.jsonl").read_text("utf-8")
    (folder / "run.jsonl").write_text(text.replace("waits.bpmn", "/dev/zero", 1), "utf-8")
    told = cli("why", "run.jsonl")
    assert told.code == 2
    assert "/dev/zero is no file" in told.err


def test_of_very_many_instances_the_first_are_told(
    cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    traced(cli, folder)
    monkeypatch.setattr(why, "MOST_INSTANCES", 0)
    assert cli("why", "run.jsonl").out == "and 1 more; --json tells all\n"


def test_what_would_begin_a_process_is_told(cli: Cli, folder: Path) -> None:
    text = "start s\nuser u\ns -> u\nprocess Q\nstart q cond='n > 3' message=M\ntask t\nq -> t"
    (folder / "some.bpmn").write_bytes(drawn(text))
    assert cli("run", "some.bpmn", "--trace", "run.jsonl", "-q").code == 3
    told = cli("why", "run.jsonl").out.splitlines()
    assert told[0] == "P-1:"
    assert [line.split(maxsplit=1)[1] for line in told[5:]] == ["conditional, n > 3", "message M"]
    found = json.loads(cli("why", "run.jsonl", "--json").out)
    assert [still["node"] for still in found["unbegun"]["Q"]] == ["q", "q"]


def test_a_process_alone_that_has_not_begun_is_told(cli: Cli, folder: Path) -> None:
    (folder / "late.bpmn").write_bytes(drawn("start s cond='n > 3'\ntask t\ns -> t"))
    words = ("--clock", "system", "--max-time", "PT0.1S", "--trace", "run.jsonl", "-q")
    assert cli("run", "late.bpmn", *words).code == 3
    told = cli("why", "run.jsonl").out
    assert told.splitlines()[0] == "P has not begun:"
    assert "conditional, n > 3" in told
