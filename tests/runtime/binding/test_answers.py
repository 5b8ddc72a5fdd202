"""Results and exceptions as commands, whatever a handler gives back or raises."""

from __future__ import annotations

import collections
import types
from typing import Any

import pytest

from bpmn_xml.errors import BpmnError
from bpmn_xml.runtime.binding.answers import HandlerError, exception_names, values_of
from tests.runtime.harness import bench

VALUES: list[tuple[Any, Any]] = [
    (None, None),
    ({}, {}),
    ({"a": 1}, {"a": 1}),
    (types.MappingProxyType({"a": 1}), {"a": 1}),
    (collections.ChainMap({"a": 1}, {"b": 2}), {"a": 1, "b": 2}),
    (0, {"t": 0}),
    (False, {"t": False}),
    ("", {"t": ""}),
    ([1], {"t": [1]}),
]


@pytest.mark.parametrize(("result", "values"), VALUES)
def test_values(result: Any, values: Any) -> None:
    assert values_of(result, "t") == values


def test_values_are_a_copy() -> None:
    result = {"a": 1}
    values = values_of(result, "t")
    result["a"] = 2
    assert values == {"a": 1}


class Name(str):
    __slots__ = ()


@pytest.mark.parametrize("key", [1, None, ("a",), b"a", Name("a")])
def test_keys_must_be_text(key: Any) -> None:
    with pytest.raises(HandlerError, match="a mapping with the key"):
        values_of({key: 1}, "t")


class Hostile(collections.UserDict[str, Any]):
    def __iter__(self) -> Any:
        raise RuntimeError("no keys")


class UnspeakableError(Exception):
    def __str__(self) -> str:
        raise RuntimeError("no words")


class Unformattable(Exception):  # noqa: N818 - it is one in every way
    @property
    def __notes__(self) -> Any:
        raise RuntimeError("no notes")


class Future:
    def __await__(self) -> Any:
        yield


class LostError(BpmnError):
    def __init__(self) -> None:
        super().__init__("LOST")
        self.code = 404  # type: ignore[assignment] # what authors do


def raises(error: BaseException) -> Any:
    def handler() -> None:
        raise error

    return handler


def endless() -> None:
    endless()


def generates() -> Any:
    return (value for value in "ab")


def asks(job: Any) -> None: ...


# handler, the beginning of the incident's message
FAILURES = [
    (lambda: {1: 2}, "its Python gave a mapping with the key"),
    (raises(BpmnError("E", "", {1: 2})), "its Python gave a mapping with the key"),  # type: ignore[dict-item]
    (
        asks,
        "its Python needs the variable 'job' (a parameter that takes the task is called 'context')",
    ),
    (lambda: Hostile(a=1), "RuntimeError: no keys"),
    (lambda: Future(), "its Python returned a Future that nobody runs"),
    (raises(Unformattable()), f"{__name__}.Unformattable"),
    (generates, "its Python returned a generator that"),
    (
        raises(UnspeakableError()),
        "tests.runtime.binding.test_answers.UnspeakableError: (a UnspeakableError",
    ),
    (raises(ValueError("x" * 100_000)), "ValueError: xxx"),
    (raises(MemoryError()), "MemoryError"),
    (raises(GeneratorExit()), "GeneratorExit"),
    (raises(ExceptionGroup("two", [ValueError(1), OSError(2)])), "ExceptionGroup: two (2 sub"),
    (endless, "RecursionError: maximum recursion depth"),
]


@pytest.mark.parametrize(("handler", "message"), FAILURES)
@pytest.mark.parametrize("workers", [0, 1])
def test_failures_are_incidents(handler: Any, message: str, workers: int) -> None:
    with bench("s > t1 > e", {"t1": handler}, workers) as it:
        (incident,) = it.run().incidents
        assert incident.message.startswith(message)
        assert len(incident.message) < 2_200
        assert bool(incident.detail) is not message.startswith("its Python")


def test_a_bpmn_error_with_a_number_for_a_code() -> None:
    with bench("s > t1 > e; t1 !404:b1; b1 > e2", {"t1": raises(LostError())}, 0) as it:
        run = it.run()
        assert run.variables == {"caught": "404"}


def test_names_of_exceptions_are_those_of_the_class_and_its_bases() -> None:
    class LateError(TimeoutError):
        pass

    names = exception_names(LateError)
    assert names[0].startswith("tests.runtime.binding.test_answers.test_names")
    assert names[1].endswith("LateError")
    assert names[2:] == ("TimeoutError", "OSError", "Exception", "BaseException")


@pytest.mark.parametrize(
    "code",
    [
        "KeyError",
        "LookupError",
        "Exception",
        "tests.runtime.binding.test_answers.MissingError",
        "MissingError",
    ],
)
def test_a_boundary_event_catches_an_exception_by_any_of_its_names(code: str) -> None:
    with bench(f"s > t1 > e; t1 !{code}:b1; b1 > e2", {"t1": raises(MissingError("a"))}, 0) as it:
        assert it.run().outcome == "completed"


class MissingError(KeyError):
    pass
