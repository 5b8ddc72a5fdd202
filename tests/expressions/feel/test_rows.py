"""What FEEL's expressions mean (DMN 10.3): every construct, with values and with null."""

from __future__ import annotations

from collections import UserDict

import pytest

from bpmn_xml import expressions
from bpmn_xml.errors import ExpressionError

from .tables import agree, rows, value

LITERALS = r"""
1 => 01
1.50 => 3.00 / 2.00 * 1.0
.5 => 0.5
1.5e2 => 150
1e-2 => 0.01
-a => -7
- - a => 7
--1 => 1
-"a" => null
"a\"b\\\n\t\'" => "a\u0022b\\" + "\n\t'"
"\d" => "\\d"
"\uD83D\uDC0E" => "\U01F40E"
"\uD83D" => "\uFFFD"
true => not(false)
nothing => null
no such name => null
@"2024-02-29" => date("2024-02-29")
@"nonsense" => null
first name => "Ada"
first   name => "Ada"
`first name` => "Ada"
n-1 => 41
n - 1 => null
a /* comment */ + /* another */ 1 => 8
{größe: 1}.größe => 1
{🐎: 2}.🐎 + 1 => 3
1e9999 => null
"""

LOGIC = """
true and true => true
and([true, false]) => false
or(false, true) => true
null instance of Null => true
1 instance of Null => false
true and false and nothing => false
true and nothing => null
true and 1 => null
false or true => true
nothing or true => true
false or nothing => null
false or false => false
if true then 1 else 2 => 1
if nothing then 1 else 2 => 2
if 1 then 1 else 2 => 2
if a > 5 then if a > 6 then "b" else "c" else "d" => "b"
"""

COMPARISONS = """
1 = 1.0 => true
1 = "1" => null
1 != 2 => true
1 != "1" => null
null = null => true
null != 1 => true
1 = null => false
[1, {b: "c"}] = [1.0, {b: "c"}] => true
[1] = [1, 2] => false
{a: 1} = {a: 1, b: 2} => false
{a: 1} = {a: "1"} => false
x = 2.5 => true
x > 2 => true
tuple = [1, 2] => true
a < 8 => true
a <= "8" => null
"a" < "b" => true
true < false => null
5 between 1 and 5 => true
5 between 1 and "5" => null
0 between 1 and "5" => false
a in [1..7) => false
a in (6..7] => true
a in ]6..7] => true
a in [7..8[ => true
a in [nothing..8] => null
a in <= 7 => true
a in < 7 => false
a in >= 8 => false
a in > 6 => true
a in = 7 => true
a in != 7 => false
a in (1, > 6) => true
a in (1, 2) => false
a in [[1..3], 7] => true
a in [1, "7"] => false
a in "7" => false
a in (1..8) => true
[1, 2] in [1, 2] => true
[1, 2] in [[1, 2], 3] => true
[1..2] in [[1..2]] => true
1 in [] => false
"b" in ["a".."c"] => true
(< 5) = (< 5) => true
(< 5) = (<= 5) => false
[1..2] = [1..2] => true
[1..2] = (1..2] => false
"""

PATHS = """
order.amount => 5
order.missing => null
order.line items.n => [1, 2]
order.amount.more => null
nothing.b => null
{a b: 1}.a b => 1
{"if": 1}.if => 1
{b: 1}.`b` => 1
@"2024-02-29".year => 2024
@"2024-02-29".weekday => 4
[1..5).end included => false
[1..5[.end => 5
(> 5).start => 5
"""

FILTERS = """
list[1] => 3
list[-1] => 2
list[0] => null
list[4] => null
list[1.5] => null
list[a - 6] => 3
list[item > 1] => [3, 2]
list[item > 9] => []
[][1] => null
[][a] => null
[][item > 1] => []
nothing[1] => null
nothing[item > 1] => []
s[1] => "text"
s[item = "text"] => ["text"]
order.line items[n > 1] => [{n: 2}]
order.line items[n = a - 6].n[1] => 1
order.line items[item.n = 2].n => [2]
[{n: 1, item: 5}][item = 5] => [{n: 1, item: 5}]
[{n: 1, item: 5}][item.n = 1] => []
"""

LOOPS = """
for i in [1, 2] return i * a => [7, 14]
for i in [1, 2], j in [i, 10] return i + j => [2, 11, 4, 12]
for i in 1..3 return i => [1, 2, 3]
for i in 3..1 return i => [3, 2, 1]
for i in a..8 return i => [7, 8]
for i in [1..3) return i => [1, 2]
for i in [3..1] return i => null
for i in 5 return i => [5]
for i in nothing return i => null
for i in "a".."c" return i => null
for i in @"2024-02-28"..@"2024-03-01" return i.day => [28, 29, 1]
for i in 1..4 return if i = 1 then 1 else i * partial[-1] => [1, 2, 6, 24]
for the item in [1] return the item + 1 => [2]
for i in 1.0..2.0 return i => [1, 2]
for i in 1.5..2 return i => null
for i in 1..@"2024-01-01" return i => null
some i in list satisfies i > 2 => true
some i in list satisfies i > 3 => false
some i in list satisfies nothing => null
some i in [1, null] satisfies i > 0 => true
some i in [] satisfies true => false
some i in nothing satisfies true => null
every i in list satisfies i > 0 => true
every i in list satisfies i > 1 => false
every i in [1, null] satisfies i > 0 => null
every i in [], j in list satisfies i = j => true
"""

CONTEXTS = """
{a: 1, b: a + 1} => {"a": 1, "b": 2}
{} => {}
{b: a}.b => 7
{a-b: 1, c: a-b + 1}.c => 2
{first: 1, "second one": first}.second one => 1
{f: function(n) if n = 0 then 1 else n * f(n - 1), r: f(5)}.r => 120
[] => []
"""

CALLS = """
abs(-1) => 1
abs(n: -1) => 1
(function(b) b + 1)(2) => 3
(function(b, c) b - c)(c: 1, b: 5) => 4
(function(b) b)(1, 2) => null
(function(b) b)(c: 1) => null
(function(b, b) b)(b: 1, b: 2) => null
(function(b: number) b)("x") => null
(function(b: number, c: string) c)(1, "x") => "x"
(function(x) external {java: {class: "a"}})(1) => null
(function() 1)() => 1
{f: abs}.f(-2) => 2
a(1) => null
no thing(1) => null
{abs: function(b) b, r: abs(-3)}.r => -3
substring(string: "abc", start position: 2) => "bc"
"""

TYPES = """
1 instance of number => true
"a" instance of string => true
nothing instance of number => false
nothing instance of Any => false
1 instance of Any => true
1 instance of tUnknown => null
[1, 2] instance of list<number> => true
[1, "2"] instance of list<number> => false
[1, null] instance of list<number> => true
[] instance of list => true
{a: 1, b: 2} instance of context<a: number> => true
{b: 2} instance of context<a: number> => false
[1..2] instance of range<number> => true
[1..2] instance of range<string> => false
abs instance of function<number> -> number => true
(function(b) b) instance of function<number> -> number => true
(function(b) b) instance of function<> -> number => false
(function(b) b) instance of function => true
@"P1Y" instance of years and months duration => true
@"P1D" instance of days and time duration => true
@"2024-01-01T00:00:00" instance of date and time => true
@"P1D" instance of dayTimeDuration => true
@"P1D" instance of day-time-duration => true
@"P1Y" instance of year-month-duration => true
"""

TABLES = [LITERALS, LOGIC, COMPARISONS, PATHS, FILTERS, LOOPS, CONTEXTS, CALLS, TYPES]


@pytest.mark.parametrize(("text", "expected"), [row for table in TABLES for row in rows(table)])
def test_value(text, expected):
    assert agree(text, expected)


def test_comments_to_the_end_of_a_line():
    assert value("a // no more\n + 1") == 8


def test_any_mapping_is_a_context():
    order = UserDict(amount=5)
    assert value("order.amount + 1", order=order) == 6
    assert value("[order][amount = 5].amount", order=order) == [5]
    assert value("order.missing", order=order) is None
    assert value("order = {amount: 5}", order=order) is True


def test_functions_of_python():
    def ratio(part, whole=100):
        return part / whole

    functions = {"ratio": ratio, "fail": lambda: 1 / 0, "abs": lambda _: "mine"}
    texts = {"ratio(5)": 0.05, "ratio(whole: 10, part: 5)": 0.5, "abs(1)": "mine"}
    for text, expected in texts.items():
        assert expressions.compile(text, "feel", functions=functions).evaluate({}) == expected
    with pytest.raises(ExpressionError, match="division by zero"):
        expressions.compile("fail()", "feel", functions=functions).evaluate({})


def test_builtin_functions_can_be_called_from_python():
    assert expressions.evaluate("abs", {}, language="feel")(-3) == 3


def test_results_are_new_lists():
    assert value("for i in 1..3 return partial") == [[], [[]], [[], [[]]]]
