"""Variables as mappings: layers, and copies in which what is told can still be asked for."""

from __future__ import annotations

import json

import pytest

from bpmn_xml.core.values import copied, layered
from bpmn_xml.expressions.told import Copy, Told

TOLD = Told({"a": lambda n: n, "half": lambda n: n / 2}, 5)


@pytest.mark.parametrize(
    "names",
    [layered(TOLD, {"b": 1}), layered({"b": 1}, layered({}, TOLD)),
     copied(layered(TOLD, {"b": 1})), Copy({"b": 1}, TOLD)],
)  # fmt: skip
def test_what_is_told_outlives_copies_and_is_in_no_list(names: dict[str, object]) -> None:
    copy = copied(names)
    assert (copy["half"], copy.get("half"), "half" in copy, copy.get("c", 3)) == (2.5, 2.5, True, 3)
    assert (copy["b"], copy.get("b"), "b" in copy, "c" in copy) == (1, 1, True, False)
    assert {**copy} == json.loads(json.dumps(copy)) == {"b": 1}
    with pytest.raises(KeyError):
        copy["c"]


def test_a_variable_that_is_nearer_than_what_is_told_counts() -> None:
    assert copied(layered({"a": 1}, TOLD))["a"] == 1


def test_plain_variables_are_plain_copies() -> None:
    now = {"a": 1}
    copy = copied(now, lambda names: {**names, "b": 2})
    now["a"] = 3
    assert (type(copy), copy) == (dict, {"a": 1, "b": 2})
