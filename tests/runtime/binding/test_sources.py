"""Where the Python of a task is looked for, in which order, and what counts as a name there."""

from __future__ import annotations

import types

import pytest

from bpmn_xml.runtime.binding import codes, naming
from bpmn_xml.runtime.binding.codes import RefusedError
from bpmn_xml.runtime.binding.decorator import task
from bpmn_xml.runtime.binding.sources import Sources, pick, public_names


def given() -> None: ...
def other() -> None: ...


@task("said-twice")
def first() -> None: ...


@task("said-twice")
def second() -> None: ...


class Shop:
    limit = 5

    def check_stock(self) -> None: ...
    def _hidden(self) -> None: ...


MODULE = types.ModuleType("shop")
MODULE.path, MODULE.own = types.ModuleType("os"), types.FunctionType(given.__code__, {})
MODULE.own.__module__ = "shop"
MODULE.foreign = given

NAMES = [
    ({"a": given, 7: given}, ["a"]),
    (Shop(), ["check_stock"]),
    (MODULE, ["own"]),
]


@pytest.mark.parametrize(("source", "names"), NAMES, ids=["mapping", "object", "module"])
def test_only_what_is_public_and_its_own_has_a_name(source: object, names: list[str]) -> None:
    assert public_names(source) == names
    assert all(pick(source, name) is not None for name in names)
    assert pick(source, "_hidden") is pick(source, "foreign") is pick(source, "limit") is None


class Closed(Shop):
    def __init__(self, key: str) -> None: ...


def test_a_class_is_as_good_as_objects_of_it() -> None:
    method = pick(Shop, "check_stock")
    assert method is not None
    assert method() is None
    with pytest.raises(RefusedError, match=r"^Closed\(\) cannot be made .* 'key'$") as refused:
        pick(Closed, "check_stock")
    assert refused.value.remedy == "give its __init__ defaults"


def test_what_is_given_comes_before_the_table_and_each_name_is_tried() -> None:
    sources = Sources(handlers=[{"b": given}, {"a": other, "b": other}], table={"a": "python:x:y"})
    rules = [sources.named(names) for names in (["a"], ["c", "b"], ["c"])]
    assert [found and (found.found, found.name, found.rule) for found in rules] == [
        (other, "a", naming.GIVEN),
        (given, "b", naming.GIVEN),
        None,
    ]


@pytest.mark.parametrize("name", ["check-stock", "Check stock", "org.acme.CheckStock"])
def test_objects_are_asked_for_names_as_python_spells_them(name: str) -> None:
    found = Sources(handlers=[{name: given}, Shop()]).conventional([name])
    assert found is not None
    assert (found.found.__name__, found.rule) == ("check_stock", naming.CONVENTION)


def test_the_function_that_was_registered_last_is_taken_if_its_module_may_be() -> None:
    sources = Sources()
    sources.imports = types.SimpleNamespace(defines=lambda _: True)  # type: ignore[assignment]
    found = sources.registered(["unknown", "said-twice"])
    assert found is not None
    assert found.found is second


REFUSED = [
    ("python:a", codes.MALFORMED),
    ("nonsense", codes.MALFORMED),
    ("python:os:system", codes.NOT_ALLOWED),
]


@pytest.mark.parametrize(("text", "code"), REFUSED)
def test_a_reference_that_may_not_be_followed_is_refused(text: str, code: str) -> None:
    with pytest.raises(RefusedError) as caught:
        Sources(table={"a": text}).named(["a"])
    assert caught.value.code == code
    assert caught.value.remedy
