"""The ways of running a process that `bench.py` compares: the core alone, then the engine's."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from typing import Any, Final

from bpmn_xml.compiler import compile_models
from bpmn_xml.compiler.program import NONE, Program
from bpmn_xml.core.commands import CompleteJob, Continue, StartInstance
from bpmn_xml.core.machine import Machine
from bpmn_xml.core.records import Activated, Batch
from bpmn_xml.core.state import State
from bpmn_xml.core.view import variables as visible
from bpmn_xml.model import Definitions

Values = Mapping[str, Any]

VARIABLES: Final = {"n": 0, "value1": 4711, "value2": 1147}


class WrongResultError(Exception):
    """A process did not compute what it should have."""


def tick(n: int) -> dict[str, int]:
    """Count."""
    return {"n": n + 1}


def add(value1: int, value2: int) -> dict[str, int]:
    """Add."""
    return {"op1": value1 + value2}


def subtract(value1: int, value2: int) -> dict[str, int]:
    """Subtract."""
    return {"op2": value1 - value2}


def check(value1: int, value2: int, op1: int, op2: int) -> None:
    """Refuse results that do not belong to their inputs."""
    if op1 != value1 + value2 or op2 != value1 - value2:
        raise WrongResultError(f"{op1} and {op2} are not of {value1} and {value2}")


HANDLERS: Final[dict[str, Callable[..., Any]]] = {
    "tick": tick,
    "add": add,
    "subtract": subtract,
    "print": check,
}

FROM_VARIABLES: Final[dict[str, Callable[[Values], Values | None]]] = {
    "tick": lambda v: {"n": v["n"] + 1},
    "add": lambda v: {"op1": v["value1"] + v["value2"]},
    "subtract": lambda v: {"op2": v["value1"] - v["value2"]},
    "print": lambda v: check(v["value1"], v["value2"], v["op1"], v["op2"]),
}
"""The same without the binding of arguments, for the core alone."""


class CoreDriver:
    """Nothing but the machine: commands in, batches out, jobs answered at once."""

    def __init__(self, model: Definitions) -> None:
        self.program = compile_models([model])
        self.machine = Machine(self.program)
        self.calls = calls(self.program)
        self.running: list[State] = []

    def complete(self, instances: int) -> None:
        """Run this many instances to their end, one after the other."""
        for _ in range(instances):
            if self.instance().outcome != "completed":
                raise WrongResultError("an instance did not complete")

    def park(self, instances: int) -> None:
        """Bring this many instances to where they wait, and keep them."""
        self.running += [self.instance() for _ in range(instances)]

    def instance(self) -> State:
        """One instance, as far as it goes."""
        machine, jobs = self.machine, deque[Activated]()
        state = machine.create("i")
        batch = machine.send(state, StartInstance(0, dict(VARIABLES)), 0)
        self.note(batch, state, jobs)
        while jobs:
            job = jobs.popleft()
            call = self.calls[job.node]
            assert call is not None
            values = call(visible(state, state.scopes[job.scope]))
            batch = machine.send(state, CompleteJob(job.scope, job.node, job.n, values), 0)
            self.note(batch, state, jobs)
        return state

    def note(self, batch: Batch, state: State, jobs: deque[Activated]) -> None:
        """Queue the work that a batch opened, and go on while it says more."""
        calls = self.calls
        jobs += [r for r in batch.records if type(r) is Activated and calls[r.node]]
        while batch.more:
            batch = self.machine.send(state, Continue(), 0)
            jobs += [r for r in batch.records if type(r) is Activated and calls[r.node]]

    def close(self) -> None:
        """Nothing is open."""


def calls(program: Program) -> list[Callable[[Values], Values | None] | None]:
    """What to call per node."""
    return [
        FROM_VARIABLES[node.name] if node.work and node.name in FROM_VARIABLES else None
        for node in program.nodes
        if node.index != NONE
    ]
