"""What several verbs declare of their arguments: how texts are read, what may be repeated."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any


def pair(text: str) -> tuple[str, str]:
    """Split `name=value` into its two parts.

    >>> pair("a=b=c")
    ('a', 'b=c')
    """
    name, equals, value = text.partition("=")
    if not name or not equals:
        raise argparse.ArgumentTypeError(f"{text!r} is not of the form NAME=VALUE")
    return name, value


def whole_number(text: str) -> int:
    """Read a whole number from 0 on."""
    try:
        number = int(text)
    except ValueError:
        number = -1
    if number < 0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 0 on")
    return number


def repeatable(
    group: Any, option: str, metavar: str, text: str, read: Callable[[str], Any] = str
) -> None:
    """Declare an option that may be given several times, each time with a text that is read."""
    group.add_argument(
        option, metavar=metavar, action="append", default=[], type=read, help=f"{text}; repeatable"
    )
