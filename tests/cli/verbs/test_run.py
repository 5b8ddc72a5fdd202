"""Runs: what they print, what they leave behind, and how they end."""

from __future__ import annotations

import json
import re
import threading
from pathlib import Path
from typing import Any

import pytest

from bpmn_xml.cli.streams import shielded
from bpmn_xml.trace.reader import TraceReader
from tests.cli.conftest import Cli
from tests.cli.files import one

ENDS: dict[str, tuple[list[str], int, str]] = {
    "completed": (["greet.bpmn"], 0, r"P: completed at end in [\d.]+ m?s\n  node "),
    "an error": (
        ["throw.bpmn"],
        1,
        r"P: failed in .*\n  error LATE at throw: by a day\n    nothing ",
    ),
    "a person": (["sign.bpmn"], 3, r'P: waiting in .*\n  waits at .*\n  sign "Sign it"  a person '),
    "an incident": (["fail.bpmn"], 4, r"P: incident .*\n  incident at fail: ValueError: no \\x1b"),
    "no binding": (["unbound.bpmn"], 2, r"nothing is bound to 'nobody'(.|\n)*bound to 'none'"),
    "stubs": (["unbound.bpmn", "--stub"], 0, r"2 tasks without Python will pass: Nobody and none"),
    "a stub for a process": (["astray.bpmn", "--stub"], 0, r"will pass: nobody and call\n"),
    "a choice": (["choice.bpmn", "--choose", "which=left"], 0, "P: completed"),
    "no such choice": (["choice.bpmn", "--choose", "wich=left"], 2, "did you mean 'which'"),
    "a choice twice": (["choice.bpmn", *("--choose", "which=left") * 2], 0, "P: completed"),
    "two choices": (
        ["choice.bpmn", "--choose", "which=left", "--choose", "which=right"],
        2,
        "--choose which: it cannot be both 'left' and 'right'",
    ),
    "a broken choice": (["choice.bpmn", "--choose", "which"], 2, "not of the form NAME=VALUE"),
    "no variable": (["choice.bpmn"], 4, "incident at which"),
    "a variable": (["choice.bpmn", "--var", "n=3"], 0, "P: completed"),
    "items": (["count.bpmn", "--allow-scripts"], 0, r"completed at end in .*, 3 items\n"),
    "no such process": (["greet.bpmn", "--process", "Q"], 2, "there is no process 'Q'"),
    "another process": (["two.bpmn", "--process", "B"], 3, r"B: waiting"),
    "one more before": (["two.bpmn", "--start", "B"], 3, r"B: waiting\n(.*\n){2}A: waiting in"),
    "one before another": (
        ["two.bpmn", "--process", "B", "--start", "A"],
        3,
        r"A: waiting\n(.|\n)*B: waiting",
    ),
    "all that begin": (["both.bpmn"], 0, r"B: completed(.|\n)*A: completed"),
    "a start event": (["both.bpmn", "--start", "b_start"], 0, r"B: completed"),
    "no such start": (["both.bpmn", "--start", "c"], 2, "no process or start event 'c'"),
    "an event": (["waiting.bpmn", "--start", "noon"], 0, "P: completed"),
    "several events": (["waiting.bpmn"], 2, "--start asked or --start noon"),
    "events and no Python": (["asks.bpmn"], 2, r"--start noon(.|\n)*nothing is bound to 'end'"),
    "a bad call and no Python": (["astray.bpmn"], 2, r"BX133 call(.|\n)*BX201 nobody"),
    "negative workers": (
        ["greet.bpmn", "--workers", "-1"],
        2,
        "'-1' is not a whole number",
    ),
    "words for workers": (
        ["greet.bpmn", "--workers", "all"],
        2,
        "'all' is not a whole number",
    ),
    "words for late timers": (["greet.bpmn", "--catch-up", "all"], 2, "not a whole number from 0"),
    "no time": (["greet.bpmn", "--max-time", "-1"], 2, "is neither a number of seconds"),
    "words for time": (["greet.bpmn", "--max-time", "soon"], 2, "is neither a number of seconds"),
    "nan": (["greet.bpmn", "--grace", "nan"], 2, "is neither a number of seconds"),
    "in the main thread": (["greet.bpmn", "--workers", "0"], 0, "P: completed"),
    "a folder that is none": (
        ["greet.bpmn", "--path", "x"],
        2,
        "--path x: there is no such folder",
    ),
    "a module": (["unbound.bpmn", "--module", "office"], 2, "nothing is bound to 'nobody'"),
    "no module": (["greet.bpmn", "--module", "offices"], 2, "there is no module 'offices'"),
    "a table that is none": (["greet.bpmn", "--bindings", "x.toml"], 2, "x.toml"),
    "the namesake": (["office.bpmn"], 0, "P: completed"),
    "the namesake and stubs": (["office.bpmn", "--stub"], 0, "P: completed"),
    "a picture of no kind": (
        ["greet.bpmn", "--diagram", "x.gif"],
        2,
        "unknown picture format '.gif'",
    ),
    "a picture nowhere": (["greet.bpmn", "--diagram", "no/x.svg"], 2, "there is no folder no"),
    "the diagram itself": (["greet.bpmn", "--trace", "greet.bpmn"], 2, "that is the file that is"),
    "a folder as trace": (["greet.bpmn", "--trace", "."], 2, "it is a folder"),
    "variables that are none": (
        ["greet.bpmn", "--vars", "notes.txt"],
        2,
        "notes.txt:1:1: error BX402",
    ),
}


@pytest.mark.parametrize(("words", "code", "told"), ENDS.values(), ids=ENDS)
def test_a_run_ends_so(cli: Cli, words: list[str], code: int, told: str) -> None:
    done = cli("run", *words)
    assert done.code == code, done.err
    assert re.search(told, done.err), done.err
    assert "\x1b" not in done.err


def test_what_handlers_print_goes_to_stdout_alone(cli: Cli) -> None:
    done = cli("run", "greet.bpmn", "--vars", "variables.json", "--quiet")
    assert (done.code, done.out, done.err) == (0, "Hello, Ada\n", "")


def test_incidents_are_told_however_quiet_it_is(cli: Cli) -> None:
    done = cli("run", "fail.bpmn", "-q")
    assert done.err.startswith("P: incident at fail: ValueError: no \\x1b[31mpaper\n")
    assert "P: incident in" not in done.err


def test_a_variable_outweighs_the_file(cli: Cli) -> None:
    words = ("run", "greet.bpmn", "--vars", "variables.json", "--var", "name=Eve", "-q")
    assert cli(*words).out == "Hello, Eve\n"


def test_a_binding_file_beside_the_diagram_is_used(cli: Cli, folder: Path) -> None:
    table = 'nobody = "python:office:greet"\nnone = "python:office:greet"\n'
    (folder / "bindings.toml").write_text(table, "utf-8")
    assert cli("run", "unbound.bpmn", "-q").out == "Hello, you\n" * 2
    (folder / "bindings.toml").rename(folder / "other.toml")
    assert cli("run", "unbound.bpmn", "-q").code == 2
    assert cli("run", "unbound.bpmn", "-q", "--bindings", "other.toml").code == 0


def test_handlers_may_lie_in_other_folders(cli: Cli, folder: Path) -> None:
    (folder / "more").mkdir()
    (folder / "more" / "rooms.py").write_text("def sweep(): print('swept')", "utf-8")
    sweep = one('serviceTask t implementation="python:rooms:sweep"')
    (folder / "sweep.bpmn").write_text(sweep, "utf-8")
    assert cli("run", "sweep.bpmn").code == 2
    assert cli("run", "sweep.bpmn", "--path", "more", "-q").out == "swept\n"


def test_the_standard_library_is_no_handler(cli: Cli, folder: Path) -> None:
    evil = one('serviceTask t implementation="python:os:getpid"')
    (folder / "evil.bpmn").write_text(evil, "utf-8")
    assert "BX202" in cli("run", "evil.bpmn").err
    done = cli("run", "evil.bpmn", "--allow-import", "os", "--result", "-", "-q")
    assert done.code == 2


def result_of(done: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(done.out)
    return found


def test_the_result_goes_to_stdout(cli: Cli) -> None:
    done = cli("run", "odd.bpmn", "--result", "-", "-q")
    found = result_of(done)
    assert found == {
        "process": "P",
        "instance": "P-1",
        "status": "completed",
        "outcome": "completed",
        "variables": {"text": "\ud800", "pair": [1, 2], "price": 1.5},
        "at": "end",
    }


def test_the_result_goes_to_a_file(cli: Cli, folder: Path) -> None:
    cli("run", "greet.bpmn", "--var", "name=Zoë", "--result", "r.json", "-q")
    text = (folder / "r.json").read_text("utf-8")
    assert json.loads(text)["variables"] == {"name": "Zoë", "greeting": "Hello, Zoë"}
    assert "Zoë" in text


RESULTS: dict[str, tuple[str, dict[str, Any]]] = {
    "throw.bpmn": ("failed", {"error": {"code": "LATE", "message": "by a day"}}),
    "sign.bpmn": ("waiting", {}),
    "fail.bpmn": (
        "incident",
        {"incidents": [{"at": "fail", "message": "ValueError: no \x1b[31mpaper"}]},
    ),
}


@pytest.mark.parametrize(("file", "expected"), RESULTS.items(), ids=RESULTS)
def test_the_result_says_what_is_open(
    cli: Cli, file: str, expected: tuple[str, dict[str, Any]]
) -> None:
    found = result_of(cli("run", file, "--result", "-", "-q"))
    status, more = expected
    assert (found["status"], found["variables"]) == (status, {})
    assert found["outcome"] == (status if status == "failed" else "")  # as `Run` has them
    assert {key: found[key] for key in more} == more


def test_the_result_says_what_waits_for_what(cli: Cli) -> None:
    waiting = result_of(cli("run", "sign.bpmn", "--result", "-", "-q"))["waiting"]
    assert [entry.pop("since") > 0 for entry in waiting] == [True]
    assert waiting == [{"instance": "P-1", "node": "sign", "cause": "a person", "name": "Sign it"}]


def test_other_runs_stand_beside(cli: Cli) -> None:
    found = result_of(cli("run", "two.bpmn", "--start", "B", "--result", "-", "-q"))
    assert (found["process"], [other["process"] for other in found["others"]]) == ("A", ["B"])


def test_where_an_exception_came_from_is_told(cli: Cli) -> None:
    short, whole = cli("run", "fail.bpmn"), cli("run", "fail.bpmn", "--debug")
    assert re.search(r'File ".*office.py", line \d+, in fail\n', short.err)
    assert "Traceback" in whole.err


def test_equal_incidents_are_told_once(cli: Cli, folder: Path) -> None:
    text = one('serviceTask count implementation="python:office:count"', "serviceTask fail")
    (folder / "office.bpmn").write_text(text, "utf-8")
    done = cli("run", "office.bpmn")
    assert done.code == 4
    assert re.search(
        r"incident at fail: ValueError: no .*paper \(3 times, first item count\.1:0\)\n", done.err
    )
    assert done.err.count("in fail") == 1


def test_a_trace_names_its_files(cli: Cli, folder: Path) -> None:
    assert cli("run", "join.bpmn", "--trace", "run.jsonl", "-q").code == 3
    with TraceReader(folder / "run.jsonl") as trace:
        assert [file.name for file in trace.header.files] == ["join.bpmn"]
        assert len(trace.header.files[0].sha256) == 64
        lines = list(trace)
    assert lines[0].records[0].type == "InstanceStarted"


@pytest.mark.parametrize("kind", ["svg", "png", "dot", "pdf"])
def test_a_run_is_drawn(cli: Cli, folder: Path, kind: str) -> None:
    assert cli("run", "join.bpmn", "--diagram", f"run.{kind}", "-q").code == 3
    assert (folder / f"run.{kind}").stat().st_size > 500


def test_the_picture_shows_the_run(cli: Cli, folder: Path) -> None:
    cli("run", "join.bpmn", "--diagram", "run.svg", "-q")
    picture = (folder / "run.svg").read_text("utf-8")
    assert re.search(r'id="quick"[^>]*class="[^"]*done', picture)
    assert re.search(r'id="slow"[^>]*class="[^"]*waiting', picture)
    assert re.search(r'id="join"[^>]*class="[^"]*waiting', picture)


def test_warnings_are_told_before_it_runs(cli: Cli, folder: Path) -> None:
    text = one("task a").replace("</process>", '<task id="lost"/></process>')
    (folder / "lost.bpmn").write_text(text, "utf-8")
    done = cli("run", "lost.bpmn")
    assert (done.code, "warning" in done.err) == (0, True)


def test_a_last_step_that_fails_keeps_no_other(cli: Cli, folder: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no device that is always full")
    words = ("--trace", "/dev/full", "--result", "/dev/full", "--diagram", "run.svg")
    done = cli("run", "greet.bpmn", *words)
    assert done.code == 2
    assert done.err.count("No space left on device") == 2
    assert "P: completed" in done.err
    assert (folder / "run.svg").exists()


def test_time_is_up(cli: Cli) -> None:
    done = cli("run", "linger.bpmn", "--max-time", "0.05")
    assert done.code == 130
    assert "stopped after 0.05 s" in done.err
    assert "P: stopped before its end" in done.err


DOOR = threading.Event()
"""Behind it a call waits until the test is over."""


def test_a_call_that_does_not_end_is_told(cli: Cli, folder: Path) -> None:
    held = f"from {__name__} import DOOR\n\ndef stay():\n    DOOR.wait(60)\n"
    (folder / "held.py").write_text(held, "utf-8")
    drawing = one('serviceTask stay implementation="python:held:stay"')
    (folder / "held.bpmn").write_text(drawing, "utf-8")
    try:
        done = cli("run", "held.bpmn", "--max-time", "0.05", "--grace", "0.05")
    finally:
        DOOR.set()
    assert done.code == 130
    assert "a call of stay has not ended" in done.err
    assert "P: stopped before its end" in done.err
    for thread in threading.enumerate():
        if thread.name.startswith("bpmn-xml-worker"):
            thread.join()


def test_processes_of_other_files_may_be_called(cli: Cli, folder: Path) -> None:
    (folder / "caller.bpmn").write_text(one('callActivity c calledElement="B"'), "utf-8")
    assert cli("run", "caller.bpmn").code == 2
    done = cli("run", "caller.bpmn", "both.bpmn")
    assert done.code == 0
    assert "P: completed" in done.err


def test_streams_come_back_as_they_were(capsys: pytest.CaptureFixture[str]) -> None:
    import sys

    before = sys.stdout, sys.stderr
    with shielded():
        print("heard")
    assert (sys.stdout, sys.stderr) == before
    assert capsys.readouterr().out == "heard\n"


def test_who_begins_a_process(cli: Cli, folder: Path) -> None:
    asks = 'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" camunda:initiator="who"'
    text = (folder / "greet.bpmn").read_text("utf-8")
    text = text.replace("<startEvent ", f"<startEvent {asks} ", 1)
    (folder / "begun.bpmn").write_text(text, "utf-8")
    cli("run", "begun.bpmn", "--var", "name=Zoë", "--initiator", "ada", "--result", "r.json", "-q")
    assert json.loads((folder / "r.json").read_text("utf-8"))["variables"]["who"] == "ada"
