"""What stands beside a drawing does its work: modules, the table, the namesake."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bpmn_xml.compiler.compile import compile_models
from bpmn_xml.compiler.options import Options
from bpmn_xml.errors import BindingError
from bpmn_xml.formats import read
from bpmn_xml.runtime import Engine
from bpmn_xml.runtime.binding.codes import SHARED_ID
from tests.cli.files import bpmn, chain, one, process

FILE = "shop.bpmn"
SELL = "def sell():\n    return {'by': 'namesake'}\n"
OTHER = "def sell():\n    return {'by': 'other'}\n"
PLAIN, NAMED = "serviceTask sell", 'serviceTask sell implementation="python:other:sell"'
EVIL = 'serviceTask sell implementation="python:os:getpid"'
SCRIPT = (
    "scriptTask sell scriptFormat='python'><script>by = 'script'</script></scriptTask>"
    "<dataObject id='d'"
)
NOTED = (
    "serviceTask sell xmlns:x='http://camunda.org/schema/1.0/bpmn'><extensionElements>"
    """<x:executionListener event="start" expression="${execution.setVariable('a', missing)}"/>"""
    "</extensionElements></serviceTask><dataObject id='d'"
)
ALLOWED = {"options": Options(allow_scripts=True)}
STUB = {"options": Options(stub=True)}

CASES: dict[str, tuple[str, dict[str, str], dict[str, Any], str]] = {
    "the namesake": (PLAIN, {"shop.py": SELL}, {}, "namesake"),
    "what the drawing names": (NAMED, {"shop.py": SELL, "other.py": OTHER}, {}, "other"),
    "the table": (
        PLAIN,
        {"bindings.toml": 'sell = "python:other:sell"', "shop.py": SELL, "other.py": OTHER},
        {},
        "other",
    ),
    "a table that is given": (
        PLAIN,
        {"bindings.toml": 'sell = "python:no:no"', "other.py": OTHER},
        {"bindings": {"sell": "python:other:sell"}},
        "other",
    ),
    "a module that is named": (
        PLAIN,
        {"shop.py": SELL, "other.py": OTHER},
        {"modules": ["other"]},
        "other",
    ),
    "a module that is named, before the table, as Python spells it": (
        'serviceTask t implementation="seLl"',
        {"bindings.toml": 'seLl = "python:no:no"', "other.py": OTHER.replace("sell", "se_ll")},
        {"modules": ["other"]},
        "other",
    ),
    "another folder": (NAMED, {"more/other.py": OTHER}, {"folders": ["more"]}, "other"),
    "the namesake before a stub": (PLAIN, {"shop.py": SELL}, STUB, "namesake"),
    "a stub": (PLAIN, {}, STUB, ""),
    "a stub run that lacks data though all is bound": (NOTED, {"shop.py": SELL}, STUB, "namesake"),
    "a stub in place of what is refused": (EVIL, {"shop.py": SELL}, STUB, ""),
    "no table": (
        PLAIN,
        {"bindings.toml": 'sell = "python:no:no"', "shop.py": SELL},
        {"bindings": {}},
        "namesake",
    ),
    "what the caller gives by id before what the table calls it": (
        'serviceTask sell implementation="topic"',
        {"bindings.toml": 'topic = "python:no:no"'},
        {"handlers": {"sell": lambda: {"by": "caller"}}},
        "caller",
    ),
    "the namesake for a script that is not run": (
        SCRIPT,
        {"shop.py": SELL},
        {},
        "namesake",
    ),
    "a script that is run before the namesake": (SCRIPT, {"shop.py": SELL}, ALLOWED, "script"),
    "what the caller gives before a script that is run": (
        SCRIPT,
        {},
        {**ALLOWED, "handlers": {"sell": lambda: {"by": "caller"}}},
        "caller",
    ),
    "what the caller gives": (
        PLAIN,
        {"shop.py": SELL},
        {"handlers": {"sell": lambda: {"by": "caller"}}},
        "caller",
    ),
}


SOURCES: dict[str, Callable[..., Engine]] = {
    "a path": lambda **options: Engine(FILE, **options),
    "what was read": lambda **options: Engine([read(FILE)], **options),
    "a program": lambda **options: Engine(
        compile_models([read(FILE)], options.get("options", Options())),
        drawings=[FILE],
        **options,
    ),
}
"""What an engine may be made of: each finds the same."""


def engine(
    folder: Path, task: str, files: dict[str, str], options: dict[str, Any], source: str = "a path"
) -> Engine:
    for name, text in {**files, FILE: one(task)}.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return SOURCES[source](workers=0, **options)


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize(("task", "files", "options", "by"), CASES.values(), ids=CASES)
def test_the_first_that_fits_does_the_work(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    task: str,
    files: dict[str, str],
    options: dict[str, Any],
    by: str,
    source: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    with engine(tmp_path, task, files, options, source) as bound:
        run = bound.start("P")
        run.wait()
    assert run.variables.get("by", "") == by


REFUSED: dict[str, tuple[str, dict[str, str], dict[str, Any], str]] = {
    "a script": (SCRIPT, {}, {}, "not run; .* bind Python to its id: write a function sell in"),
    "no namesake": (PLAIN, {}, {}, "nothing is bound to 'sell'"),
    "a namesake without it": (PLAIN, {"shop.py": ""}, {}, "nothing is bound to 'sell'"),
    "a namesake that is broken": (PLAIN, {"shop.py": "1 / 0"}, {}, "importing 'shop' fails"),
    "what may not be": (EVIL, {"shop.py": SELL}, {}, "no module 'os' in the allowed places"),
    "no such module": (PLAIN, {}, {"modules": ["other"]}, "no module 'other'"),
}


@pytest.mark.parametrize(("task", "files", "options", "why"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_bound_is_refused(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    task: str,
    files: dict[str, str],
    options: dict[str, Any],
    why: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BindingError, match=why):
        engine(tmp_path, task, files, options)


def test_a_namesake_that_is_not_needed_is_not_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    files = {"shop.py": "raise SystemExit('imported')", "other.py": OTHER}
    engine(tmp_path, NAMED, files, {}).stop()


def test_what_has_no_file_has_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    engine(tmp_path, PLAIN, {"shop.py": SELL}, {}).stop()
    with pytest.raises(BindingError, match="nothing is bound to 'sell'"):
        Engine((tmp_path / FILE).read_bytes(), workers=0)


def test_the_remedy_names_what_is_to_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BindingError) as caught:
        engine(tmp_path, "serviceTask t implementation='sell-it'", {}, {})
    (finding,) = caught.value.findings
    assert finding.remedy.startswith("write a function sell_it in shop.py beside the drawing, ")
    assert 'give handlers={"sell-it": function}' in finding.remedy


def test_a_table_that_is_not_there_is_told_like_other_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BindingError, match=r"cannot read no\.toml: No such file or directory"):
        engine(tmp_path, PLAIN, {}, {"bindings": Path("no.toml")})


def test_a_line_that_nearly_names_a_task_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    lines = 'sel = "python:no:no"\nother-drawing = "python:no:no"\n'
    with engine(tmp_path, PLAIN, {"bindings.toml": lines, "shop.py": SELL}, {}) as bound:
        (doubt,) = bound.doubts
    assert str(doubt.place) == "bindings.toml"
    assert (doubt.message, doubt.remedy) == ("'sel' names no task here", "did you mean 'sell'?")


def test_what_a_table_says_holds_though_the_namesake_is_needed_for_another_task(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    files = {
        "bindings.toml": 'sell = "python:other:sell"',
        "shop.py": f"{SELL}def pay(): ...\n",
        "other.py": OTHER,
    }
    for name, text in files.items():
        Path(name).write_text(text)
    Path(FILE).write_text(one("serviceTask sell", "serviceTask pay"))
    with Engine(FILE) as bound:
        assert [way.python for way in bound.bindings] == ["other:sell", "shop:pay"]


def test_the_module_of_a_drawing_is_for_its_own_tasks_though_others_have_their_ids(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.bpmn").write_text(bpmn(process(chain("serviceTask sell"), id_="A")))
    Path("b.bpmn").write_text(bpmn(process(chain("serviceTask sell"), id_="B")))
    Path("a.py").write_text(SELL)
    with pytest.raises(BindingError) as caught:
        Engine(["a.bpmn", "b.bpmn"])
    assert [finding.place.file for finding in caught.value.findings] == ["b.bpmn"]
    Path("b.py").write_text(OTHER)
    with Engine(["a.bpmn", "b.bpmn"]) as bound:
        runs = [bound.start("A"), bound.start("B")]
        bound.wait()
    assert [run.variables["by"] for run in runs] == ["namesake", "other"]


def test_an_id_that_a_table_binds_to_the_python_of_another_drawing_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    files = {"bindings.toml": 'sell = "python:other:sell"', "other.py": OTHER, "other.bpmn": ""}
    with engine(tmp_path, PLAIN, files, {}) as bound:
        (doubt,) = bound.doubts
    assert (doubt.code, doubt.id) == (SHARED_ID, "sell")
    assert doubt.message == "its id is bound to other:sell, of a task of other.bpmn by that id"


@pytest.mark.parametrize(
    ("drawing", "module"),
    [
        ("my-shop", "my_shop"),
        ("shop 2", "shop_2"),
        ("my-shop", "my-shop"),
        ("1st", "tasks_1st"),
    ],
)
def test_a_namesake_is_called_as_python_can_spell_it(
    tmp_path: Path, drawing: str, module: str
) -> None:
    (tmp_path / f"{drawing}.bpmn").write_text(one(PLAIN), "utf-8")
    with pytest.raises(BindingError, match=f"a function sell in {re.sub('-', '_', module)}.py"):
        Engine(tmp_path / f"{drawing}.bpmn", workers=0)
    (tmp_path / f"{module}.py").write_text(SELL, "utf-8")
    with Engine(tmp_path / f"{drawing}.bpmn", workers=0) as bound:
        run = bound.start()
        run.wait()
    assert run.variables == {"by": "namesake"}
