"""Decision tables: every hit policy and aggregation, cells, defaults, and what is forbidden."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from bpmn_xml.decisions import values as v
from bpmn_xml.errors import CheckError

from .make import result, table, text, value

RULES = ("> 0 | 10; 1", "> 10 | 30; 2", "> 20 | 20; 3", "> 30 | 20; 3")
ONE = tuple(rule.partition(";")[0] for rule in RULES)

POLICIES = [
    ("UNIQUE", "", 5, 10),
    ("UNIQUE", "", 15, None),
    ("UNIQUE", "", 0, None),
    ("FIRST", "", 25, 10),
    ("ANY", "", 5, 10),
    ("ANY", "", 15, None),
    ("PRIORITY", "", 25, 30),
    ("RULE ORDER", "", 25, [10, 30, 20]),
    ("OUTPUT ORDER", "", 25, [30, 20, 10]),
    ("COLLECT", "", 25, [10, 30, 20]),
    ("COLLECT", "LIST", 25, [10, 30, 20]),
    ("COLLECT", "SUM", 25, 60),
    ("COLLECT", "MIN", 25, 10),
    ("COLLECT", "MAX", 25, 30),
    ("COLLECT", "COUNT", 25, 3),
    ("COLLECT", "COUNT", 0, 0),
    ("COLLECT", "SUM", 0, None),
    ("COLLECT", "", 0, None),
]


def ranked(found: v.DecisionTable, values: str = "30, 20, 10") -> v.DecisionTable:
    """Return the table with its outputs' values in an order."""
    outputs = tuple(replace(output, values=text(values)) for output in found.outputs)
    return replace(found, outputs=outputs)


@pytest.mark.parametrize(("policy", "aggregation", "n", "expected"), POLICIES)
def test_each_hit_policy(policy, aggregation, n, expected):
    found = ranked(table(policy, "x", *ONE, aggregation=aggregation))
    assert value(found, n=n) == expected


def test_any_takes_what_all_rules_say():
    assert value(table("ANY", "x", "> 0 | 1", "> 1 | 1.0"), n=5) == 1


def test_several_outputs_are_a_context():
    found = table("RULE ORDER", "x y", *RULES)
    assert value(found, n=15) == [{"x": 10, "y": 1}, {"x": 30, "y": 2}]
    assert value(replace(found, hit_policy="FIRST"), n=15) == {"x": 10, "y": 1}


def test_priority_looks_at_the_outputs_one_after_the_other():
    rules = ('> 0 | "b"; 1', '> 0 | "a"; 1', '> 0 | "a"; 2', '> 0 | "z"; 2')
    found = table("OUTPUT ORDER", "x y", *rules)
    first, second = found.outputs
    outputs = (replace(first, values=text('"a", "b"')), replace(second, values=text("2, 1")))
    values = value(replace(found, outputs=outputs), n=5)
    assert [(one["x"], one["y"]) for one in values] == [("a", 2), ("a", 1), ("b", 1), ("z", 2)]


def test_priority_takes_the_order_of_the_type_where_the_table_has_none():
    grade = v.ItemType(name="grade", type="string", allowed=text('"best", "good"'))
    found = table("PRIORITY", "x", '> 0 | "good"', '> 1 | "best"')
    found = replace(found, outputs=(v.TableOutput(name="x", type="grade"),))
    assert value(found, types=(grade,), n=5) == "best"


def test_without_an_order_the_first_rule_comes_first():
    assert value(table("PRIORITY", "x", *ONE), n=25) == 10


DEFAULTS = [
    ("UNIQUE", "", 0),
    ("RULE ORDER", "", [0]),
    ("COLLECT", "", [0]),
    ("COLLECT", "LIST", [0]),
    ("COLLECT", "SUM", 0),
]


@pytest.mark.parametrize(("policy", "aggregation", "expected"), DEFAULTS)
def test_a_default_stands_where_no_rule_matches(policy, aggregation, expected):
    found = table(policy, "x", *ONE, aggregation=aggregation)
    found = replace(found, outputs=(v.TableOutput(name="x", default=text("0")),))
    assert value(found, n=-1) == expected


def test_an_output_without_default_is_null_beside_one_with():
    found = table("UNIQUE", "x y", *RULES)
    outputs = (v.TableOutput(name="x", default=text("0")), found.outputs[1])
    assert value(replace(found, outputs=outputs), n=-1) == {"x": 0, "y": None}


CELLS = [
    ("-", 5, True),
    ("", 5, True),
    ("5", 5, True),
    ("5, 7", 7, True),
    ("not(5, 7)", 7, False),
    ("[1..5)", 5, False),
    ("? > 4", 5, True),
    ("m", 5, True),
    ("m, 1", 1, True),
    ("null", None, True),
    ("> 4", None, False),
    ('"a"', "a", True),
    ('starts with(?, "a")', "abc", True),
    ("true", True, True),
    ("[1, 5]", 5, True),
]


@pytest.mark.parametrize(("cell", "n", "expected"), CELLS)
def test_cells_test_their_input(cell, n, expected):
    found = table("FIRST", "x", f"{cell} | 1", "- | 0")
    assert value(found, n=n, m=5) == int(expected)


def test_an_empty_result_is_null():
    assert value(table("FIRST", "x y", "- | ; -"), n=1) == {"x": None, "y": None}


def test_an_output_without_a_name_has_its_label_or_number():
    found = table("FIRST", "x y", "- | 1; 2")
    found = replace(found, outputs=(v.TableOutput(label="risk"), v.TableOutput()))
    assert value(found, n=1) == {"risk": 1, "output1": 2}


def test_a_value_that_an_input_may_not_have_matches_as_null():
    found = table("FIRST", "x", '"a" | 1', "null | 2", inputs="n")
    column = v.TableInput(label="letter", expression=text("n"), values=text('"b", "c"'))
    done = result(replace(found, inputs=(column,)), n="a")
    assert (done.value, done.problems) == (
        2,
        ("d: letter has none of the values that it may have",),
    )


NAMED = ["cellInput > 4", "count > 4", "? > 4", "odd(cellInput)"]


@pytest.mark.parametrize("cell", NAMED)
def test_cells_know_the_value_by_the_names_that_camunda_gives_it(cell):
    found = table("FIRST", "x", f"{cell} | 1", "- | 0")
    column = v.TableInput(variable="count", expression=text("n"))
    assert value(replace(found, inputs=(column,)), n=5) == 1


def test_cells_in_juel_know_it_too():
    found = table("FIRST", "x", "${count > 4} | 1", "${cellInput > 1} | ${n + 0}")
    column = v.TableInput(variable="count", expression=text("n"))
    assert [value(replace(found, inputs=(column,)), n=n) for n in (5, 2, 0)] == [1, 2, None]


TYPED = [
    ("integer", "> 4", "5", 1),
    ("integer", "> 4", "many", 0),
    ("long", "5", "5", 1),
    ("double", "> 1.4", "1.5", 1),
    ("number", "> 4", "5", 0),
    ("number", '"5"', "5", 1),
    ("string", '"5"', "5", 1),
    ("date", '> date and time("2024-01-01T09:00:00")', "2024-01-01T10:00:00", 1),
    ("boolean", "true", True, 1),
    ("boolean", "true", "true", 1),
    ("boolean", "false", "false", 1),
]


@pytest.mark.parametrize(("type_", "test", "given", "expected"), TYPED)
def test_an_input_is_read_as_its_type_says(type_, test, given, expected):
    """The numbers of Camunda 7 may come as texts; those of the standard may not."""
    found = table("FIRST", "x", f"{test} | 1", "- | 0")
    column = v.TableInput(type=type_, expression=text("n"))
    assert value(replace(found, inputs=(column,)), n=given) == expected


GIVES = [
    ("integer", '"5"', 5),
    ("double", '"1.5"', Decimal("1.5")),
    ("integer", '"many"', "many"),
    ("boolean", '"false"', False),
    ("date", '"2024-02-29"', date(2024, 2, 29)),
    ("number", '"5"', "5"),
    ("string", '"5"', "5"),
    ("long", "-", None),
]


@pytest.mark.parametrize(("type_", "cell", "expected"), GIVES)
def test_an_output_is_read_as_its_type_says(type_, cell, expected):
    found = table("FIRST", "x", f"- | {cell}")
    assert value(replace(found, outputs=(v.TableOutput(type=type_),)), n=1) == expected


def test_an_input_takes_dates_that_are_texts():
    found = table("FIRST", "x", '> date("2024-01-01") | 1', "- | 0")
    column = v.TableInput(type="date", expression=text("n"))
    assert value(replace(found, inputs=(column,)), n="2024-02-29") == 1
    assert value(replace(found, inputs=(column,)), n=5) == 0


FORBIDDEN = [
    (table("UNIQUE", "x", *ONE), ("d: 2 rules match, its hit policy allows one",)),
    (table("ANY", "x", *ONE), ("d: the rules that match differ, its hit policy forbids it",)),
]


@pytest.mark.parametrize(("found", "expected"), FORBIDDEN)
def test_what_a_hit_policy_forbids_is_told(found, expected):
    done = result(found, n=15)
    assert (done.value, done.violations, done.problems) == (None, expected, expected)


def test_what_cannot_be_aggregated_is_told():
    done = result(table("COLLECT", "x", '- | "a"', "- | 1", aggregation="SUM"), n=1)
    assert (done.value, done.problems) == (None, ("d: what its rules give cannot be aggregated",))


def test_a_table_that_aggregates_has_one_output():
    with pytest.raises(CheckError, match="BX505 d: it aggregates \\(SUM\\), and has 2 outputs"):
        result(table("COLLECT", "x y", "- | 1; 2", aggregation="SUM"), n=1)


def test_the_rules_that_match_are_told():
    found = table("COLLECT", "x", *ONE, aggregation="SUM")
    noted = tuple(replace(rule, id=f"r{at}", notes=("why",)) for at, rule in enumerate(found.rules))
    (match,) = result(replace(found, rules=noted), n=15).matches
    assert (match.decision, match.policy, match.inputs) == ("d", "C+", (("n", 15),))
    assert [(rule.number, rule.id, rule.outputs, rule.notes) for rule in match.rules] == [
        (1, "r0", (10,), ("why",)),
        (2, "r1", (30,), ("why",)),
    ]


def test_numbers_are_those_of_feel():
    assert value(table("FIRST", "x", "- | 0.1 + 0.2"), n=1) == Decimal("0.3")


def test_an_input_of_another_type_is_told() -> None:
    column = v.TableInput(type="integer", label="Age", expression=text("n"))
    found = replace(table("FIRST", "x", "- | 2"), inputs=(column,))
    assert result(found, n="x").problems == ("the input Age is not of its type, integer",)
    assert (result(found, n="5").problems, result(found, n=None).problems) == ((), ())
