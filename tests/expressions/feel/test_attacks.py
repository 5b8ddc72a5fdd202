"""Hostile texts: each is refused or harmless, soon and in small space."""

from __future__ import annotations

import gc
import time
import tracemalloc
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpmn_xml import expressions
from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions.limits import LimitError


def chained(entry: str) -> str:
    """Return sixty entries of a context, each made of the one before."""
    return ", ".join(entry.format(n, n - 1) for n in range(1, 60))


DOUBLED, OTHERS = chained("a{0}: [a{1}, a{1}]"), chained("b{0}: [b{1}, b{1}]")
MANY = "for i in 1..45000 return "
BOMBS = {
    "wide lists": MANY + "[" + "i," * 1_500 + "i]",
    "wide contexts": MANY + "{" + ",".join(f"a{n}:i" for n in range(900)) + "}.a1",
    "wide calls": MANY + "sum(" + "i," * 1_500 + "i)",
    "wide tests": MANY + "i in (" + "0," * 1_500 + "0)",
    "wide sums": MANY + " or ".join(["i+1<0"] * 900),
    "wide functions": MANY + "[" + "function(x) x," * 600 + "i]",
    "wide filters": "many[count([" + "item," * 1_500 + "item]) > 9999]",
    "wide bodies": "{f: function(n) [" + "n," * 1_500 + "n], r: " + MANY + "f(i)}.r",
    "wide dates": MANY + "[" + '@"2020-01-01"<@"2020-01-02",' * 250 + "i]",
    "zones": MANY + "[" + '@"2020-01-01T00:00:00@Europe/Paris"+@"P1D",' * 180 + "i]",
    "many zones": MANY + 'date and time(@"2020-01-01T00:00:00Z", "Europe/" + string(i))',
    "a long zone": MANY + 'date and time(@"2020-01-01T00:00:00Z", long)',
    "upper case": MANY + "upper case(long)",
    "parts of texts": MANY + 'substring after(substring(long, 2), "x")',
    "looking into texts": MANY + 'contains(long, "y")',
    "comparing texts": MANY + "long < same",
    "equal texts": MANY + "long = same",
    "ranges of texts": MANY + "range(long)",
    "powers of fractions": MANY + "[" + "1.1**1.1," * 900 + "i]",
    "logarithms": MANY + "exp(log(i))",
    "deviations": MANY + "stddev(many)",
    "sorted again": MANY + "sort(many)",
    "parts of lists": MANY + "partition(many, 1)",
    "loop": "for i in 1..1000000000 return i",
    "loops": "for a in 1..999, b in 1..999, c in 1..999 return a",
    "inner loops": "for a in 1..999 return for b in 1..999 return count([a, b])",
    "some": "some i in 1..99999, j in 1..99999 satisfies false",
    "every": "every i in 1..99999, j in 1..99999 satisfies true",
    "filter": "(for i in 1..99999 return i)[count([1..1][item > 0]) > 0]",
    "range of dates": 'for d in @"0001-01-01"..@"9999-12-31" return d',
    "huge range": "for i in -9999999999999999999999..9999999999999999999999 return 1",
    "growing text": 'for i in 1..99999 return string join(for j in 1..999 return "xxxxxxxxxxxx")',
    "doubled text": "{a0: long, " + chained("a{0}: a{1} + a{1}") + "}",
    "doubled lists": "{a0: [1], " + chained("a{0}: concatenate(a{1}, a{1})") + "}",
    "shared lists as text": "{a0: [1], " + DOUBLED + ", s: string(a59)}",
    "shared lists as json": "{a0: [1], " + DOUBLED + ", s: to json(a59)}",
    "shared lists flat": "{a0: [1], " + DOUBLED + ", s: flatten(a59)}",
    "shared lists equal": "{a0: [1], " + DOUBLED + ", b0: [1], " + OTHERS + ", s: a59 = b59}",
    "shared lists distinct": "{a0: [1], " + DOUBLED + ", s: distinct values([a59])}",
    "shared lists found": "{a0: [1], " + DOUBLED + ", b0: [1], " + OTHERS + ", s: a59 in [[b58]]}",
    "members": "{a0: [{n: 1}], " + DOUBLED + ", s: a59.n}",
    "recursion": "{f: function(n) f(n + 1), r: f(1)}.r",
    "wide recursion": "{f: function(n) if n < 1 then 1 else f(n - 1) + f(n - 1), r: f(30)}.r",
    "sorting": "sort(for i in 1..9999 return -i, function(a, b) sum(many) > a)",
    "sums": "for i in 1..99999 return sum(many)",
    "membership": "for i in 1..99999 return list contains(many, -1)",
    "partial": "for i in 1..99999 return partial",
    "pattern": 'matches(long, "(x+x+)+y")',
    "patterns": 'for i in 1..99999 return matches("xxxxxxxxxxxxxxxx", "(x+x+)+y")',
    "big pattern": 'matches(long, "' + "x?" * 900 + '")',
    "replacing": 'replace(long, "x", "' + "x" * 1000 + '")',
    "replacing by much": 'replace(long, "x", "' + "x" * 9_000 + '")',
    "replacing by nothing": 'replace(long, "(y)?x", "' + "$1" * 4_500 + '")',
    "splitting": 'split(long, "x")',
    "powers": "for i in 1..99999 return 1.23456789 ** 98765.4321",
    "brackets": "(" * 9_999,
    "filters": "a" + "[1" * 4_999,
    "calls": "f(" * 4_999,
    "contexts": "{a:" * 3_333,
    "ifs": "if a then b else " * 580,
    "functions": "function(a) " * 830,
    "words": "a " * 4_999 + "+",
    "names": "{" + ",".join(f"a-{n}:1" for n in range(1_000)) + "}",
    "types": "1 instance of " + "list<" * 1_900,
    "comments": "/*" * 4_999,
    "quotes": '"\\' * 4_999,
    "at": "@" * 9_999,
    "ranges": "[1.." * 2_499,
}
VARIABLES = {
    "long": "x" * 900_000,
    "same": "".join(["x"] * 900_000),
    "many": list(range(90_000)),
}


LONGEST = 2.0
"""Seconds; a tenth is meant, but machines are slow or shared or count what is covered. A bomb that
goes off takes minutes."""


def tried(text: str) -> float:
    """Return the seconds of processor time that it takes to refuse a text.

    What other tests have left in memory is not looked through meanwhile.
    """
    gc.freeze()
    started = time.process_time()
    try:
        with pytest.raises(ExpressionError) as caught:
            expressions.compile(text, "feel").evaluate(VARIABLES)
    finally:
        gc.unfreeze()
    assert len(str(caught.value)) < 400
    return time.process_time() - started


@pytest.mark.parametrize("bomb", BOMBS)
def test_no_bomb_goes_off(bomb):
    assert any(tried(BOMBS[bomb]) < LONGEST for _ in range(3))
    tracemalloc.start()
    try:
        tried(BOMBS[bomb])
        assert tracemalloc.get_traced_memory()[1] < 50_000_000
    finally:
        tracemalloc.stop()


WORK = [
    "sum(records[amount > 10].amount)",
    'records[amount = 3 and id > 5 and contains(name, "9")]',
    "every r in records satisfies r.amount >= 0 and r.id >= 0",
    "for r in records return if r.amount > 10 then r.amount * 2 else if r.id > 5 then 1 else 0",
    "for r in records return {a: r.id, b: r.amount, c: r.name, d: r.id + 1, e: r.amount * 2}",
    "for r in records return upper case(r.name)",
    "count(distinct values(records.amount)) + median(records.amount) + max(records.id)",
    'string join(records.name, ", ")',
    "sort(many)[1] + stddev(many) + count(reverse(many))",
    "sort(sublist(many, 1, 1000), function(a, b) a > b)[1]",
]
RECORDS = [{"id": n, "amount": n % 97, "name": f"record {n}"} for n in range(20_000)]


@pytest.mark.parametrize("text", WORK)
def test_ordinary_work_on_twenty_thousand_records_is_done(text):
    known = {"records": RECORDS, "many": list(range(20_000))}
    assert expressions.compile(text, "feel").evaluate(known) is not None


def test_a_text_is_paid_for_before_it_is_made():
    with pytest.raises(LimitError, match="makes a text of more than 1000000 characters"):
        expressions.compile("long + long", "feel").evaluate(VARIABLES)


def test_a_list_that_python_cannot_count_is_too_long():
    with pytest.raises(LimitError, match="makes a list of more than"):
        expressions.compile("for i in 1..1e30 return i", "feel").evaluate({})


def test_a_limit_says_that_it_is_one():
    with pytest.raises(LimitError, match="the expression takes too many steps") as caught:
        expressions.evaluate("for i in 1..99999 return [i, [i]]", {}, language="feel")
    assert caught.value.text


class Guarded:
    """An object among the variables."""

    secret = "s3cr3t"

    def __getattr__(self, name):
        raise AssertionError(name)


@pytest.mark.parametrize(
    "text",
    [
        "x.secret",
        "x.__class__",
        "x.__dict__",
        'get value(x, "secret")',
        "string(x)",
        "to json(x)",
        "x[1].secret",
        "x()",
        "x.secret()",
        "for i in x return i.secret",
        "[x].secret",
        "{x: x}.x.secret",
        "x + x",
        "x < x",
        "x = 1",
        "x in [x..x]",
        "-x",
        "count(x)",
        "x instance of Any",
        "get entries(x)",
        "function() x.secret",
        '"{0.secret}" + string(x)',
        "abs.__class__",
        'matches("s", x)',
        "not(x)",
        "x = x",
        "distinct values([x, x])",
        "x[item = x]",
        "x[secret = 1]",
    ],
)
def test_objects_of_python_are_opaque(text):
    found = expressions.evaluate(text, {"x": Guarded()}, language="feel")
    assert "s3cr3t" not in repr(found)


SIGNS = [*'()[]{}.,:+-*/<>="@?;\\ 1ax\n', "..", "**", "//", "/*", '"P1D"']
WORDS = """in/and/if/then/else/for i/return/some i/satisfies/instance of/function(/list<number>
between
true/null/not(/sum(/string(/date(/partial/item""".replace("\n", "/").split("/")
PIECES = [*SIGNS, *(f" {word} " for word in WORDS)]


@given(st.text(max_size=40) | st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_no_text_does_anything_but_have_a_value_or_an_error(text):
    with suppress(ExpressionError):
        compiled = expressions.compile(text, "feel")
        compiled.evaluate({"a": 1, "x": [1, 2]})
        compiled.explain({"a": 1})
