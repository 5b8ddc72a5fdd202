"""The benchmark counts steps right: its figures are per flow node that a token enters."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from benchmarks.drivers import CoreDriver
from benchmarks.models import build

from bpmn_xml import formats
from bpmn_xml.core.machine import Machine
from bpmn_xml.core.records import Batch, expanded

ENTERED = ("Passed", "Activated", "Joined")


class Counting:
    """A machine that counts its records by type."""

    def __init__(self, machine: Machine) -> None:
        self.create, self.machine = machine.create, machine
        self.counted = Counter[str]()

    def send(self, *args: Any) -> Batch:
        """Do what the machine does."""
        batch = self.machine.send(*args)
        self.counted.update(type(record).__name__ for record in expanded(batch.records))
        return batch


@pytest.mark.parametrize(
    "name", ["sequence3", "fork2", "loop3", "calculator", "mixed", "ladder2", "user"]
)
def test_steps_are_the_nodes_entered(name: str) -> None:
    xml, steps = build(name)
    driver = CoreDriver(formats.read(xml))
    driver.machine = counting = Counting(driver.machine)
    driver.park(1)
    entered = sum(counting.counted[kind] for kind in ENTERED)
    assert entered == steps + (name == "user")


def test_unknown_model_is_refused() -> None:
    with pytest.raises(SystemExit, match="no model 'spoon3': a model is one of sequence, fork"):
        build("spoon3")
