"""Whatever is asked, an answer comes: help, a refusal with a remedy, an exit code."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bpmn_xml import __version__
from bpmn_xml.cli import main as program
from bpmn_xml.cli.outcomes import MEANINGS, STATUSES, Exit, gravest
from bpmn_xml.cli.verbs import VERBS
from tests.cli.conftest import Cli
from tests.conftest import ROOT

NAMES = [verb.name for verb in VERBS]


@pytest.mark.parametrize("words", [("--help",), ("-h",), ("help",)], ids=" ".join)
def test_help_names_every_verb(cli: Cli, words: tuple[str, ...]) -> None:
    done = cli(*words)
    assert done.code == 0
    for verb in VERBS:
        assert f"  {verb.name} " in done.out


def test_nothing_asked_gives_help_but_is_wrong(cli: Cli) -> None:
    done = cli()
    assert (done.code, done.out[:6]) == (2, "usage:")


@pytest.mark.parametrize("name", NAMES)
def test_help_of_a_verb_has_an_example(cli: Cli, name: str) -> None:
    done = cli(name, "--help")
    assert done.code == 0
    assert re.search(rf"examples:\n  bpmn-xml {name} ", done.out)


@pytest.mark.parametrize("name", NAMES)
def test_examples_are_accepted(cli: Cli, name: str) -> None:
    from bpmn_xml.cli.verbs import load, parser_of

    verb = next(verb for verb in VERBS if verb.name == name)
    module = load(verb)
    for example in module.EXAMPLES.strip().splitlines():
        words = shlex.split(example)[2:]
        assert parser_of(verb, module).parse_args(words)


def test_version_is_told(cli: Cli) -> None:
    assert cli("--version").out == f"bpmn-xml {__version__}\n"


WRONG = {
    "no verb": (("rnu", "x.bpmn"), "did you mean 'run'?"),
    "a strange verb": (("quux",), f"use one of {', '.join(verb.name for verb in VERBS)}"),
    "a file": (("greet.bpmn",), "did you mean bpmn-xml run greet.bpmn?"),
    "an option": (("run", "greet.bpmn", "--fast"), "see bpmn-xml run --help"),
    "a misspelt option": (
        ("run", "greet.bpmn", "--mesage=x"),
        "did you mean '--message' or '--message-ttl'?",
    ),
    "no file": (("run",), "the following arguments are required: FILE"),
    "a missing file": (("run", "x.bpmn"), "cannot read x.bpmn: No such file or directory"),
    "a misspelt file": (("run", "great.bpmn"), "did you mean 'greet.bpmn'? Else see that it is"),
    "a folder": (("draw", "."), "cannot read .: Is a directory"),
    "a folder with files": (("draw", "."), "name a file in it, as "),
    "a suffix": (("run", "notes.txt"), "notes.txt: unknown format '.txt'"),
    "what is packed": (("run", "order.zip"), "order.zip: this is a ZIP archive, no diagram\n"),
    "a misspelt trace": (("why", "variable.json"), "      = did you mean 'variables.json'?\n"),
    "misspelt variables": (("run", "greet.bpmn", "--vars", "sme.json"), "did you mean 'some.json'"),
    "misspelt answers": (("run", "greet.bpmn", "--answers", "sme.json"), "mean 'some.json'?"),
    "a misspelt style": (("draw", "greet.bpmn", "--style", "note.txt"), "mean 'notes.txt'?"),
    "no folder to write to": (("draw", "greet.bpmn", "-o", "gone/x.svg"), "no folder gone\n"),
    "JSON": (("run", "some.json"), "some.json is JSON, not a diagram"),
    "a name with NUL": (("run", "a\0b"), "cannot read a\\x00b"),
    "an escape sequence": (("run", "\x1b[31m"), "cannot read \\x1b[31m"),
    "a lone surrogate": (("run", "\udcff.bpmn"), "cannot read \\udcff.bpmn"),
}


@pytest.mark.parametrize(("words", "message"), WRONG.values(), ids=WRONG)
def test_wrong_usage_is_refused(cli: Cli, words: tuple[str, ...], message: str) -> None:
    done = cli(*words)
    assert (done.code, done.out) == (2, "")
    assert message in done.err
    assert "\x1b" not in done.err


def test_all_faults_of_all_files_are_told(cli: Cli, folder: Path) -> None:
    (folder / "again.bpmn").write_text("<also>\n<broken", "utf-8")
    done = cli("run", "broken.bpmn", "again.bpmn", "greet.bpmn", "broken.bpmn")
    assert done.code == 2
    assert done.err.count("broken.bpmn:1:1: error BX004: ") == 1
    assert "    1 | <definitions>\n      | ^\n      = its namespace is xmlns=" in done.err
    assert "again.bpmn:" in done.err
    assert re.search(r"^\d errors$", done.err, re.MULTILINE)


def test_what_nobody_expected_is_our_fault(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(_words: object) -> int:
        raise ZeroDivisionError("over \x1b a stone")

    monkeypatch.setattr(program, "dispatch", stumble)
    done = cli("run", "greet.bpmn")
    assert done.code == 70
    assert done.err == (
        "bpmn-xml: error: internal error, please report it: "
        "ZeroDivisionError: over \\x1b a stone (--debug shows where)\n"
    )
    assert "in stumble" in cli("run", "greet.bpmn", "--debug").err


def test_an_interruption_is_no_fault(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_words: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(program, "dispatch", interrupted)
    assert cli("run", "greet.bpmn").code == 130


def test_gravity_ranks_every_code() -> None:
    assert set(MEANINGS) == set(Exit)
    assert set(STATUSES.values()) <= set(Exit)


@pytest.mark.parametrize(
    ("codes", "counts"),
    [
        ([], 0),
        ([0, 0], 0),
        ([0, 3], 3),
        ([3, 1, 0], 1),
        ([1, 4, 3], 4),
        ([4, 2, 1], 2),
        ([130, 2, 4, 1, 3, 0], 130),
    ],
    ids=str,
)
def test_the_gravest_code_counts(codes: list[int], counts: int) -> None:
    assert gravest([Exit(code) for code in codes]) == counts


def run_program(*words: str, cwd: Path, **options: Any) -> subprocess.CompletedProcess[bytes]:
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "bpmn_xml", *words]
    done: subprocess.CompletedProcess[bytes] = subprocess.run(
        command, cwd=cwd, env=env, capture_output=True, check=False, **options
    )
    return done


def test_it_is_a_program(folder: Path) -> None:
    done = run_program("run", "greet.bpmn", "--var", "name=Ä\udcff", cwd=folder)
    assert (done.returncode, done.stdout) == (0, b"Hello, \\xc4\\udcff\n")
    assert done.stderr.startswith(b"P: completed at end in ")


def test_starting_loads_nothing_that_is_not_needed(folder: Path) -> None:
    code = (
        "import sys\nfrom bpmn_xml.cli.main import main\n"
        "main(['run', 'greet.bpmn', '-q'])\nprint(*sys.modules)"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=env, capture_output=True, check=True
    )
    loaded = set(done.stdout.decode().split())
    heavy = {"networkx", "rich", "graphviz", "pygraphviz", "bpmn_xml.render.drawing"}
    assert loaded.isdisjoint(heavy)
