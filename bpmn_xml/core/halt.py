"""An instance is held as a whole: what has become too much goes on only when a person says so.

No token of it moves any more; what comes from outside is noted. The incident stands in the scope
of the process itself, at the element where it would go on, so that nothing but the instance's end
takes it away.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from bpmn_xml.core import joins
from bpmn_xml.core import records as r
from bpmn_xml.core.state import Scope, State
from bpmn_xml.core.view import View
from bpmn_xml.core.words import HALTED
from bpmn_xml.wording import listed

REMEDY: Final = "let it wait for something, or end; or allow more steps"


TOGETHER: Final = "let as many come on each way, or let each go on by an exclusive gateway"

SETTLE: Final = "compensate them before more are done, or let each round be an instance of its own"

MOST_TOKENS: Final = 250_000
"""With more tokens or scopes at once an instance is held, so that memory is bounded."""

MOST_ACTIVE: Final = 30_000
"""With more elements active in one scope it is held, too."""

MOST_PATHS: Final = 250_000_000
"""And where scopes are nested so deeply that their paths could have more characters together."""


MOST_PARKED: Final = 250_000
"""And with more tokens that wait on one flow to be joined with others."""


MOST_KEPT: Final = 250_000
"""And with more completions in one scope that are kept to be undone."""


def keeps_much(scope: Scope) -> bool:
    """Whether there is so much in a scope that can be undone that no more may come."""
    return scope.done is not None and _number(scope) > MOST_KEPT


def _number(scope: Scope) -> int:
    """How many completions are kept in a scope."""
    return len(scope.done or ()) + (0 if scope.led_to is None else scope.led_to.size)


def has_come_to_much(scope: Scope, completed: Iterable[int]) -> bool:
    """Whether nodes completed last brought what can be undone over the bound, or over as much more.

    So whoever lets the instance go on is not asked again at each completion.
    """
    done, left = scope.done or [], Counter(completed)
    before = len(done)
    while before > 0 and left[done[before - 1].node]:
        left[done[before - 1].node] -= 1
        before -= 1 + done[before - 1].inside
    now = _number(scope) - 1
    return now // MOST_KEPT > (now - len(done) + before) // MOST_KEPT


def is_piled(scope: Scope, flow: int, coming: int = 0) -> bool:
    """Whether too many tokens wait on a flow for what does not come, with those that come now."""
    return len((scope.parked or {}).get(flow, ())) + coming > MOST_PARKED


def is_much(state: State, scope: Scope) -> bool:
    """Whether there is so much at once, here or in the whole instance, that no more may come."""
    scopes = len(state.scopes)
    most = scopes > MOST_TOKENS or scopes * len(scope.path) > MOST_PATHS
    return most or len(scope.active) > MOST_ACTIVE


def endless(steps: int) -> str:
    """Why an instance is held that does not come to rest."""
    return f"{steps:,} steps, or what costs as much, and nothing has come to rest: {REMEDY}"


def crowded(many: int) -> str:
    """Why an instance is held in which there is too much at once."""
    return f"{many:,} tokens are under way at once: let them follow each other"


def piled(view: View, scope: Scope, flow: int) -> r.IncidentRaised:
    """Hold the instance at a join at which too many tokens wait, and say what they wait for."""
    gateway = view.program.nodes[view.program.flows[flow].target]
    lacks = [joins.way(one, view) for one in joins.lacking(gateway, view.state, scope)]
    many = len((scope.parked or {})[flow])
    what = f"{many:,} tokens wait at {gateway.id} that came on {joins.way(flow, view)}"
    none = f", and none that came on {listed(lacks, 'or')}" if lacks else ""
    return hold(gateway.index, f"{what}{none}: {TOGETHER}")


def kept(scope: Scope) -> r.IncidentRaised:
    """Hold the instance at what was completed last of very much that can be undone."""
    assert scope.done is not None
    what = f"{_number(scope):,} completed activities are kept to be undone"
    return hold(scope.done[-1].node, f"{what}: {SETTLE}")


def hold(node: int, why: str) -> r.IncidentRaised:
    """Hold the instance at a node, and say why."""
    return r.IncidentRaised("", node, 0, why, stage=HALTED)


def place(view: View, arrived: int, applied: int, settled: int) -> int:
    """The node at which the instance would go on, given how much of its three queues is done."""
    state, agenda = view.state, view.state.agenda
    if arrived < len(agenda.todo):
        return agenda.todo[arrived][1]
    if applied < len(agenda.effects):
        return agenda.effects[applied].node
    if settled == len(agenda.unsettled):
        return most_active(view)
    scope = state.scopes.get(agenda.unsettled[settled])
    return beginning(view) if scope is None or scope.node < 0 else scope.node


def most_active(view: View) -> int:
    """The node that is active most often, in whichever scopes."""
    state = view.state
    active = Counter(key % state.size for scope in state.scopes.values() for key in scope.active)
    return active.most_common(1)[0][0] if active else beginning(view)


def beginning(view: View) -> int:
    """Where the process begins."""
    container = view.program.containers[view.state.scopes[""].container]
    return next(iter((*container.starts, *container.triggered)))
