"""What a handler may know about its call, and how it learns that the call is no longer wanted."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any, Final

import msgspec

_MAKING: Final = threading.Lock()


class CallCancelled(BaseException):
    """Raised out of `resultQ.put` when the call is no longer wanted.

    No `Exception`, so that a handler that catches everything does not go on for ever.
    """


class CancelFlag:
    """Says that a call is no longer wanted. Like a `threading.Event` that cannot be cleared.

    Attributes:
        heard: somebody has asked, and was told so.

    >>> flag = CancelFlag()
    >>> flag.is_set(), flag.wait(0), flag.set(), flag.wait()
    (False, False, None, True)
    """

    __slots__ = ("_event", "_set", "heard")

    def __init__(self) -> None:
        self.heard = False
        self._set = False
        self._event: threading.Event | None = None

    def is_set(self) -> bool:
        """Whether the call should end now."""
        if self._set:
            self.heard = True
        return self.heard

    __bool__ = is_set

    def set(self) -> None:
        """Say that the call should end."""
        with _MAKING:
            self._set = True
            if self._event is not None:
                self._event.set()

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until it is set, `timeout` seconds at most; whether it is."""
        with _MAKING:
            if self._event is None and not self._set:
                self._event = threading.Event()
        if self._event is not None:
            self._event.wait(timeout)
        return self.is_set()


class TaskContext(msgspec.Struct, frozen=True, kw_only=True):
    """What a handler gets for its parameter `context`.

    Attributes:
        instance, process: the ids of the process instance and of its process.
        node, name: the task's id and its name in the drawing.
        scope: the path of the scope in which the task is active.
        attempt: how many calls of this activation failed before; 0 at the first.
        retries: how often it may be tried again if this call fails.
        variables: what could be seen when the call was made; changing it changes nothing.
        fields: constants that the drawing gives to the task.
        properties: what the drawing notes of it beside that, as `camunda:properties`.
        task: of a listener of a user task, what a person is told of that: `assignee`, `due` ….
        cancelled: set when the answer is no longer wanted. Who asks and is told so breaks off:
            after a stop of the engine the task is then not done, whatever is returned.
    """

    instance: str
    process: str
    node: str
    name: str
    scope: str
    attempt: int
    retries: int
    variables: Mapping[str, Any]
    fields: Mapping[str, str]
    properties: Mapping[str, str] = {}
    task: Mapping[str, Any] = {}
    cancelled: CancelFlag
