"""How a callable becomes a handler: modes, arguments by name, fresh objects."""

from __future__ import annotations

import functools
import operator
from typing import Any

import pytest

from bpmn_xml.errors import UsageError
from bpmn_xml.runtime.binding.handlers import Mode, adapt, method_of

VARIABLES = {"a": 1, "b": 2, "c": 3}


def call(target: Any, variables: Any = VARIABLES, **fields: str) -> Any:
    handler = adapt(target, fields)
    return handler.function(*handler.gather(variables))


def positional(a: Any, /, b: Any) -> Any:
    return a, b


def keywords(a: Any, *, b: Any, d: Any = 9) -> Any:
    return a, b, d


class Adder:
    def __call__(self, a: Any, b: Any) -> Any:
        return a + b

    def twice(self, a: Any) -> Any:
        return a * 2

    @staticmethod
    def static(a: Any) -> Any:
        return -a

    @classmethod
    def of_class(cls, a: Any) -> Any:
        return cls.__name__, a


CALLS: list[tuple[Any, Any]] = [
    (lambda: "none", "none"),
    (lambda a: a, 1),
    (lambda b, a: (b, a), (2, 1)),
    (lambda a, d=7: (a, d), (1, 7)),
    (lambda d=7, a=0: (d, a), (7, 1)),
    (positional, (1, 2)),
    (keywords, (1, 2, 9)),
    (lambda **rest: rest, VARIABLES),
    (lambda a, **rest: (a, rest), (1, {"b": 2, "c": 3})),
    (lambda a, *args: (a, args), (1, ())),
    (lambda a, *args, b, **rest: (a, args, b, rest), (1, (), 2, {"c": 3})),
    (functools.partial(positional, 5), (5, 2)),
    (Adder, 3),
    (Adder(), 3),
    (Adder().twice, 2),
    (method_of(Adder, "twice"), 2),
    (method_of(Adder, "static"), -1),
    (method_of(Adder, "of_class"), ("Adder", 1)),
]


@pytest.mark.parametrize(("target", "result"), CALLS)
def test_arguments_are_found_by_name(target: Any, result: Any) -> None:
    assert call(target) == result


class Plain:
    def work(self) -> None: ...


UNCALLED = [(Plain, "give Plain().work or a function that"), (dict, "give a function that calls")]


@pytest.mark.parametrize(("target", "remedy"), UNCALLED)
def test_a_class_of_which_only_an_object_would_be_made_is_refused(target: Any, remedy: str) -> None:
    with pytest.raises(UsageError, match=r"it is a class, and .* cannot be called") as refused:
        adapt(target)
    assert refused.value.remedy.startswith(remedy)


def test_constants_of_the_drawing_take_the_place_of_variables() -> None:
    assert call(lambda a, b: (a, b), a="fixed") == ("fixed", 2)
    assert call(lambda **rest: rest, a="fixed") == {"a": "fixed", "b": 2, "c": 3}
    assert call(lambda a, **rest: (a, rest), d="x") == (1, {"b": 2, "c": 3, "d": "x"})
    assert call(lambda a: a, {}, a="fixed") == "fixed"


def test_all_variables_are_a_copy() -> None:
    variables = {"a": 1}
    call(lambda **rest: rest.clear(), variables)
    assert variables == {"a": 1}


def test_a_missing_variable_is_named() -> None:
    for target in (lambda a, z: None, lambda z: None, lambda z, a=1: None, lambda *, z: None):
        handler = adapt(target)
        assert "z" in handler.needs
        with pytest.raises(KeyError, match="z"):
            handler.gather(VARIABLES)


async def coroutine(a: Any) -> None: ...


def generator(a: Any) -> Any:
    yield a


async def async_generator(a: Any) -> Any:
    yield a


def decorated(function: Any) -> Any:
    @functools.wraps(function)
    def inner(*args: Any, **kwargs: Any) -> Any:
        return function(*args, **kwargs)

    return inner


class Ways:
    async def coroutine(self) -> None: ...

    def generator(self) -> Any:
        yield 1

    async def async_generator(self) -> Any:
        yield 1

    def legacy(self, resultQ: Any, *args: Any, **kwargs: Any) -> None: ...


class CallableGenerator:
    def __call__(self) -> Any:
        yield 1


MODES = [
    (lambda: 1, Mode.CALL),
    (print, Mode.CALL),
    (coroutine, Mode.COROUTINE),
    (generator, Mode.GENERATOR),
    (async_generator, Mode.ASYNC_GENERATOR),
    (decorated(generator), Mode.GENERATOR),
    (decorated(coroutine), Mode.COROUTINE),
    (functools.partial(generator, 1), Mode.GENERATOR),
    (Ways().generator, Mode.GENERATOR),
    (method_of(Ways, "coroutine"), Mode.COROUTINE),
    (method_of(Ways, "generator"), Mode.GENERATOR),
    (method_of(Ways, "async_generator"), Mode.ASYNC_GENERATOR),
    (method_of(Ways, "legacy"), Mode.QUEUE),
    (CallableGenerator, Mode.GENERATOR),
    (CallableGenerator(), Mode.GENERATOR),
    (lambda resultQ: None, Mode.QUEUE),
    (lambda a, resultQ: None, Mode.QUEUE),
    (lambda q, *args, **kwargs: None, Mode.CALL),
]


@pytest.mark.parametrize(("target", "mode"), MODES)
def test_mode(target: Any, mode: Mode) -> None:
    assert adapt(target).mode is mode


def test_the_shape_of_the_legacy_signature_counts_only_in_legacy_models() -> None:
    handler = adapt(lambda q, *args, **kwargs: (q, kwargs), legacy=True)
    assert (handler.mode, handler.queue_at) == (Mode.QUEUE, 0)
    assert adapt(lambda q, *args: None, legacy=True).mode is Mode.CALL


def test_the_places_of_context_and_queue() -> None:
    handler = adapt(lambda a, context, b: None)
    assert handler.context_at == 1
    assert handler.gather(VARIABLES) == (1, VARIABLES, 2)
    assert adapt(lambda a, *, context: None).context_at == 1
    assert adapt(lambda a, resultQ: None).queue_at == 1
    assert adapt(lambda a: None).context_at == adapt(lambda a: None).queue_at == -1


def test_a_class_gives_a_fresh_object_for_each_call() -> None:
    class Counter:
        def __init__(self) -> None:
            self.calls = 0

        def count(self) -> int:
            self.calls += 1
            return self.calls

    handler = adapt(method_of(Counter, "count"))
    assert [handler.function() for _ in range(3)] == [1, 1, 1]


class NeedsArguments:
    def __init__(self, a: Any) -> None: ...

    def work(self) -> None: ...


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: method_of(NeedsArguments, "work"), "NeedsArguments.. cannot be made without"),
        (lambda: method_of(NeedsArguments, "play"), "has no method 'play'"),
        (lambda: adapt(operator.itemgetter), "has no method '__call__'"),
        (lambda: adapt(max), "its parameters cannot be seen"),
    ],
)
def test_what_cannot_be_called(make: Any, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        make()
