"""What an activity counts of its instances, and what an expression is told of that (10.3.8)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from typing import Final

from bpmn_xml.compiler.program.scoping import COUNTS
from bpmn_xml.core.state import Scope, State, Turns, key_of
from bpmn_xml.core.words import FRAME
from bpmn_xml.expressions.told import Told

_NUMBERS: Final[Mapping[str, Callable[[Turns], int]]] = {
    "OfInstances": lambda turns: turns.opened if turns.total < 0 else turns.total,
    "OfActiveInstances": lambda turns: turns.opened - turns.done,
    "OfCompletedInstances": lambda turns: turns.done - turns.terminated,
    "OfTerminatedInstances": lambda turns: turns.terminated,
}

NUMBERS: Final = {f"{word}{name}": count for word in COUNTS for name, count in _NUMBERS.items()}
"""What is counted, and how."""


def counted(turns: Turns) -> Mapping[str, object]:
    """The numbers of an activity, for who asks by name.

    >>> counted(Turns(3, opened=2, done=1))["nrOfActiveInstances"]
    1
    """
    return Told(NUMBERS, turns)


def counted_around(state: State, scope: Scope) -> Mapping[str, object] | None:
    """The numbers of the activity of which a scope is one instance, if it is one."""
    loops = state.scopes[scope.parent].loops if scope.parent is not None else None
    turns = (loops or {}).get(key_of(state, scope.node, scope.n))
    return None if turns is None or scope.role == FRAME else counted(copy(turns))


def counted_at(state: State, scope: Scope, question: int) -> Mapping[str, int]:
    """The numbers when an instance, for whose frame a node asks the last question, is done too.

    Those to which this question came before are done by then as well.
    """
    instance = state.scopes[scope.parent or ""]
    around = state.scopes[instance.parent or ""]
    turns = copy((around.loops or {})[key_of(state, instance.node, instance.n)])
    turns.done += 1 + sum(_stands_at(state, path, question) for path in around.children or ())
    return {name: count(turns) for name, count in NUMBERS.items()}


def _stands_at(state: State, path: str, node: int) -> bool:
    """Whether a node is active in the frame of an instance."""
    frames = [state.scopes[inner] for inner in state.scopes[path].children or ()]
    return any(key % state.size == node for frame in frames for key in frame.active)
