"""Functions registered by name: `@bpmn_xml.task("charge-card")`.

>>> @task("charge-card")
... def charge(amount):
...     return {"paid": amount}
>>> registered("charge-card")[-1] is charge
True
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Final, TypeVar

from bpmn_xml.errors import UsageError

F = TypeVar("F", bound=Callable[..., Any])

_REGISTERED: Final[dict[str, tuple[Callable[..., Any], ...]]] = {}
_LOCK: Final = threading.Lock()


def task(name: str) -> Callable[[F], F]:
    """Register a function, or a class with `__call__`, under the name that drawings use.

    Raises:
        UsageError: `name` is no name.
    """
    if not isinstance(name, str) or not name:
        raise UsageError("a task is registered by its name", remedy='write @task("name")')

    def register(function: F) -> F:
        with _LOCK:
            others = _REGISTERED.get(name, ())
            kept = [other for other in others if _identity(other) != _identity(function)]
            _REGISTERED[name] = (*kept, function)
        return function

    return register


def registered(name: str) -> tuple[Callable[..., Any], ...]:
    """All functions of a name, the latest last; a module loaded again replaces its own."""
    return _REGISTERED.get(name, ())


def registered_names() -> tuple[str, ...]:
    """Every name that is taken."""
    return tuple(_REGISTERED)


def _identity(function: Callable[..., Any]) -> tuple[object, object]:
    return getattr(function, "__module__", None), getattr(function, "__qualname__", function)
