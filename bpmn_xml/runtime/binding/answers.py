"""What a handler gives back, as a command: values to write, a BPMN error, or a failure."""

from __future__ import annotations

import inspect
import threading
import traceback
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from bpmn_xml.core.commands import FailJob, ThrowError
from bpmn_xml.errors import BpmnError, CallFailed, ExpressionError, UsageError
from bpmn_xml.runtime.binding.imports import plain_name, plain_text
from bpmn_xml.wording import listed, plural, quoted, suggest

Where = tuple[str, int, int]
"""(scope, node, n): an activation."""

VariablesOf = Callable[[object, str], dict[str, Any] | None]
"""Makes variables of a result and the name for one that is no mapping."""

_DEEPEST: Final = 30
"""How many levels of a traceback are kept."""

_CALLERS: Final = "bpmn_xml.runtime.execution."
"""The modules that call handlers."""

_LONGEST: Final = 2_000
"""How many characters of a message are kept."""


class HandlerError(UsageError):
    """The handler's fault: it cannot be called, or gave back what cannot be used."""


def values_of(result: object, name: str) -> dict[str, Any] | None:
    """The variables that a result sets: a mapping as it is, another value under `name`.

    Always a copy, so that what the handler does later with its result changes nothing.

    Raises:
        HandlerError: it is nothing that variables can hold.

    >>> values_of({"a": 1}, "t"), values_of(2, "t"), values_of(None, "t")
    ({'a': 1}, {'t': 2}, None)
    """
    if type(result) is dict:
        values = {**result}
    elif result is None:
        return None
    elif isinstance(result, Mapping):
        values = dict(result)
    else:
        return {name: _plain_value(result)}
    for key in values:
        if type(key) is not str:
            raise HandlerError(f"its Python gave a mapping with the key {key!r}, no text")
    return values


def _nothing() -> None:
    """Do nothing: stands for the `close` of an object that has none."""


def _plain_value(result: object) -> object:
    """The result as it is; a coroutine or generator that nobody runs is refused."""
    if inspect.isawaitable(result) or inspect.isgenerator(result):
        getattr(result, "close", _nothing)()
        kind = type(result).__name__
        remedy = "bind the `def` or `async def` function itself"
        raise HandlerError(f"its Python returned a {kind} that nobody runs", remedy=remedy)
    return result


def missing(
    names: Sequence[str], variables: Mapping[str, Any], producers: Sequence[str] = ()
) -> HandlerError:
    """The failure of a call for want of variables; by which producers' items they may be meant.

    >>> str(missing(["customer", "amount"], {"amuont": 5}))
    "its Python needs the variables 'customer' and 'amount' (did you mean 'amuont'?), \
which are not set (set: amuont)"
    """
    known = ", ".join(sorted(variables)) or "none"
    wanted = listed([_meant(name, variables) for name in names])
    are = "is" if len(names) == 1 else "are"
    what = f"the {plural('variable', len(names))} {wanted}, which {are} not set (set: {known})"
    items = listed([quoted(name) for name in producers])
    gone = f"; what items of {items} write ends with them" if producers else ""
    return HandlerError(f"its Python needs {what}{gone}")


def _meant(name: str, variables: Mapping[str, Any]) -> str:
    """A name that is missing, and which one of those that are set may be meant by it."""
    meant = suggest(name, variables)
    if name.lower() in ("job", "task", "execution", "ctx"):
        meant = "a parameter that takes the task is called 'context'"
    return f"{name!r} ({meant})" if meant else repr(name)


def failed(
    where: Where, attempt: int, error: BaseException, variables_of: VariablesOf = values_of
) -> FailJob | ThrowError:
    """The command for what a handler raised; an error that is thrown brings variables."""
    if breaks_off(error):
        raise error
    if isinstance(error, BpmnError):
        try:
            variables = variables_of(error.variables, "")
        except HandlerError as fault:
            return failed(where, attempt, fault)
        code, message = _text(error.code), _text(error.message)
        return ThrowError(*where, code, message, variables or {}, attempt)
    plain = isinstance(error, HandlerError | CallFailed | ExpressionError)
    detail = "" if plain else _details(error)
    names = exception_names(type(error))
    retry, wait = not isinstance(error, HandlerError), -1
    if isinstance(error, CallFailed):
        retry, wait = error.again, -1 if error.after is None else round(error.after * 1_000_000)
    return FailJob(*where, names, _text(error), detail, retry, attempt, plain, wait)


def exception_names(kind: type[BaseException]) -> tuple[str, ...]:
    """The names by which an error event can catch an exception, nearest first.

    >>> exception_names(KeyError)
    ('KeyError', 'LookupError', 'Exception', 'BaseException')
    """
    names: dict[str, None] = {}
    for base in kind.__mro__[:-1]:
        module = plain_name(base.__module__)
        if module != "builtins":
            names[f"{module}.{base.__qualname__}"] = None
        names[base.__qualname__] = None
    return tuple(names)


def breaks_off(error: BaseException) -> bool:
    """Whether a person has pressed Ctrl-C: the handler has not answered."""
    pressed = isinstance(error, KeyboardInterrupt)
    return pressed and threading.current_thread() is threading.main_thread()


def _text(value: object) -> str:
    """A message, whatever its `__str__` does."""
    try:
        return plain_text(str(value))[:_LONGEST]
    except Exception:  # noqa: BLE001 - a handler's own __str__ may raise anything
        return f"(a {type(value).__name__} that cannot be shown)"


def _details(error: BaseException) -> str:
    """The traceback from the handler on, without the frames that called it."""
    inner = error.__traceback__
    while inner and inner.tb_frame.f_globals["__name__"].startswith(_CALLERS):
        inner = inner.tb_next
    try:
        lines = traceback.format_exception(type(error), error, inner, limit=-_DEEPEST)
    except Exception:  # noqa: BLE001 - formatting calls the exception's own methods
        return type(error).__qualname__
    return plain_text("".join(lines))
