"""Sound processes by chance: inline, with one worker and with many they do the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import given, settings

from tests.core.blocks import BLOCKS, Block, Drawing, told
from tests.core.harness import Driver
from tests.runtime.harness import DRIVERS, bench


def nothing() -> None:
    pass


def told_by_name(count: Callable[[Any], object]) -> Callable[..., object]:
    """The same function, for variables that are given by name."""
    return lambda **names: count(names)


@settings(max_examples=25)
@given(BLOCKS)
def test_every_driver_does_the_same_in_each_scope(block: Block) -> None:
    drawing = Drawing(block)
    drawn, counting = drawing.program(), drawing.handlers()
    expected = told(block, Driver(drawn, counting).run(drawing.variables).records)
    handlers = {node.id: nothing for node in drawn.nodes if node.work is not None}
    handlers |= {name: told_by_name(count) for name, count in counting.items()}
    for workers in DRIVERS.values():
        with bench(drawn, handlers, workers) as at:
            run = at.run(drawing.variables)
            assert (run.outcome, run.incidents) == ("completed", [])
            assert told(block, at.recorder.records(run.id)) == expected
