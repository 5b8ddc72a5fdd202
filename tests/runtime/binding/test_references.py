"""What a drawing may name: functions, classes and methods that an allowed module defines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bpmn_xml.runtime.binding import codes
from bpmn_xml.runtime.binding.codes import RefusedError
from bpmn_xml.runtime.binding.imports import AllowedImports
from bpmn_xml.runtime.binding.references import Reference, find_object
from tests.runtime.binding.test_imports import write

SHOP = """
import functools
import json
import os
import subprocess
from os import system
from helpers import shared
from base import Base

alias = os.system
number = 3
bound = functools.partial(print, 1)
closure = lambda amount: amount

def charge(amount):
    return amount

@functools.cache
def cached(amount):
    return amount

@functools.wraps(charge)
def wrapped(amount):
    return amount * 2

class Stock(Base):
    class Inner:
        def deep(self):
            return "deep"

    def reserve(self):
        return self

    @staticmethod
    def static():
        return "static"

    @classmethod
    def of_class(cls):
        return cls.__name__

    run_it = os.system
    value = 3

class Popen(subprocess.Popen):
    pass

class Needs:
    def __init__(self, a): ...
    def work(self): ...
"""
BASE = "class Base:\n    def inherited(self):\n        return 'inherited'"
HELPERS = "def shared():\n    return 'shared'"


@pytest.fixture
def imports(tmp_path: Path) -> AllowedImports:
    return AllowedImports([write(tmp_path, shop=SHOP, helpers=HELPERS, base=BASE)])


FOUND: list[tuple[str, tuple[Any, ...], Any]] = [
    ("charge", (3,), 3),
    ("wrapped", (3,), 6),
    ("closure", (3,), 3),
    ("shared", (), "shared"),
    ("Stock.static", (), "static"),
    ("Stock.of_class", (), "Stock"),
    ("Stock.Inner.deep", (), "deep"),
    ("Stock.inherited", (), "inherited"),
]


@pytest.mark.parametrize(("name", "args", "result"), FOUND)
def test_found(imports: AllowedImports, name: str, args: tuple[Any, ...], result: Any) -> None:
    assert find_object(Reference("shop", name), imports)(*args) == result


def test_a_method_gets_a_fresh_object_each_time(imports: AllowedImports) -> None:
    reserve = find_object(Reference("shop", "Stock.reserve"), imports)
    assert reserve() is not reserve()


def test_a_class_is_found_as_it_is(imports: AllowedImports) -> None:
    assert isinstance(find_object(Reference("shop", "Stock"), imports), type)


REFUSED = [
    ("os:system", codes.NOT_ALLOWED, "no module 'os'"),
    ("builtins:eval", codes.NOT_ALLOWED, "no module 'builtins'"),
    ("bpmn_xml:run", codes.NOT_ALLOWED, "no module 'bpmn_xml'"),
    ("shop:system", codes.NOT_CALLABLE, "'system' is a builtin_function_or_method"),
    ("shop:alias", codes.NOT_CALLABLE, "'alias' is a builtin_function_or_method"),
    ("shop:os.system", codes.DEFINED_ELSEWHERE, "goes through module"),
    ("shop:os.path.join", codes.DEFINED_ELSEWHERE, "goes through module"),
    ("shop:json.dumps", codes.DEFINED_ELSEWHERE, "goes through module"),
    ("shop:charge.denied", codes.DEFINED_ELSEWHERE, "goes through function"),
    ("shop:Popen.kill", codes.DEFINED_ELSEWHERE, "'Popen.kill' is defined in subprocess"),
    ("shop:Stock.run_it", codes.NOT_CALLABLE, "'Stock.run_it' is a builtin"),
    ("shop:Stock.value", codes.NOT_CALLABLE, "'Stock.value' is a int"),
    ("shop:Stock.mro", codes.NOT_CALLABLE, "'Stock.mro' is a method_descriptor"),
    ("shop:number", codes.NOT_CALLABLE, "'number' is a int"),
    ("shop:bound", codes.NOT_CALLABLE, "'bound' is a partial"),
    ("shop:cached", codes.NOT_CALLABLE, "'cached' is a _lru_cache_wrapper"),
    ("shop:chrage", codes.NO_SUCH_NAME, "shop has no 'chrage'"),
    ("shop:Stock.reverse", codes.NO_SUCH_NAME, "shop has no 'Stock.reverse'"),
    ("shop:Needs.work", codes.NOT_CALLABLE, "cannot be made without arguments"),
]


@pytest.mark.parametrize(("text", "code", "message"), REFUSED)
def test_refused(imports: AllowedImports, text: str, code: str, message: str) -> None:
    with pytest.raises(RefusedError, match=message) as caught:
        find_object(Reference.parse(text), imports)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("text", "near"), [("shop:chrage", "charge"), ("shop:Stock.reserv", "reserve")]
)
def test_near_names_are_told(imports: AllowedImports, text: str, near: str) -> None:
    with pytest.raises(RefusedError) as caught:
        find_object(Reference.parse(text), imports)
    assert f"did you mean '{near}'?" in caught.value.remedy


@pytest.mark.parametrize(
    "text",
    [
        "",
        "shop",
        "shop:",
        ":charge",
        "../shop:charge",
        "/etc/shop:charge",
        "shop:charge()",
        "shop:charge; import os",
        "shop:__builtins__",
        "shop:Stock.__init__",
        "shop:charge.__globals__",
        "shop:_private",
        "python:python:shop:charge",
        "shop..orders:charge",
    ],
)
def test_malformed(text: str) -> None:
    with pytest.raises(ValueError, match=r"names no Python|something private"):
        Reference.parse(text)
