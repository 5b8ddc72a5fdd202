"""A batch comes back from its line; the line is valid; the format of version 1 stays."""

from __future__ import annotations

import json
from collections import ChainMap
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest
from generators.trace_schema import schema
from hypothesis import given
from hypothesis import strategies as st

from bpmn_xml.core import records as r
from bpmn_xml.trace import versions
from bpmn_xml.trace.codec import RECORD_TYPES, Codec, TracedFile, header_of, json_value
from tests.costs import calls
from tests.trace.golden import BATCHES as GOLDEN
from tests.trace.strategies import (
    ANY_TEXT,
    BATCHES,
    INTEGERS,
    PROGRAM,
    VARIABLES,
    records_of,
)

CODEC = Codec(PROGRAM)
HERE = Path(__file__).parent
FILES = (TracedFile("order.bpmn", "0" * 64),)
VALID = jsonschema.Draft202012Validator(schema())


@given(BATCHES)
def test_a_batch_comes_back(batch: r.Batch) -> None:
    line = CODEC.encode(batch)
    assert b"\n" not in line
    assert CODEC.decode(line) == batch
    assert CODEC.decode(line + b"\n") == batch


@given(records_of(r.Advanced), VARIABLES)
def test_an_advance_alone_comes_back_each_time(step: r.Advanced, values: dict[str, Any]) -> None:
    """The way that it went is remembered; not what was written, nor by whom."""
    again = msgspec.structs.replace(step, values=values)
    for seq, record in enumerate((step, again, msgspec.structs.replace(step, values=None)), 1):
        batch = r.Batch("i", seq, seq, [record])
        line = CODEC.encode(batch, f"worker-{seq}")
        assert CODEC.decode(line) == batch
        assert json.loads(line)["by"] == f"worker-{seq}"
        VALID.validate(json.loads(line))


ANYWHERE = st.tuples(records_of(r.Advanced), ANY_TEXT, st.integers(1, 10**6), INTEGERS)


@given(st.lists(ANYWHERE, min_size=1, max_size=12), st.sampled_from(["", "worker-1", "\ud800"]))
def test_an_advance_alone_is_written_as_among_others(
    steps: list[tuple[r.Advanced, str, int, int]], by: str
) -> None:
    """What is remembered of other nodes, instances and ways makes no difference."""
    codec = Codec(PROGRAM)
    for record, instance, seq, time in (*steps, *steps):
        alone = json.loads(codec.encode(r.Batch(instance, seq, time, [record]), by))
        pair = json.loads(CODEC.encode(r.Batch(instance, seq, time, [record, record]), by))
        assert alone == {**pair, "records": pair["records"][:1]}


STARTS = st.tuples(
    records_of(r.InstanceStarted), records_of(r.VariablesWritten), records_of(r.Advanced)
)


@given(st.lists(STARTS, min_size=1, max_size=4), st.sampled_from(["", "worker-1", "\ud800"]))
def test_a_beginning_is_written_as_what_comes_later(
    starts: list[tuple[r.Record, r.VariablesWritten, r.Advanced]], by: str
) -> None:
    codec = Codec(PROGRAM)
    for began, written, step in (*starts, *starts):
        root, on = (
            r.VariablesWritten("", written.values),
            msgspec.structs.replace(step, values=None),
        )
        for told in ([began, written, step], [began, root, on], [began, on, root]):
            for worked in (None, r.Worked(1)):
                first = codec.encode(r.Batch("i", 1, 7, told, worked), by)
                later = codec.encode(r.Batch("i", 2, 7, told, worked), by)
                assert json.loads(first) == json.loads(later) | {"seq": 1}
                assert codec.decode(first) == r.Batch("i", 1, 7, told, worked)


ALONE = {
    "nothing": None,
    "no values": {},
    "a name with a tag's beginning": {"$decimal": 1, "$": "x"},
    "a text with a tag's beginning": {"a": "$decimal", "price": "$5"},
    "what has to be escaped": {'a"\\\n': 'b"\\\n\x00ü', "%d%b": "%b"},
    "numbers": {"a": 10**100, "b": -1, "c": True, "d": 1.5, "e": 10**5000},
    "half a character": {"\ud800": 1, "b": "\ud800"},
    "a tuple": {"a": (1, 2), "b": [1, {"$c": Decimal(1)}]},
}


@pytest.mark.parametrize("values", ALONE.values(), ids=ALONE)
@pytest.mark.parametrize("instance", ["i", 'a"\\\n', "50%d", "\ud800"])
def test_whatever_is_written_comes_back(instance: str, values: dict[str, Any] | None) -> None:
    step = r.Advanced("", 3, 1, ((1, 2, 1),), values)
    begins = [r.InstanceStarted("hash", 1, 0), r.VariablesWritten("", values or {}), step]
    begins[2] = msgspec.structs.replace(step, values=None)
    for batch in (r.Batch(instance, 10**6, 5, [step]), r.Batch(instance, 1, 5, begins)):
        assert CODEC.decode(CODEC.encode(batch, "worker-1")) == batch


def test_numbers_that_are_none_are_tagged_in_an_advance() -> None:
    values = {"a": float("nan"), "b": float("-inf")}
    line = CODEC.encode(r.Batch("i", 1, 0, [r.Advanced("", 3, 1, ((1, 2, 1),), values)]))
    tagged = {"a": {"$float": "nan"}, "b": {"$float": "-inf"}}
    assert json.loads(line)["records"][0]["values"] == tagged


def test_an_advance_to_nowhere_comes_back_the_first_time() -> None:
    batch = r.Batch("i", 1, 0, [r.Advanced("", 0, 0, (), {"a": 1})])
    assert Codec(PROGRAM).decode(Codec(PROGRAM).encode(batch)) == batch


def test_many_threads_share_what_is_remembered() -> None:
    codec = Codec(PROGRAM)

    def run(name: str) -> list[tuple[r.Batch, bytes]]:
        ways = [((1, 2, n),) for n in range(5)]
        found = []
        for seq in range(1, 2000):
            record = r.Advanced("", seq % 3, 1, ways[seq % 5], {name: seq}, (), seq % 7 == 0)
            batch = r.Batch(name, seq, seq, [record])
            found.append((batch, codec.encode(batch, name)))
        return found

    with ThreadPoolExecutor(4) as pool:
        for found in pool.map(run, "abcd"):
            for batch, line in found:
                assert codec.decode(line) == batch
                assert json.loads(line)["by"] == batch.instance


UNUSUAL = {
    "half a character": {"a": "\ud800", "b": Decimal(1)},
    "a very long number": {"a": 10**5000, "b": Decimal(1)},
    "no dict": ChainMap({"a": 1}),
}


@pytest.mark.parametrize("values", UNUSUAL.values(), ids=UNUSUAL)
def test_what_is_written_with_care_comes_back(values: dict[str, Any]) -> None:
    plain = r.VariablesWritten("", {"b": Decimal(2)})
    batch = r.Batch("i", 1, 0, [plain, r.VariablesWritten("", values)])
    assert CODEC.decode(CODEC.encode(batch, "worker-1")) == batch
    alone = r.Batch("i", 1, 0, [r.Advanced("", 3, 1, ((1, 2, 1),), values)])
    assert CODEC.decode(CODEC.encode(alone, "worker-1")) == alone


def test_a_line_says_who_brought_its_command() -> None:
    batch = r.Batch("i", 1, 0, [r.Passed("", 0)])
    assert json.loads(CODEC.encode(batch, "worker-1"))["by"] == "worker-1"
    assert "by" not in json.loads(CODEC.encode(batch))


@given(BATCHES)
def test_a_line_is_valid_by_the_schema(batch: r.Batch) -> None:
    VALID.validate(json.loads(CODEC.encode(batch)))


@pytest.mark.parametrize(
    "line",
    [{}, {"format": "bpmn-xml-trace"}, {"instance": "i", "seq": 1, "records": []}],
    ids=str,
)
def test_the_schema_refuses_other_lines(line: dict[str, Any]) -> None:
    assert not VALID.is_valid(line)


def golden_lines(version: int = 2) -> list[bytes]:
    return (HERE / "golden" / f"v{version}.jsonl").read_bytes().splitlines()


def test_the_trace_of_today_is_still_written() -> None:
    header = msgspec.json.encode(header_of(PROGRAM, FILES))
    written = [header, *map(CODEC.encode, GOLDEN)]
    assert list(map(json.loads, written)) == list(map(json.loads, golden_lines()))
    for line in golden_lines():
        VALID.validate(json.loads(line))


@pytest.mark.parametrize("version", [1, 2])
def test_the_traces_of_all_versions_are_still_read(version: int) -> None:
    header, *lines = golden_lines(version)
    known = json.loads(header).get("records", {})
    assert [CODEC.decode(line, known) for line in lines] == GOLDEN


def test_the_trace_of_today_has_every_type_of_record() -> None:
    found = {
        record["type"] for line in golden_lines()[1:] for record in json.loads(line)["records"]
    }
    assert found == set(RECORD_TYPES)


def test_what_a_scope_was_in_version_1_is_its_role() -> None:
    old = {"type": "ScopeOpened", "scope": "", "node": "Task_1", "n": 1}
    flags: list[dict[str, Any]] = [
        {},
        {"index": 3},
        {"index": 3, "instance": True},
        {"index": 0, "instance": True, "framed": True},
    ]
    found = [versions.upcast({**old, **said}, {})["role"] for said in flags]
    assert found == ["inside", "item", "turn", "frame"]


def test_every_change_of_a_record_has_a_way_up() -> None:
    for name, version in versions.RECORD_VERSIONS.items():
        assert name in RECORD_TYPES
        assert all((name, old) in versions.UPCASTERS for old in range(1, version))


def test_an_old_record_is_brought_up() -> None:
    def second(old: dict[str, Any]) -> dict[str, Any]:
        return {"type": "Passed", "scope": old["scope"], "place": old["node"]}

    def third(old: dict[str, Any]) -> dict[str, Any]:
        return {"type": "TokenConsumed", "scope": old["scope"], "node": old["place"]}

    table = {("Passed", 1): second, ("Passed", 2): third}
    record = {"type": "Passed", "scope": "", "node": "Task_1"}
    up = versions.upcast(record, {}, table)
    assert up == {"type": "TokenConsumed", "scope": "", "node": "Task_1"}
    assert versions.upcast({**record, "place": "a"}, {"Passed": 2}, table)["node"] == "a"
    assert versions.upcast({**record}, {"Passed": 3}, table) == record


WRONG = {
    "no JSON": b"{",
    "no object": b"[1]",
    "too deep": b'{"records":' + b"[" * 100_000,
    "a bad number": b'{"instance":"i","seq":"1","time":0,"arrived":0,"settled":0,"records":[]}',
    "bad UTF-8": b'{"instance":"\xff"}',
}
RECORDS = {
    "unknown type": {"type": "Nonsense"},
    "no type": {"scope": ""},
    "a type that is no text": {"type": []},
    "unknown node": {"type": "Passed", "scope": "", "node": "Nobody"},
    "unknown flow": {"type": "FlowTaken", "scope": "", "flow": "Nobody"},
    "unknown field": {"type": "Passed", "scope": "", "node": "Task_1", "colour": 1},
    "missing field": {"type": "Passed", "scope": ""},
    "a field of another type": {"type": "Completed", "scope": "", "node": "Task_1", "n": "1"},
    "a bad scope": {"type": "Passed", "scope": "Task_1", "node": "Task_1"},
    "a bad value": {"type": "VariablesWritten", "scope": "", "values": {"a": {"$x": 1}}},
    "deep values": {"type": "VariablesWritten", "scope": "", "values": {"a": "DEEP"}},
}


def line_with(record: dict[str, Any]) -> bytes:
    fields = {"instance": "i", "seq": 1, "time": 0, "arrived": 0, "settled": 0}
    text = json.dumps({**fields, "records": [record]})
    return text.replace('"DEEP"', "[" * 900 + "]" * 900).encode()


@pytest.mark.parametrize("line", WRONG.values(), ids=WRONG)
def test_garbage_is_a_value_error(line: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        CODEC.decode(line)


@pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS)
def test_a_record_of_something_else_is_a_value_error(record: dict[str, Any]) -> None:
    line = line_with(record)
    if record.get("values") == {"a": "DEEP"}:
        line = line.replace(b"[" * 900, b"[" * 9000).replace(b"]" * 900, b"]" * 9000)
    with pytest.raises(ValueError, match=r"\w"):
        CODEC.decode(line)


def test_lone_surrogates_are_kept() -> None:
    assert json_value(b'{"a":"\\ud800"}') == {"a": "\ud800"}


def test_encoding_is_cheap() -> None:
    """Three records are 15 calls, an advance alone 8; the limits are half as much again."""
    written = {"amount": 12, "name": "abc", "ok": True}
    step = r.Batch(
        "i",
        12,
        1_700_000_000_000_000,
        [r.Completed("", 3, 1, written), r.FlowTaken("", 4), r.Activated("", 4, 1)],
        r.Worked(1),
    )
    CODEC.encode(step)
    assert calls(lambda: CODEC.encode(step)) < 23
    alone = r.Batch("i", 13, 1, [r.Advanced("", 3, 1, ((4, 4, 1),), written)])
    CODEC.encode(alone)
    assert calls(lambda: CODEC.encode(alone)) < 13
