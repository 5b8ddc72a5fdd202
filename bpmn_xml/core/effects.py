"""A throw has its effect when no token can move: here and there, one still can.

Where nothing is left inside, a scope that would only be closed ends first, and its token goes on
(13.3.4). But who waits at its border or inside it for a signal that is thrown hears of it before.
And an inclusive join goes on for whose tokens no other is on the way (13.4.3).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bpmn_xml.compiler.program import Trigger
from bpmn_xml.core import records as r
from bpmn_xml.core import throws
from bpmn_xml.core.settle import go_on, join_reached
from bpmn_xml.core.state import Scope, layers, split_key
from bpmn_xml.core.view import Records, View


class Effects:
    """The throws that have their effect in one command, and the scopes that go on before them.

    Each scope is looked at once when it is queued, and once more after a join of it and per signal
    that it has to wait for.

    Attributes:
        applied: how many throws have had their effect.
    """

    __slots__ = ("_due", "_held", "_known", "_looked", "_pending", "_view", "applied")

    def __init__(self, view: View) -> None:
        self._view = view
        self._pending: dict[str, int] = {}  # how many signals have not had their effect, by name
        self._held: dict[str, list[str]] = {}  # scopes that end after a signal, by its name
        self._due: list[str] = []  # those to look at again
        self._known = self._looked = self.applied = 0

    def next(self) -> Iterable[Records]:
        """Let a token move in the next scope, else let the oldest throw have its effect."""
        effects, pending = self._view.state.agenda.effects, self._pending
        for new in effects[self._known :]:
            if isinstance(new, r.SignalThrown):
                pending[new.name] = pending.get(new.name, 0) + 1
        self._known = len(effects)
        moved = next(self._moves(), None)
        if moved is not None:
            return (moved,)
        effect = effects[self.applied]
        self.applied += 1
        if isinstance(effect, r.SignalThrown):
            pending[effect.name] -= 1
            if not pending[effect.name]:
                self._due = self._held.pop(effect.name, [])[::-1]
        return throws.apply(self._view, effect)

    def _moves(self) -> Iterator[Records]:
        """What lets a token move: a join, or the end of a scope in which nothing is left."""
        view = self._view
        for path in self._paths():
            scope = view.state.scopes.get(path)
            if scope is None:
                continue
            view.scope, view.payload = scope, None
            if scope.parked and scope.index < 0 and (joined := join_reached(view)):
                self._due.append(path)
                yield joined
            elif _is_left(view, scope):
                heard = [name for name in _awaited(view, scope) if self._pending.get(name)]
                if heard:
                    self._held.setdefault(heard[0], []).append(path)
                else:
                    yield go_on(view)

    def _paths(self) -> Iterator[str]:
        """The scopes to look at."""
        unsettled = self._view.state.agenda.unsettled
        while self._due:
            yield self._due.pop()
        while self._looked < len(unsettled):
            self._looked += 1
            yield unsettled[self._looked - 1]


def _is_left(view: View, scope: Scope) -> bool:
    """Whether nothing is left in a scope, and a token goes on where it ends.

    What is undone is no activity that goes on: who throws more besides goes on after all of that.
    """
    if scope.active or scope.parked or scope.children or scope.parent is None:
        return False
    undoing = view.state.scopes[scope.parent].undoing or ()
    undone = scope.n * view.state.size + scope.node in undoing
    return not (undone or scope.incidents or scope.read or scope.resets)


def _awaited(view: View, scope: Scope) -> Iterator[str]:
    """The names of the signals that nobody waits for any more when a scope has ended."""
    size, nodes, scopes = view.state.size, view.program.nodes, view.state.scopes
    waits = list((scope.waits or {}).items())
    for around, node, n in layers(view.state, scopes[scope.parent or ""], scope.node, scope.n):
        if around.waits:
            keys = [n * size + border for border in nodes[node].boundary]
            waits += [(key, around.waits[key]) for key in keys if key in around.waits]
    for key, by_event in waits:
        events = nodes[split_key(view.state, key)[0]].events
        for event, wait in by_event.items():
            if events[event].trigger is Trigger.SIGNAL:
                yield wait.name
