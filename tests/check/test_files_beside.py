"""A file beside the caller that has what is called is named, and hides no fault of binding."""

from __future__ import annotations

from pathlib import Path

import pytest

from bpmn_xml.check import check
from tests.cli.files import bpmn, chain, one, process

NEIGHBOURS = {
    "has it": (bpmn(process(chain("task u"), id_="B")), "b.bpmn beside it has it: give that"),
    "mentions it": (one("task B"), "give the file that has it too"),
    "is broken": ("<B", "give the file that has it too"),
}


def test_the_name_of_what_is_called_may_have_a_namespace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    caller = one("callActivity c calledElement='o:B' xmlns:o='urn:o'")
    Path("a.bpmn").write_text(caller, "utf-8")
    Path("b.bpmn").write_text(NEIGHBOURS["has it"][0], "utf-8")
    (call,) = [found for found in check("a.bpmn", aim="run") if found.code == "BX133"]
    assert call.remedy.startswith("b.bpmn beside it has it")


def test_what_camunda_8_calls_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    called = "<z:calledElement xmlns:z='http://camunda.org/schema/zeebe/1.0' processId='B'/>"
    caller = one("callActivity c").replace(
        '<callActivity id="c" />',
        f'<callActivity id="c"><extensionElements>{called}</extensionElements></callActivity>',
    )
    Path("a.bpmn").write_text(caller, "utf-8")
    Path("b.bpmn").write_text(NEIGHBOURS["has it"][0], "utf-8")
    (call,) = [found for found in check("a.bpmn", aim="run") if found.code == "BX133"]
    assert call.remedy.startswith("b.bpmn beside it has it")


@pytest.mark.parametrize(("text", "remedy"), NEIGHBOURS.values(), ids=NEIGHBOURS)
def test_the_neighbour_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, remedy: str
) -> None:
    monkeypatch.chdir(tmp_path)
    caller = one("serviceTask lost", "callActivity c calledElement='B'")
    Path("a.bpmn").write_text(caller, "utf-8")
    Path("b.bpmn").write_text(text, "utf-8")
    lost, call = sorted(check("a.bpmn", aim="run"), key=lambda found: found.code, reverse=True)
    assert (lost.code, lost.id) == ("BX201", "lost")
    assert (call.code, call.id) == ("BX133", "c")
    assert call.remedy.startswith(remedy)
