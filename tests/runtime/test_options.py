"""Options of engines: what each has to be, and the trace that is a path."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bpmn_xml.compiler.compile import compile_models
from bpmn_xml.compiler.options import Options
from bpmn_xml.errors import StoreError, UsageError
from bpmn_xml.formats import read
from bpmn_xml.runtime import Engine, run
from bpmn_xml.runtime.options import WANTED, EngineOptions
from bpmn_xml.trace.codec import Codec
from bpmn_xml.trace.reader import TraceReader
from tests.core.harness import program
from tests.documents import DEFINITIONS
from tests.runtime.harness import Recorder, own_threads


def test_options_that_no_engine_has_are_refused() -> None:
    wrong: dict[str, Any] = {"worker": 1}
    with pytest.raises(UsageError, match="no option 'worker'; did you mean 'workers'"):
        Engine(program("s > e"), **wrong)
    wrong = {"handlres": {}}
    with pytest.raises(UsageError, match="no option 'handlres'; did you mean 'handlers'"):
        Engine(program("s > e"), **wrong)
    wrong = {"forms": {}}
    with pytest.raises(UsageError, match=r"say options=Options\(forms=...\)"):
        Engine(program("s > e"), **wrong)


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"workers": -1}, "workers is how many threads, 0 for none, not -1"),
    ({"workers": "4", "clock": "manual"}, r"for none, not '4'; clock is a clock, as .*, not 'man"),
    ({"folders": "handlers"}, "folders is a list of folders, not 'handlers'"),
    ({"trace": ["run.jsonl", 5]}, "trace is the path of a file, or what has on_batch"),
    ({"patience": "PT1M"}, "patience is a number of seconds, not 'PT1M'"),
    ({"message_ttl": "an hour"}, "message_ttl is a duration, as 'PT1H', not 'an hour'"),
    ({"strict_data": "no"}, "strict_data is true or false, not 'no'"),
    ({"choices": ["f1"]}, "choices is the ids of flows by those of gateways, not"),
    ({"allow_unknown": "acme:x"}, "allow_unknown is a list of words, not 'acme:x'"),
    ({"most_steps": True}, "most_steps is a number of steps, not True"),
]


@pytest.mark.parametrize(("options", "message"), WRONG)
def test_options_that_are_something_else_are_refused(options: Any, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        Engine(program("s > e"), **options)


def test_every_option_has_a_test_of_what_it_is() -> None:
    assert list(WANTED) == list(EngineOptions.__annotations__)


def test_options_of_the_compiler_are_options_of_an_engine() -> None:
    drawn = f"""{DEFINITIONS}<process id="P" isExecutable="true"><startEvent id="s"/>
        <exclusiveGateway id="g"/><serviceTask id="a"/><scriptTask id="b" scriptFormat="python">
        <script>n = 1</script></scriptTask><sequenceFlow id="f" sourceRef="s" targetRef="g"/>
        <sequenceFlow id="fa" sourceRef="g" targetRef="a"/>
        <sequenceFlow id="fb" sourceRef="g" targetRef="b"/></process></definitions>""".encode()
    done = run(drawn, options=Options(allow_scripts=True), stub=True, choices={"g": "fa"})
    assert (done.outcome, done.variables) == ("completed", {})
    done = run(drawn, allow_scripts=True, stub=True, choices={"g": "fb"})
    assert (done.outcome, done.variables) == ("completed", {"n": 1})


@pytest.mark.parametrize("models", [5, None, {"P": 5}, [5], [None]])
def test_what_is_no_model_is_refused(models: Any) -> None:
    with pytest.raises(UsageError, match="a model is a path, the bytes of a file or what read ga"):
        Engine(models)


def test_an_open_file_is_no_model(tmp_path: Path) -> None:
    (tmp_path / "a.bpmn").write_bytes(b"<definitions/>\n<definitions/>")
    with (tmp_path / "a.bpmn").open("rb") as file, pytest.raises(UsageError, match=r"its read\(\)"):
        Engine(file)  # type: ignore[arg-type] # what people try


def test_no_model_has_no_process() -> None:
    with Engine([]) as engine, pytest.raises(UsageError, match="there is no process to begin"):
        engine.start()


def test_an_option_that_is_none_is_left_out() -> None:
    nothing: Any = dict.fromkeys(WANTED)
    with Engine(program("s > e"), **nothing) as engine:
        assert engine.start().outcome == "completed"


def test_a_path_as_trace_is_a_file(tmp_path: Path) -> None:
    drawing, target = tmp_path / "order.bpmn", tmp_path / "run.jsonl"
    drawing.write_text(
        f"""{DEFINITIONS}<process id="P" isExecutable="true"><startEvent id="s"/>
        <userTask id="u"/><sequenceFlow id="f" sourceRef="s" targetRef="u"/></process>
        </definitions>"""
    )
    recorder = Recorder()
    done = run(drawing, trace=[str(target), recorder])
    assert done.status == "waiting"
    with TraceReader(target) as trace:
        assert [Path(file.name) for file in trace.header.files] == [drawing]
        assert len(list(trace.batches(Codec(compile_models([read(drawing)]))))) == 1
    assert len(recorder.batches) == 1


def test_a_trace_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    good = tmp_path / "a.jsonl"
    with pytest.raises(StoreError, match="cannot write the trace"):
        Engine(program("s > e"), trace=[good, tmp_path / "no" / "b.jsonl"])
    assert own_threads() == []
