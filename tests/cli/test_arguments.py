"""Texts of the command line are read, or refused with what was expected."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

import pytest

from bpmn_xml.cli.arguments import pair, repeatable, whole_number

REFUSED = [
    (pair, "", "NAME=VALUE"),
    (pair, "a", "NAME=VALUE"),
    (pair, "=b", "NAME=VALUE"),
    (whole_number, "-1", "whole number from 0 on"),
    (whole_number, "1.5", "whole number from 0 on"),
]


@pytest.mark.parametrize(("read", "text", "wanted"), REFUSED)
def test_what_cannot_be_read(read: Callable[[str], object], text: str, wanted: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match=wanted):
        read(text)


def test_what_may_be_repeated_is_read_each_time() -> None:
    parser: Any = argparse.ArgumentParser()
    repeatable(parser, "--size", "N", "how many", whole_number)
    assert parser.parse_args([]).size == []
    assert parser.parse_args(["--size", "2", "--size", "0"]).size == [2, 0]
    assert "--size N" in parser.format_help()
