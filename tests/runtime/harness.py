"""Engines for tests: every driver, and an observer that remembers what happened."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from bpmn_xml.compiler.program import Program, Work
from bpmn_xml.core import records as r
from bpmn_xml.runtime import Engine, Run
from tests.core.harness import named, per_scope
from tests.core.harness import program as drawn

WAIT = 20.0
"""Seconds after which a test gives up."""

DRIVERS = {"inline": 0, "one worker": 1, "fifty workers": 50}


class Recorder:
    """Remembers all batches, in the order in which they were shown."""

    def __init__(self) -> None:
        self.batches: list[r.Batch] = []

    def on_batch(self, _state: object, batch: r.Batch) -> None:
        self.batches.append(batch)

    def records(self, instance: str = "") -> list[Any]:
        """All records, of one instance if named."""
        return [
            record
            for batch in self.batches
            if not instance or batch.instance == instance
            for record in r.expanded(batch.records)
        ]

    def told(self, instance: str) -> dict[str, list[str]]:
        """What happened in each scope, whatever the order."""
        return per_scope(self.records(instance))

    def count(self, program: Program, kind: type, name: str = "") -> int:
        """How many records of a kind there are, of one node or flow if named."""
        return sum(
            isinstance(record, kind) and (not name or named(program, record) == name)
            for record in self.records()
        )


class Bench:
    """An engine, its recorder and its program."""

    def __init__(self, engine: Engine, recorder: Recorder) -> None:
        self.engine, self.recorder, self.program = engine, recorder, engine.program

    def start(self, variables: Mapping[str, Any] | None = None) -> Run:
        """Begin an instance."""
        return self.engine.start("P", variables)

    def run(self, variables: Mapping[str, Any] | None = None) -> Run:
        """Begin an instance and wait until nothing moves."""
        run = self.start(variables)
        assert run.wait(WAIT), run
        return run

    def count(self, kind: type, name: str = "") -> int:
        """How many records of a kind there are, of one node or flow if named."""
        return self.recorder.count(self.program, kind, name)


@contextmanager
def bench(
    text: str | Program,
    handlers: object = None,
    workers: int = 4,
    *,
    work: Mapping[str, Work] | None = None,
    payload: bool = False,
    **options: Any,
) -> Iterator[Bench]:
    """An engine for a drawn text, stopped at the end."""
    recorder = Recorder()
    program = drawn(text, work=work, payload=payload) if isinstance(text, str) else text
    engine = Engine(program, handlers, workers=workers, trace=recorder, **options)
    try:
        yield Bench(engine, recorder)
    finally:
        engine.stop(WAIT)


class Turnstile:
    """Handlers stand at it until the test lets them through; tells when they have come."""

    def __init__(self) -> None:
        self.came = threading.Semaphore(0)
        self.open = threading.Event()

    def __call__(self) -> None:
        self.came.release()
        assert self.open.wait(WAIT)

    def wait_for(self, calls: int = 1) -> None:
        """Wait until so many have come."""
        for _ in range(calls):
            assert self.came.acquire(timeout=WAIT)


def own_threads() -> list[str]:
    """Names of the threads that engines have started and not ended."""
    return sorted(t.name for t in threading.enumerate() if t.name.startswith("bpmn-xml"))
