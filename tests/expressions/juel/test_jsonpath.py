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
    ["id", "", "$..price", "$.items[?(@.price > 5)]", "$.items[0:2]", "$.items[0,1]", "$.min()", 5],
)
def test_other_paths_are_not_known(path: object) -> None:
    assert not is_known(str(path))
    with pytest.raises(ExpressionError, match="is no JSONPath of names and positions"):
        found(path, ORDER)
