"""Imports point down, and what is light stays light."""

from __future__ import annotations

import subprocess
import sys

import grimp
import networkx as nx
import pytest

from tests.conftest import ROOT

HEAVY = ("asyncio", "graphviz", "logging", "lxml", "networkx", "pygraphviz", "resvg_py", "rich")
IMPURE = ("lxml", "networkx", "asyncio", "logging", "random", "socket", "threading")

EXECUTOR = {
    f"bpmn_xml.runtime.{part}"
    for part in (
        "calls", "coroutines", "desk", "executor", "instance", "notices", "queues", "router",
        "starts", "streams", "tasks", "waiters",
    )
}  # fmt: skip
"""The parts of the executor hold each other, so their annotations name each other."""

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


def circles(*, annotations: bool) -> list[set[str]]:
    """The modules that import each other in a circle; all imports count, in functions too."""
    graph = grimp.build_graph(
        "bpmn_xml", exclude_type_checking_imports=not annotations, cache_dir=None
    )
    imports = nx.DiGraph(
        (one, other)
        for one in graph.modules
        for other in graph.find_modules_directly_imported_by(one)
    )
    assert imports.number_of_edges() > 1000
    return [found for found in nx.strongly_connected_components(imports) if len(found) > 1]


def test_no_imports_go_in_a_circle() -> None:
    assert circles(annotations=False) == []


def test_only_the_executor_s_parts_name_each_other() -> None:
    assert circles(annotations=True) == [EXECUTOR]


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


def test_running_loads_languages_and_decisions_only_when_they_are_used() -> None:
    loaded = loaded_by("import bpmn_xml.cli.session")
    late = ("decisions", "expressions.feel", "expressions.juel", "expressions.python")
    assert [name for name in loaded if name.startswith(tuple(f"bpmn_xml.{m}" for m in late))] == []
