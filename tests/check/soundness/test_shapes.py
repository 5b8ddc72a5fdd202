"""Processes of many shapes, up to 145 nodes: what is wrong with each is told, in time."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from bpmn_xml.check.checking import check
from bpmn_xml.check.shorthand import xml
from bpmn_xml.compiler.options import Options
from bpmn_xml.errors import Finding, Severity
from tests.costs import calls

SHAPES = tomllib.loads(Path(__file__).with_name("shapes.toml").read_text("utf-8"))
MOST_CALLS = 700_000
"""The dearest takes 60 % of it, a fifth of a second."""


@pytest.mark.parametrize("case", SHAPES.values(), ids=SHAPES)
def test_what_is_wrong_with_a_shape_is_told(case: dict[str, Any]) -> None:
    found: list[Finding] = []
    drawn, options = xml(case["drawn"]), Options(stub=True)
    assert calls(lambda: found.extend(check(drawn, aim="run", options=options))) < MOST_CALLS
    told = {one.code for one in found if one.code.startswith("BX60")}
    assert told & {*case["codes"]} if case["codes"] else not told, told
    assert "BX607" not in told
    refused = {one.code for one in found if one.severity is Severity.ERROR} - told
    assert refused <= {"BX130"}
