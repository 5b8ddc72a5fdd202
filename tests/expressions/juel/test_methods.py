"""The fixed list of methods, by kind of receiver."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions import compile as compiled
from bpmn_xml.expressions.juel import spin
from bpmn_xml.expressions.juel.methods import BY_TYPE, FUNCTIONS, METHODS, OWNERS
from tests.expressions.juel.test_spin import GIVES

VARIABLES = {
    "s": "Order-7, open",
    "empty": "",
    "list": [3, 1, 2, 1],
    "pair": (1, "one"),
    "set": frozenset({1, 2}),
    "map": {"a": 1, "b": None},
    "n": 5,
    "x": 2.5,
    "d": Decimal("1.50"),
    "yes": True,
    "day": date(2024, 1, 31),
    "at": datetime(2024, 1, 31, 23, 30),
    "paris": datetime(2024, 3, 31, 1, 30, tzinfo=ZoneInfo("Europe/Paris")),
}
VALUES = """
s.equals('Order-7, open') -> True
s.equals('order') -> False
s.equals(null) -> False
'1'.equals(1) -> False
s.equalsIgnoreCase('ORDER-7, OPEN') -> True
s.equalsIgnoreCase(null) -> False
s.contains('-7') -> True
s.contains(7) -> True
s.startsWith('Order') -> True
s.endsWith('Order') -> False
s.isEmpty() -> False
empty_.isEmpty() -> True
'  '.isBlank() -> True
s.length() -> 13
s.toUpperCase() -> 'ORDER-7, OPEN'
s.toLowerCase() -> 'order-7, open'
' a '.trim() -> 'a'
s.substring(6) -> '7, open'
s.substring(0, 5) -> 'Order'
s.substring(13) -> ''
s.indexOf('r') -> 1
s.indexOf('x') -> -1
s.lastIndexOf('r') -> 4
s.charAt(0) -> 'O'
s.concat('!').concat(1) -> 'Order-7, open!1'
s.replace('e', '33') -> 'Ord33r-7, op33n'
s.replace('', '.') -> '.O.r.d.e.r.-.7.,. .o.p.e.n.'
s.split(', ') -> ['Order-7', 'open']
'a.b..'.split('\\\\.') -> ['a', 'b']
','.split(',') -> ['']
s.split('e|,') -> ['Ord', 'r-7', ' op', 'n']
'a1b22'.split('\\\\d+') -> ['a', 'b']
'abc'.split('') -> ['a', 'b', 'c']
s.matches('[A-Z][a-z]+-.*') -> True
s.matches('Order') -> False
'abab'.matches('(ab)\\\\1') -> True
s.replaceAll('[rn]', '') -> 'Ode-7, ope'
'ab-cd'.replaceAll('(.)-(.)', '$2-$1') -> 'ac-bd'
'ab'.replaceAll('', '.') -> '.a.b.'
s.replaceFirst('e', 'E') -> 'OrdEr-7, open'
'{"a": {"b": [1, "x", true]}}'.stringValue() -> '{"a": {"b": [1, "x", true]}}'
S('{"a": {"b": [1, "x", true]}}').prop('a').prop('b').elements().size() -> 3
S('{"a": 5}').prop('a').numberValue() -> 5
JSON('{"a": true}').prop('a').boolValue() -> True
S('"x"').stringValue() -> 'x'
S(map).hasProp('a') -> True
S(map).hasProp('z') -> False
map.fieldNames() -> ['a', 'b']
map.isObject() -> True
list.isArray() -> True
list.isObject() -> False
'a'.compareTo('b') -> -1
s.toString() -> 'Order-7, open'
list.size() -> 4
list.isEmpty() -> False
list.contains(2) -> True
list.contains('2') -> False
list.contains(true) -> False
list.get(0) -> 3
list.get('1') -> 1
list.indexOf(1) -> 1
list.indexOf(9) -> -1
list.lastIndexOf(1) -> 3
list.lastIndexOf(9) -> -1
list.subList(1, 3) -> [1, 2]
list.equals(list) -> True
list.toString() -> '[3, 1, 2, 1]'
pair.get(1) -> 'one'
set.contains(1) -> True
set.size() -> 2
set.isEmpty() -> False
map.get('a') -> 1
map.get('z') -> None
map.getOrDefault('z', 9) -> 9
map.getOrDefault('b', 9) -> None
map.containsKey('b') -> True
map.containsKey('z') -> False
map.containsValue(1) -> True
map.isEmpty() -> False
map.size() -> 2
map.keySet() -> ['a', 'b']
map.values() -> [1, None]
map.toString() -> '{a=1, b=null}'
n.equals(5) -> True
n.equals(5.0) -> False
n.compareTo(6) -> -1
n.intValue() -> 5
x.intValue() -> 2
x.longValue() -> 2
n.doubleValue() -> 5.0
d.toString() -> '1.50'
x.toString() -> '2.5'
yes.equals(true) -> True
yes.booleanValue() -> True
yes.toString() -> 'true'
rows.getFirstResult() -> {'x': 1}
rows.getFirstResult().getFirstEntry() -> 1
rows.collectEntries('x') -> [1, 2]
rows.collectEntries('y') -> []
row.getSingleResult().getEntry('x') -> 1
row.getSingleResult().getSingleEntry() -> 1
row.getSingleEntry() -> 1
none_.getFirstResult() -> None
none_.getSingleResult() -> None
none_.getSingleEntry() -> None
row.singleResult.x -> 1
row.singleEntry -> 1
rows.firstResult.x -> 1
day.plusMonths(1).toString() -> '2024-02-29'
day.plusYears(1).toString() -> '2025-01-31'
day.minusMonths(2).toString() -> '2023-11-30'
day.minusYears(24).toString() -> '2000-01-31'
day.plusDays(1).toString() -> '2024-02-01'
day.minusWeeks(1).toString() -> '2024-01-24'
at.plusHours(1).toDate().toString() -> '2024-02-01T00:30:00'
at.minusMinutes(30).plusSeconds('5').toString() -> '2024-01-31T23:00:05'
paris.plusHours(1).toString() -> '2024-03-31T03:30:00+02:00'
paris.plusDays(1).toString() -> '2024-04-01T01:30:00+02:00'
at.plusMonths(1).toString() -> '2024-02-29T23:30:00'
day.after(day.minusDays(1)) -> True
day.before(day) -> False
at.isAfter(at) -> False
at.isBefore(at.plusSeconds(1)) -> True
at.compareTo(at) -> 0
at.withTimeAtStartOfDay().toString() -> '2024-01-31T00:00:00'
at.withHourOfDay(9).withMinuteOfHour(5).toString() -> '2024-01-31T09:05:00'
at.withHour(9).withMinute(1).withSecond(2).withDayOfMonth(1).toString() -> '2024-01-01T09:01:02'
at.withSecondOfMinute(5).withMonth(2).toString() -> '2024-02-29T23:30:05'
day.withMonthOfYear(3).withYear(2023).toString() -> '2023-03-31'
day.withTimeAtStartOfDay().toString() -> '2024-01-31T00:00:00'
at.getYear() -> 2024
at.getMonthOfYear() -> 1
at.getDayOfMonth() -> 31
at.getDayOfWeek() -> 3
at.getDayOfYear() -> 31
at.getHourOfDay() -> 23
at.getMinuteOfHour() -> 30
day.getHourOfDay() -> 0
day.getMinuteOfHour() -> 0
at.getTime() -> 1706743800000
day.getMillis() -> 1706659200000
at.toString('yyyy-MM-dd HH:mm:ss.SSS') -> '2024-01-31 23:30:00.000'
at.toString("d.M.yy, 'at' H 'o''clock'") -> "31.1.24, at 23 o'clock"
at.toString("EEE EEEE MMM MMMM ''Z") -> "Wed Wednesday Jan January '"
day.toString('dd/MM/yyyy HH:mm') -> '31/01/2024 00:00'
"""
CASES = [line.split(" -> ") for line in VALUES.strip().splitlines()]


@pytest.mark.parametrize(("text", "shown"), CASES)
def test_value(text, shown):
    rows = {"rows": [{"x": 1}, {"x": 2}], "row": [{"x": 1}], "none_": []}
    variables = {**VARIABLES, **rows, "empty_": ""}
    assert repr(compiled(f"${{{text}}}", "juel").evaluate(variables)) == shown


def test_every_method_has_a_case():
    texts = [*(text for text, _ in CASES), *GIVES]
    assert {name for name in METHODS if not any(f".{name}(" in text for text in texts)} == {
        f"{sign}{unit}"
        for sign, units in (("plus", ["Minutes", "Weeks"]), ("minus", ["Hours", "Seconds"]))
        for unit in units
    }


REFUSED = """
day.withHourOfDay(9) -> a date without a time has no hour
at.withHour(24) -> there is no hour 24 in it
at.withMonth(13) -> there is no such date
s.size() -> there is no size() of text
n.length() -> there is no length() of a number
none.size() -> there is no size() of nothing
list.getSingleResult() -> there are 4 rows, not one
map.getSingleEntry() -> there are 2 entries, not one
strange.size() -> there is no size() of an object
strange.toString() -> there is no toString() of an object
yes.compareTo(false) -> there is no compareTo() of a boolean
n.compareTo('a') -> a number cannot be compared with text
day.after(at) -> a date cannot be compared with a datetime
day.before(null) -> a date cannot be compared with nothing
day.plusHours(1) -> a date without a time has no hours
day.plusDays(99999999) -> there is no such date
day.plusDays('9999999999999999999999') -> there is no such date
day.plusYears(99999) -> there is no such date
day.minusYears(3000) -> there is no such date
day.plusDays('x') -> 'x' cannot be read as an integer
list.get(4) -> there is no item 4 among 4
list.get(-1) -> there is no item -1 among 4
list.subList(2, 1) -> there are no items 2 to 1 among 4
list.subList(0, 5) -> there are no items 0 to 5 among 4
set.get(0) -> there is no get() of a frozenset
map.get(list) -> a list cannot be the key of an entry
map.containsKey(list) -> a list cannot be the key of an entry
s.charAt(13) -> there is no position 13 in a text of 13 characters
s.charAt(-1) -> there is no position -1
s.substring(14) -> there is no position 14
s.substring(3, 2) -> position 2 is before position 3
s.substring(3, 20) -> there is no position 20
s.split('(') -> the pattern '(' is not known
s.matches('(?=x)') -> the pattern '^(?:(?=x))$' is not known
s.replaceAll('e', '$') -> a '$' in a replacement needs the number of a group
many.replaceAll('(,*)*!', '!') -> too many steps
many.split('[,]') -> more than 40 MB
s.matches(many) -> is not known
day.toString('QQ') -> 'QQ' is not known in the pattern of a date
S('{') -> '{' is no JSON
S('NaN') -> 'NaN' is no JSON
S(manydigits) -> a number of more than 1300 digits
S('{}').prop('a') -> there is no 'a' in it
S('{}').prop(1) -> there is no '1' in it
S('{"a": 1}').prop('a').stringValue() -> a text is needed here, not a number
S('{"a": true}').prop('a').numberValue() -> a number is needed here, not a boolean
many.split(',') -> split() makes more than 100000 texts
many.replace(',', 'many commas') -> more than 1000000 characters
many.concat(many) -> more than 1000000 characters
large.toUpperCase() -> more than 1000000 characters
large.toLowerCase() -> more than 1000000 characters
s.contains(strange) -> an object has no text
"""


@pytest.mark.parametrize(
    ("text", "reason"), [line.split(" -> ") for line in REFUSED.strip().splitlines()]
)
def test_refused(text, reason):
    variables = {
        **VARIABLES,
        "none": None,
        "strange": object(),
        "many": "," * 600_000,
        "manydigits": "9" * 1_301,
        "large": "x" * 1_000_001,
    }
    with pytest.raises(ExpressionError) as caught:
        compiled(f"${{{text}}}", "juel").evaluate(variables)
    assert reason in str(caught.value)
    assert caught.value.offset > 0


def test_a_method_with_the_arguments_of_another_kinds():
    methods = METHODS["get"].run
    with pytest.raises(ExpressionError, match=r"get\(\) of a list takes other arguments"):
        methods([1], 0, 1)


def test_tables_agree():
    assert set(METHODS) == {name for _, methods in OWNERS for name in methods}
    assert set(FUNCTIONS) == {*(f".{name}" for name in METHODS), "S", "JSON", spin.TEXT}


def test_the_quick_way_to_methods_is_the_same_way():
    for kind, methods in BY_TYPE.items():
        assert methods is next(found for kinds, found in OWNERS if issubclass(kind, kinds))
