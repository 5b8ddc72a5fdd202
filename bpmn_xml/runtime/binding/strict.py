"""Detect data that a handler changes in place: data changes only by what it returns or puts.

Values pass by reference between tasks, so a changed list would change in every place that holds
it, unseen by any record. Checking takes time, so it is asked for (`strict_data`).
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import aclosing, closing
from typing import Any, Final

import msgspec

from bpmn_xml.runtime.binding.answers import HandlerError
from bpmn_xml.runtime.binding.context import TaskContext
from bpmn_xml.runtime.binding.handlers import Handler, Mode
from bpmn_xml.runtime.binding.wrappers import passed_on


def strictly(handler: Handler) -> Handler:
    """The handler, failing where it changes what it is given; a producer before its next result."""
    return msgspec.structs.replace(handler, function=WATCHED[handler.mode](handler))


def _call(handler: Handler) -> Callable[..., Any]:
    def call(*args: Any) -> Any:
        before = _all_parts(handler, args)

        def unchanged(answer: Any) -> Any:
            _compare(handler, args, before)
            return answer

        return passed_on(handler, args, unchanged)

    return call


def _generator(handler: Handler) -> Callable[..., Any]:
    def call(*args: Any) -> Iterator[Any]:
        before = _all_parts(handler, args)
        with closing(handler.function(*args)) as answers:
            for answer in answers:
                _compare(handler, args, before)
                yield answer
        _compare(handler, args, before)

    return call


def _async_generator(handler: Handler) -> Callable[..., Any]:
    async def call(*args: Any) -> AsyncIterator[Any]:
        before = _all_parts(handler, args)
        async with aclosing(handler.function(*args)) as answers:
            async for answer in answers:
                _compare(handler, args, before)
                yield answer
        _compare(handler, args, before)

    return call


WATCHED: Final[Mapping[Mode, Callable[[Handler], Callable[..., Any]]]] = {
    Mode.CALL: _call,
    Mode.QUEUE: _call,
    Mode.COROUTINE: _call,
    Mode.GENERATOR: _generator,
    Mode.ASYNC_GENERATOR: _async_generator,
}
"""By how a handler answers, what calls it and looks at what it was given."""


def _compare(handler: Handler, args: Sequence[Any], before: Mapping[str, list[object]]) -> None:
    """Raise an error that names the values which were changed."""
    now = _all_parts(handler, args)
    changed = [name for name in {**before, **now} if not _same(now.get(name), before.get(name))]
    if changed:
        message = f"it changed {', '.join(changed)} in place"
        raise HandlerError(message, remedy="copy the value, change the copy and return it")


def _all_parts(handler: Handler, args: Sequence[Any]) -> dict[str, list[object]]:
    """The parts of what a handler is given, by the names of its parameters or of variables."""
    found: dict[str, list[object]] = {}
    for place, value in enumerate(args):
        given = value.variables if isinstance(value, TaskContext) else value
        if place < len(handler.names) and given is value:
            found[handler.names[place]] = parts(value)
        elif isinstance(given, Mapping):
            found.update({name: parts(one) for name, one in given.items()})
    return found


def parts(value: object) -> list[object]:
    """All parts of a value, however deep, in a fixed order.

    >>> parts({"a": [1, 2]})
    [(<class 'dict'>, ('a',)), (<class 'list'>, 2), 2, 1]
    """
    found: list[object] = []
    waiting, seen = [value], set[int]()
    while waiting:
        item = waiting.pop()
        if not isinstance(item, dict | list | tuple | set | bytearray) or id(item) in seen:
            found.append(item)
            continue
        seen.add(id(item))
        if isinstance(item, dict):
            found.append((dict, tuple(item)))
            waiting += item.values()
        elif isinstance(item, list | tuple):
            found.append((type(item), len(item)))
            waiting += item
        else:
            found.append(item.copy())
    return found


def _same(now: list[object] | None, then: list[object] | None) -> bool:
    """Whether a value still has the parts that it had."""
    if now is None or then is None or len(now) != len(then):
        return False
    return all(a is b or (type(a) is type(b) and a == b) for a, b in zip(now, then, strict=True))
