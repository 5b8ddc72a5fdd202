"""Which instance, and which wait in it, gets a message: keys, gateways that begin, what is kept.

Each case of `conversations.toml` is played in the caller's thread, by one worker and by many. Its
steps are those of other drawings; one that several instances wait for is `refused`, and `mine` is
sent to an instance by its number. `log` has the tasks that were entered, by instance. What a trace
says of each batch makes the same state again.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final, Self

import pytest

from bpmn_xml.compiler import Options
from bpmn_xml.core.evolve import replay
from bpmn_xml.core.records import Batch
from bpmn_xml.core.state import State
from bpmn_xml.errors import AmbiguousMessage
from bpmn_xml.formats import read as read_model
from bpmn_xml.runtime import Engine, ManualClock, Run
from bpmn_xml.testing.rehearsal import entered
from bpmn_xml.trace.codec import Codec
from bpmn_xml.trace.course import RunCourse
from tests.core.saved import dump, load
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
        self.shadows: dict[str, State] = {}
        self.engine = Engine(
            drawn(text),
            options=OPTIONS,
            workers=workers,
            clock=self.clock,
            on_start=self.runs.append,
        )
        self._codec = Codec(self.engine.program)
        self.engine.observe(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.engine.stop(0)

    def on_batch(self, state: State, batch: Batch) -> None:
        nothing = State(batch.instance, len(self.engine.program.nodes))
        shadow = self.shadows.setdefault(batch.instance, nothing)
        replay(self.engine.program, shadow, self._codec.decode(self._codec.encode(batch)))
        assert shadow == state == load(dump(state))
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
                self.begun[number].publish(name, *sent)
            case "sig":
                self.engine.signal(name, *values)
            case "begin":
                self.engine.start("P", *values, start=name)
            case "start":
                self.engine.start(name, *values)
            case _:
                raise ValueError(what)
        assert self.engine.wait(WAIT)

    @property
    def begun(self) -> list[Run]:
        """All runs by their numbers: whoever carries them on tells of them in any order."""
        return sorted(self.runs, key=lambda run: int(run.id.rpartition("-")[2]))

    def log(self) -> str:
        nodes = self.engine.program.nodes
        tasks = {node.id for node in nodes if node.kind.name.endswith("TASK")}
        trails = [self.trails[run.id] for run in self.begun]
        return " | ".join(" ".join(name for name in trail if name in tasks) for trail in trails)


@pytest.mark.parametrize("workers", DRIVERS.values(), ids=DRIVERS)
@pytest.mark.parametrize(("text", "case"), CASES)
def test_a_message_goes_to_its_conversation(text: str, case: dict[str, Any], workers: int) -> None:
    with Stage(text, workers) as stage:
        for step in case["steps"]:
            stage.happen(*step)
        assert stage.log() == case["log"]
        ends = " ".join(run.outcome or run.status for run in stage.begun)
        assert ends == case["ends"]
        assert sorted(name for name, _ in stage.engine.untaken()) == case.get("untaken", [])


ASKING: Final = """
pools P
boxes other
ask => other
other => told
start s
throw ask message=Ask
catch told message=Answer
s -> ask -> told
esp h
  start again message=Ask
  task never
  again -> never
"""
ANSWERING: Final = """
pools P
boxes other
other => asked
tell => other
start asked message=Ask
end tell message=Answer
asked -> tell
"""


@pytest.mark.parametrize("workers", DRIVERS.values(), ids=DRIVERS)
def test_what_a_pool_does_not_show_another_file_may(tmp_path: Path, workers: int) -> None:
    runs, files = list[Run](), [tmp_path / "asking.bpmn", tmp_path / "answering.bpmn"]
    files[0].write_bytes(drawn(ASKING))
    files[1].write_bytes(drawn(ANSWERING).replace(b'"P"', b'"Q"'))
    models = [read_model(file) for file in files]
    with Engine(models, workers=workers, clock=ManualClock(), on_start=runs.append) as engine:
        assert engine.start("P").wait(WAIT)
        assert engine.wait(WAIT)
        assert [run.outcome for run in runs] == ["completed"] * 2
        assert engine.untaken() == []
