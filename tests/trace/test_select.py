"""One instance or one item out of a trace."""

from __future__ import annotations

import pytest

from bpmn_xml.core.words import ITEM
from bpmn_xml.errors import UsageError
from bpmn_xml.trace.reader import TraceEntry, TraceLine
from bpmn_xml.trace.select import FirstRecords, of_instance, of_item


def opened(scope: str, node: str, index: int) -> TraceEntry:
    return TraceEntry("ScopeOpened", scope=scope, node=node, n=1, index=index, role=ITEM)


def passed(scope: str, node: str) -> TraceEntry:
    return TraceEntry("Passed", scope=scope, node=node)


TRACE = [
    TraceLine("a", 1, 0, [passed("", "start"), opened("", "read", 0), passed("read.1:0", "x")]),
    TraceLine("b", 1, 1, [passed("", "start"), opened("sub.1", "read", 3)]),
    TraceLine("a", 2, 2, [opened("", "read", 1), passed("read.1:1", "x")]),
    TraceLine("a", 3, 3, [passed("read.1:0/inner.1", "y"), passed("read.1:01", "z")]),
    TraceLine("b", 2, 4, [passed("sub.1/read.1:3", "x"), passed("sub.1", "end")]),
]


def shown(lines: object) -> list[tuple[str, int, list[str]]]:
    return [(line.instance, line.seq, [e.node for e in line.records]) for line in lines]


def test_one_instance() -> None:
    assert [line[:2] for line in shown(of_instance(TRACE, "b"))] == [("b", 1), ("b", 2)]


ITEMS = {
    "read.1:0": [("a", 1, ["read", "x"]), ("a", 3, ["y"])],
    "read.1:1": [("a", 2, ["read", "x"])],
    "sub.1/read.1:3": [("b", 1, ["read"]), ("b", 2, ["x"])],
    "read.1:3": [("b", 1, ["read"]), ("b", 2, ["x"])],
}


@pytest.mark.parametrize(("item", "expected"), ITEMS.items(), ids=ITEMS)
def test_one_item_with_the_result_it_is_made_of(item: str, expected: list) -> None:
    assert shown(of_item(TRACE, item)) == expected


def test_what_there_is_not_is_told_with_what_there_is() -> None:
    with pytest.raises(UsageError, match="no instance 'c' in the trace: there is a, b"):
        list(of_instance(TRACE, "c"))
    with pytest.raises(UsageError, match=r"no item 'read.1:9'.*: there is read.1:0, sub"):
        list(of_item(TRACE, "read.1:9"))
    with pytest.raises(UsageError, match="no item 'x' in the trace: there is none"):
        list(of_item([], "x"))


def test_an_item_of_several_instances_needs_one() -> None:
    twice = [*TRACE, TraceLine("c", 1, 5, [opened("", "read", 0)])]
    with pytest.raises(UsageError, match=r"2 items are called 'read.1:0': there is read.1:0 of a"):
        list(of_item(twice, "read.1:0"))


@pytest.mark.parametrize(("most", "given"), [(0, 0), (1, 1), (2, 1), (3, 3), (9, 3)])
def test_the_beginning_of_a_long_trace(most: int, given: int) -> None:
    """Batches of one, two and no records: whole ones are given, and none after a gap."""
    records = [[passed("", "a")], [passed("", "b"), passed("", "c")], []]
    lines = FirstRecords([TraceLine("i", n, n, each) for n, each in enumerate(records)], most)
    assert sum(len(line.records) for line in lines) == given
    assert (lines.shown, lines.records) == (given, 3)
