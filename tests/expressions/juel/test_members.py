"""What dots and brackets read, and what stays out of reach."""

from __future__ import annotations

from types import MappingProxyType, SimpleNamespace

import pytest

from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions.juel.members import entry, item, member


@pytest.mark.parametrize(
    ("read", "value", "key", "found"),
    [
        (member, {"a": 1}, "a", 1),
        (member, {"a": 1}, "b", None),
        (member, MappingProxyType({"a": 1}), "a", 1),
        (member, None, "a", None),
        (item, {"a": 1}, "a", 1),
        (item, {1: "one"}, 1, "one"),
        (item, {}, "b", None),
        (item, None, 0, None),
        (item, [1], None, None),
        (item, [1, 2], 1, 2),
        (item, (1, 2), "0", 1),
        (item, [1, 2], 1.9, 2),
        (item, [1, 2], 2, None),
        (item, [1, 2], -1, None),
        (item, range(5), 3, 3),
    ],
)
def test_read(read, value, key, found):
    assert read(value, key) == found


@pytest.mark.parametrize(
    ("read", "value", "key", "reason"),
    [
        (member, SimpleNamespace(a=1), "a", "not of a SimpleNamespace"),
        (member, "text", "length", "'.length' reads an entry of a mapping, not of text"),
        (member, [1], "size", "not of a list"),
        (item, "text", 0, "reads a list or a mapping, not text"),
        (item, SimpleNamespace(a=1), "a", "reads a list or a mapping, not a SimpleNamespace"),
        (item, [1], "a", "'a' cannot be read as an integer"),
        (item, {}, [], "a list cannot be the key"),
    ],
)
def test_out_of_reach(read, value, key, reason):
    with pytest.raises(ExpressionError, match=reason):
        read(value, key)


def test_entry_with_a_default():
    assert entry({"a": None}, "a", 1) is None
    assert entry({}, "a", 1) == 1
