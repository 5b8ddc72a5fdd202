"""Tables never print thousands of lines."""

from __future__ import annotations

import pytest

from bpmn_xml.cli import tables
from bpmn_xml.cli.tables import called, failure_lines, table
from bpmn_xml.trace.summary import ElementState, ElementSummary


def failing(number: int, failure: str) -> ElementSummary:
    return ElementSummary(id=f"n{number}", state=ElementState.FAILED, count=1, failure=failure)


def test_failures_are_told_that_are_not_known() -> None:
    nodes = [failing(1, "ZeroDivisionError: by nothing"), failing(2, "NO"), failing(3, "")]
    assert failure_lines(nodes, {"n1": "Divide"}, ["NO"]) == [
        "last failure of Divide: ZeroDivisionError: by nothing"
    ]
    many = failure_lines([failing(number, "NO") for number in range(12)], {})
    assert many[-2:] == ["last failure of n9: NO", "and 2 more"]


def test_what_is_done_at_a_node_is_called_by_it() -> None:
    node = ElementSummary(id="ship%2Fstart", state=ElementState.DONE, count=1)
    assert called(node, {"ship": "Ship it"}) == "Ship it (start)"
    assert called(node, {}) == "ship/start"


@pytest.mark.parametrize(
    ("count", "last"),
    [
        (1, "row"),
        (tables.MOST_ROWS, "row"),
        (tables.MOST_ROWS + 1_234, "and 1,234 more"),
    ],
)
def test_of_very_many_rows_the_first_are_told(count: int, last: str) -> None:
    lines = table(["heading"], [["row"]] * count)
    assert lines[0] == "heading"
    assert lines[-1] == last
    assert len(lines) <= tables.MOST_ROWS + 2


def test_what_was_interrupted_has_a_column_of_its_own() -> None:
    node = ElementSummary(id="n", state=ElementState.DONE, count=3, cancelled=2, interrupted=1)
    cells = {column.heading: column.cell(node) for column in tables.FAULTS}
    assert cells == {"active": "", "failed": "", "errors": "", "interrupted": "1"}
