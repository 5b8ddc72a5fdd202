"""Every built-in function: what it gives, what it takes by name, and what it answers null to."""

from __future__ import annotations

import pytest

from bpmn_xml.expressions.feel.builtins.table import FUNCTIONS
from tests.expressions.feel.tables import agree, rows, value

NUMBERS = """
abs(-1) => 1
abs(-1.5) => 1.5
abs(@"-P1D") => @"P1D"
abs(@"P1Y") => @"P1Y"
abs("1") => null
abs([-1]) => 1
abs(["1"]) => null
abs([-1, -2]) => null
ceiling(1.2) => 2
ceiling(-1.56, 1) => -1.5
floor(1.8) => 1
floor(-1.56, 1) => -1.6
floor(1.5, null) => null
decimal(1/3, 2) => 0.33
decimal(2.5, 0) => 2
decimal(1.5, 6200) => null
decimal(1234, -2) => 1200
decimal(1/3, 2.5) => 0.33
round up(1.21, 1) => 1.3
round down(-1.29, 1) => -1.2
round half up(-1.25, 1) => -1.3
round half down(1.25, 1) => 1.2
round half up(1.5) => 2
even(2) => true
even(2.5) => false
odd(-3) => true
odd(2.5) => false
modulo(12, 5) => 2
modulo(-12, 5) => 3
modulo(10.1, -4.5) => -3.4
modulo(1, 0) => null
sqrt(16) => 4
sqrt(2) > 1.41 => true
sqrt(-1) => null
log(1) => 0
log(0) => null
decimal(log(10), 4) => 2.3026
decimal(exp(1), 4) => 2.7183
exp(999999) => null
"""

TEXTS = r"""
substring("foobar", 3) => "obar"
substring("foobar", 3, 3) => "oba"
substring("foobar", -2, 1) => "a"
substring("foobar", -9, 1) => "f"
substring("foobar", 0) => null
substring("foobar", 1, 0) => null
substring("foobar", 9) => ""
substring("\U01F40Eab", 2) => "ab"
string length("\U01F40Eab") => 3
upper case("aB4") => "AB4"
lower case("aB4") => "ab4"
substring before("foobar", "bar") => "foo"
substring before("foobar", "x") => ""
substring before("foobar", "") => ""
substring after("foobar", "ob") => "ar"
substring after("foobar", "x") => ""
substring after("foobar", "") => "foobar"
contains("foobar", "of") => false
contains("foobar", "oo") => true
starts with("foobar", "fo") => true
ends with("foobar", "r") => true
string join(["a", null, "c"], "-") => "a-c"
string join(["a", "c"]) => "ac"
string join(["a", "c"], null) => "ac"
string join(["a", 1]) => null
string join(["a", "c"], ", ", "[", "]") => "[a, c]"
string join(["a", "c"], null, "<", ">") => "<ac>"
trim("  a ") => "a"
is blank(" ") => true
is blank("a") => false
to base64("FEEL") => "RkVFTA=="
from base64("RkVFTA==") => "FEEL"
"a" + "b" => "ab"
"a" + 1 => null
"""

REGULAR = r"""
matches("foobar", "^fo*b") => true
matches("foobar", "^bar") => false
matches("FOObar", "foo", "i") => true
matches("a\nb", "a.b") => false
matches("a\nb", "a.b", "s") => true
matches("a\nb", "^b", "m") => true
matches("a\nb", "a$", "m") => true
matches("hello world", "hello\ sworld", "x") => true
matches("hello world", "hello[ ]world", "x") => true
matches("helloworld", "hello world", "x") => true
matches("a.b", "a.b", "q") => true
matches("axb", "a.b", "q") => false
matches("a", "a", "y") => null
matches("a", "(") => null
matches("x", null) => null
replace("banana", "a", "o") => "bonono"
replace("banana", "(an)+", "**") => "b**a"
replace("banana", "[aeiouy]", "[$0]") => "b[a]n[a]n[a]"
replace("abcd", "(ab)|(a)", "[1=$1][2=$2]") => "[1=ab][2=]cd"
replace("a.b", ".", "$", "q") => "a$b"
replace("abc", "b", "\\$1") => "a$1c"
replace("abc", "b", "$") => null
replace("abc", "x", "$") => null
replace("abc", "(b)", "$1$2\\$$0$1") => "ab$bbc"
replace("abc", "b*", "x") => null
replace("abc", "b", "$9") => "ac"
replace("darted", "^(.*?)d(.*)$", "$1c$2") => "carted"
split("John Doe", "\\s") => ["John", "Doe"]
split("a;b;;", ";") => ["a", "b", "", ""]
split("abc", "x*") => ["a", "b", "c"]
split("abc", "(") => null
extract("references are 1234, 1256", "12[0-9]*") => ["1234", "1256"]
"""

LISTS = """
list contains([1, 2, null], null) => true
list contains([1, 2], 3) => false
count([1, 2]) => 2
count(1, 2, 3) => 3
count(null) => null
min([3, 1, 2]) => 1
max("a", "b") => "b"
max(@"2024-01-01", @"2024-01-02") => @"2024-01-02"
min([]) => null
min([1, "a"]) => null
sum([1, 2.5]) => 3.5
sum(1, 2) => 3
sum([]) => null
sum([1, "2"]) => null
mean([1, 2]) => 1.5
mean(2, 4) => 3
product([2, 3]) => 6
product([2, 0.5]) => 1.0
product([99999999999999999999, 99999999999999999999]) => 99999999999999999999 ** 2
median([3, 1, 2]) => 2
median([4, 1, 2, 3]) => 2.5
decimal(stddev([2, 4, 7, 5]), 3) => 2.082
stddev([1]) => null
mode([6, 1, 9, 6, 1]) => [1, 6]
mode([]) => []
all([true, true]) => true
all([true, null]) => null
all(true, false) => false
all([]) => true
any([false, true]) => true
any([false, 1]) => null
any([]) => false
sublist([1, 2, 3], 2) => [2, 3]
sublist([1, 2, 3], -2, 1) => [2]
sublist([1, 2, 3], 4) => null
sublist([1, 2, 3], 1, -1) => null
append([1], 2, 3) => [1, 2, 3]
append(1, 2) => [1, 2]
append([1]) => null
append(list: [1], item: 2) => [1, 2]
append(list: [1], items: [2, 3]) => [1, 2, 3]
concatenate([1], [2, 3], 4) => [1, 2, 3, 4]
insert before([1, 3], 2, 2) => [1, 2, 3]
insert before([1, 3], 9, 2) => null
remove([1, 2], -1) => [1]
remove([1, 2], 1.5) => null
reverse([1, 2]) => [2, 1]
index of([1, 2, 1, null], 1) => [1, 3]
index of([1, null], null) => [2]
union([1, 2], [2, 3]) => [1, 2, 3]
distinct values([1, "1", 1.0, [1], [1.0], null, null]) => [1, "1", [1], null]
distinct values([{a: 1}, {a: 1.0}, {a: 2}]) => [{a: 1}, {a: 2}]
distinct values([[1..2], [1..2], (1..2], abs, abs]) => [[1..2], (1..2], abs]
duplicate values([1, 2, 1, 3, 2, 1]) => [1, 2]
flatten([[1, [2]], 3]) => [1, 2, 3]
is empty([]) => true
is empty([1]) => false
is empty("") => true
is empty({a: 1}) => false
list replace([1, 2], 2, 9) => [1, 9]
list replace([1, 2], 3, 9) => null
list replace([1, 2, 3], function(item, newItem) item < newItem, 3) => [3, 3, 3]
list replace([1, 2], function(item, newItem) null, 3) => null
partition([1, 2, 3], 2) => [[1, 2], [3]]
partition([1], 0) => null
sort([3, 1, 2], function(p, q) p > q) => [3, 2, 1]
sort([3, 1, 3]) => [1, 3, 3]
sort([1, "a"]) => null
sort([1, 2], function(p) p) => null
"""

CONTEXTS = """
get value({a: 1}, "a") => 1
get value({a: 1}, "b") => null
get value({a: {b: 2}}, ["a", "b"]) => 2
get value({a: 1}, ["a", "b"]) => null
get value({a: 1}, [1]) => null
get value({a: 1}, []) => null
get value(m: {a: 1}, key: "a") => 1
get value(context: {a: 1}, key: "a") => 1
get entries({a: 1}) => [{key: "a", value: 1}]
context([{key: "a", value: 1}]) => {a: 1}
context([{key: "a", value: 1}, {key: "a", value: 2}]) => null
context([{key: 1, value: 1}]) => null
context([1]) => null
context put({a: 1}, "b", 2) => {a: 1, b: 2}
context put({a: {b: 1}}, ["a", "c"], 2) => {a: {b: 1, c: 2}}
context put({a: 1}, ["a", "c"], 2) => null
context put({a: 1}, ["b", "c"], 2) => {a: 1, b: {c: 2}}
context put({a: 1}, [], 2) => null
context put({a: 1}, [1], 2) => null
context merge([{a: 1}, {b: 2, a: 3}]) => {a: 3, b: 2}
context merge([1]) => null
context merge({a: 1}, {b: 2}) => {a: 1, b: 2}
context merge({a: 1}, 2) => null
put({a: 1}, "b", 2) => {a: 1, b: 2}
put all({a: 1}, {b: 2}) => {a: 1, b: 2}
is(1, 1.0) => true
is(1, "1") => false
is(null, null) => true
is(@"12:00:00Z", @"12:00:00+00:00") => true
is(@"12:00:00@Etc/UTC", @"12:00:00Z") => false
not(true) => false
not(1) => null
is defined(1) => true
is defined(missing) => false
get or else(null, 1) => 1
get or else(2, 1) => 2
fromAi(order.amount) => 5
fromAi(a, "how many", "number", {minimum: 1}, {}) => 7
fromAi(value: s, description: "what it says", type: null) => "text"
fromAi(a, 1) => null
string length(uuid()) => 36
uuid() = uuid() => false
random number() < 1 and random number() >= 0 => true
uuid(1) => null
assert(1, true) => 1
"""

CONVERSIONS = r"""
number("1.000,5", ".", ",") => 1000.5
number("1 000", " ", null) => 1000
number("1,000", ",") => 1000
number(from: "1 000", grouping separator: " ") => 1000
number("1000", null) => 1000
number("1.000", ".") => null
number("-7") => -7
number("1.5e2") => 150
number("1.5", null, ",") => null
number("1,5", ",", ",") => null
number("1x1", "x", ".") => null
number("x") => null
number(1) => null
string(1.50) => "1.50"
string("a") => "a"
string(null) => null
string(true) => "true"
string([1, "a", null]) => "[1, \"a\", null]"
string({a: 1, "b-c": {}}) => "{a: 1, \"b-c\": {}}"
string(@"2024-01-02") => "2024-01-02"
string([1..2)) => "[1..2)"
string((< 5)) => "(< 5)"
string((>= 5)) => "(>= 5)"
string(abs) => "function"
string(1e20) => "100000000000000000000"
to json({a: [1, null, "x", @"P1D", (<5)]}) => "{\"a\":[1,null,\"x\",\"P1D\",\"(< 5)\"]}"
from json("{\"a\": [1, 2.5, null, true]}") => {a: [1, 2.5, null, true]}
from json("NaN") => null
from json("{") => null
"""

DATES = """
date("2024-02-29").day => 29
date("2023-02-29") => null
date("2023-13-01") => null
date(@"2024-01-02T10:00:00") => @"2024-01-02"
date(2024, 2, 29) => @"2024-02-29"
date(2024, 2, 30) => null
date(2024, 1.5, 1) => null
date(1000000000, 1, 1) => null
time("12:30:00") => @"12:30:00"
time("12:30:00z") => @"12:30:00Z"
@"2024-01-02T10:00:00z" => @"2024-01-02T10:00:00+00:00"
time(@"2024-01-02T10:00:00Z") => @"10:00:00Z"
time(@"2024-01-02") => @"00:00:00Z"
time(12, 30, 15.5) => @"12:30:15.5"
time(12, 30, 0, @"PT1H") => @"12:30:00+01:00"
time(12, 30, 0, @"PT19H") => null
time(12, 30, 0, null) => @"12:30:00"
time(25, 0, 0) => null
time(1.5, 0, 0) => null
date and time("2024-01-02T10:00:00") => @"2024-01-02T10:00:00"
date and time(@"2024-01-02", @"10:00:00") => @"2024-01-02T10:00:00"
date and time(2024, 1, 2, 10, 0, 0) => @"2024-01-02T10:00:00"
date and time(2024, 1, 2, 10, 0, 0, @"-PT1H") => @"2024-01-02T10:00:00-01:00"
date and time(2024, 1, 2, 10, 0, 0, "Europe/Paris") => @"2024-01-02T10:00:00@Europe/Paris"
date and time(2024, 1, 2, 10, 0, 0, "+01:00") => @"2024-01-02T10:00:00+01:00"
date and time(2024, 1, 2, 25, 0, 0) => null
date and time(@"2024-07-02T10:00:00Z", "Europe/Paris") => @"2024-07-02T12:00:00@Europe/Paris"
date and time(@"2024-07-02T10:00:00Z", "No/Where") => null
duration("P1DT2H") => @"PT26H"
duration("P1Y1D") => null
years and months duration(@"2011-12-22", @"2013-08-24") => @"P1Y8M"
years and months duration(@"2013-08-24", @"2011-12-25") => @"-P1Y7M"
years and months duration(@"2024-01-31", @"2024-02-29") => @"P0M"
years and months duration(@"2024-02-29", @"2024-01-31") => @"P0M"
cycle(3, duration("PT1H")) => "R3/PT1H"
cycle(duration("P1M")) => "R/P1M"
day of week(@"2024-02-29") => "Thursday"
day of year(@"2024-02-29") => 60
month of year(@"2024-02-29") => "February"
week of year(@"2003-12-29") => 1
week of year(@"-2001-12-29") > 50 => true
last day of month(@"2024-02-01T10:00:00") => @"2024-02-29"
now() > @"2024-01-01T00:00:00Z" => true
today() > @"2024-01-01" => true
now(1) => null
"""

INTERVALS = r"""
before(1, 10) => true
before(10, 1) => false
before(1, [1..10]) => false
before(1, (1..10]) => true
before([1..5], 10) => true
before([1..5), [5..10]) => true
before([1..5], [5..10]) => false
after(10, 1) => true
after([5..10], [1..5)) => true
after(1, "a") => null
meets([1..5], [5..10]) => true
meets([1..5), [5..10]) => false
met by([5..10], [1..5]) => true
overlaps([1..5], [3..8]) => true
overlaps([1..5), [5..8]) => false
overlaps before([1..5], [3..8]) => true
overlaps before([3..8], [1..5]) => false
overlaps before([1..5], [2..4]) => false
overlaps after([3..8], [1..5]) => true
finishes(10, [1..10]) => true
finishes(10, [1..10)) => false
finishes([5..10], [1..10]) => true
finished by([1..10], 10) => true
includes([1..10], 5) => true
includes([1..10), [5..10]) => false
during(5, [1..10]) => true
during([1..10], [1..10]) => true
starts(1, [1..10]) => true
starts((1..5], [1..10]) => false
started by([1..10], 1) => true
coincides(5, 5) => true
coincides([1..5], [1..5)) => false
before(point1: 1, point2: 2) => true
range("[1..3]") => [1..3]
range("]\"a\"..\"c\"[") => ("a".."c")
range("[date(\"2024-01-01\")..@\"2024-01-02\"]") => [@"2024-01-01"..@"2024-01-02"]
range("[3..1]") => null
range("[1..a]") => null
range("[1..") => null
range("(< 5)") => null
range("5") => null
"""

TABLES = [NUMBERS, TEXTS, REGULAR, LISTS, CONTEXTS, CONVERSIONS, DATES, INTERVALS]
ROWS = [row for table in TABLES for row in rows(table)]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_value(text, expected):
    assert agree(text, expected)


def test_every_function_is_tested():
    called = " ".join(text for text, _ in ROWS)
    assert [name for name in FUNCTIONS if f"{name}(" not in called] == []


@pytest.mark.parametrize("name", sorted(FUNCTIONS.keys() - {"assert"}))
def test_nonsense_gives_null_or_a_value(name):
    for arguments in (
        "",
        "null",
        "1, 2, 3, 4, 5, 6, 7, 8, 9",
        "x: 1",
        "{}",
        "[]",
        '""',
        '"", ""',
        "function() 1",
    ):
        value(f"{name}({arguments})")
