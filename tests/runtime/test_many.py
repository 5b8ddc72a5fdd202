"""What is asked of one of thousands costs no more than of one of a few: counted in calls."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bpmn_xml.compiler.program import Program
from bpmn_xml.runtime import Engine
from tests.core.drawn import message, program
from tests.costs import calls

PEOPLE = program("s > u > e")
POST = program("s > c > e", events={"c": message("m", "k")})
WAITING: dict[str, tuple[Program, Callable[[Engine], object]]] = {
    "a user task is found": (PEOPLE, lambda engine: engine.task("P-5/u.1")),
    "a message finds who waits": (POST, lambda engine: engine.publish("m", 5)),
    "a message finds nobody": (POST, lambda engine: engine.publish("m", "other")),
    "a signal finds nobody": (POST, lambda engine: engine.signal("other")),
    "another instance begins": (POST, lambda engine: engine.start("P", {"k": "other"})),
    "an instance is asked": (PEOPLE, lambda engine: engine.run("P-5").status),
}


@pytest.mark.parametrize(("drawn", "ask"), WAITING.values(), ids=WAITING)
def test_it_costs_the_same_among_many_instances(
    drawn: Program, ask: Callable[[Engine], object]
) -> None:
    def cost(instances: int) -> int:
        with Engine(drawn, workers=0) as engine:
            for number in range(instances):
                engine.start("P", {"k": number})
            return calls(lambda: ask(engine))

    cost(10)  # what is imported once
    assert cost(400) < cost(10) + 40  # what collects garbage may be called meanwhile
