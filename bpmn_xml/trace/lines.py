"""Lines of a trace while they wait for the disk: an advance is made JSON only when it is written.

Many are then made in one go, in C. Only what is known of where it went is JSON before.

>>> advance = Advance(Raw(b'"","node":"a","n":1,"to":[["f1","b",1]]'), {"n": 5})
>>> print(json_lines([AdvanceLine("i1", 2, 0, Alone(advance)), Raw(b"{}")]).decode(), end="")
{"instance":"i1","seq":2,"time":0,"records":[{"type":"Advanced","scope":"","node":"a","n":1,\
"to":[["f1","b",1]],"values":{"n":5}}]}
{}
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec
from msgspec import Raw

from bpmn_xml.trace.values import json_line

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
