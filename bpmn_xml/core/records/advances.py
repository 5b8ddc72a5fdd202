"""One record in the place of three: the step that makes up most of what processes do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

import msgspec

from bpmn_xml.core.records.activities import Activated, Completed
from bpmn_xml.core.records.moves import FlowTaken
from bpmn_xml.core.values import Values

R = TypeVar("R")


class Advanced(msgspec.Struct, frozen=True, gc=False):
    """An element completed, its token took its only flow, and the next element is active.

    It means `parts` of it, no more and no less.
    """

    scope: str
    node: int
    n: int
    flow: int
    next: int
    next_n: int
    values: Values | None = None


def parts(record: Advanced) -> tuple[Completed, FlowTaken, Activated]:
    """What an advance means, in the order in which it happened.

    >>> parts(Advanced("", 3, 1, 7, 4, 2, {"a": 1}))
    (Completed(scope='', node=3, n=1, values={'a': 1}), FlowTaken(scope='', flow=7, payload=None), \
Activated(scope='', node=4, n=2, payload=None))
    """
    scope = record.scope
    return (
        Completed(scope, record.node, record.n, record.values),
        FlowTaken(scope, record.flow),
        Activated(scope, record.next, record.next_n),
    )


def expanded(records: Iterable[R]) -> list[R | Completed | FlowTaken | Activated]:
    """The same records with every advance in its parts, for whoever looks at what happened."""
    found: list[R | Completed | FlowTaken | Activated] = []
    for record in records:
        if isinstance(record, Advanced):
            found += parts(record)
        else:
            found.append(record)
    return found
