"""Processes of many shapes, up to 145 nodes: what is wrong with each is told, in time."""

from __future__ import annotations

import tomllib
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from bpmn_xml.check.checking import check
from bpmn_xml.check.shorthand import xml
from bpmn_xml.compiler.options import Options
from bpmn_xml.errors import Severity

SHAPES = tomllib.loads(Path(__file__).with_name("shapes.toml").read_text("utf-8"))
LONGEST = 8.0
"""Seconds; it takes a tenth of one where nothing is measured, and machines of CI are slow."""


@pytest.mark.parametrize("case", SHAPES.values(), ids=SHAPES)
def test_what_is_wrong_with_a_shape_is_told(case: dict[str, Any]) -> None:
    begun = process_time()
    found = check(xml(case["drawn"]), aim="run", options=Options(stub=True))
    assert process_time() - begun < LONGEST
    told = {one.code for one in found if one.code.startswith("BX60")}
    assert told & {*case["codes"]} if case["codes"] else not told, told
    assert "BX607" not in told
    refused = {one.code for one in found if one.severity is Severity.ERROR} - told
    assert refused <= {"BX130"}
