"""The verb that writes the first Python for a drawing: both files or none, never over others."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Cli

DRAWN = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:t" '
    'id="D"><process id="P" isExecutable="true"><startEvent id="s"/>{}'
    '<sequenceFlow id="f" sourceRef="s" targetRef="t"/></process></definitions>'
)


def draw(folder: Path, task: str = '<serviceTask id="t" name="Pay"/>') -> None:
    (folder / "my-shop.bpmn").write_text(DRAWN.format(task), "utf-8")


def test_what_it_writes_runs(cli: Cli, folder: Path) -> None:
    draw(folder)
    done = cli("bindings", "my-shop.bpmn")
    assert (done.code, done.out) == (0, "")
    assert "wrote my_shop.py for 1 task, and bindings.toml" in done.err
    assert cli("run", "my-shop.bpmn", "--quiet").code == 0
    assert "my_shop:pay  bindings.toml names it: t" in cli("check", "my-shop.bpmn").out


def test_nothing_is_overwritten_unless_it_is_said(cli: Cli, folder: Path) -> None:
    draw(folder)
    (folder / "bindings.toml").write_text("mine = 1", "utf-8")
    done = cli("bindings", "my-shop.bpmn")
    assert done.code == 2
    assert "bindings.toml would be overwritten: say so with --force" in done.err
    assert (folder / "bindings.toml").read_text("utf-8") == "mine = 1"
    assert not (folder / "my_shop.py").exists()
    assert cli("bindings", "my-shop.bpmn", "--force").code == 0
    assert "my_shop:pay" in (folder / "bindings.toml").read_text("utf-8")


def test_it_writes_elsewhere_and_says_how_to_run(cli: Cli, folder: Path) -> None:
    draw(folder)
    done = cli("bindings", "my-shop.bpmn", "-o", "new/work")
    assert "run it with --path new/work --bindings new/work/bindings.toml" in done.err
    words = ("--path", "new/work", "--bindings", "new/work/bindings.toml")
    assert cli("run", "my-shop.bpmn", "--quiet", *words).code == 0


def test_where_it_cannot_write(cli: Cli, folder: Path) -> None:
    draw(folder)
    (folder / "file").write_text("", "utf-8")
    done = cli("bindings", "my-shop.bpmn", "-o", "file")
    assert (done.code, "cannot make file" in done.err) == (2, True)


def test_a_drawing_that_needs_nothing(cli: Cli, folder: Path) -> None:
    draw(folder, '<task id="t"/>')
    done = cli("bindings", "my-shop.bpmn")
    assert done.code == 0
    assert "no task needs Python" in done.err
    assert not (folder / "bindings.toml").exists()


def test_a_drawing_that_cannot_be_run(cli: Cli, folder: Path) -> None:
    draw(folder, '<complexGateway id="t"/>')
    assert cli("bindings", "my-shop.bpmn", "--process", "Q").code == 2
