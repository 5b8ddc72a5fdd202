"""Who is active in a scope. One fresh element alone is a mapping that all instances share.

Most instances that wait have just that, so it costs them nothing. A mapping of several is the
scope's own.
"""

from __future__ import annotations

from typing import Final

import msgspec

from bpmn_xml.core.state import FRESH, NONE_ACTIVE, Activation, Scope
from bpmn_xml.remembered import Remembered

MOST_SHARED: Final = 16_384
"""So many such mappings are kept, that is all of a program of 10,000 nodes."""

ALONE: Final = Remembered[int, dict[int, Activation]](lambda key: {key: FRESH}, MOST_SHARED)
"""The mapping of one fresh element alone, by its key."""


def put_active(scope: Scope, key: int, activation: Activation) -> None:
    """Make an activation active, or replace its value."""
    active = scope.active
    if not active and activation is FRESH:
        scope.active = ALONE[key]
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
