"""What few scopes have takes no place in the others, and reads like a field."""

from __future__ import annotations

from bpmn_xml.core.state import RARE, Scope, Turns


def test_what_is_rare_is_none_or_false_until_it_is_written() -> None:
    scope = Scope("", 0)
    assert scope.rare is None
    assert {name: getattr(scope, name) for name in RARE} == {
        name: False if name in ("dropped", "terminated") else None for name in RARE
    }
    scope.loops, scope.dropped = {}, True
    scope.loops[4] = Turns(3)
    assert scope == Scope("", 0, rare={"loops": {4: Turns(3)}, "dropped": True})


def test_what_is_its_default_again_leaves_nothing_behind() -> None:
    scope = Scope("", 0)
    scope.queued, scope.terminated, scope.resets = (1, 2), True, None
    scope.queued, scope.terminated = None, False
    assert scope.rare is None
    assert scope == Scope("", 0)
    assert scope != Scope("", 0, rare={"terminated": True})
