"""What a Camunda 7 task makes of a decision: `mapDecisionResult` over rows of outputs.

>>> mapped("singleEntry", [{"risk": "low"}]), mapped("collectEntries", [{"n": 1}, {"n": 2}])
('low', [1, 2])
>>> mapped("singleResult", [{"n": 1}, {"n": 2}])
Traceback (most recent call last):
    ...
ValueError: singleResult takes one row, the decision gives 2
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from bpmn_xml.decisions.values import DecisionTable, DrgElement, gives_list

Row = dict[str, Any]


def rows_of(decision: DrgElement, value: Any) -> list[Row]:
    """Return the rows of a decision's value: one for each rule, an entry for each output.

    What is no table gives one row with one entry, called like the decision's variable.
    """
    table = getattr(decision, "logic", None)
    if not isinstance(table, DecisionTable):
        return [{decision.name: value}]
    if value is None:
        return []
    names = [output.name or output.label for output in table.outputs]
    values = value if gives_list(table) else [value]
    return [{names[0]: each} if len(names) == 1 else dict(each) for each in values]


def single_entry(rows: list[Row]) -> Any:
    """Return the only entry, or None if there is no row."""
    row = single_result(rows)
    if row is None:
        return None
    if len(row) != 1:
        raise ValueError(f"singleEntry takes one output, the decision has {len(row)}")
    return next(iter(row.values()))


def single_result(rows: list[Row]) -> Row | None:
    """Return the only row, or None."""
    if len(rows) > 1:
        raise ValueError(f"singleResult takes one row, the decision gives {len(rows)}")
    return rows[0] if rows else None


def entries(rows: list[Row]) -> list[Any]:
    """Return the entries of the only output."""
    names = dict.fromkeys(name for row in rows for name in row)
    if len(names) > 1:
        raise ValueError(f"collectEntries takes one output, the decision has {len(names)}")
    return [value for row in rows for value in row.values()]


MAPPINGS: Final[Mapping[str, Callable[[list[Row]], Any]]] = {
    "singleEntry": single_entry,
    "singleResult": single_result,
    "collectEntries": entries,
    "resultList": lambda rows: rows,
}


def mapped(mapping: str, rows: list[Row]) -> Any:
    """Return what a mapping makes of rows.

    Raises:
        ValueError: there are more rows or outputs than it takes.
    """
    return MAPPINGS[mapping](rows)
