"""A batch as one line of JSON and back. The hot path only joins fragments that were made before.

Every type of record is written as its fields: scopes, nodes and flows by name (`names`), values
tagged (`values`), fields that have their default left out.

>>> codec = Codec(Program(nodes=(), flows=(), containers=(), processes={}))
>>> codec.encode(records.Batch("i1", 1, 0, [records.TimeClamped(5)], 0, 0))
b'{"instance":"i1","seq":1,"time":0,"arrived":0,"settled":0,"records":[{"type":"TimeClamped",\
"asked":5}]}'
"""

from __future__ import annotations

import json
import sys
import typing
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import msgspec

from bpmn_xml.compiler.program import Origin, Program
from bpmn_xml.core import records
from bpmn_xml.core.records.advances import Along, Place
from bpmn_xml.trace.fields import field_form, record_reader, record_writer
from bpmn_xml.trace.names import TraceNames
from bpmn_xml.trace.remembered import Remembered
from bpmn_xml.trace.values import json_text, values_text
from bpmn_xml.trace.versions import FORMAT, RECORD_VERSIONS, VERSION, upcast

WriteRecord = Callable[[Any], str]

RECORD_TYPES: Final[Mapping[str, type[msgspec.Struct]]] = {
    type_.__name__: type_ for type_ in typing.get_args(records.Record)
}


class TracedFile(msgspec.Struct, frozen=True):
    """A file that the program was made of."""

    name: str
    sha256: str


class TraceHeader(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The first line of a trace.

    Attributes:
        program: the hash of the program.
        processes: the ids of its processes.
        renamed: the names of elements whose id another file has, and where they come from.
        records: versions of the record types that are not 1.
    """

    format: str
    version: int
    program: str
    files: tuple[TracedFile, ...]
    processes: tuple[str, ...]
    renamed: dict[str, Origin] = {}
    records: dict[str, int] = {}


def header_of(program: Program, files: Iterable[TracedFile] = ()) -> TraceHeader:
    """The header of a trace that is written now."""
    return TraceHeader(
        format=FORMAT,
        version=VERSION,
        program=program.hash,
        files=tuple(files),
        processes=tuple(program.processes),
        renamed=TraceNames(program).renamed(),
        records={name: v for name, v in RECORD_VERSIONS.items() if v != 1},
    )


class _Line(msgspec.Struct):
    """One line as it stands in the file."""

    instance: str
    seq: int
    time: int
    records: list[dict[str, Any]]
    arrived: int
    settled: int
    more: bool = False
    applied: int = 0
    cost: int = 0


class Codec:
    """Writes and reads the batches of one program; any number of threads may share it."""

    def __init__(self, program: Program) -> None:
        self._names = TraceNames(program)
        self._tools = _Tools(self._names)
        self._instances = Remembered[str](lambda i: f'{{"instance":{json_text(i)},"seq":')
        self._bringers = Remembered[str](lambda who: who and f'"by":{json_text(who)},')
        self._writers = {type_: self._writer(type_) for type_ in RECORD_TYPES.values()}
        self._readers = {name: record_reader(self._names, t) for name, t in RECORD_TYPES.items()}

    def text(self, batch: records.Batch, bringer: str = "") -> str:
        """The batch as JSON, without the end of the line; with who brought its command, if told."""
        writers, told = self._writers, batch.records
        if len(told) == 1:
            (record,) = told
            body = writers[type(record)](record)
        else:
            body = ",".join([writers[type(record)](record) for record in told])
        work = _NO_ARRIVAL
        if batch.arrived or batch.settled or batch.more or batch.applied:
            work = _work_text(batch)
        start = self._instances[batch.instance]
        by = self._bringers[bringer] if bringer else ""
        return f'{start}{batch.seq},"time":{batch.time},{by}{work},"records":[{body}]}}'

    def encode(self, batch: records.Batch) -> bytes:
        """The batch as JSON, without the end of the line."""
        return self.text(batch).encode()

    def decode(self, line: bytes, versions: Mapping[str, int] = RECORD_VERSIONS) -> records.Batch:
        """Read what `encode` wrote for the same program.

        Args:
            line: the JSON, with or without the end of the line.
            versions: of the record types, as the trace's header lists them.

        Raises:
            ValueError: the line is no batch, or one of another program.
        """
        try:
            found = msgspec.convert(json_value(line), _Line)
            done = [self._record(upcast(record, versions)) for record in found.records]
        except (LookupError, TypeError, AttributeError, RecursionError) as error:
            raise ValueError(f"no batch of this program: {error!r}") from error
        fields = {**msgspec.structs.asdict(found), "records": done}
        return records.Batch(**fields)

    def _record(self, fields: dict[str, Any]) -> records.Record:
        record: records.Record = self._readers[fields.pop("type")](fields)
        return record

    def _writer(self, type_: type[msgspec.Struct]) -> WriteRecord:
        shape = tuple(field.name for field in msgspec.structs.fields(type_))
        if shape in SHAPES:
            return SHAPES[shape](self._tools, type_)
        return record_writer(self._names, type_)


_NO_ARRIVAL: Final = '"arrived":0,"settled":0'


def _work_text(batch: records.Batch) -> str:
    """What a batch worked off."""
    more = ',"more":true' if batch.more else ""
    applied = f',"applied":{batch.applied}' if batch.applied else ""
    cost = f',"cost":{batch.cost}' if batch.cost else ""
    return f'"arrived":{batch.arrived},"settled":{batch.settled}{more}{applied}{cost}'


def json_value(line: bytes) -> Any:
    """Read JSON; lone surrogates, which msgspec refuses, are kept.

    Raises:
        ValueError: it is no JSON.
    """
    try:
        return msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return json.loads(line)


def _inside(text: str) -> str:
    """A text as it stands between the quotes of JSON."""
    return json_text(text)[1:-1]


class _Tools:
    """What the writers of one program share. Fragments are made when they are first needed."""

    def __init__(self, names: TraceNames) -> None:
        self.names = names
        self.scopes = Remembered[str](lambda path: _inside(names.scope_text(path)))

    def at_node(self, rest: str) -> Remembered[int]:
        """Per node what stands behind the scope, up to and with `rest`."""
        names = self.names.nodes
        return Remembered(lambda i: f'","node":"{_inside(names[i])}"{rest}', sys.maxsize)

    def on_flow(self, rest: str) -> Remembered[int]:
        """Per flow what stands behind the scope, up to and with `rest`."""
        names = self.names.flows
        return Remembered(lambda i: f'","flow":"{_inside(names[i])}"{rest}', sys.maxsize)


def _head(type_: type) -> str:
    return f'{{"type":"{type_.__name__}","scope":"'


def _in_root(head: str, ends: Remembered[int]) -> Remembered[int]:
    """Whole records of the root scope."""
    return Remembered(lambda index: head + ends[index], sys.maxsize)


def _at_node(tools: _Tools, type_: type) -> WriteRecord:
    head, scopes, ends = _head(type_), tools.scopes, tools.at_node("}")
    return lambda record: f"{head}{scopes[record.scope]}{ends[record.node]}"


def _at_activation(tools: _Tools, type_: type) -> WriteRecord:
    head, scopes, nodes = _head(type_), tools.scopes, tools.at_node(',"n":')
    first = _in_root(head, tools.at_node(',"n":1}'))

    def write(record: Any) -> str:
        if record.n == 1 and not record.scope:
            return first[record.node]
        return f"{head}{scopes[record.scope]}{nodes[record.node]}{record.n}}}"

    return write


def _placed(tools: _Tools, type_: type) -> WriteRecord:
    head, scopes, nodes = _head(type_), tools.scopes, tools.at_node(',"payload":')
    without = _at_node(tools, type_)

    def write(record: Any) -> str:
        if record.payload is None:
            return without(record)
        values = values_text(record.payload)
        return f"{head}{scopes[record.scope]}{nodes[record.node]}{values}}}"

    return write


def _with_payload(tools: _Tools, type_: type) -> WriteRecord:
    head, scopes, nodes = _head(type_), tools.scopes, tools.at_node(',"n":')
    without = _at_activation(tools, type_)

    def write(record: Any) -> str:
        if record.payload is None:
            return without(record)
        start = f"{head}{scopes[record.scope]}{nodes[record.node]}{record.n}"
        return f'{start},"payload":{values_text(record.payload)}}}'

    return write


def _with_values(tools: _Tools, type_: type) -> WriteRecord:
    head, scopes, nodes = _head(type_), tools.scopes, tools.at_node(',"n":')
    without = _at_activation(tools, type_)
    first = _in_root(head, tools.at_node(',"n":1,"values":'))

    def write(record: Any) -> str:
        if record.values is None:
            return without(record)
        if record.n == 1 and not record.scope:
            return f"{first[record.node]}{values_text(record.values)}}}"
        start = f"{head}{scopes[record.scope]}{nodes[record.node]}{record.n}"
        return f'{start},"values":{values_text(record.values)}}}'

    return write


def _along_flow(tools: _Tools, type_: type) -> WriteRecord:
    head, scopes, ends = _head(type_), tools.scopes, tools.on_flow("}")
    flows, in_root = tools.on_flow(',"payload":'), _in_root(head, ends)

    def write(record: Any) -> str:
        if record.payload is not None:
            values = values_text(record.payload)
            return f"{head}{scopes[record.scope]}{flows[record.flow]}{values}}}"
        if not record.scope:
            return in_root[record.flow]
        return f"{head}{scopes[record.scope]}{ends[record.flow]}"

    return write


def _advanced(tools: _Tools, type_: type) -> WriteRecord:
    head, scopes, nodes = _head(type_), tools.scopes, tools.at_node(',"n":')
    names, to, along = tools.names, field_form("to"), field_form("along")
    passed = Remembered[Along](lambda told: f',"along":{along.write(names, told)}' if told else "")

    def way_text(way: tuple[int, int, tuple[Place, ...], Along, bool]) -> str:
        """What stands behind the scope, up to the values."""
        node, n, places, gone, ended = way
        end = ',"ended":true' if ended else ""
        return f'{nodes[node]}{n},"to":{to.write(names, places)}{passed[gone]}{end}'

    ways = Remembered(way_text)  # of first times: what is repeated goes a way of its own each time

    def write(record: Any) -> str:
        way = record.node, record.n, record.to, record.along, record.ended
        told = way_text(way) if record.n > 1 else ways[way]
        start = f"{head}{scopes[record.scope]}{told}"
        if record.values is None:
            return start + "}"
        return f'{start},"values":{values_text(record.values)}}}'

    return write


def _remembered(tools: _Tools, type_: type) -> WriteRecord:
    return Remembered(record_writer(tools.names, type_)).__getitem__


def _written_values(tools: _Tools, type_: type) -> WriteRecord:
    head, scopes = _head(type_), tools.scopes
    return lambda r: f'{head}{scopes[r.scope]}","values":{values_text(r.values)}}}'


SHAPES: Final[Mapping[tuple[str, ...], Callable[[_Tools, type], WriteRecord]]] = {
    ("scope", "node"): _at_node,
    ("scope", "node", "payload"): _placed,
    ("scope", "node", "n"): _at_activation,
    ("scope", "node", "n", "payload"): _with_payload,
    ("scope", "node", "n", "values"): _with_values,
    ("scope", "flow", "payload"): _along_flow,
    ("scope", "node", "n", "to", "values", "along", "ended"): _advanced,
    ("scope", "values"): _written_values,
    ("program", "core", "container"): _remembered,
}
"""The fields of the records that make up nearly all of a trace, and how they are written fast."""
