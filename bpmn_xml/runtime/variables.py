"""The variables that a task sees, as a mapping that is cheap to read."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping
from typing import Any

from bpmn_xml.core.state import Scope, State


def visible(state: State, scope: Scope) -> Mapping[str, Any]:
    """All variables seen from a scope; only scopes that have any are looked through."""
    chain = [scope.variables] if scope.variables else []
    while scope.parent is not None and not scope.apart:
        scope = state.scopes[scope.parent]
        if scope.variables:
            chain.append(scope.variables)
    return chain[0] if len(chain) == 1 else ChainMap(*chain)
