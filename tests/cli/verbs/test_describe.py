"""`describe` and `layout`: a drawing in words, and a new one."""

from __future__ import annotations

from pathlib import Path

from bpmn_xml import formats
from tests.cli.conftest import Cli


def test_a_drawing_in_words(cli: Cli) -> None:
    done = cli("describe", "join.bpmn")
    assert done.code == 0
    assert "  start event" in done.out
    assert cli("describe", "join.bpmn", "--plane", "1").out == done.out


def test_what_is_not_there_is_refused(cli: Cli) -> None:
    done = cli("describe", "join.bpmn", "--plane", "9")
    assert (done.code, "no plane '9'" in done.err) == (2, True)
    assert cli("describe", "no.bpmn").code == 2


def test_a_diagram_is_laid_out_anew(cli: Cli, folder: Path) -> None:
    done = cli("layout", "join.bpmn", "-o", "neat.bpmn")
    assert (done.code, done.err) == (0, "bpmn-xml: note: wrote neat.bpmn\n")
    before, after = (formats.read(folder / name) for name in ("join.bpmn", "neat.bpmn"))
    assert after.root_elements == before.root_elements
    assert after.diagrams[0].plane.elements
    assert cli("layout", "neat.bpmn", "-o", "-").out == (folder / "neat.bpmn").read_text("utf-8")


def test_a_layout_goes_to_a_named_file_of_bpmn(cli: Cli) -> None:
    assert "required: -o" in cli("layout", "join.bpmn").err
    assert "cannot write neat.svg" in cli("layout", "join.bpmn", "-o", "neat.svg").err
