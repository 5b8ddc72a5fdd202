"""Diagrams as they come from modelers: a program, or refusals that are true."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from bpmn_xml.compiler import Options, analyse
from bpmn_xml.compiler.program import Program
from bpmn_xml.errors import Finding, Severity
from bpmn_xml.formats import read
from bpmn_xml.model import Definitions
from bpmn_xml.model.walk import processes
from tests.conftest import ROOT
from tests.real import real_files

FOLDERS = ("camunda7", "camunda8", "miwg")
FILES = [*real_files(*FOLDERS, "other"), *ROOT.glob("diagrams/calculator/*.conf")]
CHOICE = re.compile(r"--choose ('.*?'|\S+)")


def refused(findings: list[Finding]) -> list[Finding]:
    return [found for found in findings if found.severity is Severity.ERROR]


def choose(findings: list[Finding]) -> dict[str, str]:
    """The first choice that each finding's remedy offers, read as a shell would."""
    chosen = {}
    for found in findings:
        offered = CHOICE.search(found.remedy)
        if offered:
            gateway, _, flow = shlex.split(offered[1].rstrip(","))[0].partition("=")
            chosen[gateway] = flow
    return chosen


def stubbed(model: Definitions, process: str = "") -> tuple[Program | None, list[Finding]]:
    """A stub run in which whatever can be chosen is chosen."""
    _, findings = analyse([model], Options(process=process, stub=True))
    choices = choose(findings)
    return analyse([model], Options(process=process, stub=True, choices=choices))


def test_each_file_gives_a_program_or_refusals_with_place_and_remedy() -> None:
    for path in FILES:
        model = read(path, name=path.name)
        for process in ["", *[found.id for found in processes(model)]]:
            program, findings = analyse([model], Options(process=process))
            errors = refused(findings)
            assert (program is None) is bool(errors)
            for found in errors:
                assert found.place.file == path.name
                assert found.place.line
                assert found.remedy
                assert found.id


def test_every_camunda_file_moves_as_a_stub() -> None:
    for path in FILES:
        if path.parent.name in {"camunda7", "camunda8"}:
            program, findings = stubbed(read(path, name=path.name))
            assert program is not None, [str(found) for found in refused(findings)]


def test_the_choices_that_remedies_offer_are_answers() -> None:
    for path in FILES:
        model = read(path, name=path.name)
        for process in processes(model):
            _, findings = stubbed(model, process.id)
            left = {found.code for found in refused(findings)}
            assert not left & {"BX110", "BX112"}, path.name
            assert not any(CHOICE.search(found.remedy) for found in refused(findings)), path.name


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_collection_is_whole(shared_data: Path, folder: str) -> None:
    assert any((shared_data / folder).iterdir())
