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
from msgspec import Raw

from bpmn_xml.compiler.program import Origin, Program
from bpmn_xml.core import records
from bpmn_xml.core.records import Worked
from bpmn_xml.core.records.advances import Advanced, Along, Place
from bpmn_xml.remembered import Remembered
from bpmn_xml.trace.fields import WriteRecord, record_reader, record_writers
from bpmn_xml.trace.lines import Advance, AdvanceLine, Alone, Line, json_lines
from bpmn_xml.trace.names import TraceNames
from bpmn_xml.trace.values import json_line, told
from bpmn_xml.trace.versions import FORMAT, RECORD_VERSIONS, VERSION, upcast

RECORD_TYPES: Final[Mapping[str, type[msgspec.Struct]]] = {
    type_.__name__: type_ for type_ in typing.get_args(records.Record)
}

Latest = tuple[tuple[Place, ...] | None, Along, str, int, bool, Raw]
"""How the latest advance from a node went, and what `Codec` says of it."""


class PointInRun(Protocol):
    """Where in an instance something happened: its batch, or the state right after it."""

    @property
    def instance(self) -> str:
        """The instance's name."""

    @property
    def seq(self) -> int:
        """How many batches it has had then."""

    @property
    def time(self) -> int:
        """When, in microseconds since 1970 UTC."""


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


ADVANCE: Final = b'{"type":"Advanced","scope":'
"""What an advance begins with in a list of records."""

SETTLED: Final = (records.InstanceStarted, records.ScopeOpened, records.ScopeClosed, Advanced)
"""Types of records in which there are but names and numbers, and values at most: without these they
are the same again and again."""


def _remembering(write: WriteRecord) -> WriteRecord:
    """The same for records that come again and again, unless one has values."""
    known = Remembered(write)

    def write_known(record: Any) -> msgspec.Struct:
        return known[record] if getattr(record, "values", None) is None else write(record)

    return write_known


class Codec:
    """Writes and reads the batches of one program; any number of threads may share it."""

    def __init__(self, program: Program) -> None:
        self._names = TraceNames(program)
        self._writers = record_writers(self._names, RECORD_TYPES.values())
        self._writers |= {type_: _remembering(self._writers[type_]) for type_ in SETTLED}
        self._readers = {name: record_reader(self._names, t) for name, t in RECORD_TYPES.items()}
        self._ways = Remembered(self._way)
        self._latest: list[Latest] = [(None, (), "", 0, False, Raw())] * len(program.nodes)

    def encode(self, batch: records.Batch, bringer: str = "") -> bytes:
        """The batch as JSON, without the end of the line; with who brought its command, if told."""
        return json_lines([self.line(batch, bringer)])[:-1]

    def line(self, batch: records.Batch, bringer: str = "") -> Line:
        """The same as a line that waits to be written; what becomes of its values is none of it."""
        written = batch.records
        if len(written) == 1 and type(record := written[0]) is Advanced and not batch.worked:
            return self.advance(batch, record, bringer)
        writers = self._writers
        done = [writers[type(record)](record) for record in written]
        line = WrittenLine(batch.instance, batch.seq, batch.time, done, bringer)
        if batch.worked is not None:
            line.note(batch.worked, more=batch.more)
        return Raw(json_line(line))

    def advance(self, at: PointInRun, record: Advanced, bringer: str = "") -> Line:
        """The same for an advance that is a batch by itself, as nearly all are.

        A node's mostly goes as the one before, with other values, which nobody changes any more.
        """
        to, along, scope, n, ended, way = self._latest[record.node]
        if (
            to is not record.to
            or along is not record.along
            or scope != record.scope
            or n != record.n
            or ended is not record.ended
        ):
            way = self._learn(record)
        alone = Alone(Advance(way, told(record.values)))
        return AdvanceLine(at.instance, at.seq, at.time, alone, bringer)

    def _learn(self, record: Advanced) -> Raw:
        """What `_way` says of an advance; it is its node's latest now."""
        scope, node, n, to, along, ended = (
            record.scope, record.node, record.n, record.to, record.along, record.ended,
        )  # fmt: skip
        way = self._ways[Advanced(scope, node, n, to, None, along, ended)]
        self._latest[node] = to, along, scope, n, ended, way
        return way

    def _way(self, record: Advanced) -> Raw:
        """An advance in a list of records, from its scope up to what it writes."""
        return Raw(json_line(self._writers[Advanced](record))[len(ADVANCE) : -1])

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
