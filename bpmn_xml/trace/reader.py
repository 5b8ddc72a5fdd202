"""Read a trace line by line, however long it is, also of a run that goes on or that crashed.

A last line without its end is what a crash leaves behind: it is passed over, and `torn` says so.
Anything else that is no trace is refused with the number of its line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, Final, NoReturn, Self

import msgspec

from bpmn_xml.codes import finding
from bpmn_xml.core.records import Batch
from bpmn_xml.core.records.advances import parts_of
from bpmn_xml.core.words import INSIDE
from bpmn_xml.errors import Place, ReadError, StoreError
from bpmn_xml.trace.codec import RECORD_TYPES, Codec, TraceHeader, json_value
from bpmn_xml.trace.versions import FORMAT, RECORD_VERSIONS, UPCASTERS, VERSION, upcast

BAD_TRACE: Final = "BX401"
LONGEST_LINE: Final = 64 * 1024 * 1024
"""Bytes; a batch of 10,000 steps has a few megabytes, but for what its variables hold."""


class TraceEntry(msgspec.Struct):
    """One record as a trace has it, with names; fields that its type lacks have their default.

    `to`, `along` and `ended` are of an `Advanced`, which a reader gives in its parts.
    """

    type: str
    scope: str = ""
    node: str = ""
    n: int = 0
    flow: str = ""
    flows: tuple[str, ...] = ()
    index: int = -1
    role: str = INSIDE
    process: str = ""
    outcome: str = ""
    code: str = ""
    error: str = ""
    message: str = ""
    detail: str = ""
    due: int = 0
    receiver: str = ""
    to: tuple[tuple[str, str, int], ...] = ()
    along: tuple[tuple[str, ...], ...] = ()
    ended: bool = False


class EntryWithValues(TraceEntry):
    """A record with the variables that it wrote, tagged as `values` says, or took away."""

    values: dict[str, Any] | None = None
    names: tuple[str, ...] = ()


class TraceLine(msgspec.Struct):
    """One batch as a trace has it. `time` is in microseconds since 1970 UTC.

    `by` is the thread that brought the command, as `thread_name` says.
    """

    instance: str
    seq: int
    time: int
    records: Sequence[TraceEntry]
    by: str = ""


class _PlainLine(TraceLine):
    records: list[TraceEntry]
    by: str = ""


class _LineWithValues(TraceLine):
    records: list[EntryWithValues]
    by: str = ""


class _RawLine(msgspec.Struct):
    instance: str
    seq: int
    time: int
    records: list[dict[str, Any]]
    by: str = ""


_LINES: Final[Mapping[type[TraceLine], msgspec.json.Decoder[TraceLine]]] = {
    kind: msgspec.json.Decoder(kind) for kind in (_PlainLine, _LineWithValues)
}


class TraceReader:
    """An open trace: its header, then its lines, each read when it is asked for.

    Args:
        path: the file.
        longest: a line with more bytes is refused.

    Attributes:
        header: what the first line says.
        torn: the last line was cut off; known when all lines have been read.
        latest: the time of the latest batch that was read with names, microseconds since 1970 UTC.

    Raises:
        StoreError: the file cannot be read.
        ReadError: it does not begin as a trace does.
    """

    def __init__(self, path: Path | str, *, longest: int = LONGEST_LINE) -> None:
        self.path, self.torn, self.latest = Path(path), False, 0
        self._longest, self._number = longest, 0
        self._file = self._opened()
        try:
            self.header = self._header()
        except BaseException:
            self._file.close()
            raise
        self._old = any(
            self.header.records.get(name, 1) != RECORD_VERSIONS.get(name, 1)
            for name in RECORD_TYPES
        )

    def __iter__(self) -> Iterator[TraceLine]:
        """Each batch with names, for counting and drawing; values of variables are not read."""
        return self._named_lines(_PlainLine)

    def with_values(self) -> Iterator[TraceLine]:
        """Each batch with names and, where a record is an `EntryWithValues`, what it wrote."""
        return self._named_lines(_LineWithValues)

    def _named_lines(self, kind: type[TraceLine]) -> Iterator[TraceLine]:
        for line in self._lines():
            found = self._parsed(line, kind)
            if found is not None:
                self.latest = max(self.latest, found.time)
                if any(entry.type == "Advanced" for entry in found.records):
                    found.records = [part for entry in found.records for part in _parts(entry)]
                yield found

    def batches(self, codec: Codec) -> Iterator[Batch]:
        """Each batch as it happened.

        Args:
            codec: that of the program which the header names.
        """
        for line in self._lines():
            try:
                yield codec.decode(line, self.header.records)
            except ValueError as error:
                if self._is_torn(line):
                    return
                self._refuse(str(error), "draw or count it with the program that wrote it")

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.close()

    def _opened(self) -> BinaryIO:
        try:
            return self.path.open("rb")
        except (OSError, ValueError) as error:
            raise self._unreadable(error) from error

    def _header(self) -> TraceHeader:
        line = next(self._lines(), b"")
        try:
            fields = json_value(line)
            if not isinstance(fields, dict) or fields.get("format") != FORMAT:
                raise ValueError(line[:40])
            if isinstance(fields.get("version"), int) and fields["version"] > VERSION:
                self._refuse(
                    f"the trace has version {fields['version']}, known are those up to {VERSION}",
                    "read it with a newer bpmn-xml",
                )
            return msgspec.convert(fields, TraceHeader)
        except (ValueError, RecursionError):
            self._refuse(
                "this is no trace", f'a trace begins with a line {{"format": "{FORMAT}", ...}}'
            )

    def _lines(self) -> Iterator[bytes]:
        while True:
            try:
                line = self._file.readline(self._longest + 1)
            except OSError as error:
                raise self._unreadable(error) from error
            if not line:
                return
            self._number += 1
            if len(line) > self._longest:
                self._refuse(f"a line of more than {self._longest} bytes", "is it a trace?")
            yield line

    def _parsed(self, line: bytes, kind: type[TraceLine]) -> TraceLine | None:
        """The line's batch; None if it is torn."""
        try:
            if self._old:
                return self._upcast(line, kind)
            try:
                return _LINES[kind].decode(line)
            except msgspec.DecodeError:  # lone surrogates, or no JSON at all
                return msgspec.convert(json_value(line), kind)
        except (ValueError, LookupError, TypeError, RecursionError) as error:
            if self._is_torn(line):
                return None
            self._refuse(f"no batch: {error}", "was the file edited, or are these two traces?")

    def _upcast(self, line: bytes, kind: type[TraceLine]) -> TraceLine:
        raw = msgspec.convert(json_value(line), _RawLine)
        entries = [upcast(record, self.header.records, UPCASTERS) for record in raw.records]
        fields = {**msgspec.structs.asdict(raw), "records": entries}
        return msgspec.convert(fields, kind)

    def _is_torn(self, line: bytes) -> bool:
        self.torn = not line.endswith(b"\n")
        return self.torn

    def _unreadable(self, error: Exception) -> StoreError:
        why = getattr(error, "strerror", None) or error
        return StoreError(f"cannot read the trace {str(self.path)!r}: {why}")

    def _refuse(self, message: str, remedy: str) -> NoReturn:
        place = Place(str(self.path), self._number)
        raise ReadError([finding(BAD_TRACE, message, remedy, place=place)])


def _parts(entry: TraceEntry) -> list[TraceEntry]:
    """What an entry means: an advance is several in one."""
    if entry.type != "Advanced":
        return [entry]
    return [type(entry)(kind.__name__, **fields) for kind, fields in parts_of(entry)]
