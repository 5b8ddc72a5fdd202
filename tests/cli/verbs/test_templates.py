"""The verb that makes element templates: what it writes, and what it cannot read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cli

PLACE = ".camunda/element-templates/shop.json"
"""Where Camunda Modeler looks, as its documentation says."""


def test_it_writes_where_the_modeler_looks_and_imports_nothing(cli: Cli, folder: Path) -> None:
    (folder / "shop.py").write_text("raise SystemExit\ndef pay(amount): ...\n", "utf-8")
    done = cli("templates", "shop.py")
    assert (done.code, done.out, done.err) == (
        0,
        "",
        f"bpmn-xml: note: wrote {PLACE}: 1 function\n",
    )
    made = json.loads((folder / PLACE).read_text("utf-8"))
    assert [template["id"] for template in made] == [
        "bpmn-xml.shop.pay.camunda7",
        "bpmn-xml.shop.pay.camunda8",
    ]


def test_data_beside_the_module_that_is_called_like_it_is_left_alone(
    cli: Cli, folder: Path
) -> None:
    (folder / "shop.py").write_text("def pay(amount): ...\n", "utf-8")
    (folder / "shop.json").write_text('{"amount": 7}', "utf-8")
    assert cli("templates", "shop.py").code == 0
    assert (folder / "shop.json").read_text("utf-8") == '{"amount": 7}'


def test_a_folder_that_cannot_be_made_is_told_of(cli: Cli, folder: Path) -> None:
    (folder / "shop.py").write_text("def pay(amount): ...\n", "utf-8")
    (folder / ".camunda").write_text("", "utf-8")
    done = cli("templates", "shop.py")
    assert (done.code, done.out) == (2, "")
    assert f"cannot make the folder {Path(PLACE).parent}: " in " ".join(done.err.split())


def test_it_writes_to_stdout_under_another_name(cli: Cli, folder: Path) -> None:
    (folder / "shop.py").write_text("def pay(amount): ...\n", "utf-8")
    done = cli("templates", "shop.py", "-o", "-", "--name", "acme.shop")
    assert "python:acme.shop:pay" in done.out
    assert done.err == ""


WRONG = {
    "no Python": (("bad.py",), "bad.py:1:5: error BX404: this is not Python"),
    "null bytes": (("null.py",), "BX404: this is not Python"),
    "a deep one": (("deep.py",), "deep.py: error BX404: this is not Python: "),
    "nothing public": (("empty.py",), "empty.py defines no public function"),
    "another suffix": (("notes.txt",), "notes.txt is not a Python module"),
    "not there": (("gone.py",), "cannot read gone.py: No such file"),
    "no name": (("my-shop.py",), "'my-shop' is not the name of a module = say it with --name"),
    "no folder": (("bad.py", "-o", "no/x.json"), "there is no folder no"),
}


@pytest.mark.parametrize(("words", "message"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_is_refused(
    cli: Cli, folder: Path, words: tuple[str, ...], message: str
) -> None:
    (folder / "bad.py").write_text("def (", "utf-8")
    (folder / "null.py").write_bytes(b"\xff\x00")
    (folder / "deep.py").write_text(f"x = {'-' * 100_000}1", "utf-8")
    (folder / "empty.py").write_text("x = 1", "utf-8")
    done = cli("templates", *words)
    assert (done.code, done.out) == (2, "")
    assert message in " ".join(done.err.split())
