"""Checking: for people and as JSON, several files, exit code 0 or 1."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Cli, Done
from tests.cli.files import one
from tests.documents import CAMUNDA_DEFINITIONS, DEFINITIONS

KEYS = ["file", "code", "severity", "line", "column", "id", "name", "message", "remedy"]


def found(done: Done) -> list[dict[str, Any]]:
    findings: list[dict[str, Any]] = json.loads(done.out)
    return findings


def test_a_good_file_has_no_findings(cli: Cli) -> None:
    said = """1 file, no findings
greet.bpmn: what does the work of its tasks
  greet  office:greet  the drawing names it: office:greet
"""
    assert cli("check", "--for", "run", "greet.bpmn") == Done(0, said, "")
    assert cli("check", "--for", "run", "--json", "greet.bpmn", "two.bpmn") == Done(0, "[]\n", "")


@pytest.mark.parametrize(
    ("text", "plain", "strict"),
    [
        (one("task t"), 0, 0),
        (one("task t").replace('id="t"', 'id="t"/><task id="lost"'), 0, 1),
        (one("serviceTask lost"), 1, 1),
    ],
    ids=["nothing", "a warning", "an error"],
)
def test_warnings_are_errors_if_that_is_asked_for(
    cli: Cli, folder: Path, text: str, plain: int, strict: int
) -> None:
    (folder / "a.bpmn").write_text(text, "utf-8")
    assert cli("check", "--for", "run", "a.bpmn").code == plain
    assert cli("check", "--for", "run", "--strict", "a.bpmn").code == strict


def test_findings_go_to_stdout(cli: Cli) -> None:
    done = cli("check", "--for", "run", "unbound.bpmn")
    assert (done.code, done.err) == (1, "")
    assert "error BX201 nobody: nothing is bound to 'nobody' or 'Nobody'" in done.out
    assert done.out.endswith("2 errors\n")


def test_json_has_every_field(cli: Cli) -> None:
    findings = found(cli("check", "--for", "run", "--json", "unbound.bpmn"))
    assert [list(finding) for finding in findings] == [KEYS, KEYS]
    assert findings[0] == {
        "file": "unbound.bpmn",
        "code": "BX201",
        "severity": "error",
        "line": 6,
        "column": 3,
        "id": "nobody",
        "name": "Nobody",
        "message": "nothing is bound to 'nobody' or 'Nobody'",
        "remedy": findings[0]["remedy"],
    }


def test_every_file_is_checked_whatever_the_others_are(cli: Cli) -> None:
    words = ("no.bpmn", "broken.bpmn", "notes.txt", ".", "unbound.bpmn", "two.bpmn", "a\0b")
    findings = found(cli("check", "--for", "run", "--json", *words))
    assert [(finding["file"], finding["code"]) for finding in findings] == [
        ("no.bpmn", "BX403"),
        ("broken.bpmn", "BX004"),
        ("notes.txt", "BX403"),
        (".", "BX403"),
        ("unbound.bpmn", "BX201"),
        ("unbound.bpmn", "BX201"),
        ("a\0b", "BX403"),
    ]


def test_warnings_are_no_errors(cli: Cli, folder: Path) -> None:
    text = one("task a").replace("</process>", '<task id="lost"/></process>')
    (folder / "lost.bpmn").write_text(text, "utf-8")
    findings = found(cli("check", "--for", "run", "--json", "lost.bpmn"))
    assert {finding["severity"] for finding in findings} == {"warning"}
    assert cli("check", "--for", "run", "lost.bpmn").code == 0


def test_what_may_be_assumed_is_as_for_a_run(cli: Cli) -> None:
    assert cli("check", "--for", "run", "unbound.bpmn", "--stub").code == 0
    assert cli("check", "--for", "run", "unbound.bpmn", "--path", "nowhere").code == 2
    assert cli("check", "--for", "run", "both.bpmn", "--process", "C").code == 1


def test_files_may_call_each_other(cli: Cli, folder: Path) -> None:
    (folder / "caller.bpmn").write_text(one('callActivity c calledElement="B"'), "utf-8")
    assert [f["code"] for f in found(cli("check", "--for", "run", "--json", "caller.bpmn"))] == [
        "BX133"
    ]
    assert cli("check", "--for", "run", "caller.bpmn", "both.bpmn").code == 0
    several = ("caller.bpmn", "both.bpmn", "sign.bpmn")
    assert [f["code"] for f in found(cli("check", "--for", "run", "--json", *several))] == ["BX125"]


@pytest.mark.parametrize("name", ["greet.bpmn", "office.bpmn"])
def test_nothing_is_run(cli: Cli, name: str) -> None:
    assert "Hello" not in cli("check", "--for", "run", name).out


def test_findings_are_drawn(cli: Cli, folder: Path) -> None:
    text = (folder / "join.bpmn").read_text("utf-8")
    broken = text.replace("parallelGateway", "exclusiveGateway", 2)
    (folder / "broken.bpmn").write_text(broken, "utf-8")
    done = cli("check", "broken.bpmn", "--diagram", "found.svg")
    assert done.err.splitlines()[-1] == "bpmn-xml: note: drew found.svg"
    assert b"nothing found" in (folder / "found.svg").read_bytes()


def test_a_picture_is_of_one_file_that_can_be_read(cli: Cli, folder: Path) -> None:
    assert "a picture shows one file" in cli("check", "a.bpmn", "b.bpmn", "--diagram", "x.svg").err
    (folder / "bad.bpmn").write_text("<definitions", "utf-8")
    done = cli("check", "bad.bpmn", "--diagram", "x.svg")
    assert (done.code, (folder / "x.svg").exists()) == (1, False)
    assert "drew nothing: bad.bpmn cannot be read" in done.err


SPOKEN = (
    CAMUNDA_DEFINITIONS
    + """
  <process id="P" isExecutable="true" camunda:versionTag="1"><startEvent id="s"/>
  <userTask id="t" camunda:assignee="me"/><sequenceFlow id="f" sourceRef="s" targetRef="t"/>
  </process></definitions>"""
)


def test_words_of_vendors_are_listed(cli: Cli, folder: Path) -> None:
    (folder / "spoken.bpmn").write_text(SPOKEN, "utf-8")
    (folder / "broken.bpmn").write_text("<definitions", "utf-8")
    done = cli("check", "--words", "--for", "run", "spoken.bpmn", "join.bpmn", "broken.bpmn")
    assert done.out.splitlines()[-3:] == [
        "spoken.bpmn: words of other programs",
        "  camunda:assignee       1  mapped     who does it",
        "  camunda:versionTag     1  kept       for the record",
    ]


DEADLOCK = (
    DEFINITIONS
    + """<process id="P" isExecutable="true"><startEvent id="s"/>
  <exclusiveGateway id="x"/><parallelGateway id="j"/><sequenceFlow id="f1" sourceRef="s"
  targetRef="x"/><sequenceFlow id="f2" sourceRef="x" targetRef="j"/><sequenceFlow id="f3"
  sourceRef="x" targetRef="j"/></process></definitions>"""
)


def test_a_witness_can_be_drawn(cli: Cli, folder: Path) -> None:
    (folder / "deadlock.bpmn").write_text(DEADLOCK, "utf-8")
    done = cli("check", "deadlock.bpmn", "--witness", ".")
    assert "BX601" in done.out
    assert "wrote deadlock-BX601-j.jsonl" in done.err
    drawn = cli("draw", "deadlock.bpmn", "--trace", "deadlock-BX601-j.jsonl", "-o", "d.svg")
    assert drawn.code == 0
    assert "failed" in (folder / "d.svg").read_text("utf-8")


@pytest.mark.parametrize("name", ["join.bpmn", "a" * 300, "a\0b"], ids=["file", "long", "null"])
def test_a_witness_needs_a_folder(cli: Cli, name: str) -> None:
    done = cli("check", "join.bpmn", "--witness", name)
    assert (done.code, "cannot make the folder" in done.err) == (2, True)


def test_the_folder_of_witnesses_is_made(cli: Cli, folder: Path) -> None:
    cli("check", "join.bpmn", "--witness", "wit/nesses")
    assert (folder / "wit" / "nesses").is_dir()
