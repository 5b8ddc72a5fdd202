"""Decision models as files: each boxed expression, hit policy, type and import, with its value."""

from __future__ import annotations

from decimal import Decimal

import pytest

from .files import (
    DMN,
    call,
    choice,
    chosen,
    context,
    data,
    decided,
    decision,
    file,
    function,
    item,
    knowledge,
    lit,
    loop,
    service,
    table,
)

ROWS = (
    "<relation><column name='a'/><column name='b c'/>"
    + "".join(f"<row>{lit(a)}{lit(b)}</row>" for a, b in (("1", '"x"'), ("2", '"y"')))
    + "</relation>"
)
BOXED = {
    "a context": (context(a=lit("1"), b=lit("a + n")), {"a": 1, "b": 6}),
    "a context with a result": (context(lit("a * 2"), a=lit("n")), 10),
    "an entry that is not there yet": (context(a=lit("b"), b=lit("1")), {"a": None, "b": 1}),
    "a context in a context": (
        context(a=context(b=lit("n")), c=lit("a.b")),
        {"a": {"b": 5}, "c": 5},
    ),
    "an empty context": ("<context/>", {}),
    "a list": (f"<list>{lit('n')}{lit('n + 1')}</list>", [5, 6]),
    "an empty list": ("<list/>", []),
    "a relation": (ROWS, [{"a": 1, "b c": "x"}, {"a": 2, "b c": "y"}]),
    "a column of a relation": (context(lit("r.b c"), r=ROWS), ["x", "y"]),
    "a relation that is filtered": (context(lit('r[b c = "y"].a'), r=ROWS), [2]),
    "a function": (context(lit("f(2)"), f=function(lit("x * n"), "x")), 10),
    "a function with types": (context(lit('f("a")'), f=function(lit("x"), "x: number")), None),
    "a function of Java": (context(lit("f(2)"), f=function(context(), "x", kind="Java")), None),
    "a function of a model": (context(lit("f(2)"), f=function(context(), "x", kind="PMML")), None),
    "a function that calls itself": (
        context(lit("f(4)"), f=function(lit("if x = 0 then 1 else x * f(x - 1)"), "x")),
        24,
    ),
    "a function in a function": (
        context(lit("f(2)(3)"), f=function(function(lit("x * y"), "y"), "x")),
        6,
    ),
    "a call": (context(call("f", y=lit("1"), x=lit("n")), f=function(lit("x - y"), "x", "y")), 4),
    "a call without an argument": (
        context(call("f", x=lit("n")), f=function(lit("x"), "x", "y")),
        None,
    ),
    "a call of what is built in": (call("modulo", divisor=lit("3"), dividend=lit("n")), 2),
    "a call of nothing": (call("nosuch", x=lit("1")), None),
    "a choice": (choice("n > 1", lit('"many"'), lit('"few"')), "many"),
    "the other choice": (choice("n > 10", lit('"many"'), lit('"few"')), "few"),
    "a choice on null": (choice("null", lit("1"), lit("2")), 2),
    "a choice on a number": (choice("n", lit("1"), lit("2")), None),
    "choices in choices": (choice("n = 5", choice("n > 5", lit("1"), lit("2")), lit("3")), 2),
    "a filter": (chosen("[1, 2, 3]", "item > 1"), [2, 3]),
    "a filter of contexts": (chosen("[{a: 1}, {a: 2}]", "a = 2"), [{"a": 2}]),
    "a filter of nothing": (chosen("[]", "item > 1"), []),
    "a filter of null": (chosen("null", "true"), []),
    "a filter of one value": (chosen("7", "item > n"), [7]),
    "a filter by a position": (chosen("[1, 2, 3]", "1"), None),
    "a filter by null": (chosen("[1, 2, 3]", "null"), None),
    "a loop": (loop("for", "x", "[1, 2]", lit("x * n")), [5, 10]),
    "a loop over a range in brackets": (loop("for", "x", "[1..3]", lit("x")), [1, 2, 3]),
    "a loop over null": (loop("for", "x", "null", lit("x")), None),
    "a loop over one value": (loop("for", "x", "n", lit("x")), [5]),
    "a loop that counts": (loop("for", "x", "[7, 8]", lit("count(partial)")), [0, 1]),
    "a loop with two words": (loop("for", "my x", "[1]", lit("my x + 1")), [2]),
    "loops in loops": (
        loop("for", "x", "[1, 2]", loop("for", "y", "[x, n]", lit("x * y"))),
        [[1, 5], [4, 10]],
    ),
    "some": (loop("some", "x", "[1, 6]", lit("x > n")), True),
    "some of none": (loop("some", "x", "[]", lit("x > n")), False),
    "some with null": (loop("some", "x", "[null, 1]", lit("x > n")), None),
    "every": (loop("every", "x", "[6, 7]", lit("x > n")), True),
    "every of none": (loop("every", "x", "[]", lit("x > n")), True),
    "every with null": (loop("every", "x", "[null, 1]", lit("x > n")), False),
    "a table in a context": (
        context(lit("t + 1"), t=table("FIRST", "n -> x", "> 1 | 10", "- | 20")),
        11,
    ),
    "a table in a loop": (
        loop("for", "m", "[1, 9]", table("FIRST", "m -> x", "< 5 | 1", "- | 2")),
        [1, 2],
    ),
}


@pytest.mark.parametrize("case", BOXED)
def test_boxed(case):
    inner, expected = BOXED[case]
    found = decided("d", file(data("n", "number"), decision("d", inner, ">n")), n=5)
    assert found.value == expected


TABLES = {
    "unique": (table("UNIQUE", "n -> x", "< 5 | 1", "5 | 2", "> 5 | 3"), 2),
    "unique, two rules": (table("UNIQUE", "n -> x", "5 | 1", "> 4 | 1"), None),
    "unique, no rule": (table("UNIQUE", "n -> x", "6 | 1"), None),
    "unique, no rule, a default": (table("UNIQUE", "n -> x = 9", "6 | 1"), 9),
    "unique, two outputs": (table("UNIQUE", "n -> x; y", "5 | 1; 2"), {"x": 1, "y": 2}),
    "two outputs, no rule": (table("UNIQUE", "n -> x; y", "6 | 1; 2"), None),
    "two outputs, two defaults": (
        table("UNIQUE", "n -> x = 7; y = 8", "6 | 1; 2"),
        {"x": 7, "y": 8},
    ),
    "any, the same": (table("ANY", "n -> x", "5 | 1", "> 4 | 1.0"), 1),
    "any, another": (table("ANY", "n -> x", "5 | 1", "> 4 | 2"), None),
    "any, null and null": (table("ANY", "n -> x", "5 | null", "> 4 | null"), None),
    "first": (table("FIRST", "n -> x", "> 9 | 1", "> 4 | 2", "- | 3"), 2),
    "priority": (table("PRIORITY", 'n -> x: "c", "b", "a"', '5 | "a"', '> 4 | "b"'), "b"),
    "priority of two outputs": (
        table("PRIORITY", "n -> x: 2, 1; y: 1, 2", "5 | 1; 1", "5 | 2; 2", "5 | 2; 1"),
        {"x": 2, "y": 1},
    ),
    "rule order": (table("R", "n -> x", "5 | 3", "6 | 9", "- | 1"), [3, 1]),
    "rule order, no rule": (table("R", "n -> x", "6 | 3"), None),
    "output order": (table("O", "n -> x: 1, 2, 3", "5 | 3", "- | 1", "> 4 | 2"), [1, 2, 3]),
    "collect": (table("C", "n -> x", "5 | 3", "- | 3"), [3, 3]),
    "collect two outputs": (
        table("C", "n -> x; y", "5 | 3; 4", "- | 5; 6"),
        [{"x": 3, "y": 4}, {"x": 5, "y": 6}],
    ),
    "sum": (table("C SUM", "n -> x", "5 | 0.1", "- | 0.2"), Decimal("0.3")),
    "least": (table("C MIN", "n -> x", "5 | 3", "- | 1"), 1),
    "greatest": (table("C MAX", "n -> x", '5 | "a"', '- | "b"'), "b"),
    "number": (table("C COUNT", "n -> x", "5 | 3", "- | 3", "9 | 1"), 2),
    "number of none": (table("C COUNT", "n -> x", "9 | 3"), 0),
    "sum of texts": (table("C SUM", "n -> x", '5 | "a"'), None),
    "two inputs": (table("UNIQUE", "n; s -> x", '5; "b" | 1', '5; "a" | 2', '-; "c" | 3'), 2),
    "a computed input": (table("UNIQUE", "n * 2 -> x", "10 | 1", "5 | 2"), 1),
    "a computed output": (table("UNIQUE", "n -> x", "5 | n * n"), 25),
    "a context as an output": (table("UNIQUE", "n -> x", "5 | {a: n}.a"), 5),
    "a range": (table("UNIQUE", "n -> x", "[1..5) | 1", "[5..9] | 2"), 2),
    "negated": (table("FIRST", "n -> x", "not(5, 6) | 1", "not(> 5) | 2"), 2),
    "a value that is not allowed": (table("FIRST", "n: 1, 2 -> x", "5 | 1", "null | 2"), 2),
    "a value that is allowed": (table("FIRST", "n: [1..9] -> x", "5 | 1", "null | 2"), 1),
    "a cell that asks": (table("FIRST", "n -> x", "odd(?) and ? > 6 | 1", "odd(?) | 2"), 2),
    "a cell that names": (table("FIRST", "n -> x", "n + 1 | 1", "n | 2"), 2),
    "a list as an input": (table("FIRST", "l -> x", "list contains(?, 3) | 1", "[1, 2] | 2"), 2),
    "a date as an input": (
        table("FIRST", 'date("2024-02-29") -> x', '> date("2024-01-01") | 1'),
        1,
    ),
    "only a dash": (table("UNIQUE", "n -> x", "- | 1"), 1),
}


@pytest.mark.parametrize("case", TABLES)
def test_tables(case):
    inner, expected = TABLES[case]
    asked = decision("d", inner, ">n", ">s", ">l")
    found = decided("d", file(data("n"), data("s"), data("l"), asked), n=5, s="a", l=[1, 2])
    assert found.value == expected


AGE = item("age", "number", allowed="[0..150]")
GRADE = item("grade", "string", allowed='"a", "b", "c"')
PERSON = item("person", "", item(".name", "string"), item(".age", "age"))
TYPES = {
    "an allowed value": ("age", 20, 20),
    "one that is not": ("age", 200, None),
    "another kind": ("age", "20", None),
    "a list of one": ("age", [20], 20),
    "a text of a list": ("grade", "b", "b"),
    "none of it": ("grade", "z", None),
    "a structure": ("person", {"name": "A", "age": 1}, {"name": "A", "age": 1}),
    "with more": ("person", {"name": "A", "age": 1, "x": 2}, {"name": "A", "age": 1, "x": 2}),
    "with less": ("person", {"name": "A"}, None),
    "with what is not allowed": ("person", {"name": "A", "age": -1}, None),
    "a collection": ("people", [{"name": "A", "age": 1}], [{"name": "A", "age": 1}]),
    "one for a collection": ("people", {"name": "A", "age": 1}, [{"name": "A", "age": 1}]),
    "a collection with a wrong one": ("people", [{"name": "A", "age": 999}], None),
    "an empty collection": ("people", [], []),
    "allowed in each": ("grades", ["a", "b"], ["a", "b"]),
    "not allowed in one": ("grades", ["a", "z"], None),
    "a constraint on all": ("few", ["a"], ["a"]),
    "too many": ("few", ["a", "a", "a"], None),
    "a constraint": ("even", 4, 4),
    "not held": ("even", 5, None),
    "any": ("Any", {"x": [1]}, {"x": [1]}),
    "nothing given": ("age", None, None),
}
DEFINED = (
    AGE,
    GRADE,
    PERSON,
    item("people", "person", many=True),
    item("grades", "string", many=True, allowed='"a", "b"'),
    item("few", "string", many=True, constraint="count(?) < 3"),
    item("even", "number", constraint="even(?)"),
)


@pytest.mark.parametrize("case", TYPES)
def test_types(case):
    type_, given, expected = TYPES[case]
    inputs = file(*DEFINED, data("n", type_), decision("d", lit("n"), ">n"))
    results = file(*DEFINED, data("n"), decision("d", lit("n"), ">n", type_=type_))
    assert decided("d", inputs, n=given).value == expected
    assert decided("d", results, n=given).value == expected


F = knowledge("f", lit("x + 1"), "x: number", type_="number")
G = knowledge("g", call("f", x=lit("y * 2")), "y", requires="@f")
T = knowledge("t", table("FIRST", "x -> z", '> 5 | "much"', '- | "little"'), "x")
BASE = decision("base", lit("n * 10"), ">n")
DOUBLE = decision("double", lit("base * 2"), "#base")
MODELS = {
    "knowledge": ((F, decision("d", lit("f(n)"), ">n", "@f")), 6),
    "knowledge that is called": ((F, decision("d", call("f", x=lit("n")), ">n", "@f")), 6),
    "knowledge of a type": ((F, decision("d", lit('f("a")'), "@f")), None),
    "knowledge on knowledge": ((F, G, decision("d", lit("g(n)"), ">n", "@g")), 11),
    "a table as knowledge": ((T, decision("d", lit("t(n) + t(9)"), ">n", "@t")), "littlemuch"),
    "decisions on decisions": (
        (BASE, DOUBLE, decision("d", lit("double + base"), "#double", "#base")),
        150,
    ),
    "a service": (
        (BASE, DOUBLE, service("s", "double", "n"), decision("d", lit("s(1)"), "@s")),
        20,
    ),
    "a service with names": (
        (BASE, DOUBLE, service("s", "double", "n"), decision("d", lit("s(n: 2)"), "@s")),
        40,
    ),
    "a service in an invocation": (
        (BASE, DOUBLE, service("s", "double", "n"), decision("d", call("s", n=lit("3")), "@s")),
        60,
    ),
    "a service given a decision": (
        (BASE, DOUBLE, service("s", "double", "", "base"), decision("d", lit("s(7)"), "@s")),
        14,
    ),
    "a service with two outputs": (
        (BASE, DOUBLE, service("s", "double base", "n"), decision("d", lit("s(1)"), "@s")),
        {"double": 20, "base": 10},
    ),
    "a service without an argument": (
        (BASE, DOUBLE, service("s", "double", "n"), decision("d", lit("s()"), "@s")),
        None,
    ),
}


@pytest.mark.parametrize("case", MODELS)
def test_models(case):
    elements, expected = MODELS[case]
    assert decided("d", file(data("n", "number"), *elements), n=5).value == expected


OTHER = file(
    item("size", "number", allowed="< 100"),
    data("n", "size"),
    knowledge("f", lit("x * 2"), "x: size"),
    decision("half", lit("n / 2"), ">n"),
    namespace="urn:b",
)
IMPORT = f'<import name="other" namespace="urn:b" importType="{DMN}"/>'
IMPORTED = {
    "a function": (decision("d", lit("other.f(n)"), ">n", "@urn:b#f"), 10),
    "a decision": (decision("d", lit("other.half + 1"), "#urn:b#half"), Decimal("3.5")),
    "a type": (decision("d", lit("n * 20"), ">n", type_="other.size"), None),
    "an input": (decision("d", lit("other.n"), ">urn:b#n"), 5),
}


@pytest.mark.parametrize("case", IMPORTED)
def test_imports(case):
    asked = file(IMPORT, data("n"), IMPORTED[case][0])
    assert decided("d", asked, OTHER, n=5).value == IMPORTED[case][1]


TOLD = {
    "what a function gives": (
        (knowledge("f", lit('"x"'), "x", type_="number"), decision("d", lit("f(1)"), "@f")),
        "f: a value is not of its type, number",
    ),
    "what a service gives": (
        (
            decision("base", lit('"x"')),
            service("s", "base").replace('name="s">', 'name="s"><variable typeRef="number"/>'),
            decision("d", lit("s()"), "@s"),
        ),
        "s: a value is not of its type, number",
    ),
    "what a decision gives": (
        (decision("d", lit('"x"'), type_="number"),),
        "d: a value is not of its type, number",
    ),
    "an argument": (
        (knowledge("f", lit("x"), "x: number"), decision("d", lit('f("x")'), "@f")),
        "the argument x is not of its type, number",
    ),
    "a function that there is not": (
        (F, decision("d", lit("g(1)"), "@f")),
        "d: there is no function 'g'",
    ),
    "a function that is misspelt": (
        (decision("d", lit('strng length("a")')),),
        "d: there is no function 'strng length'; did you mean 'string length'?",
    ),
    "a function of Java": (
        (decision("d", context(lit("f(2)"), f=function(context(), "x", kind="Java"))),),
        "d: a function of kind Java cannot be called here, write it in FEEL",
    ),
}


@pytest.mark.parametrize("case", TOLD)
def test_why_there_is_no_value_is_told(case):
    elements, told = TOLD[case]
    found = decided("d", file(*elements))
    assert found.value is None
    assert any(told in problem for problem in found.problems)
