"""A process that turns for ever in itself is running, never waiting, and can be stopped."""

from __future__ import annotations

from bpmn_xml.runtime import Engine
from tests.core.harness import program


def test_an_endless_loop_is_running_until_it_is_cancelled() -> None:
    engine = Engine(program("s > x; x >[1 < 2] x; x >* e"), workers=1)
    run = engine.start("P")
    assert not run.wait(0.05)
    assert run.status == "running"
    run.cancel("enough")
    assert run.outcome == "cancelled"
    engine.stop()
