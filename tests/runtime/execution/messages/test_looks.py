"""What was kept is received in its order, at a price that grows with how much there is."""

from __future__ import annotations

import pytest

from bpmn_xml.runtime import Engine
from tests.costs import calls
from tests.runtime.harness import WAIT
from tests.semantics.drawing import drawn

SEVERAL = "key k A=id\nstart s\nreceive c msg=A mi={}\ns -> c"


@pytest.mark.parametrize("bound", ["", "\nbind k=loopCounter"], ids=["any", "each by its key"])
def test_each_message_that_was_kept_costs_the_same(bound: str) -> None:
    def cost(count: int) -> int:
        with Engine(drawn(SEVERAL.format(count) + bound), workers=0) as engine:
            for number in range(count, 0, -1):
                engine.publish("A", payload={"id": number})
            made = calls(lambda: engine.start("P").wait(WAIT))
            assert not engine.runs()
            return made

    cost(10)  # what is imported once
    assert cost(200) - cost(100) < 1.2 * (cost(300) - cost(200)) < 1.5 * (cost(200) - cost(100))
