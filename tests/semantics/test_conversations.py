"""Which instance, and which wait in it, gets a message: keys, gateways that begin, what is kept.

Each case of `conversations.toml` is played in the caller's thread, by one worker and by many. Its
steps are those of other drawings; one that several instances wait for is `refused`, and `mine` is
sent to an instance by its number. `log` has the tasks that were entered, by instance.
"""

from __future__ import annotations

from typing import Any, Final, Self

import pytest

from bpmn_xml.compiler import Options
from bpmn_xml.core.records import Batch
from bpmn_xml.errors import AmbiguousMessage
from bpmn_xml.runtime import Engine, ManualClock, Run
from bpmn_xml.testing.rehearsal import entered
from bpmn_xml.trace.course import RunCourse
from tests.runtime.harness import DRIVERS, WAIT
from tests.semantics.drawing import drawn
from tests.semantics.test_semantics import read

OPTIONS: Final = Options(allow_scripts=True)
CASES: Final = [
    pytest.param(case["drawing"], case | when, id=f"{name}-{n}")
    for name, case in read("conversations.toml").items()
    for n, when in enumerate(case["when"])
]


class Stage:
    """An engine whose runs are watched."""

    def __init__(self, text: str, workers: int) -> None:
        self.runs: list[Run] = []
        self.trails: dict[str, list[str]] = {}
        self._course, self.clock = RunCourse(), ManualClock()
        self.engine = Engine(
            drawn(text),
            options=OPTIONS,
            workers=workers,
            clock=self.clock,
            on_start=self.runs.append,
        )
        self.engine.observe(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.engine.stop(0)

    def on_batch(self, _state: object, batch: Batch) -> None:
        found = entered(self.engine.program, batch, self._course)
        self.trails.setdefault(batch.instance, []).extend(found)

    def happen(self, what: str, name: str, *values: Any) -> None:
        """Let one thing happen, and all that follows from it."""
        match what:
            case "do":
                next(task for task in self.engine.tasks() if task.node == name).complete(*values)
            case "+":
                self.clock.advance(name)
            case "msg":
                self.engine.publish(name, *values)
            case "refused":
                with pytest.raises(AmbiguousMessage):
                    self.engine.publish(name, *values)
            case "mine":
                number, *sent = values
                self.runs[number].publish(name, *sent)
            case "sig":
                self.engine.signal(name, *values)
            case "start":
                self.engine.start(name, *values)
            case _:
                raise ValueError(what)
        assert self.engine.wait(WAIT)

    def log(self) -> str:
        nodes = self.engine.program.nodes
        tasks = {node.id for node in nodes if node.kind.name.endswith("TASK")}
        trails = [self.trails[run.id] for run in self.runs]
        return " | ".join(" ".join(name for name in trail if name in tasks) for trail in trails)


@pytest.mark.parametrize("workers", DRIVERS.values(), ids=DRIVERS)
@pytest.mark.parametrize(("text", "case"), CASES)
def test_a_message_goes_to_its_conversation(text: str, case: dict[str, Any], workers: int) -> None:
    with Stage(text, workers) as stage:
        for step in case["steps"]:
            stage.happen(*step)
        assert stage.log() == case["log"]
        ends = " ".join(run.outcome or run.status for run in stage.runs)
        assert ends == case["ends"]
        assert sorted(name for name, _ in stage.engine.untaken()) == case.get("untaken", [])
