"""Names in tables that look like slips are told; variables of a process are not."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from bpmn_xml.decisions import values as v
from bpmn_xml.decisions.doubts import doubts

from .make import decision, table, text

YEARS = v.InputData(id="years", name="years", type="number")

CASES = {
    "a text without its quotes": (["> 5 | senior", '- | "junior"'], ['senior: "senior"?']),
    "a text that stands elsewhere": (['> 5 | "a" + junior', '- | "junior"'], ['junior: "junior"?']),
    "like a text": (['> 5 | "a" + junoir', '- | "junior"'], ['junoir: "junior"?']),
    "no number": ([">= fve | 1", "- | 2"], ["fve: "]),
    "like an input": (["> yeers | 1", "- | total"], ["yeers: 'years'?", 'total: "total"?']),
    "known": (["> years | years", "? > 3 | cellInput", "- | sum([years])"], []),
    "several variables": (["> low | 1", "> high | 2"], []),
    "in a filter": (["- | count(years[amount > 1])", "- | 2"], []),
    "wrong": (["> ( | 1", "- | 2"], []),
    "not FEEL": (["- | ${other}", "- | 2"], []),
}


SLIPS = {
    "a function": (["> 5 | cuont([years])", "- | 2"], ["there is no function 'cuont'"]),
    "functions that are": (["- | for f in [1] return count([f])", "- | other(2)"], []),
    "and": ([">= 25 and <= 65 | 1"], ["'>= 25 and <= 65' holds for no value: 'and' joins truths"]),
    "or": (["1 or 2 | 1"], ["'1 or 2' holds for no value: 'or' joins truths"]),
    "truths": (["? > 3 and ? < 5 | 1", "true or years > 1 | 2", "null or ? > 1 | 3"], []),
}


@pytest.mark.parametrize(("rules", "expected"), SLIPS.values(), ids=SLIPS)
def test_slips(rules: list[str], expected: list[str]) -> None:
    asked = decision("d", table("FIRST", "x", *rules, inputs="years"))
    function = v.BusinessKnowledge(id="other", name="other")
    found = doubts([v.DecisionModel(elements=(asked, YEARS, function))])
    assert [one.message for one in found] == expected


POLICIES = {
    "a sum of one rule": (
        {"hit_policy": "UNIQUE", "aggregation": "SUM"},
        ["UNIQUE aggregates nothing, SUM has no effect"],
    ),
    "a sum": ({"hit_policy": "COLLECT", "aggregation": "SUM"}, []),
    "an order of nothing": (
        {"hit_policy": "PRIORITY"},
        ["PRIORITY needs to know which values come first, and no output lists its values"],
    ),
    "an order": (
        {"hit_policy": "OUTPUT ORDER", "outputs": (v.TableOutput(name="x", values=text("2, 1")),)},
        [],
    ),
    "an order of a type": (
        {"hit_policy": "PRIORITY", "outputs": (v.TableOutput(name="x", type="grade"),)},
        [],
    ),
}


@pytest.mark.parametrize(("changed", "expected"), POLICIES.values(), ids=POLICIES)
def test_hit_policies_that_cannot_do_what_is_asked(
    changed: dict[str, Any], expected: list[str]
) -> None:
    found = replace(table("FIRST", "x", "> 5 | 1", "- | 2", inputs="years"), **changed)
    grade = v.ItemType(name="grade", type="number", allowed=text("2, 1"))
    model = v.DecisionModel(types=(grade,), elements=(decision("d", found), YEARS))
    assert [one.message for one in doubts([model])] == expected


def told(*elements: v.DrgElement) -> list[str]:
    found = [one.message.removeprefix("nothing in this model gives ") for one in doubts([
        v.DecisionModel(elements=elements)
    ])]  # fmt: skip
    parts = [one.partition("; did you mean ") for one in found]
    return [f"{name.strip(chr(39))}: {near}" for name, _, near in parts]


@pytest.mark.parametrize(("rules", "expected"), CASES.values(), ids=CASES)
def test_names_in_cells(rules: list[str], expected: list[str]) -> None:
    assert told(decision("d", table("FIRST", "x", *rules, inputs="years"))) == expected


def test_an_input_is_told_if_it_is_like_what_is_required() -> None:
    first, second = (table("FIRST", "level", "> 5 | 1", inputs=name) for name in ("yeers", "levl"))
    other = decision("other", first, "years")
    asked = decision("d", second, "other")
    assert told(YEARS, other, asked) == ["yeers: 'years'?", "levl: 'level'?"]
    assert told(decision("d", first), decision("e", text("yeers"))) == []
