"""How much one command does before it leaves the rest to the next, and when an instance is held.

What expressions and searches cost counts as steps. A look at all that costs more than a step, so
there is one only now and then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from bpmn_xml.core import halt
from bpmn_xml.core import records as r
from bpmn_xml.core.state import Scope
from bpmn_xml.core.view import View

MOST_STEPS: Final = 500_000
"""After so many steps in a row without coming to rest an instance is held, unless told else."""

SPENT_A_STEP: Final = 6
"""What expressions may spend in the time of a step; see `Budget.spent`."""

SEARCHED_A_STEP: Final = 4
"""How many scopes are searched, or conditions of flows asked, in the time of a step."""

TOLD_A_STEP: Final = 2
"""How many records are made and applied in the time of a step."""

MOST_RECORDS: Final = 30_000
"""With so many records a command leaves the rest to the next."""

FIRST_GLANCE: Final = 16
"""How many steps are done before the first look at what they have cost and led to."""

GLANCE: Final = 256
"""How many steps are done at most between two looks."""

UNKNOWN: Final = -1
"""Nobody has looked yet at what expressions have spent in this command's thread."""

BEGUN: Final = (r.ScopeOpened, r.Activated)
OVER: Final = (r.ScopeClosed, r.Completed, r.Cancelled)
"""What adds to what there is at once, and what takes away from it."""


def _grows(records: Sequence[r.Record]) -> bool:
    """Whether more has begun in a command than is done since."""
    counts = Counter(map(type, records))
    return sum(counts[kind] for kind in BEGUN) > sum(counts[kind] for kind in OVER)


class Budget:
    """What the command costs that a machine does now, and whether it leads to too much at once.

    Attributes:
        most_steps: after how many steps without coming to rest an instance is held.
        spent: what expressions have cost in this thread so far, in steps of theirs.
        cost: what expressions and searches have cost in this command, and records where a step
            makes many.
        crowd: how much there is at once where that is too much, else 0.
    """

    __slots__ = ("_evaluated", "_pile", "_seen", "_view", "cost", "crowd", "most_steps", "spent")

    _pile: r.IncidentRaised | None

    def __init__(self, view: View) -> None:
        self._view = view
        self.allow(MOST_STEPS, lambda: 0)

    def allow(self, most_steps: int, spent: Callable[[], int]) -> None:
        """Set the bound on an instance, and what tells how much expressions cost."""
        self.most_steps, self.spent = most_steps, spent

    def open(self) -> int:
        """Begin to count for a command; how many steps it may do at most."""
        self.cost, self.crowd, self._pile, self._seen = 0.0, 0, None, UNKNOWN
        self._evaluated = 0.0
        self._view.shared.searched = 0
        return max(1, self.most_steps - self._view.state.agenda.steps)

    def look_around(self, records: Sequence[r.Record], queued: int, scope: Scope | None) -> None:
        """See whether there is too much at once: queued tokens, scopes, elements in one.

        What only becomes less goes on, however much of it is left.
        """
        state = self._view.state
        much = scope is not None and halt.is_much(state, scope) and _grows(records)
        if much or queued > halt.MOST_TOKENS:
            active = len(scope.active) if scope else 0
            self.crowd = max(queued, len(state.scopes), active)
        elif self._view.program.compensates:
            self._look_back(records, scope)

    def _look_back(self, records: Sequence[r.Record], scope: Scope | None) -> None:
        """See whether what was completed in a command is too much to be kept, here or around."""
        scopes = self._view.state.scopes
        while scope is not None and not halt.keeps_much(scope):
            scope = scopes.get(scope.parent) if scope.parent is not None else None
        if scope is None:
            return
        completed = [one.node for one in records if type(one) is r.Completed]
        if halt.has_come_to_much(scope, completed):
            self.crowd, self._pile = halt.MOST_KEPT, halt.kept(scope)

    def pile_up(self, scope: Scope, flow: int) -> None:
        """Note that too many tokens wait on a flow."""
        self.crowd, self._pile = halt.MOST_PARKED, halt.piled(self._view, scope, flow)

    def glance(self, records: Sequence[r.Record], done: int, limit: int) -> int:
        """Up to where to go on before the next look; no further if this command did enough."""
        spent, shared = self.spent(), self._view.shared
        used = 0 if self._seen == UNKNOWN else spent - self._seen
        sure = used == 0 and self._seen != UNKNOWN
        self._evaluated += used / SPENT_A_STEP + shared.searched / SEARCHED_A_STEP
        self.cost = self._evaluated + max(0.0, len(records) / TOLD_A_STEP - done)
        self._seen, shared.searched = spent, 0
        if self.crowd or len(records) > MOST_RECORDS:
            return done
        return min(limit - int(self.cost), done + (GLANCE if sure else FIRST_GLANCE))

    def exceeded(self, arrived: int, applied: int, settled: int) -> r.IncidentRaised | None:
        """The incident that holds the instance, unless the next command may go on with the rest.

        Args:
            arrived, applied, settled: how much of the three queues is done.
        """
        steps = self._view.state.agenda.steps + arrived + applied + settled + int(self.cost)
        if not self.crowd and steps < self.most_steps:
            return None
        why = halt.crowded(self.crowd) if self.crowd else halt.endless(steps)
        return self._pile or halt.hold(halt.place(self._view, arrived, applied, settled), why)
