"""Who is active in a scope. One fresh element alone is a mapping that all instances share.

Most instances that wait have just that, so it costs them nothing. A mapping of several is the
scope's own.
"""

from __future__ import annotations

from typing import Final

import msgspec

from bpmn_xml.core.state import FRESH, NOBODY, Activation, Scope

_MOST_SHARED: Final = 4096
_ALONE: Final[dict[int, dict[int, Activation]]] = {}
"""By the key of the element."""


def put_active(scope: Scope, key: int, activation: Activation) -> None:
    """Make an activation active, or replace its value."""
    active = scope.active
    if not active and activation is FRESH:
        scope.active = _ALONE.get(key) or _alone(key)
    elif len(active) > 1:
        active[key] = activation  # type: ignore[index] # a mapping of several is the scope's own
    else:
        scope.active = {**active, key: activation}


def alter_active(scope: Scope, key: int, **changes: object) -> None:
    """Change fields of an activation; KeyError if it is not active."""
    changed = msgspec.structs.replace(scope.active[key], **changes)
    put_active(scope, key, FRESH if changed == FRESH else changed)


def _alone(key: int) -> dict[int, Activation]:
    mapping = {key: FRESH}
    return mapping if len(_ALONE) >= _MOST_SHARED else _ALONE.setdefault(key, mapping)


def drop_active(scope: Scope, key: int) -> None:
    """Remove an activation; KeyError if it is not active."""
    active = scope.active
    if len(active) > 1:
        del active[key]  # type: ignore[attr-defined] # a mapping of several is the scope's own
    elif key in active:
        scope.active = NOBODY
    else:
        raise KeyError(key)


def pass_active(scope: Scope, key: int, following: int) -> None:
    """One element is active no longer, another is freshly; KeyError if the first was not."""
    active = scope.active
    if len(active) == 1 and key in active:
        scope.active = _ALONE.get(following) or _alone(following)
    else:
        drop_active(scope, key)
        put_active(scope, following, FRESH)


def count(scope: Scope, node: int, n: int) -> None:
    """What can come more than once has come for the `n`-th time."""
    if scope.counts is None:
        scope.counts = {}
    scope.counts[node] = n
