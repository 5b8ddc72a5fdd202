"""JSONPath of names and positions."""

from __future__ import annotations

import pytest

from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions.juel.jsonpath import found, is_known

ORDER = {
    "id": 7,
    "ship to": {"city": "Ulm"},
    "items": [{"price": 5}, {"price": 8, "tags": ["a", "b"]}, "gift"],
}

FOUND = {
    "$": ORDER,
    "$.id": 7,
    "$['id']": 7,
    '$["ship to"].city': "Ulm",
    "$.items[0].price": 5,
    "$.items[-1]": "gift",
    "$.items[*].price": [5, 8],
    "$.items.*.tags[0]": ["a"],
    "$['ship to'].*": ["Ulm"],
    "$.id.*": [],
    "$.id[*].none": [],
    "$.items.length()": 3,
    "$.items[*].length()": 3,
    "$.id.length()": None,
    "$.items[?(@.price > 5)]": [{"price": 8, "tags": ["a", "b"]}],
    "$.items[?( @.price <= 5.5 )].price": [5],
    "$.items[?(@.tags)].price": [8],
    "$.items[?(@.tags > 5)]": [],
    "$.items[?(@.price != null)].length()": 3,
    "$.items[?(@.price == null)]": [],
    "$[?(@.id == 7)].id": [7],
    "$[?(@.id == true)]": [],
    "$['ship to'][?(@.city == 'Ulm')].city": ["Ulm"],
    '$[?(@.items.price == "x")]': [],
}


@pytest.mark.parametrize("path", FOUND)
def test_what_a_path_leads_to(path: str) -> None:
    assert found(path, ORDER) == FOUND[path]


@pytest.mark.parametrize("path", ["$.none", "$.items[3]", "$.items[-4]", "$.id.none", "$.id[0]"])
def test_a_path_that_does_not_branch_leads_somewhere(path: str) -> None:
    with pytest.raises(ExpressionError, match="there is nothing at"):
        found(path, ORDER)


@pytest.mark.parametrize(
    "path",
    [
        "id",
        "",
        "$..price",
        "$[?(@ == 7)]",
        "$.items[?(@.price > 5 && @.tags)]",
        "$.items[0:2]",
        "$.items[0,1]",
        "$.min()",
        5,
        "$[?(@.id == x)]",
        "$[?(@.id == 07)]",
    ],
)
def test_other_paths_are_not_known(path: object) -> None:
    assert not is_known(str(path))
    with pytest.raises(ExpressionError, match="is no JSONPath that is read here"):
        found(path, ORDER)


def test_a_filter_compares_no_number_with_a_text() -> None:
    with pytest.raises(ExpressionError, match="compares a number with a text"):
        found("$.items[?(@.price == '5')]", ORDER)
