"""Where data is written: the nearest enclosing scope that holds the name, else the instance.

An item is a wall: inside it a write goes to the nearest scope up to the item that holds the name,
else to the item itself. So what happens in one item is never seen in another.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bpmn_xml.core import records as r
from bpmn_xml.core.state import Scope
from bpmn_xml.core.view import View


def write(view: View, values: Mapping[str, Any]) -> tuple[r.Record, ...]:
    """Set variables as seen from the view's scope; one record per scope that changes."""
    scope = view.scope
    if not values:
        return ()
    if scope.parent is None or (scope.index >= 0 and not scope.instance):
        return (r.VariablesWritten(scope.path, values),)
    targets: dict[str, dict[str, Any]] = {}
    for name, value in values.items():
        targets.setdefault(_home(view, name).path, {})[name] = value
    return tuple([r.VariablesWritten(path, part) for path, part in targets.items()])


def _home(view: View, name: str) -> Scope:
    scope = view.scope
    while name not in scope.variables and scope.parent is not None:
        if scope.index >= 0 and not scope.instance:
            break
        scope = view.state.scopes[scope.parent]
    return scope
