"""What diagrams of Camunda 7 say in JUEL, and each rule of it, with its value as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions import compile as compiled
from bpmn_xml.expressions.clock import NOW

WRONG = "! "
VARIABLES: dict[str, Any] = {
    "approved": True,
    "rejected": False,
    "amount": 250,
    "count": 2,
    "price": 9.99,
    "hours": 8,
    "status": "open",
    "text": "true",
    "numeral": "10",
    "nothing": None,
    "key": "id",
    "name": "status",
    "tags": ["vip", "eu"],
    "matrix": [[1, 2], [3, 4]],
    "order": {
        "id": "o-7",
        "customer": {"name": "Ada", "age": 36},
        "lines": [{"sku": "A-1", "price": 3}, {"sku": "B-2", "price": 4.5}],
    },
    "json": (
        '{"customer": {"name": "Kermit"}, "total": 12.5, "vip": true, "items": [{"n":1},{"n":2}]}'
    ),
    "decisionResult": [{"risk": "low"}, {"risk": "high"}],
    "nrOfInstances": 3,
    "nrOfCompletedInstances": 2,
    "nrOfActiveInstances": 1,
    "loopCounter": 0,
    NOW: int(datetime(2026, 5, 4, 10, 30, tzinfo=UTC).timestamp() * 1_000_000),
}


def cases() -> Iterator[Any]:
    """Yield expressions, which may have several lines, and what they give."""
    lines: list[str] = []
    tables = sorted(Path(__file__).with_name("cases").glob("*.txt"))
    for line in "".join(each.read_text("utf-8") for each in tables).splitlines(keepends=True):
        if re.match("# [A-Za-z]", line):
            continue
        lines.append(line)
        text, arrow, expected = "".join(lines).rpartition(" => ")
        if arrow:
            yield pytest.param(text, expected.strip(), id=text)
            lines.clear()


@pytest.mark.parametrize(("text", "expected"), list(cases()))
def test_an_expression(text: str, expected: str) -> None:
    if expected.startswith(WRONG):
        with pytest.raises(ExpressionError) as caught:
            compiled(text, "juel").evaluate(VARIABLES)
        assert expected.removeprefix(WRONG) in str(caught.value)
        return
    found = compiled(text, "juel").evaluate(VARIABLES)
    value = found.isoformat() if isinstance(found, date) else found
    wanted = json.loads(expected)
    assert (type(value), value) == (type(wanted), wanted)
