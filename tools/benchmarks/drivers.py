"""The ways of running a process that `bench.py` compares: the core alone, then the engine's."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final, Protocol

from bpmn_xml.compiler import compile_models
from bpmn_xml.compiler.program import Program
from bpmn_xml.core.commands import CompleteJob, Continue, StartInstance
from bpmn_xml.core.machine import Machine
from bpmn_xml.core.records import Activated, Advanced, Batch
from bpmn_xml.core.state import State
from bpmn_xml.core.view import visible
from bpmn_xml.formats import read
from bpmn_xml.model import Definitions
from bpmn_xml.runtime import Engine
from bpmn_xml.trace.writer import TraceWriter

Values = Mapping[str, Any]

VARIABLES: Final = {"n": 0, "value1": 4711, "value2": 1147}


Job = tuple[str, int, int]
"""(scope, node, n): an activation whose work is open."""


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


class Driver(Protocol):
    """A way of running instances."""

    def complete(self, instances: int) -> None:
        """Run this many instances to their end."""

    def park(self, instances: int) -> None:
        """Bring this many instances to where they wait for a person, and keep them."""

    def close(self) -> None:
        """Finish what runs beside, the trace's thread too."""


class CoreDriver:
    """Nothing but the machine: commands in, batches out, jobs answered at once."""

    def __init__(self, model: Definitions, trace: str = "") -> None:
        if trace:
            raise SystemExit("the core alone writes no trace")
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
        send, calls, jobs = self.machine.send, self.calls, deque[Job]()
        state = self.machine.create("i")
        self.note(send(state, StartInstance(0, dict(VARIABLES)), 0), state, jobs)
        while jobs:
            scope, node, n = jobs.popleft()
            if n > 0 and node in calls:
                values = calls[node](visible(state, state.scopes[scope]))
                self.note(send(state, CompleteJob(scope, node, n, values), 0), state, jobs)
        return state

    def note(self, batch: Batch, state: State, jobs: deque[Job]) -> None:
        """Queue what a batch has made active, and go on while it says more."""
        for record in batch.records:
            if type(record) is Advanced:
                for _, node, n in record.to:
                    jobs.append((record.scope, node, n))
            elif type(record) is Activated:
                jobs.append((record.scope, record.node, record.n))
        if batch.more:
            self.note(self.machine.send(state, Continue(), 0), state, jobs)

    def close(self) -> None:
        """Nothing is open."""


def calls(program: Program) -> dict[int, Callable[[Values], Values | None]]:
    """What to call, by the index of the node."""
    return {node.index: FROM_VARIABLES[node.name] for node in program.nodes if node.name}


CHUNK: Final = 500
"""How many instances are under way at once where there are workers."""


class EngineDriver:
    """The engine, in this thread (no workers) or with workers, with or without a trace."""

    def __init__(self, model: Definitions, trace: str = "", *, workers: int) -> None:
        self.chunk = CHUNK if workers else 1
        program = compile_models([model])
        self.writer = TraceWriter(trace, program) if trace else None
        self.engine = Engine(program, HANDLERS, workers=workers, trace=self.writer or ())

    def complete(self, instances: int) -> None:
        """Run this many instances to their end, a chunk at a time."""
        while instances > 0:
            runs = [
                self.engine.start("bench", VARIABLES) for _ in range(min(self.chunk, instances))
            ]
            instances -= len(runs)
            for run in runs:
                run.wait()
                if run.outcome != "completed":
                    raise WrongResultError(f"{run}")

    def park(self, instances: int) -> None:
        """Bring this many instances to where they wait for a person, and keep them."""
        for _ in range(instances):
            self.engine.start("bench", VARIABLES)
        self.engine.wait()

    def close(self) -> None:
        """Stop the engine and write what is left of the trace."""
        self.engine.stop()
        if self.writer:
            self.writer.close()


DRIVERS: Final[dict[str, Callable[[Definitions, str], Driver]]] = {
    "core": CoreDriver,
    "inline": partial(EngineDriver, workers=0),
    "threads": partial(EngineDriver, workers=8),
}


def run_in_threads(xml: bytes, handlers: Mapping[str, Callable[[], None]]) -> float:
    """Seconds that one run takes with workers, the engine being there already."""
    with Engine(read(xml), handlers) as engine:
        began = time.perf_counter()
        engine.start("bench").wait()
        return time.perf_counter() - began
