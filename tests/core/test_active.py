"""What instances share of who is active is never changed for all of them."""

from __future__ import annotations

import pytest

from bpmn_xml.core import commands as c
from bpmn_xml.core import records as r
from bpmn_xml.core.evolve import EVOLVE, active
from bpmn_xml.core.state import FRESH, Scope, State
from tests.core.harness import Driver, program

SIZE = 4
"""How many nodes the program has: the key of a first activation is that of its node and so much."""


def advance(scope: Scope, key: int, following: int) -> None:
    """Apply the record of an advance from an activation to that of another node."""
    (n, node), (again, reached) = divmod(key, SIZE), divmod(following, SIZE)
    record = r.Advanced("", node, n, ((0, reached, again),))
    state = State("i", SIZE, scopes={"": scope})
    EVOLVE[r.Advanced](program("s > t1 > t2 > e"), state, record)


def test_instances_that_wait_at_the_same_place_share_what_is_active() -> None:
    drawn = program("s > u1 > e")
    one, other = Driver(drawn, reload=False).start(), Driver(drawn, reload=False).start()
    shared = other.state.scopes[""].active
    assert one.state.scopes[""].active is shared
    one.send(c.FailJob(*one.job("u1"), ("Exception",), "broken"))
    one.send(c.CancelInstance())
    assert other.state.scopes[""].active is shared
    assert list(shared.values()) == [FRESH]


def test_one_beside_another_is_the_scopes_own() -> None:
    scope, other = Scope("", 0), Scope("", 0)
    for here in (scope, other):
        active.put_active(here, 4, FRESH)
    active.put_active(scope, 5, FRESH)
    active.alter_active(scope, 4, due=9)
    active.drop_active(scope, 5)
    active.alter_active(scope, 4, attempts=1)
    assert [(a.attempts, a.due) for a in scope.active.values()] == [(1, 9)]
    assert other.active == {4: FRESH}
    advance(other, 4, 6)
    assert (other.active, scope.active) == ({6: FRESH}, {4: scope.active[4]})
    active.drop_active(scope, 4)
    assert not scope.active
    for act in (active.drop_active, lambda scope, key: advance(scope, key, 7)):
        with pytest.raises(KeyError):
            act(scope, 4)


def test_there_is_an_end_to_what_is_kept_to_be_shared() -> None:
    scope, other = Scope("", 0), Scope("", 0)
    active.put_active(scope, 2_000_000, FRESH)
    for key in range(active.MOST_SHARED):
        active.put_active(Scope("", 0), key, FRESH)
    active.put_active(other, 2_000_000, FRESH)
    assert scope.active == other.active
    assert scope.active is not other.active
    advance(scope, 2_000_000, 6)
    assert scope.active == {6: FRESH}
    advance(scope, 6, 2_000_000)
    assert scope.active == {2_000_000: FRESH}
