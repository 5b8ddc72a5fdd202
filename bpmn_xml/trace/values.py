"""Values of variables as JSON and back: what JSON cannot say is tagged, nothing is ever refused.

| Python | JSON |
|---|---|
| None, bool, int, float, str, list, dict with text keys | themselves |
| Decimal, bytes | `{"$decimal": "1.50"}`, `$bytes` (base 64) |
| date, time, datetime, timedelta | `$date`, `$time`, `$datetime`, `$duration`, all as ISO 8601 |
| those of FEEL that Python cannot hold, years and months | the same, as FEEL writes them |
| a range of FEEL | `{"$range": [start, end, is in it, is in it, "how it is written"]}` |
| tuple, set, frozenset | `{"$tuple": [...]}`, `$set`, `$frozenset` |
| dict with other keys | `{"$map": [[key, value], ...]}` |
| nan, inf, -inf; an int of more than 4,300 digits | `{"$float": "nan"}`; `{"$int": "0x1f..."}` |
| a key that starts with `$` | the key with one more `$` |
| anything else; what is deeper than 64, inside itself or beyond 100,000 values | \
`{"$opaque": "module.Class", "repr": "..."}` |

Objects of a subclass of str, int, float, list, tuple or dict are written as that, so they come
back equal but plain; a time zone comes back as its offset.

>>> print(json_text(told({"price": Decimal("1.50"), "$ref": (1, float("inf"))})))
{"price":{"$decimal":"1.50"},"$$ref":{"$tuple":[1,{"$float":"inf"}]}}
>>> restored(told({"due": dt.date(2030, 1, 31)}))
{'due': datetime.date(2030, 1, 31)}
"""

from __future__ import annotations

import base64
import datetime as dt
import json
import reprlib
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial
from typing import Any, Final, NamedTuple

import msgspec

from bpmn_xml.expressions.feel import calendar as cal
from bpmn_xml.expressions.feel import temporal
from bpmn_xml.expressions.feel.values import Range

DEEPEST: Final = 64
MOST_VALUES: Final = 100_000
LONGEST_REPR: Final = 200

PLAIN: Final = frozenset({type(None), bool, int, str})
"""The types whose values need no tag."""

KNOWN_NAMES: Final[set[str]] = set()
"""Names of variables that need none either, as far as they have been met."""

_MOST_KNOWN_NAMES: Final = 10_000
encode: Final = msgspec.json.Encoder().encode


class OpaqueValue(msgspec.Struct, frozen=True):
    """What is left in a trace of an object that JSON cannot say: its type and how it looked."""

    type: str
    repr: str


def told(values: Mapping[str, Any] | None) -> object:
    """Variables in terms of JSON; as they are where that is all that JSON can say.

    Only a very long int, and text that UTF-8 has no bytes for, are not looked for. Nothing of
    what is given here is changed when the values are.
    """
    if type(values) is not dict:
        return None if values is None else tagged(dict(values))
    for name in values:  # making pairs would take as long as all of the rest
        value = values[name]
        if name not in KNOWN_NAMES and not _learn(name):
            break
        if type(value) not in PLAIN and not (type(value) is float and value - value == 0):
            break
    else:
        return values
    return tagged(values)


def json_line(line: object) -> bytes:
    r"""Write what consists of what `told` gives, without the end of the line.

    >>> json_line({"digits": 10**4300})[:21], json_line({"half": chr(0xD800)})
    (b'{"digits":{"$int":"0x', b'{"half":"\\ud800"}')
    """
    try:
        return encode(line)
    except ValueError:  # lone surrogates; an int of 4,300 digits
        told_of = _with_long_ints(msgspec.to_builtins(line))
        return json.dumps(told_of, separators=(",", ":")).encode()


def _with_long_ints(value: Any) -> Any:
    """The same with ints that are too long for JSON as a tag."""
    if isinstance(value, dict):
        return {name: _with_long_ints(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_with_long_ints(item) for item in value]
    return _int(value) if type(value) is int else value


def json_text(value: object) -> str:
    """Write JSON; lone surrogates, which UTF-8 has no bytes for, as escapes."""
    try:
        return encode(value).decode()
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":"))


def _learn(name: str) -> bool:
    """Whether this name needs no tag; if so it is known from now on."""
    plain = type(name) is str and not name.startswith("$")
    if plain and len(KNOWN_NAMES) < _MOST_KNOWN_NAMES:
        KNOWN_NAMES.add(name)
    return plain


def tagged(value: Any) -> Any:
    """The value in terms of JSON."""
    return _tagged(value, (), [MOST_VALUES])


def _tagged(value: Any, inside: tuple[int, ...], left: list[int]) -> Any:
    """As `tagged`, `inside` these collections and with so many values `left` to write."""
    kind = type(value)
    if kind in _SCALARS:
        return _SCALARS[kind](value)
    if kind not in _COLLECTIONS:
        base = next((base for base in kind.__mro__ if base in _WRITTEN_AS), None)
        return _opaque(value) if base is None else _tagged(_WRITTEN_AS[base](value), inside, left)
    left[0] -= 1 + len(value)
    if id(value) in inside or len(inside) >= DEEPEST or left[0] < 0:
        return _opaque(value)
    return _COLLECTIONS[kind](value, (*inside, id(value)), left)


def _int(value: int) -> Any:
    try:
        str(value)
    except ValueError:
        return {"$int": hex(value)}
    return value


def _items(value: Any, inside: tuple[int, ...], left: list[int]) -> list[Any]:
    return [_tagged(item, inside, left) for item in value]


def _dict(value: dict[Any, Any], inside: tuple[int, ...], left: list[int]) -> dict[str, Any]:
    value = value.copy()  # a handler may still be changing it
    if all(type(key) is str for key in value):
        return {
            f"${key}" if key.startswith("$") else key: _tagged(item, inside, left)
            for key, item in value.items()
        }
    pairs = [[_tagged(k, inside, left), _tagged(v, inside, left)] for k, v in value.items()]
    return {"$map": pairs}


def _range(value: Range) -> dict[str, Any]:
    return {"$range": [tagged(part) for part in msgspec.structs.astuple(value)]}


def _set(value: Any, inside: tuple[int, ...], left: list[int]) -> dict[str, Any]:
    return {f"${type(value).__name__}": sorted(_items(value.copy(), inside, left), key=json_text)}


def _opaque(value: object) -> dict[str, str]:
    kind = type(value)
    try:
        look = reprlib.repr(value) if kind in _COLLECTIONS else repr(value)
    except Exception as error:  # noqa: BLE001 - somebody else's __repr__
        look = f"<no repr: {type(error).__name__}>"
    if len(look) > LONGEST_REPR:
        look = f"{look[: LONGEST_REPR - 1]}…"
    return {"$opaque": f"{kind.__module__}.{kind.__qualname__}", "repr": look}


def _as_feel_or(
    read: Callable[[str], Any], read_feel: Callable[[str], object]
) -> Callable[[str], Any]:
    """Read a text as FEEL does, which knows more of time, or else as Python."""

    def read_either(text: str) -> Any:
        found = read_feel(text)
        return read(text) if found is None else found

    return read_either


def _time(value: dt.time) -> str:
    """A time of day, which in a named zone has no offset, as ISO 8601 or FEEL has it."""
    lacks_offset = value.tzinfo is not None and value.utcoffset() is None
    return str(temporal.str_of(value)) if lacks_offset else value.isoformat()


class _Tag(NamedTuple):
    name: str
    read: Callable[[str], Any]
    kinds: Mapping[type, Callable[[Any], Any]]


_TAGS: Final = (
    _Tag("$decimal", Decimal, {Decimal: str}),
    _Tag(
        "$date",
        _as_feel_or(dt.date.fromisoformat, temporal.parse_date),
        {dt.date: dt.date.isoformat, cal.LongDate: temporal.str_of},
    ),
    _Tag(
        "$time",
        _as_feel_or(dt.time.fromisoformat, temporal.parse_time),
        {dt.time: _time, cal.FineTime: temporal.str_of},
    ),
    _Tag(
        "$datetime",
        _as_feel_or(dt.datetime.fromisoformat, temporal.parse_date_time),
        {dt.datetime: dt.datetime.isoformat, cal.LongDateTime: temporal.str_of},
    ),
    _Tag(
        "$duration",
        _as_feel_or(partial(msgspec.convert, type=dt.timedelta), temporal.parse_duration),
        {
            dt.timedelta: msgspec.to_builtins,
            cal.LongDuration: temporal.str_of,
            cal.MonthsDuration: temporal.str_of,
        },
    ),
    _Tag("$bytes", base64.b64decode, {bytes: lambda value: base64.b64encode(value).decode()}),
)


def _tag_writer(name: str, write: Callable[[Any], str]) -> Callable[[Any], dict[str, str]]:
    return lambda value: {name: write(value)}


def _same(value: Any) -> Any:
    return value


_SCALARS: Final[Mapping[type, Callable[[Any], Any]]] = {
    type(None): _same,
    bool: _same,
    str: _same,
    int: _int,
    float: lambda value: value if value - value == 0 else {"$float": repr(value)},
    OpaqueValue: lambda value: {"$opaque": value.type, "repr": value.repr},
    Range: _range,
    **{kind: _tag_writer(tag.name, write) for tag in _TAGS for kind, write in tag.kinds.items()},
}

_COLLECTIONS: Final[Mapping[type, Callable[[Any, tuple[int, ...], list[int]], Any]]] = {
    list: _items,
    dict: _dict,
    tuple: lambda value, inside, left: {"$tuple": _items(value, inside, left)},
    set: _set,
    frozenset: _set,
}

_WRITTEN_AS: Final[Mapping[type, Callable[[Any], Any]]] = {
    str: str.__str__,
    int: int.__int__,
    float: float.__float__,
    list: list.copy,
    tuple: lambda value: tuple.__getitem__(value, slice(None)),
    dict: dict.copy,
}
"""How to take a subclass's object for what it is in the end, whatever the subclass overrides."""


_READERS: Final[Mapping[str, Callable[[Any], Any]]] = {
    **{tag.name: tag.read for tag in _TAGS},
    "$float": float,
    "$int": lambda text: int(text, 16),
    "$range": lambda items: Range(*restored(items)),
    "$tuple": lambda items: tuple([restored(item) for item in items]),
    "$set": lambda items: {restored(item) for item in items},
    "$frozenset": lambda items: frozenset([restored(item) for item in items]),
    "$map": lambda pairs: {restored(key): restored(item) for key, item in pairs},
}


def restored(value: Any) -> Any:
    """The value that `tagged` wrote.

    Raises:
        ValueError: a tag is unknown or its text is not of its kind.
    """
    if isinstance(value, list):
        return [restored(item) for item in value]
    if not isinstance(value, dict):
        return value
    tag = next(iter(value), "")
    if tag.startswith("$") and not tag.startswith("$$"):
        return _untagged(tag, value)
    return {k.removeprefix("$"): restored(item) for k, item in value.items()}


def _untagged(tag: str, value: dict[str, Any]) -> Any:
    if tag == "$opaque" and set(value) == {"$opaque", "repr"}:
        return OpaqueValue(str(value["$opaque"]), str(value["repr"]))
    if tag not in _READERS or len(value) != 1:
        raise ValueError(f"unknown tag {tag!r}")
    try:
        return _READERS[tag](value[tag])
    except (TypeError, ArithmeticError) as error:
        raise ValueError(f"{tag} of {reprlib.repr(value[tag])}") from error
