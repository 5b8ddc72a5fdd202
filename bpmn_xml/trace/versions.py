"""Traces are a public format: every type of record has a version, and old ones are cast up.

When the meaning or the fields of a record change, its number in `RECORD_VERSIONS` grows and
`UPCASTERS` gets a function from the old version's JSON to the next. A header lists the versions
that are not 1. A trace of every old version is kept among the tests.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from bpmn_xml.core.records import CORE_VERSION, Batch, InstanceStarted
from bpmn_xml.core.words import FRAME, INSIDE, ITEM, STAGES, TURN
from bpmn_xml.errors import UsageError

FORMAT: Final = "bpmn-xml-trace"
VERSION: Final = 1
"""Of the lines themselves: the header and what is around records."""

RECORD_VERSIONS: Final[Mapping[str, int]] = {"IncidentRaised": 2, "ScopeOpened": 2}
"""Type of record -> version; 1 where nothing is said."""

Upcast = Callable[[dict[str, Any]], dict[str, Any]]


def _with_role(old: dict[str, Any]) -> dict[str, Any]:
    """A scope that was opened by version 1 said what it is by its index and two flags."""
    framed, turn = old.pop("framed", False), old.pop("instance", False)
    role = FRAME if framed else TURN if turn else ITEM if old.get("index", -1) >= 0 else INSIDE
    return {**old, "role": role}


def _with_stage(old: dict[str, Any]) -> dict[str, Any]:
    """The stage of an incident was a number in version 1: its place among the stages."""
    return {**old, "stage": [*STAGES][old.get("stage", 0)]}


UPCASTERS: Final[Mapping[tuple[str, int], Upcast]] = {
    ("IncidentRaised", 1): _with_stage,
    ("ScopeOpened", 1): _with_role,
}
"""(type, version) -> the function that makes the next version of it."""


def upcast(
    record: dict[str, Any],
    written: Mapping[str, int],
    upcasters: Mapping[tuple[str, int], Upcast] = UPCASTERS,
) -> dict[str, Any]:
    """Bring a record's JSON to the version of today.

    Args:
        record: the object with its `type`.
        written: the versions that the header lists.
        upcasters: the table of changes.

    >>> renamed = {("Passed", 1): lambda old: {"type": "Passed", "node": old["element"]}}
    >>> upcast({"type": "Passed", "element": "A"}, {}, renamed)
    {'type': 'Passed', 'node': 'A'}
    """
    type_ = str(record.get("type", ""))
    version = written.get(type_, 1)
    while (type_, version) in upcasters:
        record = upcasters[type_, version](record)
        type_, version = str(record.get("type", "")), version + 1
    return record


def require_replayable(batch: Batch) -> None:
    """Refuse an instance whose records meant something else when they were written.

    Raises:
        UsageError: it began with another version of the core.
    """
    for record in batch.records:
        if isinstance(record, InstanceStarted) and record.core != CORE_VERSION:
            versions = f"of version {record.core}, this is {CORE_VERSION}"
            what = f"{batch.instance!r} was run by an engine {versions}"
            raise UsageError(what, remedy="explain it with the bpmn-xml that wrote the trace")
