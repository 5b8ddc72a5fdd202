"""Findings as people read them: place, line, caret, remedy."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

from bpmn_xml.cli import complaints
from bpmn_xml.cli.complaints import (
    Excerpts,
    complain,
    complain_of,
    finding_lines,
    say,
    wants_colour,
)
from bpmn_xml.errors import Finding, Place, Severity, StoreError, UsageError


def told(finding: Finding) -> list[str]:
    return list(finding_lines(finding, Excerpts()))


def about(file: object, line: int = 0, column: int = 0, **more: str) -> Finding:
    known: dict[str, Any] = {"code": "BX1", "message": "odd", **more}
    return Finding(place=Place(str(file), line, column), **known)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.bpmn"
    path.write_text('<a>\n\t<b id="x"/>\r\n' + "<c/>" * 100 + "\n\n", "utf-8")
    return path


EXCERPTS = [
    (2, 2, ['    2 |  <b id="x"/>', "      |  ^"]),
    (1, 0, ["    1 | <a>"]),
    (4, 1, []),
    (9, 1, []),
    (0, 0, []),
]


@pytest.mark.parametrize(("line", "column", "shown"), EXCERPTS)
def test_the_line_is_shown(file: Path, line: int, column: int, shown: list[str]) -> None:
    assert told(about(file, line, column))[1:] == shown


@pytest.mark.parametrize("column", [1, 50, 201, 397, 400])
def test_a_long_line_is_cut_around_the_place(file: Path, column: int) -> None:
    _, line, caret = told(about(file, 3, column))
    assert len(line) < 115
    at = caret.index("^")
    assert line[at] == "<c/>"[(column - 1) % 4]


def test_a_finding_has_place_code_element_and_remedy() -> None:
    found = about("a.bpmn", 3, 4, id="Ta\nsk", remedy="mend it")
    assert told(found) == ["a.bpmn:3:4: error BX1 Ta\\nsk: odd", "      = mend it"]
    assert told(Finding(code="BX2", message="no place")) == ["error BX2: no place"]


UNREADABLE = {"a folder": ".", "nothing": "nowhere", "no name": "a\0b"}


@pytest.mark.parametrize("name", UNREADABLE.values(), ids=UNREADABLE)
def test_a_file_that_cannot_be_read_has_no_excerpt(tmp_path: Path, name: str) -> None:
    assert len(told(about(tmp_path / name, 1, 1))) == 1


def test_a_file_of_the_size_of_a_disk_has_no_excerpt(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(complaints, "LARGEST_FILE", 3)
    assert len(told(about(file, 1, 1))) == 1


def test_a_file_that_is_gone_meanwhile_has_no_excerpt(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_path: Path) -> bytes:
        raise FileNotFoundError

    monkeypatch.setattr(Path, "read_bytes", gone)
    assert len(told(about(file, 1, 1))) == 1


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "latin-1"])
def test_other_encodings_are_shown(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.bpmn"
    path.write_text("<é/>", encoding)
    assert told(about(path, 1, 1))[1].startswith("    1 | <")


def test_control_characters_of_a_line_are_escaped(tmp_path: Path) -> None:
    path = tmp_path / "a.bpmn"
    path.write_text("<a>\x1b[31m<b/>", "utf-8")
    _, line, caret = told(about(path, 1, 9))
    assert line == "    1 | <a>\\x1b[31m<b/>"
    assert line[caret.index("^")] == "<"


def test_findings_are_counted() -> None:
    stream = io.StringIO()
    complain([about("a"), about("b"), about("c", severity=Severity.NOTE)], stream)
    assert stream.getvalue().splitlines()[-1] == "2 errors, 1 note"
    stream = io.StringIO()
    complain([about("a")], stream)
    assert stream.getvalue() == "a: error BX1: odd\n"


COUNTED = {
    "BX1 EXT1": "1 error keeps it from running, 1 is against the standard",
    "BX1 BX2 EXT1 XSD1": "2 errors keep it from running, 2 are against the standard",
    "BX1 EXT1 XSD1": "1 error keeps it from running, 2 are against the standard, "
    "--for run shows only what stops a run",
    "BX602 EXT1": "1 error goes wrong when it runs, 1 is against the standard",
    "BX1 BX2 BX601 BX606": "2 errors keep it from running, 2 go wrong when it runs",
    "BX601 BX602": "2 errors of how it runs",
    "EXT1 XSD1": "2 errors against the standard alone",
}


@pytest.mark.parametrize(("found", "summary"), COUNTED.items())
def test_errors_are_counted_by_axis(found: str, summary: str) -> None:
    stream = io.StringIO()
    complain([about("a", code=code) for code in found.split()], stream)
    assert stream.getvalue().splitlines()[-1] == summary


def test_very_many_findings_are_cut_by_file_and_severity(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(complaints, "MOST_OF_A_FILE", 2)
    stream = io.StringIO()
    warnings = [about("a", severity=Severity.WARNING)] * 4
    complain([*warnings, about("a"), about("b"), about("b"), about("b")], stream)
    lines = stream.getvalue().splitlines()
    assert lines[:3] == ["a: warning BX1: odd", "a: warning BX1: odd", "a: error BX1: odd"]
    assert lines[3:5] == ["b: error BX1: odd"] * 2
    assert lines[5:] == [
        "a: 2 more warnings left out here; bpmn-xml check --json tells all",
        "b: 1 more error left out here; bpmn-xml check --json tells all",
        "4 errors, 4 warnings",
    ]


def test_what_is_the_same_again_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(complaints, "MOST_LINES", 2)
    stream = io.StringIO()
    again = [about("a", line, code="EXT1") for line in (3, 5, 7, 9)]
    complain([again[0], about("a", 4, code="BX1"), *again[1:], about("b", code="EXT1")], stream)
    assert stream.getvalue().splitlines() == [
        "a:3: error EXT1: odd",
        "      + 3 more like this: lines 5, 7, …",
        "a:4: error BX1: odd",
        "b: error EXT1: odd",
        (
            "1 error keeps it from running, 5 are against the standard, "
            "--for run shows only what stops a run"
        ),
    ]
    stream = io.StringIO()
    complain([about("a", code="XSD1")] * 2 + [about("a", code="BX1")] * 2, stream)
    assert "      + 1 more like this\n" in stream.getvalue()
    assert stream.getvalue().count("BX1") == 2


def test_missing_python_has_a_way_on() -> None:
    stream = io.StringIO()
    complain([about("a.bpmn", code="BX201"), about("", code="BX201")], stream)
    assert stream.getvalue().splitlines()[-2] == (
        "bpmn-xml: note: `bpmn-xml bindings a.bpmn` writes the Python that is missing; "
        "`run --stub` does without"
    )


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_colours_are_for_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    terminal = Terminal()
    complain([about("a")], terminal)
    assert terminal.getvalue() == "a: \x1b[1;31merror\x1b[0m BX1: odd\n"
    monkeypatch.setenv("NO_COLOR", "1")
    assert not wants_colour(terminal)
    monkeypatch.setenv("NO_COLOR", "")
    monkeypatch.setenv("TERM", "dumb")
    assert not wants_colour(terminal)
    assert not wants_colour(io.StringIO())


ERRORS = [
    (StoreError("disk\n gone"), "bpmn-xml: error: disk\\n gone\n"),
    (UsageError("no", remedy="yes"), "bpmn-xml: error: no\n      = yes\n"),
    (UsageError("no"), "bpmn-xml: error: no\n"),
]


@pytest.mark.parametrize(("error", "shown"), ERRORS, ids=[str(error) for error, _ in ERRORS])
def test_errors_are_told(error: UsageError, shown: str, capsys: pytest.CaptureFixture[str]) -> None:
    complain_of(error)
    assert capsys.readouterr().err == shown


def test_a_terminal_sees_the_severity_in_colour(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    say("warning", "careful")
    assert terminal.getvalue() == "bpmn-xml: \x1b[1;33mwarning\x1b[0m: careful\n"


def test_forms_that_are_not_there_are_told_once() -> None:
    stream = io.StringIO()
    told = [
        Finding(
            code="BX164",
            severity=Severity.WARNING,
            place=Place("", line),
            message=f"its form 'f{line}' is not here",
            remedy=f"put 'f{line}.form' beside it",
        )
        for line in (1, 2)
    ]
    complain(told, stream)
    assert "put 'f1.form' beside it\n      + 1 more like this: line 2\n" in stream.getvalue()


def test_notes_on_the_standard_are_told_in_a_line_for_each_file(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def note(code: str, line: int) -> Finding:
        return Finding(
            code=code, message="m", severity=Severity.NOTE, place=Place("a.bpmn", line, 1)
        )

    found = [note("EXT128", 3), note("EXT128", 7), note("EXT067", 5), note("BX711", 9)]
    complain(found, fold=True)
    told = capsys.readouterr().err.splitlines()
    assert [line for line in told if "EXT" in line] == [
        (
            "a.bpmn: note said in the words of an engine, not in the standard's: "
            "EXT128 (lines 3 and 7), EXT067 (line 5)"
        )
    ]
    assert told[-1] == "4 notes"
    complain(found)
    assert "EXT128: m" in capsys.readouterr().err


def test_what_to_do_about_python_that_is_missing_is_told_once(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = [
        Finding(code="BX201", message=f"nothing is bound to '{name}'", place=Place("a.bpmn", line),
                remedy=f"write a function {name}")
        for line, name in enumerate(("pay", "pack"), 1)
    ]  # fmt: skip
    complain(found)
    told = capsys.readouterr().err
    assert "write a function pay" in told
    assert "write a function pack" not in told


def test_an_element_whose_id_nobody_knows_is_told_by_its_name_too() -> None:
    made = "_604be023-654c-44df-a64c-365254a100cd"
    known = [
        Finding(code="BX114", message="m", id=one, name="Service\ntype") for one in ("type", made)
    ]
    assert [told(one)[0] for one in known] == [
        "error BX114 type: m",
        f"error BX114 {made} 'Service type': m",
    ]
