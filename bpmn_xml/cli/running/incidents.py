"""What is told of incidents: those of one place together, and where their exceptions come from."""

from __future__ import annotations

import sysconfig
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from bpmn_xml.runtime import Run
from bpmn_xml.trace.names import plain_id
from bpmn_xml.trace.standstill import Cause
from bpmn_xml.wording import label

MOST_LINES: Final = 10
"""How many incidents of one run are listed."""

PLACE: Final = 'File "'
"""How a place in a traceback begins."""

LIBRARIES: Final = tuple({sysconfig.get_path(name) for name in ("stdlib", "purelib", "platlib")})
"""The folders of Python and of what is installed."""


class ToldIncident(msgspec.Struct, frozen=True):
    """An incident: the element, what happened and where exactly, and the item that it stopped."""

    at: str
    message: str
    detail: str = ""
    item: str = ""


def faults_of(run: Run) -> tuple[ToldIncident, ...]:
    """The open incidents of a run."""
    details = {(found.node, found.message): found.detail for found in run.incidents}
    return tuple(
        ToldIncident(
            label(still.node, still.name),
            still.message,
            details.get((still.node, still.message), ""),
            plain_id(still.item),
        )
        for still in run.why()
        if still.cause is Cause.INCIDENT
    )


def incident_lines(faults: Sequence[ToldIncident], *, debug: bool) -> Iterator[str]:
    """Some incidents of each place, and below them the place; with `debug` a whole traceback."""
    groups: dict[tuple[str, ...], dict[tuple[str, str], list[ToldIncident]]] = {}
    for fault in faults:
        alike = groups.setdefault((fault.at, *origin(fault.detail)), {})
        alike.setdefault((fault.at, fault.message), []).append(fault)
    most = max(1, MOST_LINES // len(groups)) if groups else 0
    for (_, *place), alike in [*groups.items()][:MOST_LINES]:
        entries = [*alike.values()]
        yield from map(_line, entries[:most])
        if len(entries) > most:
            yield f"and {len(entries) - most:,} more"
        detail = entries[0][0].detail.rstrip().splitlines() if debug else place
        yield from (f"  {line}" for line in detail)
    if len(groups) > MOST_LINES:
        yield f"and {len(groups) - MOST_LINES:,} more"


def _line(alike: Sequence[ToldIncident]) -> str:
    """Incidents that say the same in one line; of items one is named."""
    first = alike[0]
    often = f"{len(alike):,} times" if len(alike) > 1 else ""
    item = f"item {first.item}" if first.item else ""
    told = ", first ".join(filter(None, (often, item)))
    return f"incident at {first.at}: {first.message}{f' ({told})' if told else ''}"


def origin(detail: str) -> list[str]:
    """Where an exception comes from: the last place that is not in a library, else the last one.

    Of what has no traceback it is what is told first.

    >>> origin("in stock > 1")
    ['in stock > 1']
    """
    lines = detail.rstrip().splitlines()
    places = [n for n, line in enumerate(lines) if line.lstrip().startswith(PLACE)]
    if not places:
        return lines[:1]
    own = [n for n in places if not lines[n].lstrip()[len(PLACE) :].startswith(LIBRARIES)]
    last = (own or places)[-1]
    return [line.strip() for line in lines[last : last + 2]]
