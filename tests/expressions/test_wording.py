"""Words for people."""

from __future__ import annotations

from collections import UserDict
from decimal import Decimal

import pytest

from bpmn_xml.expressions.wording import describe


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "nothing (None)"),
        (True, "a boolean"),
        (1, "a number"),
        (Decimal(1), "a number"),
        ("", "text"),
        ((), "a list"),
        (UserDict(), "a mapping"),
        (b"", "a bytes"),
        (object(), "an object"),
    ],
)
def test_describe(value, words):
    assert describe(value) == words
