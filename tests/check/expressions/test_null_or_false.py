"""Parts of expressions that are hardly meant, names that are hardly names, numbers left out."""

from __future__ import annotations

import pytest

from bpmn_xml.check.checking import check
from bpmn_xml.check.expressions.conditions import TEXT
from bpmn_xml.check.expressions.null_or_false import (
    KINDS,
    NAMED_BY,
    NO_VALUE,
    NOUGHT,
    OTHER_CASE,
    UNWATCHED,
)
from bpmn_xml.check.expressions.uncovered_cases import LEFT_OUT
from bpmn_xml.check.shorthand import xml
from bpmn_xml.check.variables.misspelt import BLANKS, LITERAL
from tests.check.variables.test_dataflow import findings

ONE = "s > g\ng > a ? {}\ng > b\na > e\nb > e\nexclusiveGateway g default=g_b\n"
SLIPS = {
    "a date that there is not": ('= today() > date("2024-02-30")', NO_VALUE),
    "a duration that is none": ('= wait > @"PT5X"', NO_VALUE),
    "a date of true": ("= date(true) = b", NO_VALUE),
    "a date that there is": ('= today() > date("2024-02-29")', ""),
    "a number added to a date": ("= now() + 5 > due", NO_VALUE),
    "a number less than a text": ('= now() < "2026"', NO_VALUE),
    "a text and a number": ('= name + "x" + 1 = b', NO_VALUE),
    "texts": ('= "a" + name + "b" = b', ""),
    "a duration and a number": ('= duration("P3D") > 3', NO_VALUE),
    "a duration, twice": ('= now() + duration("P3D") * 2 > due', ""),
    "a date less a date": ('= today() - date("2026-01-01") > duration("P3D")', ""),
    "a moment and a date": ('= now() > date("2026-01-01")', ""),
    "a list and true": ("= [a] = true", NO_VALUE),
    "a text that is joined by or": ('= a = "x" or "y"', NO_VALUE),
    "flags that are joined by or": ('= a or contains(b, "y") or b = null', ""),
    "a context with a key twice": ("= {a: 1, a: 2}.a = b", NO_VALUE),
    "a range that is filtered": ("= count([1..9][item > 5]) = n", NO_VALUE),
    "a range that is looped over": ("= count((for i in 1..9 return i)[item > 5]) = n", ""),
    "a list that is filtered": ("= count([1, 9][item > 5]) = n", ""),
    "the position 0": ("= substring(name, 0, 1) = b", NOUGHT),
    "the position 1": ("= substring(name, 1, 1) = b", ""),
    "a function without its position": ("= substring(name) = name", NO_VALUE),
    "a number less": ("= amount - 5 > due", ""),
    "a text that is defined": ('= is defined("amount")', NO_VALUE),
    "nothing that is defined": ("= is defined()", NO_VALUE),
    "a name that is defined": ("= is defined(amount)", ""),
    "an argument too few": ("= substring(name) = 1", NO_VALUE),
    "an argument too many": ("= upper case(name, 2) = 1", NO_VALUE),
    "as many arguments as one likes": ("= sum(a, b, c, d) > 1", ""),
    "an argument that may be left out": ("= substring(name, 2) = other", ""),
    "arguments by name": ("= substring(string: name, start position: 2) = other", ""),
    "a function of one's own": ("= mine(name) = 1", ""),
    "a range that is joined": ("= n > 0 and < 5", NO_VALUE),
    "a comparison that is compared": ("= 0 < n < 5", NO_VALUE),
    "a text in other letters, meant": ('= a = "Ready" or a = "ready"', ""),
    "a text in other letters of another variable": ('= a = "DE" and b = "de"', ""),
    "a text in other letters, ordered": ('= a < "Ready" or b < "ready"', ""),
    "a date of data": ("= today() > date(day)", ""),
    "the item 0": ("= orders[0].paid", NOUGHT),
    "the item 1": ("= orders[1].paid", ""),
    "false as an item": ("= orders[false] = 1", ""),
    "a number in quotes": ('= amount > "100"', KINDS),
    "numbers in quotes everywhere": ('= zip >= "10000" and zip < "50000"', ""),
    "a text": ('= grade > "B"', ""),
    "a number and a text": ('= amount = 0 or amount = "none"', KINDS),
    "a number and a text of an entry": ('= a.b = 0 or "x" = a.b', KINDS),
    "an item of a call": ('= count(x) = 0 or f(x).b = "x"', ""),
    "nothing and a text": ('= amount = null or amount = "none"', ""),
    "a number and a text in JUEL": ("${amount == 0 || amount == '0'}", ""),
    "a variable named by another": ("${execution.getVariable(approved)}", NAMED_BY),
    "a variable named by its name": ("${execution.getVariable('approved')}", ""),
    "yes": ("= approved = yes", LITERAL),
    "nil": ("${approved != nil}", LITERAL),
    "a duration without quotes": ("= now() + P1D > due", LITERAL),
    "a text without quotes": ("= order_ + number = key", LITERAL),
    "letters of two alphabets": ("= \u0430pproved = 1", LITERAL),
    "letters of one alphabet": ("= \u0430\u0431\u0432 = 1", ""),
    "secrets": ("= secret.KEY = key", LITERAL),
    "a hyphen": ("= e-mail = null", LITERAL),
    "a difference": ("= price - rebate > 5", ""),
    "a difference of a number": ("= price-5 > 5", ""),
}
CODES = {OTHER_CASE, NO_VALUE, NOUGHT, KINDS, NAMED_BY, LITERAL, BLANKS}


@pytest.mark.parametrize(("condition", "code"), SLIPS.values(), ids=SLIPS)
def test_parts_of_an_expression(condition: str, code: str) -> None:
    found = {(one.code, one.id) for one in findings(ONE.format(condition)) if one.code in CODES}
    assert found == ({(code, "g_a")} if code else set())


def test_texts_are_told_where_other_flows_compare_numbers() -> None:
    text = 's > g\ng > a ? = n = 0\ng > b ? = n = true\ng > c ? = n = "0"\na > e\nb > e\nc > e\n'
    assert [one.id for one in findings(text) if one.code == KINDS] == ["g_c"]


LETTERS = {
    "other letters": ('= a = "Ready"', '= a != "ready"', ["g_a", "g_b"]),
    "other letters of a list": ('= a = "Late"', '= a = "ready"', ["g_a"]),
    "the letters of a list": ('= a = "late"', '= a != "late"', []),
    "another variable": ('= a = "DE"', '= b = "de"', []),
    "ordered": ('= a < "Ready"', '= a < "ready"', []),
    "meant": ('= a = "Ready" or a = "ready"', '= not(a = "Ready" or a = "ready")', []),
}


@pytest.mark.parametrize(("one", "other", "wanted"), LETTERS.values(), ids=LETTERS)
def test_texts_in_other_letters_elsewhere(one: str, other: str, wanted: list[str]) -> None:
    text = "{} g\ns > t > g\ng > a ? {}\ng > b ? {}\na > e\nb > e\ntask t\n"
    text += '  multiInstanceLoopCharacteristics\n    completionCondition : = ["late", "ready"]\n'
    found = findings(text.format("exclusiveGateway", one, other))
    assert [one.id for one in found if one.code == OTHER_CASE] == wanted


def test_a_collection_that_is_a_text() -> None:
    text = "s > t > e\ntask t\n  multiInstanceLoopCharacteristics\n    loopCardinality : {}\n"
    for cardinality, wanted in (('= "items"', ["t"]), ("= 3", []), ("= n", [])):
        found = findings(text.format(cardinality))
        assert [one.id for one in found if one.code == TEXT] == wanted, cardinality


TWO = "{} g\ns > g\ng > a ? {}\ng > b ? {}\na > e\nb > e\n"
RANGES = {
    "one number": ("= n > 5", "= n < 5", "is 5"),
    "some numbers": ("= n > 8", "= n <= 5", "is 6"),
    "the other way round": ("= 5 < n", "= n < 5", "is 5"),
    "none": ("= n > 5", "= n <= 5", ""),
    "none of whole numbers": ("= n >= 6", "= n <= 5", ""),
    "all on one side": ("= n > 5", "= n >= 5", "is 4"),
    "all on the other side": ("= n < 5", "= n <= 5", "is 6"),
    "what cannot be": ("= n > 0", "= n = 0", ""),
    "two variables": ("= n > 5", "= m < 5", ""),
    "neither flag nor number": ("= n", "= n > 5", ""),
    "texts": ('= n = "a"', '= n = "b"', ""),
    "a flag and a number": ("= n = true", "= n = 1", ""),
    "one flag twice": ("= n", "= n = true", "is false"),
    "a flag": ("= n", "= not(n)", ""),
    "a flag in JUEL": ("${n}", "${!n}", ""),
    "a flag that is compared": ("= n = false", "= n", ""),
    "a flag and what it is not": ("= n > m", "= n = false", ""),
    "a flag between": ("= n between a and b", "= n", ""),
    "a flag that is ordered": ("n", "m < n", ""),
    "a flag that is a number": ("n", "n + True", ""),
    "codes": ("= n = 1 or n = 2", "= n = 4", ""),
    "codes and what is more": ("= n = 1 or n = 3", "= n >= 6", ""),
    "a code and what is more": ("= n = 1", "= n > 2", "is 2"),
    "two numbers, and what is between two others": ("= n <= 0", "= n between 2 and 4", "is 1"),
    "JUEL": ("${n > 5}", "${n < 5}", "is 5"),
    "Python": ("n > 5", "n < 5", "is 5"),
    "an entry": ("= n.a > 5", "= n.a < 5", ""),
    "no comparison": ("= count(n)", "= not(n)", ""),
    "never": ("= n > 5 and n < 4", "= n > 5 and n < 3", ""),
    "what fails": ("n > 5", "n + 'a' > 5", ""),
}


@pytest.mark.parametrize(("one", "other", "told"), RANGES.values(), ids=RANGES)
def test_numbers_that_a_choice_leaves_out(one: str, other: str, told: str) -> None:
    found = findings(TWO.format("exclusiveGateway", one, other))
    wanted = [("g", f"none of its conditions holds where 'n' {told}")] if told else []
    assert [(one.id, one.message) for one in found if one.code == LEFT_OUT] == wanted


def test_an_inclusive_gateway_may_take_both() -> None:
    found = findings(TWO.format("inclusiveGateway", "= n > 5", "= n >= 5"))
    assert [one.id for one in found if one.code == LEFT_OUT] == []


FLAGS = {
    "two flags": ("= n and m", "= not(n)", "'m' is false and 'n' is true"),
    "two flags of their own": ("= n", "= m", ""),
    "two flags, and neither": ("= n or m", "= not(n) and not(m)", ""),
}


@pytest.mark.parametrize(("one", "other", "told"), FLAGS.values(), ids=FLAGS)
def test_flags_that_a_choice_leaves_out(one: str, other: str, told: str) -> None:
    found = findings(TWO.format("exclusiveGateway", one, other))
    wanted = [f"none of its conditions holds where {told}"] if told else []
    assert [one.message for one in found if one.code == LEFT_OUT] == wanted


def test_numbers_of_instances_that_are_misspelt() -> None:
    text = "s > t > e\ntask t\n  multiInstanceLoopCharacteristics\n    loopCardinality : = 3\n"
    text += "    completionCondition : = numberOfCompletedInstance > 1\n"
    assert [one.id for one in findings(text) if one.code == LITERAL] == ["t"]


WATCHING = (
    b'<conditionalEventDefinition xmlns:c="http://camunda.org/schema/1.0/bpmn" c:variableName="%s">'
)


@pytest.mark.parametrize(("name", "wanted"), [(b"invoiceID", ["c"]), (b"invoiceId", [])])
def test_a_condition_that_is_asked_where_another_variable_changes(
    name: bytes, wanted: list[str]
) -> None:
    text = xml(
        "executable\nintermediateCatchEvent c\n  conditionalEventDefinition\n"
        "    condition : ${invoiceId != null}\ns > c > e\n"
    ).replace(b"<conditionalEventDefinition>", WATCHING % name)
    found = check(text, aim="run")
    assert [one.id for one in found if one.code == UNWATCHED] == wanted
