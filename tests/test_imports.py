"""Imports point down, and what is light stays light."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.conftest import ROOT

HEAVY = ("asyncio", "graphviz", "logging", "lxml", "networkx", "pygraphviz", "resvg_py", "rich")
IMPURE = ("lxml", "networkx", "asyncio", "logging", "random", "socket", "threading")

ALL_OF_CORE = """
import importlib, pkgutil, bpmn_xml.core
for module in pkgutil.walk_packages(bpmn_xml.core.__path__, "bpmn_xml.core."):
    importlib.import_module(module.name)
"""


def loaded_by(code: str) -> set[str]:
    """The modules that a fresh interpreter has after running some code."""
    shown = f"{code}\nimport sys; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", shown], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return set(done.stdout.split())


def test_imports_point_down() -> None:
    command = "from importlinter.cli import lint_imports as lint; raise SystemExit(lint())"
    done = subprocess.run(
        [sys.executable, "-c", command], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stdout


def test_core_loads_nothing_impure() -> None:
    added = loaded_by(ALL_OF_CORE) - loaded_by("import msgspec, re, enum, difflib")
    assert added.isdisjoint(IMPURE)
    assert "bpmn_xml.core.machine" in added


def test_package_loads_nothing_heavy() -> None:
    added = loaded_by("import bpmn_xml") - loaded_by("import importlib")
    assert added.isdisjoint({*HEAVY, "msgspec", "threading"})


@pytest.mark.parametrize("layer", ["trace", "core", "compiler", "layout", "expressions", "model"])
def test_layers_load_nothing_heavy(layer: str) -> None:
    added = loaded_by(f"import bpmn_xml.{layer}") - loaded_by("import msgspec")
    assert added.isdisjoint(HEAVY)


KINDS_OF_VALUES = ("", ".calendar", ".temporal", ".values")
"""Of FEEL: timers take them and traces tell them, whatever made them."""


def test_running_loads_languages_and_decisions_only_when_they_are_used() -> None:
    kinds = {f"bpmn_xml.expressions.feel{one}" for one in KINDS_OF_VALUES}
    loaded = loaded_by("import bpmn_xml.cli.running.session") - kinds
    late = ("decisions", "expressions.feel", "expressions.juel", "expressions.python")
    assert [name for name in loaded if name.startswith(tuple(f"bpmn_xml.{m}" for m in late))] == []
