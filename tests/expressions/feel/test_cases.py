"""Cases by area, a line each: what DMN's tables say, and Camunda's documentation where it adds."""

from __future__ import annotations

from pathlib import Path

import pytest

from bpmn_xml.errors import ExpressionError

from .tables import agree, rows, value

CASES = [
    pytest.param(*row, id=f"{path.stem}-{row[0]}")
    for path in sorted(Path(__file__).with_name("cases").glob("*.txt"))
    for row in rows(path.read_text("utf-8"))
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_case(text, expected):
    if expected == "ERROR":
        with pytest.raises(ExpressionError, match=r".+"):
            value(text)
    else:
        assert agree(text, expected)
