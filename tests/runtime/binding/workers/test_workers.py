"""Workers are found by `module:name` in allowed places; what is missing is told."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bpmn_xml.errors import BindingError, UsageError
from bpmn_xml.runtime.binding.imports import AllowedImports
from bpmn_xml.runtime.binding.workers import load_workers, workers_from
from bpmn_xml.runtime.binding.workers.external_task import from_external_task
from bpmn_xml.runtime.binding.workers.zeebe import from_pyzeebe
from tests.runtime.binding.test_imports import write


class Router:
    def __init__(self) -> None:
        self.tasks: list[object] = []


def test_packages_that_are_missing_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyzeebe", None)
    monkeypatch.setitem(sys.modules, "camunda.external_task", None)
    with pytest.raises(UsageError, match=r"install bpmn-xml\[pyzeebe\]"):
        from_pyzeebe(Router())
    with pytest.raises(UsageError, match=r"install bpmn-xml\[camunda-external-task\]"):
        from_external_task({"a": print})


def test_what_holds_no_workers() -> None:
    with pytest.raises(UsageError, match="int holds no workers"):
        workers_from(5)


WRONG = [
    ("shop", "BX208"),
    ("shop:_hidden", "BX208"),
    ("os:environ", "BX202"),
    ("shop:other", "BX204"),
    ("shop:number", "BX206"),
]


@pytest.mark.parametrize(("text", "code"), WRONG)
def test_what_cannot_be_loaded(tmp_path: Path, text: str, code: str) -> None:
    write(tmp_path, shop="number = 5\n_hidden = {}\n")
    with pytest.raises(BindingError) as caught:
        load_workers(text, AllowedImports([tmp_path]))
    (finding,) = caught.value.findings
    assert finding.code == code


def test_a_mapping_is_loaded(tmp_path: Path) -> None:
    pytest.importorskip("camunda.external_task", reason="the client is not installed")
    write(tmp_path, shop="def work(task):\n    return task.complete()\nworkers = {'a': work}\n")
    assert list(load_workers("shop:workers", AllowedImports([tmp_path]))) == ["a"]


def test_a_router_is_loaded(tmp_path: Path) -> None:
    pytest.importorskip("pyzeebe", reason="pyzeebe is not installed")
    write(tmp_path, shop="from pyzeebe import ZeebeTaskRouter\nrouter = ZeebeTaskRouter()\n")
    assert load_workers("shop:router", AllowedImports([tmp_path])) == {}
