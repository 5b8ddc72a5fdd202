"""The keys of mappings that functions return are read from their text."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from functools import wraps
from typing import Any

import pytest

from bpmn_xml.check.variables.returned import names_returned


def one(item: str) -> dict[str, Any] | None:
    if not item:
        return None
    return {"stock": 5, **globals(), item: 2}


def either(item: str) -> dict[str, Any]:
    return {"stock": 5} if item else dict(reason="sold out")  # noqa: C408 - as people write it


def several() -> Iterator[dict[str, int]]:
    for number in range(3):
        yield {"number": number}


async def later() -> AsyncIterator[dict[str, int]]:
    def inside() -> dict[str, int]:
        return {"inside": 1}

    yield {"number": inside()["inside"]}


def around(function: Callable[[], object]) -> Callable[[], object]:
    @wraps(function)
    def call() -> object:
        return function()

    return call


@around
def wrapped() -> object:
    return {"found": 1}


class Shop:
    def check(self) -> dict[str, int]:
        return {"stock": 1}


CASES: dict[str, tuple[object, set[str]]] = {
    "a mapping": (one, {"stock"}),
    "one of two": (either, {"stock", "reason"}),
    "a generator": (several, {"number"}),
    "what a function inside returns": (later, {"number"}),
    "what is wrapped": (wrapped, {"found"}),
    "a method": (Shop().check, {"stock"}),
    "a lambda": (lambda: {"stock": 1}, set()),
    "an object": (Shop(), set()),
    "no text": (print, set()),
    "a class": (Shop, set()),
}


@pytest.mark.parametrize(("function", "names"), CASES.values(), ids=CASES)
def test_the_keys_are_known(function: object, names: set[str]) -> None:
    assert names_returned(function) == names
