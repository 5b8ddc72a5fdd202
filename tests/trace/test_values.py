"""Values go through JSON and come back; what cannot is opaque, and nothing raises."""

from __future__ import annotations

import collections
import datetime as dt
import enum
import json
import math
from decimal import Decimal
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from bpmn_xml.expressions.feel import calendar as cal
from bpmn_xml.expressions.feel.values import Range
from bpmn_xml.trace.values import (
    DEEPEST,
    LONGEST_REPR,
    MOST_VALUES,
    OpaqueValue,
    json_line,
    json_text,
    restored,
    tagged,
    told,
)
from tests.trace.strategies import VARIABLES


def values_text(values: Any) -> str:
    return json_line(told(values)).decode()


def through(value: Any) -> Any:
    """The value, written and read again."""
    return restored(json.loads(values_text({"v": value})))["v"]


class Colour(enum.IntEnum):
    RED = 1


class Mood(enum.StrEnum):
    GOOD = "good"


class Plain(enum.Enum):
    ONE = 1


class Pair(NamedTuple):
    left: int
    right: int


class Shouting(str):
    __slots__ = ()

    def __str__(self) -> str:
        return self.upper()


class Broken:
    def __repr__(self) -> str:
        raise RuntimeError("no")


class Wordy:
    def __repr__(self) -> str:
        return "x" * 10_000


@given(VARIABLES)
def test_values_come_back_equal(values: dict[str, Any]) -> None:
    assert restored(json.loads(values_text(values))) == values


WRITTEN = [
    (1, "1"),
    (True, "true"),
    (None, "null"),
    (1.5, "1.5"),
    (-0.0, "-0.0"),
    ("ü", '"ü"'),
    (Decimal("1.50"), '{"$decimal":"1.50"}'),
    (Decimal("NaN"), '{"$decimal":"NaN"}'),
    (dt.date(2030, 1, 2), '{"$date":"2030-01-02"}'),
    (dt.time(3, 4, 5, 6), '{"$time":"03:04:05.000006"}'),
    (dt.datetime(2030, 1, 2, tzinfo=dt.UTC), '{"$datetime":"2030-01-02T00:00:00+00:00"}'),
    (dt.timedelta(days=1, seconds=2, microseconds=3), '{"$duration":"P1DT2.000003S"}'),
    (dt.time(1, tzinfo=ZoneInfo("Europe/Paris")), '{"$time":"01:00:00@Europe/Paris"}'),
    (cal.MonthsDuration(14), '{"$duration":"P1Y2M"}'),
    (cal.LongDuration(1), '{"$duration":"PT0.000000001S"}'),
    (cal.LongDate(99_999, 1, 2), '{"$date":"99999-01-02"}'),
    (cal.FineTime(1, None), '{"$time":"00:00:00.000000001"}'),
    (cal.LongDateTime(0, 1, dt.UTC), '{"$datetime":"1970-01-01T00:00:00.000000001Z"}'),
    (
        Range(Decimal("1.5"), None, True, False, "<"),
        '{"$range":[{"$decimal":"1.5"},null,true,false,"<"]}',
    ),
    (b"\xff", '{"$bytes":"/w=="}'),
    (math.inf, '{"$float":"inf"}'),
    (-math.inf, '{"$float":"-inf"}'),
    (math.nan, '{"$float":"nan"}'),
    (2**100, str(2**100)),
    (-(2**20000), '{"$int":"' + hex(-(2**20000)) + '"}'),
    ((1, "a"), '{"$tuple":[1,"a"]}'),
    ({"b", "a"}, '{"$set":["a","b"]}'),
    (frozenset({2, 1}), '{"$frozenset":[1,2]}'),
    ({1: "a", None: 2}, '{"$map":[[1,"a"],[null,2]]}'),
    ({"$x": 1, "$$": 2, "a$": 3}, '{"$$x":1,"$$$":2,"a$":3}'),
    (Colour.RED, "1"),
    (Mood.GOOD, '"good"'),
    (Shouting("quiet"), '"quiet"'),
    (Pair(1, 2), '{"$tuple":[1,2]}'),
    (collections.OrderedDict(a=1), '{"a":1}'),
    (collections.defaultdict(list, a=[1]), '{"a":[1]}'),
    ("\ud800", '"\\ud800"'),
]


@pytest.mark.parametrize(("value", "text"), WRITTEN, ids=[text[:30] for _, text in WRITTEN])
def test_a_value_is_written_like_this(value: Any, text: str) -> None:
    assert values_text({"v": value}) == f'{{"v":{text}}}'


@pytest.mark.parametrize(("value", "text"), WRITTEN, ids=[text[:30] for _, text in WRITTEN])
def test_inside_a_list_it_is_written_the_same(value: Any, text: str) -> None:
    assert json_text(tagged([value])) == f"[{text}]"


OF_FEEL = [value for value, _ in WRITTEN if type(value).__module__.startswith("bpmn_xml")]


@pytest.mark.parametrize("value", [*OF_FEEL, dt.time(1, tzinfo=ZoneInfo("Europe/Paris"))], ids=str)
def test_what_only_feel_has_comes_back(value: Any) -> None:
    assert through(value) == value


OPAQUE = [
    (Plain.ONE, "tests.trace.test_values.Plain", "<Plain.ONE: 1>"),
    (Broken(), "tests.trace.test_values.Broken", "<no repr: RuntimeError>"),
    (1 + 2j, "builtins.complex", "(1+2j)"),
    (len, "builtins.builtin_function_or_method", "<built-in function len>"),
]


@pytest.mark.parametrize(("value", "kind", "look"), OPAQUE, ids=[kind for _, kind, _ in OPAQUE])
def test_any_other_object_is_opaque(value: Any, kind: str, look: str) -> None:
    assert tagged(value) == {"$opaque": kind, "repr": look}
    assert through(value) == OpaqueValue(kind, look)


def test_an_opaque_value_stays_what_it_was() -> None:
    value = OpaqueValue("a.B", "<B>")
    assert through(through(value)) == value


def test_a_long_repr_is_cut() -> None:
    found = through(Wordy())
    assert len(found.repr) == LONGEST_REPR
    assert found.repr.endswith("…")


def test_a_cycle_ends_where_it_closes() -> None:
    cycle: list[Any] = [1]
    cycle.append(cycle)
    one, closed = through(cycle)
    assert one == 1
    assert closed.type == "builtins.list"
    assert "[...]" in closed.repr


def test_depth_ends_at_a_bound() -> None:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    text = values_text({"v": deep})
    assert text.count("[") - text.count("repr") < DEEPEST + 20
    assert "$opaque" in text


def test_sharing_does_not_multiply_without_bound() -> None:
    value: list[Any] = [1]
    for _ in range(50):
        value = [value, value]
    assert len(values_text({"v": value})) < 100 * MOST_VALUES


def test_a_dict_that_grows_meanwhile_does_no_harm() -> None:
    growing: dict[str, Any] = {}

    class Growing:
        def __repr__(self) -> str:
            growing[f"more {len(growing)}"] = 1
            return "<grows>"

    growing["first"] = Growing()
    assert set(through(growing)) == {"first"}


def test_variables_may_be_any_mapping() -> None:
    chain = collections.ChainMap({"a": 1}, {"b": 2})
    assert restored(json.loads(values_text(chain))) == {"a": 1, "b": 2}


def test_an_int_with_too_many_digits_is_no_plain_variable() -> None:
    assert through(10**5000) == 10**5000


BAD = [
    {"$unknown": 1},
    {"$decimal": "1", "more": 2},
    {"$decimal": "x"},
    {"$decimal": []},
    {"$opaque": "a"},
    {"$date": "2030-13-01"},
    {"$bytes": 5},
    {"$float": {}},
    {"$int": "z"},
    {"$set": [[1]]},
    {"$map": [[[1], 2]]},
    {"$map": [1]},
    {"$tuple": 5},
    {"$duration": 5},
    {"$duration": "soon"},
    {"$range": [1, 2]},
]


@pytest.mark.parametrize("value", BAD, ids=json.dumps)
def test_a_wrong_tag_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        restored([value])
