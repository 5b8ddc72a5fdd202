r"""What waits for what, for people: a line for each token that has not arrived.

>>> from bpmn_xml.trace.standstill import Cause
>>> still = Standstill(instance="P-1", node="approve", cause=Cause.PERSON, since=1_000_000)
>>> print(*waiting_table([still], 3_000_000), sep="\n")
waits at  for       since
approve   a person  2.0 s ago
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from bpmn_xml.cli.tables import WIDEST, columns
from bpmn_xml.cli.words import fitted
from bpmn_xml.render.overlay import spoken
from bpmn_xml.trace.names import plain_id
from bpmn_xml.trace.standstill import Standstill, date, reason
from bpmn_xml.wording import label

HEADINGS: Final = ("waits at", "for", "since")

MOST_ROWS: Final = 20
"""How many lines a table has at most."""


def waiting_table(stills: Sequence[Standstill], now: int) -> list[str]:
    """One line per element and reason; many that are alike are counted, and of items one is named.

    Args:
        stills: what stands still.
        now: the time that `since` is told from, microseconds since 1970 UTC; 0 tells the date.
    """
    counted = Counter([(still.node, fitted(reason(still))) for still in stills])
    first = {(still.node, fitted(reason(still))): still for still in reversed(stills)}
    rows = []
    for key, count in list(counted.items())[:MOST_ROWS]:
        still = first[key]
        name = fitted(label(still.node, still.name), WIDEST)
        which = f"item {fitted(plain_id(still.item), WIDEST)}" if still.item else ""
        times = f"{count:,} times" if count > 1 else ""
        told = ", first ".join(filter(None, (times, which)))
        rows.append((f"{name} ({told})" if told else name, key[1], _ago(still.since, now)))
    lines = columns([HEADINGS, *rows])
    more = len(counted) - MOST_ROWS
    return [*lines, f"and {more:,} more"] if more > 0 else lines


def _ago(since: int | None, now: int) -> str:
    """Say how long ago something began, or when; nothing where nobody knows."""
    if since is None:
        return ""
    return f"{spoken((now - since) / 1_000_000)} ago" if now else date(since)
