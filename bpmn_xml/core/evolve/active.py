"""Who is active in a scope. One fresh element alone is a mapping that all instances share.

Most instances that wait have just that, so it costs them nothing. A mapping of several is the
scope's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from bpmn_xml.core.state import FRESH, NONE_ACTIVE, Activation, Scope

MOST_SHARED: Final = 32_768
"""Below this key a mapping is shared: all of a program of 16,000 nodes, and many turns of loops."""

ALONE: Final[list[Mapping[int, Activation] | None]] = [None] * MOST_SHARED
"""The mapping of one fresh element alone, by its key, once `alone` was asked for it.

Nearly every step needs one, so whoever needs it looks here first and then asks.
"""


def alone(key: int) -> Mapping[int, Activation]:
    """The mapping of one fresh element alone."""
    if key >= MOST_SHARED:
        return {key: FRESH}
    found = ALONE[key]
    if found is None:
        found = ALONE[key] = {key: FRESH}
    return found


def put_active(scope: Scope, key: int, activation: Activation) -> None:
    """Make an activation active, or replace its value."""
    active = scope.active
    if not active and activation is FRESH:
        scope.active = (key < MOST_SHARED and ALONE[key]) or alone(key)
    elif len(active) > 1:
        active[key] = activation  # type: ignore[index] # a mapping of several is the scope's own
    else:
        scope.active = {**active, key: activation}


def alter_active(scope: Scope, key: int, **changes: object) -> None:
    """Change fields of an activation; KeyError if it is not active."""
    changed = msgspec.structs.replace(scope.active[key], **changes)
    put_active(scope, key, FRESH if changed == FRESH else changed)


def drop_active(scope: Scope, key: int) -> None:
    """Remove an activation; KeyError if it is not active."""
    active = scope.active
    if len(active) > 1:
        del active[key]  # type: ignore[attr-defined] # a mapping of several is the scope's own
    elif key in active:
        scope.active = NONE_ACTIVE
    else:
        raise KeyError(key)


def count(scope: Scope, node: int, n: int) -> None:
    """What can come more than once has come for the `n`-th time."""
    if scope.counts is None:
        scope.counts = {}
    scope.counts[node] = n
