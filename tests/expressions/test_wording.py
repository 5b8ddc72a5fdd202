"""Words for people."""

from __future__ import annotations

import itertools
from collections import UserDict
from decimal import Decimal

import pytest

from bpmn_xml.expressions.wording import describe, did_you_mean, nearest
from bpmn_xml.wording import shorten


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "nothing (None)"),
        (True, "True or False"),
        (1, "a number"),
        (Decimal(1), "a number"),
        ("", "text"),
        ((), "a list"),
        (UserDict(), "a mapping"),
        (b"", "a bytes"),
    ],
)
def test_describe(value, words):
    assert describe(value) == words


def test_shorten():
    assert shorten("x" * 60) == "x" * 60
    assert shorten("x" * 61) == "x" * 57 + "..."


@pytest.mark.parametrize(
    ("name", "candidates", "words"),
    [
        ("amout", ["amount", "mount", "count"], "; did you mean 'amount' or 'mount'?"),
        ("amout", ["customer"], ""),
        ("amout", [], ""),
        ("amout", [1, None, "amount" * 1000], ""),
    ],
)
def test_did_you_mean(name, candidates, words):
    assert did_you_mean(name, candidates) == words


def test_endless_candidates_are_not_all_read():
    assert nearest("name7", (f"name{number}" for number in itertools.count()))[0] == "name7"
