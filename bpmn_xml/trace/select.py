"""The part of a trace that tells what one instance, or one item of a producer, did.

An item is named by its scope as the trace has it, or by as much of its end as is clear:
`gather.1/read.1:17` or `read.1:17`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from bpmn_xml.core.state import child_path
from bpmn_xml.core.words import ITEM
from bpmn_xml.errors import UsageError
from bpmn_xml.trace.reader import TraceEntry, TraceLine

_MOST = 5


def of_instance(lines: Iterable[TraceLine], instance: str) -> Iterator[TraceLine]:
    """The batches of one instance.

    Raises:
        UsageError: the trace knows no such instance (said at the end).
    """
    others: dict[str, None] = {}
    found = False
    for line in lines:
        if line.instance == instance:
            found = True
            yield line
        else:
            others.setdefault(line.instance)
    if not found:
        raise UsageError(f"no instance {instance!r} in the trace", remedy=_there(others))


def of_item(lines: Iterable[TraceLine], item: str) -> Iterator[TraceLine]:
    """The batches of one item, with the one that opened it.

    Raises:
        UsageError: the trace has no such item, or several (said at the end).
    """
    chosen: dict[tuple[str, str], None] = {}
    others: dict[str, None] = {}
    for line in lines:
        for entry in line.records:
            scope = item_of(entry)
            if scope and named(scope, item):
                chosen.setdefault((line.instance, scope))
            elif scope and len(others) <= _MOST:
                others.setdefault(scope)
        mine = [e for e in line.records if _within(line.instance, e, chosen)]
        if mine:
            yield msgspec.structs.replace(line, records=mine)
    if not chosen:
        raise UsageError(f"no item {item!r} in the trace", remedy=_there(others))
    if len(chosen) > 1:
        several = [f"{scope} of {instance}" for instance, scope in chosen]
        raise UsageError(f"{len(chosen)} items are called {item!r}", remedy=_there(several))


class FirstRecords:
    """The batches of a trace until there are so many records; the rest is only counted.

    `shown` and `records` say how many were given, and how many there are in all.
    """

    def __init__(self, lines: Iterable[TraceLine], most: int) -> None:
        self.shown = self.records = 0
        self._lines, self._most = lines, most

    def __iter__(self) -> Iterator[TraceLine]:
        for line in self._lines:
            whole = self.shown == self.records
            self.records += len(line.records)
            if whole and self.records <= self._most:
                self.shown = self.records
                yield line


def item_of(entry: TraceEntry) -> str:
    """The scope of the item that a record opens; empty if it opens none.

    >>> item_of(TraceEntry("ScopeOpened", scope="gather.1", node="read", n=1, index=7, role="item"))
    'gather.1/read.1:7'
    """
    if entry.type != "ScopeOpened" or entry.role != ITEM:
        return ""
    return child_path(entry.scope, entry.node, entry.n, entry.index)


def named(scope: str, name: str) -> bool:
    """Whether a scope is called so: by all of it, or by the end of it.

    >>> named("gather.1/read.1:17", "read.1:17"), named("gather.1/read.1:17", "1:17")
    (True, False)
    """
    return scope == name or scope.endswith(f"/{name}")


def _within(instance: str, entry: TraceEntry, chosen: Iterable[tuple[str, str]]) -> bool:
    return any(
        instance == mine and (item_of(entry) == scope or f"{entry.scope}/".startswith(f"{scope}/"))
        for mine, scope in chosen
    )


def _there(names: Iterable[str]) -> str:
    known = list(names)
    shown = ", ".join(known[:_MOST]) or "none"
    return f"there is {shown}{', ...' if len(known) > _MOST else ''}"
