"""Lines of a trace on their way to the disk: they become JSON a bunch at a time, in one go in C.

Only what is known of where an advance went is JSON before. A bunch is made by whoever brings the
last of its lines, while they are still at hand: the other thread has but bytes to write.

>>> advance = Advance(Raw(b'"","node":"a","n":1,"to":[["f1","b",1]]'), {"n": 5})
>>> print(json_lines([AdvanceLine("i1", 2, 0, Alone(advance)), Raw(b"{}")]).decode(), end="")
{"instance":"i1","seq":2,"time":0,"records":[{"type":"Advanced","scope":"","node":"a","n":1,\
"to":[["f1","b",1]],"values":{"n":5}}]}
{}
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Final

import msgspec
from msgspec import Raw

from bpmn_xml.trace.values import json_line

BUNCH: Final = 64
"""Lines of which JSON is made at once."""

_encode_lines: Final = msgspec.json.Encoder().encode_lines


class Advance(msgspec.Struct, tag_field="type", tag="Advanced", omit_defaults=True, gc=False):
    """An advance, as it stands in a line.

    Attributes:
        scope: its scope and all other fields but the last, as JSON.
        values: what it wrote, in terms of JSON (`values.told`).
    """

    scope: Raw
    values: object = None


class Alone(msgspec.Struct, array_like=True, gc=False):
    """A list of one: no list and no tuple, as garbage would be looked for in thousands of them."""

    advance: Advance


class AdvanceLine(msgspec.Struct, omit_defaults=True, gc=False):
    """The line of an advance that is a batch by itself, as `WrittenLine` has the fields."""

    instance: str | Raw
    seq: int
    time: int
    records: Alone
    by: str | Raw = ""


Line = AdvanceLine | Raw
"""One line, without its end."""


def json_lines(lines: Sequence[Line]) -> bytes:
    """Write lines, each with its end."""
    try:
        return _encode_lines(lines)
    except ValueError:  # as in `json_line`
        return b"".join([_spelled(line) + b"\n" for line in lines])


class Backlog:
    """What waits for the disk: the latest lines as they are, those before as JSON.

    Attributes:
        lines: whoever has put one here lets JSON be made of them when there is a bunch.
        size: bytes of JSON that wait.
    """

    __slots__ = ("_bunches", "_lock", "lines", "size")

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.size = 0
        self._bunches: list[bytes] = []
        self._lock = threading.Lock()

    def make(self) -> None:
        """Make JSON of the lines that there are, unless somebody does that just now."""
        if self._lock.acquire(blocking=False):
            try:
                self._make()
            finally:
                self._lock.release()

    def _make(self) -> None:
        lines = self.lines[:]
        if lines:
            bunch = json_lines(lines)
            del self.lines[: len(lines)]
            self._bunches.append(bunch)
            self.size += len(bunch)

    def take(self) -> bytes:
        """Take out all that there is, as JSON."""
        with self._lock:
            self._make()
            bunches, self._bunches, self.size = self._bunches, [], 0
        return b"".join(bunches)

    def clear(self) -> None:
        """Drop all that there is."""
        with self._lock:
            self.lines.clear()
            self._bunches, self.size = [], 0


def _spelled(line: Line) -> bytes:
    """One line, in which there may be what JSON in C cannot say."""
    if isinstance(line, Raw):
        return bytes(line)
    advance = line.records.advance
    if advance.values is not None:
        advance = Advance(advance.scope, Raw(json_line(advance.values)))
    instance, by = [Raw(json_line(name)) for name in (line.instance, line.by)]
    told = AdvanceLine(instance, line.seq, line.time, Alone(advance), line.by and by)
    return json_line(told)
