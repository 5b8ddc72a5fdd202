"""Tables never print thousands of lines."""

from __future__ import annotations

import pytest

from bpmn_xml.cli import tables
from bpmn_xml.cli.tables import table


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
