"""What a Camunda 7 task takes of a decision's result."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from bpmn_xml.decisions import values as v
from bpmn_xml.decisions.results import mapped, rows_of

from .make import decision, table, text

ONE, TWO = table("UNIQUE", "x", "- | 1"), table("UNIQUE", "x y", "- | 1; 2")
ROWS = [
    (text("1"), 1, [{"d": 1}]),
    (None, None, [{"d": None}]),
    (ONE, 1, [{"x": 1}]),
    (ONE, None, []),
    (TWO, {"x": 1, "y": 2}, [{"x": 1, "y": 2}]),
    (replace(ONE, hit_policy="RULE ORDER"), [1, 2], [{"x": 1}, {"x": 2}]),
    (replace(TWO, hit_policy="COLLECT"), [{"x": 1, "y": 2}], [{"x": 1, "y": 2}]),
    (replace(ONE, hit_policy="COLLECT", aggregation="SUM"), 3, [{"x": 3}]),
    (replace(ONE, outputs=(v.TableOutput(label="risk"),)), 1, [{"risk": 1}]),
]


@pytest.mark.parametrize(("logic", "value", "expected"), ROWS)
def test_rows(logic, value, expected):
    assert rows_of(decision("d", logic), value) == expected


MAPPED = [
    ("singleEntry", [], None),
    ("singleEntry", [{"x": 1}], 1),
    ("singleEntry", [{"x": 1, "y": 2}], ValueError),
    ("singleResult", [], None),
    ("singleResult", [{"x": 1, "y": 2}], {"x": 1, "y": 2}),
    ("singleResult", [{"x": 1}, {"x": 2}], ValueError),
    ("collectEntries", [{"x": 1}, {"x": 2}], [1, 2]),
    ("collectEntries", [], []),
    ("collectEntries", [{"x": 1, "y": 2}], ValueError),
    ("resultList", [{"x": 1}], [{"x": 1}]),
]


@pytest.mark.parametrize(("mapping", "rows", "expected"), MAPPED)
def test_mappings(mapping, rows, expected):
    if expected is ValueError:
        with pytest.raises(ValueError, match=mapping if len(rows) != 2 else "one row"):
            mapped(mapping, rows)
    else:
        assert mapped(mapping, rows) == expected
