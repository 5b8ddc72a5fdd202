"""Traces are read as they were written; a torn end is passed over, anything else refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from bpmn_xml.core.records import expanded
from bpmn_xml.errors import ReadError, StoreError
from bpmn_xml.trace import reader, versions
from bpmn_xml.trace.codec import RECORD_TYPES, Codec
from bpmn_xml.trace.reader import TraceEntry, TraceReader
from tests.trace.golden import BATCHES
from tests.trace.strategies import PROGRAM

GOLDEN = Path(__file__).parent / "golden" / "v2.jsonl"
HEADER, FIRST, SECOND, *_ = GOLDEN.read_bytes().splitlines(keepends=True)
CODEC = Codec(PROGRAM)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "run.jsonl"


def test_entries_have_names() -> None:
    with TraceReader(GOLDEN) as trace:
        lines = list(trace)
    assert [line.seq for line in lines] == [batch.seq for batch in BATCHES]
    assert lines[0].records[6] == TraceEntry(
        "Joined", node="a.1:2", flows=("flow Task_1", "flow a.b")
    )
    assert [e.type for e in lines[1].records] == [type(r).__name__ for r in BATCHES[1].records]


@pytest.mark.parametrize("way", [iter, TraceReader.with_values])
def test_an_advance_is_read_in_its_parts(file: Path, way: Any) -> None:
    told = [record for batch in BATCHES[-3:] for record in batch.records]
    found = []
    for records in (told, expanded(told)):
        batch = msgspec.structs.replace(BATCHES[0], records=records)
        file.write_bytes(HEADER + CODEC.encode(batch) + b"\n")
        with TraceReader(file) as trace:
            found += [line.records for line in way(trace)]
    assert found[0] == found[1]
    assert [entry.type for entry in found[0][-3:]] == ["Completed", "FlowTaken", "Activated"]


def test_lone_surrogates_are_read(file: Path) -> None:
    line = FIRST.replace(b'"i-1"', b'"\\ud800"')
    file.write_bytes(HEADER + line)
    with TraceReader(file) as trace:
        assert [found.instance for found in trace] == ["\ud800"]


TORN = {
    "in the middle": SECOND[:100],
    "only its end lacks": SECOND[:-1],
    "zeros": b"\0" * 50,
    "nothing": b"",
}


@pytest.mark.parametrize("tail", TORN.values(), ids=TORN)
def test_a_torn_end_is_passed_over(file: Path, tail: bytes) -> None:
    file.write_bytes(HEADER + FIRST + tail)
    whole = 2 if tail == SECOND[:-1] else 1
    with TraceReader(file) as trace:
        assert len(list(trace)) == whole
        assert trace.torn is (whole == 1 and bool(tail))
    with TraceReader(file) as trace:
        assert list(trace.batches(CODEC)) == BATCHES[:whole]


def test_a_trace_may_end_after_its_header(file: Path) -> None:
    file.write_bytes(HEADER)
    with TraceReader(file) as trace:
        assert list(trace) == []


GARBAGE = {
    "no JSON": b"what?\n",
    "an empty line": b"\n",
    "a second header": HEADER,
    "a batch without records": b'{"instance":"i","seq":1,"time":0}\n',
    "a node that is a number": FIRST.replace(b'"node":"Task_1"', b'"node":1'),
    "no UTF-8": FIRST.replace(b'"i-1"', b'"\xff"'),
    "depth": b"[" * 100_000 + b"\n",
}


@pytest.mark.parametrize("line", GARBAGE.values(), ids=GARBAGE)
def test_garbage_is_refused_with_its_line(file: Path, line: bytes) -> None:
    file.write_bytes(HEADER + FIRST + line + SECOND)
    with TraceReader(file) as trace, pytest.raises(ReadError) as refused:
        list(trace)
    assert refused.value.findings[0].place.line == 3
    assert refused.value.findings[0].place.file == str(file)
    with TraceReader(file) as trace, pytest.raises(ReadError):
        list(trace.batches(CODEC))


NO_TRACES = {
    "nothing": (b"", "this is no trace"),
    "text": (b"hello\n", "this is no trace"),
    "other JSON": (b"[1]\n", "this is no trace"),
    "another format": (b'{"format": "x"}\n', "this is no trace"),
    "half a header": (HEADER[:30], "this is no trace"),
    "a header without hash": (b'{"format": "bpmn-xml-trace", "version": 1}\n', "this is no trace"),
    "depth": (b"[" * 100_000, "this is no trace"),
    "a newer one": (b'{"format": "bpmn-xml-trace", "version": 2}\n', "has version 2"),
}


@pytest.mark.parametrize(("data", "message"), NO_TRACES.values(), ids=NO_TRACES)
def test_what_is_no_trace_is_refused(file: Path, data: bytes, message: str) -> None:
    file.write_bytes(data)
    with pytest.raises(ReadError, match=message):
        TraceReader(file)


def test_a_line_without_end_is_not_read_into_memory(file: Path) -> None:
    file.write_bytes(HEADER + b"x" * 10_000)
    with TraceReader(file, longest=5_000) as trace, pytest.raises(ReadError, match="more than"):
        list(trace)


def test_what_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    for name in ("", "nowhere.jsonl", "a\0b"):
        with pytest.raises(StoreError, match="cannot read the trace"):
            TraceReader(tmp_path / name)


def test_what_cannot_be_read_is_refused(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_bytes(HEADER + FIRST)
    with TraceReader(file) as trace:
        trace._file.close()
        monkeypatch.setattr(trace, "_file", Failing())
        with pytest.raises(StoreError, match="cannot read the trace"):
            list(trace)


class Failing:
    """A file on a disk that is gone."""

    def readline(self, _limit: int) -> bytes:
        raise OSError(5, "Input/output error")

    def close(self) -> None:
        pass


def test_records_of_old_versions_are_brought_up(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def second(old: dict[str, Any]) -> dict[str, Any]:
        return {**old, "node": old["node"].upper()}

    monkeypatch.setattr(reader, "RECORD_VERSIONS", {"Passed": 2})
    monkeypatch.setattr(reader, "UPCASTERS", {("Passed", 1): second})
    file.write_bytes(HEADER + FIRST + SECOND[:50])
    with TraceReader(file) as trace:
        entries = [entry for line in trace for entry in line.records]
    assert [e.node for e in entries if e.type == "Passed"] == ["TASK_1"]


@pytest.mark.parametrize(
    "said",
    ['"ScopeOpened","index":"x"', '"IncidentRaised","stage":"x"', '"IncidentRaised","stage":9'],
)
def test_old_records_with_wrong_values_are_refused(file: Path, said: str) -> None:
    header, *_ = GOLDEN.with_name("v1.jsonl").read_bytes().splitlines(keepends=True)
    line = f'{{"instance":"i","seq":1,"time":0,"records":[{{"type":{said}}}]}}\n'
    file.write_bytes(header + line.encode())
    with TraceReader(file) as trace, pytest.raises(ReadError, match="no batch"):
        list(trace)


def test_entries_have_the_fields_of_the_records() -> None:
    known = set(TraceEntry.__struct_fields__)
    told = {field for type_ in RECORD_TYPES.values() for field in type_.__struct_fields__}
    assert known - {"type", "process"} <= told


def test_versions_name_the_format() -> None:
    header = json.loads(HEADER)
    assert (header["format"], header["version"]) == (versions.FORMAT, versions.VERSION)
