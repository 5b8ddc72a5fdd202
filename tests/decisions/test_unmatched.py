"""What is told when no rule of a table matches, and of what a table may not give."""

from __future__ import annotations

import pytest

from bpmn_xml.decisions import decide
from bpmn_xml.decisions import values as v

from .make import decision, entry, parameters, result, table, text

KINDS = [
    ("5", ("> 1", "[2..9]"), ["d: n is a string, its tests are for a number"]),
    (5, ('"a"', '"b", "c"'), ["d: n is a number, its tests are for a string"]),
    (5, ('"a"', '@"2020-01-01"'), ["d: n is a number, its tests are for a date or a string"]),
    (True, ("1", "2"), ["d: n is a boolean, its tests are for a number"]),
    ([5], ("< 3", "null"), ["d: n is a list, its tests are for a number"]),
    (5, ("> 9", "< 1"), []),
    (None, ("> 9", "< 1"), []),
    ("5", ("> 9", "limit"), []),
    ("5", ("> 9", "? = 4"), ["d: '? = 4' was null: '=' has no result for these values"]),
    (5, ("> 9", '"a"'), []),
    (5, ('< number("x")',), ["d: '< number(\"x\")' was null: number() has no result"]),
    (5, ('? + "a" = 1', "-1"), ["d: '? + \"a\" = 1' was null: '+' has no result"]),
    (5, ("< limit.a.b",), ["d: '< limit.a.b' was null: there is no 'a' in what stands"]),
    (5, ("? > limit.b and ? < 9",), []),
]


@pytest.mark.parametrize(("value", "tests", "told"), KINDS)
def test_why_no_rule_matches_is_told(value, tests, told):
    rules = [f"{test} | {number}" for number, test in enumerate(tests)]
    done = result(table("UNIQUE", "x", *rules), n=value, limit={"b": 7})
    assert done.value is None
    assert len(done.problems) == len(told)
    assert all(part in said for part, said in zip(told, done.problems, strict=True))


@pytest.mark.parametrize("policy", ["FIRST", "COLLECT", "RULE ORDER"])
def test_nothing_is_told_of_tests_where_a_rule_matches(policy):
    found = table(policy, "x", "> 1 | 1", '? + "a" = 1 | 2', "- | 3")
    assert result(found, n="5").problems == ()


def test_of_a_value_that_is_not_of_the_type_of_its_input_that_is_told():
    inputs = (v.TableInput(expression=text("n"), type="number"),)
    found = v.DecisionTable(hit_policy="FIRST", inputs=inputs, outputs=(v.TableOutput(name="x"),))
    done = result(found, n="5")
    assert done.problems == ("the input n is not of its type, number",)


@pytest.mark.parametrize(
    ("policy", "given", "problems"),
    [
        ("FIRST", '"high"', ()),
        ("FIRST", '"hgih"', ("d: x has none of the values that it may have",)),
        ("PRIORITY", '"hgih"', ("d: x has none of the values that it may have",)),
        ("COLLECT", "7", ("d: x has none of the values that it may have",)),
        ("FIRST", "null", ()),
    ],
)
def test_outputs_of_other_values_than_they_may_have_are_told(policy, given, problems):
    outputs = (v.TableOutput(name="x", values=text('"high", "low"')),)
    rules = (v.TableRule(tests=(text("-"),), results=(text(given),)),)
    inputs = (v.TableInput(expression=text("n")),)
    found = v.DecisionTable(hit_policy=policy, inputs=inputs, outputs=outputs, rules=rules)
    assert result(found, n=1).problems == problems


def model(words: str, *arguments: v.BoxedEntry) -> v.DecisionModel:
    """Return a function of two parameters and a decision that calls it."""
    knows = v.BoxedFunction(parameters=parameters("a", "b"), body=text("a + b"))
    called = v.BoxedInvocation(function=text("add"), arguments=arguments)
    logic = called if arguments else text(words)
    share = v.BusinessKnowledge(id="add", name="add", logic=knows)
    return v.DecisionModel(elements=(share, decision("d", logic, "add")))


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (model("add(1, 2)"), ""),
        (model("add(1)"), "d: 'add(1)' was null: the function takes (a, b), 1 argument is given"),
        (model("add(1, 2, 3)"), "the function takes (a, b), 3 arguments are given"),
        (model("add(a: 1, c: 2)"), "the function takes (a, b), not (a, c)"),
        (model("{f: 5}.f(1)"), "a number is no function"),
        (model("", entry("a", "1"), entry("b", "2")), ""),
        (model("", entry("a", "1")), "d: the function takes (a, b), not (a)"),
        (model("", entry("a", "1"), entry("z", "2")), "d: the function takes (a, b), not (a, z)"),
    ],
)
def test_calls_with_other_arguments_are_told(found, told):
    done = decide(found, "d", {})
    assert len(done.problems) == bool(told)
    assert done.value == (None if told else 3)
    assert all(told in problem for problem in done.problems)


def factorial(*requires: str) -> v.DecisionModel:
    """Return a function that calls itself, and a decision that calls it."""
    body = text("if n < 2 then 1 else n * factorial(n - 1)")
    knows = v.BusinessKnowledge(
        id="factorial",
        name="factorial",
        logic=v.BoxedFunction(parameters=parameters("n"), body=body),
        requires=tuple(map(v.Requirement, requires)),
    )
    return v.DecisionModel(elements=(knows, decision("d", text("factorial(5)"), "factorial")))


@pytest.mark.parametrize("requires", [(), ("factorial",)])
def test_a_business_knowledge_model_may_call_itself(requires):
    assert decide(factorial(*requires), "d", {}).value == 120
