"""A batch as one line of JSON and back. What is written is prepared here, and written in C.

Every type of record is written as its fields: scopes, nodes and flows by name (`names`), values
tagged (`values`), fields that have their default left out.

>>> codec = Codec(Program(nodes=(), flows=(), containers=(), processes={}))
>>> codec.encode(records.Batch("i1", 1, 0, [records.TimeClamped(5)]))
b'{"instance":"i1","seq":1,"time":0,"records":[{"type":"TimeClamped","asked":5}]}'
"""

from __future__ import annotations

import json
import typing
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Protocol

import msgspec

from bpmn_xml.compiler.program import Origin, Program
from bpmn_xml.core import records
from bpmn_xml.core.records import Worked
from bpmn_xml.core.records.advances import Advanced, Along, Place
from bpmn_xml.remembered import Remembered
from bpmn_xml.trace.fields import record_reader, record_writers
from bpmn_xml.trace.names import TraceNames
from bpmn_xml.trace.values import encode, json_line, values_line
from bpmn_xml.trace.versions import FORMAT, RECORD_VERSIONS, VERSION, upcast

RECORD_TYPES: Final[Mapping[str, type[msgspec.Struct]]] = {
    type_.__name__: type_ for type_ in typing.get_args(records.Record)
}

Way = tuple[str, int, int, tuple[Place, ...], Along, bool]
"""The fields of an advance, but for what it writes."""

Latest = tuple[tuple[Place, ...] | None, Along, str, int, bool, bytes]
"""The same of the latest advance from a node, and what `Codec` says of it."""


class Moment(Protocol):
    """Where in an instance something happened: its batch, or the state right after it."""

    instance: str
    seq: int
    time: int


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


class WrittenLine(msgspec.Struct, omit_defaults=True, gc=False):
    """One line as it stands in the file; without `arrived` nothing was queued."""

    instance: str
    seq: int
    time: int
    records: Sequence[Any]
    by: str = ""
    arrived: int | None = None
    settled: int | None = None
    more: bool = False
    applied: int = 0
    cost: int = 0

    def note(self, worked: Worked, *, more: bool) -> None:
        """Note what was worked off."""
        self.arrived, self.settled = worked.arrived, worked.settled
        self.applied, self.cost, self.more = worked.applied, worked.cost, more

    @property
    def worked(self) -> Worked | None:
        """What was worked off."""
        if self.arrived is None:
            return None
        return Worked(self.arrived, self.settled or 0, self.applied, self.cost)


RECORDS: Final = b',"records":['
VALUES: Final = b',"values":'

Beginning = tuple[records.InstanceStarted, records.VariablesWritten, Advanced]
BEGINNING: Final = typing.get_args(Beginning)


def _head(instance: str) -> bytes:
    """What a line begins with."""
    return b'{"instance":' + json_line(instance) + b',"seq":'


def _seq(seq: int) -> bytes:
    """What stands between an instance and a time."""
    return b'%d,"time":' % seq


def _end(bringer: str) -> bytes:
    """What a line ends with, from the end of its last record."""
    return b'}],"by":' + json_line(bringer) + b"}" if bringer else b"}]}"


class Codec:
    """Writes and reads the batches of one program; any number of threads may share it."""

    def __init__(self, program: Program) -> None:
        self._names = TraceNames(program)
        self._writers = record_writers(self._names, RECORD_TYPES.values())
        self._readers = {name: record_reader(self._names, t) for name, t in RECORD_TYPES.items()}
        self._heads, self._seqs, self._ends = Remembered(_head), Remembered(_seq), Remembered(_end)
        self._moves, self._begun = Remembered(self._move), Remembered(self._beginning)
        self._latest: list[Latest] = [(None, (), "", 0, False, b"")] * len(program.nodes)

    def encode(self, batch: records.Batch, bringer: str = "") -> bytes:
        """The batch as JSON, without the end of the line; with who brought its command, if told."""
        written = batch.records
        if len(written) == 1 and type(record := written[0]) is Advanced and not batch.worked:
            return self.advance(batch, record, bringer)
        begins = batch.seq == 1 and tuple(map(type, written)) == BEGINNING
        return self._begin(batch, bringer) if begins else self._encode(batch, bringer)

    def advance(self, at: Moment, record: Advanced, bringer: str = "") -> bytes:
        """The same for an advance that is a batch by itself.

        Nearly all are, and a node's mostly goes as the one before, with other values.
        """
        to, along, scope, n, ended, move = self._latest[record.node]
        if (
            to is not record.to
            or along != record.along
            or scope != record.scope
            or n != record.n
            or ended is not record.ended
        ):
            move = self._learn(record)
        values, line = record.values, b""
        if values is None:
            move = move[: -len(VALUES)]
        else:
            line = values_line(values)
        head, seq, end = self._heads[at.instance], self._seqs[at.seq], self._ends[bringer]
        return b"".join((head, seq, encode(at.time), move, line, end))

    def _learn(self, record: Advanced) -> bytes:
        """What `_move` says of an advance; it is its node's latest now."""
        way = record.scope, record.node, record.n, record.to, record.along, record.ended
        move = self._moves[way]
        scope, node, n, to, along, ended = way
        self._latest[node] = to, along, scope, n, ended, move
        return move

    def _move(self, way: Way) -> bytes:
        """An advance in a list of records, up to what it writes."""
        scope, node, n, to, along, ended = way
        record = Advanced(scope, node, n, to, None, along, ended)
        return RECORDS + json_line(self._writers[Advanced](record))[:-1] + VALUES

    def _begin(self, batch: records.Batch, bringer: str) -> bytes:
        """The same for how nearly every instance begins."""
        began, written, advanced = typing.cast("Beginning", batch.records)
        if advanced.values is not None or written.scope or batch.worked:
            return self._encode(batch, bringer)
        begin, go_on = self._begun[began, advanced]
        values, end = values_line(written.values), self._ends[bringer]
        head, seq = self._heads[batch.instance], self._seqs[batch.seq]
        return b"".join((head, seq, encode(batch.time), begin, values, go_on, end))

    def _beginning(self, ends: tuple[records.InstanceStarted, Advanced]) -> tuple[bytes, bytes]:
        """What stands around the variables with which an instance begins."""
        began, none, advanced = ends[0], records.VariablesWritten("", {}), ends[1]
        first, second, third = [
            json_line(self._writers[type(x)](x)) for x in (began, none, advanced)
        ]
        return RECORDS + first + b"," + second.removesuffix(b"{}}"), b"}," + third[:-1]

    def _encode(self, batch: records.Batch, bringer: str) -> bytes:
        """The same for any batch."""
        writers = self._writers
        done = [writers[type(record)](record) for record in batch.records]
        line = WrittenLine(batch.instance, batch.seq, batch.time, done, bringer)
        if batch.worked is not None:
            line.note(batch.worked, more=batch.more)
        return json_line(line)

    def decode(self, line: bytes, versions: Mapping[str, int] = RECORD_VERSIONS) -> records.Batch:
        """Read what `encode` wrote for the same program.

        Args:
            line: the JSON, with or without the end of the line.
            versions: of the record types, as the trace's header lists them.

        Raises:
            ValueError: the line is no batch, or one of another program.
        """
        try:
            found = msgspec.convert(json_value(line), WrittenLine)
            done = [self._record(upcast(record, versions)) for record in found.records]
        except (LookupError, TypeError, AttributeError, RecursionError) as error:
            raise ValueError(f"no batch of this program: {error!r}") from error
        return records.Batch(found.instance, found.seq, found.time, done, found.worked, found.more)

    def _record(self, fields: dict[str, Any]) -> records.Record:
        record: records.Record = self._readers[fields.pop("type")](fields)
        return record


def json_value(line: bytes) -> Any:
    """Read JSON; lone surrogates, which msgspec refuses, are kept.

    Raises:
        ValueError: it is no JSON.
    """
    try:
        return msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return json.loads(line)
