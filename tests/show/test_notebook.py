"""What notebooks show; the notebook beside the order is done cell by cell."""

from __future__ import annotations

import ast
import importlib.util
import json
import shutil
import sys
import threading
import types
from pathlib import Path
from typing import Any

import lxml.html
import pytest

import bpmn_xml
from bpmn_xml import model
from bpmn_xml.render.runs import Naming
from bpmn_xml.runtime.runs import Run
from bpmn_xml.show import notebook
from bpmn_xml.trace.standstill import Cause, Standstill
from tests.conftest import ROOT
from tests.render.build import order, parse

ORDER = ROOT / "diagrams" / "order"
WAITS = bpmn_xml.model.Definitions(
    id="d",
    root_elements=(
        model.Process(
            id="p",
            is_executable=True,
            flow_elements=(
                model.StartEvent(id="s"),
                model.ServiceTask(id="t", name="<b>Think</b>"),
                model.SequenceFlow(id="f", source_ref="s", target_ref="t"),
            ),
        ),
    ),
)


@pytest.fixture
def in_notebook(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ipykernel", types.ModuleType("ipykernel"))


def shown(value: object) -> str:
    """What a notebook shows of a value."""
    for name in ("_repr_html_", "_repr_svg_", "__repr__"):
        if hasattr(value, name):
            return str(getattr(value, name)())
    raise AssertionError


def done(cell: str, names: dict[str, Any]) -> str:
    """Do a cell as IPython would; what its last expression shows."""
    tree = ast.parse(cell)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    if last is None:
        return ""
    return shown(eval(compile(ast.Expression(last.value), "cell", "eval"), names))


def test_the_notebook_of_the_order(
    in_notebook: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ORDER, tmp_path / "order")
    monkeypatch.chdir(tmp_path / "order")
    cells = json.loads(Path("order.ipynb").read_text("utf-8"))["cells"]
    names: dict[str, Any] = {}
    drawing, run, parcel, greeting = (
        done(cell["source"], names) for cell in cells if cell["cell_type"] == "code"
    )
    assert drawing.startswith("<svg")
    assert "untouched" not in drawing
    assert "order-1</strong>: completed" in run
    assert "service-task done" in run
    assert "end-event untouched" in run
    assert parcel == "'2 x lamp'"
    assert "user task Answer" in greeting


@pytest.mark.skipif(
    not all(importlib.util.find_spec(name) for name in ("nbclient", "ipykernel")),
    reason="nbclient and ipykernel are not installed",
)
def test_the_notebook_in_a_kernel(tmp_path: Path) -> None:
    import nbformat
    from nbclient import NotebookClient

    shutil.copytree(ORDER, tmp_path / "order")
    book = nbformat.read(tmp_path / "order" / "order.ipynb", as_version=4)
    NotebookClient(book, resources={"metadata": {"path": str(tmp_path / "order")}}).execute()
    outputs = [output for cell in book.cells for output in cell.get("outputs", ())]
    drawing, run, _, greeting = (output["data"] for output in outputs if "data" in output)
    assert "<svg" in drawing["image/svg+xml"]
    assert "service-task done" in run["text/html"]
    assert "user task Answer" in greeting["image/svg+xml"]


def test_a_file_shows_its_drawing_on_light_and_dark_screens() -> None:
    svg = parse(order()._repr_svg_().encode())
    assert "max-width:100%" in str(next(svg.iter("{*}style")).text)
    assert svg.get("class") == "bpmn-xml auto"


def test_names_and_values_are_only_text(in_notebook: None) -> None:
    class Rude:
        def __repr__(self) -> str:
            raise ValueError("no")

    evil = {"<i>": "</td><script>alert(1)</script>", "rude": Rude(), "long": "x" * 999}
    run = bpmn_xml.run(WAITS, evil, {"t": lambda: None})
    page = lxml.html.fromstring(run._repr_html_())
    assert not page.xpath("//script | //i | //b")
    cells = page.xpath("//td/text()")
    assert "<Rude: ValueError>" in cells
    assert max(map(len, cells)) == 200


def test_incidents_are_told(in_notebook: None) -> None:
    run = bpmn_xml.run(WAITS, {}, {"t": lambda: 1 / 0})
    assert "ZeroDivisionError" in run._repr_html_()
    assert "service-task failed" in run._repr_html_()


def test_outside_a_notebook_only_the_present_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "ipykernel", raising=False)
    run = bpmn_xml.run(WAITS, {}, {"t": lambda: None})
    assert "<svg" in run._repr_html_()
    assert "service-task done" not in run._repr_html_()
    failed = bpmn_xml.run(WAITS, {}, {"t": lambda: 1 / 0})
    assert "service-task failed" in failed._repr_html_()
    assert "start-event untouched" not in failed._repr_html_()


@pytest.mark.parametrize(
    ("causes", "state"),
    [
        ((Cause.PERSON,), "waiting"),
        ((Cause.CALL,), "active"),
        ((Cause.CALL, Cause.INCIDENT, Cause.EVENT), "failed"),
    ],
)
def test_of_several_tokens_at_an_element_the_gravest_is_marked(
    causes: tuple[Cause, ...], state: str
) -> None:
    stills = [Standstill(instance="i", node="t", cause=cause) for cause in causes]
    stills.append(Standstill(instance="i", node="of another file", cause=Cause.CALL))
    run = types.SimpleNamespace(why=lambda: stills)
    overlay = notebook.standing(run, Naming(WAITS))
    assert overlay is not None
    assert {node: str(mark.state) for node, mark in overlay.marks.items()} == {"t": state}


def test_a_compiled_program_has_no_drawing(in_notebook: None) -> None:
    with bpmn_xml.Engine(WAITS, {"t": lambda: None}) as first:
        program = first.program
    run = bpmn_xml.run(program, {}, {"t": lambda: None})
    assert "<svg" not in run._repr_html_()
    assert "p-1</strong>: completed" in run._repr_html_()


def test_each_run_has_its_own_picture(in_notebook: None) -> None:
    def think(fail: bool) -> None:
        if fail:
            raise ValueError

    with bpmn_xml.Engine(WAITS, {"t": think}) as engine:
        runs = [engine.start("p", {"fail": fail}) for fail in (False, True)]
        engine.wait()
        states = ["service-task failed" in run._repr_html_() for run in runs]
    assert states == [False, True]


class Shown:
    """What stands in for IPython's display."""

    def __init__(self) -> None:
        self.pages: list[str] = []
        self.moved = threading.Event()

    def HTML(self, text: str) -> str:  # noqa: N802 - IPython's name
        return text

    def display(self, page: str, *, display_id: bool) -> Shown:
        assert display_id
        self.pages.append(page)
        return self

    def update(self, page: str) -> None:
        self.pages.append(page)
        if "completed" in page:
            self.moved.set()


def test_a_run_is_shown_anew_while_it_goes_on(
    in_notebook: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown_, go = Shown(), threading.Event()
    module = types.ModuleType("IPython.display")
    module.HTML, module.display = shown_.HTML, shown_.display  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "IPython.display", module)
    monkeypatch.setitem(sys.modules, "IPython", types.ModuleType("IPython"))
    monkeypatch.setattr(notebook, "EVERY", 0.01)
    with bpmn_xml.Engine(WAITS, {"t": lambda: go.wait(20) and None}) as engine:
        run: Run = engine.start("p")
        run._ipython_display_()
        go.set()
        assert shown_.moved.wait(20)
    assert "service-task active" in shown_.pages[0]
    assert "service-task done" in shown_.pages[-1]


def test_an_engine_shows_its_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    def rude() -> None:
        raise ValueError("<b>")

    with bpmn_xml.Engine(WAITS, {"t": rude}, workers=0) as engine:
        for name in ("<i>", "b", "c"):
            engine.start("p", instance=name).wait()
        rows = lxml.html.fromstring(engine._repr_html_()).xpath("//tr")
        assert [[*row.itertext()] for row in rows] == [
            [n, "incident", "t"] for n in ("<i>", "b", "c")
        ]
        monkeypatch.setattr(notebook, "_MOST", 2)
        assert "and 1 more" in engine._repr_html_()


def test_a_decision_shows_its_value_and_rules() -> None:
    loan = bpmn_xml.read_decisions(ROOT / "diagrams" / "loan" / "loan.dmn")
    asked = json.loads((ROOT / "diagrams" / "loan" / "loan.json").read_text("utf-8"))
    page = lxml.html.fromstring(bpmn_xml.decide(loan, "risk", asked)._repr_html_())
    assert page.xpath("//p/strong/text()") == ["'low'"]
    assert [[*row.itertext()] for row in page.xpath("//tr")] == [["rule", "risk"], ["1", "'low'"]]
    page = lxml.html.fromstring(bpmn_xml.decide(loan, "risk", {})._repr_html_())
    assert page.xpath("//li")
