r"""Tables of plain text: the first column to the left, numbers to the right.

>>> print(*table(["node", "count"], [["add", "1,000"], ["print", "7"]]), sep="\n")
node   count
add    1,000
print      7
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bpmn_xml.cli.words import shorten
from bpmn_xml.render.overlay import spoken
from bpmn_xml.trace.names import plain_id
from bpmn_xml.trace.summary import ElementSummary

WIDEST: Final = 40
HEADINGS: Final = ("node", "count", "active", "failed", "min", "mean", "p95", "max")


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Lay out rows below their headings."""
    every = [list(headings), *[list(row) for row in rows]]
    widths = [max(len(row[column]) for row in every) for column in range(len(headings))]
    return [_line(row, widths) for row in every]


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = [
        cell.rjust(width) if column else cell.ljust(width)
        for column, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]
    return "  ".join([first, *others]).rstrip()


def node_table(nodes: Sequence[ElementSummary]) -> list[str]:
    """One line per node: how often, how many failures, how long it was active."""
    return table(HEADINGS, [_row(node) for node in nodes]) if nodes else []


def _row(node: ElementSummary) -> list[str]:
    timed = node.completed + node.cancelled
    times = (node.shortest, node.mean, node.p95, node.longest)
    return [
        shorten(plain_id(node.id), WIDEST),
        f"{node.count:,}",
        f"{node.active:,}" if node.active else "",
        f"{node.failures:,}" if node.failures else "",
        *[spoken(time / 1_000_000) if timed else "" for time in times],
    ]
