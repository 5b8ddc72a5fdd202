r"""What waits for what, for people: a line for each token that has not arrived.

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
from bpmn_xml.cli.words import fitted, label
from bpmn_xml.compiler.times.timers import moment_of
from bpmn_xml.render.overlay import spoken
from bpmn_xml.trace.names import plain_id
from bpmn_xml.trace.standstill import Awaited, Cause, Lacking, Standstill
from bpmn_xml.wording import listed, printable

HEADINGS: Final = ("waits at", "for", "since")

MOST_ROWS: Final = 20
"""How many lines a table has at most."""


def waiting_table(stills: Sequence[Standstill], now: int) -> list[str]:
    """One line per element and reason; many that are alike are counted, and of items one is named.

    Args:
        stills: what stands still.
        now: the time that `since` is told from, microseconds since 1970 UTC; 0 tells the date.
    """
    counted = Counter([(still.node, reason(still)) for still in stills])
    first = {(still.node, reason(still)): still for still in reversed(stills)}
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


def reason(still: Standstill) -> str:
    """Say what a token waits for."""
    if still.cause is Cause.INCIDENT:
        return fitted(still.message)
    events = [event(wait, still.node) for wait in still.awaits]
    if still.cause is Cause.JOIN:
        flows = listed([_lacking(flow) for flow in still.lacking])
        return " or ".join([f"a token {flows}", *events] if flows else events)
    if still.cause is Cause.EVENT and events:
        return " or ".join(events)
    if still.cause is Cause.BESIDE:
        return f"nothing: it begins with {' or '.join(events)}"
    own = f"{still.cause}, due {date(still.due)}" if still.due else str(still.cause)
    return " or ".join([own, *events])


def event(wait: Awaited, node: str = "") -> str:
    """Say what event is waited for; where, if not at `node`.

    >>> event(Awaited(at="b", trigger="message", name="paid", key="42"), "approve")
    'message paid, key 42 (b)'
    >>> event(Awaited(at="c", trigger="conditional", text="n > m", lack="there is no variable 'm'"))
    "conditional, n > m: there is no variable 'm'"
    """
    words = [f"{wait.trigger} {wait.name}" if wait.name else wait.trigger]
    if wait.key:
        words.append(f"key {wait.key}")
    if wait.due:
        words.append(f"due {date(wait.due)}")
    elif wait.text:
        words.append(f"{wait.text}: {wait.lack}" if wait.lack else wait.text)
    where = f" ({wait.at})" if node not in ("", wait.at) else ""
    return printable(f"{', '.join(words)}{where}")


def _ago(since: int | None, now: int) -> str:
    """Say how long ago something began, or when; nothing where nobody knows."""
    if since is None:
        return ""
    return f"{spoken((now - since) / 1_000_000)} ago" if now else date(since)


def date(time: int) -> str:
    """Write a time to the second.

    >>> date(1_500_000)
    '1970-01-01T00:00:01Z'
    """
    return moment_of(time).isoformat(timespec="seconds").replace("+00:00", "Z")


def _lacking(flow: Lacking) -> str:
    who = f"{listed(flow.bringers)} may bring it" if flow.bringers else "nobody can bring it"
    return printable(f"on {flow.flow} ({who})")
