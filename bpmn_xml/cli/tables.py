r"""Tables of plain text: the first column to the left, numbers to the right.

>>> print(*table(["node", "count"], [["add", "1,000"], ["print", "7"]]), sep="\n")
node   count
add    1,000
print      7
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final, NamedTuple

from bpmn_xml.cli.words import cells, fitted, padded
from bpmn_xml.render.overlay import spoken
from bpmn_xml.trace.names import around, escape_id, part_of, plain_id
from bpmn_xml.trace.summary import ElementSummary

WIDEST: Final = 40


LEAST: Final = 1_000
"""Microseconds: shorter waits for a worker are not told."""


class NodeColumn(NamedTuple):
    """A column of the table of nodes; it is left out where no node has anything in it."""

    heading: str
    cell: Callable[[ElementSummary], str]


def _number(number: int) -> str:
    return f"{number:,}" if number else ""


def _time(of: Callable[[ElementSummary], int]) -> Callable[[ElementSummary], str]:
    return lambda node: spoken(of(node) / 1_000_000) if node.completed + node.cancelled else ""


def called(node: ElementSummary, labels: Mapping[str, str]) -> str:
    """What a node is called, cut to a width; its id without a label, or if that cuts off the id."""
    name, label = plain_id(node.id), labels.get(node.id, "")
    if not label and (at := labels.get(escape_id(around(name)))):
        label = part_of(at, name)
    wide = label.endswith(f"({name})") and cells(label) > WIDEST
    return fitted(name if wide else label or name, WIDEST)


def failed(node: ElementSummary) -> int:
    """How many of its calls failed, not counting BPMN errors."""
    return node.failures - node.errors


FAULTS: Final = (
    NodeColumn("active", lambda node: _number(node.active)),
    NodeColumn("failed", lambda node: _number(failed(node))),
    NodeColumn("errors", lambda node: _number(node.errors)),
    NodeColumn("interrupted", lambda node: _number(node.interrupted)),
)


def _queued(node: ElementSummary) -> str:
    each = node.queued / max(node.count, 1)
    return spoken(each / 1_000_000) if each >= LEAST else ""


QUEUED: Final = NodeColumn("queued", _queued)
"""How long a call waited for a free worker, on the average."""

ONCE: Final = (*FAULTS, NodeColumn("time", _time(lambda node: node.total)), QUEUED)
"""The columns where every node was entered once."""

OFTEN: Final = (
    NodeColumn("count", lambda node: f"{node.count:,}"),
    *FAULTS,
    NodeColumn("min", _time(lambda node: node.shortest)),
    NodeColumn("mean", _time(lambda node: node.mean)),
    NodeColumn("p95", _time(lambda node: node.p95)),
    NodeColumn("max", _time(lambda node: node.longest)),
    QUEUED,
)


MOST_ROWS: Final = 200
"""At most this many rows of a table are printed; JSON has all."""


MOST_TOLD: Final = 10
"""Of at most this many nodes it is told how they failed."""


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Lay out rows below their headings; of very many only the first, and how many more."""
    more = [f"and {len(rows) - MOST_ROWS:,} more"] if len(rows) > MOST_ROWS else []
    return [*columns([headings, *rows[:MOST_ROWS]], numbers=True), *more]


def columns(rows: Sequence[Sequence[str]], *, numbers: bool = False) -> list[str]:
    """Lay out rows, each column as wide as its widest cell; of `numbers` all but the first."""
    widths = [max(map(cells, column)) for column in zip(*rows, strict=True)]
    places = [*enumerate(widths)]
    return [
        "  ".join([padded(row[at], wide, left=at > 0 and numbers) for at, wide in places]).rstrip()
        for row in rows
    ]


def failure_lines(
    nodes: Sequence[ElementSummary], labels: Mapping[str, str], known: Collection[str] = ()
) -> list[str]:
    """What the last failure of each node said, but for what is `known`; of very many some."""
    failed = [node for node in nodes if node.failure and node.failure not in known]
    lines = [f"last failure of {called(one, labels)}: {one.failure}" for one in failed[:MOST_TOLD]]
    more = len(failed) - MOST_TOLD
    return [*lines, *([f"and {more:,} more"] if more > 0 else [])]


def node_table(
    nodes: Sequence[ElementSummary], labels: Mapping[str, str] | None = None
) -> list[str]:
    """One line per node: how often, how many failures and errors, how long it was active.

    Args:
        nodes: what happened at them.
        labels: the name of a node in the summary -> what people call it.
    """
    once = all(node.count <= 1 for node in nodes)
    rows = {
        column.heading: [column.cell(node) for node in nodes]
        for column in (ONCE if once else OFTEN)
    }
    filled = {heading: row for heading, row in rows.items() if any(row)}
    columns = [[called(node, labels or {}) for node in nodes], *filled.values()]
    return table(("node", *filled), [*zip(*columns, strict=True)]) if nodes else []
