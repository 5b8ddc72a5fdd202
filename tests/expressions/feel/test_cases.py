"""Cases by area, a line each: what DMN's tables say, and Camunda's documentation where it adds."""

from __future__ import annotations

from pathlib import Path

import pytest

from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions import compile as compiled

from .tables import agree, rows, value

FOLDER = Path(__file__).with_name("cases")
CASES = [
    pytest.param(*row, id=f"{path.stem}-{row[0]}")
    for path in sorted(FOLDER.glob("*.txt"))
    for row in rows(path.read_text("utf-8"))
]
CELLS = rows((FOLDER / "unary.tests").read_text("utf-8"))


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_case(text, expected):
    if expected == "ERROR":
        with pytest.raises(ExpressionError, match=r".+"):
            value(text)
    else:
        assert agree(text, expected)


@pytest.mark.parametrize(("tested", "expected"), CELLS)
def test_cell(tested, expected):
    given, _, cell = tested.partition(" | ")
    names = {"?": value(given), "x": 3}
    assert compiled(cell, "feel-unary-tests").evaluate(names) is value(expected)
