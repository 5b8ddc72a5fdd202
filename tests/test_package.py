"""The package's own names: lazy, complete, and usable in any order."""

from __future__ import annotations

import ast
import json
import pydoc
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import bpmn_xml
from bpmn_xml import compiler, render, runtime, testing
from bpmn_xml.formats.convert import convert
from tests.conftest import ROOT


@pytest.mark.parametrize("name", bpmn_xml.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(bpmn_xml, name) is not None
    assert name in dir(bpmn_xml)


LAZY = [bpmn_xml, compiler, render, runtime, testing]


@pytest.mark.parametrize("package", LAZY, ids=lambda package: package.__name__)
def test_nothing_else_is_listed(package: ModuleType) -> None:
    more = ["__version__"] if package is bpmn_xml else []
    assert dir(package) == sorted([*package.__all__, *more])


@pytest.mark.parametrize("package", LAZY, ids=lambda package: package.__name__)
def test_type_checkers_see_what_is_loaded_when_used(package: ModuleType) -> None:
    tree = ast.parse(Path(str(package.__file__)).read_text("utf-8"))
    for_types = next(
        node for node in tree.body if isinstance(node, ast.If) and "TYPE" in ast.unparse(node.test)
    )
    imported = {alias.name for node in for_types.body for alias in node.names}
    assert imported == set(package.__all__)
    for name in package.__all__:
        assert getattr(package, name) is not None


SHOWN = [bpmn_xml, bpmn_xml.model, runtime, testing]


@pytest.mark.parametrize("package", SHOWN, ids=lambda package: package.__name__)
def test_help_tells_of_every_public_name(package: ModuleType) -> None:
    """Its signatures are worked out, with names that a module imports for type checkers only."""
    assert package.__name__ in pydoc.plain(pydoc.render_doc(package))
    for value in (getattr(package, name) for name in package.__all__):
        told = pydoc.plain(pydoc.render_doc(value))
        assert not isinstance(value, type) or value.__name__ in told


def test_no_other_name_is_there() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'ran'"):
        bpmn_xml.ran  # noqa: B018


ORDERS = [
    "import bpmn_xml; bpmn_xml.check(b''); bpmn_xml.check(b'')",
    "import bpmn_xml.check.checking; bpmn_xml.check(b'')",
    "from bpmn_xml import check; check(b''); import bpmn_xml.check; bpmn_xml.check.check(b'')",
    "import bpmn_xml; bpmn_xml.errors.UsageError; bpmn_xml.model.Process",
    "import bpmn_xml.check; getattr(bpmn_xml.check, 'chek', 0) and 1 / 0",
]


@pytest.mark.parametrize("code", ORDERS)
def test_names_work_in_any_order_of_imports(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


def test_converting_reads_draws_and_writes(tmp_path: Path) -> None:
    order = ROOT / "diagrams" / "order" / "order.bpmn"
    drawn = bpmn_xml.convert(order, tmp_path / "same.bpmn")
    assert drawn == bpmn_xml.read(order) == bpmn_xml.read(tmp_path / "same.bpmn")
    conf = convert(ROOT / "diagrams" / "calculator" / "calculator.conf")
    assert conf.diagrams[0].plane.elements
    assert convert(conf) is conf


@pytest.mark.parametrize("kind", [str, Path, lambda path: path.read_bytes(), bpmn_xml.read])
def test_what_takes_a_model_takes_a_file(kind: Callable[[Path], Any]) -> None:
    loan, rules = ROOT / "diagrams/loan/loan.bpmn", ROOT / "diagrams/loan/loan.dmn"
    variables = json.loads(loan.with_suffix(".json").read_text("utf-8"))
    options = bpmn_xml.Options(stub=True)
    run = bpmn_xml.run([kind(loan), str(rules)], variables, options=options, workers=0)
    assert run.variables["decision"]["verdict"] == "approve"
    assert bpmn_xml.draw(kind(loan)) == bpmn_xml.draw(bpmn_xml.read(loan))


def test_what_is_read_and_what_runs_it_are_told_in_a_line() -> None:
    order = ROOT / "diagrams/order/order.bpmn"
    assert repr(bpmn_xml.read(order)) == f"<Definitions {order}: Process order: 20 elements>"
    assert repr(bpmn_xml.model.Definitions(id="D")) == "<Definitions D: no process>"
    with bpmn_xml.Engine(order, workers=0) as engine:
        assert repr(engine) == "<Engine of order: 0 under way>"
    assert repr(engine) == "<Engine of order: stopped>"
