"""Hostile texts: each is refused or harmless, in few steps and in small space; work is done."""

from __future__ import annotations

import tracemalloc
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpmn_xml import expressions
from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions.limits import MOST_VALUES, TEXT_STEPS, VALUE_STEPS, LimitError
from bpmn_xml.expressions.spending import SPENDING
from bpmn_xml.expressions.weight import count_values

from .bombs import GROWING, HARMLESS, SHAPES, chained


def spent_by(text: str, variables: dict[str, object]) -> tuple[int, str]:
    """Return how many steps a text takes, and why it is refused."""
    before, why = SPENDING.steps, ""
    try:
        expressions.compile(text, "feel").evaluate(variables)
    except ExpressionError as error:
        why = str(error)
    return SPENDING.steps - before, why


@pytest.mark.parametrize("shape", SHAPES)
def test_no_text_spends_more_than_is_its_own(shape):
    steps, why = spent_by(SHAPES[shape], {})
    assert steps <= TEXT_STEPS
    assert len(why) < 400
    assert bool(why) is (shape not in HARMLESS)


def peak_of(text: str, variables: dict[str, object]) -> int:
    """Return the bytes of memory that a text takes."""
    tracemalloc.start()
    try:
        spent_by(text, variables)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("shape", GROWING)
def test_no_text_takes_much_memory(shape):
    assert peak_of(SHAPES[shape], {}) < 50_000_000


@pytest.mark.parametrize(
    "text",
    [
        "for r in records return reverse(records)",
        "for r in records return get entries(r)",
        "for r in records return partial",
        "for r in records return {a: {b: {c: {d: [r, r, r, r]}}}}",
        "for r in records return function() r",
        "{f: function(n) if n = 0 then [] else [reverse(records), f(n - 1)], r: f(300)}.r",
        "partition(for r in records return [r], 1)",
        'for r in records return split("aaaaaaaaaaaaaaa", "")',
        "from json(to json([records, records]))",
    ],
)
def test_however_much_data_there_is_memory_has_an_end(text):
    assert peak_of(text, {"records": RECORDS[:2_000]}) < 60_000_000


def test_what_is_tried_once_more_to_say_why_has_its_limit_too():
    lucky = 'if random number() < 0.5 then assert(1, false, "no") else '
    bomb = lucky + "for i in 1..90000 return [i]"
    for _ in range(20):
        assert spent_by(bomb, {})[0] <= 2 * TEXT_STEPS


MANY = "for i in 1..45000 return "
BOMBS = {
    "a long zone": MANY + 'date and time(@"2020-01-01T00:00:00Z", long)',
    "upper case": MANY + "upper case(long)",
    "parts of texts": MANY + 'substring after(substring(long, 2), "x")',
    "looking into texts": MANY + 'contains(long, "xy")',
    "comparing texts": MANY + "long < same",
    "equal texts": MANY + "long = same",
    "ranges of texts": MANY + "range(long)",
    "deviations": MANY + "stddev(many)",
    "sorted again": MANY + "sort(many)",
    "parts of lists": MANY + "partition(many, 1)",
    "pairs": "for a in many, b in many return [a, b]",
    "threes": "some a in many, b in many, c in many satisfies a > b + c + 90000",
    "filters in loops": "for a in many return many[item > a and item < 0]",
    "doubled text": "{a0: long, " + chained("a{0}: a{1} + a{1}") + "}",
    "sorting": "sort(many, function(a, b) sum(many) > a + sum(many[item > b]))",
    "sums": MANY + "sum(many)",
    "membership": MANY + "list contains(many, -1)",
    "pattern": 'matches(long, "((x+x+)+y){30}")',
    "big pattern": 'matches(long, "' + "x?" * 900 + '")',
    "replacing": 'replace(long, "x", "' + "x" * 1000 + '")',
    "replacing by much": 'replace(long, "x", "' + "x" * 9_000 + '")',
    "replacing by nothing": 'replace(long, "(y)?x", "' + "$1" * 4_500 + '")',
    "splitting": MANY + 'split(long, "x")',
    "JSON": MANY + "from json(to json(many))",
    "recursion": "{f: function(n, m) f(n + 1, concatenate(m, many)), r: f(1, many)}.r",
}
VARIABLES = {
    "long": "x" * 9_000,
    "same": "".join(["x"] * 9_000),
    "many": list(range(400)),
    "unread": list(range(20_000)),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_no_text_makes_a_bomb_of_little_data(bomb):
    text = BOMBS[bomb]
    names = expressions.compile(text, "feel").names
    values = count_values(VARIABLES[name] for name in names if name in VARIABLES)
    steps, why = spent_by(text, VARIABLES)
    assert steps <= (TEXT_STEPS + VALUE_STEPS * values)
    assert why


def test_data_that_is_not_read_gives_no_steps():
    assert spent_by("for i in 1..90000 return i", VARIABLES)[0] <= TEXT_STEPS


def test_the_data_that_counts_has_an_end():
    endless: list[object] = []
    endless.append(endless)
    most = [1] * (MOST_VALUES * 2)
    assert count_values([endless]) < 5
    assert count_values([most]) == MOST_VALUES
    assert count_values([[most] * 9]) == MOST_VALUES


@pytest.mark.parametrize(
    ("text", "most"),
    [
        ("sum(records[amount > 10].amount)", 3),
        ('records[amount = 3 and id > 5 and contains(name, "9")]', 4),
        ("every r in records satisfies r.amount >= 0 and r.id >= 0", 4),
        (
            "for r in records return if r.amount > 9 then r.amount else if r.id > 5 then 1 else 0",
            6,
        ),
        ("for r in records return {a: r.id, b: r.amount, c: r.name, d: r.id + 1}", 8),
        ("for r in records return upper case(r.name)", 5),
        ('for r in records return context put(r, "gross", r.amount * 1.19)', 8),
        ("count(distinct values(records.amount)) + median(records.amount)", 6),
        ('string join(records.name, ", ")', 2),
        ("sort(many)[1] + stddev(many) + count(reverse(many))", 30),
        ("sort(many, function(a, b) a > b)[1]", 60),
        ("sort(records, function(a, b) a.amount < b.amount or a.name < b.name)[1]", 80),
        ("for i in 1..count(many) return if i = 1 then 1 else partial[-1] + many[i]", 9),
        ("for n in 1..20 return sum(records[modulo(id, 20) = n].amount)", 100),
        ('for r in records return matches(r.name, "^record [0-9]+$")', 70),
        ('replace(document, "[0-9]+", "#")', 80),
        ("to json(records)", 14),
        ("from json(to json(records))", 24),
    ],
)
def test_ordinary_work_on_twenty_thousand_records_is_done(text, most):
    """In so many steps for each of them."""
    steps, why = spent_by(
        text, {"records": RECORDS, "many": NUMBERS, "document": "a line 42 " * 2_000}
    )
    assert why == ""
    assert steps <= most * 20_000


RECORDS = [{"id": n, "amount": n * 7_919 % 20_011, "name": f"record {n}"} for n in range(20_000)]
NUMBERS = [record["amount"] for record in RECORDS]
HUNDREDS = {
    "orders": [
        {"id": n, "customer": n * 7 % 500, "total": n * 3, "open": n % 2 == 0} for n in range(500)
    ],
    "customers": [{"id": n, "name": f"customer {n}", "city": "Riga"} for n in range(500)],
    "numbers": list(range(200)),
}


@pytest.mark.parametrize(
    "text",
    [
        "for o in orders return customers[id = o.customer][1].name",
        "for a in numbers, b in numbers return a * b",
        "for o in orders return sort(for n in [3, 1, 2] return n * o.id)[1]",
        "for i in 1..10000 return i * i",
        'count(for d in @"2000-01-01"..@"2020-12-31" return d)',
        "sort(for i in 1..400 return modulo(i * 7919, 2003), function(a, b) a < b)",
        "{f: function(n) if n < 2 then n else f(n - 1) + f(n - 2), r: f(15)}.r",
    ],
)
def test_work_on_hundreds_of_pairs_and_on_small_ranges_is_done(text):
    assert spent_by(text, HUNDREDS)[1] == ""


def test_a_text_is_paid_for_before_it_is_made():
    with pytest.raises(LimitError, match="makes a text of more than 1000000 characters"):
        expressions.compile("long + long", "feel").evaluate({"long": "x" * 600_000})


@pytest.mark.parametrize(
    "text",
    [
        "n * 1.19 > 100 and n - 1 < 5",
        "s + s",
        's in ("x", "y")',
        "n in [1..9]",
        'if n / 2 = 1 then s else "x"',
    ],
)
def test_a_few_signs_are_not_metered(text):
    assert spent_by(text, {"n": 2, "s": "x"}) == (0, "")


def test_what_is_not_metered_makes_little():
    joined = " and ".join(["s + t = t + s"] * 4)
    longest = {"s": "x" * 500_000, "t": "y" * 500_000}
    assert spent_by(joined, longest)[1] == ""
    assert peak_of(joined, longest) < 10_000_000
    assert "makes a text of more than" in spent_by("s + t + s", longest)[1]


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
