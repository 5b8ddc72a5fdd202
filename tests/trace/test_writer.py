"""A trace on disk: whole after close, soon there before, and a failing disk says so once."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from bpmn_xml.core import records as r
from bpmn_xml.errors import StoreError
from bpmn_xml.trace import writer
from bpmn_xml.trace.codec import Codec, TracedFile
from bpmn_xml.trace.reader import TraceReader
from bpmn_xml.trace.writer import TraceWriter
from tests.conftest import ROOT
from tests.trace.golden import BATCHES
from tests.trace.strategies import PROGRAM

FULL = Path("/dev/full")


def step(seq: int, instance: str = "i") -> r.Batch:
    return r.Batch(instance, seq, seq, [r.Passed("", 0)], r.Worked(1))


def written(path: Path) -> list[r.Batch]:
    with TraceReader(path) as trace:
        return list(trace.batches(Codec(PROGRAM)))


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    with TraceWriter(path, PROGRAM, [TracedFile("a.bpmn", "ff")]) as trace:
        for batch in BATCHES:
            trace.on_batch(None, batch)
    assert written(path) == BATCHES
    with TraceReader(path) as found:
        assert found.header.files == (TracedFile("a.bpmn", "ff"),)
        assert found.header.program == PROGRAM.hash
        assert found.header.processes == ("p",)


def test_lines_of_many_threads_stay_in_the_order_of_each(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    with TraceWriter(path, PROGRAM) as trace:

        def run(name: str) -> None:
            for seq in range(1, 1501):
                trace.on_batch(None, step(seq, name))

        threads = [threading.Thread(target=run, args=(name,)) for name in "abcd"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    batches = written(path)
    for name in "abcd":
        assert [b.seq for b in batches if b.instance == name] == list(range(1, 1501))


def test_it_is_on_disk_before_it_is_closed(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    trace = TraceWriter(path, PROGRAM)
    trace.on_batch(None, step(1))
    deadline = time.monotonic() + 30
    while path.read_bytes().count(b"\n") < 2 and time.monotonic() < deadline:
        time.sleep(writer.FLUSH_SECONDS / 10)
    assert written(path) == [step(1)]
    trace.close()
    trace.close()


def test_who_brings_too_much_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "BUNCH", 2)
    monkeypatch.setattr(writer, "MOST_WAITING", 3)
    path = tmp_path / "run.jsonl"
    with TraceWriter(path, PROGRAM) as trace:
        for seq in range(1, 100):
            trace.on_batch(None, step(seq))
    assert len(written(path)) == 99


def test_nothing_is_lost_when_nobody_closes(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    code = f"""
from bpmn_xml.trace.writer import TraceWriter
from tests.trace.strategies import PROGRAM
from tests.trace.test_writer import step
trace = TraceWriter({str(path)!r}, PROGRAM)
trace.on_batch(None, step(1))
"""
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
    assert written(path) == [step(1)]


UNWRITABLE = {"a folder": ".", "no folder": "nowhere/run.jsonl", "no name": "a\0b"}


@pytest.mark.parametrize("name", UNWRITABLE.values(), ids=UNWRITABLE)
def test_a_file_that_cannot_be_opened_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(StoreError, match="cannot write the trace"):
        TraceWriter(tmp_path / name, PROGRAM)


@pytest.mark.skipif(not FULL.exists(), reason="this system has no device that is always full")
def test_a_full_disk_ends_the_trace_not_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "BUNCH", 2)
    monkeypatch.setattr(writer, "MOST_WAITING", 3)
    trace = TraceWriter(FULL, PROGRAM)
    for seq in range(1, 100):
        trace.on_batch(None, step(seq))
    with pytest.raises(StoreError, match="No space left on device"):
        trace.close()


def test_what_was_told_is_written_whatever_becomes_of_it(tmp_path: Path) -> None:
    path, values = tmp_path / "run.jsonl", {"list": [1], "n": 10**4300, "half": "\ud800", "i": 1}
    told = [r.Advanced("", 1, 1, ((1, 2, 1),), dict(values)), r.VariablesWritten("", dict(values))]
    batch = r.Batch("i", 1, 1, told)
    with TraceWriter(path, PROGRAM) as trace:
        trace.on_batch(None, batch)
        values["list"].append(2)
    (found,) = written(path)
    assert [one.values for one in found.records] == [{**values, "list": [1]}] * 2


def test_an_advance_that_waits_for_the_disk_is_written_as_a_batch_is(tmp_path: Path) -> None:
    """Whatever it has written, and whoever did it."""
    written_by = [
        {"list": [1], "$a": 1}, {"n": 10**4300}, {"half": "\ud800"}, {}, None, {"n": 5}, {"x": 0.5},
    ]  # fmt: skip
    steps = [
        (r.Batch(name, seq, seq, ()), r.Advanced("", 1, 1, ((1, 2, 1),), values), by)
        for seq, values in enumerate(written_by)
        for name, by in (("i", "worker-1"), ("\ud800", "\udfff"), ("j", ""))
    ]
    with TraceWriter(tmp_path / "waited.jsonl", PROGRAM) as trace:
        for at, record, by in steps:
            trace.on_advance(at, record, by)
        changed: list[int] = steps[0][1].values["list"]  # type: ignore[index] # it has values
        changed.append(2)
    changed.pop()
    codec = Codec(PROGRAM)
    expected = [
        codec.encode(r.Batch(at.instance, at.seq, at.time, [record]), by)
        for at, record, by in steps
    ]
    assert (tmp_path / "waited.jsonl").read_bytes().splitlines()[1:] == expected


def test_a_fault_of_ours_is_told_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trace = TraceWriter(tmp_path / "run.jsonl", PROGRAM)
    monkeypatch.setattr(trace._codec, "line", lambda *_told: object())
    trace.on_batch(None, step(1))
    with pytest.raises(StoreError, match="objects of type object is unsupported"):
        trace.close()


def test_after_closing_nothing_is_accepted(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    with TraceWriter(path, PROGRAM) as trace:
        trace.on_batch(None, step(1))
    trace.on_batch(None, step(2))
    assert written(path) == [step(1)]
