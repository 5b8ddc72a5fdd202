"""What Camunda 7 reads of a decision's result: of its rows, which are mappings of outputs.

>>> PROPERTIES["singleResult"]([{"risk": "low"}]), entries_of([{"n": 1}, {"n": 2}], "n")
({'risk': 'low'}, [1, 2])
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from bpmn_xml.errors import ExpressionError


def first_of(rows: Any) -> object:
    """Return the first row of a decision's result, or nothing."""
    return rows[0] if len(rows) else None


def single_of(rows: Any) -> object:
    """Return the only row of a decision's result, or nothing."""
    if len(rows) > 1:
        raise ExpressionError(f"there are {len(rows)} rows, not one")
    return first_of(rows)


def entry_of(row: Any) -> object:
    """Return the only entry of a row, or nothing."""
    if len(row) > 1:
        raise ExpressionError(f"there are {len(row)} entries, not one")
    return next(iter(row.values()), None)


def single_entry_of(rows: Any) -> object:
    """Return the only entry of the only row, or nothing."""
    row = single_of(rows)
    return None if row is None else entry_of(row)


def entries_of(rows: Any, name: str) -> list[object]:
    """Return the entries of a name in all rows that have one."""
    return [row[name] for row in rows if name in row]


def first_entry_of(row: Any) -> object:
    """Return the first entry of a row, or nothing."""
    return next(iter(row.values()), None)


PROPERTIES: Final[Mapping[str, Callable[[Any], object]]] = {
    "firstResult": first_of,
    "singleEntry": single_entry_of,
    "singleResult": single_of,
}
"""What is read of rows without a call, as in `decisionResult.singleResult`."""
