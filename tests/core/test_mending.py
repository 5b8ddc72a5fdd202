"""Incidents that are mended: tried again with other variables, or passed over."""

from __future__ import annotations

from typing import Any

import pytest

from bpmn_xml.compiler.program.scoping import CAMUNDA8
from bpmn_xml.core import commands as c
from bpmn_xml.core import joins
from bpmn_xml.core import records as r
from bpmn_xml.errors import CommandRejected
from tests.core.harness import Driver, message, program


def fails(_: Any) -> None:
    raise ZeroDivisionError("no paper")


SKIPPED: dict[str, tuple[str, dict[str, Any], str, list[str]]] = {
    # text, options, where the incident is, what is entered after it
    "a call": ("s > t1 > t2 > e", {}, "t1", ["t2"]),
    "a call in a sub-process": ("s > z > t2 > e; z: s1 > t1 > e1", {}, "t1", ["t2"]),
    "no way on": ("s > x; x >[n > 9] t2", {}, "x", []),
    "a value that is not there": (
        "s > c > t2 > e",
        {"events": {"c": message("m", "missing")}},
        "c",
        ["t2"],
    ),
    "a throw that cannot be": (
        "s > h > t2 > e",
        {"events": {"h": message("m", "missing")}},
        "h",
        ["t2"],
    ),
    "an error nobody catches": ("s > f", {"rules": CAMUNDA8}, "f", []),
    "a join that is stuck": ("s > x; x >[n > 0] a > j; x >* a2 > j; j > t2 > e", {}, "j", ["t2"]),
}


@pytest.mark.parametrize("case", SKIPPED.values(), ids=SKIPPED)
def test_what_is_skipped_is_passed(case: tuple[str, dict[str, Any], str, list[str]]) -> None:
    text, options, where, after = case
    ran = Driver(program(text, **options), {"t1": fails}).run({"n": 1})
    assert len(ran.incidents()) == 1
    scope, key = next((s.path, key) for s in ran.state.scopes.values() for key in s.incidents or ())
    n, node = divmod(key, ran.state.size)
    assert ran.program.nodes[node].id == where
    ran.send(c.SkipIncident(scope, node, n, {"mended": True}))
    assert ran.incidents() == []
    assert ran.go().outcome == "completed"
    assert ran.state.scopes[""].variables["mended"] is True
    for name in after:
        assert ran.count(r.Completed, name) == 1


def test_what_does_not_stand_cannot_be_skipped() -> None:
    ran = Driver(program("s > t1 > e"), {"t1": fails}).run()
    with pytest.raises(CommandRejected, match="no incident"):
        ran.send(c.SkipIncident("", 0, 1))


def test_a_plain_message_says_it_all() -> None:
    ran = Driver(program("s > t1 > e")).start()
    ran.send(c.FailJob(*ran.job("t1"), ("app.Broken",), "it needs a name", plain=True))
    assert ran.incidents() == ["it needs a name"]


def test_what_has_come_elsewhere_is_nothing_that_a_join_could_use() -> None:
    text = "s > p; p > t1 > j; p > t2 > j; j > a > e; p > t3 > j2; p > t4 > j2; j2 > e2"
    ran = Driver(program(text)).start()
    ran.answer(*ran.job("t3"))
    ran.machine.view.state = ran.state
    view = ran.machine.view.at(ran.state.scopes[""])
    held = {node.id: joins.holders(node, view) for node in ran.program.nodes if node.id[0] == "j"}
    assert held == {"j": (), "j2": [view.scope, None]}
