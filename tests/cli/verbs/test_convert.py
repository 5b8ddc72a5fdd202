"""Converting: legacy files become BPMN, drawings are kept, what has none gets one."""

from __future__ import annotations

from pathlib import Path

import pytest

from bpmn_xml import read, write
from tests.cli.conftest import Cli
from tests.cli.files import CONF


def test_a_legacy_file_becomes_bpmn_beside_it(cli: Cli, folder: Path) -> None:
    (folder / "office.conf").write_text(CONF, "utf-8")
    done = cli("convert", "office.conf", "-o", "converted.bpmn")
    assert (done.code, done.err.splitlines()[-1]) == (0, "bpmn-xml: note: wrote converted.bpmn")
    model = read(folder / "converted.bpmn")
    assert model.diagrams[0].plane.elements
    (folder / "plain.conf").write_text(CONF, "utf-8")
    assert cli("convert", "plain.conf").code == 0
    assert (folder / "plain.bpmn").exists()


def test_what_was_edited_since_is_written_over_only_by_name(cli: Cli, folder: Path) -> None:
    (folder / "plain.conf").write_text(CONF, "utf-8")
    drawn = folder / "plain.bpmn"
    assert [cli("convert", "plain.conf").code for _ in range(2)] == [0, 0]
    made = drawn.read_text("utf-8")
    drawn.write_text(made + "<!-- mine -->", "utf-8")
    done = cli("convert", "plain.conf")
    assert done.code == 2
    assert "plain.bpmn is there already, and something else is in it" in done.err
    assert "-o plain.bpmn" in done.err
    assert drawn.read_text("utf-8").endswith("<!-- mine -->")
    assert cli("convert", "plain.conf", "-o", "plain.bpmn").code == 0
    assert drawn.read_text("utf-8") == made


def test_a_drawing_is_kept_unless_it_is_to_be_made_anew(cli: Cli, folder: Path) -> None:
    cli("convert", "join.bpmn", "-o", "drawn.bpmn")
    drawn = read(folder / "drawn.bpmn")
    plane = drawn.diagrams[0].plane
    import msgspec

    fewer = msgspec.structs.replace(plane, elements=plane.elements[:1])
    diagram = msgspec.structs.replace(drawn.diagrams[0], plane=fewer)
    write(msgspec.structs.replace(drawn, diagrams=(diagram,)), folder / "own.bpmn")
    assert cli("convert", "own.bpmn", "-o", "kept.bpmn").code == 0
    assert len(read(folder / "kept.bpmn").diagrams[0].plane.elements) == 1
    assert cli("convert", "own.bpmn", "-o", "anew.bpmn", "--layout").code == 0
    assert len(read(folder / "anew.bpmn").diagrams[0].plane.elements) == len(plane.elements)


def test_it_goes_to_stdout(cli: Cli) -> None:
    done = cli("convert", "join.bpmn", "-o", "-")
    assert "BPMNDiagram" in done.out
    assert done.err == ""


WRONG = {
    "BPMN already": (("join.bpmn",), "join.bpmn is BPMN already"),
    "another format": (("join.bpmn", "-o", "x.conf"), "name a file with suffix .bpmn"),
    "no folder": (("join.bpmn", "-o", "no/x.bpmn"), "there is no folder no"),
    "a folder": (("join.bpmn", "-o", "d.bpmn"), "it is a folder"),
    "no diagram": (("notes.txt",), "unknown format '.txt'"),
    "a folder to read": ((".",), "Is a directory"),
}


@pytest.mark.parametrize(("words", "message"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_is_refused(
    cli: Cli, folder: Path, words: tuple[str, ...], message: str
) -> None:
    (folder / "d.bpmn").mkdir()
    done = cli("convert", *words)
    assert done.code == 2
    assert message in done.err


def test_what_is_doubtful_is_told(cli: Cli, folder: Path) -> None:
    text = (folder / "greet.bpmn").read_text("utf-8").replace('targetRef="end"', 'targetRef="x"')
    (folder / "lost.bpmn").write_text(text, "utf-8")
    done = cli("convert", "lost.bpmn", "-o", "out.bpmn")
    assert "BX024" in done.err
