"""One record in the place of many: an element is left, and its token goes as far as it can.

It is what most commands come to, so it is made, written and applied at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final, TypeVar

import msgspec

from bpmn_xml.core.records.activities import Activated, Completed
from bpmn_xml.core.records.moves import (
    FlowTaken,
    InstanceEnded,
    Joined,
    Passed,
    TokenConsumed,
    TokenPlaced,
)
from bpmn_xml.core.values import Values

R = TypeVar("R")

WAITS: Final = 0
"""In the place of an activation: the token waits on the flow for others."""

ENDS: Final = -1
"""In the place of an activation: the token is consumed."""

Place = tuple[int, int, int]
"""(flow, the node it leads to, which activation of that began, or `WAITS`, or `ENDS`)."""

Along = tuple[tuple[int, ...], ...]
"""Per gateway or event that was passed the flow that led there, its node and, where tokens met
there, the flows on which they had come."""


class Advanced(msgspec.Struct, frozen=True, gc=False):
    """A token went on from an element until it had to wait.

    It means `parts` of it, no more and no less.

    Attributes:
        scope, node, n: the activation that was completed; with `n` 0 an event where it began.
        to: where its tokens are now.
        values: what the element wrote.
        along: what they passed on their way.
        ended: nothing was left to do then, and the instance completed.
    """

    scope: str
    node: int
    n: int
    to: tuple[Place, ...]
    values: Values | None = None
    along: Along = ()
    ended: bool = False


Part = (
    Completed
    | TokenPlaced
    | Passed
    | FlowTaken
    | Joined
    | Activated
    | TokenConsumed
    | InstanceEnded
)


def parts(record: Advanced) -> tuple[Part, ...]:
    """What an advance means, in the order in which it happened.

    >>> parts(Advanced("", 3, 1, ((7, 4, 2),), {"a": 1}))
    (Completed(scope='', node=3, n=1, values={'a': 1}), FlowTaken(scope='', flow=7, payload=None), \
Activated(scope='', node=4, n=2, payload=None))
    """
    return tuple([kind(**fields) for kind, fields in parts_of(record)])


def parts_of(record: Any) -> Iterator[tuple[type[Part], dict[str, Any]]]:
    """The types and fields of the parts; also of an advance that names elements by their ids."""
    scope, left = {"scope": record.scope}, {"scope": record.scope, "node": record.node}
    if record.n:
        values = getattr(record, "values", None)
        yield Completed, left | {"n": record.n} | ({} if values is None else {"values": values})
    else:
        yield TokenPlaced, left
        yield Passed, left
    for flow, node, *met in record.along:
        yield FlowTaken, scope | {"flow": flow}
        passed = scope | {"node": node}
        yield (Joined, passed | {"flows": tuple(met)}) if met else (Passed, passed)
    for flow, _, _ in record.to:
        yield FlowTaken, scope | {"flow": flow}
    for _, node, n in record.to:
        if n > 0:
            yield Activated, scope | {"node": node, "n": n}
        elif n == ENDS:
            yield Passed, scope | {"node": node}
            yield TokenConsumed, scope | {"node": node}
    if record.ended:
        yield InstanceEnded, {"outcome": "completed"}


def expanded(records: Iterable[R]) -> list[R | Part]:
    """The same records with every advance in its parts, for whoever looks at what happened."""
    found: list[R | Part] = []
    for record in records:
        if isinstance(record, Advanced):
            found += parts(record)
        else:
            found.append(record)
    return found
